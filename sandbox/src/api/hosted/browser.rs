//! The browser leg: from the `redirectUrl` to the provider, and from the callback to the verdict.
//!
//! The callback counts once, for the browser that was sent out (RFC 9700 section 4.7), and only while the
//! transaction is open; anything else is answered with a page and changes nothing.

use jiff::Timestamp;

use super::super::kept::Visit;
use super::{Api, State, Transaction, TransactionTarget, Value, World, pages};
use crate::basics::{locked, random};
use crate::http::{Call, Reply};
use crate::relying_party::VerifiedSignIn;

/// Cookies do not tell ports apart, but a browser's key may be shared by all sandboxes.
const COOKIE: &str = "stepup-sandbox-step-up";

/// More sign-ins under way than this are an accident or an attack; the old ones go.
const MANY: usize = 10_000;

impl Api {
    /// Answers one request, if it is a browser's in the hosted ceremony.
    pub(in crate::api) fn browser_leg(&self, call: &Call) -> Option<Reply> {
        if !self.is_hosted() {
            return None;
        }
        Some(match (call.path.as_str(), call.method.as_str()) {
            ("/step-up", "GET") => self.step_up_page(call),
            ("/auth/callback", "GET") => self.callback(call),
            ("/step-up" | "/auth/callback", _) => Reply::method_not_allowed("GET"),
            _ => return None,
        })
    }

    /// `GET /step-up`: to the provider while the transaction is open, else what became of it.
    fn step_up_page(&self, call: &Call) -> Reply {
        let ticket = call.query.get("ticket").unwrap_or_default();
        let mut world = self.world();
        let known = world
            .transactions
            .iter_mut()
            .find(|one| one.ticket == ticket);
        let Some(transaction) = known else {
            return pages::unknown();
        };
        if !transaction.is_open(self.switches.clock()) {
            return pages::over(transaction);
        }
        transaction.opened = true;
        let transaction = transaction.clone();
        let Some(provider) = world.provider(&transaction.provider_id) else {
            return pages::unreachable("The step-up provider does not exist any more.");
        };
        let party = provider.relying_party(&self.hosted.relying_party);
        let person = world.people.with_id(&transaction.user_id);
        let hint = person.map(|one| one.username.clone()).unwrap_or_default();
        self.store.save(&world);
        drop(world);

        let (url, pending) = match party.begin(&hint) {
            Ok(begun) => begun,
            Err(why) => return pages::unreachable(why),
        };
        let browser = call
            .cookie(COOKIE)
            .map_or_else(|| random(43), str::to_owned);
        let cookie = format!("{COOKIE}={browser}; Path=/; HttpOnly; SameSite=Lax");
        let mut attempts = locked(&self.hosted.attempts);
        if attempts.len() >= MANY {
            attempts.clear();
        }
        attempts.insert(
            pending.state.clone(),
            Visit {
                transaction: transaction.id,
                browser,
                pending,
                party,
            },
        );
        Reply::redirect(303, url.as_str())
            .header("Set-Cookie", cookie)
            .header("Referrer-Policy", "no-referrer")
    }

    /// `GET /auth/callback`: the provider's answer, once.
    fn callback(&self, call: &Call) -> Reply {
        let state = call.query.get("state").unwrap_or_default();
        let visit = {
            let mut attempts = locked(&self.hosted.attempts);
            let ours = attempts
                .get(state)
                .is_some_and(|visit| call.cookie(COOKIE) == Some(visit.browser.as_str()));
            ours.then(|| attempts.remove(state)).flatten()
        };
        let Some(visit) = visit else {
            return pages::not_asked();
        };
        let expired = |world: &World| {
            let one = world.transactions.iter();
            let mut one = one.filter(|one| one.id == visit.transaction);
            one.find(|one| !one.is_open(self.switches.clock()))
                .map(pages::over)
        };
        if let Some(page) = expired(&self.world()) {
            return page;
        }
        // The provider is asked without holding up anybody else.
        let verified = visit.party.finish(&visit.pending, &call.query);
        let mut world = self.world();
        if let Some(page) = expired(&world) {
            return page;
        }
        let reply = self.settle(&mut world, &visit.transaction, verified);
        self.store.save(&world);
        reply
    }

    /// The verdict on an open transaction; the answer leads to the page that says it.
    fn settle(
        &self,
        world: &mut World,
        id: &str,
        verified: Result<VerifiedSignIn, String>,
    ) -> Reply {
        let outcome = verified.and_then(|verified| self.of_the_right_person(world, id, verified));
        let now = self.switches.clock();
        let Some(transaction) = world.transactions.iter_mut().find(|one| one.id == id) else {
            return pages::unknown();
        };
        transaction.end(outcome, now);
        let to = self.hosted.redirect_url(transaction);
        let tested =
            (transaction.state, &transaction.target) == (State::Verified, &TransactionTarget::Test);
        let provider_id = transaction.provider_id.clone();
        if let Some(provider) = world.provider_mut(&provider_id).filter(|_| tested) {
            provider.tested(now);
        }
        let approved = self.server_finishes(world, id);
        // Without code and state in the address, and safe to load again.
        let reply = Reply::redirect(303, &to).header("Referrer-Policy", "no-referrer");
        Reply { approved, ..reply }
    }

    /// The claims, if the person who asked is the one who signed in.
    fn of_the_right_person(
        &self,
        world: &World,
        id: &str,
        verified: VerifiedSignIn,
    ) -> Result<Value, String> {
        let email = verified.email.as_deref();
        let person = if verified.issuer == self.tokens.issuer() {
            self.signed_in(&world.people, &verified.issuer, &verified.subject, email)
        } else {
            // Elsewhere the email address says who it is; an administrator trusts that provider.
            email.and_then(|email| world.people.named(email))
        };
        let mut transactions = world.transactions.iter();
        let asked = transactions.find(|one| one.id == id);
        match (person, asked) {
            (Some(person), Some(asked)) if person.id == asked.user_id => Ok(verified.claims),
            _ => Err("another person signed in than the one who asked".to_owned()),
        }
    }
}

impl Transaction {
    /// Whether a sign-in can still decide it.
    fn is_open(&self, now: Timestamp) -> bool {
        self.state == State::Pending && now < self.expires_at
    }
}
