//! The `stepup` binary.
fn main() {}
