//! A page of the guides for whoever has only the program: read from the Markdown of `docs/guide`, written as text for
//! a terminal and as roff for a manual.

use clap_mangen::roff::{Inline, Roff, bold, roman};
use textwrap::{Options, WordSplitter};

use crate::cli::Topic;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page(Vec<Block>);

/// What a page is made of. The texts keep their marks (`` ` `` and `**`), links are words.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(String),
    /// Lines that stand as they are.
    Code(Vec<String>),
    /// Its mark (`-`, `1.`), and the text.
    Item(String, String),
    /// A row of a table: its first cell, and the others.
    Row(String, String),
}

impl Page {
    /// Reads the Markdown that the guides are written in; the title is not part of it.
    pub(crate) fn read(markdown: &str) -> Self {
        let mut reader = Reader::default();
        let mut lines = markdown.lines().peekable();
        while let Some(line) = lines.next() {
            let next = lines.peek().copied().unwrap_or_default();
            reader.line(line, next);
        }
        let blocks = reader.blocks.into_iter().map(Block::without_links);
        Self(blocks.collect()).of_this_build()
    }

    /// Without what this binary cannot do.
    fn of_this_build(self) -> Self {
        if cfg!(feature = "sandbox") {
            return self;
        }
        let foreign = |text: &str| {
            let text = text.to_lowercase();
            text.contains("sandbox") || text.contains("demo")
        };
        let kept = self.0.into_iter().filter(|block| match block {
            Block::Heading(text) | Block::Paragraph(text) | Block::Item(_, text) => !foreign(text),
            Block::Code(lines) => !lines.iter().any(|line| foreign(line)),
            Block::Row(term, meaning) => !foreign(term) && !foreign(meaning),
        });
        Self(kept.collect())
    }

    /// As text, in lines of at most this many columns.
    pub(crate) fn text(&self, width: usize) -> String {
        let mut text = String::new();
        let mut before: Option<&Block> = None;
        for block in &self.0 {
            let together = matches!(
                (before, block),
                (Some(Block::Item(..)), Block::Item(..)) | (Some(Block::Row(..)), Block::Row(..))
            );
            if before.is_some() && !together {
                text.push('\n');
            }
            text += &block.text(width);
            text.push('\n');
            before = Some(block);
        }
        text
    }

    /// As the sections of a manual page.
    pub(crate) fn roff(&self, roff: &mut Roff) {
        for block in &self.0 {
            block.roff(roff);
        }
    }
}

impl Block {
    fn without_links(self) -> Self {
        match self {
            Self::Paragraph(text) => Self::Paragraph(words(&text)),
            Self::Item(mark, text) => Self::Item(mark, words(&text)),
            Self::Row(term, meaning) => Self::Row(words(&term), words(&meaning)),
            other => other,
        }
    }

    fn text(&self, width: usize) -> String {
        let fill = |text: &str, first: &str, rest: &str| {
            let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
            let options = options.initial_indent(first).subsequent_indent(rest);
            textwrap::fill(&text.replace("**", ""), options)
        };
        match self {
            Self::Heading(text) => upper(text),
            Self::Paragraph(text) => fill(text, "", ""),
            Self::Code(lines) => {
                let lines = lines.iter().map(|line| format!("    {line}"));
                let lines = lines.map(|line| line.trim_end().to_owned());
                lines.collect::<Vec<_>>().join("\n")
            }
            Self::Item(mark, text) => {
                let first = format!("{mark} ");
                fill(text, &first, &" ".repeat(first.len()))
            }
            Self::Row(term, meaning) => {
                let term = fill(term, "  ", "  ");
                format!("{term}\n{}", fill(meaning, "      ", "      "))
            }
        }
    }

    fn roff(&self, roff: &mut Roff) {
        match self {
            Self::Heading(text) => {
                roff.control("SH", [upper(text).replace('`', "").as_str()]);
            }
            Self::Paragraph(text) => {
                roff.control("PP", []).text(inlines(text));
            }
            Self::Code(lines) => {
                roff.control("PP", []).control("nf", []);
                for line in lines {
                    roff.text([roman(format!("    {line}"))]);
                }
                roff.control("fi", []);
            }
            Self::Item(mark, text) => {
                let mark = if mark == "-" { "\\(bu" } else { mark };
                roff.control("IP", [mark, "3"]).text(inlines(text));
            }
            Self::Row(term, meaning) => {
                roff.control("TP", [])
                    .text(inlines(term))
                    .text(inlines(meaning));
            }
        }
    }
}

/// Upper case, but not what is typed.
fn upper(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => part.to_uppercase(),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// What is marked, in bold, without its marks.
fn inlines(text: &str) -> Vec<Inline> {
    let text = text.replace("**", "`");
    let parts = text.split('`').enumerate();
    let parts = parts.filter(|(_, part)| !part.is_empty());
    parts
        .map(
            |(at, part)| {
                if at % 2 == 1 { bold(part) } else { roman(part) }
            },
        )
        .collect()
}

/// The state between two lines.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    fenced: bool,
    /// Whether the next line can go on with the last block.
    open: bool,
}

impl Reader {
    fn line(&mut self, line: &str, next: &str) {
        let is_rule = |line: &str| line.starts_with("| ---");
        if line.starts_with("```") {
            self.fenced = !self.fenced;
            self.open = false;
        } else if self.fenced {
            self.code(line);
        } else if line.trim().is_empty() {
            // Code goes on after an empty line, a paragraph does not.
            self.open = false;
        } else if let Some(title) = line.strip_prefix("## ") {
            self.block(Block::Heading(title.to_owned()), false);
        } else if line.starts_with("# ") || is_rule(line) || is_rule(next) {
            self.open = false;
        } else if line.starts_with("| ") {
            self.block(row(line), false);
        } else if let Some((mark, item)) = item(line) {
            self.block(Block::Item(mark.to_owned(), item.to_owned()), true);
        } else if self.open {
            self.go_on(line);
        } else if let Some(line) = line.strip_prefix("    ") {
            self.code(line);
        } else {
            self.block(Block::Paragraph(line.to_owned()), true);
        }
    }

    fn block(&mut self, block: Block, open: bool) {
        self.blocks.push(block);
        self.open = open;
    }

    fn code(&mut self, line: &str) {
        if let (true, Some(Block::Code(lines))) = (self.open, self.blocks.last_mut()) {
            lines.push(line.to_owned());
        } else {
            self.block(Block::Code(vec![line.to_owned()]), true);
        }
    }

    /// One more line of a paragraph, an item or code.
    fn go_on(&mut self, line: &str) {
        match self.blocks.last_mut() {
            Some(Block::Paragraph(text) | Block::Item(_, text)) => {
                text.push(' ');
                text.push_str(line.trim());
            }
            Some(Block::Code(lines)) => {
                lines.push(line.strip_prefix("    ").unwrap_or(line).to_owned());
            }
            _ => {}
        }
    }
}

/// The mark of an item of a list, and its text.
fn item(line: &str) -> Option<(&str, &str)> {
    let (mark, text) = line.split_once(' ')?;
    let number = mark.strip_suffix('.').unwrap_or_default();
    (mark == "-" || number.parse::<u8>().is_ok()).then_some((mark, text))
}

/// A row's cells; empty ones say nothing.
fn row(line: &str) -> Block {
    let cells = line.trim_matches(['|', ' ']).split(" |").map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let (term, others) = cells.split_first().unwrap_or((&"", &[]));
    Block::Row((*term).to_owned(), others.join("; "))
}

/// Links as words. A program has no pages but its topics, so behind the words is the command that prints the topic; of
/// any other page the words alone.
fn words(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let link = after
            .split_once("](")
            .filter(|(name, _)| !name.contains(['[', '`']) || name.matches('`').count() == 2)
            .and_then(|(name, rest)| {
                let (target, after) = rest.split_once(')')?;
                Some((name, target, after))
            });
        rest = if let Some((name, target, after)) = link {
            kept.push_str(name);
            if let Some(topic) = Topic::of_guide(target) {
                let command = format!("`stepup help {}`", topic.name());
                let alone = before.ends_with('(') && after.starts_with(')');
                let (open, close) = if alone { (": ", "") } else { (" (", ")") };
                kept.extend([open, command.as_str(), close]);
            }
            after
        } else {
            kept.push('[');
            after
        };
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKDOWN: &str = "# Title\n\nOne [link](a.md) and\n`code` here.\n\n## A `part`\n\n    run it\n      twice\n\n- **one** item\n  goes on\n- two\n\n1. first\n   thing\n2. next\n\n| Key | Means | Default |\n| --- | --- | --- |\n| `a` | `[x]` stays | none |\n| `b` | | empty |\n\n```toml\n[table]\n```\n";

    #[test]
    fn the_markdown_of_the_guides_is_read() {
        let page = Page::read(MARKDOWN);
        let expected = [
            Block::Paragraph("One link and `code` here.".into()),
            Block::Heading("A `part`".into()),
            Block::Code(vec!["run it".into(), "  twice".into()]),
            Block::Item("-".into(), "**one** item goes on".into()),
            Block::Item("-".into(), "two".into()),
            Block::Item("1.".into(), "first thing".into()),
            Block::Item("2.".into(), "next".into()),
            Block::Row("`a`".into(), "`[x]` stays; none".into()),
            Block::Row("`b`".into(), "empty".into()),
            Block::Code(vec!["[table]".into()]),
        ];
        assert_eq!(page.0, expected);
    }

    #[test]
    fn a_link_that_stands_in_brackets_itself_has_no_second_ones() {
        let page = "See it ([why](ssh-and-containers.md)), (how: [there](scripting.md)) and ([here](other.md)).";
        let text = Page::read(page).text(200);
        let expected = "See it (why: `stepup help ssh-and-containers`), (how: there (`stepup help scripting`)) and (here).\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_page_is_text_for_a_terminal_of_any_width() {
        let text = Page::read(MARKDOWN).text(20);
        assert_eq!(
            text,
            "One link and `code`\nhere.\n\nA `part`\n\n    run it\n      twice\n\n- one item goes on\n- two\n1. first thing\n2. next\n\n  `a`\n      `[x]` stays;\n      none\n  `b`\n      empty\n\n    [table]\n"
        );
    }

    #[test]
    fn a_page_is_roff_for_a_manual() {
        let mut roff = Roff::new();
        Page::read(MARKDOWN).roff(&mut roff);
        let roff = roff.to_roff();
        for part in [
            ".SH \"A part\"",
            "\\fBcode\\fR here.",
            ".TP\n\\fBa\\fR\n",
            ".nf\n    run it",
            ".IP 1. 3\nfirst thing",
        ] {
            assert!(roff.contains(part), "{part}\n{roff}");
        }
    }
}
