//! Huiyin, the binary: one file per command under `commands/`.

mod clock;
mod commands;
mod house;
mod kinds;
mod shipping;

use clap::Parser;
use huiyin_domain::planted;

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
    use_small_pages();
    planted::plant_named(|| std::env::var("HUIYIN_PLANTED").ok());
    CommandLine::parse().command.run()
}

/// A page of two megabytes of which a few kilobytes are used counts whole; the allocator asks for
/// such pages where the system offers them. Without them the house needs a third less memory.
fn use_small_pages() {
    #[cfg(target_os = "linux")]
    if let Err(fault) = rustix::thread::disable_transparent_huge_pages(true) {
        eprintln!("large pages stay on: {fault}");
    }
}
