//! Evidence as it is read: one document, or a line each, of which one at a time is in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::error::Error;
use crate::evidence::{LARGEST, Malformed};

/// A file of documents.
pub(super) struct Input {
    name: String,
    reader: Box<dyn BufRead>,
    /// Lines that were read.
    line: usize,
    /// Whether there is a line each: known after the first.
    lines: Option<bool>,
}

/// A document.
pub(super) struct Next {
    /// Its line, from 1; none where the file is one document.
    pub(super) line: Option<usize>,
    /// Its text, if that is not too long.
    pub(super) bytes: Result<Vec<u8>, Malformed>,
}

impl Input {
    /// The file of this name; `-` is stdin.
    pub(super) fn open(file: &Path) -> Result<Self, Error> {
        let name = file.display().to_string();
        let reader: Box<dyn BufRead> = if name == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let opened = File::open(file).map_err(|error| unreadable(&name, error))?;
            Box::new(BufReader::new(opened))
        };
        Ok(Self {
            name,
            reader,
            line: 0,
            lines: None,
        })
    }

    /// The next document; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Next>, Error> {
        if self.lines == Some(false) {
            return Ok(None);
        }
        loop {
            let mut bytes = Vec::new();
            let read = self.take(&mut bytes, Until::Line)?;
            self.line += 1;
            if read == 0 {
                return Ok(None);
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let is_line = self.lines.unwrap_or_else(|| is_object(&bytes));
            if self.lines.is_none() && is_line && self.is_last()? {
                // One document on one line.
                self.lines = Some(false);
                return Ok(Some(Next::of(None, bytes)));
            }
            self.lines = Some(is_line);
            if is_line {
                return Ok(Some(Next::of(Some(self.line), bytes)));
            }
            self.take(&mut bytes, Until::End)?;
            return Ok(Some(Next::of(None, bytes)));
        }
    }

    /// Whether nothing but white space follows.
    fn is_last(&mut self) -> Result<bool, Error> {
        loop {
            let buffer = self.reader.fill_buf();
            let buffer = buffer.map_err(|error| unreadable(&self.name, error))?;
            let blank = buffer.len() - buffer.trim_ascii_start().len();
            if buffer.is_empty() {
                return Ok(true);
            }
            if blank < buffer.len() {
                return Ok(false);
            }
            self.reader.consume(blank);
        }
    }

    /// Reads no more than makes clear that it is too long; the rest of a line is passed over.
    fn take(&mut self, bytes: &mut Vec<u8>, until: Until) -> Result<usize, Error> {
        let left = (LARGEST + 2).saturating_sub(bytes.len()) as u64;
        let mut some = Read::by_ref(&mut self.reader).take(left);
        let read = match until {
            Until::Line => some.read_until(b'\n', bytes),
            Until::End => some.read_to_end(bytes),
        };
        let read = read.map_err(|error| unreadable(&self.name, error))?;
        if matches!(until, Until::Line) && bytes.len() > LARGEST && !bytes.ends_with(b"\n") {
            self.reader
                .skip_until(b'\n')
                .map_err(|error| unreadable(&self.name, error))?;
        }
        Ok(read)
    }
}

#[derive(Clone, Copy)]
enum Until {
    Line,
    End,
}

impl Next {
    fn of(line: Option<usize>, bytes: Vec<u8>) -> Self {
        let bytes = match bytes.len() {
            ..=LARGEST => Ok(bytes),
            many => Err(Malformed::TooLarge(many)),
        };
        Self { line, bytes }
    }
}

/// Whether a line looks like a whole document.
fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{") && (line.ends_with(b"}") || line.len() > LARGEST)
}

fn unreadable(name: &str, error: io::Error) -> Error {
    Error::usage(format!("`{name}` cannot be read: {error}"))
        .hint("name a file with evidence, or `-` for stdin")
        .caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<usize>, String)> {
        let mut input = Input {
            name: String::new(),
            reader: Box::new(io::Cursor::new(text.as_bytes().to_vec())),
            line: 0,
            lines: None,
        };
        let mut read = Vec::new();
        while let Some(next) = input.next().unwrap() {
            let text = next.bytes.map(|bytes| String::from_utf8(bytes).unwrap());
            let text = text.map_or_else(|error| error.to_string(), |text| text.trim().to_owned());
            read.push((next.line, text));
        }
        read
    }

    #[test]
    fn a_document_is_one_however_it_is_written_and_lines_are_many() {
        let one = |text: &str| vec![(None, text.to_owned())];
        assert_eq!(read(""), []);
        assert_eq!(read("\n  \n"), []);
        assert_eq!(read("{}"), one("{}"));
        assert_eq!(read("\n{}\n\n"), one("{}"));
        assert_eq!(read("{\n\"a\": 1\n}\n"), one("{\n\"a\": 1\n}"));
        assert_eq!(read("nonsense\n{}\n"), one("nonsense\n{}"));
        let many = [(Some(1), "{\"a\":1}"), (Some(3), "x"), (Some(4), "{}")];
        let many: Vec<_> = many.map(|(line, text)| (line, text.to_owned())).into();
        assert_eq!(read("{\"a\":1}\n\nx\n{}\n"), many);
    }

    #[test]
    fn what_is_too_long_is_not_read_to_its_end_and_the_next_line_counts() {
        let long = "x".repeat(3 * LARGEST);
        let all = read(&format!("{{}}\n{{{long}}}\n{{}}\n"));
        assert_eq!(all.len(), 3);
        assert!(all[1].1.starts_with("it has "), "{}", all[1].1);
        assert_eq!(all[2], (Some(3), "{}".to_owned()));
        let all = read(&long);
        assert_eq!(all.len(), 1);
        assert!(
            all[0].1.ends_with("evidence has at most 1048576"),
            "{}",
            all[0].1
        );
    }
}
