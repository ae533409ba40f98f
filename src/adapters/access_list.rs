//! Access lists of Windows' files: who besides their user has access. Read from their text (SDDL, [MS-DTYP] 2.5.1), so
//! that it can be tested on every system.

/// Who may do anything on Windows, as root may on Unix: the system and its administrators; and the owner, who is
/// looked at for themselves.
const ALWAYS: [&str; 6] = ["SY", "S-1-5-18", "BA", "S-1-5-32-544", "OW", "S-1-3-4"];

/// Everybody, as a list names them.
const EVERYBODY: &str = "WD";

/// The first who has access besides this user. What cannot be read gives it to everybody.
pub(super) fn others<'a>(list: &'a str, user: &str) -> Option<&'a str> {
    let known = |who: &str| who == user || ALWAYS.contains(&who);
    let Some((owner, entries)) = parts(list) else {
        return Some(EVERYBODY);
    };
    if !known(owner) {
        return Some(owner);
    }
    entries
        .split_inclusive(')')
        .filter_map(whom_it_gives_access)
        .find(|who| !known(who))
}

/// The owner, and the entries of the list. None where there is no list, which keeps nobody out.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (owner, list) = text.strip_prefix("O:")?.split_once("D:")?;
    let start = list.find('(').unwrap_or(list.len());
    let (flags, entries) = list.split_at(start);
    let owner = owner.split("G:").next()?;
    (!flags.contains("NO_ACCESS_CONTROL")).then_some((owner, entries))
}

/// `(type;flags;rights;object;inherited object;who)`: an entry that denies gives nothing, and one that is only inherited
/// is about other files.
fn whom_it_gives_access(entry: &str) -> Option<&str> {
    let Some(entry) = entry
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return Some(EVERYBODY);
    };
    let mut members = entry.split(';');
    let kind = members.next().unwrap_or_default();
    let flags = members.next().unwrap_or_default();
    let denies = ["D", "OD", "XD"].contains(&kind);
    let only_inherited = flags.as_bytes().chunks(2).any(|flag| flag == b"IO");
    if denies || only_inherited {
        return None;
    }
    Some(members.nth(3).unwrap_or(EVERYBODY))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "S-1-5-21-1-2-3-1001";

    #[test]
    fn a_file_is_private_where_only_its_user_and_the_system_have_access() {
        for list in [
            "O:S-1-5-21-1-2-3-1001D:P(A;;FA;;;SY)(A;;FA;;;S-1-5-21-1-2-3-1001)",
            "O:S-1-5-21-1-2-3-1001G:DUD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;S-1-5-21-1-2-3-1001)",
            "O:BAD:(A;;FA;;;OW)(D;;FA;;;WD)(XD;;FA;;;BU)",
            "O:S-1-5-21-1-2-3-1001D:(A;OICIIO;GA;;;CO)(A;OICIIO;FR;;;WD)",
            "O:S-1-5-21-1-2-3-1001D:P",
        ] {
            assert_eq!(others(list, ME), None, "{list}");
        }
    }

    #[test]
    fn who_else_has_access_is_named() {
        for (list, who) in [
            ("O:S-1-5-21-1-2-3-1001D:(A;;FA;;;SY)(A;;FR;;;WD)", "WD"),
            ("O:S-1-5-21-1-2-3-1001D:AI(A;ID;0x1200a9;;;BU)", "BU"),
            (
                "O:S-1-5-21-1-2-3-1001D:(A;OICI;FA;;;S-1-5-21-1-2-3-1002)",
                "S-1-5-21-1-2-3-1002",
            ),
            ("O:S-1-5-21-1-2-3-1001D:(XA;;FA;;;AU;(Title==\"VP\"))", "AU"),
            (
                "O:S-1-5-21-1-2-3-1002D:P(A;;FA;;;SY)",
                "S-1-5-21-1-2-3-1002",
            ),
            ("O:S-1-5-21-1-2-3-1001D:NO_ACCESS_CONTROL", "WD"),
            ("O:S-1-5-21-1-2-3-1001", "WD"),
            ("O:S-1-5-21-1-2-3-1001D:(A;;FA)", "WD"),
            ("O:S-1-5-21-1-2-3-1001D:(A;;FA;;;SY)x", "WD"),
            ("", "WD"),
        ] {
            assert_eq!(others(list, ME), Some(who), "{list}");
        }
    }
}
