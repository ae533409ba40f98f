
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'stepup' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'stepup'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'stepup' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve tasks, with step-up authentication where their steps demand it')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Deny a task')
            [CompletionResult]::new('comment', 'comment', [CompletionResultType]::ParameterValue, 'Comment on a task')
            [CompletionResult]::new('task', 'task', [CompletionResultType]::ParameterValue, 'List, show and watch tasks')
            [CompletionResult]::new('receipt', 'receipt', [CompletionResultType]::ParameterValue, 'List, show, verify and export the receipts of your approvals')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Look after who authenticates people')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Make any HTTP request, with step-up authentication where the server demands it')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check this machine, the API and the provider entries, before they are needed')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show and change which policy steps demand step-up, for administrators')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in to an API and keep the credential')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Remove the stored API credential')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Show who the API says you are')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the embedded identity provider and access API, to try and to test against')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run the sandbox and approve one task in it, start to end')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings, and keep the secrets that do not belong in their file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;approve' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Say why; some steps demand it')
            [CompletionResult]::new('--comment', '--comment', [CompletionResultType]::ParameterName, 'Say why; some steps demand it')
            [CompletionResult]::new('--comment-file', '--comment-file', [CompletionResultType]::ParameterName, 'Read the comment from a file, or from stdin with `-`')
            [CompletionResult]::new('--ceremony', '--ceremony', [CompletionResultType]::ParameterName, 'How to authenticate [default: the profile''s `ceremony`, else auto: what the API asks for]')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Which provider entry to use, instead of the one that serves the step')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The browser to open: a command, `%s` stands for the address (else it is appended)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the person in the browser')
            [CompletionResult]::new('--login-hint', '--login-hint', [CompletionResultType]::ParameterName, 'Whom to sign in, as a hint to the provider (default: your email address)')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait until the task is closed, at most so long')
            [CompletionResult]::new('--transaction-id', '--transaction-id', [CompletionResultType]::ParameterName, 'Last resort: the step-up was done elsewhere, and this is its transaction''s id')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read tasks from stdin, one a line')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address to open')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The browser is on another machine: print the provider''s own address, and paste the answer back')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be approved and what it demands as far as known, and stop')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;deny' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Say why; some steps demand it')
            [CompletionResult]::new('--comment', '--comment', [CompletionResultType]::ParameterName, 'Say why; some steps demand it')
            [CompletionResult]::new('--comment-file', '--comment-file', [CompletionResultType]::ParameterName, 'Read the comment from a file, or from stdin with `-`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;comment' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;task' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tasks: by default the open ones that wait for you')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one task: who asks for what, its steps, and what they demand')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Wait for tasks that you can approve, and print each as it appears')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;task;list' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'In which state')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Only tasks with these words in name, description or id')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only tasks of this type (repeatable)')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Stop after this many')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Stop after this many')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Everybody''s tasks as far as you may read them, not only yours')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Everybody''s tasks as far as you may read them, not only yours')
            [CompletionResult]::new('--step-up', '--step-up', [CompletionResultType]::ParameterName, 'Only tasks whose current step demands step-up authentication')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;task;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--audit', '--audit', [CompletionResultType]::ParameterName, 'Print the trail too: everything that happened to the task')
            [CompletionResult]::new('--newest-first', '--newest-first', [CompletionResultType]::ParameterName, 'Begin the trail with what happened last')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;task;watch' {
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two looks, at least 2 s')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'End after this many tasks')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'End after this many tasks')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;task;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tasks: by default the open ones that wait for you')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one task: who asks for what, its steps, and what they demand')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Wait for tasks that you can approve, and print each as it appears')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;task;help;list' {
            break
        }
        'stepup;task;help;show' {
            break
        }
        'stepup;task;help;watch' {
            break
        }
        'stepup;task;help;help' {
            break
        }
        'stepup;receipt' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the receipts of this machine, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one receipt')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the evidence of an approval, for somebody else to verify')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove evidence that is old; receipts stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;receipt;list' {
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Stop after this many')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Stop after this many')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;receipt;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;receipt;verify' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Verify this evidence instead: a document, or a line each; `-` is stdin')
            [CompletionResult]::new('--jwks', '--jwks', [CompletionResultType]::ParameterName, 'Trust the keys of this JWK set: files, or addresses to fetch')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Only evidence of this issuer; without `--jwks` or `--key` its keys are fetched and trusted')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Trust the key with this thumbprint (RFC 7638, SHA-256; repeatable)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Every receipt of the log')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every receipt of the log')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;receipt;export' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'All that there is, a line each')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All that there is, a line each')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Also while the ID token in it is valid')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;receipt;prune' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Remove evidence that was kept longer ago than this: `400d`, `52w`, `12h`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;receipt;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the receipts of this machine, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one receipt')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the evidence of an approval, for somebody else to verify')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove evidence that is old; receipts stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;receipt;help;list' {
            break
        }
        'stepup;receipt;help;show' {
            break
        }
        'stepup;receipt;help;verify' {
            break
        }
        'stepup;receipt;help;export' {
            break
        }
        'stepup;receipt;help;prune' {
            break
        }
        'stepup;receipt;help;help' {
            break
        }
        'stepup;provider' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the provider entries of this machine''s configuration')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one entry, with its defaults')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Write a new entry, checked against the provider''s metadata')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry out')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Sign in there as an approval would, without one, and show every check with its result')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it')
            [CompletionResult]::new('presets', 'presets', [CompletionResultType]::ParameterValue, 'Show what is known about kinds of providers')
            [CompletionResult]::new('remote', 'remote', [CompletionResultType]::ParameterValue, 'The API''s own step-up providers, for administrators')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;provider;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;add' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The entry''s name [default: the preset''s]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'The issuer, exactly as the provider spells it')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id that the provider gave stepup')
            [CompletionResult]::new('--acr-value', '--acr-value', [CompletionResultType]::ParameterName, 'An acr value, or an authentication context, that it is asked for (repeatable)')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'A registered port of the redirect URI (repeatable)')
            [CompletionResult]::new('--redirect-path', '--redirect-path', [CompletionResultType]::ParameterName, 'The path of the redirect URI [default: `/callback/` and the entry''s name]')
            [CompletionResult]::new('--c1-provider', '--c1-provider', [CompletionResultType]::ParameterName, 'The id of a C1 step-up provider that it serves (repeatable)')
            [CompletionResult]::new('--api-origin', '--api-origin', [CompletionResultType]::ParameterName, 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)')
            [CompletionResult]::new('--request-origin', '--request-origin', [CompletionResultType]::ParameterName, 'A server other than the API that `stepup request` may send its tokens to (repeatable)')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for beside `openid` (repeatable)')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The `audience` parameter, for providers that want one')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'The `resource` parameter (RFC 8707)')
            [CompletionResult]::new('--skew', '--skew', [CompletionResultType]::ParameterName, 'How far its clock may be off, seconds')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'The oldest sign-in that counts, seconds')
            [CompletionResult]::new('--client-auth', '--client-auth', [CompletionResultType]::ParameterName, 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'A PEM file with certificates to trust beside the system''s')
            [CompletionResult]::new('--rank', '--rank', [CompletionResultType]::ParameterName, 'An acr value''s place in your own order, weakest first (repeatable)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--backchannel', '--backchannel', [CompletionResultType]::ParameterName, 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients')
            [CompletionResult]::new('--accept-stronger', '--accept-stronger', [CompletionResultType]::ParameterName, 'Accept a value that `rank` puts above a demanded one')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Take what is known to be weak; every receipt will name it')
            [CompletionResult]::new('--no-check', '--no-check', [CompletionResultType]::ParameterName, 'Do not read the provider''s metadata')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;edit' {
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'Another preset')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'The issuer, exactly as the provider spells it')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id that the provider gave stepup')
            [CompletionResult]::new('--acr-value', '--acr-value', [CompletionResultType]::ParameterName, 'An acr value, or an authentication context, that it is asked for (repeatable)')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'A registered port of the redirect URI (repeatable)')
            [CompletionResult]::new('--redirect-path', '--redirect-path', [CompletionResultType]::ParameterName, 'The path of the redirect URI [default: `/callback/` and the entry''s name]')
            [CompletionResult]::new('--c1-provider', '--c1-provider', [CompletionResultType]::ParameterName, 'The id of a C1 step-up provider that it serves (repeatable)')
            [CompletionResult]::new('--api-origin', '--api-origin', [CompletionResultType]::ParameterName, 'The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)')
            [CompletionResult]::new('--request-origin', '--request-origin', [CompletionResultType]::ParameterName, 'A server other than the API that `stepup request` may send its tokens to (repeatable)')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for beside `openid` (repeatable)')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The `audience` parameter, for providers that want one')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'The `resource` parameter (RFC 8707)')
            [CompletionResult]::new('--skew', '--skew', [CompletionResultType]::ParameterName, 'How far its clock may be off, seconds')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'The oldest sign-in that counts, seconds')
            [CompletionResult]::new('--client-auth', '--client-auth', [CompletionResultType]::ParameterName, 'How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'A PEM file with certificates to trust beside the system''s')
            [CompletionResult]::new('--rank', '--rank', [CompletionResultType]::ParameterName, 'An acr value''s place in your own order, weakest first (repeatable)')
            [CompletionResult]::new('--unset', '--unset', [CompletionResultType]::ParameterName, 'A key to take out, so that the default counts again (repeatable)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--backchannel', '--backchannel', [CompletionResultType]::ParameterName, 'The provider asks the person on their own device (CIBA), where no browser is; for confidential clients')
            [CompletionResult]::new('--accept-stronger', '--accept-stronger', [CompletionResultType]::ParameterName, 'Accept a value that `rank` puts above a demanded one')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Take what is known to be weak; every receipt will name it')
            [CompletionResult]::new('--no-check', '--no-check', [CompletionResultType]::ParameterName, 'Do not read the provider''s metadata')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remove' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;test' {
            [CompletionResult]::new('--acr-value', '--acr-value', [CompletionResultType]::ParameterName, 'Demand this value (repeatable; default: what the entry lists)')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The browser to open: a command, `%s` stands for the address (else it is appended)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the person in the browser')
            [CompletionResult]::new('--login-hint', '--login-hint', [CompletionResultType]::ParameterName, 'Whom to sign in, as a hint to the provider (default: your email address)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--negative', '--negative', [CompletionResultType]::ParameterName, 'Also ask for a value that the provider cannot know, and show what it makes of that')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address to open')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The browser is on another machine: print the provider''s own address, and paste the answer back')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;keys' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;presets' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List them')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Register one')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Replace its client secret')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete it')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Put it into use')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Take it out of use')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run through it in the browser, as the API''s test does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;provider;remote;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Its name for people')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'The issuer, as the provider spells it (Entra: made from the tenant''s id if left out)')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The API''s client at the provider')
            [CompletionResult]::new('--acr-value', '--acr-value', [CompletionResultType]::ParameterName, 'An acr value it is asked for, such as `phr` (repeatable)')
            [CompletionResult]::new('--microsoft', '--microsoft', [CompletionResultType]::ParameterName, 'It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)')
            [CompletionResult]::new('--tenant', '--tenant', [CompletionResultType]::ParameterName, 'The Entra tenant: its id, or its domain (default: the id in the issuer)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An authentication context of the tenant, `C1` to `C99` (repeatable)')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the client secret from a file, or from stdin with `-`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;update' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Another name for people')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Another issuer')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Another client')
            [CompletionResult]::new('--acr-value', '--acr-value', [CompletionResultType]::ParameterName, 'An acr value it is asked for, such as `phr` (repeatable)')
            [CompletionResult]::new('--microsoft', '--microsoft', [CompletionResultType]::ParameterName, 'It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)')
            [CompletionResult]::new('--tenant', '--tenant', [CompletionResultType]::ParameterName, 'The Entra tenant: its id, or its domain (default: the id in the issuer)')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An authentication context of the tenant, `C1` to `C99` (repeatable)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;set-secret' {
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the client secret from a file, or from stdin with `-` (default: asked for without echo)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;delete' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;enable' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;disable' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;test' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The browser to open: a command, `%s` stands for the address (else it is appended)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the person in the browser')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address to open')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;provider;remote;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List them')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Register one')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Replace its client secret')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete it')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Put it into use')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Take it out of use')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run through it in the browser, as the API''s test does')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;provider;remote;help;list' {
            break
        }
        'stepup;provider;remote;help;show' {
            break
        }
        'stepup;provider;remote;help;create' {
            break
        }
        'stepup;provider;remote;help;update' {
            break
        }
        'stepup;provider;remote;help;set-secret' {
            break
        }
        'stepup;provider;remote;help;delete' {
            break
        }
        'stepup;provider;remote;help;enable' {
            break
        }
        'stepup;provider;remote;help;disable' {
            break
        }
        'stepup;provider;remote;help;test' {
            break
        }
        'stepup;provider;remote;help;help' {
            break
        }
        'stepup;provider;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the provider entries of this machine''s configuration')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one entry, with its defaults')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Write a new entry, checked against the provider''s metadata')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry out')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Sign in there as an approval would, without one, and show every check with its result')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it')
            [CompletionResult]::new('presets', 'presets', [CompletionResultType]::ParameterValue, 'Show what is known about kinds of providers')
            [CompletionResult]::new('remote', 'remote', [CompletionResultType]::ParameterValue, 'The API''s own step-up providers, for administrators')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;provider;help;list' {
            break
        }
        'stepup;provider;help;show' {
            break
        }
        'stepup;provider;help;add' {
            break
        }
        'stepup;provider;help;edit' {
            break
        }
        'stepup;provider;help;remove' {
            break
        }
        'stepup;provider;help;test' {
            break
        }
        'stepup;provider;help;keys' {
            break
        }
        'stepup;provider;help;presets' {
            break
        }
        'stepup;provider;help;remote' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List them')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Register one')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Replace its client secret')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete it')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Put it into use')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Take it out of use')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run through it in the browser, as the API''s test does')
            break
        }
        'stepup;provider;help;remote;list' {
            break
        }
        'stepup;provider;help;remote;show' {
            break
        }
        'stepup;provider;help;remote;create' {
            break
        }
        'stepup;provider;help;remote;update' {
            break
        }
        'stepup;provider;help;remote;set-secret' {
            break
        }
        'stepup;provider;help;remote;delete' {
            break
        }
        'stepup;provider;help;remote;enable' {
            break
        }
        'stepup;provider;help;remote;disable' {
            break
        }
        'stepup;provider;help;remote;test' {
            break
        }
        'stepup;provider;help;help' {
            break
        }
        'stepup;request' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Which provider entry to use, among those whose tokens may go there')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The browser to open: a command, `%s` stands for the address (else it is appended)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the person in the browser')
            [CompletionResult]::new('--login-hint', '--login-hint', [CompletionResultType]::ParameterName, 'Whom to sign in, as a hint to the provider (default: your email address)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Print status line and headers before the body')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Print status line and headers before the body')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address to open')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The browser is on another machine: print the provider''s own address, and paste the answer back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation before a step-up for a request that may change something')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation before a step-up for a request that may change something')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;doctor' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;policy' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List policies and how many of their steps demand step-up')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one policy''s steps')
            [CompletionResult]::new('require-step-up', 'require-step-up', [CompletionResultType]::ParameterValue, 'Make an approval step demand step-up with a provider')
            [CompletionResult]::new('drop-step-up', 'drop-step-up', [CompletionResultType]::ParameterValue, 'Let an approval step do without step-up')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;policy;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;policy;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;policy;require-step-up' {
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'The step''s number, as `policy show` counts')
            [CompletionResult]::new('--of', '--of', [CompletionResultType]::ParameterName, 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type''s)')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'The API''s step-up provider: its id, or its name (see `stepup provider remote list`)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;policy;drop-step-up' {
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'The step''s number, as `policy show` counts')
            [CompletionResult]::new('--of', '--of', [CompletionResultType]::ParameterName, 'Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type''s)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask for confirmation')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;policy;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List policies and how many of their steps demand step-up')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one policy''s steps')
            [CompletionResult]::new('require-step-up', 'require-step-up', [CompletionResultType]::ParameterValue, 'Make an approval step demand step-up with a provider')
            [CompletionResult]::new('drop-step-up', 'drop-step-up', [CompletionResultType]::ParameterValue, 'Let an approval step do without step-up')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;policy;help;list' {
            break
        }
        'stepup;policy;help;show' {
            break
        }
        'stepup;policy;help;require-step-up' {
            break
        }
        'stepup;policy;help;drop-step-up' {
            break
        }
        'stepup;policy;help;help' {
            break
        }
        'stepup;login' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The browser to open: a command, `%s` stands for the address (else it is appended)')
            [CompletionResult]::new('--login-client-id', '--login-client-id', [CompletionResultType]::ParameterName, 'The public client id of the sign-in with the browser, instead of the profile''s')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id of an API key')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the sign-in in the browser, at most as long as its code is valid')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep it, instead of the configured place')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address to open')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read the API key''s client secret from stdin')
            [CompletionResult]::new('--token-stdin', '--token-stdin', [CompletionResultType]::ParameterName, 'Read the API token from stdin')
            [CompletionResult]::new('--adopt', '--adopt', [CompletionResultType]::ParameterName, 'Take the credential that an older stepup kept for the profile without the address of its API; TENANT names the API that it is for')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;logout' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;whoami' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;sandbox' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Whom the provider imitates, with its error pages and its gaps')
            [CompletionResult]::new('--info', '--info', [CompletionResultType]::ParameterName, 'Write a JSON description here when ready: addresses, config folder, tasks')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Write one JSON line per request here')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Write the API''s requests and answers here, bodies and all')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep the tasks'' state here between runs')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Run the API alone, for the step-up tokens of a provider elsewhere')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client at that provider whose tokens count')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change one behaviour; `--help` lists them (repeatable)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;sandbox;sign-in' {
            [CompletionResult]::new('--with', '--with', [CompletionResultType]::ParameterName, 'How to sign in')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;sandbox;help' {
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;sandbox;help;sign-in' {
            break
        }
        'stepup;sandbox;help;help' {
            break
        }
        'stepup;demo' {
            [CompletionResult]::new('--sign-in', '--sign-in', [CompletionResultType]::ParameterName, 'Let the built-in person sign in with this factor, instead of opening a browser')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'Which of the sandbox''s tasks to approve')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;completions' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;man' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration file''s path')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the settings as they are here and now')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one setting''s value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out of the configuration file')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Keep a confidential client''s secret, read from stdin')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;config;path' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--origin', '--origin', [CompletionResultType]::ParameterName, 'Say where each value comes from: a flag, a variable, the file, or a default')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;get' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;set' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;unset' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;set-secret' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which profile of the configuration to use')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'What stdout carries: lines for people, or exactly one document for scripts')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration: a file, or a folder that holds `config.toml`')
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'The API''s address, instead of the profile''s')
            [CompletionResult]::new('--receipt-log', '--receipt-log', [CompletionResultType]::ParameterName, 'The log of receipts, instead of the one in the state folder of this machine')
            [CompletionResult]::new('--http-timeout', '--http-timeout', [CompletionResultType]::ParameterName, 'Longest time one HTTP exchange may take')
            [CompletionResult]::new('--adopt', '--adopt', [CompletionResultType]::ParameterName, 'Keep the one that was kept without its provider''s address, for this entry''s issuer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--output json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what is necessary')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr: causes of errors, HTTP exchanges (never a secret)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stepup;config;help' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration file''s path')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the settings as they are here and now')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one setting''s value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out of the configuration file')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Keep a confidential client''s secret, read from stdin')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;config;help;path' {
            break
        }
        'stepup;config;help;list' {
            break
        }
        'stepup;config;help;get' {
            break
        }
        'stepup;config;help;set' {
            break
        }
        'stepup;config;help;unset' {
            break
        }
        'stepup;config;help;set-secret' {
            break
        }
        'stepup;config;help;help' {
            break
        }
        'stepup;help' {
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve tasks, with step-up authentication where their steps demand it')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Deny a task')
            [CompletionResult]::new('comment', 'comment', [CompletionResultType]::ParameterValue, 'Comment on a task')
            [CompletionResult]::new('task', 'task', [CompletionResultType]::ParameterValue, 'List, show and watch tasks')
            [CompletionResult]::new('receipt', 'receipt', [CompletionResultType]::ParameterValue, 'List, show, verify and export the receipts of your approvals')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Look after who authenticates people')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Make any HTTP request, with step-up authentication where the server demands it')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check this machine, the API and the provider entries, before they are needed')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show and change which policy steps demand step-up, for administrators')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in to an API and keep the credential')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Remove the stored API credential')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Show who the API says you are')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the embedded identity provider and access API, to try and to test against')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run the sandbox and approve one task in it, start to end')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings, and keep the secrets that do not belong in their file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stepup;help;approve' {
            break
        }
        'stepup;help;deny' {
            break
        }
        'stepup;help;comment' {
            break
        }
        'stepup;help;task' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tasks: by default the open ones that wait for you')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one task: who asks for what, its steps, and what they demand')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Wait for tasks that you can approve, and print each as it appears')
            break
        }
        'stepup;help;task;list' {
            break
        }
        'stepup;help;task;show' {
            break
        }
        'stepup;help;task;watch' {
            break
        }
        'stepup;help;receipt' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the receipts of this machine, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one receipt')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that the log is unchanged and that the API still says the same; or verify evidence, offline')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the evidence of an approval, for somebody else to verify')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove evidence that is old; receipts stay')
            break
        }
        'stepup;help;receipt;list' {
            break
        }
        'stepup;help;receipt;show' {
            break
        }
        'stepup;help;receipt;verify' {
            break
        }
        'stepup;help;receipt;export' {
            break
        }
        'stepup;help;receipt;prune' {
            break
        }
        'stepup;help;provider' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the provider entries of this machine''s configuration')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one entry, with its defaults')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Write a new entry, checked against the provider''s metadata')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry out')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Sign in there as an approval would, without one, and show every check with its result')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it')
            [CompletionResult]::new('presets', 'presets', [CompletionResultType]::ParameterValue, 'Show what is known about kinds of providers')
            [CompletionResult]::new('remote', 'remote', [CompletionResultType]::ParameterValue, 'The API''s own step-up providers, for administrators')
            break
        }
        'stepup;help;provider;list' {
            break
        }
        'stepup;help;provider;show' {
            break
        }
        'stepup;help;provider;add' {
            break
        }
        'stepup;help;provider;edit' {
            break
        }
        'stepup;help;provider;remove' {
            break
        }
        'stepup;help;provider;test' {
            break
        }
        'stepup;help;provider;keys' {
            break
        }
        'stepup;help;provider;presets' {
            break
        }
        'stepup;help;provider;remote' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List them')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Register one')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Replace its client secret')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete it')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Put it into use')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Take it out of use')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run through it in the browser, as the API''s test does')
            break
        }
        'stepup;help;provider;remote;list' {
            break
        }
        'stepup;help;provider;remote;show' {
            break
        }
        'stepup;help;provider;remote;create' {
            break
        }
        'stepup;help;provider;remote;update' {
            break
        }
        'stepup;help;provider;remote;set-secret' {
            break
        }
        'stepup;help;provider;remote;delete' {
            break
        }
        'stepup;help;provider;remote;enable' {
            break
        }
        'stepup;help;provider;remote;disable' {
            break
        }
        'stepup;help;provider;remote;test' {
            break
        }
        'stepup;help;request' {
            break
        }
        'stepup;help;doctor' {
            break
        }
        'stepup;help;policy' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List policies and how many of their steps demand step-up')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one policy''s steps')
            [CompletionResult]::new('require-step-up', 'require-step-up', [CompletionResultType]::ParameterValue, 'Make an approval step demand step-up with a provider')
            [CompletionResult]::new('drop-step-up', 'drop-step-up', [CompletionResultType]::ParameterValue, 'Let an approval step do without step-up')
            break
        }
        'stepup;help;policy;list' {
            break
        }
        'stepup;help;policy;show' {
            break
        }
        'stepup;help;policy;require-step-up' {
            break
        }
        'stepup;help;policy;drop-step-up' {
            break
        }
        'stepup;help;login' {
            break
        }
        'stepup;help;logout' {
            break
        }
        'stepup;help;whoami' {
            break
        }
        'stepup;help;sandbox' {
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`')
            break
        }
        'stepup;help;sandbox;sign-in' {
            break
        }
        'stepup;help;demo' {
            break
        }
        'stepup;help;completions' {
            break
        }
        'stepup;help;man' {
            break
        }
        'stepup;help;config' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the configuration file''s path')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the settings as they are here and now')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one setting''s value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out of the configuration file')
            [CompletionResult]::new('set-secret', 'set-secret', [CompletionResultType]::ParameterValue, 'Keep a confidential client''s secret, read from stdin')
            break
        }
        'stepup;help;config;path' {
            break
        }
        'stepup;help;config;list' {
            break
        }
        'stepup;help;config;get' {
            break
        }
        'stepup;help;config;set' {
            break
        }
        'stepup;help;config;unset' {
            break
        }
        'stepup;help;config;set-secret' {
            break
        }
        'stepup;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
