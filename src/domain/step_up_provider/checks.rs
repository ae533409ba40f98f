//! What the documents of the API and of the providers demand of a registration (c1.md 5,
//! providers.md A1, A3, A4, P1 and P3).

use url::Url;

use super::settings::{StepUpSettings, ValidationMode, entra_tenant};
use crate::domain::known_issuers::{ends_with_slash, is_entra, is_google, is_guid, is_okta};
use crate::domain::known_values::{self, Accept, takes_one_factor};
use crate::domain::loopback::is_loopback;
use crate::domain::no_proof;

/// Why a registration is not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Flaw {
    /// Nothing, or only white space.
    #[error("the provider has no {0}")]
    Missing(&'static str),
    /// Not a URL, or with what an issuer cannot have.
    #[error("`{0}` cannot be an issuer: it must be a URL without query or fragment")]
    NotAnIssuer(String),
    /// Okta's Factors API, which issues nothing (A11).
    #[error("`{0}` cannot be an issuer: {reason}", reason = no_proof::FACTORS)]
    Factors(String),
    /// Plain http.
    #[error("the issuer `{0}` is not https")]
    Insecure(String),
    /// Okta and Entra spell their issuers without one.
    #[error("the issuer `{0}` ends with a slash, and this provider's issuer does not")]
    Slash(String),
    /// Auth0 and `JumpCloud` spell theirs with one.
    #[error("the issuer `{0}` ends without a slash, and this provider's issuer ends with one")]
    NoSlash(String),
    #[error("Google offers no step-up: its tokens say nothing about how somebody signed in")]
    NoStepUp,
    /// Entra's issuer names one tenant by its id.
    #[error(
        "the issuer `{0}` does not have the form `https://login.microsoftonline.com/TENANT_ID/v2.0`"
    )]
    NotEntra(String),
    #[error("the issuer names the tenant `{issuer}`, and the settings `{tenant}`")]
    OtherTenant { issuer: String, tenant: String },
    /// Entra is not asked by acr values.
    #[error("`{0}` is Microsoft Entra, which is not asked by acr values")]
    EntraByAcr(String),
    /// An acr value with a space, or none.
    #[error("`{0}` cannot be an acr value")]
    NotAnAcr(String),
    /// Keycloak's word for no level at all.
    #[error("the acr value `0` stands for no assurance at all")]
    NoLevel,
    /// Not `C1` to `C99`.
    #[error("`{0}` is not an authentication context: their ids are `C1` to `C99`")]
    NotAContext(String),
    /// ACRS mode proves a context, so it has to name one.
    #[error("the ACRS mode needs the id of an authentication context")]
    NoContext,
    /// The OIDC mode ignores contexts.
    #[error("the OIDC mode ignores authentication contexts")]
    UselessContext,
    /// A kind or mode that this program cannot send.
    #[error("the kind of the provider is not known")]
    UnknownKind,
}

/// What can be sent, and may not be what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// No documented value; perhaps this one was meant.
    UnknownAcr {
        /// What was given.
        value: String,
        /// A documented value that is nearly the same.
        near: Option<&'static str>,
        /// Okta ignores what it does not know.
        ignored: bool,
    },
    OneFactor(String),
    /// Entra's OIDC mode proves that somebody signed in just now, and no factor.
    FreshnessOnly,
    /// A context that no policy of the tenant protects is granted to anybody.
    ContextNeedsPolicy,
}

/// What the person should hear before it is sent.
pub(crate) fn doubts(settings: &StepUpSettings, issuer: &str) -> Vec<Doubt> {
    match settings {
        StepUpSettings::OAuth2 { acr_values } => {
            let at_okta = host(issuer).is_some_and(|host| is_okta(&host));
            let each = |value: &String| doubt(value, at_okta);
            acr_values.iter().filter_map(each).collect()
        }
        StepUpSettings::Microsoft {
            mode: ValidationMode::Oidc,
            ..
        } => vec![Doubt::FreshnessOnly],
        StepUpSettings::Microsoft {
            mode: ValidationMode::Acrs,
            ..
        } => vec![Doubt::ContextNeedsPolicy],
        _ => Vec::new(),
    }
}

fn doubt(value: &str, at_okta: bool) -> Option<Doubt> {
    if takes_one_factor(value, &[]) {
        return Some(Doubt::OneFactor(value.to_owned()));
    }
    if known_values::known(value).is_some() {
        return None;
    }
    Some(Doubt::UnknownAcr {
        value: value.to_owned(),
        near: known_values::meant(value),
        ignored: at_okta,
    })
}

pub(super) fn name(name: &str) -> Result<(), Flaw> {
    present(name, "name")
}

pub(super) fn client_id(id: &str) -> Result<(), Flaw> {
    present(id, "client id")
}

fn present(text: &str, what: &'static str) -> Result<(), Flaw> {
    if text.trim().is_empty() {
        return Err(Flaw::Missing(what));
    }
    Ok(())
}

pub(super) fn settings(settings: &StepUpSettings) -> Result<(), Flaw> {
    match settings {
        StepUpSettings::OAuth2 { acr_values } if acr_values.is_empty() => {
            Err(Flaw::Missing("acr value"))
        }
        StepUpSettings::OAuth2 { acr_values } => acr_values.iter().try_for_each(|value| acr(value)),
        StepUpSettings::Microsoft {
            mode,
            tenant,
            contexts,
        } => {
            present(tenant, "tenant")?;
            match mode {
                ValidationMode::Acrs if contexts.is_empty() => Err(Flaw::NoContext),
                ValidationMode::Acrs => contexts.iter().try_for_each(|id| context(id)),
                ValidationMode::Oidc if contexts.is_empty() => Ok(()),
                ValidationMode::Oidc => Err(Flaw::UselessContext),
                ValidationMode::Other(_) => Err(Flaw::UnknownKind),
            }
        }
        StepUpSettings::Unknown => Err(Flaw::UnknownKind),
    }
}

/// They are sent as one list, parted by spaces.
fn acr(value: &str) -> Result<(), Flaw> {
    if known_values::known(value).is_some_and(|known| known.accept == Accept::Never) {
        return Err(Flaw::NoLevel);
    }
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Flaw::NotAnAcr(value.to_owned()));
    }
    Ok(())
}

/// The API writes them large.
fn context(id: &str) -> Result<(), Flaw> {
    if id.starts_with('C') && known_values::is_context(id) {
        return Ok(());
    }
    Err(Flaw::NotAContext(id.to_owned()))
}

pub(super) fn issuer(text: &str, settings: &StepUpSettings) -> Result<(), Flaw> {
    let text = text.to_owned();
    let url = Url::parse(&text)
        .ok()
        .filter(|url| ["http", "https"].contains(&url.scheme()))
        .filter(|url| url.query().is_none() && url.fragment().is_none())
        .filter(|url| url.username().is_empty() && url.password().is_none());
    let Some(url) = url else {
        return Err(Flaw::NotAnIssuer(text));
    };
    if no_proof::is_factors(&url) {
        return Err(Flaw::Factors(text));
    }
    if url.scheme() != "https" && !is_loopback(&url) {
        return Err(Flaw::Insecure(text));
    }
    let host = url.host_str().unwrap_or_default();
    let slash = text.ends_with('/');
    if let StepUpSettings::Microsoft { tenant, .. } = settings {
        return entra(text, tenant, host);
    }
    if is_entra(host) {
        return Err(Flaw::EntraByAcr(text));
    }
    if is_google(host) {
        return Err(Flaw::NoStepUp);
    }
    if slash && is_okta(host) {
        return Err(Flaw::Slash(text));
    }
    if !slash && ends_with_slash(host) {
        return Err(Flaw::NoSlash(text));
    }
    Ok(())
}

/// `common`, `organizations` and `consumers` are nobody's tenant, and a domain is not how Entra spells its
/// issuer: only the id will do.
fn entra(text: String, tenant: &str, host: &str) -> Result<(), Flaw> {
    let named = entra_tenant(&text).filter(|_| is_entra(host));
    match named {
        None => Err(Flaw::NotEntra(text)),
        Some(named) if is_guid(tenant) && !named.eq_ignore_ascii_case(tenant) => {
            Err(Flaw::OtherTenant {
                issuer: named,
                tenant: tenant.to_owned(),
            })
        }
        Some(_) => Ok(()),
    }
}

fn host(issuer: &str) -> Option<String> {
    Url::parse(issuer).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::known_values::OKTA_IF_POSSIBLE;

    const TENANT: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    fn oauth2(values: &[&str]) -> StepUpSettings {
        StepUpSettings::OAuth2 {
            acr_values: values.iter().map(ToString::to_string).collect(),
        }
    }

    fn microsoft(mode: ValidationMode, contexts: &[&str]) -> StepUpSettings {
        StepUpSettings::Microsoft {
            mode,
            tenant: TENANT.to_owned(),
            contexts: contexts.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn an_issuer_is_spelt_as_its_provider_spells_it() {
        let phr = oauth2(&["phr"]);
        for good in [
            "https://acme.okta.com",
            "https://acme.okta.com/oauth2/default",
            "https://id.acme.example/realms/acme",
            "https://id.acme.example/",
            "https://acme.auth0.com/",
            "http://127.0.0.1:8080",
        ] {
            assert_eq!(issuer(good, &phr), Ok(()), "{good}");
        }
        let own = str::to_owned;
        for (bad, flaw) in [
            ("https://acme.okta.com/", Flaw::Slash as fn(String) -> Flaw),
            ("https://acme.okta.com/oauth2/default/", Flaw::Slash),
            ("https://acme.auth0.com", Flaw::NoSlash),
            ("http://acme.okta.com", Flaw::Insecure),
            ("http://localhost.evil.example", Flaw::Insecure),
            ("acme.okta.com", Flaw::NotAnIssuer),
            ("ftp://acme.okta.com", Flaw::NotAnIssuer),
            ("https://acme.okta.com?x=1", Flaw::NotAnIssuer),
            ("https://acme.okta.com#x", Flaw::NotAnIssuer),
            ("https://user@acme.okta.com", Flaw::NotAnIssuer),
            ("https://login.microsoftonline.com/x/v2.0", Flaw::EntraByAcr),
            ("https://acme.okta.com/api/v1/authn", Flaw::Factors),
            (
                "https://acme.okta.com/api/v1/users/me/factors",
                Flaw::Factors,
            ),
        ] {
            assert_eq!(issuer(bad, &phr), Err(flaw(own(bad))), "{bad}");
        }
        let google = issuer("https://accounts.google.com", &phr);
        assert_eq!(google, Err(Flaw::NoStepUp));
    }

    #[test]
    fn an_entra_issuer_names_one_tenant_by_its_id() {
        let acrs = microsoft(ValidationMode::Acrs, &["C1"]);
        let form = |tenant: &str| format!("https://login.microsoftonline.com/{tenant}/v2.0");
        assert_eq!(issuer(&form(TENANT), &acrs), Ok(()));
        assert_eq!(issuer(&form(&TENANT.to_uppercase()), &acrs), Ok(()));
        for bad in [
            form("common"),
            form("organizations"),
            form("consumers"),
            form("acme.onmicrosoft.com"),
            format!("{}/", form(TENANT)),
            form(TENANT).replace("/v2.0", ""),
            form(TENANT).replace("v2.0", "v1.0"),
            form(TENANT).replace("login.", "login.evil."),
            format!("https://sts.windows.net/{TENANT}/"),
        ] {
            assert_eq!(
                issuer(&bad, &acrs),
                Err(Flaw::NotEntra(bad.clone())),
                "{bad}"
            );
        }
        let other = form(&TENANT.replace('7', "8"));
        assert!(matches!(
            issuer(&other, &acrs),
            Err(Flaw::OtherTenant { .. })
        ));
    }

    #[test]
    fn contexts_are_for_the_acrs_mode_and_in_upper_case() {
        use ValidationMode::{Acrs, Oidc};
        assert_eq!(settings(&microsoft(Acrs, &["C1", "C99"])), Ok(()));
        assert_eq!(settings(&microsoft(Oidc, &[])), Ok(()));
        assert_eq!(settings(&microsoft(Acrs, &[])), Err(Flaw::NoContext));
        assert_eq!(
            settings(&microsoft(Oidc, &["C1"])),
            Err(Flaw::UselessContext)
        );
        for bad in ["c1", "C0", "C100", "C01", "C+1", "C", "1", ""] {
            let flaw = Err(Flaw::NotAContext(bad.to_owned()));
            assert_eq!(settings(&microsoft(Acrs, &[bad])), flaw, "{bad}");
        }
    }

    #[test]
    fn an_acr_value_is_one_word_and_not_nothing() {
        assert_eq!(settings(&oauth2(&["phr", "urn:okta:loa:2fa:any"])), Ok(()));
        assert_eq!(settings(&oauth2(&[])), Err(Flaw::Missing("acr value")));
        assert_eq!(settings(&oauth2(&["0"])), Err(Flaw::NoLevel));
        for bad in ["", "a b", "phr\n"] {
            assert_eq!(settings(&oauth2(&[bad])), Err(Flaw::NotAnAcr(bad.into())));
        }
    }

    #[test]
    fn what_may_be_a_mistake_is_doubted_and_what_is_documented_is_not() {
        let doubted = |value: &str| doubts(&oauth2(&[value]), "https://acme.okta.com");
        for known in ["phr", "phrh", "urn:okta:loa:2fa:any"] {
            assert_eq!(doubted(known), [], "{known}");
        }
        for (value, meant) in [
            ("urn:okta:loa:2fa:anny", Some("urn:okta:loa:2fa:any")),
            ("PHR", Some("phr")),
            ("gold", None),
        ] {
            let doubt = Doubt::UnknownAcr {
                value: value.to_owned(),
                near: meant,
                ignored: true,
            };
            assert_eq!(doubted(value), [doubt], "{value}");
        }
        for weak in [
            "urn:okta:loa:1fa:pwd",
            OKTA_IF_POSSIBLE.value,
            "Single_Factor",
            "onelogin:nist:level:1:re-auth",
        ] {
            assert_eq!(doubted(weak), [Doubt::OneFactor(weak.to_owned())]);
        }
    }
}
