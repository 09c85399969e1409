//! `huiyin erase`: takes away what is personal in closed cases, and prints the list of cases
//! that were erased, to be kept apart from the backups.

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::cases::erase::{self, Cause};
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_domain::words::Lang;

use crate::house::House;

#[derive(Args)]
pub struct Erase {
    /// The cases, by their ids.
    cases: Vec<CaseId>,
    /// Print the ids of all cases that were erased, one a line.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    house: House,
}

impl Erase {
    pub fn run(self) -> anyhow::Result<()> {
        if self.cases.is_empty() && !self.list {
            bail!("name cases, or ask for the list with --list");
        }
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let erased = runtime.block_on(async {
            for &case in &self.cases {
                erase::erase(&app, &Actor::system(), case, Cause::Asked).await?;
            }
            erase::list(&app, &Actor::system()).await
        });
        app.store.shutdown_blocking();
        let erased = erased.map_err(|error| super::told(&app, Lang::EN, error))?;
        if self.list {
            for case in erased {
                println!("{case}");
            }
        }
        Ok(())
    }
}
