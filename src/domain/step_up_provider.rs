//! A step-up provider as the API registers it (c1.md 5), and what is wrong with one before it is
//! sent. No I/O.

use jiff::Timestamp;

mod checks;
mod settings;

pub(crate) use checks::{Doubt, Flaw, doubts};
pub(crate) use settings::{StepUpSettings, ValidationMode, entra_issuer, entra_tenant};

/// A registered identity provider. The secret is never among what the API shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepUpProvider {
    pub(crate) id: String,
    /// Its name for people; need not be unique.
    pub(crate) display_name: String,
    pub(crate) enabled: bool,
    pub(crate) issuer_url: String,
    pub(crate) client_id: String,
    pub(crate) settings: StepUpSettings,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    /// When a test succeeded last.
    pub(crate) last_tested_at: Option<Timestamp>,
}

/// A registration to be made. The secret goes beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewProvider {
    pub(crate) display_name: String,
    pub(crate) issuer_url: String,
    pub(crate) client_id: String,
    pub(crate) settings: StepUpSettings,
}

/// What to change; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProviderChange {
    pub(crate) display_name: Option<String>,
    pub(crate) enabled: Option<bool>,
    pub(crate) issuer_url: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) settings: Option<StepUpSettings>,
}

impl StepUpProvider {
    /// The provider as it would be after this change.
    #[must_use]
    pub(crate) fn changed(&self, change: &ProviderChange) -> Self {
        let or = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
        Self {
            display_name: or(&change.display_name, &self.display_name),
            enabled: change.enabled.unwrap_or(self.enabled),
            issuer_url: or(&change.issuer_url, &self.issuer_url),
            client_id: or(&change.client_id, &self.client_id),
            settings: change.settings.as_ref().unwrap_or(&self.settings).clone(),
            ..self.clone()
        }
    }

    /// Its members for people, in order: label and value.
    pub(crate) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            ("name", self.display_name.clone()),
            (
                "enabled",
                if self.enabled { "yes" } else { "no" }.to_owned(),
            ),
            ("issuer", self.issuer_url.clone()),
            ("client id", self.client_id.clone()),
            ("requires", self.settings.demand()),
        ];
        if let StepUpSettings::Microsoft { tenant, .. } = &self.settings {
            lines.push(("tenant", tenant.clone()));
        }
        lines
    }
}

impl NewProvider {
    /// The members that [`StepUpProvider::lines`] shows, as far as they are known before it is registered.
    pub(crate) fn lines(&self) -> Vec<(&'static str, String)> {
        let made = StepUpProvider {
            id: String::new(),
            display_name: self.display_name.clone(),
            enabled: true,
            issuer_url: self.issuer_url.clone(),
            client_id: self.client_id.clone(),
            settings: self.settings.clone(),
            created_at: None,
            updated_at: None,
            last_tested_at: None,
        };
        let mut lines = made.lines();
        lines.retain(|(label, _)| *label != "enabled");
        lines
    }

    /// Whether it can be sent: every setting has the form that the documents demand.
    pub(crate) fn check(&self) -> Result<(), Flaw> {
        checks::name(&self.display_name)?;
        checks::client_id(&self.client_id)?;
        checks::settings(&self.settings)?;
        checks::issuer(&self.issuer_url, &self.settings)
    }
}

impl ProviderChange {
    /// What differs from the provider as it is; nothing else is sent.
    #[must_use]
    pub(crate) fn against(self, now: &StepUpProvider) -> Self {
        Self {
            display_name: self.display_name.filter(|new| *new != now.display_name),
            enabled: self.enabled.filter(|new| *new != now.enabled),
            issuer_url: self.issuer_url.filter(|new| *new != now.issuer_url),
            client_id: self.client_id.filter(|new| *new != now.client_id),
            settings: self.settings.filter(|new| *new != now.settings),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the provider may be like this afterwards, as far as the change is about it.
    pub(crate) fn check(&self, now: &StepUpProvider) -> Result<(), Flaw> {
        let after = now.changed(self);
        if self.display_name.is_some() {
            checks::name(&after.display_name)?;
        }
        if self.client_id.is_some() {
            checks::client_id(&after.client_id)?;
        }
        if self.settings.is_some() {
            checks::settings(&after.settings)?;
        }
        if self.settings.is_some() || self.issuer_url.is_some() {
            checks::issuer(&after.issuer_url, &after.settings)?;
        }
        Ok(())
    }
}
