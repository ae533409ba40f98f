//! What the relying party knows about itself at one provider.

use std::fmt;

use openidconnect::ClientSecret;
use openidconnect::core::CoreJwsSigningAlgorithm;

use super::assertion::AssertionKey;

/// A client registration at a provider, resolved from configuration and credential store.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    /// The issuer exactly as the provider spells it.
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    /// How the client authenticates wherever it has to.
    pub(crate) client_auth: ClientAuth,
    /// Whom its assertions are for, with `private_key_jwt`.
    pub(crate) assertion_audience: AssertionAudience,
    /// Accepted ID token algorithms (Core §3.1.3.7); never `none`, never HS*.
    pub(crate) id_token_algs: Vec<CoreJwsSigningAlgorithm>,
    pub(crate) pushing: Pushing,
    /// Whether the access token must be bound to a key of ours, whatever the API says (RFC 9449).
    pub(crate) dpop: bool,
    /// Scopes beside `openid`.
    pub(crate) scopes: Vec<String>,
    /// The `audience` parameter (Auth0).
    pub(crate) audience: Option<String>,
    /// The `resource` parameter (RFC 8707).
    pub(crate) resource: Option<String>,
    /// The type as which the provider is given what is approved (RFC 9396).
    pub(crate) authorization_details: Option<String>,
    /// Parameters of the provider's own.
    pub(crate) extra: Vec<(String, String)>,
    /// The `prompt` parameter.
    pub(crate) prompt: Option<String>,
    /// Whether the response comes by form post.
    pub(crate) form_post: bool,
    /// How the backchannel is asked, where it is used.
    pub(crate) backchannel: Backchannel,
    /// Tolerated clock difference, seconds.
    pub(crate) skew: i64,
}

/// How a provider's backchannel is asked, where providers differ (CIBA §7.1; providers.md, A10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Backchannel {
    /// The parameter that says how long the request is good.
    pub(crate) expiry: &'static str,
    /// The longest time that it may say, seconds.
    pub(crate) longest: u64,
    /// Whether the provider may be asked for an acr value there. What comes is judged in either case.
    pub(crate) acr_values: bool,
}

impl Backchannel {
    /// The only way of delivery that needs no address of ours (CIBA §5).
    pub(crate) const POLL: &'static str = "poll";

    pub(crate) const CORE: Self = Self {
        expiry: "requested_expiry",
        longest: 3600,
        acr_values: true,
    };
}

/// Whom an assertion of the client is addressed to. The specifications let both be (RFC 7523 §3, CIBA §7.1),
/// and a provider may insist on one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AssertionAudience {
    /// The issuer, the same for every endpoint.
    #[default]
    Issuer,
    /// The endpoint that it is sent to, as Okta wants it.
    Endpoint,
}

/// Whether authorization requests are pushed (RFC 9126).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pushing {
    /// Where the provider advertises it (B6.8).
    #[default]
    Auto,
    /// Always: a provider that does not advertise it is refused.
    Always,
    /// Never: a provider that demands it is refused.
    Never,
}

/// Client authentication (RFC 6749 §2.3.1, RFC 7523 §2.2).
#[derive(Clone)]
pub(crate) enum ClientAuth {
    /// A public client; PKCE is its only defence, so it is always on.
    Public,
    /// `client_secret_basic`.
    Basic(ClientSecret),
    /// `client_secret_post`.
    Post(ClientSecret),
    /// `private_key_jwt`.
    PrivateKey(AssertionKey),
}

impl fmt::Debug for ClientAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "Public",
            Self::Basic(_) => "Basic(redacted)",
            Self::Post(_) => "Post(redacted)",
            Self::PrivateKey(_) => "PrivateKey(redacted)",
        })
    }
}

#[cfg(test)]
impl Registration {
    /// A public client at a provider, with everything else left out.
    pub(super) fn of(issuer: &str, client_id: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_auth: ClientAuth::Public,
            assertion_audience: AssertionAudience::Issuer,
            id_token_algs: Vec::new(),
            pushing: Pushing::Auto,
            dpop: false,
            scopes: Vec::new(),
            audience: None,
            resource: None,
            authorization_details: None,
            extra: Vec::new(),
            prompt: None,
            form_post: false,
            backchannel: Backchannel::CORE,
            skew: 60,
        }
    }
}
