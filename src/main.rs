//! The `stepup` binary: everything is in the library.

fn main() -> std::process::ExitCode {
    stepup::main(std::env::args_os())
}
