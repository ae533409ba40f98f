//! What others do while a hosted step-up is under way: another approver settles the task, the step is
//! restarted, the server or the person's browser finishes the approval (c1.md 8.4).

use super::{Api, State, TransactionTarget, World, locked};
use crate::api::approval::Body;
use crate::api::refusal::Refusal;
use crate::api::state::ApiResult;
use crate::http::Reply;

/// At which read of the task after the sign-in `finish=browser` has finished.
const LATE: u32 = 3;

impl Api {
    /// What happens right after leg 1, by switch.
    pub(super) fn after_leg_1(&self, world: &mut World, id: &str) -> Result<(), Refusal> {
        let other = world.people.other.clone();
        let task = world.find_mut(id)?;
        if self.switches.is("step", "rotated") {
            task.restart(&other.id);
        }
        if let Some(how) = self.switches.text("settled") {
            let approve = how == "approved";
            self.submit(task, &other, &Body::default(), approve, String::new());
        }
        Ok(())
    }

    /// `finish=server`: the callback itself approves.
    pub(super) fn server_finishes(&self, world: &mut World, id: &str) -> Option<String> {
        let finishes = self.switches.is("finish", "server");
        finishes.then(|| self.finish(world, id)).flatten()
    }

    /// `finish=browser`: the web app was quicker than this leg 2.
    pub(in crate::api) fn browser_wins(&self, body: &Body) -> Option<String> {
        if !self.switches.is("finish", "browser") {
            return None;
        }
        let id = body.transaction()?;
        self.finish(&mut self.world(), id)
    }

    /// `finish=browser`: the web app finishes while the client only reads the task.
    pub(in crate::api) fn browser_finishes(&self, task: &str) -> Option<String> {
        if !self.switches.is("finish", "browser") {
            return None;
        }
        let mut world = self.world();
        let task_id = world.find(task).ok()?.id.clone();
        let verified = world.transactions.iter().find(|one| {
            let aimed = matches!(&one.target, TransactionTarget::Task { task_id: id, .. } if *id == task_id);
            aimed && one.state == State::Verified && !world.spent.contains(&one.id)
        });
        let id = verified?.id.clone();
        let mut reads = locked(&self.hosted.reads);
        let count = reads.entry(id.clone()).or_default();
        *count += 1;
        if *count < LATE {
            return None;
        }
        self.finish(&mut world, &id)
    }

    /// Approves with a verified transaction, as leg 2 would; the answer is the task's id.
    fn finish(&self, world: &mut World, id: &str) -> Option<String> {
        let mut transactions = world.transactions.iter();
        let one = transactions.find(|one| one.id == id && one.state == State::Verified)?;
        let TransactionTarget::Task {
            task_id,
            policy_step_id,
        } = one.target.clone()
        else {
            return None;
        };
        let body = Body::commenting(one.comment.as_deref());
        let person = world.people.with_id(&one.user_id)?.clone();
        let task = world.find_mut(&task_id).ok()?;
        let waits = task.current_step()?.id == policy_step_id && task.pending.is_none();
        if !waits {
            return None;
        }
        self.submit(task, &person, &body, true, id.to_owned());
        world.spent.insert(id.to_owned());
        self.store.save(world);
        Some(task_id)
    }
}

/// The answer, with what was approved on the way for the log.
pub(in crate::api) fn noting(finished: Option<String>, answer: ApiResult) -> ApiResult {
    match finished {
        Some(_) => Ok(Reply {
            approved: finished,
            ..answer.unwrap_or_else(Refusal::into_reply)
        }),
        None => answer,
    }
}
