//! The step-up as it is told before anybody consents: by the task's step and by what is known of its provider.
//! A challenge that names more than that is shown, and asked about again.

use crate::adapters::access_api::HostedProvider;
use crate::config::ProviderEntry;
use crate::domain::challenge::Challenge;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::task::Task;
use crate::domain::transaction::ProviderTerms;

/// What was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Announced {
    /// Whether the step tells that it requires step-up.
    required: bool,
    /// By the API's name, else by the entry's.
    provider: Option<String>,
    /// The provider entry, where it is known which one it will be.
    entry: Option<String>,
    /// The acr values or contexts of which one is required; empty where they are not known.
    pub(super) values: Vec<String>,
    /// How strong it has to be, in words.
    strength: Option<String>,
}

impl Announced {
    /// What the task's step tells, with the API's own registration of its provider, if that may be read, and with
    /// the provider entry, if it is known that the ceremony will be ours. The API's word goes first: the entry
    /// stands in for what it does not say.
    pub(super) fn of(
        task: &Task,
        provider: Option<&HostedProvider>,
        entry: Option<&ProviderEntry>,
    ) -> Self {
        if !task.demands_step_up() {
            return Self::default();
        }
        let registered = provider.map(|provider| &provider.name);
        let registered = registered.filter(|name| !name.is_empty());
        let name = registered.or_else(|| entry.map(|entry| &entry.name));
        let (values, strength) = told(provider.map(|provider| &provider.terms), entry);
        Self {
            required: true,
            provider: name.map(|name| excerpt(name, TITLE)),
            entry: entry.map(|entry| entry.name.clone()),
            values,
            strength: strength.map(|words| excerpt(&words, TITLE)),
        }
    }

    /// The provider's name, where the step requires it and it is known.
    pub(super) fn provider(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    /// What the provider of this entry was called, if it is the one that was told.
    pub(super) fn provider_of(&self, entry: &ProviderEntry) -> Option<&str> {
        let told = self.entry.as_ref().is_none_or(|told| *told == entry.name);
        self.provider().filter(|_| told)
    }

    /// `step-up at Okta (acr phr)`; `None` where none is told.
    pub(super) fn in_words(&self) -> Option<String> {
        if !self.required {
            return None;
        }
        let at = self.provider.as_ref().map(|name| format!(" at {name}"));
        let strength = self.strength.as_ref().map(|words| format!(" ({words})"));
        let more: String = [at, strength].into_iter().flatten().collect();
        Some(format!("step-up{more}"))
    }

    /// The question before anything is sent.
    pub(super) fn question(&self, task: &Task) -> String {
        let handle = task.handle();
        match self.in_words() {
            Some(step_up) => format!("approve task {handle} with {step_up}?"),
            None => format!("approve task {handle}? (the API may require step-up)"),
        }
    }

    /// Whether the challenge asks for something that was not told: a step-up at all, another provider entry, a
    /// value, a scope.
    pub(super) fn is_exceeded_by(&self, challenge: &Challenge) -> bool {
        let other = |entry: &String| *entry != challenge.provider;
        let requirement = &challenge.requirement;
        let same = |one: &String, two: &String| requirement.request.same(one, two);
        let told = |value: &String| self.values.iter().any(|one| same(one, value));
        !self.required
            || self.entry.as_ref().is_some_and(other)
            || !requirement.acr_values.iter().all(told)
            || !challenge.scopes.is_empty()
    }
}

/// The values of which one is required and the words for them: the API's, else the entry's, which is said.
fn told(
    terms: Option<&ProviderTerms>,
    entry: Option<&ProviderEntry>,
) -> (Vec<String>, Option<String>) {
    if let Some((terms, words)) = terms.and_then(|terms| Some((terms, terms.in_words()?))) {
        return (terms.values().to_vec(), Some(words));
    }
    let values = entry.map_or_else(Vec::new, |entry| entry.acr_values.clone());
    let words = (!values.is_empty()).then(|| {
        let values = values.join(" or ");
        format!("the API does not say how strong; the provider entry asks for {values}")
    });
    (values, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::challenge::Purpose;
    use crate::domain::requirement::AcrRequirement;

    fn announced(values: &[&str]) -> Announced {
        Announced {
            required: true,
            provider: Some("Okta".into()),
            entry: Some("okta".into()),
            values: values.iter().map(|one| (*one).to_owned()).collect(),
            strength: Some(format!("acr {}", values.join(" or "))),
        }
    }

    fn challenge(provider: &str, acr: &str, scopes: &[&str]) -> Challenge {
        Challenge {
            purpose: Purpose::Test,
            provider: provider.into(),
            requirement: AcrRequirement {
                acr_values: vec![acr.into()],
                ..AcrRequirement::default()
            },
            scopes: scopes.iter().map(|one| (*one).to_owned()).collect(),
            scopes_left_out: Vec::new(),
            dpop: false,
            committed: None,
            authorization_details: None,
        }
    }

    #[test]
    fn more_than_was_told_is_asked_about_again() {
        let told = announced(&["phr", "gold"]);
        assert!(!told.is_exceeded_by(&challenge("okta", "phr", &[])));
        for more in [
            challenge("okta", "phrh", &[]),
            challenge("bank", "phr", &[]),
            challenge("okta", "phr", &["payments"]),
        ] {
            assert!(told.is_exceeded_by(&more), "{more:?}");
        }
        let same = challenge("okta", "phr", &[]);
        assert!(announced(&[]).is_exceeded_by(&same));
        assert!(Announced::default().is_exceeded_by(&same));
    }

    #[test]
    fn the_question_names_the_step_up() {
        let task = Task {
            numeric_id: "4211".into(),
            ..Task::default()
        };
        let question = announced(&["phr"]).question(&task);
        assert_eq!(
            question,
            "approve task 4211 with step-up at Okta (acr phr)?"
        );
        let plain = Announced::default().question(&task);
        assert_eq!(plain, "approve task 4211? (the API may require step-up)");
    }
}
