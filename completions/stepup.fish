# Completion of stepup for fish: a candidate and what it is, from the program itself.
function __stepup_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found (command stepup __complete fish (count $words) $words "$current" 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path "$current"
    else
        string join \n -- $found
    end
end
complete -c stepup -f -k -a '(__stepup_complete)'
