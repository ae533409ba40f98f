//! The listener over real sockets: the path of an honest browser, and everything else that may knock.

mod browser;
mod floods;
mod hostile;
mod path;

use browser::{Reply, World};
