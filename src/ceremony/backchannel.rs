//! The backchannel ceremony (OpenID CIBA): the provider asks the person on a device of theirs, the
//! terminal shows the same words as that device, and nothing listens or opens here.

use std::cell::Cell;

use rand::Rng;
use rand::rngs::OsRng;

use super::local::{CeremonyError, Discovered, SignInRequest};
use super::moment::Moment;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::Style;
use crate::context::Context;
use crate::domain::challenge::Challenge;
use crate::domain::event::AuthenticationEvent;
use crate::domain::judge::Attempt;
use crate::domain::login_hint::LoginHintForm;
use crate::domain::proof::StepUpToken;
use crate::error::Error;
use crate::oidc::backchannel::{Asking, PendingBackchannel};

/// What an interruption leaves behind, for its hint.
const LEFT_BEHIND: &str =
    "the request may still show on the other device: refuse it there, or let it expire";

/// Longest binding message, characters. Providers differ in what they show: 20 of these characters are taken
/// by every one that was looked at (CIBA §7.1 only says "relatively short").
const LONGEST: usize = 20;

/// Letters and digits that nobody takes for another, and that spell no word.
const LETTERS: &[u8] = b"BCDFGHJKMNPQRSTVWXZ23456789";

/// A request that the person has not answered yet.
pub(crate) struct Backchannel<'a> {
    context: &'a Context,
    /// Seconds.
    skew: i64,
    began: Moment,
    pending: PendingBackchannel,
}

impl<'a> Backchannel<'a> {
    /// Has the provider ask, and shows by what words the person knows the request.
    pub(crate) fn ask(
        discovered: Discovered<'a>,
        challenge: &Challenge,
        sign_in_request: &SignInRequest<'_>,
    ) -> Result<Self, Error> {
        let (context, entry, relying_party) = discovered.into_parts();
        let browsing = sign_in_request.browsing;
        let (form, expected) = (&entry.login_hint_form, sign_in_request.expected);
        let typed = browsing.login_hint.as_deref();
        let login_hint =
            typed.map_or_else(|| form.of(expected.names()), |text| Some(form.typed(text)));
        let login_hint = login_hint.ok_or_else(|| nobody_named(form))?;
        let person = typed.or(expected.login_hint()).unwrap_or(&login_hint);
        let binding_message = binding_message(&sign_in_request.about);
        let began = Moment::now();
        let asking = Asking {
            login_hint: &login_hint,
            binding_message: &binding_message,
            limit: browsing.timeout,
            started: began.at,
            person: sign_in_request.expected.sought(),
        };
        let (terminal, interrupt) = (&context.terminal, &context.interrupt);
        interrupt.leaves_behind(Some(LEFT_BEHIND));
        let pending = relying_party.ask(challenge, &asking).map_err(|error| {
            interrupt.leaves_behind(None);
            let rang = error.may_have_rung();
            let error = Error::from(error);
            if rang { error.hint(LEFT_BEHIND) } else { error }
        })?;
        terminal.say_always(format_args!(
            "`{}` asks {} on their own device; allow it there only if it shows these words:",
            entry.name,
            sanitize(person)
        ));
        let words = terminal.style(Style::Strong, &binding_message);
        terminal.say_always(format_args!("  {words}"));
        Ok(Self {
            context,
            skew: entry.skew,
            began,
            pending,
        })
    }

    /// Waits for the person, and verifies what the provider says of them.
    /// `back` is called when they have answered.
    pub(crate) fn answer(
        self,
        back: impl FnOnce(),
    ) -> Result<(AuthenticationEvent, StepUpToken, Attempt), CeremonyError> {
        let (terminal, interrupt) = (&self.context.terminal, &self.context.interrupt);
        let waiting = "waiting for the answer on the other device";
        let line = terminal.waiting(waiting, self.pending.lifetime());
        let arrived = Cell::new(self.began);
        let now = || {
            arrived.set(Moment::now());
            arrived.get().at
        };
        let redeemed = self.pending.redeem(now, back);
        interrupt.leaves_behind(None);
        drop(line);
        let (event, token) = redeemed?;
        let attempt = self.began.until(arrived.get(), self.skew);
        Ok((event, token, attempt))
    }
}

/// Names the task, and this request among several (B13.4): `stepup-4211-K7QP`.
fn binding_message(about: &str) -> String {
    let letters: String = (0..4)
        .filter_map(|_| LETTERS.get(OsRng.gen_range(0..LETTERS.len())))
        .map(|&letter| char::from(letter))
        .collect();
    let about: String = about
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(LONGEST - letters.len() - 1)
        .collect();
    let message = format!("stepup-{about}-{letters}");
    if message.len() <= LONGEST {
        return message;
    }
    format!("{about}-{letters}")
}

fn nobody_named(form: &LoginHintForm) -> Error {
    let name = match form {
        LoginHintForm::Address => "email address",
        LoginHintForm::Username => "user name",
        LoginHintForm::Object(_) => "name as the provider wants it (`login_hint_form`)",
    };
    Error::usage(format!(
        "whom shall the provider ask? The API does not tell your {name}"
    ))
    .hint("say it with `--login-hint`, as the provider knows you")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b13_4_a_binding_message_names_the_task_and_fits_every_provider() {
        for (about, start) in [
            ("4211", "stepup-4211-"),
            ("12345678", "stepup-12345678-"),
            ("123456789", "123456789-"),
            ("2zAbcdefghijklmnopqrstuvwxy", "2zAbcdefghijklm-"),
            ("te\u{301}st <b>", "stepup-testb-"),
        ] {
            let message = binding_message(about);
            let (before, letters) = message.rsplit_once('-').unwrap();
            assert_eq!(format!("{before}-"), start);
            assert!(letters.len() == 4 && letters.bytes().all(|byte| LETTERS.contains(&byte)));
            assert!(message.len() <= LONGEST, "{message}");
        }
    }

    #[test]
    fn two_requests_for_one_task_are_told_apart() {
        let some: std::collections::HashSet<_> = (0..8).map(|_| binding_message("1")).collect();
        assert!(some.len() > 4);
    }
}
