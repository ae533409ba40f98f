//! The presets: P1 (discovery, redirect, client), P2 (request and verification) and P3 (values) of
//! `providers.md`, row by row, with the steps of its part A. `prompt=login` goes with `max_age` everywhere,
//! also where P2 finds the latter enough: an approval that asks twice harms nobody.

use super::definition::{Assurance, Client, Others, Pkce, Preset};
use crate::config::choices::{AssertionAudience, Backchannel, Prompt, RedirectHost, RequestStyle};
use crate::domain::known_issuers;
use crate::domain::known_values::{
    KEYCLOAK_NO_LEVEL, KnownValue, OKTA_1FA, OKTA_2FA, OKTA_IF_POSSIBLE, OKTA_PASSWORD,
    ONELOGIN_AGAIN, PAPE_MULTI_FACTOR, PHR, PHRH, PING_MULTI_FACTOR, PING_SINGLE_FACTOR,
};

/// Ports to register where a provider wants each of them, and to try in this order. (A1, A14)
const PORTS: &[u16] = &[8471, 18471, 28471];

/// What a preset is unless it says otherwise, and what an entry without one goes by.
pub(in crate::config) const PLAIN: Preset = Preset {
    name: "",
    title: "",
    refused: None,
    issuers: &["{issuer}"],
    example_issuer: "https://login.example.com",
    redirect_host: RedirectHost::Ipv4,
    ports: &[],
    client: Client::Operator,
    pkce: Pkce::Listed,
    request: RequestStyle::AcrValues,
    fresh_max_age: 0,
    max_age: None,
    prompt: Prompt::Login,
    amr: &[],
    verification: "acr is one of the accepted values, exactly; auth_time at or after the start",
    assurance: Assurance::Acr,
    others: Others::Any,
    example: "phr",
    values: &[],
    ranked: true,
    skew: 60,
    steps: &[],
    backchannel: Some(Backchannel::CORE),
    backchannel_steps: &[
        "a confidential client with the grant `urn:openid:params:grant-type:ciba`, delivery mode poll, no user code",
        "its secret, or the private key whose public half is registered: `stepup config set-secret`",
        "`auth_time` in its ID tokens (`require_auth_time`), and `acr` where steps require a value",
    ],
    assertion_audience: AssertionAudience::Issuer,
};

const OKTA_VALUES: &[KnownValue] = &[
    OKTA_1FA,
    OKTA_PASSWORD,
    OKTA_IF_POSSIBLE,
    OKTA_2FA,
    PHR,
    PHRH,
];

const OKTA: Preset = Preset {
    ports: PORTS,
    client: Client::Native,
    verification: "acr is one of the requested values, exactly (Okta ignores what it does not know); \
        auth_time at or after the start",
    others: Others::Refused,
    values: OKTA_VALUES,
    skew: 300,
    steps: &[
        "Applications > Create App Integration > OIDC > Native Application; grant: Authorization Code",
        "client authentication: None (PKCE required); it has no secret",
        "sign-in redirect URIs: all that the entry lists, port for port; Okta compares them exactly",
        "assign the people or groups who approve; whoever is not assigned gets `access_denied`",
        "the app's sign-in policy must allow the factors that the acr value requires",
        "if nobody may enrol a factor during a step-up, restrict that in the enrolment policy",
    ],
    // Its own name for the time, and no word about acr. [A10]
    backchannel: Some(Backchannel {
        expiry: "request_expiry",
        longest: 300,
        acr_values: false,
    }),
    backchannel_steps: &[
        "Applications > Create App Integration > OIDC > Web Application; grant: Client-initiated \
         backchannel authentication (CIBA)",
        "a custom authenticator (an app built with Okta's Devices SDK) with the CIBA transaction type, named in \
         the app's settings; people enrol with it, and ordinary Okta Verify does not do",
        "client authentication: its secret, or a public key; then `stepup config set-secret`",
        "the access policy's rule must allow the CIBA grant",
        "Okta documents no acr for this way: a step that requires a value is refused unless the ID token names it",
    ],
    assertion_audience: AssertionAudience::Endpoint,
    ..PLAIN
};

const ENTRA: Preset = Preset {
    issuers: &known_issuers::ENTRA,
    example_issuer: "https://login.microsoftonline.com/5f0e1d2c-3b4a-4958-8677-1a2b3c4d5e6f/v2.0",
    redirect_host: RedirectHost::Localhost,
    client: Client::Native,
    ranked: false,
    pkce: Pkce::Assumed,
    example: "c1",
    fresh_max_age: 300,
    max_age: Some(300),
    skew: 120,
    backchannel: None,
    ..PLAIN
};

/// The registration that a confidential client needs another one for.
pub(crate) const NATIVE_STEP: &str =
    "a native (public) client with the authorization code grant and PKCE S256, no secret";

/// Every preset, in the order of P1.
pub(crate) static PRESETS: &[Preset] = &[
    Preset {
        name: "okta",
        title: "Okta Identity Engine, the org's own authorization server",
        issuers: &["https://{domain}"],
        example_issuer: "https://acme.okta.com",
        ..OKTA
    },
    Preset {
        name: "okta-custom",
        title: "Okta Identity Engine, a custom authorization server",
        issuers: &["https://{domain}/oauth2/{asId}"],
        example_issuer: "https://acme.okta.com/oauth2/default",
        steps: &[
            "Applications > Create App Integration > OIDC > Native Application; grant: Authorization Code",
            "client authentication: None (PKCE required); it has no secret",
            "sign-in redirect URIs: all that the entry lists, port for port; Okta compares them exactly",
            "assign the people or groups who approve; whoever is not assigned gets `access_denied`",
            "Security > API > the server > Access Policies: a policy and a rule for this client; without \
             one every request ends with `access_denied` (`no_matching_policy`)",
            "if nobody may enrol a factor during a step-up, restrict that in the enrolment policy",
        ],
        ..OKTA
    },
    Preset {
        name: "okta-classic",
        title: "Okta Classic Engine",
        issuers: &["https://{domain}", "https://{domain}/oauth2/{asId}"],
        example_issuer: "https://acme.okta.com",
        // Here, 0 leaves a good session as it is. [A2]
        fresh_max_age: 1,
        values: &[OKTA_1FA, OKTA_PASSWORD, OKTA_2FA],
        backchannel: None,
        ..OKTA
    },
    Preset {
        name: "entra-oidc",
        title: "Microsoft Entra, a fresh sign-in; Conditional Access decides what it takes",
        request: RequestStyle::FreshnessOnly,
        verification: "the issuer names the tenant; auth_time is there and fresh; the ID token has no \
            acr and no amr to look at",
        assurance: Assurance::FreshnessOnly,
        others: Others::Refused,
        steps: &[
            "App registrations > New registration, this organisation only (single tenant)",
            "Authentication > Add a platform > Mobile and desktop applications; the entry's \
             redirect URI, without a port",
            "an ID token has an `email` only where the registration adds it: Token configuration > Add optional claim > ID > \
             `email`; or compare the user name instead: `stepup provider edit NAME --subject preferred_username`",
            "no client secret, and no implicit or hybrid tokens; `Allow public client flows` is not needed",
            "Expose an API > Add a scope, such as `approve`; put `api://CLIENT_ID/approve` into the \
             entry's `scopes`",
            "Conditional Access: a policy that requires MFA, aimed at that API; one aimed at the app does \
             not fire for a public client",
            "nothing in the ID token tells whether the policy ran: `entra-acrs` does",
        ],
        ..ENTRA
    },
    Preset {
        name: "entra-acrs",
        title: "Microsoft Entra, authentication contexts",
        request: RequestStyle::EntraContexts,
        verification: "the array acrs holds the context, case ignored; the issuer names the tenant; \
            auth_time is there, since max_age was sent, and fresh",
        assurance: Assurance::TenantPolicy,
        others: Others::Contexts,
        steps: &[
            "App registrations > New registration, this organisation only (single tenant)",
            "Authentication > Add a platform > Mobile and desktop applications; the entry's \
             redirect URI, without a port",
            "an ID token has an `email` only where the registration adds it: Token configuration > Add optional claim > ID > \
             `email`; or compare the user name instead: `stepup provider edit NAME --subject preferred_username`",
            "no client secret, and no implicit or hybrid tokens",
            "Conditional Access > Authentication contexts: create `c1` (to `c99`) and tick `Publish to apps`",
            "Conditional Access: a policy whose target is that authentication context, with the grant \
             control you want and sign-in frequency `every time`",
            "check that the policy is on and excludes nobody: a context that no policy protects is \
             granted to everyone, and no token shows that",
        ],
        ..ENTRA
    },
    Preset {
        name: "auth0",
        title: "Auth0",
        issuers: &["https://{domain}/"],
        example_issuer: "https://acme.eu.auth0.com/",
        ports: PORTS,
        amr: &["mfa"],
        client: Client::Native,
        verification: "amr holds mfa and acr is the value; auth_time is fresh; signed with RS256",
        assurance: Assurance::Mfa,
        others: Others::Refused,
        values: &[PAPE_MULTI_FACTOR],
        ranked: false,
        steps: &[
            "Applications > Create Application > Native; token endpoint authentication: None",
            "allowed callback URLs: each redirect URI of the entry, port for port",
            "advanced settings > OAuth: ID tokens signed with RS256",
            "an Action (post-login) that calls for MFA when the transaction's acr_values hold the value, \
             and does nothing when there are none; without it the value is ignored in silence",
            "in that Action: do not skip people who passed MFA earlier, and `allowRememberBrowser: false`",
            "set `audience` in the entry if the API reads the access token; without it the token is opaque",
        ],
        ..PLAIN
    },
    Preset {
        name: "keycloak",
        title: "Keycloak",
        issuers: &[
            "https://{host}/realms/{realm}",
            "https://{host}/{path}/realms/{realm}",
        ],
        example_issuer: "https://login.example.com/realms/acme",
        client: Client::Native,
        verification: "acr is one of the requested values, exactly; `0` always fails; Keycloak answers \
            with a lower level as a success",
        example: "gold",
        values: &[KEYCLOAK_NO_LEVEL],
        steps: &[
            "Clients > Create client, OpenID Connect; Client authentication: off; Standard flow: on",
            "Valid redirect URIs: the entry's redirect URI without its port, which stands for every port",
            "Advanced > Proof Key for Code Exchange Code Challenge Method: S256",
            "realm or client settings: ACR to LoA Mapping, such as `silver` = 1, `gold` = 2",
            "the browser flow: a `Condition - Level of Authentication` for each level, Max Age 0 for those \
             that have to be proven each time",
            "client scope `acr` stays among the default scopes; without it the claim is missing",
        ],
        ..PLAIN
    },
    Preset {
        name: "pingone",
        title: "PingOne",
        issuers: &["https://{host}/{envId}/as", "https://{host}/as"],
        example_issuer: "https://auth.pingone.eu/5f0e1d2c-3b4a-4958-8677-1a2b3c4d5e6f/as",
        client: Client::Native,
        verification: "acr is one of the requested policy names, exactly",
        assurance: Assurance::PolicyName,
        values: &[PING_SINGLE_FACTOR, PING_MULTI_FACTOR],
        ranked: false,
        steps: &[
            "Applications > Add > Native; response type Code, PKCE enforcement S256_REQUIRED",
            "token endpoint authentication: None",
            "redirect URIs: the entry's, with any port",
            "Policies: assign the sign-on policies that are asked for to the application",
            "check what those policies require today: the name stays when somebody weakens one",
        ],
        backchannel: None,
        ..PLAIN
    },
    Preset {
        name: "pingfederate",
        title: "PingFederate",
        ports: PORTS,
        ranked: false,
        steps: &[
            "a client with the authorization code grant, PKCE required, and the entry's redirect URIs",
            "the `Requested AuthN Context` selector: map each acr value to a branch; others fall through",
            "the OIDC policy's contract: fulfil `acr` from `SAML_AUTHN_CTX`; else the claim is missing",
        ],
        ..PLAIN
    },
    Preset {
        name: "pingam",
        title: "PingAM, Advanced Identity Cloud",
        ports: PORTS,
        ranked: false,
        steps: &[
            "a public client with the authorization code grant and the entry's redirect URIs",
            "the OAuth2 provider: map acr values to journeys; the first mapped one is honoured",
            "no journey of its own for this client: it would run instead of the acr's, and acr would \
             still be returned",
            "acr among the claims of the ID token",
        ],
        ..PLAIN
    },
    Preset {
        name: "onelogin",
        title: "OneLogin",
        issuers: &["https://{sub}.onelogin.com/oidc/2"],
        example_issuer: "https://acme.onelogin.com/oidc/2",
        ports: PORTS,
        max_age: Some(300),
        client: Client::Native,
        verification: "auth_time is fresh; the only value means that somebody signed in again",
        assurance: Assurance::FreshnessOnly,
        others: Others::Refused,
        values: &[ONELOGIN_AGAIN],
        ranked: false,
        steps: &[
            "Applications > OpenId Connect (OIDC); application type: Native; token endpoint: None (PKCE)",
            "redirect URIs: all that the entry lists",
        ],
        backchannel: None,
        ..PLAIN
    },
    Preset {
        name: "jumpcloud",
        title: "JumpCloud",
        issuers: &known_issuers::JUMPCLOUD,
        example_issuer: "https://oauth.id.jumpcloud.com/",
        ports: PORTS,
        request: RequestStyle::FreshnessOnly,
        max_age: Some(300),
        client: Client::Native,
        verification: "auth_time is fresh, and refused if it is missing; no assurance in the token",
        assurance: Assurance::FreshnessOnly,
        others: Others::Refused,
        ranked: false,
        steps: &[
            "SSO Applications > Custom OIDC; client authentication: Public (None, PKCE)",
            "redirect URIs: all that the entry lists",
            "a conditional access policy that requires MFA for this application",
        ],
        backchannel: None,
        ..PLAIN
    },
    Preset {
        name: "duo",
        title: "Duo Single Sign-On, generic OIDC relying party",
        issuers: &["https://{host}/oidc/{clientId}"],
        example_issuer: "https://sso-1a2b3c4d.sso.duosecurity.com/oidc/DI4K7QZP2M8RW6T1YHVB",
        ports: PORTS,
        request: RequestStyle::FreshnessOnly,
        max_age: Some(300),
        verification: "auth_time is fresh, and refused if it is missing; no assurance in the token",
        assurance: Assurance::FreshnessOnly,
        others: Others::Refused,
        ranked: false,
        steps: &[
            "Applications > Generic OIDC Relying Party; the issuer stands on that page",
            "it likely has a secret: set `client_auth` and keep it with `stepup config set-secret`",
            "redirect URIs: all that the entry lists",
            "the application's policy: require a factor at every sign-in",
        ],
        backchannel: None,
        ..PLAIN
    },
    Preset {
        name: "google",
        title: "Google",
        refused: Some(
            "Google cannot do step-up: it takes no acr_values and no `prompt=login`, and its tokens name neither acr nor a time of sign-in",
        ),
        issuers: &known_issuers::GOOGLE,
        request: RequestStyle::FreshnessOnly,
        verification: "none that would prove anything",
        assurance: Assurance::FreshnessOnly,
        others: Others::Refused,
        ranked: false,
        backchannel: None,
        ..PLAIN
    },
    Preset {
        name: "generic",
        title: "any other OpenID provider",
        values: &[PHR, PHRH],
        steps: &[
            NATIVE_STEP,
            "redirect URI: the entry's; any port, or each of its `ports`",
            "find out what the provider does with an acr value it does not know",
        ],
        ..PLAIN
    },
];
