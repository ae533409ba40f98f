//! The flags of `stepup provider presets|add|list|show|edit|remove`: the entries of this machine's
//! configuration.

use std::convert::Infallible;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use url::Url;

use crate::config::{Choice, Prompt, Pushing, RedirectHost, RequestStyle, ResponseMode};
use crate::domain::loopback::is_loopback;
use crate::domain::person::SubjectRule;
use crate::domain::requirement::Freshness;

#[derive(Args, Clone, Debug)]
pub(crate) struct Presets {
    /// The preset to show in full
    #[arg(value_name = "PRESET")]
    pub(crate) preset: Option<String>,
    /// As the page of the guide about that provider, in Markdown
    #[arg(long, hide = true, requires = "preset")]
    pub(crate) page: bool,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct EntryName {
    /// The provider entry [default: chosen on the terminal]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// An issuer as it is typed: a bare host is one at https, and one of this machine at http, which is allowed there.
#[expect(clippy::unnecessary_wraps, reason = "the form of a value's parser")]
pub(crate) fn issuer(typed: &str) -> Result<String, Infallible> {
    let typed = typed.trim();
    let plain = format!("http://{typed}");
    Ok(if typed.contains("://") {
        typed.to_owned()
    } else if Url::parse(&plain).is_ok_and(|url| is_loopback(&url)) {
        plain
    } else {
        format!("https://{typed}")
    })
}

/// What an entry says.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct EntrySettings {
    /// The issuer, exactly as the provider spells it
    #[arg(long, value_name = "URL", value_parser = issuer)]
    pub(crate) issuer: Option<String>,
    /// The client id that the provider gave stepup
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// What to ask for: an `acr` value, which says how strong a sign-in was, or an Entra authentication context
    /// (repeatable)
    #[arg(long = "acr-value", value_name = "ACR", value_delimiter = ' ')]
    pub(crate) acr_values: Vec<String>,
    /// How to ask for it: as `acr_values`, as an essential claim, as Entra contexts, or for a new sign-in alone
    #[arg(long, value_name = "HOW", value_parser = words::<RequestStyle>())]
    pub(crate) request: Option<String>,
    /// Whether every approval takes a new sign-in, or the API's challenge decides
    #[arg(long, value_name = "WHEN", value_parser = words::<Freshness>())]
    pub(crate) freshness: Option<String>,
    /// The `max_age` to send where a new sign-in is required, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) fresh_max_age: Option<u32>,
    /// The `prompt` parameter; `none-at-all` sends none
    #[arg(long, value_name = "PROMPT", value_parser = words::<Prompt>())]
    pub(crate) prompt: Option<String>,
    /// A method that has to be in `amr`, the provider's list of what was used to sign in (repeatable)
    #[arg(long, value_name = "METHOD", value_delimiter = ' ')]
    pub(crate) amr: Vec<String>,
    /// The claim that must equal the API's user
    #[arg(long, value_name = "CLAIM", value_parser = words::<SubjectRule>())]
    pub(crate) subject: Option<String>,
    /// Accept an email address that the provider does not mark as verified; every receipt says so
    #[arg(long)]
    pub(crate) accept_unverified_email: bool,
    /// A parameter of the provider's own to send with every sign-in, such as `connection=corp` (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) extra: Vec<(String, String)>,
    /// A registered port of the redirect URI (repeatable)
    #[arg(
        long = "port",
        value_name = "PORT",
        value_delimiter = ' ',
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    pub(crate) ports: Vec<u16>,
    /// The host of the redirect URI
    #[arg(long, value_name = "HOST", value_parser = words::<RedirectHost>())]
    pub(crate) redirect_host: Option<String>,
    /// How the provider sends its answer
    #[arg(long, value_name = "MODE", value_parser = words::<ResponseMode>())]
    pub(crate) response_mode: Option<String>,
    /// The path of the redirect URI [default: `/callback/` and the entry's name]
    #[arg(long, value_name = "PATH")]
    pub(crate) redirect_path: Option<String>,
    /// The id of a C1 step-up provider that this entry answers for (repeatable)
    #[arg(long = "c1-provider", value_name = "ID", value_delimiter = ' ')]
    pub(crate) c1_providers: Vec<String>,
    /// The origin of an API that may get its tokens, besides those of the profiles that name it (repeatable)
    #[arg(long = "api-origin", value_name = "ORIGIN")]
    pub(crate) api_origins: Vec<String>,
    /// A server other than the API that `stepup request` may send its tokens to (repeatable)
    #[arg(long = "request-origin", value_name = "ORIGIN", value_delimiter = ' ')]
    pub(crate) request_origins: Vec<String>,
    /// A scope to ask for besides `openid` (repeatable)
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ' ')]
    pub(crate) scopes: Vec<String>,
    /// A scope that is asked for when a challenge names it (repeatable)
    #[arg(long = "challenge-scope", value_name = "SCOPE", value_delimiter = ' ')]
    pub(crate) challenge_scopes: Vec<String>,
    /// Whether requests are pushed (RFC 9126)
    #[arg(long, value_name = "WHEN", value_parser = words::<Pushing>())]
    pub(crate) par: Option<String>,
    /// Bind the token to a key of this run (`DPoP`, RFC 9449)
    #[arg(long)]
    pub(crate) dpop: bool,
    /// The `audience` parameter, for providers that want one
    #[arg(long, value_name = "TEXT")]
    pub(crate) audience: Option<String>,
    /// The `resource` parameter (RFC 8707)
    #[arg(long, value_name = "URI")]
    pub(crate) resource: Option<String>,
    /// Have the provider show what is approved, as an object of this type (RFC 9396)
    #[arg(long, value_name = "TYPE")]
    pub(crate) authorization_details: Option<String>,
    /// Allowed clock skew, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) skew: Option<u32>,
    /// Maximum age of the sign-in, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) max_age: Option<u32>,
    /// Client authentication method: `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`
    #[arg(long, value_name = "METHOD")]
    pub(crate) client_auth: Option<String>,
    /// An algorithm that it signs ID tokens with (repeatable) [default: RS256; `provider add` takes what the
    /// provider's metadata and keys offer]
    #[arg(long = "id-token-alg", value_name = "ALG", value_delimiter = ' ')]
    pub(crate) id_token_algs: Vec<String>,
    /// Have the provider ask you on your own device instead of in a browser (CIBA); for confidential clients
    #[arg(long)]
    pub(crate) backchannel: bool,
    /// How the provider wants you named for that: `address`, `username`, or a JSON object such as
    /// `{"username": "{username}"}` [default: address]
    #[arg(long, value_name = "FORM")]
    pub(crate) login_hint_form: Option<String>,
    /// A PEM file with certificates to trust besides the system's
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Your own order of acr values, weakest first (repeatable)
    #[arg(long, value_name = "ACR", value_delimiter = ' ')]
    pub(crate) rank: Vec<String>,
    /// Accept a value that `rank` puts above a required one
    #[arg(long)]
    pub(crate) accept_stronger: bool,
    /// Allow weak acr values (recorded in every receipt)
    #[arg(long)]
    pub(crate) allow_weak: bool,
    /// Do not read the provider's metadata
    #[arg(long)]
    pub(crate) no_check: bool,
}

/// The words of a setting.
fn words<T: Choice>() -> PossibleValuesParser {
    PossibleValuesParser::new(T::ALL.iter().map(|(word, _)| *word))
}

/// A name and what it says.
fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text
        .split_once('=')
        .filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = pair.ok_or_else(|| "it is written NAME=VALUE".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup provider add okta --issuer https://acme.okta.com \\\n    --client-id 0oa1b2c3\n  stepup provider add entra-acrs --name entra --acr-value c1 \\\n    --client-id CLIENT_ID \\\n    --issuer https://login.microsoftonline.com/TENANT_ID/v2.0\n\n`stepup provider presets` lists the presets; on a terminal, what is missing is asked for."
)]
pub(crate) struct EntryAdd {
    /// What kind of provider it is: okta, entra-acrs, auth0, keycloak, generic, ... [default: chosen on the terminal]
    #[arg(value_name = "PRESET")]
    pub(crate) preset: Option<String>,
    /// The entry's name [default: the preset's]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) settings: EntrySettings,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct EntryEdit {
    #[command(flatten)]
    pub(crate) which: EntryName,
    /// A new preset
    #[arg(long, value_name = "PRESET")]
    pub(crate) preset: Option<String>,
    #[command(flatten)]
    pub(crate) settings: EntrySettings,
    /// A key to remove, so that its default applies again (repeatable)
    #[arg(long, value_name = "KEY", value_delimiter = ' ')]
    pub(crate) unset: Vec<String>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct EntryRemove {
    #[command(flatten)]
    pub(crate) which: EntryName,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup doctor              everything\n  stepup doctor okta         this machine, the API, and one provider entry\n\nThe exit code is that of the worst line; lines marked `manual` are for you to check."
)]
pub(crate) struct Doctor {
    /// One provider entry instead of all
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_without_a_scheme_is_a_host_at_https() {
        for (typed, expected) in [
            ("acme.okta.com", "https://acme.okta.com"),
            (" idp.example/realms/a ", "https://idp.example/realms/a"),
            ("https://idp.example/", "https://idp.example/"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            // Plain http is for hosts of this machine only.
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("localhost:8080/realms/a", "http://localhost:8080/realms/a"),
            ("LOCALHOST", "http://LOCALHOST"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("localhost.example", "https://localhost.example"),
            ("127.0.0.1.example:80", "https://127.0.0.1.example:80"),
        ] {
            let Ok(read) = issuer(typed);
            assert_eq!(read, expected);
        }
    }
}
