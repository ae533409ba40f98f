//! A script: what the provider does otherwise than an honest one, each manipulation at its place.

use serde_json::{Map, Value};

use crate::http::{Pairs, Reply};
use crate::keys::{Alg, Key, encode};

/// Where a request went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Endpoint {
    Discovery,
    Keys,
    /// Pushed authorization requests.
    Push,
    /// Backchannel authentication.
    Ask,
    Authorize,
    Token,
    Userinfo,
    /// No address of ours: only a redirect that was followed leads here.
    Elsewhere,
}

/// How the client is expected to come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Want {
    /// Without a secret.
    #[default]
    Public,
    /// With this secret in the header.
    Basic(&'static str),
    /// With this secret in the form.
    Post(&'static str),
    /// With an assertion signed by this key.
    Signed(Alg, Key),
}

/// The two forms of a `UserInfo` answer (Core §5.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Signed,
}

/// An ID token before it is sealed.
pub(crate) struct IdToken {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    /// The `authorization_details` of the request; null without any.
    pub(crate) asked: Value,
    pub(crate) alg: Alg,
    pub(crate) key: Key,
    /// JSON members put before all others, duplicates of them if need be.
    pub(crate) header_prefix: String,
    /// JSON members put before all others of the payload.
    pub(crate) claims_prefix: String,
    /// One bit of the signature is turned.
    pub(crate) spoilt: bool,
    /// The whole token, instead of all that.
    pub(crate) instead: Option<String>,
}

impl IdToken {
    /// Changes the claim to its value with the digit `1` behind, as the conformance suite does.
    pub(crate) fn append_one(&mut self, name: &str) {
        let right = self.claims[name].as_str().unwrap();
        let wrong = format!("{right}1");
        self.claims.insert(name.into(), wrong.into());
    }

    /// Names the algorithm in the header and signs with it.
    pub(crate) fn sign_with(&mut self, alg: Alg, key: Key) {
        self.header.insert("alg".into(), alg.name().into());
        (self.alg, self.key) = (alg, key);
    }

    /// Header, payload and signature as they travel.
    pub(crate) fn seal(self) -> String {
        if let Some(instead) = self.instead {
            return instead;
        }
        let part = |prefix: &str, members: Map<String, Value>| {
            let text = Value::Object(members).to_string();
            encode(format!("{{{prefix}{}", &text[1..]))
        };
        let message = format!(
            "{}.{}",
            part(&self.header_prefix, self.header),
            part(&self.claims_prefix, self.claims)
        );
        let mut signature = self.alg.sign(self.key, message.as_bytes());
        if self.spoilt {
            *signature.last_mut().unwrap() ^= 1;
        }
        format!("{message}.{}", encode(signature))
    }
}

pub(crate) type Hook<T> = Box<dyn Fn(&mut T) + Send + Sync>;
pub(crate) type KeysHook = Box<dyn Fn(&mut Vec<Value>, usize) + Send + Sync>;

/// What the provider does otherwise than an honest one.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) issuer_path: &'static str,
    pub(crate) signing: Option<Alg>,
    pub(crate) want: Want,
    /// Requests are pushed, and refused in the address.
    pub(crate) pushing: bool,
    /// The person is asked elsewhere, and these errors answer the polls before the tokens do.
    pub(crate) polls: Option<&'static [&'static str]>,
    /// Seconds between polls; one, unless it says otherwise.
    pub(crate) poll_interval: u64,
    pub(crate) tolerated: Vec<&'static str>,
    /// Members that a form must have.
    pub(crate) wanted: Vec<(Endpoint, &'static str, &'static str)>,
    /// The authorization endpoint's own query.
    pub(crate) own_query: Option<(&'static str, &'static str)>,
    pub(crate) metadata: Vec<Hook<Value>>,
    pub(crate) key_set: Vec<KeysHook>,
    pub(crate) redirect: Vec<Hook<Pairs>>,
    pub(crate) id_token: Vec<Hook<IdToken>>,
    /// Who signed in is said at `UserInfo` alone.
    pub(crate) userinfo: Option<Form>,
    /// Its answer, before it is sealed or written as JSON.
    pub(crate) told: Vec<Hook<IdToken>>,
    pub(crate) grant: Vec<Hook<Value>>,
    pub(crate) replies: Vec<(Endpoint, Hook<Reply>)>,
}

impl Script {
    /// No manipulation.
    pub(crate) fn honest() -> Self {
        Self::default()
    }

    /// An issuer with this path behind host and port.
    pub(crate) fn issuer_path(self, issuer_path: &'static str) -> Self {
        Self {
            issuer_path,
            ..self
        }
    }

    /// Signs with this algorithm and its key.
    pub(crate) fn signing(self, alg: Alg) -> Self {
        Self {
            signing: Some(alg),
            ..self
        }
    }

    /// Expects the client to come like this.
    pub(crate) fn want(self, want: Want) -> Self {
        Self { want, ..self }
    }

    /// Demands pushed authorization requests.
    pub(crate) fn pushing(self) -> Self {
        Self {
            pushing: true,
            ..self
        }
    }

    /// Asks the person elsewhere (CIBA), and answers so many polls with these errors, the next with tokens.
    pub(crate) fn backchannel(self, polls: &'static [&'static str]) -> Self {
        Self {
            polls: Some(polls),
            ..self
        }
    }

    /// Wants to be polled so seldom, seconds.
    pub(crate) fn every(self, poll_interval: u64) -> Self {
        Self {
            poll_interval,
            ..self
        }
    }

    pub(crate) fn interval(&self) -> std::time::Duration {
        std::time::Duration::from_secs(self.poll_interval.max(1))
    }

    /// Says who signed in at `UserInfo` alone (Core §5.4).
    pub(crate) fn userinfo(self, form: Form) -> Self {
        let script = self.without("email").without("email_verified");
        Self {
            userinfo: Some(form),
            ..script
        }
    }

    /// Changes `UserInfo`'s answer.
    pub(crate) fn told(mut self, hook: impl Fn(&mut IdToken) + Send + Sync + 'static) -> Self {
        self.told.push(Box::new(hook));
        self
    }

    /// The requests of somebody who stops where they should.
    pub(crate) fn way(&self) -> Vec<Endpoint> {
        let mut way = self.way_to_the_tokens();
        way.extend(self.userinfo.map(|_| Endpoint::Userinfo));
        way
    }

    fn way_to_the_tokens(&self) -> Vec<Endpoint> {
        let Some(polls) = self.polls else {
            let push = self.pushing.then_some(Endpoint::Push);
            let way = [Endpoint::Authorize, Endpoint::Token];
            let begin = std::iter::once(Endpoint::Discovery).chain(push);
            return begin.chain(way).collect();
        };
        let waiting = |error: &&&str| ["authorization_pending", "slow_down"].contains(*error);
        let waited = polls.iter().take_while(waiting).count();
        let mut way = vec![Endpoint::Discovery, Endpoint::Ask];
        way.extend(std::iter::repeat_n(Endpoint::Token, waited + 1));
        way
    }

    /// Does not mind what this parameter of the authorization request says.
    pub(crate) fn tolerant_of(mut self, parameter: &'static str) -> Self {
        self.tolerated.push(parameter);
        self
    }

    /// Expects this parameter in every form that comes to this endpoint.
    pub(crate) fn expecting(
        mut self,
        endpoint: Endpoint,
        name: &'static str,
        value: &'static str,
    ) -> Self {
        self.wanted.push((endpoint, name, value));
        self
    }

    /// Has a parameter of its own in the address of the authorization endpoint.
    pub(crate) fn own_query(self, name: &'static str, value: &'static str) -> Self {
        Self {
            own_query: Some((name, value)),
            ..self
        }
    }

    /// Changes the metadata document.
    pub(crate) fn metadata(mut self, hook: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.metadata.push(Box::new(hook));
        self
    }

    /// Changes the key set; the number counts how often it was asked for before.
    pub(crate) fn key_set(
        mut self,
        hook: impl Fn(&mut Vec<Value>, usize) + Send + Sync + 'static,
    ) -> Self {
        self.key_set.push(Box::new(hook));
        self
    }

    /// Changes the parameters of the authorization response.
    pub(crate) fn redirect(mut self, hook: impl Fn(&mut Pairs) + Send + Sync + 'static) -> Self {
        self.redirect.push(Box::new(hook));
        self
    }

    /// Changes the ID token before it is sealed.
    pub(crate) fn id_token(mut self, hook: impl Fn(&mut IdToken) + Send + Sync + 'static) -> Self {
        self.id_token.push(Box::new(hook));
        self
    }

    /// Gives the ID token's claim this value.
    pub(crate) fn claim(self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.id_token(move |token| {
            token.claims.insert(name.into(), value.clone());
        })
    }

    /// Leaves the claim out of the ID token.
    pub(crate) fn without(self, name: &'static str) -> Self {
        self.id_token(move |token| {
            token.claims.remove(name).unwrap();
        })
    }

    /// Gives the ID token's header this member.
    pub(crate) fn header(self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.id_token(move |token| {
            token.header.insert(name.into(), value.clone());
        })
    }

    /// Changes the token response.
    pub(crate) fn grant(mut self, hook: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.grant.push(Box::new(hook));
        self
    }

    /// Changes an answer as a whole, last of all.
    pub(crate) fn reply(
        mut self,
        endpoint: Endpoint,
        hook: impl Fn(&mut Reply) + Send + Sync + 'static,
    ) -> Self {
        self.replies.push((endpoint, Box::new(hook)));
        self
    }
}
