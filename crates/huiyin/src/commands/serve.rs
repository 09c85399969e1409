//! `huiyin serve`: the pages and the API.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use huiyin_domain::planted;
use huiyin_web::peer::Network;
use huiyin_web::state::{Address, AppState, Config};

use crate::house::{self, House, Manner};

#[derive(Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "HUIYIN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Proxies whose X-Forwarded-For is believed, such as 127.0.0.1 or 10.0.0.0/8.
    #[arg(long, env = "HUIYIN_PROXIES", value_delimiter = ',')]
    proxies: Vec<Network>,
    /// The clock of this machine is right, although the house was open long ago or later.
    #[arg(long)]
    clock_is_right: bool,
    /// Goes on answering for so many seconds when it is told to stop, so that a load balancer
    /// notices by `/health` and asks others.
    #[arg(long, env = "HUIYIN_DRAIN", default_value_t = 0)]
    drain: u16,
    /// A replica of PostgreSQL that answers those who only look, once it has what they know of.
    #[arg(long, env = "HUIYIN_REPLICA")]
    replica: Option<String>,
    #[command(flatten)]
    house: House,
}

impl Serve {
    pub fn run(self) -> anyhow::Result<()> {
        house::log();
        let opened = self.house.open_as(Manner::Served {
            clock_is_right: self.clock_is_right,
            replica: self.replica,
        })?;
        let address = match self.house.has_address() {
            true => Address::Configured,
            false => Address::AsAsked,
        };
        let config = Config {
            address,
            proxies: self.proxies,
            answer_within: house::ANSWER_WITHIN,
        };
        let store = opened.app.store.clone();
        let app = opened.app.clone();
        let state = AppState::new(opened.app, config, opened.secret);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .on_thread_start(planted::carrier())
            .build()
            .context("starting the threads")?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(self.listen)
                .await
                .with_context(|| format!("listening on {}", self.listen))?;
            let jobs = huiyin_app::jobs::spawn(app);
            tracing::info!(address = %listener.local_addr()?, "listening");
            let open = state.clone();
            let router = huiyin_web::routes::router(state);
            let drain = Duration::from_secs(self.drain.into());
            huiyin_web::serve::serve(listener, router, house::closing(open, drain)).await;
            jobs.end().await;
            anyhow::Ok(())
        });
        store.shutdown_blocking();
        served
    }
}
