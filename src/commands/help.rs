//! `stepup help TOPIC`: what is about no single command. The help of a command is clap's.

mod page;
mod topics;

use crate::cli::Topic;
use crate::context::Context;
use crate::error::Error;

pub(super) use page::Page;
pub(super) use topics::{exit_codes, page as topic};

/// Where nobody says how wide a line may be.
const WIDTH: usize = 100;

/// Every topic, as it is typed, and what it is about.
pub(super) fn topics(context: &Context) -> Result<(), Error> {
    let line = |topic: Topic| format!("\n  {:20}{}", topic.name(), topic.about());
    let lines = Topic::ALL.map(line).concat();
    context.show_as_is(
        "the list was made",
        &format!("Topics, for `stepup help TOPIC`:{lines}"),
    )
}

pub(super) fn run(context: &Context, topic: Topic) -> Result<(), Error> {
    let width = context.terminal.columns().unwrap_or(WIDTH).min(WIDTH);
    context.show_as_is("the page was made", &self::topic(topic).text(width))
}
