//! What the person at the browser does (a plan), and what the browser saw (its report). Both formats are
//! those of `tests/interop/README.md`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::process::BIN;
use crate::provider::script;

/// Looks of a page, and where they stay for people to see.
const LOOKS: [&str; 3] = ["light", "dark", "narrow"];

/// A plan that is being put together.
#[must_use]
pub(crate) struct Plan(Value);

impl Plan {
    /// Steps in order: names, or objects.
    pub(crate) fn of(steps: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        let steps: Vec<Value> = steps.into_iter().map(Into::into).collect();
        Self(json!({ "steps": steps, "look": [], "timeout_s": 90 }))
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0[name] = value.into();
        self
    }

    /// Somebody other than Mira Chen.
    pub(crate) fn by(self, user: &str) -> Self {
        self.with("user", user)
    }

    /// With a passkey device that is not ours to copy, kept between launches.
    pub(crate) fn with_key(self) -> Self {
        self.with("authenticator", json!({ "file": "key.json" }))
    }

    /// With a passkey that is synchronised between devices.
    pub(crate) fn with_synced_key(self) -> Self {
        let device = json!({ "file": "synced.json", "synced": true });
        self.with("authenticator", device)
    }

    /// With cookies that are kept between launches.
    pub(crate) fn with_kept_cookies(self) -> Self {
        self.with("profile", "cookies")
    }

    /// In a profile that was prepared.
    pub(crate) fn in_profile(self, folder: &Path) -> Self {
        self.with("profile", folder.to_str().unwrap())
    }

    /// Every page is photographed in all looks and checked for accessibility.
    pub(crate) fn looking(self, story: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("interop")
            .join(story);
        let _ = std::fs::remove_dir_all(&folder);
        self.with("look", LOOKS.as_slice())
            .with("folder", folder.to_str().unwrap())
    }

    /// For the pages of another provider: a state file that says nothing.
    pub(crate) fn at_another_provider(self, home: &Path) -> Self {
        let file = home.join("nobody.json");
        let people = [json!({ "username": "mira.chen" })];
        let state = json!({ "issuer": "http://nobody.invalid", "people": people });
        std::fs::write(&file, state.to_string()).unwrap();
        self.with("provider", file.to_str().unwrap())
    }

    /// Writes it down; the next plan of the same home replaces it.
    pub(crate) fn write(self, home: &Path, provider: &Path) -> Written {
        self.write_as("", home, provider)
    }

    /// Writes a browser of this name beside others.
    pub(crate) fn write_as(mut self, name: &str, home: &Path, provider: &Path) -> Written {
        let file = |what: &str| home.join(format!("{name}{what}.json"));
        let (plan, report) = (file("plan"), file("report"));
        if self.0["provider"].is_null() {
            self.0["provider"] = provider.to_str().unwrap().into();
        }
        self.0["report"] = report.file_name().unwrap().to_str().unwrap().into();
        let _ = std::fs::remove_file(&report);
        std::fs::write(&plan, self.0.to_string()).unwrap();
        Written { plan, report }
    }
}

/// A plan in its file.
pub(crate) struct Written {
    plan: PathBuf,
    pub(crate) report: PathBuf,
}

impl Written {
    /// The browser as words: program and arguments, without the address.
    pub(crate) fn words(&self) -> Vec<String> {
        ["node", script("browser.mjs").to_str().unwrap(), "--plan"]
            .map(str::to_owned)
            .into_iter()
            .chain([self.plan.to_str().unwrap().to_owned()])
            .collect()
    }

    /// As one `--browser` argument.
    pub(crate) fn command_line(&self) -> String {
        shell_words::join(self.words())
    }
}

/// The built-in person as a `--browser` command line.
pub(crate) fn built_in(factor: &str) -> String {
    stepup_harness::person(BIN, factor)
}

/// What the browser saw.
pub(crate) struct Report(pub(crate) Value);

impl Report {
    /// A server that the browser had to go to, beside provider and client.
    pub(crate) fn knows(&mut self, server: &str) {
        let strangers = self.0["strangers"].as_array_mut().unwrap();
        strangers.retain(|url| !url.as_str().unwrap().starts_with(server));
    }

    /// The plan was played to its end, without a secret in sight: nothing in the address bar, no code in a
    /// Referer, no request to anybody else.
    #[track_caller]
    pub(crate) fn went_well(&self) -> &Self {
        assert_eq!(self.0["outcome"], "done", "{:#}", self.0);
        let leaks: Vec<&Value> = self
            .requests()
            .filter(|request| {
                request["referer_leaks"]
                    .as_array()
                    .is_some_and(|all| !all.is_empty())
            })
            .collect();
        assert!(leaks.is_empty(), "{leaks:#?}");
        assert_eq!(self.0["strangers"], json!([]));
        self
    }

    /// The last address is a bare one at this client's listener: no code, no state.
    #[track_caller]
    pub(crate) fn ends_at_a_clean_address(&self) -> &Self {
        let address = &self.0["address"];
        let url = address["url"].as_str().unwrap_or_default();
        assert!(url.starts_with("http://127.0.0.1:"), "{address}");
        assert!(url.contains("/done/"), "{address}");
        assert_eq!(address["parameters"], json!([]));
        self
    }

    /// What stood on the page after this step (its last time, if it was taken more than once).
    #[track_caller]
    pub(crate) fn text_after(&self, step: &str) -> &str {
        self.page_after(step)["text"].as_str().unwrap()
    }

    #[track_caller]
    pub(crate) fn page_after(&self, step: &str) -> &Value {
        let mut pages = self.pages().rev();
        pages
            .find(|page| page["after"] == step)
            .unwrap_or_else(|| panic!("no page after {step}: {:#}", self.0))
    }

    /// Names of the provider's pages that were seen, in order.
    pub(crate) fn provider_pages(&self) -> Vec<&str> {
        self.pages()
            .filter_map(|page| page["page"].as_str())
            .collect()
    }

    /// Every page, in every look: nothing for an accessibility checker to say, nothing too wide for 400
    /// pixels, nothing that a page's own policy stopped.
    #[track_caller]
    pub(crate) fn is_fit_to_be_seen(&self) -> &Self {
        for page in self.pages() {
            assert_eq!(page["axe"], json!([]), "{}", page["url"]);
            assert_eq!(page["overflows"], false, "{}", page["url"]);
            assert_eq!(page["screenshots"].as_array().unwrap().len(), LOOKS.len());
        }
        let complaints = self.0["console"].as_array().unwrap();
        let stopped = complaints.iter().find(|line| {
            line["text"]
                .as_str()
                .unwrap()
                .contains("Content Security Policy")
        });
        assert_eq!(stopped, None);
        self
    }

    fn pages(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.0["pages"].as_array().unwrap().iter()
    }

    /// Requests to the redirect URI, in order: method and status.
    pub(crate) fn callbacks(&self) -> Vec<String> {
        let at_callback = |request: &&Value| {
            let url = request["url"].as_str().unwrap();
            url.ends_with("/callback/interop")
        };
        self.requests()
            .filter(at_callback)
            .map(|request| {
                format!(
                    "{} {}",
                    request["method"].as_str().unwrap(),
                    request["status"]
                )
            })
            .collect()
    }

    fn requests(&self) -> impl Iterator<Item = &Value> {
        self.0["requests"].as_array().unwrap().iter()
    }
}
