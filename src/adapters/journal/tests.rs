use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::domain::ceremony::Ceremony;
use crate::domain::receipt::ApprovalReceipt;

struct Place {
    folder: tempfile::TempDir,
    journal: Journal,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::new(Some(&folder.path().join("state/receipts.jsonl"))).unwrap();
    Place { folder, journal }
}

fn entry(number: u64) -> Entry {
    Entry {
        time: Timestamp::from_second(1_772_442_066).unwrap(),
        profile: "work".into(),
        api: "acme.conductor.one".into(),
        receipt: json!({ "task": { "numeric_id": number.to_string() } }),
    }
}

fn with(count: u64) -> Place {
    let place = place();
    for number in 1..=count {
        place.journal.append(&entry(number)).unwrap();
    }
    place
}

impl Place {
    fn text(&self) -> String {
        std::fs::read_to_string(self.journal.path()).unwrap()
    }

    fn write(&self, text: &str) {
        std::fs::write(self.journal.path(), text).unwrap();
    }

    fn flaws(&self) -> Vec<Flaw> {
        self.journal.read().unwrap().flaws().to_vec()
    }

    fn numbers(&self) -> Vec<usize> {
        let log = self.journal.read().unwrap();
        log.lines().map(|line| line.unwrap().number).collect()
    }
}

fn line(log: &Log, at: usize) -> Line {
    log.lines().nth(at).unwrap().unwrap()
}

#[test]
fn what_was_added_is_there_chained_and_private() {
    let place = with(3);
    let log = place.journal.read().unwrap();
    assert_eq!(log.flaws(), []);
    assert_eq!(log.len(), 3);
    assert_eq!(line(&log, 0).prev, None);
    assert_eq!(line(&log, 2).entry, entry(3));
    let text = place.text();
    let second = text.lines().nth(1).unwrap();
    assert_eq!(line(&log, 2).prev, Some(digest(second.as_bytes())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(place.journal.path()), 0o600);
        assert_eq!(mode(&place.folder.path().join("state")), 0o700);
        assert_eq!(
            mode(&place.folder.path().join("state/receipts.seal")),
            0o600
        );
    }
}

#[test]
fn a_line_that_was_put_in_shows() {
    let place = with(2);
    let text = place.text();
    place.write(&format!("{text}{{\"not\":\"ours\"}}\n"));
    assert_eq!(place.flaws(), [Flaw::NoReceipt(3)]);
    place.write(&text.replacen('\n', "\nnonsense\n", 1));
    let flaws = place.flaws();
    assert!(flaws.contains(&Flaw::Unchained(3)), "{flaws:?}");
    assert!(flaws.contains(&Flaw::NoReceipt(2)), "{flaws:?}");
}

#[test]
fn a_torn_line_costs_its_own_receipt_only() {
    let place = with(3);
    let text = place.text();
    let cut = &text[..text.len() - 30];
    place.write(cut);
    std::fs::write(
        place.folder.path().join("state/receipts.seal"),
        json!({"lines": 2, "last": digest(text.lines().nth(1).unwrap().as_bytes())}).to_string(),
    )
    .unwrap();
    assert_eq!(place.flaws(), [Flaw::Torn(3)]);
    assert_eq!(place.numbers(), [1, 2]);
    place.journal.append(&entry(4)).unwrap();
    place.journal.append(&entry(5)).unwrap();
    assert_eq!(place.flaws(), [Flaw::Torn(3)]);
    assert_eq!(place.numbers(), [1, 2, 4, 5]);
    assert!(!Flaw::Torn(3).is_tampering());
    // A writer can be killed again, before it got far.
    for rest in ["\n", "{", "{\"schema\":\"stepup.rec"] {
        let sound = place.text();
        place.write(&(sound.clone() + rest));
        place.journal.append(&entry(6)).unwrap();
        let flaws = place.flaws();
        assert!(
            flaws.iter().all(|flaw| matches!(flaw, Flaw::Torn(_))),
            "{flaws:?}"
        );
    }
    place.write(&(place.text() + "{\"schema\":\"another"));
    assert!(place.flaws().iter().any(Flaw::is_tampering));
}

#[test]
fn a_writer_that_was_killed_before_it_sealed_is_no_crime() {
    let place = with(2);
    let seal = place.folder.path().join("state/receipts.seal");
    let kept = std::fs::read(&seal).unwrap();
    place.journal.append(&entry(3)).unwrap();
    std::fs::write(&seal, kept).unwrap();
    assert_eq!(place.flaws(), []);
    std::fs::remove_file(&seal).unwrap();
    assert_eq!(place.flaws(), [Flaw::NoSeal]);
}

#[test]
fn writers_take_turns() {
    let place = Arc::new(place());
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let place = Arc::clone(&place);
            std::thread::spawn(move || {
                for number in 0..10 {
                    place.journal.append(&entry(writer * 10 + number)).unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let log = place.journal.read().unwrap();
    assert_eq!(log.flaws(), []);
    assert_eq!(log.len(), 80);
}

#[test]
fn a_line_that_is_changed_while_the_log_is_read_is_not_taken() {
    let place = with(2);
    let log = place.journal.read().unwrap();
    place.write(&place.text().replace("\"2\"", "\"9\""));
    assert_eq!(line(&log, 0).entry, entry(1));
    let second = log.numbered(2).unwrap();
    assert!(
        matches!(second, Err(JournalError::Changed(_))),
        "{second:?}"
    );
}

#[test]
fn a_seal_is_counted_on_only_where_it_is_of_the_last_line() {
    let place = with(2);
    let seal = place.folder.path().join("state/receipts.seal");
    let (kept, text) = (std::fs::read(&seal).unwrap(), place.text());
    // Nothing but the last line is read: the first is counted on, whatever has become of it.
    place.write(&text.replacen('\n', "\nnonsense\n", 1));
    place.journal.append(&entry(3)).unwrap();
    let sealed: Seal = serde_json::from_slice(&std::fs::read(&seal).unwrap()).unwrap();
    assert_eq!(sealed.lines, 3);
    assert!(place.flaws().iter().any(Flaw::is_tampering));
    // A writer that was killed before it sealed: the seal is of another line.
    place.write(&text);
    place.journal.append(&entry(3)).unwrap();
    std::fs::write(&seal, kept).unwrap();
    place.journal.append(&entry(4)).unwrap();
    let sealed: Seal = serde_json::from_slice(&std::fs::read(&seal).unwrap()).unwrap();
    assert_eq!(sealed.lines, 4);
    assert_eq!(place.flaws(), []);
}

#[test]
fn long_lines_are_chained_too() {
    let place = place();
    for size in [10, 8 * 1024, 40_000] {
        let entry = Entry {
            profile: "p".repeat(size),
            ..entry(1)
        };
        place.journal.append(&entry).unwrap();
    }
    assert_eq!(place.flaws(), []);
}

/// What a fenced block of `docs/receipt.md` holds that begins like this.
fn documented(beginning: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/receipt.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut blocks = page.split("\n```").map(|block| block.split_once('\n'));
    let block = blocks.find(|block| block.is_some_and(|(_, text)| text.starts_with(beginning)));
    block.flatten().unwrap().1.to_owned() + "\n"
}

#[test]
fn the_documented_example_verifies_and_is_a_log_of_ours() {
    let text = documented("{\"schema\":\"stepup.receipt-log/1\"");
    let seal = documented("{\"lines\"");
    let (place, anew) = (place(), place());
    let folder = place.folder.path().join("state");
    place.journal.append(&entry(1)).unwrap();
    place.write(&text);
    std::fs::write(folder.join("receipts.seal"), &seal).unwrap();
    let log = place.journal.read().unwrap();
    assert_eq!((log.flaws(), log.len()), (&[][..], 2));

    // By the steps of the page, without the code that they describe.
    let sum = |line: &str| format!("{:x}", sha2::Sha256::digest(line));
    let lines: Vec<&str> = text.lines().collect();
    let seal: serde_json::Value = serde_json::from_str(&seal).unwrap();
    assert_eq!(seal, json!({ "lines": 2, "last": sum(lines[1]) }));
    let prev =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["prev"].clone();
    assert_eq!(prev(lines[0]), json!(null));
    assert_eq!(prev(lines[1]), json!(sum(lines[0])));
    let context = documented("{\"approvers\"");
    let receipt = line(&log, 0).entry.receipt;
    assert_eq!(receipt["context_sha256"], json!(sum(context.trim_end())));

    // Written by this version, these entries are the same bytes.
    let entries: Vec<Entry> = log.lines().map(|line| line.unwrap().entry).collect();
    for entry in &entries {
        anew.journal.append(entry).unwrap();
    }
    assert_eq!(anew.text(), text);
}

/// Lines as they were written before receipts could be read back: of each ceremony and of none, with a change, with
/// contexts, and with facts that were left to the API.
const RECORDED: &str = include_str!("recorded.jsonl");

#[test]
fn a_receipt_that_was_kept_is_read_and_would_be_written_again_byte_for_byte() {
    for line in RECORDED.lines() {
        let mut written: Written = serde_json::from_str(line).unwrap();
        let receipt = ApprovalReceipt::read(&written.entry.receipt).unwrap();
        written.entry.receipt = serde_json::to_value(&receipt).unwrap();
        assert_eq!(serde_json::to_string(&written).unwrap(), line);
    }
    let ceremonies: Vec<_> = RECORDED
        .lines()
        .map(|line| serde_json::from_str::<Written>(line).unwrap())
        .map(|written| {
            ApprovalReceipt::read(&written.entry.receipt)
                .unwrap()
                .ceremony
        })
        .collect();
    for ceremony in [Ceremony::Local, Ceremony::Hosted, Ceremony::Backchannel] {
        assert!(ceremonies.contains(&Some(ceremony.into())), "{ceremony:?}");
    }
    assert!(ceremonies.contains(&None));
}

/// What is in the log is known to be in it, and needs no second line.
#[test]
fn without_a_seal_the_receipt_is_there_and_the_next_one_seals_both() {
    let place = with(1);
    let seal = place.journal.seal_path();
    std::fs::remove_file(&seal).unwrap();
    // Nothing takes the place of a folder that is not empty.
    std::fs::create_dir(&seal).unwrap();
    std::fs::write(seal.join("file"), "").unwrap();
    assert!(place.journal.append(&entry(2)).unwrap().is_some());
    assert_eq!(place.text().lines().count(), 2);
    std::fs::remove_dir_all(&seal).unwrap();
    assert!(place.journal.append(&entry(3)).unwrap().is_none());
    assert_eq!(place.flaws(), []);
    assert_eq!(place.numbers(), [1, 2, 3]);
}
