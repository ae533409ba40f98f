//! From the flags to a registration that can be sent, with a word on what may be a mistake.

use super::completed::Completed;
use crate::cli::{MicrosoftMode, RemoteSettings, RemoteUpdate};
use crate::context::Context;
use crate::domain::no_proof;
use crate::domain::step_up_provider::{
    Doubt, Flaw, NewProvider, ProviderChange, StepUpProvider, StepUpSettings, ValidationMode,
    doubts, entra_issuer, entra_tenant,
};
use crate::error::Error;

/// The registration that was asked for, checked.
pub(super) fn new(context: &Context, args: Completed) -> Result<NewProvider, Error> {
    let tenant = args.settings.tenant.as_deref();
    let issuer = args.issuer.or_else(|| entra_issuer(tenant?));
    let issuer = issuer.ok_or_else(|| {
        usage("no issuer given").hint("name it with `--issuer`; only a tenant's id makes one")
    })?;
    let settings = settings(&args.settings, &issuer, None)?.ok_or_else(|| {
        usage("nothing says what the provider is asked for")
            .hint("use `--acr-value`, or `--microsoft acrs|oidc` for Entra")
    })?;
    let new = NewProvider {
        display_name: args.name,
        issuer_url: issuer,
        client_id: args.client_id,
        settings,
    };
    new.check().map_err(|found| flaw(&found))?;
    warn(context, &new.settings, &new.issuer_url);
    Ok(new)
}

/// What differs from the provider as it is, checked.
pub(super) fn changed(
    context: &Context,
    args: &RemoteUpdate,
    now: &StepUpProvider,
) -> Result<ProviderChange, Error> {
    let issuer = args
        .issuer
        .clone()
        .unwrap_or_else(|| now.issuer_url.clone());
    let change = ProviderChange {
        display_name: args.name.clone(),
        enabled: None,
        client_id: args.client_id.clone(),
        settings: settings(&args.settings, &issuer, Some(&now.settings))?,
        issuer_url: args.issuer.clone(),
    };
    let change = change.against(now);
    change.check(now).map_err(|found| flaw(&found))?;
    if let Some(settings) = &change.settings {
        warn(context, settings, &issuer);
    }
    Ok(change)
}

/// The settings that the flags make, over those that are there; `None` if no flag is about them.
fn settings(
    args: &RemoteSettings,
    issuer: &str,
    now: Option<&StepUpSettings>,
) -> Result<Option<StepUpSettings>, Error> {
    let about_entra = args.tenant.is_some() || !args.contexts.is_empty();
    if !args.acr_values.is_empty() {
        if about_entra {
            return Err(usage(
                "`--tenant` and `--context` are for Microsoft Entra, and `--acr-value` is not",
            )
            .hint("use `--microsoft acrs|oidc` with them"));
        }
        let acr_values = args.acr_values.clone();
        return Ok(Some(StepUpSettings::OAuth2 { acr_values }));
    }
    let before = match now {
        Some(StepUpSettings::Microsoft {
            mode,
            tenant,
            contexts,
        }) => Some((mode, tenant, contexts)),
        _ => None,
    };
    let mode = match args.microsoft {
        Some(MicrosoftMode::Acrs) => ValidationMode::Acrs,
        Some(MicrosoftMode::Oidc) => ValidationMode::Oidc,
        None if !about_entra => return Ok(None),
        None => before.map(|(mode, ..)| mode.clone()).ok_or_else(|| {
            usage("`--tenant` and `--context` are for Microsoft Entra")
                .hint("add `--microsoft acrs|oidc`")
        })?,
    };
    let tenant = args.tenant.clone();
    let tenant = tenant.or_else(|| before.map(|(_, tenant, _)| tenant.clone()));
    let tenant = tenant.or_else(|| entra_tenant(issuer)).unwrap_or_default();
    let contexts = if args.contexts.is_empty() && mode == ValidationMode::Acrs {
        before
            .map(|(.., contexts)| contexts.clone())
            .unwrap_or_default()
    } else {
        // The documents write them in upper case; tokens have them in lower case.
        args.contexts.iter().map(|id| id.to_uppercase()).collect()
    };
    Ok(Some(StepUpSettings::Microsoft {
        mode,
        tenant,
        contexts,
    }))
}

fn warn(context: &Context, settings: &StepUpSettings, issuer: &str) {
    for doubt in doubts(settings, issuer) {
        let text = match doubt {
            Doubt::UnknownAcr {
                value,
                near,
                ignored,
            } => {
                let meant = near.map(|near| format!("; did you mean `{near}`?"));
                let ignored = if ignored {
                    ", and Okta ignores what it does not know"
                } else {
                    ""
                };
                format!(
                    "`{value}` is not a documented acr value{ignored}{}",
                    meant.unwrap_or_default()
                )
            }
            Doubt::OneFactor(value) => format!("one factor is enough for `{value}`"),
            Doubt::FreshnessOnly => {
                "the OIDC mode proves a fresh sign-in and no factor; a Conditional Access policy has to require that".to_owned()
            }
            Doubt::ContextNeedsPolicy => {
                "Entra grants a context that no Conditional Access policy protects to anybody".to_owned()
            }
        };
        context.terminal.warn(text);
    }
}

fn usage(sentence: &str) -> Error {
    Error::usage(sentence)
}

fn flaw(flaw: &Flaw) -> Error {
    let hint = match flaw {
        Flaw::Missing(_) => "give it a value",
        Flaw::Factors(_) => no_proof::INSTEAD,
        Flaw::Insecure(_) | Flaw::NotAnIssuer(_) => {
            "copy `issuer` from the provider's own metadata, `/.well-known/openid-configuration`"
        }
        Flaw::Slash(_) | Flaw::NoSlash(_) => "write it exactly as the provider spells itself",
        Flaw::NoStepUp => "choose a provider that can prove a factor",
        Flaw::NotEntra(_) => {
            "step-up needs one tenant: `common`, `organizations`, `consumers` and domains are none; the Entra admin center shows the tenant's id"
        }
        Flaw::OtherTenant { .. } => "correct one of them; `--tenant` may be left out",
        Flaw::EntraByAcr(_) => "use `--microsoft acrs|oidc`",
        Flaw::NotAnAcr(_) => "repeat `--acr-value` for several; a value has no spaces",
        Flaw::NoLevel => "name a level of your own, such as `gold`",
        Flaw::NotAContext(_) | Flaw::NoContext => "name it like `--context C1`",
        Flaw::UselessContext => "leave `--context` out, or use `--microsoft acrs`",
        Flaw::UnknownKind => "say what it is with `--acr-value` or `--microsoft`",
    };
    Error::usage(flaw.to_string()).hint(hint)
}
