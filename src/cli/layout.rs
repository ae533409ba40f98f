//! How help is laid out.

use clap::{Arg, Command};

/// The definition in which a command that only leads to others leaves out the flags of every command: its help says
/// where they are. The commands that do something have them all.
pub(super) fn parents_in_short(root: Command) -> Command {
    let global = root.get_arguments().filter(|arg| arg.is_global_set());
    let global: Vec<Arg> = global.cloned().collect();
    root.mut_subcommands(|command| with(command, &global))
}

fn with(command: Command, global: &[Arg]) -> Command {
    let leads_on = command.is_subcommand_required_set();
    let global_here = global.iter().cloned().map(|arg| arg.hide(leads_on));
    let command = command.args(global_here);
    let command = command.mut_subcommands(|command| with(command, global));
    if leads_on {
        command.after_help("Every command has global options too: `stepup --help` lists them.")
    } else {
        command
    }
}
