//! `huiyin demo`: a fictional town with three weeks behind it, which goes on living slowly
//! while somebody looks.
//!
//! The town is the one that random tests use. Its letters go to a page that anybody can read,
//! and everybody in it has the same password; no other house has a default password.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Args;
use huiyin_app::config::Demo as Played;
use huiyin_app::identity::token::{self, Scope};
use huiyin_app::identity::{Cost, Hasher};
use huiyin_app::outside::{Clock, LiveClock};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::person::Role;
use huiyin_domain::place::Level;
use huiyin_store::{Tx, settings};
use huiyin_testkit::asking;
use huiyin_testkit::delivering;
use huiyin_testkit::erranding;
use huiyin_testkit::giving;
use huiyin_testkit::housing;
use huiyin_testkit::life::{Life, Pace, TownClock};
use huiyin_testkit::partnering;
use huiyin_testkit::prefecture::{self, Prefecture};
use huiyin_testkit::rounding;
use huiyin_testkit::settle::settle;
use huiyin_testkit::tasking;
use huiyin_testkit::teaming;
use huiyin_testkit::town::Town;
use huiyin_testkit::visiting;
use huiyin_testkit::volunteering;
use huiyin_testkit::windowing;
use huiyin_testkit::{cooking, gathered, gathering};
use huiyin_web::state::{Address, AppState, Config};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::half_made;
use crate::house::{self, House, Manner, Opened};

/// Everybody's password in the town.
const PASSWORD: &str = "huiyin-demo-town";
const DAYS: i64 = 21;
const QUIET: SignedDuration = SignedDuration::from_mins(10);
/// Between one act of somebody and the next.
const ACT_EVERY: Duration = Duration::from_secs(20);
const DATABASE: &str = "huiyin.db";
/// The setting that keeps what the town was made from.
const MADE_FROM: &str = "demo-town";
/// The file with a token for programs, in the folder of the data.
const TOKEN_FILE: &str = "api-token";

#[derive(Args)]
pub struct Demo {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep the town in this folder; without it, it goes when the program ends.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Another seed makes another town.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Nobody acts but whoever looks.
    #[arg(long)]
    quiet_town: bool,
    /// A whole prefecture beside the town: nine counties, 114 towns, 1,340 villages, and a task
    /// that has reached all of them. Whoever gave it signs in as wide-office.
    #[arg(long)]
    whole_prefecture: bool,
}

impl Demo {
    pub fn run(self) -> anyhow::Result<()> {
        house::log();
        let listener = TcpListener::bind(self.listen)
            .with_context(|| format!("listening on {}", self.listen))?;
        let address = listener.local_addr()?;
        let passing = tempfile::TempDir::with_prefix("huiyin-demo-")?;
        let folder = self.data.clone();
        let folder = folder.unwrap_or_else(|| passing.path().to_owned());
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        let clock = Arc::new(TownClock::default());
        let house = House {
            database: format!("sqlite:{}", folder.join(DATABASE).display()),
            data: folder.clone(),
            config: None,
            base_url: Some(format!("http://{address}")),
            kinds: Vec::new(),
        };
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        if let Some(making) = half_made::begin(&folder, DATABASE, &[TOKEN_FILE])? {
            let opened = house.open_as(Manner::Made(clock.clone()))?;
            let store = opened.app.store.clone();
            let made = runtime.block_on(self.make(&opened.app, &folder, &clock));
            store.shutdown_blocking();
            made?;
            making.done()?;
        }
        let played = match self.quiet_town {
            true => Played::Quiet,
            false => Played::Lives,
        };
        let opened = house.open_as(Manner::Played(clock, played))?;
        let store = opened.app.store.clone();
        let shown = runtime.block_on(self.show(opened, listener));
        store.shutdown_blocking();
        shown
    }

    /// A new town with its three weeks. Should this be cut short, the next demo begins anew.
    async fn make(&self, app: &App, folder: &Path, clock: &TownClock) -> anyhow::Result<()> {
        let until = LiveClock.now();
        let (seed, town) = (self.seed, town(self.seed, until));
        move_in(app, &town).await?;
        let mut life = Life::new(app.clone(), town.clone(), seed, Pace::DEMO);
        let eve = morning_before(app, until - SignedDuration::from_hours(24 * DAYS));
        delivering::was(app, &town, (eve, |now| clock.set(now))).await?;
        let evening = eve + SignedDuration::from_hours(9);
        gathered::was(app, &town, (evening, seed, |now| clock.set(now))).await?;
        // The last minutes are quiet, so that it is time again to ask who could help.
        life.lives(clock, DAYS, until - QUIET).await?;
        clock.set(until);
        let known = volunteering::begins(app, &town, seed).await?;
        partnering::begins(app, &town).await?;
        gathering::begins(app, &town, (known, seed)).await?;
        visiting::begins(app, &town, (clock, known)).await?;
        cooking::begins(app, &town, (known, seed)).await?;
        asking::answers(app, &town, seed).await?;
        giving::begins(app, &town).await?;
        delivering::begins(app, &town).await?;
        teaming::begins(app, &town).await?;
        tasking::begins(app, &town, clock).await?;
        rounding::begins(app, &town, (clock, seed)).await?;
        if self.whole_prefecture {
            whole_prefecture(app, &town).await?;
        }
        erranding::begins(app, &town, |now| clock.set(now)).await?;
        windowing::begins(app, &town, |now| clock.set(now)).await?;
        housing::begins(app, &town, |now| clock.set(now)).await?;
        huiyin_app::jobs::run_due(app).await?;
        clock.release();
        give_token(app, &town, &folder.join(TOKEN_FILE)).await?;
        let from = format!("{seed} {until}");
        let keep = move |tx: &mut Tx<'_>| settings::put(tx, MADE_FROM, &from);
        let kept = app.store.write(0, keep).await;
        kept.map_err(|fault| anyhow!("keeping the town: {fault}"))
    }

    async fn show(&self, opened: Opened, listener: TcpListener) -> anyhow::Result<()> {
        let app = opened.app.clone();
        let kept = app.store.read(|tx| settings::get(tx, MADE_FROM)).await;
        let kept = kept.map_err(|fault| anyhow!("looking for the town: {fault}"))?;
        let kept = kept.as_deref().and_then(made_from);
        let (seed, until) = kept.context(
            "the database in this folder is no finished town of a demo; \
             name a folder of its own with --data",
        )?;
        let town = town(seed, until);
        tell(&town, &listener.local_addr()?.to_string(), app.config.demo);
        // Other chances than those of which its past was made.
        let mut life = Life::new(app.clone(), town, seed.wrapping_add(1), Pace::DEMO);
        life.look_around().await?;
        let jobs = huiyin_app::jobs::spawn(app);
        let living = (!self.quiet_town).then(|| tokio::spawn(lives_on(life)));
        let config = Config {
            address: Address::AsAsked,
            proxies: Vec::new(),
            answer_within: house::ANSWER_WITHIN,
        };
        let state = AppState::new(opened.app, config, opened.secret);
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let open = state.clone();
        let router = huiyin_web::routes::router(state);
        huiyin_web::serve::serve(listener, router, house::closing(open, Duration::ZERO)).await;
        jobs.end().await;
        if let Some(living) = living {
            living.abort();
        }
        Ok(())
    }
}

/// Seven in the morning of the day before.
fn morning_before(app: &App, now: Timestamp) -> Timestamp {
    let eve = app.config.day(now).saturating_sub(1.days());
    let there = eve.at(7, 0, 0, 0).to_zoned(app.config.time_zone.clone());
    there.map_or(now, |there| there.timestamp())
}

/// The town of a seed, whose people moved in two days before its past begins.
fn town(seed: u64, until: Timestamp) -> Arc<Town> {
    let made_at = until - SignedDuration::from_hours(24 * (DAYS + 2));
    Arc::new(Town::generate(seed, made_at))
}

/// The seed and the instant of a town that was kept.
fn made_from(kept: &str) -> Option<(u64, Timestamp)> {
    let (seed, until) = kept.split_once(' ')?;
    Some((seed.parse().ok()?, until.parse().ok()?))
}

async fn password_hash(app: &App) -> anyhow::Result<String> {
    let salt = app.outside.entropy.bytes::<16>();
    let hasher = Hasher::new(Cost::Real);
    let hash = hasher.hash(PASSWORD.to_owned(), salt).await;
    hash.context("hashing the password of the town")
}

/// The prefecture around which the town does not lie, with its task.
async fn whole_prefecture(app: &App, town: &Town) -> anyhow::Result<()> {
    let hash = password_hash(app).await?;
    let (store, made) = (app.store.clone(), Prefecture::generate(town.made_at));
    let settled = tokio::task::spawn_blocking(move || prefecture::settle(&store, made, &hash));
    let made = settled.await?;
    let made = made.map_err(|fault| anyhow!("moving into the prefecture: {fault}"))?;
    prefecture::begins(app, &made).await?;
    Ok(())
}

async fn move_in(app: &App, town: &Arc<Town>) -> anyhow::Result<()> {
    let hash = password_hash(app).await?;
    let (store, town) = (app.store.clone(), town.clone());
    let settled = tokio::task::spawn_blocking(move || settle(&store, &town, &hash)).await?;
    settled.map_err(|fault| anyhow!("moving into the town: {fault}"))
}

/// A token for programs, in a file that only its owner can read.
async fn give_token(app: &App, town: &Town, file: &Path) -> anyhow::Result<()> {
    let county = town.places_at(Level::County).next();
    let county = county.context("the town lies in a county")?.code.clone();
    let unit = town
        .office_of(&county)
        .context("the county has an office")?;
    let request = token::Request {
        name: "demo".to_owned(),
        scopes: Scope::ALL.to_vec(),
        unit: unit.id,
        role: Role::Dispatcher,
        place: county,
        expires_at: None,
    };
    let made = token::create(app, &Actor::system(), request).await?;
    std::fs::write(file, made.token.reveal())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// Somebody does something, again and again.
async fn lives_on(mut life: Life) {
    let mut acts = tokio::time::interval(ACT_EVERY);
    loop {
        acts.tick().await;
        match life.tick().await {
            Ok(act) => tracing::debug!(?act, "somebody in the town"),
            Err(Error::Busy) => {}
            Err(fault) => tracing::error!(%fault, "the town could not go on"),
        }
    }
}

/// What whoever started it wants to know: where it is, and who one can be.
fn tell(town: &Town, address: &str, demo: Played) {
    println!("\n  Huiyin · 回音 — a fictional town, all of it made up.\n");
    if demo.lives() {
        let seconds = ACT_EVERY.as_secs();
        println!(
            "  Played people go on acting while you look: one of them every {seconds} seconds."
        );
        println!("  With --quiet-town nobody acts but you.\n");
    }
    println!("  Open  http://{address}\n");
    println!(
        "  Residents need no account. To be somebody on duty, sign in at http://{address}/desk/sign-in"
    );
    println!("  with the password  {PASSWORD}\n");
    println!(
        "    {:<20} {:<16} {:<28} unit",
        "sign in as", "role", "name"
    );
    for role in Role::ALL {
        let Some(person) = town.person(role.word()) else {
            continue;
        };
        let unit = person.posts.first().and_then(|post| town.unit(post.unit));
        let unit = unit.map_or("", |unit| unit.names.in_lang("en"));
        let login = person.login.as_deref().unwrap_or_default();
        println!(
            "    {login:<20} {:<16} {:<28} {unit}",
            role.word(),
            person.name
        );
    }
    if let Some(volunteer) = town.volunteers().next() {
        let contact = volunteer.contact.as_deref().unwrap_or_default();
        println!(
            "\n  A volunteer signs in at http://{address}/sign-in with a code sent to  {contact}"
        );
        println!("  The code is on the page of all letters:  http://{address}/outbox");
    }
    println!("\n  Stop with Ctrl-C.\n");
}
