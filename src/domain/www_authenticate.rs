//! `WWW-Authenticate` (RFC 9110 §11.6.1), and the step-up challenge in it (RFC 9470 §3). Duties B1.1 to
//! B1.7 and B1.13.

use super::challenge::Demand;

/// Most acr values accepted in one challenge (B1.13).
const MAX_ACR_VALUES: usize = 16;
/// Longest acr value accepted, bytes (B1.13).
const MAX_ACR_LENGTH: usize = 256;
/// Longest header looked at, bytes; a server that sends more is not talking to us.
const MAX_HEADER: usize = 16 * 1024;

/// Why a step-up challenge cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedChallenge {
    /// `max_age` is not a non-negative integer (B1.4).
    #[error("its max_age is `{0}`, not a whole number of seconds")]
    MaxAge(String),
    /// Too many acr values, too long ones, or characters that have no place there (B1.13).
    #[error("its acr_values are not acceptable: {0}")]
    AcrValues(&'static str),
    /// A parameter stands there twice.
    #[error("it names `{0}` twice")]
    Repeated(String),
}

/// One challenge: a scheme and its parameters, names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthChallenge {
    /// The scheme in lower case.
    pub scheme: String,
    /// Parameters in the order they stand there.
    pub parameters: Vec<(String, String)>,
}

impl AuthChallenge {
    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn is_step_up(&self) -> bool {
        matches!(self.scheme.as_str(), "bearer" | "dpop")
            && self.parameter("error") == Some("insufficient_user_authentication")
    }
}

/// The step-up demand in the headers of a 401, if there is one (B1.1). Several challenges and several
/// header lines are all looked through (B1.2); the first step-up challenge counts.
pub fn step_up_demand<'a>(
    headers: impl IntoIterator<Item = &'a str>,
) -> Result<Option<Demand>, MalformedChallenge> {
    let challenge = headers
        .into_iter()
        .filter(|line| line.len() <= MAX_HEADER)
        .flat_map(parse)
        .find(AuthChallenge::is_step_up);
    challenge.as_ref().map(demand).transpose()
}

fn demand(challenge: &AuthChallenge) -> Result<Demand, MalformedChallenge> {
    for name in ["acr_values", "max_age", "scope"] {
        let count = challenge.parameters.iter().filter(|(key, _)| key == name);
        if count.count() > 1 {
            return Err(MalformedChallenge::Repeated(name.into()));
        }
    }
    Ok(Demand {
        acr_values: acr_values(challenge.parameter("acr_values").unwrap_or_default())?,
        max_age: challenge.parameter("max_age").map(max_age).transpose()?,
        scopes: words(challenge.parameter("scope").unwrap_or_default()),
    })
}

/// B1.3: space-separated, in order of preference.
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

/// B1.4: digits only, so neither a sign nor a fraction nor emptiness.
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

/// Every challenge in one header line. What cannot be read is passed over, so that a broken foreign
/// challenge does not hide ours.
///
/// The grammar is ambiguous on its face, since commas part challenges as well as parameters: a token
/// followed by `=` is a parameter, any other token begins a new challenge.
pub fn parse(line: &str) -> Vec<AuthChallenge> {
    let mut challenges: Vec<AuthChallenge> = Vec::new();
    let mut rest = Cursor(line);
    loop {
        rest.skip(|c| c == ',' || c.is_ascii_whitespace());
        let token = rest.take(is_token);
        if token.is_empty() {
            // Not a token: a stray character. Step over it, or end.
            if rest.next().is_none() {
                return challenges;
            }
            continue;
        }
        let before = rest;
        rest.skip(|c| c.is_ascii_whitespace());
        if rest.eat('=') {
            rest.skip(|c| c.is_ascii_whitespace());
            let value = rest.value();
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

    /// A token or a quoted-string with backslash escapes (RFC 9110 §5.6.4, B1.2). An unclosed quote
    /// ends with the line.
    fn value(&mut self) -> String {
        if !self.eat('"') {
            return self.take(is_token).to_owned();
        }
        let mut value = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => value.extend(self.next()),
                other => value.push(other),
            }
        }
        value
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<Demand> {
        step_up_demand(lines.iter().copied()).unwrap()
    }

    fn values(line: &str) -> Vec<String> {
        found(&[line]).unwrap().acr_values
    }

    const STEP_UP: &str = r#"error="insufficient_user_authentication""#;

    #[test]
    fn b1_1_bearer_and_dpop_in_any_case_and_no_other_scheme() {
        for (scheme, recognised) in [
            ("Bearer", true),
            ("bEARER", true),
            ("DPoP", true),
            ("dpop", true),
            ("Basic", false),
        ] {
            assert_eq!(
                found(&[&format!("{scheme} {STEP_UP}")]).is_some(),
                recognised,
                "{scheme}"
            );
        }
        assert_eq!(found(&[r#"Bearer error="invalid_token""#]), None);
        assert_eq!(found(&["Bearer"]), None);
        assert_eq!(found(&[""]), None);
    }

    #[test]
    fn b1_2_several_challenges_and_lines_quoted_commas_and_escapes() {
        let line = format!(
            r#"Basic realm="a, Bearer b", , Bearer realm="say \"hi\", you",{STEP_UP} , acr_values="phr", Negotiate abc=="#
        );
        assert_eq!(values(&line), ["phr"]);
        let parsed = parse(&line);
        assert_eq!(parsed[0].parameter("realm"), Some("a, Bearer b"));
        assert_eq!(parsed[1].parameter("realm"), Some(r#"say "hi", you"#));
        let lines = [
            "Basic realm=x",
            &format!("Bearer {STEP_UP}, acr_values=phr"),
        ];
        assert_eq!(found(&lines).unwrap().acr_values, ["phr"]);
    }

    #[test]
    fn b1_3_order_is_kept() {
        let line = format!(r#"Bearer {STEP_UP}, acr_values="phrh  phr urn:x""#);
        assert_eq!(values(&line), ["phrh", "phr", "urn:x"]);
    }

    #[test]
    fn b1_4_max_age_is_a_whole_number_quoted_or_not() {
        for (text, expected) in [
            ("max_age=5", Ok(Some(5))),
            ("max_age=\"5\"", Ok(Some(5))),
            ("max_age = 0", Ok(Some(0))),
            ("max_age=-1", Err("-1")),
            ("max_age=\"\"", Err("")),
            ("max_age=1.5", Err("1.5")),
            ("max_age=\"+5\"", Err("+5")),
            ("max_age=99999999999999999999", Err("99999999999999999999")),
        ] {
            let line = format!("Bearer {STEP_UP}, {text}");
            let got = step_up_demand([line.as_str()]).map(|demand| demand.unwrap().max_age);
            let expected = expected.map_err(|text| MalformedChallenge::MaxAge(text.into()));
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn b1_5_a_challenge_without_acr_or_age_is_still_one() {
        assert_eq!(
            found(&[&format!("Bearer {STEP_UP}")]),
            Some(Demand::default())
        );
    }

    #[test]
    fn b1_7_scope_is_taken_along() {
        let line = format!(r#"Bearer {STEP_UP}, scope="approve read""#);
        assert_eq!(found(&[&line]).unwrap().scopes, ["approve", "read"]);
    }

    #[test]
    fn b1_13_floods_and_odd_characters_are_refused() {
        let many = "x ".repeat(17);
        let long = "x".repeat(257);
        for junk in [many.as_str(), long.as_str(), "pär", "a\tb"] {
            let line = format!("Bearer {STEP_UP}, acr_values=\"{junk}\"");
            assert!(
                matches!(
                    step_up_demand([line.as_str()]),
                    Err(MalformedChallenge::AcrValues(_))
                ),
                "{junk}"
            );
        }
    }

    #[test]
    fn b1_13_the_most_that_is_accepted() {
        let many = vec!["x".repeat(256); 16];
        let line = format!("Bearer {STEP_UP}, acr_values=\"{}\"", many.join(" "));
        assert_eq!(values(&line), many);
    }

    #[test]
    fn a_header_longer_than_anybody_sends_is_not_looked_at() {
        let header = |length: usize| {
            let line = format!("Bearer {STEP_UP}, realm=\"");
            format!("{line}{}\"", "x".repeat(length - line.len() - 1))
        };
        assert!(found(&[&header(MAX_HEADER)]).is_some());
        assert!(found(&[&header(MAX_HEADER + 1)]).is_none());
        assert_eq!(MAX_HEADER, 16_384);
    }

    #[test]
    fn a_repeated_parameter_is_refused() {
        let line = format!("Bearer {STEP_UP}, acr_values=a, acr_values=b");
        assert_eq!(
            step_up_demand([line.as_str()]),
            Err(MalformedChallenge::Repeated("acr_values".into()))
        );
    }

    #[test]
    fn junk_neither_panics_nor_loops() {
        for junk in [
            "=",
            "\"",
            "Bearer =",
            "Bearer x=\"",
            "\\",
            ",,,",
            "é",
            "Bearer \u{0}",
        ] {
            let _ = parse(junk);
        }
    }
}
