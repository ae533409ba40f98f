//! Why a step-up challenge cannot be followed.

/// Longest header line read, bytes.
pub(super) const MAX_HEADER: usize = 16 * 1024;

/// Why a step-up challenge cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedChallenge {
    /// `max_age` is not a non-negative integer (RFC 9470 §3).
    #[error("its max_age is `{0}`, not a whole number of seconds")]
    MaxAge(String),
    /// Too many acr values, too long ones, or characters that have no place there (B1.13).
    #[error("its acr_values are not acceptable: {0}")]
    AcrValues(&'static str),
    /// The `claims` of an `insufficient_claims` challenge, from which nothing can be taken (B1.19).
    #[error("its claims are not acceptable: {0}")]
    Claims(&'static str),
    /// `resource_metadata` is far too long for an address, or has characters that have no place in one.
    #[error("its resource_metadata is not a URL")]
    ResourceMetadata,
    /// A parameter stands there twice.
    #[error("it names `{0}` twice")]
    Repeated(String),
    /// The header is longer than we read, so that what it demands is not known (B1.22).
    #[error("its header is {0} bytes long, and no more than {MAX_HEADER} are read")]
    TooLong(usize),
    /// Its quotes do not pair, so that it is not known what stands inside them (B1.22).
    #[error("its header cannot be read: its quotation marks do not match")]
    Unreadable,
}
