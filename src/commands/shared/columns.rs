//! The columns of the lists. In a pipe all of them are there, in this order, and scripts count them: a new one goes to the
//! end or into documents alone.

use crate::adapters::table::Column;

/// `stepup task list`.
pub(in crate::commands) const TASKS: [Column; 5] = [
    Column::always("ID"),
    Column::varying("STATUS", 2),
    Column::going("STEP-UP", 1),
    Column::going("OPENED", 3),
    Column::always("TITLE"),
];

/// `stepup task watch`.
pub(in crate::commands) const WATCHED_TASKS: [Column; 4] = [
    Column::going("TIME", 2),
    Column::always("ID"),
    Column::going("STEP-UP", 1),
    Column::always("TITLE"),
];

/// `stepup receipt list`.
pub(in crate::commands) const RECEIPTS: [Column; 7] = [
    Column::always("N"),
    Column::going("WHEN", 3),
    Column::always("TASK"),
    Column::going("OUTCOME", 1),
    Column::going("CEREMONY", 2),
    Column::always("TITLE"),
    Column::varying("PROFILE", 1),
];

/// `stepup provider list`.
pub(in crate::commands) const ENTRIES: [Column; 6] = [
    Column::always("NAME"),
    Column::going("PRESET", 3),
    Column::going("ACR VALUES", 5),
    Column::going("PROVES", 4),
    Column::going("LAST TESTED", 2),
    Column::always("ISSUER"),
];

/// `stepup provider presets`.
pub(in crate::commands) const PRESETS: [Column; 3] = [
    Column::always("PRESET"),
    Column::going("PROVES", 1),
    Column::always("FOR"),
];

/// `stepup provider remote list`.
pub(in crate::commands) const REMOTE_PROVIDERS: [Column; 5] = [
    Column::always("NAME"),
    Column::going("REQUIRES", 3),
    Column::going("ENABLED", 1),
    Column::going("LAST TESTED", 2),
    Column::going("ID", 4),
];

/// `stepup policy list`.
pub(in crate::commands) const POLICIES: [Column; 5] = [
    Column::always("NAME"),
    Column::varying("TYPE", 2),
    Column::going("STEPS", 3),
    Column::going("STEP-UP", 1),
    Column::going("ID", 4),
];

/// `stepup config list`.
pub(in crate::commands) const SETTINGS: [Column; 2] =
    [Column::always("SETTING"), Column::always("VALUE")];

/// `stepup config list --origin`.
pub(in crate::commands) const SETTINGS_WITH_ORIGIN: [Column; 3] = [
    Column::always("SETTING"),
    Column::going("FROM", 1),
    Column::always("VALUE"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../../docs/guide/scripting.md");

    #[test]
    fn the_guide_names_the_columns_of_each_list() {
        let lists: [(&str, &[Column]); 9] = [
            ("task list", &TASKS),
            ("task watch", &WATCHED_TASKS),
            ("receipt list", &RECEIPTS),
            ("provider list", &ENTRIES),
            ("provider presets", &PRESETS),
            ("provider remote list", &REMOTE_PROVIDERS),
            ("policy list", &POLICIES),
            ("config list", &SETTINGS),
            ("config list --origin", &SETTINGS_WITH_ORIGIN),
        ];
        let rows = GUIDE.split("## Lists in a pipe").nth(1).unwrap();
        let rows = rows.split("\n## ").next().unwrap();
        let rows: Vec<&str> = rows
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        let titles = |columns: &[Column]| {
            columns
                .iter()
                .map(Column::title)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let row =
            |(list, columns): &(&str, &[Column])| format!("| `{list}` | {} |", titles(columns));
        assert_eq!(rows, lists.iter().map(row).collect::<Vec<_>>());
    }
}
