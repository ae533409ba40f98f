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

pub(super) fn run(context: &Context, topic: Topic) -> Result<(), Error> {
    let width = context.terminal.columns().unwrap_or(WIDTH).min(WIDTH);
    context.show_as_is("the page was made", &self::topic(topic).text(width))
}
