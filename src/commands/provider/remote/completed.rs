//! What a registration needs and was not given: asked one by one on a terminal, before anything is shown or sent.

use url::Url;

use crate::cli::{MicrosoftMode, RemoteCreate, RemoteSettings};
use crate::commands::shared::missing::Missing;
use crate::context::Context;
use crate::domain::known_issuers::is_okta;
use crate::error::Error;

/// The flags, complete as far as they can be.
pub(super) struct Completed {
    pub(super) name: String,
    /// The issuer; Entra's may follow from the tenant.
    pub(super) issuer: Option<String>,
    pub(super) client_id: String,
    /// What to ask for.
    pub(super) settings: RemoteSettings,
}

/// How a provider is asked, in the words of the question.
const KINDS: [(&str, Option<MicrosoftMode>); 3] = [
    ("OpenID Connect, by acr values", None),
    (
        "Microsoft Entra, by authentication contexts",
        Some(MicrosoftMode::Acrs),
    ),
    (
        "Microsoft Entra, by a fresh sign-in",
        Some(MicrosoftMode::Oidc),
    ),
];

/// What was typed, and the answers.
pub(super) fn completed(context: &Context, args: &RemoteCreate) -> Result<Completed, Error> {
    let (mut settings, mut issuer) = (args.settings.clone(), args.issuer.clone());
    if context.terminal.can_ask() {
        ask(context, &mut settings, &mut issuer)?;
    } else {
        all_given(args)?;
    }
    let client_id = match &args.client_id {
        Some(client_id) => client_id.clone(),
        None => missing("client id", "give it with `--client-id`")
            .typed(context, "client id of the API's own app there")?,
    };
    let name = match &args.name {
        Some(name) => name.clone(),
        None => named(context, issuer.as_deref())?,
    };
    Ok(Completed {
        name,
        issuer,
        client_id,
        settings,
    })
}

/// The name for people; proposed is where the provider is.
fn named(context: &Context, issuer: Option<&str>) -> Result<String, Error> {
    let host = issuer.and_then(host_of);
    let proposed = host.unwrap_or_else(|| "Microsoft Entra".to_owned());
    let missing = missing("name", "give it with `--name`");
    missing.typed_or(context, "its name for people", &proposed)
}

/// Everything that is missing is named at once where nobody can be asked.
fn all_given(args: &RemoteCreate) -> Result<(), Error> {
    let where_it_is = args.issuer.is_some() || args.settings.tenant.is_some();
    let needed = [
        ("--name", args.name.is_some()),
        ("--issuer", where_it_is),
        ("--client-id", args.client_id.is_some()),
    ];
    let missing = needed.iter().filter(|(_, is_given)| !is_given);
    let missing: Vec<String> = missing.map(|(flag, _)| format!("`{flag}`")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let sentence = format!("a registration also needs {}", missing.join(", "));
    Err(Error::usage(sentence)
        .hint("nothing was changed; `stepup provider remote create --help` has examples"))
}

fn ask(
    context: &Context,
    settings: &mut RemoteSettings,
    issuer: &mut Option<String>,
) -> Result<(), Error> {
    if settings.acr_values.is_empty() && settings.microsoft.is_none() {
        let kind = missing(
            "kind of provider",
            "say it with `--acr-value`, or `--microsoft acrs|oidc` for Entra",
        );
        let kinds = || Ok(KINDS.to_vec());
        let (_, mode) = kind.chosen(context, kinds, |(words, _)| (*words).to_owned())?;
        settings.microsoft = mode;
    }
    let Some(mode) = settings.microsoft else {
        if issuer.is_none() {
            let question = "issuer (such as https://acme.okta.com)";
            *issuer = Some(missing("issuer", "give it with `--issuer`").typed(context, question)?);
        }
        if settings.acr_values.is_empty() {
            settings.acr_values = acr_values(context, issuer.as_deref())?;
        }
        return Ok(());
    };
    if issuer.is_none() && settings.tenant.is_none() {
        let question = "tenant id (the Entra admin center shows it)";
        settings.tenant =
            Some(missing("tenant", "give its id with `--tenant`").typed(context, question)?);
    }
    if mode == MicrosoftMode::Acrs && settings.contexts.is_empty() {
        let question = "authentication contexts (C1 to C99)";
        let answer = missing("authentication context", "give its id with `--context`")
            .typed_or(context, question, "C1")?;
        settings.contexts = words(&answer);
    }
    Ok(())
}

/// The one that Okta documents as phishing-resistant is proposed there; elsewhere nobody but the administrator knows any.
fn acr_values(context: &Context, issuer: Option<&str>) -> Result<Vec<String>, Error> {
    let missing = missing("acr value", "give it with `--acr-value`");
    let host = issuer.and_then(host_of);
    let answer = if host.is_some_and(|host| is_okta(&host)) {
        missing.typed_or(context, "acr values", "phr")
    } else {
        missing.typed(context, "acr values")
    };
    Ok(words(&answer?))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn host_of(issuer: &str) -> Option<String> {
    let url = Url::parse(issuer).ok()?;
    url.host_str().map(str::to_owned)
}

const fn missing<'a>(what: &'a str, instead: &'a str) -> Missing<'a> {
    Missing { what, instead }
}
