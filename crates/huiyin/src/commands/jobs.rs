//! `huiyin jobs`: how the queue stands, and what lies dead in it; tries it again if asked.

use anyhow::Context;
use clap::Args;
use huiyin_app::jobs::dead_letters::{self, Verdict};
use huiyin_domain::access::Actor;
use huiyin_domain::id;
use huiyin_domain::words::Lang;

use crate::house::House;

#[derive(Args)]
pub struct Jobs {
    /// Let everything that failed be tried again.
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    house: House,
}

impl Jobs {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let system = Actor::system();
        let found = runtime.block_on(async {
            let found = dead_letters::list(&app, &system).await?;
            for dead in found.dead.iter().filter(|_| self.again) {
                dead_letters::decide(&app, &system, dead.job.id, Verdict::Again).await?;
            }
            Ok(found)
        });
        app.store.shutdown_blocking();
        let found = found.map_err(|error| super::told(&app, Lang::EN, error))?;
        for dead in &found.dead {
            let (job, subject) = (&dead.job, id::encode(dead.job.subject));
            println!(
                "{} {} {subject}, given up {} after {} tries: {}",
                job.id, job.name, dead.dead_at, job.tries, dead.fault
            );
        }
        let (waiting, dead) = (found.standing.waiting, found.standing.dead);
        let again = if self.again {
            ", to be tried again"
        } else {
            ""
        };
        println!("{waiting} waiting, {dead} failed{again}");
        Ok(())
    }
}
