//! Whatever comes in, nothing dangerous comes out.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn no_control_character_survives_and_nothing_is_made_up(text in any::<String>()) {
        let made = plain(&text);
        prop_assert!(!made.chars().any(char::is_control));
        prop_assert!(!made.chars().any(is_dangerous));
        prop_assert_eq!(plain(&made), made.clone(), "harmless text stays as it is");
        prop_assert!(made.chars().all(|c| c == ' ' || text.contains(c)));
    }

    #[test]
    fn harmless_text_is_left_alone(text in "[\\p{L}\\p{N}\\p{P} ]*") {
        prop_assert_eq!(plain(&text), text);
    }
}
