//! Which sign-ins were used already, so that none counts twice (B9.20): a file in the user's state
//! folder, readable by its owner alone. It names nobody: a person at a provider is the SHA-256 of both.
//!
//! Runs take turns by a lock on a file beside it, which they hold while the judge decides, so that of two runs
//! with one sign-in only the first is told that nobody used it. Another machine is not asked.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::backoff::Polls;
use super::remembered::{Kept, Remembered, RememberedError};
use crate::domain::person::account;
use crate::domain::sign_in::{Earlier, SignIn, Uses};

/// More are forgotten, the longest unused first. A new sign-in is younger than any of them.
const MOST: usize = 500;
/// Providers count in seconds: two sign-ins within one cannot be told apart.
const TICK: SignedDuration = SignedDuration::from_secs(1);

#[derive(Debug)]
pub(crate) struct SignIns(Remembered<Used>);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Used {
    /// Sorted by their last use, the latest at the end.
    sign_ins: Vec<OneUsed>,
}

impl Kept for Used {
    const FILE: &'static str = "sign-ins.json";
    const SCHEMA: &'static str = "stepup.sign-ins/1";
    const WHAT: &'static str = "used sign-ins";
}

#[derive(Debug, Serialize, Deserialize)]
struct OneUsed {
    /// SHA-256 of `iss` and `sub`, hexadecimal.
    who: String,
    auth_time: i64,
    uses: u32,
    /// The last time, by this machine's clock.
    at: Timestamp,
}

impl SignIns {
    /// Those of the user whose state folder this is. No option may name another: a run that chose its own
    /// could use a sign-in again.
    pub(crate) fn within(folder: Option<&Path>) -> Result<Self, RememberedError> {
        Remembered::within(folder).map(Self)
    }

    /// The check whether this sign-in was used before, once no other run checks one.
    pub(crate) fn replay_check(self, sign_in: &SignIn) -> ReplayCheck {
        let Some(at) = sign_in.at else {
            return ReplayCheck::NotTold;
        };
        let (lock, kept) = match self.0.lock().and_then(|lock| Ok((lock, self.0.read()?))) {
            Ok(both) => both,
            Err(error) => return ReplayCheck::NotKnown(error),
        };
        ReplayCheck::Locked(ReplayLock {
            file: self.0,
            lock,
            kept,
            who: who(sign_in),
            at,
        })
    }

    /// What is remembered of this person's sign-ins.
    pub(crate) fn earlier(&self, sign_in: &SignIn) -> Earlier {
        match self.0.read() {
            Ok(kept) => kept.earlier(&who(sign_in)),
            Err(error) => {
                tracing::debug!("used sign-ins cannot be read: {error}");
                Earlier::NotKnown
            }
        }
    }

    /// Waits until a sign-in that begins now has another `auth_time` than the one used last: a second at most.
    pub(crate) fn wait_for_the_next_second(&self) {
        let last = self
            .0
            .read()
            .ok()
            .and_then(|kept| Some(kept.sign_ins.last()?.at));
        let passed = last.map(|last| Timestamp::now().duration_since(last));
        // The clock was set back since then: that time lies in the future.
        let Some(passed) = passed.filter(|passed| !passed.is_negative()) else {
            return;
        };
        if let Ok(left) = Duration::try_from(TICK - passed) {
            Polls::rest(left);
        }
    }
}

/// Whether one sign-in was used before. What is remembered stays as it is until this is dropped, or says that the sign-in
/// is used.
pub(crate) enum ReplayCheck {
    /// The provider does not say when it was.
    NotTold,
    /// What is remembered cannot be read, or not be added to.
    NotKnown(RememberedError),
    /// Nothing is going to be added.
    Looked(Earlier),
    Locked(ReplayLock),
}

/// A check that keeps other runs out.
pub(crate) struct ReplayLock {
    file: Remembered<Used>,
    lock: File,
    kept: Used,
    who: String,
    at: i64,
}

impl ReplayCheck {
    pub(crate) fn earlier(&self) -> Earlier {
        match self {
            Self::NotTold => Earlier::Unused,
            Self::NotKnown(_) => Earlier::NotKnown,
            Self::Looked(earlier) => *earlier,
            Self::Locked(lock) => lock.kept.earlier(&lock.who),
        }
    }

    /// Remembers the sign-in as used, since it suffices: before anything is sent, so that whatever becomes of the
    /// request, no other can have it.
    pub(crate) fn used(self) -> Result<Uses, RememberedError> {
        match self {
            Self::NotTold => Ok(Uses::NotTold),
            Self::NotKnown(error) => Err(error),
            Self::Looked(_) => Ok(Uses::NotChecked),
            Self::Locked(lock) => lock.used(),
        }
    }
}

impl ReplayLock {
    fn used(self) -> Result<Uses, RememberedError> {
        let Self {
            file,
            lock,
            mut kept,
            who,
            at,
        } = self;
        let uses = kept.count(who, at);
        file.write(kept)?;
        drop(lock);
        Ok(Uses::Counted(uses))
    }
}

impl Used {
    fn earlier(&self, who: &str) -> Earlier {
        let own = self.sign_ins.iter().filter(|used| used.who == who);
        let last = own.map(|used| used.auth_time).max();
        last.map_or(Earlier::Unused, Earlier::UsedUpTo)
    }

    /// Counts one more use, and forgets what is too much.
    fn count(&mut self, who: String, auth_time: i64) -> u32 {
        let mut same = self.sign_ins.iter();
        let same = same.position(|used| used.who == who && used.auth_time == auth_time);
        let before = same.map_or(0, |at| self.sign_ins.remove(at).uses);
        let uses = before.saturating_add(1);
        self.sign_ins.push(OneUsed {
            who,
            auth_time,
            uses,
            at: Timestamp::now(),
        });
        let many = self.sign_ins.len().saturating_sub(MOST);
        self.sign_ins.drain(..many);
        uses
    }
}

fn who(sign_in: &SignIn) -> String {
    account(&sign_in.issuer, &sign_in.subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_ins(home: &Path) -> SignIns {
        SignIns::within(Some(home)).unwrap()
    }

    fn at(at: i64) -> SignIn {
        SignIn {
            issuer: "https://idp.example".into(),
            subject: "u1".into(),
            at: Some(at),
        }
    }

    /// What the judge is told, and how often the sign-in counts as used.
    fn claim(home: &Path, sign_in: &SignIn) -> (Earlier, Result<Uses, RememberedError>) {
        let check = sign_ins(home).replay_check(sign_in);
        (check.earlier(), check.used())
    }

    #[test]
    fn b9_20_the_latest_that_was_used_is_remembered_for_each_person_and_provider() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().join("not/there/yet");
        let told = |sign_in: &SignIn| {
            let (earlier, uses) = claim(&home, sign_in);
            (earlier, uses.unwrap())
        };
        assert_eq!(told(&at(100)), (Earlier::Unused, Uses::Counted(1)));
        assert_eq!(told(&at(90)), (Earlier::UsedUpTo(100), Uses::Counted(1)));
        assert_eq!(told(&at(100)), (Earlier::UsedUpTo(100), Uses::Counted(2)));
        assert_eq!(sign_ins(&home).earlier(&at(1)), Earlier::UsedUpTo(100));
        for (issuer, subject) in [("https://idp.example", "u2"), ("https://idp.exampl", "eu1")] {
            let other = SignIn {
                issuer: issuer.into(),
                subject: subject.into(),
                at: Some(100),
            };
            assert_eq!(told(&other), (Earlier::Unused, Uses::Counted(1)));
        }
    }

    #[test]
    fn b9_20_what_does_not_suffice_is_not_used() {
        let home = tempfile::tempdir().unwrap();
        drop(sign_ins(home.path()).replay_check(&at(100)));
        assert_eq!(sign_ins(home.path()).earlier(&at(100)), Earlier::Unused);
    }

    #[test]
    fn one_without_a_time_is_remembered_nowhere() {
        let home = tempfile::tempdir().unwrap();
        let sign_in = SignIn { at: None, ..at(0) };
        let (earlier, uses) = claim(home.path(), &sign_in);
        assert_eq!((earlier, uses.unwrap()), (Earlier::Unused, Uses::NotTold));
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_longest_unused_are_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let sign_ins = sign_ins(home.path());
        let mut kept = sign_ins.0.read().unwrap();
        for at in 0..600 {
            kept.count(format!("{}", at % 550), at);
        }
        assert_eq!(kept.sign_ins.len(), MOST);
        assert_eq!(kept.earlier("99"), Earlier::Unused);
        assert_eq!(kept.earlier("100"), Earlier::UsedUpTo(100));
        assert_eq!(kept.earlier("549"), Earlier::UsedUpTo(549));
        assert_eq!(kept.earlier("49"), Earlier::UsedUpTo(599));
        sign_ins.0.write(kept).unwrap();
        assert_eq!(claim(home.path(), &at(7)).0, Earlier::Unused);
    }

    /// One of many that want the same, at once.
    #[test]
    fn of_many_with_one_sign_in_one_is_told_that_nobody_used_it() {
        let home = tempfile::tempdir().unwrap();
        let first = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| claim(home.path(), &at(100)).0 == Earlier::Unused))
                .collect();
            runs.into_iter()
                .filter_map(|run| run.join().unwrap().then_some(()))
                .count()
        });
        assert_eq!(first, 1);
    }

    #[test]
    fn the_next_sign_in_is_waited_for_until_its_second() {
        let home = tempfile::tempdir().unwrap();
        let sign_ins = sign_ins(home.path());
        let waited = || {
            let began = std::time::Instant::now();
            sign_ins.wait_for_the_next_second();
            began.elapsed()
        };
        let second = Duration::from_secs(1);
        assert!(waited() < second / 2);
        let began = std::time::Instant::now();
        claim(home.path(), &at(100)).1.unwrap();
        waited();
        assert!((second..second * 3).contains(&began.elapsed()));
        assert!(waited() < second / 2);
    }
}
