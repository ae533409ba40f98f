//! Access lists of Windows' files: who besides their user has access. Read from their text (SDDL, [MS-DTYP] 2.5.1), so
//! that it can be tested on every system.

/// Who may do anything on Windows, as root may on Unix: the system and its administrators; and the owner, who is
/// looked at for themselves.
const ALWAYS: [&str; 6] = ["SY", "S-1-5-18", "BA", "S-1-5-32-544", "OW", "S-1-3-4"];

/// Everybody, as a list names them.
const EVERYBODY: &str = "WD";

/// What a list is about: rights have other meanings for a folder ([MS-DTYP] 2.4.3, and Windows' `FILE_...` rights).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A file: whoever writes, extends or removes it, or gives that right.
    File,
    /// A folder: whoever removes it or what is in it, or gives that right. Who may only add to it replaces nothing, as in a
    /// sticky folder of Unix.
    Folder,
}

/// The first who has access besides this user. What cannot be read gives it to everybody.
pub(super) fn others<'a>(list: &'a str, user: &str) -> Option<&'a str> {
    foreign_owner(list, user).or_else(|| given(list, user, |_| true))
}

/// The first who may change it or put another in its place besides this user.
pub(super) fn writers<'a>(list: &'a str, user: &str, target: Target) -> Option<&'a str> {
    given(list, user, |rights| may_write(rights, target))
}

/// The owner, if that is neither this user nor the system. What cannot be read is everybody's.
pub(super) fn foreign_owner<'a>(list: &'a str, user: &str) -> Option<&'a str> {
    let owner = parts(list).map_or(EVERYBODY, |(owner, _)| owner);
    (!known(owner, user)).then_some(owner)
}

fn known(who: &str, user: &str) -> bool {
    who == user || ALWAYS.contains(&who)
}

fn given<'a>(list: &'a str, user: &str, counts: impl Fn(&str) -> bool) -> Option<&'a str> {
    let Some((_, entries)) = parts(list) else {
        return Some(EVERYBODY);
    };
    entries
        .split_inclusive(')')
        .filter_map(|entry| whom_it_gives(entry, &counts))
        .find(|who| !known(who, user))
}

/// Rights are a number, or letters in pairs ([MS-DTYP] 2.5.1.1). Pairs that are not known count.
fn may_write(rights: &str, target: Target) -> bool {
    // Delete a child, delete, change the list, become the owner; all, and write, as generic rights.
    const REPLACES: u32 = 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;
    // Write data, append data.
    const WRITES: u32 = 0x2 | 0x4;
    const HARMLESS: [&str; 11] = [
        "FR", "FX", "GR", "GX", "RC", "CC", "SW", "RP", "WP", "LO", "CR",
    ];
    const ADDS: [&str; 2] = ["DC", "LC"];
    let adds_count = target == Target::File;
    if let Some(number) = rights.strip_prefix("0x") {
        let counted = if adds_count {
            REPLACES | WRITES
        } else {
            REPLACES
        };
        return u32::from_str_radix(number, 16).map_or(true, |mask| mask & counted != 0);
    }
    let mut pairs = rights.as_bytes().chunks(2);
    pairs.any(|pair| {
        let is_one_of = |known: &[&str]| known.iter().any(|known| known.as_bytes() == pair);
        !is_one_of(&HARMLESS) && (adds_count || !is_one_of(&ADDS))
    })
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
fn whom_it_gives<'a>(entry: &'a str, counts: &impl Fn(&str) -> bool) -> Option<&'a str> {
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
    let rights = members.next().unwrap_or("GA");
    if denies || only_inherited || !counts(rights) {
        return None;
    }
    Some(members.nth(2).unwrap_or(EVERYBODY))
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
    fn who_else_may_write_is_named() {
        for (rights, file, folder) in [
            ("FA", true, true),
            ("FW", true, true),
            ("GA", true, true),
            ("GW", true, true),
            ("FR", false, false),
            ("FRFX", false, false),
            ("GRGX", false, false),
            ("0x1200a9", false, false),
            // Modify, as other users have it in folders right below a drive.
            ("0x1301bf", true, true),
            // Read, and add files or folders, as in ProgramData.
            ("0x1200af", true, false),
            ("DCLCRPCR", true, false),
            ("CCDCLCSWRPWPDTLOCRSDRCWDWO", true, true),
            ("SD", true, true),
            ("WO", true, true),
            ("0xzz", true, true),
            ("ZZ", true, true),
        ] {
            let list = format!("O:BAD:(A;;FA;;;SY)(A;;FA;;;{ME})(A;ID;{rights};;;BU)");
            let named = |writes: bool| writes.then_some("BU");
            assert_eq!(writers(&list, ME, Target::File), named(file), "{rights}");
            let found = writers(&list, ME, Target::Folder);
            assert_eq!(found, named(folder), "{rights}");
        }
        let inherited_only = "O:BAD:(A;OICIIO;FA;;;WD)(D;;FA;;;BU)";
        assert_eq!(writers(inherited_only, ME, Target::Folder), None);
        assert_eq!(writers("", ME, Target::File), Some(EVERYBODY));
        assert_eq!(foreign_owner("O:S-1-5-7D:", ME), Some("S-1-5-7"));
        assert_eq!(foreign_owner("", ME), Some(EVERYBODY));
        for mine in [ME, "SY", "BA"] {
            assert_eq!(foreign_owner(&format!("O:{mine}D:"), ME), None);
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
