//! `huiyin begin`: the first place, the first unit, and a one-time link for each of the
//! three administrators. Nobody has a password before they choose it.

use anyhow::{Context, anyhow};
use clap::Args;
use huiyin_app::people::begin::{Request, begin};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;

use crate::house::House;

#[derive(Args)]
pub struct Begin {
    /// The code of the prefecture, county or street that the house is for, such as 6529.
    #[arg(long)]
    place: String,
    /// What the office that runs the house is called.
    #[arg(long)]
    name: String,
    /// The language of that name, and of the administrators.
    #[arg(long, default_value = "zh")]
    language: String,
    #[command(flatten)]
    house: House,
}

impl Begin {
    pub fn run(self) -> anyhow::Result<()> {
        let place: PlaceCode = self.place.parse().context("--place")?;
        let language: Lang = self
            .language
            .parse()
            .map_err(|_| anyhow!("--language: not the tag of a language"))?;
        let opened = self.house.open()?;
        let app = opened.app;
        let request = Request {
            place,
            unit: Names::one(language.as_str(), &self.name),
            language,
        };
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let begun = runtime.block_on(begin(&app, request));
        app.store.shutdown_blocking();
        let invitations = begun.map_err(|error| super::told(&app, language, error))?;
        for (role, invitation) in invitations {
            let (base, token) = (&app.config.base_url, invitation.token.reveal());
            let until = app.config.day(invitation.expires_at);
            println!(
                "{:<9} {base}/desk/invite/{token} (once, until {until})",
                role.word()
            );
        }
        Ok(())
    }
}
