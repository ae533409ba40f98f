mod presets;
mod refusals;

use super::*;
use crate::domain::login_hint::LoginHintForm;
use crate::domain::person::SubjectRule;
use crate::domain::requirement::Freshness;
use openidconnect::core::CoreJwsSigningAlgorithm as Alg;

const FULL: &str = r#"
default_profile = "work"
store = "keyring"

[profiles.work]
api_url = "https://acme.conductor.one"
provider = "okta"
store = "file"

[profiles.lab]
api_url = "http://127.0.0.1:8080/api"

[providers.okta]
issuer = "https://acme.okta.com/oauth2/default/"
client_id = "0oa1"
client_auth = "client_secret_basic"
request = "claims"
par = "always"
dpop = true
acr_values = ["phr", "urn:okta:loa:2fa:any"]
max_age = 300
freshness = "as-challenged"
amr = ["mfa"]
prompt = "select_account"
c1_provider_ids = ["2zAbcdefghijklmnopqrstuvwxy"]
redirect_host = "localhost"
ports = [8000, 18_000, 0xffff]
redirect_path = "/callback"
response_mode = "form_post"
id_token_algs = ["ES256", "EdDSA"]
ca_file = "corp-ca.pem"
scopes = ["profile", "openid", "email"]
challenge_scopes = ["task:approve"]
audience = "https://api.example"
resource = "https://api.example/v1"
authorization_details = "stepup_approval"
extra = { connection = "corp", "domain_hint" = "acme.example" }
skew = 0
subject = "preferred_username"
accept_unverified_email = true

[providers.plain]
issuer = "https://plain.example"
client_id = "c"
"#;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("F"), text.as_bytes())
}

const GUIDE: &str = include_str!("../../docs/guide/configuration.md");

#[test]
fn the_guide_has_every_key() {
    let keys = super::entry::KEYS.iter().chain(&PROFILE_KEYS).chain(&KEYS);
    for key in keys.filter(|key| !["profiles", "providers"].contains(key)) {
        assert!(GUIDE.contains(&format!("`{key}`")), "`{key}`");
    }
}

#[test]
fn the_example_of_the_guide_is_a_configuration() {
    let (_, example) = GUIDE.split_once("```toml\n").unwrap();
    let config = parse(example.split("```").next().unwrap()).unwrap();
    assert_eq!(config.profiles["work"].providers, ["okta"]);
    assert!(config.providers.contains_key("okta"));
}

/// A file with one entry, whose third line is `settings`.
fn entry(settings: &str) -> String {
    format!("[providers.a]\nissuer = 'https://a.example'\n{settings}\nclient_id = 'c'\n")
}

#[test]
fn every_setting_is_read() {
    let config = parse(FULL).unwrap();
    assert_eq!(config.default_profile.as_deref(), Some("work"));
    let (work, lab) = (&config.profiles["work"], &config.profiles["lab"]);
    assert_eq!(work.api_url.as_str(), "https://acme.conductor.one/");
    assert_eq!(work.providers, ["okta"]);
    assert_eq!(config.store(Some(work)), StoreKind::File);
    assert_eq!(config.store(Some(lab)), StoreKind::Keyring);
    assert_eq!(
        work.credential().to_string(),
        "api/work@https://acme.conductor.one"
    );

    let okta = &config.providers["okta"];
    assert_eq!(
        okta.credential().to_string(),
        "client-secret/okta@https://acme.okta.com"
    );
    let expected = ProviderEntry {
        name: "okta".into(),
        issuer: "https://acme.okta.com/oauth2/default/".into(),
        client_id: "0oa1".into(),
        client_auth: ClientAuthMethod::SecretBasic,
        backchannel: None,
        login_hint_form: LoginHintForm::Address,
        preset: None,
        request: RequestStyle::EssentialClaims,
        par: Pushing::Always,
        dpop: true,
        on_request: vec![],
        rank: vec![],
        weak: vec![],
        fresh_max_age: 0,
        acr_values: vec!["phr".into(), "urn:okta:loa:2fa:any".into()],
        max_age: Some(300),
        freshness: Freshness::AsChallenged,
        amr: vec!["mfa".into()],
        prompt: Prompt::SelectAccount,
        c1_provider_ids: vec!["2zAbcdefghijklmnopqrstuvwxy".into()],
        api_origins: Vec::new(),
        request_origins: Vec::new(),
        redirect_host: RedirectHost::Localhost,
        ports: vec![8000, 18000, 65535],
        redirect_path: "/callback".into(),
        response_mode: ResponseMode::FormPost,
        id_token_algs: vec![Alg::EcdsaP256Sha256, Alg::EdDsa],
        ca_file: Some("corp-ca.pem".into()),
        scopes: vec!["profile".into(), "email".into()],
        audience: Some("https://api.example".into()),
        resource: Some("https://api.example/v1".into()),
        authorization_details: Some("stepup_approval".into()),
        extra: [("connection", "corp"), ("domain_hint", "acme.example")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        skew: 0,
        subject: SubjectRule::PreferredUsername,
        accept_unverified_email: true,
        challenge_scopes: vec!["task:approve".into()],
    };
    assert_eq!(okta, &expected);
}

#[test]
fn the_defaults_are_the_strict_ones() {
    let config = parse(FULL).unwrap();
    let expected = ProviderEntry {
        name: "plain".into(),
        issuer: "https://plain.example".into(),
        client_id: "c".into(),
        client_auth: ClientAuthMethod::None,
        backchannel: None,
        login_hint_form: LoginHintForm::Address,
        preset: None,
        request: RequestStyle::AcrValues,
        par: Pushing::Auto,
        dpop: false,
        on_request: vec![],
        rank: vec![],
        weak: vec![],
        fresh_max_age: 0,
        acr_values: vec![],
        max_age: None,
        freshness: Freshness::EachTime,
        amr: vec![],
        prompt: Prompt::Login,
        c1_provider_ids: vec![],
        api_origins: Vec::new(),
        request_origins: Vec::new(),
        redirect_host: RedirectHost::Ipv4,
        ports: vec![],
        redirect_path: "/callback/plain".into(),
        response_mode: ResponseMode::Query,
        id_token_algs: vec![Alg::RsaSsaPkcs1V15Sha256],
        ca_file: None,
        scopes: vec![],
        audience: None,
        resource: None,
        authorization_details: None,
        extra: BTreeMap::new(),
        skew: 60,
        subject: SubjectRule::Email,
        accept_unverified_email: false,
        challenge_scopes: vec![],
    };
    assert_eq!(config.providers["plain"], expected);
}

#[test]
fn a_relative_file_is_found_from_the_folder_of_the_configuration() {
    for (written, found) in [("a.pem", "/etc/s/a.pem"), ("/b.pem", "/b.pem")] {
        let text = entry(&format!("ca_file = '{written}'"));
        let config = Config::parse(Path::new("/etc/s/config.toml"), text.as_bytes()).unwrap();
        assert_eq!(config.providers["a"].ca_file, Some(found.into()));
    }
}

#[test]
fn no_prompt_is_sent_when_an_earlier_sign_in_will_do() {
    for (settings, parameter) in [
        ("", Some("login")),
        ("freshness = 'each-time'", Some("login")),
        ("freshness = 'as-challenged'", None),
        ("prompt = 'none-at-all'", None),
        ("prompt = 'consent'", Some("consent")),
    ] {
        let config = parse(&entry(settings)).unwrap();
        assert_eq!(
            config.providers["a"].prompt.parameter(),
            parameter,
            "{settings}"
        );
    }
}

#[test]
fn other_spellings_of_toml_are_the_same_configuration() {
    let inline = "profiles = { a = { api_url = 'https://a.example' } }";
    let dotted = "profiles.a.api_url = 'https://a.example'";
    let marked = "\u{feff}[profiles.a]\r\napi_url = 'https://a.example'\r\n";
    for text in [inline, dotted, marked] {
        assert_eq!(parse(text).unwrap().profiles.len(), 1, "{text}");
    }
    assert!(parse("").unwrap().profiles.is_empty());
}

#[test]
fn an_explicit_path_is_a_file_or_its_folder_and_must_be_there() {
    let home = tempfile::tempdir().unwrap();
    let (folder, file) = (home.path().to_owned(), home.path().join("config.toml"));
    let sentence = |path: &Path| Config::load(Some(path)).unwrap_err().to_string();

    assert_eq!(Config::location(Some(&folder)).unwrap(), file);
    assert_eq!(
        sentence(&folder),
        format!("the folder `{}` holds no `config.toml`", folder.display())
    );
    assert_eq!(
        sentence(&file),
        format!("there is no configuration at `{}`", file.display())
    );

    std::fs::write(&file, "store = 'file'").unwrap();
    for path in [&folder, &file] {
        let config = Config::load(Some(path)).unwrap();
        assert_eq!(config.store, Some(StoreKind::File));
        assert_eq!(config.path.as_ref(), Some(&file));
    }

    std::fs::write(&file, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    assert_eq!(
        sentence(&file),
        format!(
            "the configuration `{}` could not be read: it is larger than 1 MiB",
            file.display()
        )
    );
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let unreadable = format!("the configuration `{}` could not be read:", file.display());
    assert!(sentence(&folder).starts_with(&unreadable));
}

#[test]
fn every_word_of_a_choice_is_its_own() {
    fn check<T: Choice + std::fmt::Debug>() {
        for (word, choice) in T::ALL {
            assert_eq!(choice.word(), *word);
        }
    }
    check::<StoreKind>();
    check::<ClientAuthMethod>();
    check::<Freshness>();
    check::<Prompt>();
    check::<Pushing>();
    check::<RedirectHost>();
    check::<RequestStyle>();
    check::<ResponseMode>();
    check::<SubjectRule>();
    check::<Alg>();
}
