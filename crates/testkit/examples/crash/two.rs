//! Two installations: the county hands its cases to the prefecture, which answers them. Either is
//! killed again and again, and stays away for a moment; what one side did must be on the other in
//! the end, once.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use huiyin_domain::id::InstallationId;
use huiyin_domain::planted;
use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::across::{self, Across};
use crate::audit::{self, AllShown, Audit};
use crate::busy::Crowd;
use crate::client::{Asked, Http};
use crate::finding::{Fault, Finding, Sort};
use crate::introduced::{look, register};
use crate::journal::{Act, Deed, Journal, acknowledged};
use crate::lives::until_over;
use crate::server::{Server, Start};
use crate::site::Site;
use crate::told::Told;
use crate::trial::{CONFIG, LOAD_MS};
use crate::writer::{Common, Stop, Writer};
use crate::{Arguments, STRIKES_OF_A_CONTROL};

/// So long a house stays away that was killed, in milliseconds.
const AWAY_MS: std::ops::Range<u64> = 50..800;
const PEOPLE: usize = 2;
/// Nobody writes without a breath, so that the other side can follow.
const BREATH_MS: std::ops::Range<u64> = 50..300;
/// Nobody has more of it under way at once.
const UNDER_WAY_MAX: usize = 8;
/// Whoever answers works on until so many answers were acknowledged, or for so long.
const ANSWERS_MIN: usize = 5;
const WORKS_ON: Duration = Duration::from_secs(90);
/// A job whose house was killed comes again when its lease of two minutes is over.
const PATIENCE: Duration = Duration::from_secs(200);
const LOOKS_EVERY: Duration = Duration::from_secs(10);

pub fn run(arguments: &Arguments, engine: Engine, folder: &Path) -> Result<Told, Fault> {
    let trial = Trial {
        engine,
        arguments,
        planted: None,
    };
    let seen = trial.run(&folder.join("plain"), arguments.kills_of_two)?;
    let mut told = Told::of(seen.said);
    for sort in &Sort::ALL[..6] {
        told.promise(sort.promise(), &sort.of(&seen.findings));
    }
    let control = Trial {
        planted: Some(planted::Fault::HeardForgotten),
        ..trial
    };
    let seen = control.run(&folder.join("control"), STRIKES_OF_A_CONTROL)?;
    let twice = Sort::Twice.of(&seen.findings).len();
    let what = format!("with HeardForgotten: found as Twice {twice} times");
    told.tell(twice > 0, what, &[]);
    Ok(told)
}

struct Trial<'a> {
    engine: Engine,
    arguments: &'a Arguments,
    /// In the prefecture.
    planted: Option<planted::Fault>,
}

struct Seen {
    said: String,
    findings: Vec<Finding>,
}

/// One of the two, and whoever writes in it.
struct House<'s> {
    start: Start<'s>,
    server: Server,
    common: Arc<Common>,
    crowd: Crowd,
}

impl Trial<'_> {
    fn run(&self, folder: &Path, strikes: u32) -> Result<Seen, Fault> {
        let sites = [
            Site::make(self.engine, &folder.join("county"))?,
            Site::make(self.engine, &folder.join("prefecture"))?,
        ];
        let config = folder.join("huiyin.toml");
        std::fs::write(&config, CONFIG)?;
        let starts = sites
            .each_ref()
            .map(|site| Start::of(&self.arguments.binary, &site.place));
        let [county, prefecture] = starts;
        let (mut county, mut prefecture) = (county?, prefecture?);
        county.config = Some(&config);
        prefecture.config = Some(&config);
        prefecture.planted = self.planted;
        let (id, unit) = register((&county, &sites[0].keys), (&prefecture, &sites[1].keys))?;
        let mut houses = [
            House::open(county, &sites[0], &folder.join("journal-county"))?,
            House::open(prefecture, &sites[1], &folder.join("journal-prefecture"))?,
        ];
        let [ours, theirs] = &mut houses;
        for number in 0..PEOPLE {
            let writer = ours.writer(number, self.arguments.seed)?;
            let unit = unit.clone();
            ours.crowd
                .joined_by(thread::spawn(move || hands_over(writer, &unit)));
        }
        let writer = theirs.writer(PEOPLE, self.arguments.seed)?;
        theirs
            .crowd
            .joined_by(thread::spawn(move || answers(writer)));
        self.strikes(&mut houses, strikes)?;
        self.settled(houses, id)
    }

    fn strikes(&self, houses: &mut [House<'_>; 2], strikes: u32) -> Result<(), Fault> {
        let mut rng = ChaCha8Rng::seed_from_u64(self.arguments.seed);
        let pause = |rng: &mut ChaCha8Rng, ms| {
            thread::sleep(Duration::from_millis(rng.random_range(ms)));
        };
        for _ in 0..strikes {
            pause(&mut rng, LOAD_MS);
            let struck = &mut houses[usize::from(rng.random_bool(0.5))];
            struck.server.kill()?;
            pause(&mut rng, AWAY_MS);
            struck.server = struck.start.start_and_wait()?;
        }
        pause(&mut rng, LOAD_MS);
        let [county, prefecture] = houses;
        county.crowd.go_home()?;
        let since = Instant::now();
        while prefecture.answered()? < ANSWERS_MIN && since.elapsed() < WORKS_ON {
            thread::sleep(Duration::from_millis(500));
        }
        prefecture.crowd.go_home()
    }

    /// Waits until each has heard all of the other, and looks at both.
    fn settled(&self, mut houses: [House<'_>; 2], id: InstallationId) -> Result<Seen, Fault> {
        let (since, mut looked) = (Instant::now(), None::<Instant>);
        let (across, all, findings) = loop {
            if looked.is_none_or(|looked| looked.elapsed() > LOOKS_EVERY) {
                look(&houses[1].start, id)?;
                looked = Some(Instant::now());
            }
            let [(ours, found), (theirs, also)] = [houses[0].shown()?, houses[1].shown()?];
            let across = across::compared(&ours, &theirs);
            let urls = (houses[0].start.url, houses[1].start.url);
            let mut findings = across.sealed((&ours, &theirs), urls)?;
            findings.extend(across.findings.iter().cloned());
            let is_found = self.planted.is_some() && !Sort::Twice.of(&findings).is_empty();
            if findings.is_empty() || is_found || since.elapsed() > PATIENCE {
                findings.extend([found, also].concat());
                break (across, [ours, theirs], findings);
            }
            thread::sleep(Duration::from_secs(1));
        };
        let mut seen = Seen {
            said: self.said(&houses, (&across, &all), since.elapsed())?,
            findings,
        };
        for house in &mut houses {
            seen.findings.extend(house.common.found());
            house.server.kill()?;
            seen.findings.extend(audit::left(&house.start)?);
        }
        Ok(seen)
    }

    fn said(
        &self,
        houses: &[House<'_>; 2],
        (across, all): (&Across, &[AllShown; 2]),
        took: Duration,
    ) -> Result<String, Fault> {
        let mut acknowledged_writes = 0;
        for house in houses {
            acknowledged_writes += acknowledged(&house.common.journal.read()?);
        }
        let steps = |step: &str| {
            let cases = all.iter().flat_map(|side| side.values());
            let entries = cases.flat_map(|shown| &shown.entries);
            entries.filter(|entry| entry["step"] == step).count()
        };
        let handed = across.pairs.len();
        match (handed, steps("answer"), steps("judge")) {
            (0, ..) | (_, 0, _) => Err("nothing came over".into()),
            (_, answered, judged) => Ok(format!(
                "killed {} times, {acknowledged_writes} writes acknowledged, {handed} cases came \
                 over, {answered} answers and {judged} judgements on both sides; all was there \
                 {} s after the last kill",
                self.arguments.kills_of_two,
                took.as_secs(),
            )),
        }
    }
}

impl<'s> House<'s> {
    fn open(start: Start<'s>, site: &Site, journal: &Path) -> Result<House<'s>, Fault> {
        let journal = Journal::begin(journal)?;
        let common = Arc::new(Common::new(journal, Arc::clone(&site.keys)));
        Ok(House {
            server: start.start_and_wait()?,
            crowd: Crowd::of(&common),
            common,
            start,
        })
    }

    fn writer(&self, number: usize, seed: u64) -> Result<Writer, Fault> {
        Ok(Writer::new(
            &self.common,
            Http::to(self.start.address)?,
            number,
            seed,
        ))
    }

    /// How many answers were acknowledged.
    fn answered(&self) -> Result<usize, Fault> {
        let acts = self.common.journal.read()?;
        let is_answer = |act: &&Act| {
            let Deed::Step { step, .. } = &act.deed else {
                return false;
            };
            step == "answer" && act.done_at_ms.is_some()
        };
        Ok(acts.iter().filter(is_answer).count())
    }

    /// All that it shows, and what of its own journal is not as it was told.
    fn shown(&self) -> Result<(AllShown, Vec<Finding>), Fault> {
        let audit = Audit {
            address: self.start.address,
            token: &self.common.keys.dispatcher,
            acts: &self.common.journal.read()?,
        };
        audit.all()
    }
}

/// Somebody of the county: brings something in, which is handed to the prefecture; adds to it
/// later, and judges what is answered.
fn hands_over(mut writer: Writer, unit: &str) -> Result<(), Fault> {
    let mut handed: Vec<(String, String)> = Vec::new();
    until_over(|| {
        writer.breathe()?;
        if handed.len() < UNDER_WAY_MAX {
            handed.push(writer.hand_over(unit)?);
            return Ok(());
        }
        let at = writer.rng.random_range(0..handed.len());
        let (case, code) = handed[at].clone();
        let asked = Asked::get(format!("/api/v1/cases/{case}")).with("tracking-code", &code);
        let shown = writer.ask(&asked, &[200], "how it stands")?.json()?;
        match shown["stage"] == "answered" {
            true => {
                handed.swap_remove(at);
                writer.judge(&case, &code)
            }
            false => writer.comment_with_photo(&case, &code),
        }
    })
}

/// Whoever answers in the prefecture, one thing after the other.
fn answers(mut writer: Writer) -> Result<(), Fault> {
    until_over(|| {
        writer.breathe()?;
        for stage in ["received", "dispatched", "in_hand"] {
            writer.go_on_with(stage)?;
        }
        Ok(())
    })
}

impl Writer {
    fn breathe(&mut self) -> Result<(), Stop> {
        thread::sleep(Duration::from_millis(self.rng.random_range(BREATH_MS)));
        self.goes_on()
    }

    fn hand_over(&mut self, unit: &str) -> Result<(String, String), Stop> {
        let (place, photo, mark) = (self.place(), self.photo()?, self.mark());
        let said = json!({"kind": "appeal", "values": {
            "description": format!("{mark} 暖气主管道太细"), "place": place, "photos": [photo],
        }});
        let (case, code) = self.open(&mark, said, 1)?;
        let dispatcher = self.common.keys.dispatcher.clone();
        self.step((&case, "dispatch"), &dispatcher, json!({"unit": unit}))?;
        Ok((case, code))
    }

    /// The next step of each case at this stage.
    fn go_on_with(&mut self, stage: &str) -> Result<(), Stop> {
        let keys = self.common.keys.clone();
        let path = format!("/api/v1/cases?state=open&limit=20&stage={stage}");
        let asked = Asked::get(path).with("authorization", keys.dispatcher.as_str());
        let page = self.ask(&asked, &[200], "what is open")?.json()?;
        for row in page["cases"].as_array().into_iter().flatten() {
            let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
            let case = text(&row["id"]).ok_or("a case has an id")?;
            if stage == "received" {
                let unit = json!({"unit": keys.departments[0]});
                self.step((&case, "dispatch"), &keys.dispatcher, unit)?;
                continue;
            }
            let owner = text(&row["owner"]["id"]).ok_or("a unit has an id")?;
            let handler = keys.units.get(&owner).ok_or("a unit without a token")?;
            if stage == "dispatched" {
                self.step((&case, "accept"), handler, json!({}))?;
                continue;
            }
            let mark = self.mark();
            let answer = json!({"outcome": "solved", "answer": format!("{mark} 已经换成粗的")});
            self.marked_step((&case, "answer"), handler, (&mark, answer))?;
        }
        Ok(())
    }
}
