//! The authorization response (RFC 6749 §4.1.2, RFC 9207): state, issuer, and then either a code or an
//! error. Duties B4.1 to B4.6, B5.5, B9.25.

/// Why a response is no success.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallbackError {
    #[error("the answer does not belong to this attempt (its state differs)")]
    State,
    /// RFC 9207 §2.4: another issuer answered.
    #[error("the answer came from `{got}`, not from `{wanted}`")]
    Issuer { wanted: String, got: String },
    /// RFC 9207 §2.4: the provider promises `iss` and it is missing.
    #[error("the answer does not say which provider it is from, though `{0}` promises to")]
    NoIssuer(String),
    /// A parameter that says something twice (B4.6).
    #[error("the answer has the parameter `{0}` twice")]
    Repeated(String),
    /// Neither code nor error, or both.
    #[error("the answer holds neither a code nor an error")]
    Empty,
    /// The provider said no (RFC 6749 §4.1.2.1, Core §3.1.2.6). Nothing shows that the words are the provider's: whoever
    /// has the state can make up such an answer.
    #[error("the browser came back with `{code}`{}", described(.description.as_deref()))]
    Provider {
        code: String,
        description: Option<String>,
    },
}

/// What an error adds for people, as the end of a sentence.
pub(crate) fn described(description: Option<&str>) -> String {
    description.map_or_else(String::new, |text| {
        format!(": {}", text.chars().take(300).collect::<String>())
    })
}
