//! `stepup man`: the manual page, made from the command line's definition and the table of exit codes.

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::adapters::terminal::undelivered;
use crate::cli::Cli;
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Prints the page, as roff.
pub(super) fn run(context: &Context) -> Result<(), Error> {
    let page = page().map_err(|error| undelivered("the page was not made", error))?;
    context.show_as_is("the page was made", &page)
}

fn page() -> std::io::Result<String> {
    let mut bytes = Vec::new();
    Man::new(Cli::command()).render(&mut bytes)?;
    let mut command = Cli::command();
    command.build();
    for subcommand in command.get_subcommands() {
        let mut section = Roff::new();
        section.control(
            "SH",
            [format!("stepup {}", subcommand.get_name())
                .to_uppercase()
                .as_str()],
        );
        section.to_writer(&mut bytes)?;
        let man = Man::new(subcommand.clone());
        man.render_description_section(&mut bytes)?;
        man.render_options_section(&mut bytes)?;
    }
    exit_codes().to_writer(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn exit_codes() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT CODES"]);
    roff.control("TP", []);
    roff.text([bold("0")]);
    roff.text([roman("Done, confirmed by reading the task again.")]);
    for kind in ErrorKind::ALL {
        roff.control("TP", []);
        roff.text([
            bold(kind.exit_code().to_string()),
            roman(format!(" {}", kind.name())),
        ]);
        roff.text([roman(kind.advice())]);
    }
    roff
}
