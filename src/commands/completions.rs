//! `stepup completions`: the script with which a shell asks `stepup __complete` at Tab; one of `completions/`.

use crate::cli::{Completions, Shell};
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(context: &Context, args: &Completions) -> Result<(), Error> {
    let script = match args.shell {
        Shell::Bash => include_str!("../../completions/stepup.bash"),
        Shell::Zsh => include_str!("../../completions/_stepup"),
        Shell::Fish => include_str!("../../completions/stepup.fish"),
        Shell::Powershell => include_str!("../../completions/_stepup.ps1"),
        Shell::Elvish => include_str!("../../completions/stepup.elv"),
        Shell::Nushell => include_str!("../../completions/stepup.nu"),
    };
    context.show_as_is("the script was made", script)
}
