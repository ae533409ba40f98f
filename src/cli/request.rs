//! The flags of `stepup request`, named as curl names them where it has them.

use clap::Args;
use clap::builder::FalseyValueParser;

use super::browsing::Browsing;
use super::config::Flags;
use crate::config::Asked;

#[derive(Args, Clone, Debug, Default)]
#[command(
    after_help = "Examples:\n  stepup request GET https://acme.conductor.one/api/v1/auth/introspect\n  stepup request POST https://reports.acme.example/export \\\n    -H 'Content-Type: application/json' -d @query.json > report.csv\n  stepup request DELETE https://reports.acme.example/exports/7 --yes -i\n\nThe URL's server is configured: the profile's API, which gets the profile's credential, or an origin in `request_origins` of a provider entry, which gets nothing until it answers 401. Who requires what (RFC 9470) is shown, and answered in the browser; then the request is repeated. Redirects are not followed.\n\nThe body goes to stdout as it came, whatever the status. Exit codes: 0 below 400, 7 refused (4xx), 4 the API's credential was refused, 3 the step-up was not enough, 1 a failing server, a redirect, or a web page that nobody asked for."
)]
pub(crate) struct Request {
    /// The flags that were typed; read first, as the others are taken out.
    #[command(flatten)]
    pub(crate) flags: Flags,
    /// The method: GET, POST, PUT, PATCH, DELETE, ...
    #[arg(value_name = "METHOD")]
    pub(crate) method: String,
    /// The URL, https (http on loopback)
    #[arg(value_name = "URL")]
    pub(crate) url: String,
    /// A header, or `@FILE` (`@-` is stdin) with one on each line, which keeps secrets off the command line (repeatable)
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE")]
    pub(crate) headers: Vec<String>,
    /// The body: a text, or `@FILE`, or `@-` for stdin; as it is, byte for byte
    #[arg(long, short = 'd', value_name = "DATA", allow_hyphen_values = true)]
    pub(crate) data: Option<String>,
    /// Print status line and headers before the body
    #[arg(long, short = 'i', env = "STEPUP_INCLUDE", value_parser = FalseyValueParser::new())]
    pub(crate) include: bool,
    /// Which provider entry to use, among those whose tokens may go there
    #[arg(long, value_name = "NAME", env = "STEPUP_PROVIDER")]
    pub(crate) provider: Option<String>,
    #[command(flatten)]
    pub(crate) browsing: Browsing,
    /// Do not ask for confirmation before a step-up for a request that may change something
    #[arg(long, short)]
    pub(crate) yes: bool,
}

impl Request {
    /// The provider entry that was asked for by name.
    pub(crate) fn asked(&self) -> Option<Asked<'_>> {
        self.flags.entry(self.provider.as_deref())
    }
}
