//! `stepup provider test`: the local ceremony without an approval, on the code path of an approval. Every
//! check is a line with its result, so that an administrator sees what a provider really proves.

mod lines;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::super::local::{Local, Occasion, Unanswered};
use super::super::metadata::{Finding, Grade, examine, http_for};
use super::super::session::Session;
use super::Context;
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::Credentials;
use crate::adapters::loopback::ResultPage;
use crate::adapters::plain::plain;
use crate::adapters::terminal::{Tone, undelivered};
use crate::adapters::tested::Tested;
use crate::cli::ProviderTest;
use crate::config::{Config, ProviderEntry};
use crate::domain::challenge::{Challenge, Demand, Purpose};
use crate::domain::event::Claim;
use crate::domain::person::Approver;
use crate::error::{Error, ErrorKind};
use crate::oidc::callback::CallbackError;
use crate::oidc::redemption::RedeemError;

/// A value that no provider knows.
const UNKNOWN_ACR: &str = "urn:stepup:a-level-that-does-not-exist";

/// The lines of one test, in the order of the ceremony, and the first error.
struct Test<'a> {
    context: &'a Context,
    /// Where the entry's secret is, if it has one.
    credentials: Credentials,
    /// To compare the person with, where an API is configured. A provider can be tested without one.
    api: Option<AccessApi>,
    entry: &'a ProviderEntry,
    args: &'a ProviderTest,
    lines: Vec<Finding>,
    error: Option<Error>,
}

/// Tests one entry.
pub(super) fn run(context: &Context, args: &ProviderTest) -> Result<(), Error> {
    let config = Config::load(context.global.config.as_deref())?;
    let path = Config::location(context.global.config.as_deref())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    // Without a profile there is no host that a credential may go to.
    let session = Session::open(context).ok();
    let mut test = Test {
        context,
        credentials: match &session {
            Some(session) => session.credentials.clone(),
            None => Credentials::new(config.store(None), folder),
        },
        api: session.and_then(|session| session.api(context).ok()),
        entry: config.entry(&args.name)?,
        args,
        lines: Vec::new(),
        error: None,
    };
    test.run();
    test.report(folder)
}

impl<'a> Test<'a> {
    /// Stops at the first check that fails: what comes after it would say nothing.
    fn run(&mut self) {
        let approver = self.approver();
        let demand = Demand {
            acr_values: self.args.acr_values.clone(),
            ..Demand::default()
        };
        let challenge = match demand.agree(&self.entry.terms()) {
            Ok(agreed) => self.challenge(agreed.requirement),
            Err(reason) => {
                let error = super::super::approve::unanswerable(&reason, &self.entry.name);
                return self.fail("demand", error);
            }
        };
        if !self.metadata() {
            return;
        }
        self.ceremony(&challenge, &approver);
        if self.args.negative && self.error.is_none() {
            self.negative(&approver);
        }
    }

    fn challenge(&self, requirement: crate::domain::requirement::AcrRequirement) -> Challenge {
        Challenge {
            purpose: Purpose::Test,
            provider: self.entry.name.clone(),
            requirement,
            scopes: Vec::new(),
            dpop: self.entry.dpop,
        }
    }

    /// Whom to compare with; nobody where there is no API, or where it does not say.
    fn approver(&self) -> Approver {
        let known = || {
            let api = self.api.as_ref()?;
            let user_id = api.introspect().ok()?;
            api.user(&user_id).ok()
        };
        known().unwrap_or_default()
    }

    fn metadata(&mut self) -> bool {
        let http = match http_for(self.context, self.entry) {
            Ok(http) => http,
            Err(error) => {
                self.fail("discovery", error);
                return false;
            }
        };
        match examine(&http, self.entry) {
            Ok(findings) => {
                self.lines.push(Finding::ok(
                    "discovery",
                    "the metadata is there and readable",
                ));
                let failed = findings.iter().find(|one| one.grade == Grade::Fail);
                let failed = failed.map(|one| Error::new(ErrorKind::Failed, one.says.clone()));
                self.lines.extend(findings);
                self.error = failed;
                self.error.is_none()
            }
            Err(error) => {
                self.fail("discovery", error);
                false
            }
        }
    }

    fn ceremony(&mut self, challenge: &Challenge, approver: &Approver) {
        let mut ceremony = match self.begin(challenge, approver) {
            Ok(ceremony) => ceremony,
            Err(error) => return self.fail("redirect", error),
        };
        self.lines.push(Finding::ok(
            "redirect",
            format!("listens at {}", self.entry.redirect_uris().join(" or ")),
        ));
        match ceremony.answer() {
            Ok((event, token, attempt)) => {
                self.lines.extend(lines::authentic(self.entry));
                let rule = self.entry.subject;
                let findings = challenge
                    .requirement
                    .examine(&event, attempt, approver, rule);
                let judged = lines::judged(challenge, &event, &findings, attempt);
                self.lines.extend(judged);
                self.lines.push(lines::access_token(&token));
                self.error = lines::worst(findings, &self.entry.name);
            }
            Err(unanswered) => {
                let (passed, failed) = lines::until(&unanswered);
                self.lines.extend(passed);
                self.fail(failed, unanswered.into());
            }
        }
        ceremony.end(self.page());
    }

    fn begin(&self, challenge: &Challenge, approver: &Approver) -> Result<Local<'a>, Error> {
        self.context.terminal.say(format_args!(
            "testing `{}`: sign in as for an approval; nothing is approved",
            self.entry.name
        ));
        let prepared = Local::prepare(self.context, &self.credentials, self.entry)?;
        let occasion = Occasion {
            title: format!("test the provider entry {}", self.entry.name),
            login_hint: approver.email.as_deref(),
            browsing: &self.args.browsing,
        };
        prepared.discovered()?.begin(None, challenge, occasion)
    }

    /// A second sign-in that asks for what cannot be: ignored, refused, or silently answered with less.
    fn negative(&mut self, approver: &Approver) {
        let mut terms = self.entry.terms();
        terms.acr_values = vec![UNKNOWN_ACR.to_owned()];
        let demand = Demand::default();
        let Ok(agreed) = demand.agree(&terms) else {
            return;
        };
        let challenge = self.challenge(agreed.requirement);
        // The next listener may need the same port.
        self.context.finish();
        let mut ceremony = match self.begin(&challenge, approver) {
            Ok(ceremony) => ceremony,
            Err(error) => return self.fail("negative control", error),
        };
        let check = "negative control";
        match ceremony.answer() {
            Ok((event, ..)) => {
                let finding = match &event.facts().acr {
                    Claim::Present(acr) if acr == UNKNOWN_ACR => {
                        self.error = Some(Error::new(
                            ErrorKind::Unmet,
                            "the provider repeats any acr value that it is asked for",
                        ));
                        Finding::new(check, Grade::Fail, "an unknown value came back as if it was met")
                            .hint("its acr proves nothing: have it computed from how the person signed in")
                    }
                    Claim::Present(acr) => Finding::ok(
                        check,
                        format!(
                            "an unknown value is ignored; the answer says acr `{acr}`, which stepup refuses"
                        ),
                    ),
                    _ => Finding::ok(
                        check,
                        "an unknown value is ignored; the answer has no acr, which stepup refuses",
                    ),
                };
                self.lines.push(finding);
            }
            Err(Unanswered::Refused(RedeemError::Callback(CallbackError::Provider {
                code,
                ..
            }))) => {
                let says = format!("an unknown value is refused with `{code}`");
                self.lines.push(Finding::ok(check, says));
            }
            Err(Unanswered::NotInTime(_)) => {
                let says =
                    "an unknown value ends on the provider's own page, which never comes back";
                self.lines.push(Finding::ok(check, says));
            }
            Err(unanswered) => self.fail(check, unanswered.into()),
        }
        ceremony.end(self.page());
    }

    fn fail(&mut self, check: &'static str, error: Error) {
        let finding = Finding::new(check, Grade::Fail, error.message());
        let hint = error.hints().first().cloned();
        self.lines.push(match hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        });
        self.error = Some(error);
    }

    fn page(&self) -> ResultPage {
        let name = &self.entry.name;
        match &self.error {
            None => ResultPage::Success {
                heading: format!("The provider entry {name} works"),
                lines: vec![
                    "Nothing was approved. What was checked is in your terminal.".to_owned(),
                ],
            },
            Some(error) => ResultPage::Failure {
                heading: format!("The provider entry {name} does not work yet"),
                reason: error.message().to_owned(),
                next_steps: error.hints().to_vec(),
            },
        }
    }

    fn report(self, folder: &Path) -> Result<(), Error> {
        let passed = self.error.is_none();
        Tested::new(folder).keep(&self.entry.name, passed);
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
            "checks": lines,
        });
        let text: Vec<String> = self.lines.iter().map(|line| self.line(line)).collect();
        terminal
            .result(&text.join("\n"), &document)
            .map_err(|error| undelivered("the provider was tested", error))?;
        self.error.map_or(Ok(()), Err)
    }

    fn line(&self, line: &Finding) -> String {
        let tone = match line.grade {
            Grade::Ok => Tone::Good,
            Grade::Manual | Grade::Warn => Tone::Notice,
            Grade::Fail => Tone::Bad,
        };
        let word = format!("{:<6}", line.grade.word());
        let word = self.context.terminal.tone_out(tone, &word);
        let mut text = format!("{word} {:<16} {}", line.check, plain(&line.says));
        if let Some(hint) = &line.hint {
            let _ = write!(text, "\n       {:<16} -> {}", "", plain(hint));
        }
        text
    }
}
