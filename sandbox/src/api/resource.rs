//! Protected resource metadata (RFC 9728), where a switch has the challenges name them.

use serde_json::json;

use super::state::Api;
use crate::http::{Call, Reply};

const PATH: &str = "/.well-known/oauth-protected-resource";

impl Api {
    /// `GET` of the metadata.
    pub(super) fn resource_metadata(&self, call: &Call) -> Option<Reply> {
        let kind = self.switches.text("resource_metadata")?;
        if (call.method.as_str(), call.path.as_str()) != ("GET", PATH) {
            return None;
        }
        let api = self.tokens.audience();
        Some(match kind {
            "500" => Reply::json(500, &json!({})),
            "html" => Reply::html(200, "<!doctype html><title>Welcome</title>"),
            _ => {
                let resource = if kind == "other-resource" {
                    "https://other.example"
                } else {
                    api
                };
                let issuer = match self.switches.text("metadata_issuer") {
                    Some(issuer) => issuer,
                    None if kind == "other-issuer" => "https://idp.other.example",
                    None => self.tokens.issuer(),
                };
                Reply::json(
                    200,
                    &json!({"resource": resource, "authorization_servers": [issuer]}),
                )
            }
        })
    }

    /// The parameter in every challenge (RFC 9728 section 5.1).
    pub(super) fn naming_metadata(&self, mut reply: Reply) -> Reply {
        let Some(kind) = self.switches.text("resource_metadata") else {
            return reply;
        };
        let base = match kind {
            "elsewhere" => "https://metadata.other.example",
            "plain-http" => "http://api.other.example",
            _ => self.tokens.audience(),
        };
        let parameter = format!(", resource_metadata=\"{base}{PATH}\"");
        for (name, value) in &mut reply.headers {
            if *name == "WWW-Authenticate" {
                value.push_str(&parameter);
            }
        }
        reply
    }
}
