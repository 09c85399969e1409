//! Huiyin, the binary: one file per command under `commands/`.

mod commands;
mod house;
mod kinds;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 回音: everything that somebody brings in gets an answer.
#[derive(Parser)]
#[command(name = "huiyin", version, about)]
struct CommandLine {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> anyhow::Result<()> {
    CommandLine::parse().command.run()
}
