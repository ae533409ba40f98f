# Completion of stepup for bash: a candidate and what it is, from the program itself.
_stepup() {
    local line=${COMP_LINE:0:COMP_POINT}
    local typed=${line##*[[:space:]]} candidate value help
    # What readline takes for another word: it breaks words at `=` and `:`.
    local before=${typed%"$2"}
    local -a values=() shown=()
    # Readline breaks what is wider in the middle of a word.
    local width=$((${COLUMNS:-80} - 1)) described
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ $candidate == :files ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        value=${candidate%%$'\t'*}
        help=${candidate#"$value"}
        value=${value#"$before"}
        values+=("$value")
        described="$value${help:+  (${help#$'\t'})}"
        if ((${#described} > width)); then
            described=$value
            ((width > ${#value} + 10)) && described="$value  (${help:1:width - ${#value} - 7}...)"
        fi
        shown+=("$described")
    done < <(command stepup __complete bash "$line" 2>/dev/null)
    # 37, 42: the candidates are inserted, one after the other or all, so that they must be nothing but values.
    if ((${#values[@]} == 1)) || [[ $COMP_TYPE == 37 || $COMP_TYPE == 42 ]]; then
        COMPREPLY=("${values[@]}")
    else
        COMPREPLY=("${shown[@]}")
    fi
}
complete -F _stepup stepup
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then
    complete -o nosort -F _stepup stepup
fi
