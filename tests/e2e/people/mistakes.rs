//! The commonest mistakes: what is said, what to type next, and the exit code. None of them approves anything.

use crate::process::Run;
use crate::world::World;

/// A command line, what is said of it, the next thing to type, and the exit code.
type Row = (&'static str, &'static str, &'static str, i32);

/// With the sandbox's configuration, signed in, and no terminal.
const ROWS: &[Row] = &rows! {
    // Another word for a command.
    "aprove 4211", "unknown command `aprove`", "hint: did you mean `stepup approve`?", 2;
    "accept 4211", "unknown command", "the command is `stepup approve 4211`", 2;
    "task approve 4211", "unknown command", "the command is `stepup approve 4211`", 2;
    "show 4211 --audit", "unknown command `show`", "the command is `stepup task show 4211 --audit`", 2;
    "-p sandbox verify 1", "unknown command `verify`", "the command is `stepup receipt verify 1 -p sandbox`", 2;
    "auth login", "unknown command", "the command is `stepup login`", 2;
    "list", "unknown command", "the command is `stepup task list`", 2;
    "version", "unknown command", "the command is `stepup --version`", 2;
    // Another word for a flag, or for its value.
    "approve 4211 --coment x", "unknown flag `--coment`", "--comment", 2;
    "approve 4211 --ceremony browser", "`--ceremony` cannot be `browser`", "possible values", 2;
    "approve 4211 --timeout soon", "`--timeout` cannot be `soon`", "`5s`, `5m` or `2h`", 2;
    // A length of time without its unit.
    "approve 4211 --timeout 5", "`--timeout` cannot be `5`", "`5s`, `5m` or `2h`", 2;
    "approve 4211 --wait=5", "`--wait` cannot be `5`", "`5s`, `5m` or `2h`", 2;
    "approve 4211 --duration 2", "`--duration` cannot be `2`", "`30m`, `8h` or `7d`", 2;
    "task watch --interval 5", "`--interval` cannot be `5`", "`5s`, `5m` or `2h`", 2;
    "receipt prune --older-than 400", "`--older-than` cannot be `400`", "`12h`, `400d` or `52w`", 2;
    "config set timeout 5", "write it with its unit, like `5s`, `5m` or `2h`", "another value", 2;
    "whoami -o xml", "`--output` cannot be `xml`", "possible values", 2;
    "approve 4211 --browser x --remote", "cannot be used with", "Usage:", 2;
    "comment 4211", "missing: `TEXT`", "Usage: stepup comment", 2;
    // No task, no such task, a task of another API, a task that is not to be decided.
    "approve", "no task given, and no terminal to choose one on", "`stepup approve 4211`", 2;
    "approve task-4211", "not a task ID", "or its URL", 2;
    "approve 9999 --yes", "has no task `9999`, or you may not see it", "`stepup task list`", 7;
    "approve https://other.conductor.one/task/4211 --yes", "that is the URL of a task of `other.conductor.one`, and the API is `127.0.0.1:",
        "`stepup login other.conductor.one`", 2;
    "approve 4214 --yes", "requires a comment", "--comment", 7;
    "approve 4215 --yes", "is not yours to approve", "`stepup task list`", 7;
    "approve 4216 --yes", "is closed", "`stepup task show 4216`", 7;
    // No terminal to be asked on.
    "approve 4212", "an approval needs your confirmation", "`--yes`", 2;
    "deny 4211", "a denial needs your confirmation", "`--yes`", 2;
    // A name that nothing has.
    "approve 4211 --profile acme", "there is no profile `acme`", "available: `sandbox`", 2;
    "approve 4211 --profile sandbos", "there is no profile `sandbos`", "did you mean `sandbox`?", 2;
    "approve 4211 --yes --provider okta", "there is no provider entry `okta`", "available: `sandbox`", 2;
    "provider add entra --preset entra", "unknown flag `--preset`", "provider add PRESET --name NAME", 2;
    "provider add oktta", "there is no preset `oktta`", "did you mean `okta`?", 2;
    "provider add acme --issuer https://acme.okta.com", "there is no preset `acme`", "`--name NAME`", 2;
    "approve 4211 --config nowhere.toml", "there is no configuration at `nowhere.toml`", "`--config`", 2;
    "receipt show 99", "the log holds no receipt 99", "`stepup receipt list`", 2;
    // Settings and addresses.
    "config set api-url acme", "unknown setting `api-url`", "did you mean `api_url`?", 2;
    "config set timeout soon", "`timeout` cannot be `soon`", "another value", 2;
    "config set quiet true", "unknown setting `quiet`", "`--quiet`", 2;
    "config set api_url http://acme.example", "it must be https", "`https://acme.conductor.one`", 2;
    "login http://acme.conductor.one", "it must be https", "`https://acme.conductor.one`", 2;
    "whoami --api-url http://api.example", "`http://api.example` is not the URL of an API", "`https://acme.conductor.one`", 2;
    "login acme.okta.com", "`acme.okta.com` is an identity provider (Okta)",
        "`stepup provider add okta --issuer https://acme.okta.com`", 2;
    "config set api_url https://login.microsoftonline.com", "is an identity provider (Microsoft Entra)", "`stepup login TENANT`", 2;
    // A credential of another API.
    "whoami --api-url acme", "and the API is `acme.conductor.one`", "`stepup login acme.conductor.one`", 4;
    // Another order, another form, another number.
    "4211", "unknown command `4211`", "the command is `stepup approve 4211`", 2;
    "4211 approve", "unknown command `4211`", "the command is `stepup approve 4211`", 2;
    "approve 4211,4213 --yes", "`TASK` cannot be `4211,4213`", "separate words: `4211 4213`", 2;
    "approve C:\\tasks\\4211", "not a task ID", "the task's number", 2;
    "approve http://127.0.0.1:9/task/4211 --yes", "that is the URL of a task of `127.0.0.1:9`", "`--profile`", 2;
    "approve --yes=true 4212", "`--yes` takes no value", "Usage: stepup approve", 2;
    "approve 4211 -m", "`--comment` needs a value", "--help", 2;
    "task ls", "unknown command `ls`", "did you mean `stepup task list`?", 2;
    "tasks list", "unknown command `tasks`", "the command is `stepup task list`", 2;
    "task show", "missing: `TASK`", "Usage: stepup task show <TASK>", 2;
    "task show 9999", "has no task `9999`, or you may not see it", "`stepup task list`", 7;
    "receipt show 4211", "the log holds no receipt 4211", "numbers of receipts, and of their tasks", 2;
    "receipt show first", "`N` cannot be `first`", "`stepup receipt list`, or `last`", 2;
    "receipt verify", "the log holds no receipt", "`stepup approve`", 2;
    "receipt verify --all", "the log holds no receipt", "`stepup approve`", 2;
    "provider test nope", "there is no provider entry `nope`", "`stepup provider add PRESET --name nope`", 2;
    "provider show okta", "there is no provider entry `okta`", "make it with `stepup provider add okta`", 2;
    "provider test entra", "there is no provider entry `entra`",
        "`stepup provider add entra-acrs --name entra` or `stepup provider add entra-oidc --name entra`", 2;
    "provider add entra", "there is no preset `entra`",
        "did you mean `entra-acrs` (proves that the tenant's policy for a context was met), or `entra-oidc` (proves a new sign-in, and not how strong it was)?", 2;
    "provider add okta --issuer http://acme.okta.com --client-id c", "`issuer` cannot be `http://acme.okta.com`: it must be https",
        "nothing was written", 2;
    "config set store keychain", "`store` cannot be `keychain`", "one of `keyring`, `file`", 2;
    "config set api_url=https://acme.example", "missing: `VALUE`", "`stepup config set SETTING VALUE`", 2;
    "config get api-url", "unknown setting `api-url`", "did you mean `api_url`?", 2;
    "request https://api.example/x?key=s3", "missing: `URL`", "`stepup request GET URL`", 2;
    "completions zshell", "`SHELL` cannot be `zshell`", "possible values", 2;
    "man aprove", "the manual has no page `stepup-aprove`", "did you mean `stepup man approve`?", 2;
    "provider remove nope --yes", "there is no provider entry `nope`", "available: `sandbox`", 2;
    "doctor nothing", "there is no provider entry `nothing`", "available: `sandbox`", 2;
    // A command that is spelled in another way, or that stands in another place.
    "APPROVE 4211", "unknown command `APPROVE`", "did you mean `stepup approve`?", 2;
    "-p sandbox aprove 4211", "unknown command `aprove`", "did you mean `stepup approve`?", 2;
    "provder list", "unknown command `provder`", "did you mean `stepup provider`?", 2;
    "help aprove", "unknown command `aprove`", "did you mean `stepup help approve`?", 2;
    "help exit-code", "unknown command `exit-code`", "did you mean `stepup help exit-codes`?", 2;
    "status", "unknown command `status`", "the command is `stepup whoami`", 2;
    "task 4212", "unknown command `4212`", "the command is `stepup task show 4212`", 2;
    "task 4212 escalate", "unknown command `4212`", "the command is `stepup task escalate 4212`", 2;
    "config edit", "unknown command `edit`", "the command is `stepup config set SETTING VALUE`", 2;
    "config show", "unknown command `show`", "the command is `stepup config list`", 2;
    "profiles", "unknown command `profiles`", "the command is `stepup config list`", 2;
    "profile list", "unknown command `profile`", "the command is `stepup config list`", 2;
    "approve 4211 --dry-run --duration 1h", "`--dry-run` cannot be used with `--duration`", "`--dry-run` changes nothing", 2;
    // What a command does not take.
    "approve 4211 --force", "unknown flag `--force`", "did you mean `--yes`?", 2;
    "approve -4211 --yes", "unknown flag", "did you mean `stepup approve 4211`?", 2;
    "approve --all --yes", "unknown flag `--all`", "choose from a list: `stepup approve` on a terminal", 2;
    "approve all --yes", "not a task ID", "choose from a list: `stepup approve` on a terminal", 2;
    "task list 4211", "unexpected argument `4211`", "the command is `stepup task show 4211`", 2;
    "task list prod", "unexpected argument `prod`", "the command is `stepup task list --query WORDS`", 2;
    "deny 4211 no", "unexpected argument `no`", "`stepup deny TASK --comment \"TEXT\"`", 2;
    "comment 4211 which account", "unexpected argument `account`", "`stepup comment TASK \"TEXT\"`", 2;
    "login acme hunter2", "unexpected argument",
        "`stepup login TENANT --client-id ID --client-secret-stdin < FILE`", 2;
    "login --token hunter2", "unknown flag `--token`", "`stepup login TENANT --token-stdin < FILE`", 2;
    "logout acme", "unexpected argument `acme`", "`stepup logout --profile NAME`", 2;
    "provider list okta", "unexpected argument `okta`", "`stepup provider show NAME`", 2;
    "policy create Prod --manager --like x", "cannot be used with", "Usage: stepup policy create [OPTIONS] [NAME]", 2;
    "receipt verify evidence.json", "`N` cannot be `evidence.json`", "`stepup receipt verify --file FILE`", 2;
    // A task, copied with what stands around it.
    "approve \"4211\" --yes", "not a task ID", "did you mean `4211`?", 2;
    "approve 4211. --yes", "not a task ID", "did you mean `4211`?", 2;
    "approve (4211) --yes", "not a task ID", "did you mean `4211`?", 2;
    "deny TASK-4211 --yes", "not a task ID", "did you mean `4211`?", 2;
    "approve <https://acme.conductor.one/task/4211> --yes", "not a task ID",
        "did you mean `https://acme.conductor.one/task/4211`?", 2;
    "approve https://acme.conductor.one/app/aws --yes", "not a task ID", "or its URL", 2;
    "approve https://acme.conductor.one/task/4211?tab=log#x --yes", "that is the URL of a task of `acme.conductor.one`",
        "`stepup login acme.conductor.one`", 2;
    "whoami --config .", "holds no `config.toml`", "`--config` takes a file", 2;
};

/// What a person sees of a run: nothing on stdout, the sentence and the next step on stderr; and scripts the code.
#[track_caller]
fn is_explained(run: impl Fn() -> Run, (words, said, next, code): Row) {
    let outcome = run().run();
    assert!(
        outcome.stderr.contains(said),
        "{words}: no `{said}`\n{outcome}"
    );
    assert!(
        outcome.stderr.contains(next),
        "{words}: no `{next}`\n{outcome}"
    );
    assert_eq!(outcome.stdout, "", "{words}");
    outcome.exits(code);
    // A flag that is wrong itself leaves the output open.
    if !words.contains("-o ") {
        let document = run().args("--json").exits(code).stdout_json();
        assert_eq!(document["error"]["code"], code, "{words}: {document}");
        let hints = document["error"]["hints"].as_array().unwrap();
        assert!(!hints.is_empty(), "{words}: {document}");
    }
}

#[test]
fn the_commonest_mistakes_name_the_next_thing_to_type() {
    let world = World::new();
    for row in ROWS {
        is_explained(|| world.stepup(row.0), *row);
    }
    world.api().saw_no_approval();
}

#[test]
fn an_address_that_is_no_api_is_named() {
    let world = World::new();
    let elsewhere = format!("whoami --api-url {}", world.issuer());
    let row = (
        "another server",
        "is not an access API that stepup knows",
        "`stepup config set api_url URL`",
        2,
    );
    is_explained(
        || world.stepup(&elsewhere).env("STEPUP_API_TOKEN", "token"),
        row,
    );
}

/// clap's usage line has the flags that were given, as if they had to be: those that only a variable gave are no part
/// of what was typed.
#[test]
fn variables_are_not_in_the_usage_of_what_was_typed() {
    let world = World::new();
    let missing = "missing: ";
    for (words, said, usage) in [
        ("config set", missing, "config set <SETTING> <VALUE>"),
        ("approve --bogus", "`--bogus`", "approve [OPTIONS] [TASK]"),
        ("comment 4211", missing, "comment <TASK> <TEXT>"),
        ("task shw 1", "`shw`", "task <COMMAND>"),
    ] {
        let run = world.stepup(words);
        let run = run.env("STEPUP_PROFILE", "p").env("STEPUP_COLOR", "never");
        let run = run.env("STEPUP_HTTP_TIMEOUT", "9s").run();
        let usage = format!("Usage: stepup {usage}");
        run.exits(2).says(said).says(&usage);
    }
    // A variable can be the mistake itself, and what was typed stays.
    let run = world.stepup("whoami").env("STEPUP_COLOR", "loud").exits(2);
    run.says("`--color` cannot be `loud`");
    let run = world.stepup("comment 4211 --color never").exits(2);
    run.says("Usage: stepup comment --color <");
}

/// A mistake is reported as every other error, however long it is and whoever found it.
#[test]
fn a_mistake_looks_like_every_other_error() {
    let world = World::new();
    let run = world.stepup("aprove 4211").exits(2);
    let whole = "stepup: error: unknown command `aprove`\nstepup: hint: did you mean `stepup approve`?\n\nUsage: stepup [OPTIONS] <COMMAND>\n";
    assert_eq!(run.stderr, whole, "{run}");
    let long = format!("approve {} --color always", "x".repeat(300));
    let run = world.stepup(&long).run();
    run.says("stepup: \u{1b}[1;31merror:\u{1b}[0m `TASK` cannot be `xxx");
    let run = world.stepup("aprove --color=never").exits(2);
    run.says("stepup: error: ");
    let run = world.stepup("task --json").exits(2);
    run.says("`stepup task` needs one of its commands: list, show, watch, reassign, escalate");
}

/// The first minute: whatever is typed, the three ways on are named as they are typed.
#[test]
fn without_set_up_every_command_names_the_ways_on() {
    let world = World::new();
    for words in [
        "approve 4211",
        "approve 4211 --yes",
        "deny 4211 --yes",
        "comment 4211 text",
        "task list",
        "task show 4211",
        "task watch",
        "whoami",
        "logout",
        "login",
        "policy list",
        "provider remote list",
    ] {
        for next in [
            "`stepup demo`",
            "`cone login TENANT`",
            "`stepup login TENANT --client-id ID",
        ] {
            let row = (words, "stepup is not set up yet", next, 2);
            is_explained(|| world.stepup(words).without_env("STEPUP_CONFIG"), row);
        }
    }
    world.api().saw_no_approval();
}

/// What is missing at a sign-in is said before the keyring is looked at.
#[test]
fn a_login_without_a_key_says_so_before_it_says_anything_of_a_keyring() {
    let world = World::new();
    let run = || world.stepup("login acme").without_env("STEPUP_CONFIG");
    let row = (
        "login acme",
        "no API key and no token given",
        "--client-secret-stdin",
        2,
    );
    is_explained(run, row);
    run().run().does_not_say("keyring here");
}

/// What is typed by mistake may be a secret: it is named where the shell shows it, and never part of a tip.
/// A secret that stands where none is taken is not shown to whoever looks over a shoulder, or reads a log.
#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let world = World::new();
    for words in [
        "login acme hunter2",
        "login --token hunter2",
        "login --token-stdin=hunter2",
        "login --client-secret=hunter2",
        "login --client-secret-stdin=hunter2",
        "config set-secret sandbox hunter2",
        "config set client_secret hunter2",
        "config set api_token hunter2",
        "provider add okta --client-secret hunter2",
        "approve 4211 --token=hunter2",
    ] {
        for format in ["", " -o json"] {
            let run = world.stepup(&format!("{words}{format}")).exits(2);
            let said = [run.stdout.as_str(), run.stderr.as_str()].concat();
            assert!(said.contains("error") && !said.contains("hunter2"), "{run}");
        }
    }
}

#[test]
fn a_tip_repeats_no_value() {
    let world = World::new();
    for words in ["login acme hunter2", "comment 4211 text hunter2"] {
        let run = world.stepup(words).run();
        let tips: Vec<&str> = run
            .stderr
            .lines()
            .filter(|line| line.contains("hint:"))
            .collect();
        assert!(
            !tips.is_empty() && !tips.concat().contains("hunter2"),
            "{run}"
        );
    }
}

/// What is to be removed is not made first.
#[test]
fn an_entry_that_cannot_be_removed_is_not_to_be_made() {
    let world = World::new();
    let run = world.stepup("provider remove nope --yes").exits(2);
    run.does_not_say("provider add");
}

/// No profile can have such a name, so no command is named that makes it.
#[test]
fn a_name_that_nothing_can_have_is_called_so() {
    let world = World::new();
    for (words, name) in [
        ("whoami --profile", "x y"),
        ("whoami --profile", "$(id)"),
        ("provider show", "x y"),
        ("approve 4211 --yes --provider", "X"),
    ] {
        let run = world.stepup(words).arg(name).exits(2);
        run.says("names are 1 to 64 of `a-z`, `0-9`, `_` and `-`")
            .hints("available: `sandbox`")
            .does_not_say("make it with");
    }
    world.write_config("");
    let run = world.stepup("whoami --profile").arg("x y").exits(2);
    run.does_not_say("--profile x y");
    world.api().saw_no_approval();
}

/// A variable is read as its flag is.
#[test]
fn a_length_of_time_in_a_variable_has_its_unit() {
    let world = World::new();
    for (variable, words) in [
        ("STEPUP_TIMEOUT", "login"),
        ("STEPUP_HTTP_TIMEOUT", "whoami"),
        ("STEPUP_WAIT", "approve 4211"),
        ("STEPUP_INTERVAL", "task watch"),
    ] {
        let run = world.stepup(words).env(variable, "5").exits(2);
        run.says("cannot be `5`").says("`5s`, `5m` or `2h`");
    }
}

/// The way that most people want stands before the rarer ones.
#[test]
fn somebody_without_any_set_up_is_told_of_the_sign_in_first() {
    let world = World::new();
    world.write_config("");
    let run = world.stepup("whoami").exits(2);
    let at = |words: &str| {
        run.stderr
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {run}"))
    };
    assert!(at("`stepup login`") < at("`cone login TENANT`"), "{run}");
    assert!(at("`stepup login`") < at("--client-secret-stdin"), "{run}");
}
