//! The rows of the error map: providers.md P4, with the numbers of A3's table, the causes of A1's, the codes of
//! CIBA (§11, §13), and the words of an API that runs the step-up itself.

use super::ErrorSignal::{At, Cause, Code, Number, Said};
use super::{Again, ErrorRow, Place};
use crate::error::ErrorKind;

/// The client at the provider is the API's, and the provider has it registered otherwise.
const THEIR_CLIENT: &str = "the provider refuses the API's own client: its administrator compares `stepup provider remote show` with the registration there, and keeps a new secret with `stepup provider remote set-secret`";

const CLIENT: &str = "compare `client_auth` with the registration: it is `none` for a native app, which has no secret; of any other client keep the secret or key anew with `stepup config set-secret`";

/// What most rows have in common.
const ROW: ErrorRow = ErrorRow {
    signals: &[],
    providers: &[],
    kind: ErrorKind::Failed,
    hint: "try again later",
    hosted_hint: None,
    again: Again::Never,
};

/// The first row with a signal of the answer is its meaning: numbers, causes and codes of one endpoint stand
/// before general codes.
pub(in crate::config::preset) const ROWS: &[ErrorRow] = &[
    // Numbers of Entra.
    ErrorRow {
        providers: &["entra"],
        signals: &[
            Number(53000),
            Number(53001),
            Number(53002),
            Number(53003),
            Number(53004),
            Number(530_035),
            Number(50131),
            Number(50097),
        ],
        kind: ErrorKind::Refused,
        hint: "a Conditional Access policy blocked the sign-in (device, place or risk); show the AADSTS number to your administrator",
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[
            Number(50072),
            Number(50079),
            Number(50074),
            Number(50076),
            Number(50078),
            Number(50158),
        ],
        kind: ErrorKind::Unmet,
        hint: "Entra wants multi-factor authentication: enrol or complete it in the browser, then run the command again",
        again: Again::WithLogin,
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(50105)],
        kind: ErrorKind::Usage,
        hint: "your administrator has to assign you to the application in Entra",
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(65001), Number(65004)],
        kind: ErrorKind::Incomplete,
        hint: "consent is missing or was declined: accept it, or let an administrator grant it for the application",
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(700_016), Number(50194)],
        kind: ErrorKind::Usage,
        hint: "`client_id` and the tenant in `issuer` have to belong together: compare both with the app registration",
        hosted_hint: Some(THEIR_CLIENT),
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(7_000_218), Number(700_025)],
        kind: ErrorKind::Usage,
        hint: "the redirect URI is registered under the wrong platform: move it to `Mobile and desktop applications`, which has no secret",
        hosted_hint: Some(THEIR_CLIENT),
        ..ROW
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(54005), Number(501_481), Number(70008)],
        hint: "the code expired or was used before; run the command again",
        again: Again::AsBefore,
        ..ROW
    },
    // Causes that Okta names. (A1)
    ErrorRow {
        providers: &["okta"],
        signals: &[
            Cause("no_matching_policy"),
            Cause("policy evaluation failed"),
        ],
        kind: ErrorKind::Usage,
        hint: "the authorization server has no access policy with a rule for this client: add one under Security > API",
        ..ROW
    },
    ErrorRow {
        providers: &["okta"],
        signals: &[
            Cause("user_not_assigned"),
            Cause("not assigned to the client application"),
        ],
        kind: ErrorKind::Usage,
        hint: "your administrator has to assign you to the application in Okta",
        ..ROW
    },
    ErrorRow {
        providers: &["okta"],
        signals: &[Cause("denied by policy")],
        kind: ErrorKind::Refused,
        hint: "a sign-in policy of the provider blocks you (network, device or risk); ask its administrator",
        ..ROW
    },
    // Causes of every provider.
    ErrorRow {
        signals: &[
            Code("unmet_authentication_requirements"),
            Code("mfa_required"),
            Cause("mfa_required"),
            Cause("MFA is required"),
            Cause("MFA required"),
            Cause("MFA not configured"),
            Cause("unsupported_mfa_attestation"),
        ],
        kind: ErrorKind::Unmet,
        hint: "sign in with a stronger factor, or enrol one, then run the command again",
        ..ROW
    },
    ErrorRow {
        signals: &[Cause("ID token not found in response")],
        hint: "the provider's administrator has to allow the scope `openid` for this client, so that it issues ID tokens",
        ..ROW
    },
    ErrorRow {
        signals: &[Code("invalid_authorization_details")],
        kind: ErrorKind::Usage,
        hint: "the client's registration at the provider has to allow the type in `authorization_details` of the provider entry, with a member `statement`; or take the setting out",
        hosted_hint: Some(THEIR_CLIENT),
        ..ROW
    },
    // Codes of one endpoint. Of a backchannel request nobody was asked yet (CIBA §13).
    ErrorRow {
        signals: &[At(Place::Backchannel, "unknown_user_id")],
        kind: ErrorKind::Usage,
        hint: "say with `--login-hint` how the provider knows you",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "invalid_request")],
        kind: ErrorKind::Usage,
        hint: "compare the provider entry with the client's registration; some providers say so of a person whom they do not know: try `--login-hint`",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "invalid_scope")],
        kind: ErrorKind::Usage,
        hint: "the provider's administrator has to allow the scope `openid`, and those of the entry, for this client",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "unauthorized_client")],
        kind: ErrorKind::Usage,
        hint: "the provider's administrator has to allow the grant `urn:openid:params:grant-type:ciba` for this client",
        ..ROW
    },
    ErrorRow {
        signals: &[
            At(Place::Backchannel, "missing_user_code"),
            At(Place::Backchannel, "invalid_user_code"),
        ],
        kind: ErrorKind::Usage,
        hint: "stepup sends no user code: the provider's administrator has to switch it off for this client",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "invalid_binding_message")],
        kind: ErrorKind::Usage,
        hint: "the provider does not take a message of letters, digits and `-`, at most 20 of them; without one nobody knows what they allow, so nothing was asked",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "expired_login_hint_token")],
        hint: "stepup sends no such token; show this to the administrator of your identity provider",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Backchannel, "access_denied")],
        kind: ErrorKind::Refused,
        hint: "a policy of the provider, or the kind of client, forbids it (Okta: a web application with a custom authenticator); ask its administrator",
        ..ROW
    },
    // That request is over; a new one may work (CIBA §11).
    ErrorRow {
        signals: &[At(Place::Poll, "access_denied")],
        kind: ErrorKind::Incomplete,
        hint: "if it was not you who refused, tell your security team; else run the command again",
        ..ROW
    },
    ErrorRow {
        signals: &[At(Place::Poll, "invalid_grant")],
        hint: "the request is no longer good: run the command again",
        ..ROW
    },
    // At the token endpoint a refusal is about the client, whatever general code it has.
    ErrorRow {
        signals: &[
            Code("invalid_client"),
            Code("unsupported_grant_type"),
            At(Place::Token, "unauthorized_client"),
            At(Place::Token, "invalid_request"),
            At(Place::Token, "invalid_scope"),
            At(Place::Poll, "unauthorized_client"),
            At(Place::Poll, "invalid_request"),
            At(Place::Poll, "invalid_scope"),
        ],
        kind: ErrorKind::Usage,
        hint: CLIENT,
        hosted_hint: Some(THEIR_CLIENT),
        ..ROW
    },
    // Codes.
    ErrorRow {
        signals: &[Code("access_denied")],
        kind: ErrorKind::Incomplete,
        hint: "you declined, are not assigned to the app, or a policy refused; run the command again to retry",
        ..ROW
    },
    ErrorRow {
        signals: &[
            Code("interaction_required"),
            Code("login_required"),
            Code("consent_required"),
            Code("account_selection_required"),
        ],
        hint: "the provider did not show its pages; run the command again, and if that does not help check the client's settings there",
        again: Again::WithLogin,
        ..ROW
    },
    ErrorRow {
        signals: &[
            Code("invalid_request"),
            Code("unauthorized_client"),
            Code("unsupported_response_type"),
            Code("invalid_scope"),
            Code("invalid_resource"),
            Code("invalid_target"),
            Code("invalid_redirect_uri"),
            Code("request_not_supported"),
            Code("request_uri_not_supported"),
            Code("registration_not_supported"),
        ],
        kind: ErrorKind::Usage,
        hint: "compare the provider entry with the client's registration at the provider",
        hosted_hint: Some(THEIR_CLIENT),
        ..ROW
    },
    ErrorRow {
        signals: &[Code("invalid_dpop_proof"), Code("use_dpop_nonce")],
        hint: "compare this machine's clock with the provider's, then run the command again; `dpop` in the provider entry asks for bound tokens",
        ..ROW
    },
    ErrorRow {
        signals: &[Code("invalid_grant")],
        hint: "the code expired or was used before; run the command again",
        again: Again::AsBefore,
        ..ROW
    },
    ErrorRow {
        signals: &[
            Code("temporarily_unavailable"),
            Code("server_error"),
            Code("transaction_failed"),
        ],
        ..ROW
    },
    // What an API says of a sign-in that it verified itself. Its words are not published: these are the ones
    // of specifications, and of libraries that such a server may be made with.
    ErrorRow {
        signals: &[
            Said("another person"),
            Said("another user"),
            Said("different user"),
            Said("wrong user"),
        ],
        kind: ErrorKind::Untrusted,
        hint: "sign in in the browser as the person whose credential this profile holds",
        ..ROW
    },
    ErrorRow {
        signals: &[
            Said("nonce"),
            Said("signature"),
            Said("audience"),
            Said("alg"),
            Said("azp"),
            Said("another issuer"),
            Said("different provider"),
            Said("another client"),
            Said("token has expired"),
            Said("token is expired"),
            Said("token was not issued now"),
        ],
        kind: ErrorKind::Untrusted,
        hint: "if it happens again, show this to the administrator of your identity provider",
        ..ROW
    },
    ErrorRow {
        signals: &[
            Said("not strong enough"),
            Said("authentication context"),
            Said("acr"),
            Said("acrs"),
            Said("amr"),
            Said("auth_time"),
            Said("sign-in is not from now"),
        ],
        kind: ErrorKind::Unmet,
        hint: "sign in anew with a factor that meets the requirement, then run the command again; if you did, the provider does not honour what it was asked for",
        ..ROW
    },
];
