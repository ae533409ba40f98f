//! Characters that change how other text looks: invisible ones, which steer a terminal, reorder, hide, or pad; and marks
//! piled on one letter, which are drawn over the lines around it. Pure.

use textwrap::core::display_width;

/// Most marks on one letter: no script writes more.
const MOST_MARKS: usize = 5;

/// The characters without the marks that are too many on their letter.
pub(crate) fn unpiled(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut marks = 0_usize;
    chars.filter(move |c| {
        marks = if is_mark(*c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    })
}

/// What takes no room of its own, and is not part of a Korean syllable, which has no more than three.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && !matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}')
        && display_width(c.encode_utf8(&mut [0; 4])) == 0
}

/// C0, DEL and C1 controls; characters that change the direction of text or are invisible: the code points with
/// Unicode's property `Default_Ignorable_Code_Point` (16.0, `DerivedCoreProperties.txt`), the marks of annotations
/// (U+FFF9 to U+FFFB), and the blank Braille pattern.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_not_piled_up_and_no_script_loses_any() {
        let piled = format!("Z{}a", "\u{300}\u{489}".repeat(3000));
        let shown: String = unpiled(piled.chars()).collect();
        assert_eq!(shown, "Z\u{300}\u{489}\u{300}\u{489}\u{300}a");
        for text in [
            "e\u{323}\u{302}",
            "\u{5e9}\u{5bc}\u{5c1}\u{5b8}\u{5bd}",
            "\u{f66}\u{f92}\u{fb2}\u{f74}\u{f56}",
            "\u{0e17}\u{0e35}\u{0e48}",
            "\u{1112}\u{1161}\u{11ab}",
        ] {
            assert_eq!(unpiled(text.chars()).collect::<String>(), text);
        }
    }
}
