//! The referee: a town of a few hundred people acts at random, within its rights and against
//! them, on the real operations and the real store, while the clock stands in the referee's hand.
//!
//! A seed is one small world. After every act the cases that moved are held against an
//! independent model ([`model`]); whatever was refused must have left no trace; whatever left the
//! house must have been told once, and to nobody at night. At the end `verify` looks at it all.
//! The same seed plays the same game to the last byte. What is held true, and how to play a seed
//! again, stands in `docs/referee.md`. One more thing that people do: a function in `acts.rs` and
//! its line in the table of habits.

mod acts;
mod audit;
mod end;
mod finding;
mod forms;
mod house;
mod looks;
mod machine;
mod model;
mod mouth;

use std::collections::{BTreeMap, BTreeSet};

use huiyin_app::cases::{advance, open};
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_store::Engine;
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Runtime;

use crate::life::{Life, Pace};
use end::Figures;
use house::House;
use model::{Case, Model};
use mouth::Mouth;

pub use finding::{Fault, Finding, Rule};

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// At least and at most so many acts.
    pub acts: (usize, usize),
    /// The longest that nothing happens, in days.
    pub pause_days: i64,
}

impl Size {
    /// Some weeks or months of a few cases: many fit into the time of a test.
    pub const SMALL: Size = Size {
        acts: (20, 60),
        pause_days: 9,
    };

    /// Years of many cases.
    pub fn years(years: u32) -> Size {
        let acts = usize::try_from(years).unwrap_or(1) * 900;
        Size {
            acts: (acts, acts + acts / 4),
            pause_days: 3,
        }
    }
}

/// What was played, when nothing was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub acts: usize,
    pub refused: usize,
    pub cases: usize,
    pub entries: i64,
    pub messages: usize,
    pub days: i64,
    /// How often each step was taken, with its kind.
    pub steps: BTreeMap<String, usize>,
    /// The sum over everything that lies in the database at the end.
    pub sum: String,
}

/// Plays a seed on an engine; none where that engine is not at hand.
pub fn play(engine: Engine, seed: u64, size: Size) -> Option<Result<Report, Finding>> {
    let mut game = Game::new(engine, seed, size)?;
    let played = game.play(size);
    Some(played.map_err(|fault| Finding {
        seed,
        act: game.act,
        doing: game.doing.clone(),
        history: game.history_of(fault.case),
        fault,
    }))
}

/// So much of a case's history is told with a finding.
const LINES: usize = 12;

/// One game: the house, those who act in it, and what the referee knows.
struct Game {
    rng: ChaCha8Rng,
    /// Chance of its own for when the machine's clock is set wrong.
    jumps: ChaCha8Rng,
    house: House,
    /// The people, for what they write into forms.
    life: Life,
    runtime: Runtime,
    model: Model,
    cases: BTreeMap<CaseId, Case>,
    /// Cases that people come back to.
    beloved: Vec<CaseId>,
    mouth: Mouth,
    figures: Figures,
    /// Cases that must hear what another one was told, and by which step.
    followers: BTreeSet<(CaseId, String)>,
    last: Option<Done>,
    /// What happened to which case, in a line each.
    told: Vec<(CaseId, String)>,
    began: Timestamp,
    act: usize,
    doing: String,
    report: Report,
}

/// What was last asked under a key, and what it led to.
enum Done {
    Opened(Actor, Box<open::Request>, open::Reply),
    Took(Actor, Box<advance::Request>, advance::Reply),
}

impl Game {
    fn new(engine: Engine, seed: u64, size: Size) -> Option<Game> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let first: Timestamp = "2024-01-02T08:00:00+08:00".parse().expect("an instant");
        let days = if size == Size::SMALL { 700 } else { 60 };
        let minutes = rng.random_range(0..days * 24 * 60);
        let began = first + SignedDuration::from_mins(minutes);
        let house = House::open(engine, seed, began)?;
        let pace = Pace::TEST;
        let life = Life::new(house.app.clone(), house.town.clone(), seed, pace);
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Some(Game {
            model: Model::new(&house.town),
            mouth: Mouth::new(&house.town),
            runtime: runtime.expect("tests can have a runtime"),
            rng,
            jumps: ChaCha8Rng::seed_from_u64(!seed),
            house,
            life,
            cases: BTreeMap::new(),
            beloved: Vec::new(),
            figures: Figures::default(),
            followers: BTreeSet::new(),
            last: None,
            told: Vec::new(),
            began,
            act: 0,
            doing: "opening the house".to_owned(),
            report: Report::default(),
        })
    }

    fn play(&mut self, size: Size) -> Result<Report, Fault> {
        let acts = self.rng.random_range(size.acts.0..=size.acts.1);
        for act in 0..acts {
            self.act = act;
            let jumps = self.clock_jumps();
            self.someone_acts()?;
            if jumps {
                self.clock_is_set_right()?;
            }
            self.time_passes(size)?;
        }
        self.ends()?;
        Ok(std::mem::take(&mut self.report))
    }

    /// The last that happened to a case.
    fn history_of(&self, case: Option<CaseId>) -> Vec<String> {
        let told = self.told.iter();
        let own = told.filter(|(id, _)| Some(*id) == case);
        let mut lines: Vec<String> = own
            .rev()
            .take(LINES)
            .map(|(_, line)| line.clone())
            .collect();
        lines.reverse();
        lines
    }

    fn now(&self) -> Timestamp {
        self.house.app.now()
    }

    /// Minutes, hours or days; or exactly until something falls due; or until just before.
    fn time_passes(&mut self, size: Size) -> Result<(), Fault> {
        let now = self.now();
        let wakes = self.cases.values().filter_map(|case| {
            let clock = case.clock.as_ref()?;
            (clock.wake_at > now).then_some(clock.wake_at)
        });
        let next = wakes.min().map(|next| next.duration_since(now));
        let next = next.filter(|next| next.as_hours() < 24 * 40);
        let minutes = match self.rng.random_range(0..20) {
            0..5 => 0,
            5..9 => self.rng.random_range(1..90),
            9..13 => self.rng.random_range(60..14 * 60),
            13..15 => self.rng.random_range(1..=size.pause_days * 24 * 60),
            until => {
                let just_before = SignedDuration::from_micros(i64::from(until == 19));
                let time = next.map(|next| next - just_before).unwrap_or_default();
                self.house.passes(time);
                0
            }
        };
        self.house.passes(SignedDuration::from_mins(minutes));
        // Now and then the house sleeps through it.
        match self.rng.random_ratio(1, 8) {
            true => Ok(()),
            false => self.house_works(),
        }
    }
}
