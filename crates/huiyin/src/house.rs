//! The house that commands work on: database, files, words and the world outside, put
//! together from the command line, the environment and an optional `huiyin.toml`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use huiyin_app::base_map::{BaseMap, BaseMapSettings};
use huiyin_app::config::Demo;
use huiyin_app::limits::Strictness;
use huiyin_app::outside::{
    Clock, Elsewhere, Files, FilesSettings, GatewaySms, HttpElsewhere, HttpWebhooks, LiveClock,
    LiveEntropy, Mail, MailSettings, Outside, Recorded, Sms, SmsSettings, SmtpMail,
    WebhookSettings, Webhooks,
};
use huiyin_app::proposals::Rules;
use huiyin_app::{App, Config};
use huiyin_domain::case::Kinds;
use huiyin_domain::names::Names;
use huiyin_domain::partner::Agreement;
use huiyin_domain::planted::{self, Fault};
use huiyin_domain::words::{Source, Words};
use huiyin_store::{DbError, Durability, Options, Store, settings};
use huiyin_web::seal::Secret;
use huiyin_web::state::AppState;
use serde::Deserialize;

use crate::shipping::ShippingSettings;
use crate::{clock, kinds};

/// The longest time for one answer.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(240);

/// Which house a command works on.
#[derive(Args, Clone)]
pub struct House {
    /// sqlite:PATH or postgres://…
    #[arg(long, env = "HUIYIN_DATABASE", default_value = "sqlite:huiyin.db")]
    pub database: String,
    /// The folder for attachments.
    #[arg(long, env = "HUIYIN_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Name, address, mail, text messages and files, as a file.
    #[arg(long, env = "HUIYIN_CONFIG")]
    pub config: Option<PathBuf>,
    /// Where residents reach this house: https://huiyin.example. Without it links name
    /// whatever address a request asked for.
    #[arg(long, env = "HUIYIN_BASE_URL")]
    pub base_url: Option<String>,
    /// A folder with kinds of one's own, one folder for each; may be given several times.
    #[arg(long, env = "HUIYIN_KINDS", value_delimiter = ':')]
    pub kinds: Vec<PathBuf>,
}

/// What `huiyin.toml` may say.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    name: Option<Names>,
    base_url: Option<String>,
    mail: Option<MailSettings>,
    sms: Option<SmsSettings>,
    webhooks: WebhookSettings,
    files: Option<FilesSettings>,
    /// A file with rules of one's own for who is asked to help: see `docs/matching.md`.
    matching_rules: Option<PathBuf>,
    agreement: Option<Agreement>,
    map: Option<BaseMapSettings>,
    shipping: Option<ShippingSettings>,
}

/// What a house is opened for.
pub enum Manner {
    Real,
    /// The same, for readers: by a clock that is followed with care, unless somebody says that it
    /// is right.
    Served {
        clock_is_right: bool,
        /// Answers those who only look.
        replica: Option<String>,
    },
    /// The fictional town, with the clock by which it lives.
    Played(Arc<dyn Clock>, Demo),
    /// The same town while its past is being made: nobody relies on it yet.
    Made(Arc<dyn Clock>),
}

impl Manner {
    fn config(&self) -> Config {
        match self {
            Manner::Real | Manner::Served { .. } => Config::default(),
            // One machine plays all the people: tries are not counted.
            Manner::Played(_, demo) => Config {
                demo: *demo,
                limits: Strictness::Off,
                ..Config::default()
            },
            Manner::Made(_) => Config {
                limits: Strictness::Off,
                ..Config::default()
            },
        }
    }

    fn options(&self) -> Options {
        Options {
            durability: match self {
                Manner::Real | Manner::Served { .. } | Manner::Played(..) => Durability::Full,
                Manner::Made(_) => Durability::WhenShut,
            },
            ..Options::default()
        }
    }

    /// What the house is called when nobody named it.
    fn name(&self) -> Names {
        match self {
            Manner::Real | Manner::Served { .. } => Names::both("我们社区", "Our town"),
            Manner::Played(..) | Manner::Made(_) => Names::both("听溪县", "Tingxi"),
        }
    }

    fn clock(&self, store: &Store) -> anyhow::Result<Arc<dyn Clock>> {
        Ok(match self {
            Manner::Real => Arc::new(LiveClock),
            Manner::Served { clock_is_right, .. } => {
                Arc::new(clock::steady(store, *clock_is_right)?)
            }
            Manner::Played(clock, _) | Manner::Made(clock) => clock.clone(),
        })
    }
}

/// An opened house.
pub struct Opened {
    pub app: App,
    pub secret: Secret,
}

impl House {
    /// Whether the address of the house is known.
    pub fn has_address(&self) -> bool {
        self.base_url.is_some() || self.settings().is_ok_and(|said| said.base_url.is_some())
    }

    fn settings(&self) -> anyhow::Result<Settings> {
        let Some(path) = &self.config else {
            return Ok(Settings::default());
        };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("understanding {}", path.display()))
    }

    fn store(&self, options: &Options) -> anyhow::Result<Store> {
        Store::open(&self.database, options)
            .with_context(|| format!("opening the database {}", without_password(&self.database)))
    }

    /// Database and files alone, and nothing put into them: for a house that is to be
    /// taken in.
    pub fn open_bare(&self) -> anyhow::Result<(Store, Files)> {
        let said = self.settings()?;
        Ok((self.store(&Options::default())?, files(&said, &self.data)?))
    }

    /// Where the database lies, if it is one of SQLite.
    pub fn sqlite_path(&self) -> anyhow::Result<PathBuf> {
        let path = self.database.strip_prefix("sqlite:");
        let path = path.map(|path| PathBuf::from(path.strip_prefix("//").unwrap_or(path)));
        path.context("what was shipped is of SQLite, and is restored into sqlite:PATH")
    }

    /// An error when there are files already.
    pub fn refuse_files(&self) -> anyhow::Result<()> {
        let folder = self.data.join("files");
        if self.settings()?.files.is_none() && folder.exists() {
            bail!("{} is there already", folder.display());
        }
        Ok(())
    }

    /// Opens a house that is there already: a mistyped path is no new, empty house.
    pub fn open_existing(&self) -> anyhow::Result<Opened> {
        let path = self.sqlite_path().ok();
        if let Some(path) = path.filter(|path| !path.is_file()) {
            bail!("there is no database {}", path.display());
        }
        self.open()
    }

    /// Opens everything for a command: no backup fails because of a map.
    pub fn open(&self) -> anyhow::Result<Opened> {
        self.open_as(Manner::Real)
    }

    /// Opens everything, for real or to play with.
    pub fn open_as(&self, manner: Manner) -> anyhow::Result<Opened> {
        let said = self.settings()?;
        let mut options = manner.options();
        if let Manner::Served { replica, .. } = &manner {
            options.replica = replica.clone();
            let files = said.files.as_ref();
            options.shipping = said.shipping.as_ref().map(|own| own.of(files, &self.data));
        }
        let store = self.store(&options)?;
        let secret = secret(&store)?;
        let mut config = Config {
            name: said.name.clone().unwrap_or_else(|| manner.name()),
            ..manner.config()
        };
        if let Some(agreement) = &said.agreement {
            config.agreement = agreement.clone();
        }
        let base_url = self.base_url.clone().or_else(|| said.base_url.clone());
        if let Some(base_url) = base_url {
            config.base_url = base_url.trim_end_matches('/').to_owned();
        }
        if let Some(file) = &said.matching_rules {
            config.matching = Arc::new(matching_rules(file)?);
        }
        if let (Some(map), true) = (&said.map, !matches!(manner, Manner::Real)) {
            config.base_map = BaseMap::new(map, &config.base_url).context("[map]")?;
        }
        let outside = outside(&said, &self.data, (&store, &manner))?;
        let kinds = kinds::load(&self.kinds)?;
        let words = words(&kinds)?;
        let app = App::new(store, kinds, words, outside, config)?;
        Ok(Opened { app, secret })
    }
}

/// An operator's own rules for who is asked to help; else every fault of the file.
fn matching_rules(file: &Path) -> anyhow::Result<Rules> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Rules::read(&file.display().to_string(), &text).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!(
            "the rules for matching cannot be used:\n{}",
            faults.join("\n")
        )
    })
}

/// All texts that are built in, and those of the kinds.
fn words(kinds: &Kinds) -> anyhow::Result<Words> {
    let mut sources: Vec<Source<'_>> = Vec::new();
    for built_in in huiyin_app::words::sources().chain(huiyin_web::words::sources()) {
        sources.push(built_in);
    }
    sources.extend(huiyin_app::words::of_kinds(kinds));
    Words::load(sources).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!("the words cannot be read:\n{}", faults.join("\n"))
    })
}

fn outside(
    said: &Settings,
    data: &Path,
    (store, manner): (&Store, &Manner),
) -> anyhow::Result<Outside> {
    let clock = manner.clock(store)?;
    let recorded = Recorded::new(store.clone(), clock.clone());
    let mail: Arc<dyn Mail> = match &said.mail {
        Some(settings) => Arc::new(SmtpMail::new(settings).map_err(|fault| anyhow!(fault))?),
        None => Arc::new(recorded.clone()),
    };
    let sms: Arc<dyn Sms> = match &said.sms {
        Some(settings) => Arc::new(GatewaySms::new(settings).map_err(|fault| anyhow!(fault))?),
        None => Arc::new(recorded.clone()),
    };
    let (webhooks, elsewhere): (Arc<dyn Webhooks>, Arc<dyn Elsewhere>) = match manner {
        Manner::Real | Manner::Served { .. } => (
            Arc::new(HttpWebhooks::new(said.webhooks)),
            Arc::new(HttpElsewhere::new(said.webhooks)),
        ),
        Manner::Played(..) | Manner::Made(_) => (Arc::new(recorded.clone()), Arc::new(recorded)),
    };
    let files = files(said, data)?;
    Ok(Outside {
        clock,
        entropy: Arc::new(LiveEntropy),
        mail,
        sms,
        webhooks,
        elsewhere,
        files,
    })
}

fn files(said: &Settings, data: &Path) -> anyhow::Result<Files> {
    let folder = FilesSettings::Folder(data.join("files"));
    let files = Files::open(said.files.as_ref().unwrap_or(&folder)).context("opening the files")?;
    Ok(files.with_copies_in(data.join("copies")))
}

/// The key of form tokens: made once, kept with the data, so that several processes and
/// a restart agree on it.
fn secret(store: &Store) -> anyhow::Result<Secret> {
    const NAME: &str = "form-key";
    let mut fresh = [0_u8; 32];
    getrandom::fill(&mut fresh).map_err(|fault| anyhow!("asking for chance: {fault}"))?;
    let fresh: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = store
        .write_blocking(0, move |tx| {
            if let Some(kept) = settings::get(tx, NAME)? {
                return Ok(kept);
            }
            settings::put(tx, NAME, &fresh)?;
            Ok::<_, DbError>(fresh.clone())
        })
        .map_err(|fault| anyhow!("reading the key of forms: {fault}"))?;
    Secret::from_hex(&kept).ok_or_else(|| anyhow!("the key of forms in the database is broken"))
}

/// An address of a database that may be shown.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

/// Sends the log to standard error; a panic is logged by its place alone, because its
/// text may hold what somebody typed.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HUIYIN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A log on a disk that is full would otherwise end the thread that writes to it.
        .log_internal_errors(false)
        // A journal or a file keeps words, not colours.
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// Waits until the house is told to stop and a load balancer had so long to notice; whoever
/// cannot wait says it again. Then sends home whoever only watches.
pub async fn closing(state: AppState, drain: Duration) {
    told_to_stop().await;
    if planted::is(Fault::ClosedAtOnce) {
        end_at_once();
    }
    state.leave();
    tokio::select! {
        () = tokio::time::sleep(drain) => {}
        () = told_to_stop() => {}
    }
    state.screens.close();
}

#[expect(
    clippy::disallowed_methods,
    reason = "a planted fault: nothing is put away"
)]
fn end_at_once() {
    std::process::exit(0);
}

/// Waits for Ctrl-C or for the signal with which services are stopped.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminated.recv() => {}
        interrupted = tokio::signal::ctrl_c() => {
            if interrupted.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let shown = without_password("postgres://huiyin:s3cret@db.example/huiyin");
        assert_eq!(shown, "postgres://…@db.example/huiyin");
        assert_eq!(without_password("sqlite:huiyin.db"), "sqlite:huiyin.db");
    }
}
