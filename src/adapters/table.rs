//! Lists. On a terminal: headings, columns measured to what is in them and to the terminal, and none that says
//! nothing. In a pipe: no headings, every column, a tab between two, and times as documents have them.

use jiff::Timestamp;
use textwrap::core::display_width;

use super::sanitize::sanitize;
use super::style::Style;
use super::when::{age, local};

/// Between two columns.
const GAP: &str = "  ";
/// Room that the last column keeps as long as other columns can go.
const ENOUGH: usize = 24;
/// Widest column, the last one aside: one long name does not push the others away.
const WIDEST: usize = 36;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    /// Where there is no room, the column with the highest number is left out first; 0 stays.
    goes: u8,
    /// Whether it says nothing where it says the same in every row.
    varies: bool,
}

impl Column {
    pub(crate) const fn always(title: &'static str) -> Self {
        Self::going(title, 0)
    }

    #[cfg(test)]
    pub(crate) const fn title(&self) -> &'static str {
        self.title
    }

    /// One that is left out where there is no room, those with higher numbers first.
    pub(crate) const fn going(title: &'static str, goes: u8) -> Self {
        Self {
            title,
            goes,
            varies: false,
        }
    }

    /// One that is left out where it says the same in every row, too.
    pub(crate) const fn varying(title: &'static str, goes: u8) -> Self {
        Self {
            title,
            goes,
            varies: true,
        }
    }
}

/// One field of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    shown: String,
    /// What a pipe gets, where that is something else.
    piped: Option<String>,
    style: Option<Style>,
}

impl Cell {
    /// A text, made harmless.
    pub(crate) fn text(text: &str) -> Self {
        Self {
            shown: sanitize(text),
            ..Self::default()
        }
    }

    /// How long ago it is, or how long until then; in a pipe the time itself.
    pub(crate) fn age(at: Option<Timestamp>, now: Timestamp) -> Self {
        Self::time(at, |at| age(at, now))
    }

    /// The time by the clock on the wall; in a pipe by UTC.
    pub(crate) fn local(at: Option<Timestamp>) -> Self {
        Self::time(at, local)
    }

    fn time(at: Option<Timestamp>, shown: impl Fn(Timestamp) -> String) -> Self {
        Self {
            shown: at.map_or_else(|| "-".to_owned(), shown),
            piped: at.map(|at| format!("{at:.0}")),
            style: None,
        }
    }

    #[must_use]
    pub(crate) fn in_a_pipe(self, text: &str) -> Self {
        Self {
            piped: Some(sanitize(text)),
            ..self
        }
    }

    /// With emphasis, which is decoration: the word says the same.
    #[must_use]
    pub(crate) fn styled(self, style: Option<Style>) -> Self {
        Self { style, ..self }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(&text)
    }
}

/// A column that is shown: which one, and how wide.
#[derive(Clone, Copy, Debug)]
struct Shown {
    at: usize,
    width: usize,
}

/// The table. The last of its columns takes what the others leave.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    width: Option<usize>,
    shown: Option<Vec<Shown>>,
}

impl Table {
    /// These columns, on a terminal of this width; `None` for a pipe.
    pub(crate) fn new(columns: &[Column], width: Option<usize>) -> Self {
        Self {
            columns: columns.to_vec(),
            width,
            shown: None,
        }
    }

    /// These rows as lines. The first ones come with the headings, and decide how wide the columns are; `more` says that
    /// others may follow, so that nothing is known to be the same in every row.
    pub(crate) fn lines(
        &mut self,
        rows: &[Vec<Cell>],
        more: bool,
        paint: impl Fn(Style, &str) -> String,
    ) -> Vec<String> {
        let Some(width) = self.width else {
            return rows.iter().map(|row| self.piped(row)).collect();
        };
        if rows.is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let shown = if let Some(shown) = self.shown.take() {
            shown
        } else {
            let shown = self.measured(rows, more, width);
            let titles = self.columns.iter().map(|column| Cell {
                shown: column.title.to_owned(),
                piped: None,
                style: Some(Style::Faint),
            });
            lines.push(line(&titles.collect::<Vec<_>>(), &shown, width, &paint));
            shown
        };
        lines.extend(rows.iter().map(|row| line(row, &shown, width, &paint)));
        self.shown = Some(shown);
        lines
    }

    fn piped(&self, row: &[Cell]) -> String {
        let cells = (0..self.columns.len()).map(|at| {
            let cell = row.get(at);
            cell.map_or("", |cell| cell.piped.as_deref().unwrap_or(&cell.shown))
        });
        cells.collect::<Vec<_>>().join("\t")
    }

    /// Which columns are shown, and how wide.
    fn measured(&self, rows: &[Vec<Cell>], more: bool, width: usize) -> Vec<Shown> {
        let last = self.columns.len().saturating_sub(1);
        let cells = |at: usize| {
            rows.iter()
                .map(move |row| row.get(at).map_or("", |cell| cell.shown.as_str()))
        };
        let says_nothing = |at: usize, column: &Column| {
            let first = cells(at).next();
            let one = rows.len() > 1 && cells(at).all(|cell| Some(cell) == first);
            let empty = matches!(first, Some("" | "-"));
            !more && column.goes > 0 && one && (empty || column.varies)
        };
        let columns = self.columns.iter().enumerate();
        let mut shown: Vec<(Shown, u8)> = columns
            .filter(|(at, column)| !says_nothing(*at, column))
            .map(|(at, column)| {
                let widest = cells(at).map(display_width).max().unwrap_or_default();
                let widest = match column.goes {
                    0 if at == last => widest.min(ENOUGH),
                    0 => widest,
                    _ => widest.min(WIDEST),
                };
                let width = widest.max(display_width(column.title));
                (Shown { at, width }, column.goes)
            })
            .collect();
        let all = |shown: &[(Shown, u8)]| -> usize {
            let gaps = shown.len().saturating_sub(1) * GAP.len();
            shown.iter().map(|(one, _)| one.width).sum::<usize>() + gaps
        };
        while all(&shown) > width {
            let goes = shown.iter().map(|(_, goes)| *goes).max().unwrap_or(0);
            if goes == 0 {
                break;
            }
            shown.retain(|(_, at)| *at != goes);
        }
        let mut shown: Vec<Shown> = shown.into_iter().map(|(one, _)| one).collect();
        // What is left over is for the long ones, the last column first: its place is at the end, and takes it anyway.
        let gaps = shown.len().saturating_sub(1) * GAP.len();
        let used = shown.iter().map(|one| one.width).sum::<usize>() + gaps;
        let mut left = width.saturating_sub(used);
        for one in shown.iter_mut().rev() {
            let whole = cells(one.at).map(display_width).max().unwrap_or_default();
            let more = whole.saturating_sub(one.width).min(left);
            one.width += more;
            left -= more;
        }
        shown
    }
}

fn line(
    row: &[Cell],
    shown: &[Shown],
    width: usize,
    paint: impl Fn(Style, &str) -> String,
) -> String {
    let mut line = String::new();
    let (mut used, mut pending) = (0, 0);
    for (position, column) in shown.iter().enumerate() {
        let is_last = position + 1 == shown.len();
        let empty = Cell::default();
        let cell = row.get(column.at).unwrap_or(&empty);
        let room = width.saturating_sub(used + pending);
        let room = if is_last {
            room
        } else {
            // What names something stays whole as long as the line has room.
            room.min(column.width.max(WIDEST))
        };
        let text = cut(&cell.shown, room);
        if !text.is_empty() {
            line.push_str(&" ".repeat(pending));
            line.push_str(&match cell.style {
                Some(style) => paint(style, &text),
                None => text.clone(),
            });
            used += pending + display_width(&text);
            pending = 0;
        }
        pending += column.width.saturating_sub(display_width(&text)) + GAP.len();
    }
    line
}

/// The text in this many columns of a terminal; what is cut off shows as `…`.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let Some(mut room) = width.checked_sub(1) else {
        return kept;
    };
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

    const COLUMNS: [Column; 5] = [
        Column::always("ID"),
        Column::varying("STATUS", 2),
        Column::going("STEP-UP", 1),
        Column::going("OPENED", 3),
        Column::always("TITLE"),
    ];

    fn rows(rows: &[[&str; 5]]) -> Vec<Vec<Cell>> {
        let cells = |row: &[&str; 5]| row.iter().map(|text| Cell::text(text)).collect();
        rows.iter().map(cells).collect()
    }

    fn lines(width: Option<usize>, some: &[[&str; 5]], more: bool) -> Vec<String> {
        let plainly = |_: Style, text: &str| text.to_owned();
        Table::new(&COLUMNS, width).lines(&rows(some), more, plainly)
    }

    const TWO: [[&str; 5]; 2] = [
        [
            "4211",
            "waiting",
            "step-up",
            "3 min ago",
            "Grant prod-admin",
        ],
        ["118", "denied", "-", "2 h ago", "Grant editor"],
    ];

    #[test]
    fn a_pipe_gets_everything_with_tabs_and_no_heading() {
        let long = "x".repeat(300);
        let made = lines(
            None,
            &[["4211", "waiting", "", "a\tb\n\u{1b}[2Jc", &long]],
            false,
        );
        assert_eq!(made, [format!("4211\twaiting\t\ta b [2Jc\t{long}")]);
        // The columns are the same whatever is in them.
        let same = lines(None, &[TWO[0], TWO[0]], false);
        assert_eq!(same[0].matches('\t').count(), 4);
    }

    #[test]
    fn a_pipe_gets_times_as_documents_have_them() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let then: Timestamp = "2026-03-01T11:57:00.25Z".parse().unwrap();
        let columns = [Column::always("OPENED")];
        let paint = |_: Style, text: &str| text.to_owned();
        let row = [vec![Cell::age(Some(then), now)]];
        let piped = Table::new(&columns, None).lines(&row, false, paint);
        assert_eq!(piped, ["2026-03-01T11:57:00Z"]);
        let shown = Table::new(&columns, Some(80)).lines(&row, false, paint);
        assert_eq!(shown, ["OPENED", "3 min ago"]);
    }

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        assert_eq!(
            lines(Some(80), &TWO, false),
            [
                "ID    STATUS   STEP-UP  OPENED     TITLE",
                "4211  waiting  step-up  3 min ago  Grant prod-admin",
                "118   denied   -        2 h ago    Grant editor",
            ]
        );
    }

    #[test]
    fn a_column_that_says_nothing_is_left_out_once_all_rows_are_known() {
        let same = [
            ["4211", "waiting", "step-up", "-", "One"],
            ["4212", "waiting", "step-up", "-", "One"],
        ];
        let made = lines(Some(80), &same, false);
        assert_eq!(
            made,
            [
                "ID    STEP-UP  TITLE",
                "4211  step-up  One",
                "4212  step-up  One"
            ]
        );
        assert!(lines(Some(80), &same, true)[0].contains("STATUS"));
        assert!(lines(Some(80), &same[..1], false)[0].contains("STATUS"));
    }

    #[test]
    fn a_narrow_terminal_loses_columns_and_cuts_what_is_long() {
        let long = "日本".repeat(30);
        let some = [["4211", "waiting", "step-up", "3 min ago", &long], TWO[1]];
        assert_eq!(
            lines(Some(40), &some, false)[0],
            "ID    STEP-UP  TITLE",
            "the age goes first"
        );
        for width in [1, 2, 5, 10, 20, 40, 80] {
            for line in lines(Some(width), &some, false) {
                assert!(display_width(&line) <= width, "{width}: {line}");
            }
        }
        assert!(lines(Some(40), &some, false)[1].ends_with('…'));
    }

    #[test]
    fn a_long_column_is_whole_where_there_is_room() {
        let long = "urn:okta:loa:1fa:any urn:okta:loa:2fa:any phr";
        let some = [
            ["4211", long, "step-up", "3 min ago", "Grant prod-admin"],
            TWO[1],
        ];
        assert!(lines(Some(100), &some, false)[1].contains(long));
        let title = "Grant prod-admin on AWS to Ada Novak";
        let some = [["4211", long, "step-up", "3 min ago", title], TWO[1]];
        let shown = lines(Some(108), &some, false);
        // The title is what the row is about.
        assert!(shown[1].ends_with(title), "{shown:?}");
        assert!(shown[1].contains("…  step-up"), "{shown:?}");
    }

    #[test]
    fn later_rows_have_no_heading_and_keep_the_columns() {
        let plainly = |_: Style, text: &str| text.to_owned();
        let mut table = Table::new(&COLUMNS, Some(80));
        let first = table.lines(&rows(&TWO), true, plainly);
        let wider = ["987654321", "done", "step-up", "now", "Revoke"];
        let later = table.lines(&rows(&[wider]), false, plainly);
        assert_eq!(first.len(), 3);
        assert_eq!(later, ["987654321  done     step-up  now        Revoke"]);
        assert!(table.lines(&[], false, plainly).is_empty());
    }

    #[test]
    fn emphasis_takes_no_room() {
        let loud = |_: Style, text: &str| format!("<{text}>");
        let row = vec![
            Cell::text("4211"),
            Cell::text("denied").styled(Some(Style::Bad)),
            Cell::text("-"),
            Cell::text("now"),
            Cell::text("One"),
        ];
        let made = Table::new(&COLUMNS, Some(80)).lines(&[row], false, loud);
        assert_eq!(made[1], "4211  <denied>  -        now     One");
    }
}
