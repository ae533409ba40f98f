//! `stepup provider`: identity providers, of this machine's configuration and of the API.

mod entry;
mod keys;
mod presets;
mod provider_test;
pub(super) mod remote;

use crate::cli::ProviderCommand;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(context: &Context, command: ProviderCommand) -> Result<(), Error> {
    match command {
        ProviderCommand::List => entry::list(context),
        ProviderCommand::Show(args) => entry::show(context, &args),
        ProviderCommand::Add(args) => entry::add::run(context, &args),
        ProviderCommand::Edit(args) => entry::change::edit(context, &args),
        ProviderCommand::Remove(args) => entry::change::remove(context, &args),
        ProviderCommand::Test(args) => provider_test::run(context, &args),
        ProviderCommand::Keys(args) => keys::run(context, &args),
        ProviderCommand::Presets(args) => presets::run(context, &args),
        ProviderCommand::Remote(command) => remote::run(context, &command),
    }
}
