//! `huiyin dispatch`: what waits is given to the unit of the duty list where its text tells
//! clearly what it is about; the rest waits for a person.

use anyhow::Context;
use clap::Args;
use huiyin_app::cases::dispatch::dispatch;
use huiyin_domain::access::Actor;
use huiyin_domain::words::Lang;

use crate::house::House;

#[derive(Args)]
pub struct Dispatch {
    #[command(flatten)]
    house: House,
}

impl Dispatch {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let report = runtime.block_on(dispatch(&app, &Actor::system()));
        app.store.shutdown_blocking();
        let report = report.map_err(|error| super::told(&app, Lang::EN, error))?;
        println!(
            "{} waited: {} dispatched, {} left to a person, {} refused",
            report.looked_at, report.dispatched, report.doubtful, report.refused
        );
        Ok(())
    }
}
