//! What a configuration file may not say, and the exact sentence for it. The file's path is `F`.

use super::*;
use crate::arbitrary::rows;

/// The sentence for a file that is refused.
fn refusal(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

/// The key of `key = value`.
fn key(setting: &str) -> &str {
    setting.split_once(" = ").unwrap().0
}

/// Whatever the protocol sends itself, or would change what is verified, in any case of its letters.
#[test]
fn the_parameters_of_the_protocol_are_not_the_entrys() {
    let own = |name: &str| parse(&entry(&format!("extra = {{ {name} = 'x' }}")));
    // Where parameters become variables, as in PHP, a dot is an underscore.
    let protocol = "acr_values audience claims client_assertion client_assertion_type client_id client_secret \
        code_challenge code_challenge_method dpop_jkt id_token_hint login_hint login_hint_token max_age nonce Nonce \
        prompt PROMPT redirect_uri registration request request_uri requested_expiry resource response_mode \
        response_type scope state binding_message user_code grant_type authorization_details sessionToken \
        'redirect.uri' 'Code.Challenge'";
    for name in protocol.split(' ') {
        let refused = own(name).unwrap_err().to_string();
        assert!(
            refused.contains("it is a parameter of the protocol"),
            "{name}: {refused}"
        );
    }
    let others = "connection organization idp domain_hint kc_idp_hint hd ui_locales \"a:b\"";
    for name in others.split(' ') {
        assert!(own(name).is_ok(), "{name}");
    }
    let place = "`extra` cannot be `max_age` in `[providers.a]`, line 3 of `F`";
    let max_age = refusal(&entry("extra = { max_age = '0' }"));
    let said = format!("{place}: it is a parameter of the protocol; the key `max_age` says it");
    assert!(max_age.contains(&said), "{max_age}");
    let bad = r#"
        extra = { 'a b' = 'x' }  | a parameter is 1 to 64 letters
        extra = { a = '' }       | it must be one line of 1 to 256 bytes
        extra = { a = "x\ny" }   | it must be one line of 1 to 256 bytes
        extra = { a = 1 }        | table of strings
        extra = 'a=b'            | table of strings"#;
    for [settings, said] in rows(bad) {
        let refused = refusal(&entry(settings));
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn a_bad_setting_is_named_with_its_place_and_rule() {
    let word = "it must be 1 to 256 printable ASCII characters without spaces";
    let path = "it must be a URL path that starts with `/`, without `?` and `#`";
    let seventeen = format!("acr_values = [{}]", "'a',".repeat(17));
    let age = "it must be from 0 to 31536000";
    let port = "it must be from 1 to 65535";
    let uri = "it must be an absolute URI without fragment";
    let cases = [
        ("acr_values = ['']", "", word),
        ("acr_values = ['a b']", "a b", word),
        ("acr_values = ['é']", "é", word),
        (&seventeen, "a", "there are more than 16 values"),
        ("amr = [\"a\\tb\"]", "a\tb", word),
        (
            "scopes = ['offline_access']",
            "offline_access",
            "a step-up asks for no refresh token",
        ),
        ("max_age = -1", "-1", age),
        (
            "max_age = 99999999999999999999",
            "99999999999999999999",
            age,
        ),
        ("skew = 301", "301", "it must be from 0 to 300"),
        ("ports = [8000, 0]", "0", port),
        ("ports = [65536]", "65536", port),
        ("redirect_path = 'cb'", "cb", path),
        ("redirect_path = '/cb?x'", "/cb?x", path),
        ("redirect_path = '/cb#x'", "/cb#x", path),
        ("redirect_path = '/a/../b'", "/a/../b", path),
        ("redirect_path = '//evil.example/'", "//evil.example/", path),
        (
            "redirect_path = 'https://evil.example/'",
            "https://evil.example/",
            path,
        ),
        (
            "c1_provider_ids = ['2z']",
            "2z",
            "such an id is 27 letters and digits",
        ),
        ("resource = '/v1'", "/v1", uri),
        ("resource = 'https://a/#b'", "https://a/#b", uri),
        ("audience = ''", "", word),
        ("authorization_details = 'two words'", "two words", word),
        ("ca_file = ''", "", "it must name a file"),
    ];
    for (settings, value, reason) in cases {
        let key = key(settings);
        let place = "`[providers.a]`, line 3 of `F`";
        let expected = format!("`{key}` cannot be `{value}` in {place}: {reason}");
        assert_eq!(refusal(&entry(settings)), expected);
    }
}

#[test]
fn a_choice_outside_its_list_names_the_list() {
    let algs =
        "`RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, `ES384`, `ES512`, `EdDSA`";
    let choices = "
        freshness = 'eachtime'            | `each-time`, `as-challenged` | each-time
        client_auth = 'client_secret_jwt' | `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt` | client_secret_post
        prompt = 'none'                   | `login`, `consent`, `select_account`, `none-at-all` | none-at-all
        redirect_host = '0.0.0.0'         | `127.0.0.1`, `localhost` |
        response_mode = 'fragment'        | `query`, `form_post` |
        subject = 'mail'                  | `email`, `preferred_username`, `sub`, `none` | email
        id_token_algs = ['none']          | ALGS |
        id_token_algs = ['HS256']         | ALGS | RS256";
    for [settings, allowed, suggestion] in rows(choices) {
        let allowed = allowed.replace("ALGS", algs);
        let value = settings.split('\'').nth(1).unwrap();
        let key = key(settings);
        let error = parse(&entry(settings)).unwrap_err();
        let place = "`[providers.a]`, line 3 of `F`";
        let expected = format!("`{key}` cannot be `{value}` in {place}: it is one of {allowed}");
        assert_eq!(error.to_string(), expected);
        let ConfigError::UnknownValue {
            suggestion: nearest,
            ..
        } = error
        else {
            panic!("{settings}");
        };
        assert_eq!(nearest.unwrap_or_default(), suggestion, "{settings}");
    }
}

#[test]
fn a_url_must_be_one_we_are_willing_to_talk_to() {
    let https = "it must be https (plain http is for loopback hosts only)";
    let bare = "it must have no query and no fragment";
    let person = "it must have no user name and no password";
    for (url, shown, reason) in [
        ("http://a.example", "http://a.example", https),
        ("ftp://127.0.0.1", "ftp://127.0.0.1", https),
        ("https://a.example?x=1", "https://a.example?x=1", bare),
        ("https://a.example#x", "https://a.example#x", bare),
        ("https://me:hunter2@a.example", "a.example", person),
        ("a.example", "a.example", "it must begin with `https://`"),
        ("https://", "https://", "empty host"),
    ] {
        let profile = format!("[profiles.a]\napi_url = '{url}'");
        let provider = format!("[providers.a]\nissuer = '{url}'\nclient_id = 'c'");
        for (text, table, key) in [
            (profile, "profiles", "api_url"),
            (provider, "providers", "issuer"),
        ] {
            assert_eq!(
                refusal(&text),
                format!("`{key}` cannot be `{shown}` in `[{table}.a]`, line 2 of `F`: {reason}")
            );
        }
    }
}

#[test]
fn what_does_not_fit_as_a_whole_is_refused() {
    let id = "2zAbcdefghijklmnopqrstuvwxy";
    let two = |a: &str, b: &str| {
        format!("[providers.a]\nclient_id = 'c'\n{a}\n[providers.b]\nclient_id = 'c'\n{b}\n")
    };
    let issuer = "issuer = 'https://a.example'";
    let ids = format!("issuer = 'https://b.example'\nc1_provider_ids = ['{id}']");
    let a_ids = format!("{issuer}\nc1_provider_ids = ['{id}']");
    let cases = [
        // B4.5: two clients at one provider are no two providers, and one client is one entry.
        (two(issuer, issuer), "`issuer` cannot be `https://a.example` in `[providers.b]`, line 6 of `F`: the entry `a` has the same, and the same client".to_owned()),
        (two(&a_ids, &ids), format!("`c1_provider_ids` cannot be `{id}` in `[providers.b]`, line 8 of `F`: the entry `a` lists it too")),
        ("default_profile = 'a'".into(), "`default_profile` cannot be `a` in line 1 of `F`: none is configured".into()),
        ("default_profile = 'wrk'\n[profiles.work]\napi_url = 'https://a.example'".into(), "`default_profile` cannot be `wrk` in line 1 of `F`: it is one of `work`".into()),
        (format!("{}[profiles.p]\napi_url='https://a.example'\nprovider = 'b'", entry("")), "`provider` cannot be `b` in `[profiles.p]`, line 7 of `F`: it is one of `a`".into()),
        ("[profiles.p]\napi_url='https://a.example'\nprovider = 'b'".into(), "`provider` cannot be `b` in `[profiles.p]`, line 3 of `F`: none is configured".into()),
        ("\n[profiles.p]\n".into(), "`api_url` is missing in `[profiles.p]`, line 2 of `F`".into()),
        ("[providers.a]\nissuer = 'https://a.example'".into(), "`client_id` is missing in `[providers.a]`, line 1 of `F`".into()),
        ("[profiles.'My Work']\napi_url = 'https://a.example'".into(), "`My Work` is not a name in `[profiles]`, line 1 of `F`: names are 1 to 64 of `a-z`, `0-9`, `_` and `-`".into()),
        ("[profiles.'']\n".into(), "`` is not a name in `[profiles]`, line 1 of `F`: names are 1 to 64 of `a-z`, `0-9`, `_` and `-`".into()),
        ("[providers.'../a']\n".into(), "`../a` is not a name in `[providers]`, line 1 of `F`: names are 1 to 64 of `a-z`, `0-9`, `_` and `-`".into()),
    ];
    for (text, expected) in cases {
        assert_eq!(refusal(&text), expected, "{text}");
    }
}

#[test]
fn a_value_of_another_type_is_refused() {
    for (settings, line, expected, found) in [
        ("acr_values = 'phr'", 3, "array of strings", "string"),
        ("acr_values = [\n\n1]", 5, "array of strings", "integer"),
        ("max_age = '300'", 3, "integer", "string"),
        ("skew = 1.5", 3, "integer", "float"),
        ("ports = 8000", 3, "array of integers", "integer"),
        ("prompt = true", 3, "string", "boolean"),
    ] {
        let place = format!("`[providers.a]`, line {line} of `F`");
        let key = key(settings);
        let sentence = format!("`{key}` must be of type {expected} in {place}, not {found}");
        assert_eq!(refusal(&entry(settings)), sentence);
    }
    for (text, key, line, expected, found) in [
        ("store = 1", "store", 1, "string", "integer"),
        ("[profiles]\na = 1", "a", 2, "table", "integer"),
        ("[[profiles]]", "profiles", 1, "table", "array"),
    ] {
        let place = format!("line {line} of `F`");
        let sentence = format!("`{key}` must be of type {expected} in {place}, not {found}");
        assert_eq!(refusal(text), sentence);
    }
}

#[test]
fn an_unknown_key_comes_with_the_nearest_known_one() {
    let keys = "
        defualt_profile = 'a'               | defualt_profile | line 1                  | default_profile
        [provider.okta]                     | provider        | line 1                  | providers
        zzz = 1                             | zzz             | line 1                  |
        [profiles.a];api-url = 'x'          | api-url         | `[profiles.a]`, line 2  | api_url
        [profiles.a];URL = 'x'              | URL             | `[profiles.a]`, line 2  |
        [providers.a];isuer = 'x'           | isuer           | `[providers.a]`, line 2 | issuer
        [providers.a];acr = []              | acr             | `[providers.a]`, line 2 | acr_values
        [providers.a];id_token_alg = []     | id_token_alg    | `[providers.a]`, line 2 | id_token_algs
        [providers.a.b]                     | b               | `[providers.a]`, line 1 |";
    for [text, key, place, nearest] in rows(keys) {
        let text = &text.replace(';', "\n");
        let error = parse(text).unwrap_err();
        let sentence = format!("unknown key `{key}` in {place} of `F`");
        assert_eq!(error.to_string(), sentence);
        let ConfigError::UnknownKey { suggestion, .. } = error else {
            panic!("{text}");
        };
        assert_eq!(suggestion.unwrap_or_default(), nearest, "{text}");
    }
}

#[test]
fn a_secret_is_shown_the_door_and_not_repeated() {
    for (table, key) in [
        ("providers", "client_secret"),
        ("providers", "client-secret"),
        ("profiles", "token"),
        ("profiles", "API_TOKEN"),
        ("profiles", "password"),
    ] {
        let error = parse(&format!("[{table}.a]\n{key} = 'hunter2'")).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "`{key}` is refused in `[{table}.a]`, line 2 of `F`: \
                 secrets live in the credential store, never in the configuration"
            )
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let (text, toml) = (
        "the configuration is not UTF-8 text in",
        "the configuration is not valid TOML in",
    );
    let quoted = "string values must be quoted, expected literal string";
    let bare = b"[profiles.a]\napi_url = https://a.example\n";
    for (bytes, expected) in [
        (&b"a = 1\n\nb = \xff\n"[..], format!("{text} line 3 of `F`")),
        (b"\xff\xfea", format!("{text} line 1 of `F`")),
        (bare, format!("{toml} line 2 of `F`: {quoted}")),
        (
            b"store = 'file'\nstore = 'file'\n",
            format!("{toml} line 2 of `F`: duplicate key"),
        ),
        (
            b"[profiles.a\n",
            format!("{toml} line 1 of `F`: unclosed table, expected `]`"),
        ),
    ] {
        let error = Config::parse(Path::new("F"), bytes).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
