//! `stepup provider test`: the entry's ceremony without an approval, on the code path of an approval. Every
//! check is a line with its result, so that an administrator sees what a provider really proves.

mod lines;
mod negative;
mod verdict;

use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};

use super::entry::meant;
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::Credentials;
use crate::adapters::loopback::ResultPage;
use crate::adapters::tested::Tested;
use crate::adapters::threads::joined;
use crate::ceremony::asking::who;
use crate::ceremony::local::{CeremonyError, Discovering, Local};
use crate::ceremony::prove::{SignInResult, StepUp};
use crate::ceremony::registration::http_for;
use crate::ceremony::running::SignInCeremony;
use crate::ceremony::signer::ExpectedSignIn;
use crate::cli::ProviderTest;
use crate::commands::shared::metadata::{Finding, Grade, Layout, examined, unlinked};
use crate::config::preset::Preset;
use crate::config::{CeremonyChoice, Config, Profile, ProviderEntry, folder_of};
use crate::context::Context;
use crate::domain::authorization_details::AuthorizationDetails;
use crate::domain::challenge::{Challenge, Demand, Purpose, Unanswerable};
use crate::domain::event::AuthenticationEvent;
use crate::domain::person::Approver;
use crate::domain::requirement::AcrRequirement;
use crate::error::{Error, ErrorKind};
use crate::meaning::{rejection_at, unanswerable};
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::provider::{Provider, Providers};
use crate::session::Session;
use crate::session::who::{api_person, belongs};

/// The lines of one test, in the order of the ceremony, and the first error.
struct Test<'a> {
    context: &'a Context,
    /// Where the entry's secret is, if it has one.
    credentials: Credentials,
    /// To compare the person with, where an API is configured. A provider can be tested without one.
    api: Option<AccessApi>,
    profile: Option<Profile>,
    /// What was fetched of the entry's.
    providers: Providers,
    entry: &'a ProviderEntry,
    args: &'a ProviderTest,
    lines: Vec<Finding>,
    /// What the person was asked to prove; nothing where it did not come to that.
    tested: Option<AcrRequirement>,
    error: Option<Error>,
}

/// A provider that is on its way.
type Fetching = JoinHandle<Result<Provider, DiscoveryError>>;

pub(super) fn run(context: &Context, args: &ProviderTest) -> Result<(), Error> {
    let config = Config::load(context.global.config.as_deref())?;
    let path = Config::location(context.global.config.as_deref())?;
    let folder = folder_of(&path);
    // Without a profile there is no host that a credential may go to.
    let (session, credentials) = Session::local(context, &config)?;
    let entry = meant(context, &config, args.name.as_deref())?;
    // An entry of other APIs has other people.
    let apis = config.apis_of(entry);
    let own = |session: &Session| {
        let origin = session.profile.api_url.origin();
        apis.is_empty() || apis.contains(&origin.ascii_serialization())
    };
    let session = session.filter(own);
    let mut test = Test {
        context,
        credentials,
        api: session
            .as_ref()
            .and_then(|session| session.api(context).ok()),
        profile: session.map(|session| session.profile),
        providers: Providers::default(),
        entry,
        args,
        lines: unlinked(&config, entry).into_iter().collect(),
        tested: None,
        error: None,
    };
    test.run();
    test.report(folder)
}

/// No API demands anything here, so it is the entry that has to.
fn asks_for_nothing(entry: &ProviderEntry) -> Error {
    let value = entry.preset.map_or("phr", Preset::suggested);
    let name = &entry.name;
    Error::usage(format!(
        "the provider entry `{name}` asks for nothing by default, so there is nothing to test"
    ))
    .hint(format!(
        "say for this test what to ask for: `--acr-value {value}`"
    ))
    .hint(format!(
        "or for good: `stepup provider edit {name} --acr-value {value}`"
    ))
}

impl<'a> Test<'a> {
    /// Stops at the first check that fails: what comes after it would say nothing.
    fn run(&mut self) {
        let fetching = self.fetching();
        let approver = match self.approver() {
            Ok(approver) => approver,
            Err(error) => return self.fail("person", error, None),
        };
        let profile = self.profile.as_ref();
        let hint = self.args.browsing.login_hint.as_deref();
        let signer = ExpectedSignIn::of(self.context, profile, &approver, hint, self.entry);
        let demand = Demand {
            acr_values: self.asked(),
            ..Demand::default()
        };
        let challenge = match demand.agree(&self.entry.terms()) {
            Ok(agreed) => self.challenge(agreed.requirement),
            Err(reason) => {
                let error = match reason {
                    Unanswerable::NothingDemanded => asks_for_nothing(self.entry),
                    reason => unanswerable(&reason, self.entry),
                };
                return self.fail("demand", error, None);
            }
        };
        if !self.metadata(fetching) {
            return;
        }
        self.context.terminal.say(format_args!(
            "testing `{}` with {}: sign in the way you do for an approval; nothing is approved",
            self.entry.name,
            verdict::what(&challenge.requirement)
        ));
        self.tested = Some(challenge.requirement.clone());
        who(self.context, signer.expected(), hint);
        let answered = self.ceremony(&challenge, &signer);
        if let Some(first) = answered.filter(|_| self.args.negative && self.error.is_none()) {
            self.negative(&signer, first.facts());
        }
    }

    /// What the test requires: the values of the command line or else one, since a provider that may choose takes the
    /// weakest. One that cannot be asked chooses in any case.
    fn asked(&self) -> Vec<String> {
        if self.entry.tells_no_acr() || !self.args.acr_values.is_empty() {
            return self.args.acr_values.clone();
        }
        self.entry
            .terms()
            .strongest()
            .cloned()
            .into_iter()
            .collect()
    }

    /// Values of the entry that this test says nothing about.
    fn untested(&self) -> Vec<&String> {
        let tested = self.tested.as_ref().map(|tested| &tested.acr_values);
        let left = |value: &&String| tested.is_some_and(|tested| !tested.contains(value));
        self.entry.acr_values.iter().filter(left).collect()
    }

    fn challenge(&self, requirement: AcrRequirement) -> Challenge {
        Challenge {
            purpose: Purpose::Test,
            provider: self.entry.name.clone(),
            requirement,
            scopes: Vec::new(),
            scopes_left_out: Vec::new(),
            dpop: self.entry.dpop,
            committed: None,
            authorization_details: self.details().map(Arc::new),
        }
    }

    /// What the provider is given to show: that this is a test.
    fn details(&self) -> Option<AuthorizationDetails> {
        let statement = json!({
            "schema": "stepup.test/1",
            "action": "test",
            "title": "Nothing: this is a test of stepup",
        });
        let kind = self.entry.authorization_details.as_deref()?;
        Some(AuthorizationDetails::new(kind, statement))
    }

    /// Whom an approval would be for; nobody where there is no API. One that does not answer is no way to go on
    /// without the comparison, here as there.
    fn approver(&self) -> Result<Approver, Error> {
        let Some(api) = &self.api else {
            return Ok(Approver::default());
        };
        let approver = api_person(api)?;
        if let Some(profile) = &self.profile {
            belongs(profile, &approver)?;
        }
        Ok(approver)
    }

    /// The provider, which is fetched while the API is asked for the person.
    fn fetching(&self) -> Result<Fetching, Error> {
        let http = http_for(&self.context.http, self.entry)?;
        let (providers, entry) = (self.providers.clone(), self.entry.clone());
        Ok(thread::spawn(move || {
            providers.get(&entry.name, &http, &entry.issuer)
        }))
    }

    fn metadata(&mut self, fetching: Result<Fetching, Error>) -> bool {
        let fetched = fetching.and_then(|fetching| Ok(joined(fetching.join())?));
        match fetched {
            Ok(provider) => {
                let findings = examined(&provider, self.entry);
                self.lines.push(Finding::ok("discovery", "metadata found"));
                let failed = findings.iter().find(|one| one.grade == Grade::Fail);
                let failed = failed.map(|one| {
                    let error = Error::new(one.kind, one.says.clone());
                    error.hint(one.hint.clone().unwrap_or_default())
                });
                self.lines.extend(findings);
                self.error = failed;
                self.error.is_none()
            }
            Err(error) => {
                self.fail("discovery", error, None);
                false
            }
        }
    }

    /// Signs in once; what the provider asserted, if it was authentic.
    fn ceremony(
        &mut self,
        challenge: &Challenge,
        signer: &ExpectedSignIn<'_>,
    ) -> Option<AuthenticationEvent> {
        let prepared = match self.prepare() {
            Ok(prepared) => prepared,
            Err(error) => {
                self.fail("client secret", error, None);
                return None;
            }
        };
        let SignInResult { answered, page } = match self.prove(prepared, challenge, signer) {
            Ok(answer) => answer,
            Err(error) => {
                self.fail(lines::begun(self.entry).check, error, None);
                return None;
            }
        };
        self.lines.push(lines::begun(self.entry));
        let first = match answered {
            Ok(judged) => {
                self.lines
                    .extend(lines::authentic(page.ceremony(), self.entry));
                let requirement = &challenge.requirement;
                self.lines
                    .extend(lines::judged(self.entry, requirement, &judged));
                self.lines.extend(lines::granted(&judged.event));
                self.lines.push(lines::access_token(&judged.token));
                // What an approval would end with.
                let rejected = |why| rejection_at(why, self.entry);
                self.error = judged.verdict.err().map(rejected);
                Some(judged.event)
            }
            Err(unanswered) => {
                let (passed, failed) = lines::until(page.ceremony(), &unanswered);
                self.lines.extend(passed);
                self.unanswered(failed, unanswered);
                None
            }
        };
        page.end(self.page());
        first
    }

    fn unanswered(&mut self, check: &'static str, unanswered: CeremonyError) {
        let setting = lines::setting(self.entry, &unanswered);
        let error = Error::from(unanswered);
        self.fail(check, error, setting);
    }

    /// Needs what the client proves itself with.
    fn prepare(&self) -> Result<Discovering<'a>, Error> {
        Local::discover(self.context, &self.credentials, &self.providers, self.entry)
    }

    /// A sign-in as for an approval.
    fn prove(
        &self,
        prepared: Discovering<'a>,
        challenge: &Challenge,
        signer: &ExpectedSignIn<'_>,
    ) -> Result<SignInResult<'a>, Error> {
        let sign_in = StepUp {
            context: self.context,
            credentials: &self.credentials,
            providers: &self.providers,
            entry: self.entry,
            ceremony: SignInCeremony::at(self.entry, CeremonyChoice::Auto)?,
            api: None,
            challenge,
            recheck: None,
            about: "test".to_owned(),
            title: format!("test the provider entry {}", self.entry.name),
            signer,
            browsing: &self.args.browsing,
        };
        sign_in.prove(prepared)
    }

    /// A line that failed, and what the test ends with. The line names the provider's setting, where one is
    /// known, and the error the approver's next step.
    fn fail(&mut self, check: &'static str, error: Error, setting: Option<String>) {
        let finding = Finding::failed(check, &error);
        self.lines.push(match setting {
            Some(setting) => finding.hint(setting),
            None => finding,
        });
        self.error = Some(error);
    }

    fn page(&self) -> ResultPage {
        let name = &self.entry.name;
        match &self.error {
            None => ResultPage::Success {
                heading: format!("The provider entry {name} works"),
                about: String::new(),
                lines: vec![
                    "Nothing was approved. What was checked is in your terminal.".to_owned(),
                ],
            },
            Some(error) => ResultPage::Failure {
                heading: if self.unfinished() {
                    format!("The test of the provider entry {name} was not finished")
                } else {
                    format!("The provider entry {name} does not work yet")
                },
                about: String::new(),
                reason: error.message().to_owned(),
                next_steps: error.hints().to_vec(),
            },
        }
    }

    /// Whether nothing was learned of the provider: nobody signed in, or not to the end.
    fn unfinished(&self) -> bool {
        let error = self.error.as_ref();
        error.is_some_and(|error| error.kind() == ErrorKind::Incomplete)
    }

    /// Whether it ended before the provider's metadata could be looked at.
    fn never_began(&self) -> bool {
        let failed = self.lines.iter().find(|line| line.grade == Grade::Fail);
        let before = failed.is_some_and(|line| ["person", "discovery"].contains(&line.check));
        self.tested.is_none() && before
    }

    fn report(mut self, folder: &Path) -> Result<(), Error> {
        let passed = self.error.is_none();
        if !self.unfinished() && !self.never_began() {
            Tested::new(folder).keep(&self.entry.name, passed);
        }
        self.say_once();
        let api = self.context.same_api();
        self.lines = self.lines.drain(..).map(|line| line.about(&api)).collect();
        let terminal = &self.context.terminal;
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|line| {
                json!({ "check": line.check, "result": line.grade.word(), "says": line.says, "hint": line.hint })
            })
            .collect();
        let document = json!({
            "schema": "stepup.provider-test/1",
            "provider": self.entry.name,
            "issuer": self.entry.issuer,
            "result": if passed { "ok" } else { "fail" },
            "tested": self.tested.as_ref().map(|tested| &tested.acr_values),
            "untested": self.untested(),
            "checks": lines,
        });
        let layout = Layout::table(terminal.columns(), &self.lines);
        let shown = |line: &Finding| layout.shown(terminal, None, line);
        let mut text: Vec<String> = self.lines.iter().map(shown).collect();
        if self.unfinished() {
            text.push(verdict::unfinished(terminal, &self.entry.name));
        } else if self.never_began() {
            text.push(verdict::never_began(terminal, &self.entry.name));
        } else {
            text.push(verdict::line(
                terminal,
                &self.lines,
                self.tested.as_ref(),
                &self.entry.name,
            ));
            text.extend(verdict::untested(&self.untested()));
        }
        self.context
            .deliver("the provider was tested", &text.join("\n"), &document)?;
        self.error.map_or(Ok(()), Err)
    }

    /// On a screen the line has the sentence of what the test ends with, and the error the next steps: neither is said
    /// twice. Elsewhere each stream says all of it.
    fn say_once(&mut self) {
        let terminal = &self.context.terminal;
        let Some(error) = &self.error else { return };
        let mut lines = self.lines.iter_mut();
        let line = lines.find(|line| line.says == error.message());
        let on_a_screen = terminal.is_one_screen() && !terminal.format().is_document();
        let Some(line) = line.filter(|_| on_a_screen) else {
            return;
        };
        let steps = error.hints().join("; ");
        line.hint = line.hint.take().filter(|hint| *hint != steps);
        let sentence = format!(
            "the test of `{}` ended at `{}`",
            self.entry.name, line.check
        );
        let short = Error::new(error.kind(), sentence);
        let short = error.hints().iter().fold(short, Error::hint);
        self.error = self.error.take().map(|error| short.caused_by(error));
    }
}
