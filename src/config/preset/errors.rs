//! The error map, P4 of `providers.md`: what a provider's answer means to the person who wanted to approve
//! something, whoever asked the provider: this program, or an API that runs the step-up itself and tells what
//! came of it in a sentence. The numbers are Entra's (AADSTS), which stand in the description of a general
//! code. (A3)

mod rows;

pub(super) use rows::ROWS;

use crate::error::ErrorKind;

#[derive(Debug)]
pub(crate) struct ErrorRow {
    /// Families of presets that it can come from; empty means every provider.
    pub(crate) providers: &'static [&'static str],
    /// By what an answer is known to mean this. The first row with a signal of the answer is its meaning, so that
    /// rows of numbers and causes stand before those of general codes.
    pub(crate) signals: &'static [ErrorSignal],
    /// What the caller should do.
    pub(crate) kind: ErrorKind,
    /// The next step.
    pub(crate) hint: &'static str,
    /// The next step where the provider's client is the API's and not ours; `None` where it is the same.
    pub(crate) hosted_hint: Option<&'static str>,
    /// Whether one further attempt may help.
    pub(crate) again: Again,
}

/// The column "Retry?" of P4, as far as an attempt of the person's is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// No further attempt.
    Never,
    /// Once, with `prompt=login`, unless that was sent already.
    WithLogin,
    /// Once, with the request unchanged.
    AsBefore,
}

/// Which endpoint of the provider gave an error: some codes mean something else there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The authorization endpoint, by the browser, or where its parameters are pushed (RFC 9126).
    Authorization,
    /// The token endpoint, asked with a code.
    Token,
    /// The backchannel authentication endpoint (CIBA §13): nobody was asked yet.
    Backchannel,
    /// The token endpoint, asked what came of a backchannel request (CIBA §11).
    Poll,
}

/// By what an answer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorSignal {
    /// The `error` parameter.
    Code(&'static str),
    /// The `error` parameter of this endpoint alone.
    At(Place, &'static str),
    /// Words in the description, in any case.
    Cause(&'static str),
    /// `AADSTS` and this number in the description.
    Number(u32),
    /// Words of an API that runs the step-up itself, in any case.
    Said(&'static str),
}

impl ErrorSignal {
    pub(crate) fn shown(self) -> String {
        match self {
            Self::Code(word) | Self::At(_, word) | Self::Cause(word) | Self::Said(word) => {
                word.to_owned()
            }
            Self::Number(number) => format!("AADSTS{number}"),
        }
    }

    /// Whether the error of a provider has it.
    fn is_in(self, place: Place, code: &str, description: &str) -> bool {
        match self {
            Self::Code(word) => code == word,
            Self::At(there, word) => there == place && code == word,
            Self::Cause(words) => has_words(description, words),
            Self::Number(number) => numbers(description).any(|found| found == number),
            Self::Said(_) => false,
        }
    }

    /// Whether an API's sentence about such an error has it.
    fn is_told_in(self, sentence: &str) -> bool {
        match self {
            Self::Code(words) | Self::Cause(words) | Self::Said(words) => {
                has_words(sentence, words)
            }
            Self::Number(number) => numbers(sentence).any(|found| found == number),
            Self::At(..) => false,
        }
    }
}

impl ErrorRow {
    /// Whether the answer to a sign-in in the browser can have one of its signals.
    pub(super) fn is_of_a_sign_in(&self) -> bool {
        let elsewhere =
            |one: &ErrorSignal| matches!(one, ErrorSignal::At(..) | ErrorSignal::Said(_));
        !self.signals.iter().all(elsewhere)
    }

    /// The next step where the API runs the step-up.
    pub(crate) fn hosted_hint(&self) -> &'static str {
        self.hosted_hint.unwrap_or(self.hint)
    }
}

/// What an `error` of a provider means, by the endpoint that gave it, its code and its description.
pub(crate) fn explain(
    place: Place,
    code: &str,
    description: Option<&str>,
) -> Option<&'static ErrorRow> {
    let description = description.unwrap_or_default();
    row(|signal| signal.is_in(place, code, description))
}

/// What the sentence means in which an API says why a step-up failed that it ran itself. `None` where it
/// names nothing that is known: then nobody can say more than that it failed.
pub(crate) fn explain_told(sentence: &str) -> Option<&'static ErrorRow> {
    row(|signal| signal.is_told_in(sentence))
}

fn row(fits: impl Fn(ErrorSignal) -> bool) -> Option<&'static ErrorRow> {
    let mut rows = ROWS.iter();
    rows.find(|row| row.signals.iter().any(|signal| fits(*signal)))
}

/// Whether these words stand in the text one after the other, as words.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(&words).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

/// The numbers behind `AADSTS`.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split("AADSTS").skip(1).filter_map(|rest| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok())
    })
}
