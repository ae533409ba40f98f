//! What stdout carries: lines for people, or exactly one document.

use std::io::{self, Write};
use std::sync::atomic::Ordering;

use serde::Serialize;

use super::{Format, Terminal};
use crate::adapters::document;
use crate::adapters::hidden::without_secrets;
use crate::adapters::sanitize::{harmless, shown};
use crate::adapters::table::{Cell, Column, Table};
use crate::adapters::wrapped::wrapped;
use crate::error::Error;

impl Terminal {
    /// The error's document alone, if that is the format. A result that was printed already stays the
    /// only document: the exit code says the rest.
    pub(crate) fn document(&self, error: &Error) {
        if self.options.format.is_document() && !self.documented.load(Ordering::Acquire) {
            // Nothing is left to say if stdout is closed as well.
            let _ = self.write_document(&ErrorDocument::of(error), Lines::ForPeople);
        }
    }

    /// The result: `text` for people or `document` for scripts, on stdout.
    pub(crate) fn result(&self, text: &str, document: &impl Serialize) -> io::Result<()> {
        match self.options.format {
            Format::Text => self.write_out(&wrapped(&shown(text), self.columns())),
            Format::Json | Format::Yaml => self
                .write_document(document, Lines::ForPeople)
                .inspect(|()| self.documented.store(true, Ordering::Release)),
        }
    }

    /// Text for another program (a script, a manual page), as it is.
    pub(crate) fn text(&self, text: &str) -> io::Result<()> {
        self.write_out(text)
    }

    /// One more line for people.
    pub(crate) fn row(&self, row: &str) -> io::Result<()> {
        self.write_out(&wrapped(&harmless(row), self.columns()))
    }

    /// More rows of a table, with its headings above the first ones; `more` says that others may follow.
    pub(crate) fn rows(&self, table: &mut Table, rows: &[Vec<Cell>], more: bool) -> io::Result<()> {
        let lines = table.lines(rows, more, |style, text| self.style_out(style, text));
        if lines.is_empty() {
            return Ok(());
        }
        // The tabs of a pipe are the table's own: its cells have none.
        let line = |line: &String| line.split('\t').map(shown).collect::<Vec<_>>().join("\t");
        self.write_out(&lines.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// An empty table for stdout.
    pub(crate) fn table_of(&self, columns: &[Column]) -> Table {
        Table::new(columns, self.columns())
    }

    /// The result as a table for people, or `document` for scripts.
    pub(crate) fn table(
        &self,
        columns: &[Column],
        rows: &[Vec<Cell>],
        document: &impl Serialize,
    ) -> io::Result<()> {
        if self.options.format.is_document() {
            return self.result("", document);
        }
        self.rows(&mut self.table_of(columns), rows, false)
    }

    /// Some more lines for people, of a result that is printed piece by piece.
    pub(crate) fn row_block(&self, lines: &str) -> io::Result<()> {
        self.write_out(&wrapped(&shown(lines), self.columns()))
    }

    /// One more document of a stream of them.
    pub(crate) fn next_document(&self, document: &impl Serialize) -> io::Result<()> {
        self.write_document(document, Lines::One)
            .inspect(|()| self.documented.store(true, Ordering::Release))
    }

    fn write_document(&self, document: &impl Serialize, lines: Lines) -> io::Result<()> {
        let text = match self.options.format {
            Format::Yaml => document::yaml(document)?,
            _ if lines == Lines::ForPeople && self.columns().is_some() => {
                document::pretty_json(document)?
            }
            Format::Json | Format::Text => document::json(document)?,
        };
        self.write_out(&without_secrets(&text))
    }

    fn write_out(&self, text: &str) -> io::Result<()> {
        self.undisturbed(|| write_lines(text))
    }
}

/// In how many lines a JSON document is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// One, as each of several.
    One,
    /// One in a pipe; on a terminal, where somebody reads it, one for each member.
    ForPeople,
}

/// `stepup.error/1`.
#[derive(Serialize)]
struct ErrorDocument<'a> {
    schema: &'static str,
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    kind: &'static str,
    code: u8,
    /// The task, by the number or id that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
    message: &'a str,
    hints: &'a [String],
}

impl<'a> ErrorDocument<'a> {
    fn of(error: &'a Error) -> Self {
        Self {
            schema: "stepup.error/1",
            error: ErrorBody {
                kind: error.kind().name(),
                code: error.kind().exit_code(),
                task: error.task(),
                message: error.message(),
                hints: error.hints(),
            },
        }
    }
}

fn write_lines(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.trim_end_matches('\n'))?;
    out.flush()
}

/// What a failed write of a list or a text to stdout means: a reader that has seen enough (`| head`) is no
/// error.
pub(crate) fn ignore_broken_pipe(what: &'static str) -> impl Fn(io::Error) -> Result<(), Error> {
    move |error| match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(undelivered(what, error)),
    }
}

/// What a failed write to stdout means for a command whose result matters.
pub(crate) fn undelivered(what: &str, error: io::Error) -> Error {
    Error::failed(format!(
        "{what}, but it could not be written to stdout: {error}"
    ))
    .hint("look at where stdout goes: a full disk, or a reader that went away")
    .caused_by(error)
}
