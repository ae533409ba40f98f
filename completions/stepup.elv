
use builtin;
use str;

set edit:completion:arg-completer[stepup] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'stepup'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'stepup'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand approve 'Approve tasks, with step-up authentication where their steps demand it'
            cand deny 'Deny a task'
            cand comment 'Comment on a task'
            cand task 'List, show and watch tasks'
            cand receipt 'List, show, verify and export the receipts of your approvals'
            cand provider 'Look after who authenticates people'
            cand request 'Make any HTTP request, with step-up authentication where the server demands it'
            cand doctor 'Check this machine, the API and the provider entries, before they are needed'
            cand policy 'Show and change which policy steps demand step-up, for administrators'
            cand login 'Sign in to an API and keep the credential'
            cand logout 'Remove the stored API credential'
            cand whoami 'Show who the API says you are'
            cand sandbox 'Run the embedded identity provider and access API, to try and to test against'
            cand demo 'Run the sandbox and approve one task in it, start to end'
            cand completions 'Print a shell''s completion script'
            cand man 'Print the manual page'
            cand config 'Show and change the settings, and keep the secrets that do not belong in their file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;approve'= {
            cand -m 'Say why; some steps demand it'
            cand --comment 'Say why; some steps demand it'
            cand --comment-file 'Read the comment from a file, or from stdin with `-`'
            cand --ceremony 'How to authenticate [default: the profile''s `ceremony`, else auto: what the API asks for]'
            cand --provider 'Which provider entry to use, instead of the one that serves the step'
            cand --browser 'The browser to open: a command, `%s` stands for the address (else it is appended)'
            cand --timeout 'How long to wait for the person in the browser'
            cand --login-hint 'Whom to sign in, as a hint to the provider (default: your email address)'
            cand --wait 'Wait until the task is closed, at most so long'
            cand --transaction-id 'Last resort: the step-up was done elsewhere, and this is its transaction''s id'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --stdin 'Read tasks from stdin, one a line'
            cand --no-browser 'Do not open a browser; print the address to open'
            cand --remote 'The browser is on another machine: print the provider''s own address, and paste the answer back'
            cand --dry-run 'Show what would be approved and what it demands as far as known, and stop'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;deny'= {
            cand -m 'Say why; some steps demand it'
            cand --comment 'Say why; some steps demand it'
            cand --comment-file 'Read the comment from a file, or from stdin with `-`'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;comment'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;task'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List tasks: by default the open ones that wait for you'
            cand show 'Show one task: who asks for what, its steps, and what they demand'
            cand watch 'Wait for tasks that you can approve, and print each as it appears'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;task;list'= {
            cand --state 'In which state'
            cand --query 'Only tasks with these words in name, description or id'
            cand --type 'Only tasks of this type (repeatable)'
            cand -L 'Stop after this many'
            cand --limit 'Stop after this many'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -a 'Everybody''s tasks as far as you may read them, not only yours'
            cand --all 'Everybody''s tasks as far as you may read them, not only yours'
            cand --step-up 'Only tasks whose current step demands step-up authentication'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;task;show'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --audit 'Print the trail too: everything that happened to the task'
            cand --newest-first 'Begin the trail with what happened last'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;task;watch'= {
            cand --interval 'Time between two looks, at least 2 s'
            cand -L 'End after this many tasks'
            cand --limit 'End after this many tasks'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;task;help'= {
            cand list 'List tasks: by default the open ones that wait for you'
            cand show 'Show one task: who asks for what, its steps, and what they demand'
            cand watch 'Wait for tasks that you can approve, and print each as it appears'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;task;help;list'= {
        }
        &'stepup;task;help;show'= {
        }
        &'stepup;task;help;watch'= {
        }
        &'stepup;task;help;help'= {
        }
        &'stepup;receipt'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the receipts of this machine, newest first'
            cand show 'Show one receipt'
            cand verify 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
            cand export 'Print the evidence of an approval, for somebody else to verify'
            cand prune 'Remove evidence that is old; receipts stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;receipt;list'= {
            cand -L 'Stop after this many'
            cand --limit 'Stop after this many'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;receipt;show'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;receipt;verify'= {
            cand --file 'Verify this evidence instead: a document, or a line each; `-` is stdin'
            cand --jwks 'Trust the keys of this JWK set: files, or addresses to fetch'
            cand --issuer 'Only evidence of this issuer; without `--jwks` or `--key` its keys are fetched and trusted'
            cand --key 'Trust the key with this thumbprint (RFC 7638, SHA-256; repeatable)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -a 'Every receipt of the log'
            cand --all 'Every receipt of the log'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;receipt;export'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -a 'All that there is, a line each'
            cand --all 'All that there is, a line each'
            cand --now 'Also while the ID token in it is valid'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;receipt;prune'= {
            cand --older-than 'Remove evidence that was kept longer ago than this: `400d`, `52w`, `12h`'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;receipt;help'= {
            cand list 'List the receipts of this machine, newest first'
            cand show 'Show one receipt'
            cand verify 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
            cand export 'Print the evidence of an approval, for somebody else to verify'
            cand prune 'Remove evidence that is old; receipts stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;receipt;help;list'= {
        }
        &'stepup;receipt;help;show'= {
        }
        &'stepup;receipt;help;verify'= {
        }
        &'stepup;receipt;help;export'= {
        }
        &'stepup;receipt;help;prune'= {
        }
        &'stepup;receipt;help;help'= {
        }
        &'stepup;provider'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the provider entries of this machine''s configuration'
            cand show 'Show one entry, with its defaults'
            cand add 'Write a new entry, checked against the provider''s metadata'
            cand edit 'Change an entry'
            cand remove 'Take an entry out'
            cand test 'Sign in there as an approval would, without one, and show every check with its result'
            cand keys 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
            cand presets 'Show what is known about kinds of providers'
            cand remote 'The API''s own step-up providers, for administrators'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;provider;list'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;show'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;add'= {
            cand --name 'The entry''s name [default: the preset''s]'
            cand --issuer 'The issuer, exactly as the provider spells it'
            cand --client-id 'The client id that the provider gave stepup'
            cand --acr-value 'An acr value, or an authentication context, that it is asked for (repeatable)'
            cand --port 'A registered port of the redirect URI (repeatable)'
            cand --redirect-path 'The path of the redirect URI [default: `/callback/` and the entry''s name]'
            cand --c1-provider 'The id of a C1 step-up provider that it serves (repeatable)'
            cand --api-origin 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)'
            cand --request-origin 'A server other than the API that `stepup request` may send its tokens to (repeatable)'
            cand --scope 'A scope to ask for beside `openid` (repeatable)'
            cand --audience 'The `audience` parameter, for providers that want one'
            cand --resource 'The `resource` parameter (RFC 8707)'
            cand --skew 'How far its clock may be off, seconds'
            cand --max-age 'The oldest sign-in that counts, seconds'
            cand --client-auth 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`'
            cand --ca-file 'A PEM file with certificates to trust beside the system''s'
            cand --rank 'An acr value''s place in your own order, weakest first (repeatable)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --backchannel 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients'
            cand --accept-stronger 'Accept a value that `rank` puts above a demanded one'
            cand --allow-weak 'Take what is known to be weak; every receipt will name it'
            cand --no-check 'Do not read the provider''s metadata'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;edit'= {
            cand --preset 'Another preset'
            cand --issuer 'The issuer, exactly as the provider spells it'
            cand --client-id 'The client id that the provider gave stepup'
            cand --acr-value 'An acr value, or an authentication context, that it is asked for (repeatable)'
            cand --port 'A registered port of the redirect URI (repeatable)'
            cand --redirect-path 'The path of the redirect URI [default: `/callback/` and the entry''s name]'
            cand --c1-provider 'The id of a C1 step-up provider that it serves (repeatable)'
            cand --api-origin 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)'
            cand --request-origin 'A server other than the API that `stepup request` may send its tokens to (repeatable)'
            cand --scope 'A scope to ask for beside `openid` (repeatable)'
            cand --audience 'The `audience` parameter, for providers that want one'
            cand --resource 'The `resource` parameter (RFC 8707)'
            cand --skew 'How far its clock may be off, seconds'
            cand --max-age 'The oldest sign-in that counts, seconds'
            cand --client-auth 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`'
            cand --ca-file 'A PEM file with certificates to trust beside the system''s'
            cand --rank 'An acr value''s place in your own order, weakest first (repeatable)'
            cand --unset 'A key to take out, so that the default counts again (repeatable)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --backchannel 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients'
            cand --accept-stronger 'Accept a value that `rank` puts above a demanded one'
            cand --allow-weak 'Take what is known to be weak; every receipt will name it'
            cand --no-check 'Do not read the provider''s metadata'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remove'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;test'= {
            cand --acr-value 'Demand this value (repeatable; default: what the entry lists)'
            cand --browser 'The browser to open: a command, `%s` stands for the address (else it is appended)'
            cand --timeout 'How long to wait for the person in the browser'
            cand --login-hint 'Whom to sign in, as a hint to the provider (default: your email address)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --negative 'Also ask for a value that the provider cannot know, and show what it makes of that'
            cand --no-browser 'Do not open a browser; print the address to open'
            cand --remote 'The browser is on another machine: print the provider''s own address, and paste the answer back'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;keys'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;presets'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List them'
            cand show 'Show one'
            cand create 'Register one'
            cand update 'Change one'
            cand set-secret 'Replace its client secret'
            cand delete 'Delete it'
            cand enable 'Put it into use'
            cand disable 'Take it out of use'
            cand test 'Run through it in the browser, as the API''s test does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;provider;remote;list'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;show'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;create'= {
            cand --name 'Its name for people'
            cand --issuer 'The issuer, as the provider spells it (Entra: made from the tenant''s id if left out)'
            cand --client-id 'The API''s client at the provider'
            cand --acr-value 'An acr value it is asked for, such as `phr` (repeatable)'
            cand --microsoft 'It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)'
            cand --tenant 'The Entra tenant: its id, or its domain (default: the id in the issuer)'
            cand --context 'An authentication context of the tenant, `C1` to `C99` (repeatable)'
            cand --secret-file 'Read the client secret from a file, or from stdin with `-`'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;update'= {
            cand --name 'Another name for people'
            cand --issuer 'Another issuer'
            cand --client-id 'Another client'
            cand --acr-value 'An acr value it is asked for, such as `phr` (repeatable)'
            cand --microsoft 'It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)'
            cand --tenant 'The Entra tenant: its id, or its domain (default: the id in the issuer)'
            cand --context 'An authentication context of the tenant, `C1` to `C99` (repeatable)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;set-secret'= {
            cand --secret-file 'Read the client secret from a file, or from stdin with `-` (default: asked for without echo)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;delete'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;enable'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;disable'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;test'= {
            cand --browser 'The browser to open: a command, `%s` stands for the address (else it is appended)'
            cand --timeout 'How long to wait for the person in the browser'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --no-browser 'Do not open a browser; print the address to open'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;provider;remote;help'= {
            cand list 'List them'
            cand show 'Show one'
            cand create 'Register one'
            cand update 'Change one'
            cand set-secret 'Replace its client secret'
            cand delete 'Delete it'
            cand enable 'Put it into use'
            cand disable 'Take it out of use'
            cand test 'Run through it in the browser, as the API''s test does'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;provider;remote;help;list'= {
        }
        &'stepup;provider;remote;help;show'= {
        }
        &'stepup;provider;remote;help;create'= {
        }
        &'stepup;provider;remote;help;update'= {
        }
        &'stepup;provider;remote;help;set-secret'= {
        }
        &'stepup;provider;remote;help;delete'= {
        }
        &'stepup;provider;remote;help;enable'= {
        }
        &'stepup;provider;remote;help;disable'= {
        }
        &'stepup;provider;remote;help;test'= {
        }
        &'stepup;provider;remote;help;help'= {
        }
        &'stepup;provider;help'= {
            cand list 'List the provider entries of this machine''s configuration'
            cand show 'Show one entry, with its defaults'
            cand add 'Write a new entry, checked against the provider''s metadata'
            cand edit 'Change an entry'
            cand remove 'Take an entry out'
            cand test 'Sign in there as an approval would, without one, and show every check with its result'
            cand keys 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
            cand presets 'Show what is known about kinds of providers'
            cand remote 'The API''s own step-up providers, for administrators'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;provider;help;list'= {
        }
        &'stepup;provider;help;show'= {
        }
        &'stepup;provider;help;add'= {
        }
        &'stepup;provider;help;edit'= {
        }
        &'stepup;provider;help;remove'= {
        }
        &'stepup;provider;help;test'= {
        }
        &'stepup;provider;help;keys'= {
        }
        &'stepup;provider;help;presets'= {
        }
        &'stepup;provider;help;remote'= {
            cand list 'List them'
            cand show 'Show one'
            cand create 'Register one'
            cand update 'Change one'
            cand set-secret 'Replace its client secret'
            cand delete 'Delete it'
            cand enable 'Put it into use'
            cand disable 'Take it out of use'
            cand test 'Run through it in the browser, as the API''s test does'
        }
        &'stepup;provider;help;remote;list'= {
        }
        &'stepup;provider;help;remote;show'= {
        }
        &'stepup;provider;help;remote;create'= {
        }
        &'stepup;provider;help;remote;update'= {
        }
        &'stepup;provider;help;remote;set-secret'= {
        }
        &'stepup;provider;help;remote;delete'= {
        }
        &'stepup;provider;help;remote;enable'= {
        }
        &'stepup;provider;help;remote;disable'= {
        }
        &'stepup;provider;help;remote;test'= {
        }
        &'stepup;provider;help;help'= {
        }
        &'stepup;request'= {
            cand -H 'A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)'
            cand --header 'A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)'
            cand -d 'The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte'
            cand --data 'The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte'
            cand --provider 'Which provider entry to use, among those whose tokens may go there'
            cand --browser 'The browser to open: a command, `%s` stands for the address (else it is appended)'
            cand --timeout 'How long to wait for the person in the browser'
            cand --login-hint 'Whom to sign in, as a hint to the provider (default: your email address)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -i 'Print status line and headers before the body'
            cand --include 'Print status line and headers before the body'
            cand --no-browser 'Do not open a browser; print the address to open'
            cand --remote 'The browser is on another machine: print the provider''s own address, and paste the answer back'
            cand -y 'Do not ask for confirmation before a step-up for a request that may change something'
            cand --yes 'Do not ask for confirmation before a step-up for a request that may change something'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;doctor'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;policy'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List policies and how many of their steps demand step-up'
            cand show 'Show one policy''s steps'
            cand require-step-up 'Make an approval step demand step-up with a provider'
            cand drop-step-up 'Let an approval step do without step-up'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;policy;list'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;policy;show'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;policy;require-step-up'= {
            cand --step 'The step''s number, as `policy show` counts'
            cand --of 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type''s)'
            cand --provider 'The API''s step-up provider: its id, or its name (see `stepup provider remote list`)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;policy;drop-step-up'= {
            cand --step 'The step''s number, as `policy show` counts'
            cand --of 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type''s)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand -y 'Do not ask for confirmation'
            cand --yes 'Do not ask for confirmation'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;policy;help'= {
            cand list 'List policies and how many of their steps demand step-up'
            cand show 'Show one policy''s steps'
            cand require-step-up 'Make an approval step demand step-up with a provider'
            cand drop-step-up 'Let an approval step do without step-up'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;policy;help;list'= {
        }
        &'stepup;policy;help;show'= {
        }
        &'stepup;policy;help;require-step-up'= {
        }
        &'stepup;policy;help;drop-step-up'= {
        }
        &'stepup;policy;help;help'= {
        }
        &'stepup;login'= {
            cand --browser 'The browser to open: a command, `%s` stands for the address (else it is appended)'
            cand --login-client-id 'The public client id of the sign-in with the browser, instead of the profile''s'
            cand --client-id 'The client id of an API key'
            cand --timeout 'How long to wait for the sign-in in the browser, at most as long as its code is valid'
            cand --store 'Where to keep it, instead of the configured place'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --no-browser 'Do not open a browser; print the address to open'
            cand --client-secret-stdin 'Read the API key''s client secret from stdin'
            cand --token-stdin 'Read the API token from stdin'
            cand --adopt 'Take the credential that an older stepup kept for the profile without the address of its API; TENANT names the API that it is for'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;logout'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;whoami'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;sandbox'= {
            cand --listen 'Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)'
            cand --as 'Whom the provider imitates, with its error pages and its gaps'
            cand --info 'Write a JSON description here when ready: addresses, config folder, tasks'
            cand --log 'Write one JSON line per request here'
            cand --record 'Write the API''s requests and answers here, bodies and all'
            cand --state 'Keep the tasks'' state here between runs'
            cand --issuer 'Run the API alone, for the step-up tokens of a provider elsewhere'
            cand --client-id 'The client at that provider whose tokens count'
            cand --set 'Change one behaviour; `--help` lists them (repeatable)'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand sign-in 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;sandbox;sign-in'= {
            cand --with 'How to sign in'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;sandbox;help'= {
            cand sign-in 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;sandbox;help;sign-in'= {
        }
        &'stepup;sandbox;help;help'= {
        }
        &'stepup;demo'= {
            cand --sign-in 'Let the built-in person sign in with this factor, instead of opening a browser'
            cand --task 'Which of the sandbox''s tasks to approve'
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;completions'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;man'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand path 'Print the configuration file''s path'
            cand list 'List the settings as they are here and now'
            cand get 'Print one setting''s value'
            cand set 'Write a setting into the configuration file'
            cand unset 'Take a setting out of the configuration file'
            cand set-secret 'Keep a confidential client''s secret, read from stdin'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;config;path'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;list'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --origin 'Say where each value comes from: a flag, a variable, the file, or a default'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;get'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;set'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;unset'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;set-secret'= {
            cand -p 'Which profile of the configuration to use'
            cand --profile 'Which profile of the configuration to use'
            cand -o 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --output 'What stdout carries: lines for people, or exactly one document for scripts'
            cand --color 'When to use colour'
            cand --config 'The configuration: a file, or a folder that holds `config.toml`'
            cand --api-url 'The API''s address, instead of the profile''s'
            cand --receipt-log 'The log of receipts, instead of the one in the state folder of this machine'
            cand --http-timeout 'Longest time one HTTP exchange may take'
            cand --adopt 'Keep the one that was kept without its provider''s address, for this entry''s issuer'
            cand --json 'Short for `--output json`'
            cand -q 'Print only what is necessary'
            cand --quiet 'Print only what is necessary'
            cand -v 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --verbose 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)'
            cand --no-input 'Never prompt, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stepup;config;help'= {
            cand path 'Print the configuration file''s path'
            cand list 'List the settings as they are here and now'
            cand get 'Print one setting''s value'
            cand set 'Write a setting into the configuration file'
            cand unset 'Take a setting out of the configuration file'
            cand set-secret 'Keep a confidential client''s secret, read from stdin'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;config;help;path'= {
        }
        &'stepup;config;help;list'= {
        }
        &'stepup;config;help;get'= {
        }
        &'stepup;config;help;set'= {
        }
        &'stepup;config;help;unset'= {
        }
        &'stepup;config;help;set-secret'= {
        }
        &'stepup;config;help;help'= {
        }
        &'stepup;help'= {
            cand approve 'Approve tasks, with step-up authentication where their steps demand it'
            cand deny 'Deny a task'
            cand comment 'Comment on a task'
            cand task 'List, show and watch tasks'
            cand receipt 'List, show, verify and export the receipts of your approvals'
            cand provider 'Look after who authenticates people'
            cand request 'Make any HTTP request, with step-up authentication where the server demands it'
            cand doctor 'Check this machine, the API and the provider entries, before they are needed'
            cand policy 'Show and change which policy steps demand step-up, for administrators'
            cand login 'Sign in to an API and keep the credential'
            cand logout 'Remove the stored API credential'
            cand whoami 'Show who the API says you are'
            cand sandbox 'Run the embedded identity provider and access API, to try and to test against'
            cand demo 'Run the sandbox and approve one task in it, start to end'
            cand completions 'Print a shell''s completion script'
            cand man 'Print the manual page'
            cand config 'Show and change the settings, and keep the secrets that do not belong in their file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stepup;help;approve'= {
        }
        &'stepup;help;deny'= {
        }
        &'stepup;help;comment'= {
        }
        &'stepup;help;task'= {
            cand list 'List tasks: by default the open ones that wait for you'
            cand show 'Show one task: who asks for what, its steps, and what they demand'
            cand watch 'Wait for tasks that you can approve, and print each as it appears'
        }
        &'stepup;help;task;list'= {
        }
        &'stepup;help;task;show'= {
        }
        &'stepup;help;task;watch'= {
        }
        &'stepup;help;receipt'= {
            cand list 'List the receipts of this machine, newest first'
            cand show 'Show one receipt'
            cand verify 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline'
            cand export 'Print the evidence of an approval, for somebody else to verify'
            cand prune 'Remove evidence that is old; receipts stay'
        }
        &'stepup;help;receipt;list'= {
        }
        &'stepup;help;receipt;show'= {
        }
        &'stepup;help;receipt;verify'= {
        }
        &'stepup;help;receipt;export'= {
        }
        &'stepup;help;receipt;prune'= {
        }
        &'stepup;help;provider'= {
            cand list 'List the provider entries of this machine''s configuration'
            cand show 'Show one entry, with its defaults'
            cand add 'Write a new entry, checked against the provider''s metadata'
            cand edit 'Change an entry'
            cand remove 'Take an entry out'
            cand test 'Sign in there as an approval would, without one, and show every check with its result'
            cand keys 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it'
            cand presets 'Show what is known about kinds of providers'
            cand remote 'The API''s own step-up providers, for administrators'
        }
        &'stepup;help;provider;list'= {
        }
        &'stepup;help;provider;show'= {
        }
        &'stepup;help;provider;add'= {
        }
        &'stepup;help;provider;edit'= {
        }
        &'stepup;help;provider;remove'= {
        }
        &'stepup;help;provider;test'= {
        }
        &'stepup;help;provider;keys'= {
        }
        &'stepup;help;provider;presets'= {
        }
        &'stepup;help;provider;remote'= {
            cand list 'List them'
            cand show 'Show one'
            cand create 'Register one'
            cand update 'Change one'
            cand set-secret 'Replace its client secret'
            cand delete 'Delete it'
            cand enable 'Put it into use'
            cand disable 'Take it out of use'
            cand test 'Run through it in the browser, as the API''s test does'
        }
        &'stepup;help;provider;remote;list'= {
        }
        &'stepup;help;provider;remote;show'= {
        }
        &'stepup;help;provider;remote;create'= {
        }
        &'stepup;help;provider;remote;update'= {
        }
        &'stepup;help;provider;remote;set-secret'= {
        }
        &'stepup;help;provider;remote;delete'= {
        }
        &'stepup;help;provider;remote;enable'= {
        }
        &'stepup;help;provider;remote;disable'= {
        }
        &'stepup;help;provider;remote;test'= {
        }
        &'stepup;help;request'= {
        }
        &'stepup;help;doctor'= {
        }
        &'stepup;help;policy'= {
            cand list 'List policies and how many of their steps demand step-up'
            cand show 'Show one policy''s steps'
            cand require-step-up 'Make an approval step demand step-up with a provider'
            cand drop-step-up 'Let an approval step do without step-up'
        }
        &'stepup;help;policy;list'= {
        }
        &'stepup;help;policy;show'= {
        }
        &'stepup;help;policy;require-step-up'= {
        }
        &'stepup;help;policy;drop-step-up'= {
        }
        &'stepup;help;login'= {
        }
        &'stepup;help;logout'= {
        }
        &'stepup;help;whoami'= {
        }
        &'stepup;help;sandbox'= {
            cand sign-in 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`'
        }
        &'stepup;help;sandbox;sign-in'= {
        }
        &'stepup;help;demo'= {
        }
        &'stepup;help;completions'= {
        }
        &'stepup;help;man'= {
        }
        &'stepup;help;config'= {
            cand path 'Print the configuration file''s path'
            cand list 'List the settings as they are here and now'
            cand get 'Print one setting''s value'
            cand set 'Write a setting into the configuration file'
            cand unset 'Take a setting out of the configuration file'
            cand set-secret 'Keep a confidential client''s secret, read from stdin'
        }
        &'stepup;help;config;path'= {
        }
        &'stepup;help;config;list'= {
        }
        &'stepup;help;config;get'= {
        }
        &'stepup;help;config;set'= {
        }
        &'stepup;help;config;unset'= {
        }
        &'stepup;help;config;set-secret'= {
        }
        &'stepup;help;help'= {
        }
    ]
    $completions[$command]
}
