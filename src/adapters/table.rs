//! A table whose rows come one by one: widths are fixed before the first, and the last column takes what
//! is left. A narrow terminal loses columns, never the meaning; a pipe gets everything.

use textwrap::core::display_width;

use super::sanitize::sanitize;

/// Between two columns.
const GAP: &str = "  ";
/// Least width of the last column; for less, other columns are left out.
const ENOUGH: usize = 20;

/// A column of fixed width.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// Cells are padded to this width; a longer one pushes its row to the right.
    pub(crate) width: usize,
    /// Whether the column may be left out where there is no room; the leftmost goes first.
    pub(crate) may_go: bool,
}

/// The table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<(usize, Column)>,
    last: &'static str,
    width: Option<usize>,
}

impl Table {
    /// These columns and a `last` one, on a terminal of this width; `None` for a pipe.
    pub(crate) fn new(columns: &[Column], last: &'static str, width: Option<usize>) -> Self {
        let mut columns: Vec<_> = columns.iter().copied().enumerate().collect();
        let fixed = |columns: &[(usize, Column)]| -> usize {
            columns
                .iter()
                .map(|(_, column)| column.width + GAP.len())
                .sum()
        };
        while width.is_some_and(|width| fixed(&columns) + ENOUGH > width) {
            let Some(at) = columns.iter().position(|(_, column)| column.may_go) else {
                break;
            };
            columns.remove(at);
        }
        Self {
            columns,
            last,
            width,
        }
    }

    /// The headings, for a terminal only.
    pub(crate) fn header(&self) -> Option<String> {
        self.width?;
        let cells = self
            .columns
            .iter()
            .map(|(_, column)| (column, column.title));
        Some(self.line(cells, self.last))
    }

    /// One row: a cell for each of the columns the table was made with, and the last one.
    pub(crate) fn row(&self, cells: &[&str], last: &str) -> String {
        let cells = self
            .columns
            .iter()
            .map(|(at, column)| (column, cells.get(*at).copied().unwrap_or_default()));
        self.line(cells, last)
    }

    fn line<'a>(&self, cells: impl Iterator<Item = (&'a Column, &'a str)>, last: &str) -> String {
        let mut line = String::new();
        for (column, cell) in cells {
            let cell = sanitize(cell);
            let missing = column.width.saturating_sub(display_width(&cell));
            line.push_str(&cell);
            line.push_str(&" ".repeat(missing));
            line.push_str(GAP);
        }
        line.push_str(&sanitize(last));
        match self.width {
            Some(width) => cut(line.trim_end(), width),
            None => line.trim_end().to_owned(),
        }
    }
}

/// The text in this many columns of a terminal; what is cut off shows as `…`.
fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = width.saturating_sub(1);
    for c in text.chars() {
        let wide = display_width(c.encode_utf8(&mut [0; 4]));
        if wide > room {
            break;
        }
        room -= wide;
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column {
            title: "Id",
            width: 4,
            may_go: false,
        },
        Column {
            title: "State",
            width: 6,
            may_go: true,
        },
        Column {
            title: "Step-Up",
            width: 7,
            may_go: false,
        },
    ];

    fn table(width: Option<usize>) -> Table {
        Table::new(&COLUMNS, "Display Name", width)
    }

    #[test]
    fn a_pipe_gets_everything_and_no_heading() {
        let table = table(None);
        assert_eq!(table.header(), None);
        let long = "x".repeat(300);
        let row = table.row(&["4211", "Open", "yes"], &long);
        assert_eq!(row, format!("4211  Open    yes      {long}"));
    }

    #[test]
    fn a_terminal_gets_what_fits() {
        let wide = table(Some(80));
        assert_eq!(
            wide.header().unwrap(),
            "Id    State   Step-Up  Display Name"
        );
        let narrow = table(Some(40));
        assert_eq!(narrow.header().unwrap(), "Id    Step-Up  Display Name");
        let row = narrow.row(&["4211", "Open", "yes"], &"日本".repeat(30));
        assert_eq!(display_width(&row), 40, "{row}");
        assert!(row.ends_with('…'));
        for width in [1, 2, 10, 20] {
            let row = table(Some(width)).row(&["4211", "Open", "yes"], "name");
            assert!(display_width(&row) <= width, "{width}: {row}");
        }
    }

    #[test]
    fn what_came_from_outside_stays_in_its_row() {
        let row = table(None).row(&["4211", "Open", "yes"], "a\u{1b}[2J\nb");
        assert_eq!(row, "4211  Open    yes      a[2J b");
    }
}
