//! `stepup completions`: a shell's completion script, made from the command line's definition. The files
//! in `completions/` are its output.

use clap::CommandFactory;
use clap_complete::{Generator, shells};
use clap_complete_nushell::Nushell;

use crate::cli::{Cli, Completions, Shell};
use crate::context::Context;
use crate::error::Error;

/// Prints the script.
pub(super) fn run(context: &Context, args: &Completions) -> Result<(), Error> {
    context.show_as_is("the script was made", &script(args.shell))
}

/// The completion script of a shell.
fn script(shell: Shell) -> String {
    match shell {
        Shell::Bash => generate(shells::Bash),
        Shell::Zsh => generate(shells::Zsh),
        Shell::Fish => generate(shells::Fish),
        Shell::Powershell => generate(shells::PowerShell),
        Shell::Elvish => generate(shells::Elvish),
        Shell::Nushell => generate(Nushell),
    }
}

fn generate(generator: impl Generator) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(generator, &mut Cli::command(), "stepup", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
