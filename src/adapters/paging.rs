//! Paged answers: the same question with the token of the next page, until there is none.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Most pages that one answer may have. A million rows by C1's largest page, more than anybody reads.
const MOST: usize = 10_000;

/// Where we are in a paged answer. Starts at the first page.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    token: Option<String>,
    ended: bool,
    /// Hashes of the tokens so far: one that comes again would go round for ever (c1.md 3.6).
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Pages {
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    /// The token of the page to ask for; `None` for the first.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Goes on to the page that the answer named, if it did. An answer that never ends does so after [`MOST`] pages.
    pub(crate) fn turn(&mut self, next: Option<String>) {
        let fresh = |next: &String| {
            self.seen.len() + 1 < MOST && self.seen.insert(self.hasher.hash_one(next))
        };
        self.token = next.filter(fresh);
        self.ended = self.token.is_none();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_where_the_answer_ends_or_begins_to_repeat_itself() {
        let mut pages = Pages::default();
        assert_eq!((pages.token(), pages.ended()), (None, false));
        for token in ["a", "b"] {
            pages.turn(Some(token.to_owned()));
            assert_eq!((pages.token(), pages.ended()), (Some(token), false));
        }
        pages.turn(Some("a".to_owned()));
        assert!(pages.ended());
        let mut pages = Pages::default();
        pages.turn(None);
        assert!(pages.ended());
    }

    #[test]
    fn an_answer_that_always_names_another_page_ends() {
        let mut pages = Pages::default();
        let mut asked = 0;
        while !pages.ended() && asked <= MOST {
            asked += 1;
            pages.turn(Some(asked.to_string()));
        }
        assert_eq!(asked, MOST);
    }
}
