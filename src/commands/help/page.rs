//! A page of the guides for whoever has only the program: read from the Markdown of `docs/guide`, written as text for
//! a terminal and as roff for a manual.

use clap_mangen::roff::{Inline, Roff, bold, roman};
use textwrap::{Options, WordSplitter};

/// A page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page(Vec<Block>);

/// What a page is made of. The texts keep their marks (`` ` `` and `**`), links are the words alone.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(String),
    /// Lines that stand as they are.
    Code(Vec<String>),
    Item(String),
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
            Block::Heading(text) | Block::Paragraph(text) | Block::Item(text) => !foreign(text),
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
                (Some(Block::Item(_)), Block::Item(_)) | (Some(Block::Row(..)), Block::Row(..))
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
            Self::Item(text) => Self::Item(words(&text)),
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
            Self::Heading(text) => text.to_uppercase(),
            Self::Paragraph(text) => fill(text, "", ""),
            Self::Code(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| format!("    {line}")).collect();
                lines.join("\n")
            }
            Self::Item(text) => fill(text, "- ", "  "),
            Self::Row(term, meaning) => {
                let term = fill(term, "  ", "  ");
                format!("{term}\n{}", fill(meaning, "      ", "      "))
            }
        }
    }

    fn roff(&self, roff: &mut Roff) {
        match self {
            Self::Heading(text) => {
                roff.control("SH", [text.to_uppercase().as_str()]);
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
            Self::Item(text) => {
                roff.control("IP", ["\\(bu", "2"]).text(inlines(text));
            }
            Self::Row(term, meaning) => {
                roff.control("TP", [])
                    .text(inlines(term))
                    .text(inlines(meaning));
            }
        }
    }
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
    /// Within a fence.
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
        } else if let Some(item) = line.strip_prefix("- ") {
            self.block(Block::Item(item.to_owned()), true);
        } else if self.open {
            self.go_on(line.trim());
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
            Some(Block::Paragraph(text) | Block::Item(text)) => {
                text.push(' ');
                text.push_str(line);
            }
            Some(Block::Code(lines)) => lines.push(line.to_owned()),
            _ => {}
        }
    }
}

fn row(line: &str) -> Block {
    let cells: Vec<&str> = line
        .trim_matches(['|', ' '])
        .split(" | ")
        .map(str::trim)
        .collect();
    let (term, others) = cells.split_first().unwrap_or((&"", &[]));
    Block::Row((*term).to_owned(), others.join("; "))
}

/// The words of each link without its target: an installed program has no other pages.
fn words(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let link = after
            .split_once("](")
            .filter(|(name, _)| !name.contains(['[', '`']) || name.matches('`').count() == 2)
            .and_then(|(name, target)| Some((name, target.split_once(')')?.1)));
        rest = if let Some((name, after)) = link {
            kept.push_str(name);
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

    const MARKDOWN: &str = "# Title\n\nOne [link](a.md) and\n`code` here.\n\n## A part\n\n    run it\n    twice\n\n- **one** item\n  goes on\n- two\n\n| Key | Means | Default |\n| --- | --- | --- |\n| `a` | `[x]` stays | none |\n\n```toml\n[table]\n```\n";

    #[test]
    fn the_markdown_of_the_guides_is_read() {
        let page = Page::read(MARKDOWN);
        let expected = [
            Block::Paragraph("One link and `code` here.".into()),
            Block::Heading("A part".into()),
            Block::Code(vec!["run it".into(), "twice".into()]),
            Block::Item("**one** item goes on".into()),
            Block::Item("two".into()),
            Block::Row("`a`".into(), "`[x]` stays; none".into()),
            Block::Code(vec!["[table]".into()]),
        ];
        assert_eq!(page.0, expected);
    }

    #[test]
    fn a_page_is_text_for_a_terminal_of_any_width() {
        let text = Page::read(MARKDOWN).text(20);
        assert_eq!(
            text,
            "One link and `code`\nhere.\n\nA PART\n\n    run it\n    twice\n\n- one item goes on\n- two\n\n  `a`\n      `[x]` stays;\n      none\n\n    [table]\n"
        );
    }

    #[test]
    fn a_page_is_roff_for_a_manual() {
        let mut roff = Roff::new();
        Page::read(MARKDOWN).roff(&mut roff);
        let roff = roff.to_roff();
        for part in [
            ".SH \"A PART\"",
            "\\fBcode\\fR here.",
            ".TP\n\\fBa\\fR\n",
            ".nf\n    run it",
        ] {
            assert!(roff.contains(part), "{part}\n{roff}");
        }
    }
}
