# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_stepup_global_optspecs
    string join \n p/profile= o/output= json q/quiet v/verbose no-input color= config= api-url= receipt-log= http-timeout= h/help V/version
end

function __fish_stepup_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_stepup_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_stepup_using_subcommand
    set -l cmd (__fish_stepup_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c stepup -n "__fish_stepup_needs_command" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_needs_command" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_needs_command" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_needs_command" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_needs_command" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_needs_command" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_needs_command" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_needs_command" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_needs_command" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_needs_command" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_needs_command" -s V -l version -d 'Print version'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "approve" -d 'Approve tasks, with step-up authentication where their steps demand it'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "deny" -d 'Deny a task'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "comment" -d 'Comment on a task'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "task" -d 'List, show and watch tasks'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "receipt" -d 'List, show, verify and export the receipts of your approvals'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "provider" -d 'Look after who authenticates people'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "request" -d 'Make any HTTP request, with step-up authentication where the server demands it'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "doctor" -d 'Check this machine, the API and the provider entries, before they are needed'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "policy" -d 'Show and change which policy steps demand step-up, for administrators'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "login" -d 'Sign in to an API and keep the credential'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "logout" -d 'Remove the stored API credential'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "whoami" -d 'Show who the API says you are'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "sandbox" -d 'Run the embedded identity provider and access API, to try and to test against'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "demo" -d 'Run the sandbox and approve one task in it, start to end'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "man" -d 'Print the manual page'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "config" -d 'Show and change the settings, and keep the secrets that do not belong in their file'
complete -c stepup -n "__fish_stepup_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s m -l comment -d 'Say why; some steps demand it' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l comment-file -d 'Read the comment from a file, or from stdin with `-`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l ceremony -d 'How to authenticate [default: the profile\'s `ceremony`, else auto: what the API asks for]' -r -f -a "auto\t'What the API asks for; where that is a provider\'s token, what the entry says: a browser, unless `backchannel = true`'
hosted\t'The API sends the person to a page of its own and verifies the answer itself, as C1 does'
local\t'stepup asks a provider itself and verifies the answer; the API gets the token (RFC 9470)'
backchannel\t'As local, without a browser here: the provider asks on the person\'s own device (CIBA), for entries with `backchannel = true`'"
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l provider -d 'Which provider entry to use, instead of the one that serves the step' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l browser -d 'The browser to open: a command, `%s` stands for the address (else it is appended)' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l timeout -d 'How long to wait for the person in the browser' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l login-hint -d 'Whom to sign in, as a hint to the provider (default: your email address)' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l wait -d 'Wait until the task is closed, at most so long' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l transaction-id -d 'Last resort: the step-up was done elsewhere, and this is its transaction\'s id' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l stdin -d 'Read tasks from stdin, one a line'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l no-browser -d 'Do not open a browser; print the address to open'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l remote -d 'The browser is on another machine: print the provider\'s own address, and paste the answer back'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l dry-run -d 'Show what would be approved and what it demands as far as known, and stop'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s y -l yes -d 'Do not ask for confirmation'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s m -l comment -d 'Say why; some steps demand it' -r
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l comment-file -d 'Read the comment from a file, or from stdin with `-`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s y -l yes -d 'Do not ask for confirmation'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand deny" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand comment" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand comment" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand comment" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand comment" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand comment" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -f -a "list" -d 'List tasks: by default the open ones that wait for you'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -f -a "show" -d 'Show one task: who asks for what, its steps, and what they demand'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -f -a "watch" -d 'Wait for tasks that you can approve, and print each as it appears'
complete -c stepup -n "__fish_stepup_using_subcommand task; and not __fish_seen_subcommand_from list show watch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l state -d 'In which state' -r -f -a "open\t'Something is left to decide or to do'
closed\t'Finished, whatever the outcome'
all\t'Either'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l query -d 'Only tasks with these words in name, description or id' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l type -d 'Only tasks of this type (repeatable)' -r -f -a "grant\t'Access is given'
revoke\t'Access is taken away'
certify\t'Access is confirmed in a review'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s L -l limit -d 'Stop after this many' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s a -l all -d 'Everybody\'s tasks as far as you may read them, not only yours'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l step-up -d 'Only tasks whose current step demands step-up authentication'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l audit -d 'Print the trail too: everything that happened to the task'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l newest-first -d 'Begin the trail with what happened last'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l interval -d 'Time between two looks, at least 2 s' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s L -l limit -d 'End after this many tasks' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from help" -f -a "list" -d 'List tasks: by default the open ones that wait for you'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one task: who asks for what, its steps, and what they demand'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Wait for tasks that you can approve, and print each as it appears'
complete -c stepup -n "__fish_stepup_using_subcommand task; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "list" -d 'List the receipts of this machine, newest first'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "show" -d 'Show one receipt'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "verify" -d 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "export" -d 'Print the evidence of an approval, for somebody else to verify'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "prune" -d 'Remove evidence that is old; receipts stay'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and not __fish_seen_subcommand_from list show verify export prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s L -l limit -d 'Stop after this many' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l file -d 'Verify this evidence instead: a document, or a line each; `-` is stdin' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l jwks -d 'Trust the keys of this JWK set: files, or addresses to fetch' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l issuer -d 'Only evidence of this issuer; without `--jwks` or `--key` its keys are fetched and trusted' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l key -d 'Trust the key with this thumbprint (RFC 7638, SHA-256; repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s a -l all -d 'Every receipt of the log'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s a -l all -d 'All that there is, a line each'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l now -d 'Also while the ID token in it is valid'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l older-than -d 'Remove evidence that was kept longer ago than this: `400d`, `52w`, `12h`' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the receipts of this machine, newest first'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one receipt'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print the evidence of an approval, for somebody else to verify'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove evidence that is old; receipts stay'
complete -c stepup -n "__fish_stepup_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "list" -d 'List the provider entries of this machine\'s configuration'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "show" -d 'Show one entry, with its defaults'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "add" -d 'Write a new entry, checked against the provider\'s metadata'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "edit" -d 'Change an entry'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "remove" -d 'Take an entry out'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "test" -d 'Sign in there as an approval would, without one, and show every check with its result'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "keys" -d 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "presets" -d 'Show what is known about kinds of providers'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "remote" -d 'The API\'s own step-up providers, for administrators'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and not __fish_seen_subcommand_from list show add edit remove test keys presets remote help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l name -d 'The entry\'s name [default: the preset\'s]' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l issuer -d 'The issuer, exactly as the provider spells it' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l client-id -d 'The client id that the provider gave stepup' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l acr-value -d 'An acr value, or an authentication context, that it is asked for (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l port -d 'A registered port of the redirect URI (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l redirect-path -d 'The path of the redirect URI [default: `/callback/` and the entry\'s name]' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l c1-provider -d 'The id of a C1 step-up provider that it serves (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l api-origin -d 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l request-origin -d 'A server other than the API that `stepup request` may send its tokens to (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l scope -d 'A scope to ask for beside `openid` (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l audience -d 'The `audience` parameter, for providers that want one' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l resource -d 'The `resource` parameter (RFC 8707)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l skew -d 'How far its clock may be off, seconds' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l max-age -d 'The oldest sign-in that counts, seconds' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l client-auth -d 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l ca-file -d 'A PEM file with certificates to trust beside the system\'s' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l rank -d 'An acr value\'s place in your own order, weakest first (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l backchannel -d 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l accept-stronger -d 'Accept a value that `rank` puts above a demanded one'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l allow-weak -d 'Take what is known to be weak; every receipt will name it'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l no-check -d 'Do not read the provider\'s metadata'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l preset -d 'Another preset' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l issuer -d 'The issuer, exactly as the provider spells it' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l client-id -d 'The client id that the provider gave stepup' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l acr-value -d 'An acr value, or an authentication context, that it is asked for (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l port -d 'A registered port of the redirect URI (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l redirect-path -d 'The path of the redirect URI [default: `/callback/` and the entry\'s name]' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l c1-provider -d 'The id of a C1 step-up provider that it serves (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l api-origin -d 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l request-origin -d 'A server other than the API that `stepup request` may send its tokens to (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l scope -d 'A scope to ask for beside `openid` (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l audience -d 'The `audience` parameter, for providers that want one' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l resource -d 'The `resource` parameter (RFC 8707)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l skew -d 'How far its clock may be off, seconds' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l max-age -d 'The oldest sign-in that counts, seconds' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l client-auth -d 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l ca-file -d 'A PEM file with certificates to trust beside the system\'s' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l rank -d 'An acr value\'s place in your own order, weakest first (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l unset -d 'A key to take out, so that the default counts again (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l backchannel -d 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l accept-stronger -d 'Accept a value that `rank` puts above a demanded one'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l allow-weak -d 'Take what is known to be weak; every receipt will name it'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l no-check -d 'Do not read the provider\'s metadata'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask for confirmation'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l acr-value -d 'Demand this value (repeatable; default: what the entry lists)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l browser -d 'The browser to open: a command, `%s` stands for the address (else it is appended)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l timeout -d 'How long to wait for the person in the browser' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l login-hint -d 'Whom to sign in, as a hint to the provider (default: your email address)' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l negative -d 'Also ask for a value that the provider cannot know, and show what it makes of that'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l no-browser -d 'Do not open a browser; print the address to open'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l remote -d 'The browser is on another machine: print the provider\'s own address, and paste the answer back'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from presets" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "list" -d 'List them'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "show" -d 'Show one'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "create" -d 'Register one'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "update" -d 'Change one'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "set-secret" -d 'Replace its client secret'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "delete" -d 'Delete it'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "enable" -d 'Put it into use'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "disable" -d 'Take it out of use'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "test" -d 'Run through it in the browser, as the API\'s test does'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from remote" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the provider entries of this machine\'s configuration'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one entry, with its defaults'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "add" -d 'Write a new entry, checked against the provider\'s metadata'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change an entry'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take an entry out'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "test" -d 'Sign in there as an approval would, without one, and show every check with its result'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "presets" -d 'Show what is known about kinds of providers'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "remote" -d 'The API\'s own step-up providers, for administrators'
complete -c stepup -n "__fish_stepup_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand request" -s H -l header -d 'A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -s d -l data -d 'The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -l provider -d 'Which provider entry to use, among those whose tokens may go there' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -l browser -d 'The browser to open: a command, `%s` stands for the address (else it is appended)' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -l timeout -d 'How long to wait for the person in the browser' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -l login-hint -d 'Whom to sign in, as a hint to the provider (default: your email address)' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand request" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand request" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand request" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand request" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand request" -s i -l include -d 'Print status line and headers before the body'
complete -c stepup -n "__fish_stepup_using_subcommand request" -l no-browser -d 'Do not open a browser; print the address to open'
complete -c stepup -n "__fish_stepup_using_subcommand request" -l remote -d 'The browser is on another machine: print the provider\'s own address, and paste the answer back'
complete -c stepup -n "__fish_stepup_using_subcommand request" -s y -l yes -d 'Do not ask for confirmation before a step-up for a request that may change something'
complete -c stepup -n "__fish_stepup_using_subcommand request" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand request" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand request" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand request" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -f -a "list" -d 'List policies and how many of their steps demand step-up'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -f -a "show" -d 'Show one policy\'s steps'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -f -a "require-step-up" -d 'Make an approval step demand step-up with a provider'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -f -a "drop-step-up" -d 'Let an approval step do without step-up'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and not __fish_seen_subcommand_from list show require-step-up drop-step-up help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l step -d 'The step\'s number, as `policy show` counts' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l of -d 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type\'s)' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l provider -d 'The API\'s step-up provider: its id, or its name (see `stepup provider remote list`)' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s y -l yes -d 'Do not ask for confirmation'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from require-step-up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l step -d 'The step\'s number, as `policy show` counts' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l of -d 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type\'s)' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s y -l yes -d 'Do not ask for confirmation'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from drop-step-up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "list" -d 'List policies and how many of their steps demand step-up'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one policy\'s steps'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "require-step-up" -d 'Make an approval step demand step-up with a provider'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "drop-step-up" -d 'Let an approval step do without step-up'
complete -c stepup -n "__fish_stepup_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l browser -d 'The browser to open: a command, `%s` stands for the address (else it is appended)' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l login-client-id -d 'The public client id of the sign-in with the browser, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l client-id -d 'The client id of an API key' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l timeout -d 'How long to wait for the sign-in in the browser, at most as long as its code is valid' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l store -d 'Where to keep it, instead of the configured place' -r -f -a "keyring\t'The system keyring'
file\t'A file with mode 0600 beside the configuration'"
complete -c stepup -n "__fish_stepup_using_subcommand login" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand login" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand login" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand login" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand login" -l no-browser -d 'Do not open a browser; print the address to open'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l client-secret-stdin -d 'Read the API key\'s client secret from stdin'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l token-stdin -d 'Read the API token from stdin'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l adopt -d 'Take the credential that an older stepup kept for the profile without the address of its API; TENANT names the API that it is for'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand login" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand login" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand login" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand logout" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand logout" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand logout" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand logout" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand logout" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l listen -d 'Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l as -d 'Whom the provider imitates, with its error pages and its gaps' -r -f -a "okta\t'Okta Identity Engine, the org\'s own authorization server'
okta-custom\t'Okta Identity Engine, a custom authorization server'
okta-classic\t'Okta Classic Engine'
entra-oidc\t'Microsoft Entra, where policies fire for protected scopes'
entra-acrs\t'Microsoft Entra, asked for authentication contexts'
auth0\t'Auth0 with an Action that acts on `acr_values`'
keycloak\t'Keycloak with levels silver, gold and platinum'
pingone\t'`PingOne` with sign-on policies'
google\t'Google, which proves no assurance'
generic\t'Nobody in particular: the specifications, and Okta\'s acr values'"
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l info -d 'Write a JSON description here when ready: addresses, config folder, tasks' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l log -d 'Write one JSON line per request here' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l record -d 'Write the API\'s requests and answers here, bodies and all' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l state -d 'Keep the tasks\' state here between runs' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l issuer -d 'Run the API alone, for the step-up tokens of a provider elsewhere' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l client-id -d 'The client at that provider whose tokens count' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l set -d 'Change one behaviour; `--help` lists them (repeatable)' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -f -a "sign-in" -d 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and not __fish_seen_subcommand_from sign-in help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l with -d 'How to sign in' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from sign-in" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "sign-in" -d 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
complete -c stepup -n "__fish_stepup_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l sign-in -d 'Let the built-in person sign in with this factor, instead of opening a browser' -r
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l task -d 'Which of the sandbox\'s tasks to approve' -r
complete -c stepup -n "__fish_stepup_using_subcommand demo" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand demo" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand demo" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand demo" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand demo" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand completions" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand completions" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand completions" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand completions" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand completions" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand man" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand man" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand man" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand man" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand man" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand man" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand man" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand man" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand man" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand man" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "path" -d 'Print the configuration file\'s path'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "list" -d 'List the settings as they are here and now'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "get" -d 'Print one setting\'s value'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "set" -d 'Write a setting into the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "unset" -d 'Take a setting out of the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "set-secret" -d 'Keep a confidential client\'s secret, read from stdin'
complete -c stepup -n "__fish_stepup_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset set-secret help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l origin -d 'Say where each value comes from: a flag, a variable, the file, or a default'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -s p -l profile -d 'Which profile of the configuration to use' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -s o -l output -d 'What stdout carries: lines for people, or exactly one document for scripts' -r -f -a "text\t'Lines for people'
json\t'Exactly one JSON document'
yaml\t'Exactly one YAML document, with the same members'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l config -d 'The configuration: a file, or a folder that holds `config.toml`' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l api-url -d 'The API\'s address, instead of the profile\'s' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l receipt-log -d 'The log of receipts, instead of the one in the state folder of this machine' -r -F
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l http-timeout -d 'Longest time one HTTP exchange may take' -r
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l adopt -d 'Keep the one that was kept without its provider\'s address, for this entry\'s issuer'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l json -d 'Short for `--output json`'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -s q -l quiet -d 'Print only what is necessary'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -s v -l verbose -d 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -l no-input -d 'Never prompt, even on a terminal'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from set-secret" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the configuration file\'s path'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the settings as they are here and now'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print one setting\'s value'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Write a setting into the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Take a setting out of the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set-secret" -d 'Keep a confidential client\'s secret, read from stdin'
complete -c stepup -n "__fish_stepup_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "approve" -d 'Approve tasks, with step-up authentication where their steps demand it'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "deny" -d 'Deny a task'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "comment" -d 'Comment on a task'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "task" -d 'List, show and watch tasks'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "receipt" -d 'List, show, verify and export the receipts of your approvals'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "provider" -d 'Look after who authenticates people'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "request" -d 'Make any HTTP request, with step-up authentication where the server demands it'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "doctor" -d 'Check this machine, the API and the provider entries, before they are needed'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "policy" -d 'Show and change which policy steps demand step-up, for administrators'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "login" -d 'Sign in to an API and keep the credential'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "logout" -d 'Remove the stored API credential'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "whoami" -d 'Show who the API says you are'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "sandbox" -d 'Run the embedded identity provider and access API, to try and to test against'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "demo" -d 'Run the sandbox and approve one task in it, start to end'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "man" -d 'Print the manual page'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "config" -d 'Show and change the settings, and keep the secrets that do not belong in their file'
complete -c stepup -n "__fish_stepup_using_subcommand help; and not __fish_seen_subcommand_from approve deny comment task receipt provider request doctor policy login logout whoami sandbox demo completions man config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from task" -f -a "list" -d 'List tasks: by default the open ones that wait for you'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from task" -f -a "show" -d 'Show one task: who asks for what, its steps, and what they demand'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from task" -f -a "watch" -d 'Wait for tasks that you can approve, and print each as it appears'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "list" -d 'List the receipts of this machine, newest first'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "show" -d 'Show one receipt'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "verify" -d 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "export" -d 'Print the evidence of an approval, for somebody else to verify'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "prune" -d 'Remove evidence that is old; receipts stay'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "list" -d 'List the provider entries of this machine\'s configuration'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "show" -d 'Show one entry, with its defaults'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "add" -d 'Write a new entry, checked against the provider\'s metadata'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "edit" -d 'Change an entry'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "remove" -d 'Take an entry out'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "test" -d 'Sign in there as an approval would, without one, and show every check with its result'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "keys" -d 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "presets" -d 'Show what is known about kinds of providers'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "remote" -d 'The API\'s own step-up providers, for administrators'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "list" -d 'List policies and how many of their steps demand step-up'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "show" -d 'Show one policy\'s steps'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "require-step-up" -d 'Make an approval step demand step-up with a provider'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "drop-step-up" -d 'Let an approval step do without step-up'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "sign-in" -d 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the configuration file\'s path'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "list" -d 'List the settings as they are here and now'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Print one setting\'s value'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Write a setting into the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "unset" -d 'Take a setting out of the configuration file'
complete -c stepup -n "__fish_stepup_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set-secret" -d 'Keep a confidential client\'s secret, read from stdin'
