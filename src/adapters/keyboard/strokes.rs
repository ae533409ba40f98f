//! Text out of the key events of a Windows console, each of which holds a UTF-16 unit at most.

/// The code of the Alt key, with which characters are typed by number: the release of it brings the character.
const ALT: u16 = 0x12;

/// One event of a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    /// Whether it went down; else it came up.
    pub(super) down: bool,
    /// Which key, as Windows numbers them.
    pub(super) key: u16,
    /// What it types; 0 is nothing.
    pub(super) unit: u16,
    /// How often it did, if it is held down.
    pub(super) repeated: u16,
}

/// The text of strokes that come in pieces: a character may be begun in one and end in the next.
#[derive(Default)]
pub(super) struct Strokes {
    begun: Option<u16>,
}

impl Strokes {
    /// What these strokes type. Half a character without its other half is dropped.
    pub(super) fn text(&mut self, strokes: impl IntoIterator<Item = Stroke>) -> String {
        let types = |stroke: &Stroke| stroke.unit != 0 && (stroke.down || stroke.key == ALT);
        let units = strokes.into_iter().filter(types);
        let units = units.flat_map(|stroke| vec![stroke.unit; usize::from(stroke.repeated.max(1))]);
        let mut units: Vec<u16> = self.begun.take().into_iter().chain(units).collect();
        self.begun = units.pop_if(|last| (0xd800..0xdc00).contains(last));
        char::decode_utf16(units).filter_map(Result::ok).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down(unit: u16) -> Stroke {
        Stroke {
            down: true,
            key: 0,
            unit,
            repeated: 1,
        }
    }

    fn up(stroke: Stroke) -> Stroke {
        Stroke {
            down: false,
            ..stroke
        }
    }

    fn text(strokes: &[Stroke]) -> String {
        Strokes::default().text(strokes.iter().copied())
    }

    #[test]
    fn a_key_types_when_it_goes_down() {
        let [a, b] = [b'a', b'\r'].map(|unit| down(unit.into()));
        assert_eq!(text(&[a, up(a), down(0), b, up(b)]), "a\r");
        assert_eq!(text(&[Stroke { repeated: 3, ..a }]), "aaa");
        // Some programs that paste say 0.
        assert_eq!(text(&[Stroke { repeated: 0, ..a }]), "a");
    }

    #[test]
    fn a_character_typed_by_its_number_comes_with_the_release_of_alt() {
        let alt = Stroke {
            key: ALT,
            ..down(0)
        };
        let released = Stroke {
            unit: 0xe9,
            ..up(alt)
        };
        assert_eq!(text(&[alt, released]), "\u{e9}");
    }

    #[test]
    fn a_character_of_two_units_is_one_even_in_two_pieces() {
        let units: Vec<u16> = "\u{1f511}".encode_utf16().collect();
        let [one, two] = [units[0], units[1]].map(down);
        assert_eq!(text(&[one, up(one), two, up(two)]), "\u{1f511}");
        let mut strokes = Strokes::default();
        assert_eq!(strokes.text([down(b'x'.into()), one]), "x");
        assert_eq!(strokes.text([two, one]), "\u{1f511}");
        assert_eq!(strokes.text([down(b'y'.into())]), "y");
        assert_eq!(text(&[two, two]), "");
    }
}
