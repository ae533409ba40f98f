//! stub
use super::Context;
use crate::cli::Doctor;
use crate::error::Error;
pub(super) fn run(_context: &Context, _args: &Doctor) -> Result<(), Error> {
    Ok(())
}
