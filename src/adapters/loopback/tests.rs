//! The listener over real sockets: the path of an honest browser, and everything else that may knock.

mod browser;
mod floods;
mod hostile;
mod path;
mod visits;

use browser::{Reply, World};
