//! What administrators read, on narrow terminals: every line fits, words and addresses stay whole, and
//! nothing is lost.

use crate::process::person;
use crate::world::World;

/// What a terminal of this width shows.
fn shown(world: &World, columns: u16, words: &str) -> String {
    let run = world.on_columns(columns, words).env("NO_COLOR", "1");
    let outcome = run.run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome.left_on_the_terminal() + "\n"
}

/// Every line fits, but for single words that cannot.
#[track_caller]
pub(crate) fn fits(text: &str, columns: usize) {
    for line in text.lines() {
        let width = line.chars().count();
        let one_word = !line.trim().contains(' ');
        assert!(width <= columns || one_word, "{width}: {line}\n{text}");
    }
}

pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_test_of_a_provider() {
    let world = World::imitating("keycloak", &[]);
    let run = format!(
        "provider test keycloak --negative --browser {}",
        shell_words::quote(&person("code"))
    );
    for columns in [40, 80, 120] {
        let text = shown(&world, columns, &run);
        let (_, lines) = text.split_once("\nok     discovery").unwrap();
        fits(&text, columns.into());
        let words = words(lines);
        for part in [
            "required ok keys",
            "got `gold` ok amr",
            "`urn:stepup:a-level-that-does-not-exist`, the provider answers with success",
        ] {
            assert!(words.contains(part), "{part}: {text}");
        }
        // A column of names where there is room, and what goes on stays under what began.
        let (line, below) = match columns {
            40 => (
                "\nok     answers: name their issuer (RFC\n",
                "\n       9207), which is required\n",
            ),
            _ => (
                "\nok     answers          name their issuer (RFC 9207), which is required\n",
                // Where the line ends depends on how many seconds the sign-in took.
                "\n                        ",
            ),
        };
        assert!(text.contains(line) && text.contains(below), "{text}");
    }
    world.api().saw_no_approval();
}

#[test]
fn a_doctor() {
    let world = World::imitating("auth0", &[]);
    for columns in [40, 80, 120] {
        let text = shown(&world, columns, "doctor auth0");
        fits(&text, columns.into());
        assert!(
            words(&text).contains("auth0: pkce: S256 is listed ok auth0:"),
            "{text}"
        );
    }
}

#[test]
fn entries_and_presets() {
    let world = World::imitating("entra-acrs", &[]);
    for columns in [40, 80, 120] {
        for words in [
            "provider list",
            "provider show entra-acrs",
            "provider presets",
            "provider presets keycloak",
            "provider presets entra-acrs",
        ] {
            fits(&shown(&world, columns, words), columns.into());
        }
    }
    // What is shown of an entry first is who it is, and when it was last tested.
    let list = shown(&world, 80, "provider list");
    for word in ["entra-acrs", "LAST TESTED", "never"] {
        assert!(list.contains(word), "{list}");
    }
}
