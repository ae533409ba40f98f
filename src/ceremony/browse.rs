//! Getting the person to a page and the answer back: a browser here, one elsewhere, a pasted address, and
//! the keys meanwhile. Shared by the local ceremony and the hosted one.

mod elsewhere;
mod keys;
mod open;
mod overdue;
mod visit;

pub(crate) use elsewhere::Elsewhere;
pub(crate) use keys::{Keys, Paste, Quit, quit};
pub(crate) use open::{Place, open, opener, opening, own_opener, place, to_be_opened};
pub(crate) use overdue::Overdue;
pub(crate) use visit::Visit;
