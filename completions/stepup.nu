# Completion of stepup for nushell: a candidate and what it is, from the program itself. Other programs keep their completer.
let stepup_others = ($env.config.completions.external.completer? | default null)
$env.config.completions.external.enable = true
$env.config.completions.external.completer = {|spans|
    if ($spans | first) == "stepup" {
        let found = (^stepup __complete nushell (($spans | length) - 1) ...$spans | lines)
        # Null: nushell offers files.
        if ":files" in $found { null } else {
            $found | each {|line| $line | split column --number 2 "\t" value description | first }
        }
    } else if $stepup_others != null {
        do $stepup_others $spans
    }
}
