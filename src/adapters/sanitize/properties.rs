//! Whatever comes in, nothing dangerous comes out.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn no_control_character_survives_and_nothing_is_made_up(text in any::<String>()) {
        let made = sanitize(&text);
        prop_assert!(!made.chars().any(char::is_control));
        prop_assert!(!made.chars().any(is_unseen));
        prop_assert_eq!(sanitize(&made), made.clone(), "harmless text stays as it is");
        prop_assert!(made.chars().all(|c| c == ' ' || text.contains(c)));
    }

    #[test]
    fn harmless_text_is_left_alone(text in "[\\p{L}\\p{N}\\p{P} ]*") {
        // Letters that are blank, such as U+3164, are none.
        prop_assume!(!text.contains(is_unseen));
        prop_assert_eq!(sanitize(&text), text);
    }

    #[test]
    fn lines_have_nothing_in_them_but_emphasis(text in "(\\PC|\u{1b}|\u{1b}\\[|[0-9;]|m|\n|\r|\u{9b}){0,40}") {
        let mut made = shown(&text);
        prop_assert_eq!(shown(&made), made.clone(), "once is enough");
        for ours in EMPHASIS {
            made = made.replace(ours, "");
        }
        prop_assert!(!made.contains(|c| c != '\n' && is_unseen(c)), "{:?}", made);
    }
}
