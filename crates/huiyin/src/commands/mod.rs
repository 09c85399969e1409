//! The commands. To add one: its file with a struct of arguments and `run`, a variant
//! here and its arm.

mod serve;

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Answer over HTTP until told to stop.
    Serve(serve::Serve),
}

impl Command {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Command::Serve(serve) => serve.run(),
        }
    }
}
