# Completion of stepup for elvish: a candidate and what it is, from the program itself.
use str
set edit:completion:arg-completer[stepup] = {|@words|
    var index = (- (count $words) 1)
    e:stepup __complete elvish (to-string $index) $@words 2>/dev/null | from-lines | each {|line|
        if (eq $line ':files') {
            edit:complete-filename $words[-1]
        } else {
            var parts = [(str:split &max=2 "\t" $line)]
            if (== (count $parts) 2) {
                edit:complex-candidate $parts[0] &display=$parts[0]'  ('$parts[1]')'
            } else {
                put $parts[0]
            }
        }
    }
}
