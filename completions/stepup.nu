module completions {

  def "nu-complete stepup output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup color" [] {
    [ "auto" "always" "never" ]
  }

  # Approve sensitive access requests from the terminal, with step-up authentication that is verified
  export extern stepup [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete stepup approve ceremony" [] {
    [ "auto" "hosted" "local" "backchannel" ]
  }

  def "nu-complete stepup approve output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup approve color" [] {
    [ "auto" "always" "never" ]
  }

  # Approve tasks, with step-up authentication where their steps demand it
  export extern "stepup approve" [
    --stdin                   # Read tasks from stdin, one a line
    --comment(-m): string     # Say why; some steps demand it
    --comment-file: path      # Read the comment from a file, or from stdin with `-`
    --ceremony: string@"nu-complete stepup approve ceremony" # How to authenticate [default: the profile's `ceremony`, else auto: what the API asks for]
    --provider: string        # Which provider entry to use, instead of the one that serves the step
    --no-browser              # Do not open a browser; print the address to open
    --browser: string         # The browser to open: a command, `%s` stands for the address (else it is appended)
    --remote                  # The browser is on another machine: print the provider's own address, and paste the answer back
    --timeout: string         # How long to wait for the person in the browser
    --login-hint: string      # Whom to sign in, as a hint to the provider (default: your email address)
    --wait: string            # Wait until the task is closed, at most so long
    --transaction-id: string  # Last resort: the step-up was done elsewhere, and this is its transaction's id
    --dry-run                 # Show what would be approved and what it demands as far as known, and stop
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup approve output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup approve color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    ...tasks: string          # The tasks: numbers, or 27-character ids; without one, on a terminal, choose from a list
  ]

  def "nu-complete stepup deny output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup deny color" [] {
    [ "auto" "always" "never" ]
  }

  # Deny a task
  export extern "stepup deny" [
    --comment(-m): string     # Say why; some steps demand it
    --comment-file: path      # Read the comment from a file, or from stdin with `-`
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup deny output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup deny color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    task: string              # The task: its number, or its 27-character id
  ]

  def "nu-complete stepup comment output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup comment color" [] {
    [ "auto" "always" "never" ]
  }

  # Comment on a task
  export extern "stepup comment" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup comment output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup comment color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    task: string              # The task: its number, or its 27-character id
    text: string              # What to say; `-` reads it from stdin
  ]

  def "nu-complete stepup task output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup task color" [] {
    [ "auto" "always" "never" ]
  }

  # List, show and watch tasks
  export extern "stepup task" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup task output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup task color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup task list state" [] {
    [ "open" "closed" "all" ]
  }

  def "nu-complete stepup task list types" [] {
    [ "grant" "revoke" "certify" ]
  }

  def "nu-complete stepup task list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup task list color" [] {
    [ "auto" "always" "never" ]
  }

  # List tasks: by default the open ones that wait for you
  export extern "stepup task list" [
    --all(-a)                 # Everybody's tasks as far as you may read them, not only yours
    --state: string@"nu-complete stepup task list state" # In which state
    --step-up                 # Only tasks whose current step demands step-up authentication
    --query: string           # Only tasks with these words in name, description or id
    --type: string@"nu-complete stepup task list types" # Only tasks of this type (repeatable)
    --limit(-L): string       # Stop after this many
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup task list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup task list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup task show output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup task show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one task: who asks for what, its steps, and what they demand
  export extern "stepup task show" [
    --audit                   # Print the trail too: everything that happened to the task
    --newest-first            # Begin the trail with what happened last
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup task show output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup task show color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    task: string              # The task: its number, or its 27-character id
  ]

  def "nu-complete stepup task watch output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup task watch color" [] {
    [ "auto" "always" "never" ]
  }

  # Wait for tasks that you can approve, and print each as it appears
  export extern "stepup task watch" [
    --interval: string        # Time between two looks, at least 2 s
    --limit(-L): string       # End after this many tasks
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup task watch output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup task watch color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup task help" [
  ]

  # List tasks: by default the open ones that wait for you
  export extern "stepup task help list" [
  ]

  # Show one task: who asks for what, its steps, and what they demand
  export extern "stepup task help show" [
  ]

  # Wait for tasks that you can approve, and print each as it appears
  export extern "stepup task help watch" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup task help help" [
  ]

  def "nu-complete stepup receipt output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt color" [] {
    [ "auto" "always" "never" ]
  }

  # List, show, verify and export the receipts of your approvals
  export extern "stepup receipt" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup receipt list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the receipts of this machine, newest first
  export extern "stepup receipt list" [
    --limit(-L): string       # Stop after this many
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup receipt show output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one receipt
  export extern "stepup receipt show" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt show output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt show color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    receipt?: string          # Which one: its number in the list, or `last`
  ]

  def "nu-complete stepup receipt verify output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt verify color" [] {
    [ "auto" "always" "never" ]
  }

  # Check that the log is unchanged and that the API still says the same; or verify evidence, offline
  export extern "stepup receipt verify" [
    --all(-a)                 # Every receipt of the log
    --file: path              # Verify this evidence instead: a document, or a line each; `-` is stdin
    --jwks: string            # Trust the keys of this JWK set: files, or addresses to fetch
    --issuer: string          # Only evidence of this issuer; without `--jwks` or `--key` its keys are fetched and trusted
    --key: string             # Trust the key with this thumbprint (RFC 7638, SHA-256; repeatable)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt verify output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt verify color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    receipt?: string          # Which one: its number in the list, or `last`
  ]

  def "nu-complete stepup receipt export output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt export color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the evidence of an approval, for somebody else to verify
  export extern "stepup receipt export" [
    --all(-a)                 # All that there is, a line each
    --now                     # Also while the ID token in it is valid
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt export output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt export color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    receipt?: string          # Which one: its number in the list, or `last`
  ]

  def "nu-complete stepup receipt prune output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup receipt prune color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove evidence that is old; receipts stay
  export extern "stepup receipt prune" [
    --older-than: string      # Remove evidence that was kept longer ago than this: `400d`, `52w`, `12h`
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup receipt prune output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup receipt prune color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup receipt help" [
  ]

  # List the receipts of this machine, newest first
  export extern "stepup receipt help list" [
  ]

  # Show one receipt
  export extern "stepup receipt help show" [
  ]

  # Check that the log is unchanged and that the API still says the same; or verify evidence, offline
  export extern "stepup receipt help verify" [
  ]

  # Print the evidence of an approval, for somebody else to verify
  export extern "stepup receipt help export" [
  ]

  # Remove evidence that is old; receipts stay
  export extern "stepup receipt help prune" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup receipt help help" [
  ]

  def "nu-complete stepup provider output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider color" [] {
    [ "auto" "always" "never" ]
  }

  # Look after who authenticates people
  export extern "stepup provider" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup provider list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the provider entries of this machine's configuration
  export extern "stepup provider list" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup provider show output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one entry, with its defaults
  export extern "stepup provider show" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider show output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider show color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider entry
  ]

  def "nu-complete stepup provider add output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider add color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a new entry, checked against the provider's metadata
  export extern "stepup provider add" [
    --name: string            # The entry's name [default: the preset's]
    --issuer: string          # The issuer, exactly as the provider spells it
    --client-id: string       # The client id that the provider gave stepup
    --acr-value: string       # An acr value, or an authentication context, that it is asked for (repeatable)
    --port: string            # A registered port of the redirect URI (repeatable)
    --redirect-path: string   # The path of the redirect URI [default: `/callback/` and the entry's name]
    --c1-provider: string     # The id of a C1 step-up provider that it serves (repeatable)
    --api-origin: string      # The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)
    --request-origin: string  # A server other than the API that `stepup request` may send its tokens to (repeatable)
    --scope: string           # A scope to ask for beside `openid` (repeatable)
    --audience: string        # The `audience` parameter, for providers that want one
    --resource: string        # The `resource` parameter (RFC 8707)
    --skew: string            # How far its clock may be off, seconds
    --max-age: string         # The oldest sign-in that counts, seconds
    --client-auth: string     # How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`
    --backchannel             # The provider asks the person on their own device (CIBA), where no browser is; for confidential clients
    --ca-file: path           # A PEM file with certificates to trust beside the system's
    --rank: string            # An acr value's place in your own order, weakest first (repeatable)
    --accept-stronger         # Accept a value that `rank` puts above a demanded one
    --allow-weak              # Take what is known to be weak; every receipt will name it
    --no-check                # Do not read the provider's metadata
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider add output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider add color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    preset: string            # What kind of provider it is: okta, entra-acrs, auth0, keycloak, generic, ...
  ]

  def "nu-complete stepup provider edit output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider edit color" [] {
    [ "auto" "always" "never" ]
  }

  # Change an entry
  export extern "stepup provider edit" [
    --preset: string          # Another preset
    --issuer: string          # The issuer, exactly as the provider spells it
    --client-id: string       # The client id that the provider gave stepup
    --acr-value: string       # An acr value, or an authentication context, that it is asked for (repeatable)
    --port: string            # A registered port of the redirect URI (repeatable)
    --redirect-path: string   # The path of the redirect URI [default: `/callback/` and the entry's name]
    --c1-provider: string     # The id of a C1 step-up provider that it serves (repeatable)
    --api-origin: string      # The origin of an API whose approvals take its tokens, beside those of the profiles that name it (repeatable)
    --request-origin: string  # A server other than the API that `stepup request` may send its tokens to (repeatable)
    --scope: string           # A scope to ask for beside `openid` (repeatable)
    --audience: string        # The `audience` parameter, for providers that want one
    --resource: string        # The `resource` parameter (RFC 8707)
    --skew: string            # How far its clock may be off, seconds
    --max-age: string         # The oldest sign-in that counts, seconds
    --client-auth: string     # How the client proves itself: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`
    --backchannel             # The provider asks the person on their own device (CIBA), where no browser is; for confidential clients
    --ca-file: path           # A PEM file with certificates to trust beside the system's
    --rank: string            # An acr value's place in your own order, weakest first (repeatable)
    --accept-stronger         # Accept a value that `rank` puts above a demanded one
    --allow-weak              # Take what is known to be weak; every receipt will name it
    --no-check                # Do not read the provider's metadata
    --unset: string           # A key to take out, so that the default counts again (repeatable)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider edit output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider edit color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider entry
  ]

  def "nu-complete stepup provider remove output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Take an entry out
  export extern "stepup provider remove" [
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remove output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remove color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider entry
  ]

  def "nu-complete stepup provider test output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider test color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign in there as an approval would, without one, and show every check with its result
  export extern "stepup provider test" [
    --acr-value: string       # Demand this value (repeatable; default: what the entry lists)
    --negative                # Also ask for a value that the provider cannot know, and show what it makes of that
    --no-browser              # Do not open a browser; print the address to open
    --browser: string         # The browser to open: a command, `%s` stands for the address (else it is appended)
    --remote                  # The browser is on another machine: print the provider's own address, and paste the answer back
    --timeout: string         # How long to wait for the person in the browser
    --login-hint: string      # Whom to sign in, as a hint to the provider (default: your email address)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider test output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider test color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider entry
  ]

  def "nu-complete stepup provider keys output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider keys color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it
  export extern "stepup provider keys" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider keys output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider keys color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider entry
  ]

  def "nu-complete stepup provider presets output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider presets color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what is known about kinds of providers
  export extern "stepup provider presets" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider presets output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider presets color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    preset?: string           # Which one to show whole
  ]

  def "nu-complete stepup provider remote output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote color" [] {
    [ "auto" "always" "never" ]
  }

  # The API's own step-up providers, for administrators
  export extern "stepup provider remote" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup provider remote list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote list color" [] {
    [ "auto" "always" "never" ]
  }

  # List them
  export extern "stepup provider remote list" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup provider remote show output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one
  export extern "stepup provider remote show" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote show output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote show color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote create microsoft" [] {
    [ "acrs" "oidc" ]
  }

  def "nu-complete stepup provider remote create output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote create color" [] {
    [ "auto" "always" "never" ]
  }

  # Register one
  export extern "stepup provider remote create" [
    --name: string            # Its name for people
    --issuer: string          # The issuer, as the provider spells it (Entra: made from the tenant's id if left out)
    --client-id: string       # The API's client at the provider
    --acr-value: string       # An acr value it is asked for, such as `phr` (repeatable)
    --microsoft: string@"nu-complete stepup provider remote create microsoft" # It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)
    --tenant: string          # The Entra tenant: its id, or its domain (default: the id in the issuer)
    --context: string         # An authentication context of the tenant, `C1` to `C99` (repeatable)
    --secret-file: path       # Read the client secret from a file, or from stdin with `-`
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote create output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote create color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup provider remote update microsoft" [] {
    [ "acrs" "oidc" ]
  }

  def "nu-complete stepup provider remote update output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote update color" [] {
    [ "auto" "always" "never" ]
  }

  # Change one
  export extern "stepup provider remote update" [
    --yes(-y)                 # Do not ask for confirmation
    --name: string            # Another name for people
    --issuer: string          # Another issuer
    --client-id: string       # Another client
    --acr-value: string       # An acr value it is asked for, such as `phr` (repeatable)
    --microsoft: string@"nu-complete stepup provider remote update microsoft" # It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)
    --tenant: string          # The Entra tenant: its id, or its domain (default: the id in the issuer)
    --context: string         # An authentication context of the tenant, `C1` to `C99` (repeatable)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote update output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote update color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote set-secret output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote set-secret color" [] {
    [ "auto" "always" "never" ]
  }

  # Replace its client secret
  export extern "stepup provider remote set-secret" [
    --yes(-y)                 # Do not ask for confirmation
    --secret-file: path       # Read the client secret from a file, or from stdin with `-` (default: asked for without echo)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote set-secret output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote set-secret color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote delete output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote delete color" [] {
    [ "auto" "always" "never" ]
  }

  # Delete it
  export extern "stepup provider remote delete" [
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote delete output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote delete color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote enable output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote enable color" [] {
    [ "auto" "always" "never" ]
  }

  # Put it into use
  export extern "stepup provider remote enable" [
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote enable output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote enable color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote disable output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote disable color" [] {
    [ "auto" "always" "never" ]
  }

  # Take it out of use
  export extern "stepup provider remote disable" [
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote disable output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote disable color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup provider remote test output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup provider remote test color" [] {
    [ "auto" "always" "never" ]
  }

  # Run through it in the browser, as the API's test does
  export extern "stepup provider remote test" [
    --no-browser              # Do not open a browser; print the address to open
    --browser: string         # The browser to open: a command, `%s` stands for the address (else it is appended)
    --timeout: string         # How long to wait for the person in the browser
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup provider remote test output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup provider remote test color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider: its 27-character id, or its name if no other has it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup provider remote help" [
  ]

  # List them
  export extern "stepup provider remote help list" [
  ]

  # Show one
  export extern "stepup provider remote help show" [
  ]

  # Register one
  export extern "stepup provider remote help create" [
  ]

  # Change one
  export extern "stepup provider remote help update" [
  ]

  # Replace its client secret
  export extern "stepup provider remote help set-secret" [
  ]

  # Delete it
  export extern "stepup provider remote help delete" [
  ]

  # Put it into use
  export extern "stepup provider remote help enable" [
  ]

  # Take it out of use
  export extern "stepup provider remote help disable" [
  ]

  # Run through it in the browser, as the API's test does
  export extern "stepup provider remote help test" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup provider remote help help" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup provider help" [
  ]

  # List the provider entries of this machine's configuration
  export extern "stepup provider help list" [
  ]

  # Show one entry, with its defaults
  export extern "stepup provider help show" [
  ]

  # Write a new entry, checked against the provider's metadata
  export extern "stepup provider help add" [
  ]

  # Change an entry
  export extern "stepup provider help edit" [
  ]

  # Take an entry out
  export extern "stepup provider help remove" [
  ]

  # Sign in there as an approval would, without one, and show every check with its result
  export extern "stepup provider help test" [
  ]

  # Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it
  export extern "stepup provider help keys" [
  ]

  # Show what is known about kinds of providers
  export extern "stepup provider help presets" [
  ]

  # The API's own step-up providers, for administrators
  export extern "stepup provider help remote" [
  ]

  # List them
  export extern "stepup provider help remote list" [
  ]

  # Show one
  export extern "stepup provider help remote show" [
  ]

  # Register one
  export extern "stepup provider help remote create" [
  ]

  # Change one
  export extern "stepup provider help remote update" [
  ]

  # Replace its client secret
  export extern "stepup provider help remote set-secret" [
  ]

  # Delete it
  export extern "stepup provider help remote delete" [
  ]

  # Put it into use
  export extern "stepup provider help remote enable" [
  ]

  # Take it out of use
  export extern "stepup provider help remote disable" [
  ]

  # Run through it in the browser, as the API's test does
  export extern "stepup provider help remote test" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup provider help help" [
  ]

  def "nu-complete stepup request output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup request color" [] {
    [ "auto" "always" "never" ]
  }

  # Make any HTTP request, with step-up authentication where the server demands it
  export extern "stepup request" [
    --header(-H): string      # A header, or `@FILE` with headers a line each, for what is secret (repeatable; `@-` is stdin)
    --data(-d): string        # The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte
    --include(-i)             # Print status line and headers before the body
    --provider: string        # Which provider entry to use, among those whose tokens may go there
    --no-browser              # Do not open a browser; print the address to open
    --browser: string         # The browser to open: a command, `%s` stands for the address (else it is appended)
    --remote                  # The browser is on another machine: print the provider's own address, and paste the answer back
    --timeout: string         # How long to wait for the person in the browser
    --login-hint: string      # Whom to sign in, as a hint to the provider (default: your email address)
    --yes(-y)                 # Do not ask for confirmation before a step-up for a request that may change something
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup request output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup request color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    method: string            # The method: GET, POST, PUT, PATCH, DELETE, ...
    url: string               # The address, https (http on loopback)
  ]

  def "nu-complete stepup doctor output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Check this machine, the API and the provider entries, before they are needed
  export extern "stepup doctor" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup doctor output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup doctor color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    name?: string             # One provider entry instead of all
  ]

  def "nu-complete stepup policy output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup policy color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change which policy steps demand step-up, for administrators
  export extern "stepup policy" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup policy output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup policy color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup policy list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup policy list color" [] {
    [ "auto" "always" "never" ]
  }

  # List policies and how many of their steps demand step-up
  export extern "stepup policy list" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup policy list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup policy list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup policy show output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup policy show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one policy's steps
  export extern "stepup policy show" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup policy show output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup policy show color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    policy: string            # The policy: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup policy require-step-up output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup policy require-step-up color" [] {
    [ "auto" "always" "never" ]
  }

  # Make an approval step demand step-up with a provider
  export extern "stepup policy require-step-up" [
    --step: string            # The step's number, as `policy show` counts
    --of: string              # Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type's)
    --yes(-y)                 # Do not ask for confirmation
    --provider: string        # The API's step-up provider: its id, or its name (see `stepup provider remote list`)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup policy require-step-up output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup policy require-step-up color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    policy: string            # The policy: its 27-character id, or its name if no other has it
  ]

  def "nu-complete stepup policy drop-step-up output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup policy drop-step-up color" [] {
    [ "auto" "always" "never" ]
  }

  # Let an approval step do without step-up
  export extern "stepup policy drop-step-up" [
    --step: string            # The step's number, as `policy show` counts
    --of: string              # Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type's)
    --yes(-y)                 # Do not ask for confirmation
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup policy drop-step-up output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup policy drop-step-up color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    policy: string            # The policy: its 27-character id, or its name if no other has it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup policy help" [
  ]

  # List policies and how many of their steps demand step-up
  export extern "stepup policy help list" [
  ]

  # Show one policy's steps
  export extern "stepup policy help show" [
  ]

  # Make an approval step demand step-up with a provider
  export extern "stepup policy help require-step-up" [
  ]

  # Let an approval step do without step-up
  export extern "stepup policy help drop-step-up" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup policy help help" [
  ]

  def "nu-complete stepup login store" [] {
    [ "keyring" "file" ]
  }

  def "nu-complete stepup login output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup login color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign in to an API and keep the credential
  export extern "stepup login" [
    --no-browser              # Do not open a browser; print the address to open
    --browser: string         # The browser to open: a command, `%s` stands for the address (else it is appended)
    --login-client-id: string # The public client id of the sign-in with the browser, instead of the profile's
    --client-id: string       # The client id of an API key
    --client-secret-stdin     # Read the API key's client secret from stdin
    --token-stdin             # Read the API token from stdin
    --adopt                   # Take the credential that an older stepup kept for the profile without the address of its API; TENANT names the API that it is for
    --timeout: string         # How long to wait for the sign-in in the browser, at most as long as its code is valid
    --store: string@"nu-complete stepup login store" # Where to keep it, instead of the configured place
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup login output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup login color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    tenant?: string           # The API to sign in to: `acme`, `acme.c1eu.ai`, or a URL (default: the profile's)
  ]

  def "nu-complete stepup logout output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup logout color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove the stored API credential
  export extern "stepup logout" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup logout output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup logout color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup whoami output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup whoami color" [] {
    [ "auto" "always" "never" ]
  }

  # Show who the API says you are
  export extern "stepup whoami" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup whoami output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup whoami color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup sandbox personality" [] {
    [ "okta" "okta-custom" "okta-classic" "entra-oidc" "entra-acrs" "auth0" "keycloak" "pingone" "google" "generic" ]
  }

  def "nu-complete stepup sandbox output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup sandbox color" [] {
    [ "auto" "always" "never" ]
  }

  # Run the embedded identity provider and access API, to try and to test against
  export extern "stepup sandbox" [
    --listen: string          # Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)
    --as: string@"nu-complete stepup sandbox personality" # Whom the provider imitates, with its error pages and its gaps
    --info: path              # Write a JSON description here when ready: addresses, config folder, tasks
    --log: path               # Write one JSON line per request here
    --record: path            # Write the API's requests and answers here, bodies and all
    --state: path             # Keep the tasks' state here between runs
    --issuer: string          # Run the API alone, for the step-up tokens of a provider elsewhere
    --client-id: string       # The client at that provider whose tokens count
    --set: string             # Change one behaviour; `--help` lists them (repeatable)
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup sandbox output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup sandbox color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup sandbox sign-in output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup sandbox sign-in color" [] {
    [ "auto" "always" "never" ]
  }

  # A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`
  export extern "stepup sandbox sign-in" [
    --with: string            # How to sign in
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup sandbox sign-in output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup sandbox sign-in color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    url: string               # The address to start from
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup sandbox help" [
  ]

  # A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`
  export extern "stepup sandbox help sign-in" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup sandbox help help" [
  ]

  def "nu-complete stepup demo output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup demo color" [] {
    [ "auto" "always" "never" ]
  }

  # Run the sandbox and approve one task in it, start to end
  export extern "stepup demo" [
    --sign-in: string         # Let the built-in person sign in with this factor, instead of opening a browser
    --task: string            # Which of the sandbox's tasks to approve
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup demo output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup demo color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" ]
  }

  def "nu-complete stepup completions output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a shell's completion script
  export extern "stepup completions" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup completions output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup completions color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete stepup completions shell" # The shell
  ]

  def "nu-complete stepup man output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the manual page
  export extern "stepup man" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup man output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup man color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup config output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change the settings, and keep the secrets that do not belong in their file
  export extern "stepup config" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup config path output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config path color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the configuration file's path
  export extern "stepup config path" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config path output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config path color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup config list output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the settings as they are here and now
  export extern "stepup config list" [
    --origin                  # Say where each value comes from: a flag, a variable, the file, or a default
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config list output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config list color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete stepup config get output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print one setting's value
  export extern "stepup config get" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config get output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config get color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    setting: string           # The setting; `stepup config list` names all
  ]

  def "nu-complete stepup config set output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config set color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a setting into the configuration file
  export extern "stepup config set" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config set output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config set color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    setting: string           # The setting
    value: string             # Its new value
  ]

  def "nu-complete stepup config unset output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config unset color" [] {
    [ "auto" "always" "never" ]
  }

  # Take a setting out of the configuration file
  export extern "stepup config unset" [
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config unset output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config unset color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    setting: string           # The setting
  ]

  def "nu-complete stepup config set-secret output" [] {
    [ "text" "json" "yaml" ]
  }

  def "nu-complete stepup config set-secret color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep a confidential client's secret, read from stdin
  export extern "stepup config set-secret" [
    --adopt                   # Keep the one that was kept without its provider's address, for this entry's issuer
    --profile(-p): string     # Which profile of the configuration to use
    --output(-o): string@"nu-complete stepup config set-secret output" # What stdout carries: lines for people, or exactly one document for scripts
    --json                    # Short for `--output json`
    --quiet(-q)               # Print only what is necessary
    --verbose(-v)             # Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    --no-input                # Never prompt, even on a terminal
    --color: string@"nu-complete stepup config set-secret color" # When to use colour
    --config: path            # The configuration: a file, or a folder that holds `config.toml`
    --api-url: string         # The API's address, instead of the profile's
    --receipt-log: path       # The log of receipts, instead of the one in the state folder of this machine
    --http-timeout: string    # Longest time one HTTP exchange may take
    --help(-h)                # Print help (see more with '--help')
    entry: string             # The provider entry whose `client_auth` needs it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup config help" [
  ]

  # Print the configuration file's path
  export extern "stepup config help path" [
  ]

  # List the settings as they are here and now
  export extern "stepup config help list" [
  ]

  # Print one setting's value
  export extern "stepup config help get" [
  ]

  # Write a setting into the configuration file
  export extern "stepup config help set" [
  ]

  # Take a setting out of the configuration file
  export extern "stepup config help unset" [
  ]

  # Keep a confidential client's secret, read from stdin
  export extern "stepup config help set-secret" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup config help help" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup help" [
  ]

  # Approve tasks, with step-up authentication where their steps demand it
  export extern "stepup help approve" [
  ]

  # Deny a task
  export extern "stepup help deny" [
  ]

  # Comment on a task
  export extern "stepup help comment" [
  ]

  # List, show and watch tasks
  export extern "stepup help task" [
  ]

  # List tasks: by default the open ones that wait for you
  export extern "stepup help task list" [
  ]

  # Show one task: who asks for what, its steps, and what they demand
  export extern "stepup help task show" [
  ]

  # Wait for tasks that you can approve, and print each as it appears
  export extern "stepup help task watch" [
  ]

  # List, show, verify and export the receipts of your approvals
  export extern "stepup help receipt" [
  ]

  # List the receipts of this machine, newest first
  export extern "stepup help receipt list" [
  ]

  # Show one receipt
  export extern "stepup help receipt show" [
  ]

  # Check that the log is unchanged and that the API still says the same; or verify evidence, offline
  export extern "stepup help receipt verify" [
  ]

  # Print the evidence of an approval, for somebody else to verify
  export extern "stepup help receipt export" [
  ]

  # Remove evidence that is old; receipts stay
  export extern "stepup help receipt prune" [
  ]

  # Look after who authenticates people
  export extern "stepup help provider" [
  ]

  # List the provider entries of this machine's configuration
  export extern "stepup help provider list" [
  ]

  # Show one entry, with its defaults
  export extern "stepup help provider show" [
  ]

  # Write a new entry, checked against the provider's metadata
  export extern "stepup help provider add" [
  ]

  # Change an entry
  export extern "stepup help provider edit" [
  ]

  # Take an entry out
  export extern "stepup help provider remove" [
  ]

  # Sign in there as an approval would, without one, and show every check with its result
  export extern "stepup help provider test" [
  ]

  # Print the keys that the provider publishes now, as a JWK set to keep: evidence is verified with it
  export extern "stepup help provider keys" [
  ]

  # Show what is known about kinds of providers
  export extern "stepup help provider presets" [
  ]

  # The API's own step-up providers, for administrators
  export extern "stepup help provider remote" [
  ]

  # List them
  export extern "stepup help provider remote list" [
  ]

  # Show one
  export extern "stepup help provider remote show" [
  ]

  # Register one
  export extern "stepup help provider remote create" [
  ]

  # Change one
  export extern "stepup help provider remote update" [
  ]

  # Replace its client secret
  export extern "stepup help provider remote set-secret" [
  ]

  # Delete it
  export extern "stepup help provider remote delete" [
  ]

  # Put it into use
  export extern "stepup help provider remote enable" [
  ]

  # Take it out of use
  export extern "stepup help provider remote disable" [
  ]

  # Run through it in the browser, as the API's test does
  export extern "stepup help provider remote test" [
  ]

  # Make any HTTP request, with step-up authentication where the server demands it
  export extern "stepup help request" [
  ]

  # Check this machine, the API and the provider entries, before they are needed
  export extern "stepup help doctor" [
  ]

  # Show and change which policy steps demand step-up, for administrators
  export extern "stepup help policy" [
  ]

  # List policies and how many of their steps demand step-up
  export extern "stepup help policy list" [
  ]

  # Show one policy's steps
  export extern "stepup help policy show" [
  ]

  # Make an approval step demand step-up with a provider
  export extern "stepup help policy require-step-up" [
  ]

  # Let an approval step do without step-up
  export extern "stepup help policy drop-step-up" [
  ]

  # Sign in to an API and keep the credential
  export extern "stepup help login" [
  ]

  # Remove the stored API credential
  export extern "stepup help logout" [
  ]

  # Show who the API says you are
  export extern "stepup help whoami" [
  ]

  # Run the embedded identity provider and access API, to try and to test against
  export extern "stepup help sandbox" [
  ]

  # A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`
  export extern "stepup help sandbox sign-in" [
  ]

  # Run the sandbox and approve one task in it, start to end
  export extern "stepup help demo" [
  ]

  # Print a shell's completion script
  export extern "stepup help completions" [
  ]

  # Print the manual page
  export extern "stepup help man" [
  ]

  # Show and change the settings, and keep the secrets that do not belong in their file
  export extern "stepup help config" [
  ]

  # Print the configuration file's path
  export extern "stepup help config path" [
  ]

  # List the settings as they are here and now
  export extern "stepup help config list" [
  ]

  # Print one setting's value
  export extern "stepup help config get" [
  ]

  # Write a setting into the configuration file
  export extern "stepup help config set" [
  ]

  # Take a setting out of the configuration file
  export extern "stepup help config unset" [
  ]

  # Keep a confidential client's secret, read from stdin
  export extern "stepup help config set-secret" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "stepup help help" [
  ]

}

export use completions *
