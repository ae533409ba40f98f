//! Who has to sign in for one approval or request, and the account by which they are known at the provider (B9.19).

use url::Url;

use crate::adapters::known_people::{KnownPeople, Whose};
use crate::adapters::remembered::RememberedError;
use crate::config::{Profile, ProviderEntry};
use crate::context::Context;
use crate::domain::event::Facts;
use crate::domain::judge::Sufficient;
use crate::domain::person::{Approver, ExpectedPerson, Source, SubjectMatch, account};
use crate::domain::refusal::{Contradiction, Rejection};
use crate::domain::requirement::Caveat;
use crate::error::Error;

/// Who has to sign in at one provider.
pub(crate) struct ExpectedSignIn<'a> {
    context: &'a Context,
    expected: ExpectedPerson,
    provider: &'a str,
    /// Where their account is remembered; nowhere for somebody whom the API does not name.
    memory: Memory,
}

/// Where a person's account is remembered.
enum Memory {
    /// Nobody is compared by it: the API does not name the person.
    None,
    Of(KnownPeople, Whose),
    /// It could not be read, which was said.
    Unread,
}

impl<'a> ExpectedSignIn<'a> {
    /// The API's person, else the profile's, else the one of `--login-hint`. `profile` is the one whose API knows
    /// the approver.
    pub(crate) fn of(
        context: &'a Context,
        profile: Option<&Profile>,
        approver: &Approver,
        hint: Option<&str>,
        entry: &'a ProviderEntry,
    ) -> Self {
        let pinned = profile.and_then(|profile| profile.person.as_deref());
        let expected = ExpectedPerson::of(approver, pinned, hint, entry.person_terms());
        let api = profile.map(|profile| &profile.api_url);
        let named = |_: &&Url| expected.source() == Source::Api && !approver.user_id.is_empty();
        let whose = api.filter(named).map(|api| {
            let origin = api.origin().ascii_serialization();
            Whose::of(&origin, &approver.user_id, &entry.issuer)
        });
        let (memory, account) = whose.map_or((Memory::None, None), |whose| known(context, whose));
        Self {
            context,
            expected: expected.known_as(account),
            provider: &entry.name,
            memory,
        }
    }

    pub(crate) const fn expected(&self) -> &ExpectedPerson {
        &self.expected
    }

    /// Whom to judge by. Another account than before is the person's to explain, on a terminal and nowhere else:
    /// `--yes` does not say whose it is.
    pub(crate) fn settled(&self, facts: &Facts) -> Result<ExpectedPerson, Error> {
        let other = matches!(
            self.expected.compare(facts),
            Err(Rejection::Untrusted(Contradiction::AnotherAccount { .. }))
        );
        let expected = self.expected.clone();
        if other && self.is_theirs()? {
            return Ok(expected.known_as(None));
        }
        Ok(expected)
    }

    fn is_theirs(&self) -> Result<bool, Error> {
        let terminal = &self.context.terminal;
        if !terminal.can_ask() {
            return Ok(false);
        }
        terminal.warn(format_args!(
            "{} signed in with another account at `{}` than before; an account that was made anew is one, and so is somebody else's with the same name",
            self.expected.in_words().unwrap_or_default(),
            self.provider,
        ));
        let answer = terminal.confirm("is it yours, from now on?");
        Ok(self.context.answered(answer)? == Some(true))
    }

    /// Remembers the account of a match; what a receipt has to say of it.
    pub(crate) fn remember(&self, judged: &Sufficient) -> Option<Caveat> {
        if judged.subject() != SubjectMatch::Same {
            return None;
        }
        let facts = judged.event().facts();
        let remembered = match &self.memory {
            Memory::None => return None,
            Memory::Unread => return Some(Caveat::AccountNotChecked),
            Memory::Of(people, whose) => {
                people.remember(whose, &account(&facts.issuer, &facts.subject))
            }
        };
        let error = remembered.err()?;
        self.context.terminal.warn(format_args!(
            "the account is not remembered, so another one is not noticed next time: {error}"
        ));
        Some(Caveat::AccountNotChecked)
    }
}

/// Where the person's account is remembered, and the one that is. What cannot be looked up is said.
fn known(context: &Context, whose: Whose) -> (Memory, Option<String>) {
    let not_checked = |error: RememberedError| {
        context.terminal.warn(format_args!(
            "whether the same account signs in as before is not checked: {error}"
        ));
    };
    let people = match KnownPeople::within(context.state_folder().as_deref()) {
        Ok(people) => people,
        Err(error) => {
            not_checked(error);
            return (Memory::Unread, None);
        }
    };
    match people.account(&whose) {
        Ok(account) => (Memory::Of(people, whose), account),
        Err(error) => {
            not_checked(error);
            (Memory::Unread, None)
        }
    }
}
