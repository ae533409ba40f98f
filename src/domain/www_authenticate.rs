//! `WWW-Authenticate` (RFC 9110 §11.6.1), and the step-up challenge in it (RFC 9470 §3). Duties B1.1 to
//! B1.7 and B1.13 of `docs/duties.md`; and its dialects (B1.19).

mod claims;
mod malformed;
mod pim;

use super::challenge::Demand;
use malformed::MAX_HEADER;
pub(crate) use malformed::MalformedChallenge;

/// Most acr values accepted in one challenge (B1.13).
const MAX_ACR_VALUES: usize = 16;
/// Longest acr value accepted, bytes (B1.13).
const MAX_ACR_LENGTH: usize = 256;

/// Okta's name from before RFC 9470, with the same parameters; sent with 401 or 403 (providers.md, A1).
const OLDER: &str = "insufficient_authentication_context";
/// Longest nonce accepted, bytes.
const MAX_NONCE: usize = 1024;
/// Longest address accepted, bytes.
const MAX_ADDRESS: usize = 2048;

/// One challenge: a scheme and its parameters, names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AuthChallenge {
    /// The scheme in lower case.
    pub(crate) scheme: String,
    /// Parameters in the order they stand there.
    pub(crate) parameters: Vec<(String, String)>,
}

impl AuthChallenge {
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// RFC 9470's name, Okta's older one, and Microsoft Entra's (RFC 9470 §3, B1.19).
    fn is_step_up(&self) -> bool {
        let error = self.parameter("error").unwrap_or_default();
        matches!(self.scheme.as_str(), "bearer" | "dpop")
            && ["insufficient_user_authentication", OLDER, claims::ERROR].contains(&error)
    }
}

/// The step-up demand in the headers of a 401, if there is one (RFC 9470 §3). Several challenges and several
/// header lines are all looked through (RFC 9110 §11.6.1); the first step-up challenge counts.
pub fn step_up_demand<'a>(
    headers: impl IntoIterator<Item = &'a str>,
) -> Result<Option<Demand>, MalformedChallenge> {
    find(headers, AuthChallenge::is_step_up)
}

/// The step-up demand of any answer: a 403 counts under Okta's older name only (B1.19), a 400 where its body is Entra
/// PIM's challenge (B1.20), other statuses never.
pub(crate) fn demand_of<'a>(
    status: u16,
    headers: impl IntoIterator<Item = &'a str>,
    body: &[u8],
) -> Result<Option<Demand>, MalformedChallenge> {
    match status {
        400 => pim::asked(body)?
            .as_ref()
            .map(Demand::of_claims)
            .transpose(),
        401 => step_up_demand(headers),
        403 => {
            let older =
                |one: &AuthChallenge| one.is_step_up() && one.parameter("error") == Some(OLDER);
            find(headers, older)
        }
        _ => Ok(None),
    }
}

/// The sign-in that an anonymous request was refused for want of (B1.21): a 401 says that a token is wanted, and nothing
/// about step-up (RFC 6750 §3.1). `None` where the server takes no token, but something else.
pub(crate) fn token_demand<'a>(
    headers: impl IntoIterator<Item = &'a str>,
) -> Result<Option<Demand>, MalformedChallenge> {
    let mut schemes = 0;
    for line in headers {
        let challenges = parse(line).challenges;
        schemes += challenges.len();
        let takes_tokens = |one: &&AuthChallenge| matches!(one.scheme.as_str(), "bearer" | "dpop");
        if let Some(challenge) = challenges.iter().find(takes_tokens) {
            return demand(challenge).map(|demand| Some(demand.for_a_token()));
        }
    }
    // RFC 9110 §15.5.2 obliges a server to name a scheme, and not every one does.
    Ok((schemes == 0).then(|| Demand::default().for_a_token()))
}

/// Whether a server asks for its nonce in a `DPoP` proof (RFC 9449 §9).
pub(crate) fn asks_for_a_nonce(line: &str) -> bool {
    let asks = |challenge: &AuthChallenge| {
        challenge.scheme == "dpop" && challenge.parameter("error") == Some("use_dpop_nonce")
    };
    line.len() <= MAX_HEADER && parse(line).challenges.iter().any(asks)
}

/// The nonce in the `DPoP-Nonce` headers of an answer: there is one, and it may go into JSON and into a
/// header as it is (RFC 9449 §8.1).
pub(crate) fn sound_nonce<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Option<String> {
    let mut values = values.into_iter();
    let nonce = values.next()?;
    let sound = (1..=MAX_NONCE).contains(&nonce.len())
        && nonce.iter().all(u8::is_ascii_graphic)
        && values.next().is_none();
    std::str::from_utf8(nonce)
        .ok()
        .filter(|_| sound)
        .map(str::to_owned)
}

/// What the first challenge of this kind demands. Without one, a line that could not be read is an error: the
/// challenge may be in it (B1.22).
fn find<'a>(
    headers: impl IntoIterator<Item = &'a str>,
    which: impl Fn(&AuthChallenge) -> bool,
) -> Result<Option<Demand>, MalformedChallenge> {
    let mut unread = None;
    for line in headers {
        if line.len() > MAX_HEADER {
            unread = Some(MalformedChallenge::TooLong(line.len()));
            continue;
        }
        let header = parse(line);
        if let Some(challenge) = header.challenges.iter().find(|one| which(one)) {
            return demand(challenge).map(Some);
        }
        if header.may_hide_one() {
            unread = Some(MalformedChallenge::Unreadable);
        }
    }
    unread.map_or(Ok(None), Err)
}

fn demand(challenge: &AuthChallenge) -> Result<Demand, MalformedChallenge> {
    for name in [
        "acr_values",
        "max_age",
        "scope",
        "claims",
        "resource_metadata",
    ] {
        let count = challenge.parameters.iter().filter(|(key, _)| key == name);
        if count.count() > 1 {
            return Err(MalformedChallenge::Repeated(name.into()));
        }
    }
    let text = |name| challenge.parameter(name).unwrap_or_default();
    let asked = if text("error") == claims::ERROR {
        Demand::of_claims(&claims::Asked::read(text("claims"))?)?
    } else {
        Demand {
            acr_values: acr_values(text("acr_values"))?,
            ..Demand::default()
        }
    };
    Ok(Demand {
        max_age: challenge.parameter("max_age").map(max_age).transpose()?,
        scopes: words(text("scope")),
        dpop: challenge.scheme == "dpop",
        resource_metadata: challenge
            .parameter("resource_metadata")
            .map(address)
            .transpose()?,
        ..asked
    })
}

impl Demand {
    /// What Microsoft's claims ask for (B1.19). With `nbf` alone, it is another token, and nothing more.
    fn of_claims(asked: &claims::Asked) -> Result<Self, MalformedChallenge> {
        Ok(Self {
            acr_values: acr_values(&asked.values.join(" "))?,
            contexts: asked.contexts,
            not_before: asked.not_before,
            token_only: asked.values.is_empty(),
            ..Self::default()
        })
    }

    /// A token is wanted, and nothing else was said.
    fn for_a_token(self) -> Self {
        Self {
            token_only: true,
            ..self
        }
    }
}

fn address(text: &str) -> Result<String, MalformedChallenge> {
    let graphic = text.bytes().all(|byte| byte.is_ascii_graphic());
    if !graphic || text.is_empty() || text.len() > MAX_ADDRESS {
        return Err(MalformedChallenge::ResourceMetadata);
    }
    Ok(text.to_owned())
}

/// RFC 9470 §3: space-separated, in order of preference.
fn acr_values(text: &str) -> Result<Vec<String>, MalformedChallenge> {
    let refuse = |why| Err(MalformedChallenge::AcrValues(why));
    let values = words(text);
    if values.len() > MAX_ACR_VALUES {
        return refuse("there are more than 16");
    }
    if values.iter().any(|value| value.len() > MAX_ACR_LENGTH) {
        return refuse("one is longer than 256 bytes");
    }
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return refuse("one has characters that are not printable ASCII");
    }
    Ok(values)
}

/// RFC 9470 §3: digits only, so neither a sign nor a fraction nor emptiness.
fn max_age(text: &str) -> Result<u64, MalformedChallenge> {
    let refuse = || MalformedChallenge::MaxAge(text.chars().take(32).collect());
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refuse());
    }
    text.parse().map_err(|_| refuse())
}

fn words(text: &str) -> Vec<String> {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Every challenge that could be read, in order.
    pub(crate) challenges: Vec<AuthChallenge>,
    /// Every quotation mark opens or closes a value.
    quotes_match: bool,
}

impl Header {
    /// Whether a challenge for step-up may be in it unseen. One with an `error` that was read is known: servers
    /// are seen to quote inside `error_description` without escapes.
    fn may_hide_one(&self) -> bool {
        let known = |one: &AuthChallenge| one.parameter("error").is_some();
        !self.quotes_match && !self.challenges.iter().any(known)
    }
}

/// Every challenge in one header line. What cannot be read is passed over, so that a broken foreign
/// challenge does not hide ours.
///
/// The grammar is ambiguous on its face, since commas part challenges as well as parameters: a token
/// followed by `=` is a parameter, any other token begins a new challenge.
pub(crate) fn parse(line: &str) -> Header {
    let mut challenges: Vec<AuthChallenge> = Vec::new();
    let mut quotes_match = true;
    let mut rest = Cursor(line);
    loop {
        rest.skip(|c| c == ',' || c.is_ascii_whitespace());
        let token = rest.take(is_token);
        if token.is_empty() {
            // Not a token: a stray character. Step over it, or end.
            match rest.next() {
                Some(stray) => quotes_match &= stray != '"',
                None => break,
            }
            continue;
        }
        let before = rest;
        rest.skip(|c| c.is_ascii_whitespace());
        if rest.eat('=') {
            rest.skip(|c| c.is_ascii_whitespace());
            let (value, closed) = rest.value();
            quotes_match &= closed;
            if let Some(current) = challenges.last_mut() {
                current.parameters.push((token.to_ascii_lowercase(), value));
            }
        } else {
            rest = before;
            challenges.push(AuthChallenge {
                scheme: token.to_ascii_lowercase(),
                parameters: Vec::new(),
            });
        }
    }
    Header {
        challenges,
        quotes_match,
    }
}

/// RFC 9110 §5.6.2.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[derive(Clone, Copy)]
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.0.chars();
        let next = chars.next();
        self.0 = chars.as_str();
        next
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.0
            .strip_prefix(wanted)
            .map(|rest| self.0 = rest)
            .is_some()
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) {
        self.0 = self.0.trim_start_matches(which);
    }

    fn take(&mut self, which: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !which(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    /// A token or a quoted-string with backslash escapes (RFC 9110 §5.6.4), and whether the quotes close it:
    /// there is a closing one, and no more text at once behind it. An unclosed quote ends with the line.
    fn value(&mut self) -> (String, bool) {
        if !self.eat('"') {
            return (self.take(is_token).to_owned(), true);
        }
        let mut value = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => return (value, !self.0.starts_with(is_token)),
                '\\' => value.extend(self.next()),
                other => value.push(other),
            }
        }
        (value, false)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
