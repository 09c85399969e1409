//! `huiyin archive`: takes the histories of a closed year out of the database, into files that are
//! only read.

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::archive::{self, Done};
use huiyin_domain::access::Actor;
use huiyin_domain::words::Lang;
use huiyin_store::archives::Archive as Made;

use crate::house::House;

#[derive(Args)]
pub struct Archive {
    /// The year in which the cases were closed, 2024 for example. Without it, those that are
    /// archived are listed.
    year: Option<i16>,
    #[command(flatten)]
    house: House,
}

impl Archive {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let done = runtime.block_on(async {
            match self.year {
                Some(year) => archive::archive(&app, &Actor::system(), year).await,
                None => Ok(Done {
                    archives: archive::list(&app).await?,
                    ..Done::default()
                }),
            }
        });
        app.store.shutdown_blocking();
        let done = done.map_err(|error| super::told(&app, Lang::EN, error))?;
        for made in &done.archives {
            println!("{}", told(made));
        }
        if let Some(year) = self.year {
            println!("{year}: the histories of {} cases went out", done.cases);
        }
        if done.changed > 0 {
            println!(
                "{} cases were changed meanwhile: run it again",
                done.changed
            );
        }
        match done.broken.len() {
            0 => Ok(()),
            broken => {
                bail!("the histories of {broken} cases are not whole and stay: see `huiyin verify`")
            }
        }
    }
}

fn told(made: &Made) -> String {
    let hash: String = made.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let (year, cases, entries, size) = (made.year, made.cases, made.entries, made.size);
    format!("{year}: {cases} cases, {entries} entries, {size} bytes, {hash}")
}
