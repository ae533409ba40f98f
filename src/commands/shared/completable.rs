//! What is remembered for a shell's completion: the tasks that were listed, until they are decided.

use crate::adapters::known_tasks::{KnownTask, KnownTasks};
use crate::context::Context;
use crate::domain::task::Task;
use crate::session::Session;

/// More than a shell shows.
const MOST: usize = 100;

/// Tasks that a person listed.
#[derive(Default)]
pub(in crate::commands) struct Completable(Vec<KnownTask>);

impl Completable {
    pub(in crate::commands) fn add(&mut self, task: &Task) {
        if self.0.len() < MOST {
            self.0.push(KnownTask {
                id: task.handle().to_owned(),
                title: Some(task.title.clone()),
            });
        }
    }

    /// Keeps them: in the place of those that were listed before if these are all that wait, else in front of them.
    pub(in crate::commands) fn keep(mut self, context: &Context, session: &Session, all: bool) {
        let Some(known) = known(context, session) else {
            return;
        };
        if !all {
            let mut earlier = known.all();
            earlier.retain(|known| self.0.iter().all(|task| task.id != known.id));
            self.0.append(&mut earlier);
        }
        if !session.config.completion_titles {
            self.0.iter_mut().for_each(|task| task.title = None);
        }
        known.replace(self.0);
    }
}

/// This task is decided, and no more to be completed.
pub(in crate::commands) fn forget(context: &Context, session: &Session, handle: &str) {
    if let Some(known) = known(context, session) {
        known.forget(handle);
    }
}

fn known(context: &Context, session: &Session) -> Option<KnownTasks> {
    let folder = context.state_folder()?;
    Some(KnownTasks::new(&folder, &session.profile.api_url))
}
