//! A QR code on the terminal, for a phone. Two modules are one character, and the quiet zone is part of the drawing.

use std::io::{self, IsTerminal, Write};

use qrcodegen::{QrCode, QrCodeEcc};

use super::Terminal;

/// Modules of nothing around the code (ISO/IEC 18004, 6.3.8).
const QUIET: i32 = 4;

/// Black on white, whatever the terminal's own colours are: by number, since the first sixteen are the person's.
const COLORS: (&str, &str) = ("\x1b[38;5;16m\x1b[48;5;231m", "\x1b[0m");

/// The lines of a code; `None` where the text is too long for one. Without colours what is light is drawn, as a terminal
/// is dark more often than not, and cameras read either.
fn drawn(text: &str, colored: bool) -> Option<Vec<String>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let end = code.size() + QUIET;
    let ink = |x: i32, y: i32| code.get_module(x, y) == colored;
    let cell = |x: i32, y: i32| match (ink(x, y), ink(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let (before, after) = if colored { COLORS } else { ("", "") };
    let rows = (-QUIET..end).step_by(2);
    let row = |y: i32| (-QUIET..end).map(|x| cell(x, y)).collect::<String>();
    Some(rows.map(|y| format!("{before}{}{after}", row(y))).collect())
}

impl Terminal {
    /// Shows a text that is on the screen already as a QR code, or says why not.
    pub(crate) fn qr(&self, text: &str) {
        let colored = io::stderr().is_terminal() && !self.options.no_color;
        let Some(lines) = drawn(text, colored) else {
            return self.warn("no QR code: the URL is too long for one");
        };
        let plain = drawn(text, false).unwrap_or_default();
        let wide = plain.first().map_or(0, |line| line.chars().count());
        if io::stderr().is_terminal() && wide > self.width() {
            return self.warn(format_args!(
                "no QR code: it needs {wide} columns, and the terminal has {}",
                self.width()
            ));
        }
        self.undisturbed(|| {
            let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that were drawn, row by row; `ink` is what a drawn one is.
    fn read(lines: &[String], ink: bool) -> Vec<Vec<bool>> {
        let halves = |line: &String, upper: bool| {
            let half = move |cell| match cell {
                '█' => ink,
                '▀' => ink == upper,
                '▄' => ink != upper,
                _ => !ink,
            };
            line.chars().map(half).collect()
        };
        lines
            .iter()
            .flat_map(|line| [halves(line, true), halves(line, false)])
            .collect()
    }

    #[test]
    fn what_is_drawn_is_the_code_with_its_quiet_zone() {
        let text = "https://acme.conductor.one/step-up?state=kX7nQm2b0Zs";
        let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
        let (before, after) = COLORS;
        for colored in [true, false] {
            let lines = drawn(text, colored).unwrap();
            let bare = |line: &String| line.replace(before, "").replace(after, "");
            let lines: Vec<String> = lines.iter().map(bare).collect();
            let modules = read(&lines, colored);
            for (y, row) in (-QUIET..).zip(&modules) {
                for (x, dark) in (-QUIET..).zip(row) {
                    assert_eq!(*dark, code.get_module(x, y), "{x} {y} {colored}");
                }
            }
            let blank = |row: &Vec<bool>| row.iter().all(|dark| !dark);
            assert_eq!(modules.iter().take_while(|row| blank(row)).count(), 4);
            assert!(modules.iter().rev().take_while(|row| blank(row)).count() >= 4);
            for row in &modules {
                let (left, right) = (&row[..4], &row[row.len() - 4..]);
                assert!([left, right].concat().iter().all(|dark| !dark));
            }
        }
    }

    #[test]
    fn what_is_too_long_is_no_code() {
        assert_eq!(drawn(&"a".repeat(3000), false), None);
    }
}
