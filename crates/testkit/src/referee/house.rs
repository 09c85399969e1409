//! The house that a seed plays in: a settled town in a database of its own, the real operations,
//! a clock in the hand of whoever plays, and a way out that notes what left.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use huiyin_app::identity::Cost;
use huiyin_app::limits::Strictness;
use huiyin_app::outside::{
    Ask, Call, Clock, Elsewhere, Files, Letter, Mail, Outside, Pending, SeededEntropy, SendError,
    Sms, TextMessage, Told, Webhooks,
};
use huiyin_app::{App, Config};
use huiyin_domain::case::Kinds;
use huiyin_domain::words::Words;
use huiyin_store::scratch::Scratch;
use huiyin_store::{Durability, Engine, Options, Store};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::machine::Machine;
use crate::actors::spoken;
use crate::settle::settle;
use crate::town::Town;

/// The town moved in before any seed begins.
const SETTLED: &str = "2023-12-31T09:00:00+08:00";
const FILE: &str = "huiyin.db";

/// Something that left the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub id: i64,
    pub to: String,
    pub at: Timestamp,
    pub text: String,
}

/// The way out: it notes what leaves, and now and then something is not taken.
pub struct Sent {
    clock: Arc<dyn Clock>,
    gone: Mutex<Vec<Gone>>,
    tries: Mutex<u64>,
}

impl Sent {
    /// What has left since this was asked last.
    pub fn take(&self) -> Vec<Gone> {
        std::mem::take(&mut *self.gone.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, id: i64, to: &str, text: &str) -> Result<(), SendError> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        *tries += 1;
        // One in forty is not taken at the first try.
        if tries.is_multiple_of(40) {
            return Err(SendError::Temporary("not now".to_owned()));
        }
        let gone = Gone {
            id,
            to: to.to_owned(),
            at: self.clock.now(),
            text: text.to_owned(),
        };
        let mut all = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(gone);
        Ok(())
    }
}

impl Mail for Sent {
    fn send<'a>(&'a self, letter: &'a Letter) -> Pending<'a, Result<(), SendError>> {
        let noted = self.note(letter.id, &letter.to, &letter.body);
        Box::pin(std::future::ready(noted))
    }
}

impl Sms for Sent {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pending<'a, Result<(), SendError>> {
        let noted = self.note(message.id, &message.phone, &message.text);
        Box::pin(std::future::ready(noted))
    }
}

impl Webhooks for Sent {
    fn call<'a>(&'a self, _: &'a Call) -> Pending<'a, Result<(), SendError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn fault(&self, _: &str) -> Option<&'static str> {
        None
    }
}

impl Elsewhere for Sent {
    fn ask<'a>(&'a self, _: &'a Ask) -> Pending<'a, Result<Told, SendError>> {
        let away = SendError::Away("a game knows no other house".to_owned());
        Box::pin(std::future::ready(Err(away)))
    }

    fn fault(&self, _: &str) -> Option<&'static str> {
        None
    }
}

/// What every house of this process begins with.
struct Ready {
    town: Arc<Town>,
    kinds: Kinds,
    words: Arc<Words>,
    /// The bytes of a database into which the town has moved.
    settled: Vec<u8>,
}

static READY: OnceLock<Ready> = OnceLock::new();

fn options() -> Options {
    Options {
        writers: 1,
        readers: 1,
        durability: Durability::WhenShut,
        ..Options::default()
    }
}

/// The town of the referee: some of the staff can be reached outside the product, too.
fn town() -> Town {
    let settled: Timestamp = SETTLED.parse().expect("a constant that is an instant");
    let mut town = Town::generate(1, settled);
    let staff = town
        .people
        .iter_mut()
        .filter(|person| person.contact.is_none());
    for (number, person) in staff.enumerate() {
        person.contact = match number % 8 {
            0 => Some(format!("1391{number:07}")),
            3 => Some(format!("staff{number}@tingxi.example")),
            _ => None,
        };
    }
    town
}

fn ready() -> &'static Ready {
    READY.get_or_init(|| {
        let kinds = Kinds::builtin();
        let words = Arc::new(spoken(&kinds, &[]));
        let town = Arc::new(town());
        let folder = TempDir::with_prefix("huiyin-town-").expect("tests can make folders");
        let path = folder.path().join(FILE);
        let store = Store::open(&url(&path), &options()).expect("a scratch database opens");
        settle(&store, &town, "").expect("an empty database takes the town");
        store.shutdown_blocking();
        drop(store);
        let settled = std::fs::read(&path).expect("what was written can be read");
        Ready {
            town,
            kinds,
            words,
            settled,
        }
    })
}

fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// Where the database of a house lies, for as long as it is played in.
enum Ground {
    Folder { _folder: TempDir },
    Database { _scratch: Scratch },
}

/// A house in play.
pub struct House {
    pub app: App,
    pub machine: Arc<Machine>,
    pub sent: Arc<Sent>,
    pub town: Arc<Town>,
    _ground: Ground,
}

impl House {
    /// Opens a house on an engine; none where that engine is not at hand.
    pub fn open(engine: Engine, seed: u64, now: Timestamp) -> Option<House> {
        let ready = ready();
        let (store, ground) = match engine {
            Engine::Sqlite => {
                let folder = TempDir::with_prefix("huiyin-town-").expect("tests can make folders");
                let path = folder.path().join(FILE);
                std::fs::write(&path, &ready.settled).expect("tests can write files");
                let store = Store::open(&url(&path), &options());
                let ground = Ground::Folder { _folder: folder };
                (store.expect("a copied database opens"), ground)
            }
            Engine::Postgres => {
                let scratch = Scratch::postgres_with_tables()?;
                let store = scratch.open_with(&options());
                settle(&store, &ready.town, "").expect("an empty database takes the town");
                (store, Ground::Database { _scratch: scratch })
            }
        };
        let machine = Arc::new(Machine::at(now));
        let clock = machine.believed();
        let sent = Arc::new(Sent {
            clock: clock.clone(),
            gone: Mutex::default(),
            tries: Mutex::default(),
        });
        let outside = Outside {
            clock,
            entropy: Arc::new(SeededEntropy::new(seed)),
            mail: sent.clone(),
            sms: sent.clone(),
            webhooks: sent.clone(),
            elsewhere: sent.clone(),
            files: Files::in_memory(),
        };
        let config = Config {
            password_cost: Cost::Light,
            limits: Strictness::Off,
            // One after the other: then chance falls the same way every time.
            jobs_at_once: 1,
            ..Config::default()
        };
        let (kinds, words) = (ready.kinds.clone(), ready.words.clone());
        let app = App::new(store, kinds, words, outside, config).expect("the house opens");
        Some(House {
            app,
            machine,
            sent,
            town: ready.town.clone(),
            _ground: ground,
        })
    }

    pub fn passes(&self, time: SignedDuration) {
        self.machine.passes(time);
    }
}
