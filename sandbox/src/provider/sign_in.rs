//! The answered sign-in page: check what was typed, remember the session, return to the client.

use super::ask::Ask;
use super::levels::Level;
use super::store::SignIn;
use super::{Provider, pages};
use crate::basics::{locked, now};
use crate::http::{Params, Reply};
use crate::page::problem;
use crate::people::{Factors, People, Person};

impl Provider {
    /// `POST /sign-in`: the form of [`Provider::ask_person`].
    pub(super) fn sign_in(&self, form: &Params) -> Reply {
        let number = form.get("request").unwrap_or_default();
        let Some(ask) = locked(&self.store).ask(number) else {
            return problem(
                400,
                "This sign-in is over",
                "It was answered already, or the sandbox was restarted. Start again in the terminal.",
            );
        };
        if form.get("factor") == Some("decline") {
            locked(&self.store).close(number);
            return self.refuse(&ask.back, "access_denied", "the person declined");
        }
        if ask.max_age == Some(0) && self.switches.is("session", "never") {
            return self.ask_person(200, number, &ask, Some("Sign in again."));
        }
        match check(&self.people, &self.factors, form) {
            Ok((person, level)) => self.admit(number, ask, person, level),
            Err(why) => self.ask_person(400, number, &ask, Some(why)),
        }
    }

    fn admit(&self, number: &str, ask: Ask, person: Person, level: Level) -> Reply {
        let sign_in = SignIn {
            person,
            level,
            auth_time: now(),
            silent: false,
        };
        let cookie = {
            let mut store = locked(&self.store);
            store.close(number);
            store.remember(sign_in.clone())
        };
        self.succeed(ask, sign_in).header(
            "Set-Cookie",
            format!("{}={cookie}; Path=/; HttpOnly; SameSite=Lax", self.cookie),
        )
    }

    /// Shows the sign-in page, with what went wrong before if anything did.
    pub(super) fn ask_person(
        &self,
        status: u16,
        number: &str,
        ask: &Ask,
        error: Option<&str>,
    ) -> Reply {
        let hint = ask.login_hint.as_deref();
        let username = match hint.and_then(|hint| self.people.named(hint)) {
            Some(person) => &person.username,
            None => hint.unwrap_or(&self.people.approver.username),
        };
        pages::sign_in(
            status,
            &pages::SignInPage {
                number,
                ask,
                persona: &self.persona,
                person: &self.people.approver,
                username,
                factors: &self.factors,
                error,
            },
        )
    }
}

/// Who filled in a sign-in form, and how well that was proven; or what is wrong with it.
pub(crate) fn check(
    people: &People,
    factors: &Factors,
    form: &Params,
) -> Result<(Person, Level), &'static str> {
    let person = form
        .get("username")
        .and_then(|name| people.named(name.trim()))
        .ok_or("There is no such user here.")?;
    let password = || match form.get("password") {
        Some(password) if password == factors.password => Ok(()),
        _ => Err("The password is wrong."),
    };
    let code = || match form.get("code").map(str::trim) {
        Some(code) if code == factors.code => Ok(()),
        _ => Err("The one-time code is wrong."),
    };
    let level = match form.get("factor") {
        Some("password") => password().map(|()| Level::Password)?,
        Some("code") => password()
            .and_then(|()| code())
            .map(|()| Level::PasswordAndCode)?,
        // Simulated: pressing the button is touching the key.
        Some("key") => Level::SecurityKey,
        _ => return Err("Choose one of the ways to sign in."),
    };
    Ok((person.clone(), level))
}
