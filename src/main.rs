//! The command `simulate`; everything is in the library.

fn main() -> std::process::ExitCode {
    corridor::cli::main()
}
