//! A house that is two years old, and what is written in it: the rows of the product, by its own
//! statements, without what it thinks before it writes them.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use huiyin_domain::access::Scope;
use huiyin_domain::case::{
    Acting, CaseView, ClockView, FIRST, KindHash, Memory, Owner, Recipient, Value, Values,
};
use huiyin_domain::id::{CaseId, JobId, NoticeId, UnitId, make_raw};
use huiyin_domain::names::Names;
use huiyin_domain::place::Place;
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::entries::{NewEntry, Text};
use huiyin_store::kind_versions::{self, KindVersion};
use huiyin_store::petitioners::{self, Petitioner};
use huiyin_store::search::{self, Found};
use huiyin_store::{DbError, Tx, cases, entries, jobs, notices, places, rollups, units};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const TEXT: &str = "我们小区三号楼的暖气已经三天不热了，家里有老人和孩子，物业电话一直打不通，请尽快派人来看看是什么原因，什么时候能修好。";
const WORDS: &str = "我们 小区 三号 号楼 暖气 已经 三天 不热 家里 老人 孩子 物业 电话 一直 打不 不通 尽快 派人 看看 什么 原因 时候 修好 请 有 来 是 能";

const STREETS: u64 = 20;
const COMMUNITIES: u64 = 7;
const UNITS: u64 = 50;
const DAYS: i64 = 730;
/// Most of what a day touches came in within so many days, …
const YOUNG_DAYS: u64 = 60;
/// … so much of it of a hundred, …
const YOUNG_PERCENT: u64 = 90;
/// … and ten minutes ago at the latest.
const YOUNGEST_DAYS: f64 = 1.0 / 144.0;
/// In a small house fewer came in lately than a day touches: then it is so many of the newest.
const TOUCHED_AT_LEAST: u64 = 100;
/// So many of a hundred cases are open.
const OPEN_PERCENT: u64 = 5;

/// A number that looks drawn, always the same one.
pub fn mix(number: u64) -> u64 {
    let mixed = (number ^ (number >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 7
}

/// How many cases came in over the two years, one after the other.
#[derive(Clone, Copy)]
pub struct World {
    pub cases: u64,
    /// How often it was measured before.
    pub measured: u64,
}

/// One step on a case.
#[derive(Clone, Copy)]
pub struct Step {
    pub case: CaseId,
    pub at: Timestamp,
    pub closes: bool,
    /// Whether somebody is still to be told of it.
    pub tells: bool,
}

impl World {
    pub fn at(self, number: u64) -> Timestamp {
        let since = Timestamp::from_second(1_730_000_000).expect("in range");
        let micros =
            i128::from(DAYS) * 86_400_000_000 * i128::from(number) / i128::from(self.cases);
        since + SignedDuration::from_micros(i64::try_from(micros).expect("some years"))
    }

    pub fn now(self) -> Timestamp {
        self.at(self.cases)
    }

    pub fn today(self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// The number of the first case that comes in while it is measured, later than what came in
    /// when it was measured before.
    pub fn next(self) -> u64 {
        self.cases + self.measured * 200_000
    }

    pub fn id(self, number: u64) -> CaseId {
        CaseId::make(self.at(number), number)
    }

    /// Any of its cases.
    pub fn any(self, turn: u64) -> CaseId {
        self.id(mix(turn) % self.cases)
    }

    /// A case of the last two months, one as likely as the other.
    pub fn young(self, turn: u64) -> CaseId {
        let young = (self.cases * YOUNG_DAYS / DAYS.unsigned_abs()).max(1);
        self.id(self.cases - 1 - mix(turn) % young)
    }

    /// A case that a real day touches. Steps come fast first and slowly then (accepted within hours,
    /// answered within days, visited within weeks): up to two months, each doubling of a case's age
    /// has as many steps as the one before.
    pub fn of_a_day(self, turn: u64) -> CaseId {
        if mix(turn) % 100 >= YOUNG_PERCENT {
            return self.any(turn + 1);
        }
        let part = (mix(turn + 2) % 1_000_000) as f64 / 1e6;
        let days = YOUNGEST_DAYS * (YOUNG_DAYS as f64 / YOUNGEST_DAYS).powf(part);
        let behind = days / DAYS as f64 * self.cases as f64;
        let behind = (behind as u64).max(mix(turn + 3) % TOUCHED_AT_LEAST);
        self.id((self.cases - 1).saturating_sub(behind))
    }

    fn is_open(number: u64) -> bool {
        mix(number) % 100 < OPEN_PERCENT
    }

    fn case(self, number: u64) -> CaseView {
        let opened_at = self.at(number);
        // None of the clocks has run out when all begins.
        let due_at = self.now() + SignedDuration::from_hours((1 + mix(number) % 160).cast_signed());
        let (street, community) = (number % STREETS, number % COMMUNITIES);
        CaseView {
            id: self.id(number),
            kind: "appeal".to_owned(),
            kind_hash: KindHash::of(b"bench"),
            stage: "received".to_owned(),
            version: 1,
            place: place(&format!("652901{street:03}{community:03}")),
            item: None,
            urgent: false,
            owner: Owner::Unit(UnitId::from_raw((number % UNITS).cast_signed())),
            previous_owner: None,
            opened_unit: None,
            opened_role: None,
            opened_at,
            closed_at: None,
            outcome: None,
            clock: Some(ClockView::plain("answer", opened_at, due_at)),
            terms: Vec::new(),
            memory: Memory::default(),
            counts: [("open".to_owned(), 1)].into(),
            calls: Vec::new(),
            values: Values::from([("text".to_owned(), Value::Text(TEXT.to_owned()))]),
            merged_into: None,
        }
    }

    /// A case as the two years left it: opened, accepted and, of most, closed.
    pub fn lived(self, tx: &mut Tx<'_>, number: u64) -> Result<(), DbError> {
        self.open(tx, number, false)?;
        let later = |minutes| self.at(number) + SignedDuration::from_mins(minutes);
        for (at, closes) in [(later(20), false), (later(50), true)] {
            let step = Step {
                case: self.id(number),
                at,
                closes,
                tells: false,
            };
            if !(closes && World::is_open(number)) {
                take(tx, step)?;
            }
        }
        Ok(())
    }

    /// What opening a case writes: row, matter, entry, petitioner, words, figure, job.
    pub fn open(self, tx: &mut Tx<'_>, number: u64, tells: bool) -> Result<(), DbError> {
        let view = self.case(number);
        cases::insert(
            tx,
            &cases::Opening {
                view: &view,
                channel: "web",
                title: "暖气不热",
            },
        )?;
        let json = serde_json::to_string(&view.values).expect("values are JSON");
        let entry = NewEntry {
            case: view.id,
            number: 1,
            at: view.opened_at,
            step: "open",
            acting: &Acting::Petitioner,
            from: None,
            to: "received",
            shape: "{}",
            text: Some(Text {
                salt: &[1; 16],
                json: &json,
            }),
        };
        entries::append(tx, &entry, &FIRST)?;
        petitioners::insert(
            tx,
            &Petitioner {
                case: view.id,
                code: format!("{number:016}"),
                name: Some("某人".to_owned()),
                contact: Some(format!("139{number:08}")),
                address: None,
                emergency: None,
                language: "zh".to_owned(),
                person: None,
            },
        )?;
        find(tx, &view)?;
        count(tx, &view, "opened", view.opened_at)?;
        match tells {
            true => tell(tx, view.id.get(), view.opened_at),
            false => Ok(()),
        }
    }

    /// A case that came from elsewhere is put into the search.
    pub fn index(self, tx: &mut Tx<'_>, number: u64) -> Result<(), DbError> {
        find(tx, &self.case(number))
    }
}

/// What a step reads and writes: case, row, entry, notice, figure, job.
pub fn take(tx: &mut Tx<'_>, step: Step) -> Result<(), DbError> {
    let Some(before) = cases::load(tx, &Scope::for_the_house(), step.case)? else {
        return Err(DbError::Broken("no such case".to_owned()));
    };
    let mut after = before.view.clone();
    after.version += 1;
    match after.stage.as_str() {
        _ if step.closes => "closed".clone_into(&mut after.stage),
        "received" => "in-hand".clone_into(&mut after.stage),
        _ => {}
    }
    if step.closes {
        (after.closed_at, after.outcome, after.clock) =
            (Some(step.at), Some("solved".to_owned()), None);
    }
    *after.counts.entry("accept".to_owned()).or_default() += 1;
    cases::update(tx, &before, &after, &before.title, step.at)?;
    let entry = NewEntry {
        case: step.case,
        number: after.version,
        at: step.at,
        step: "accept",
        acting: &Acting::System,
        from: Some(&before.view.stage),
        to: &after.stage,
        shape: "{\"owner\":{\"unit\":1}}",
        text: Some(Text {
            salt: &[1; 16],
            json: "{\"note\":{\"text\":\"已派人上门查看，预计明天修好\"}}",
        }),
    };
    entries::append(tx, &entry, &before.head)?;
    count(tx, &after, "accepted", step.at)?;
    let notice = mint(step.at);
    notices::insert(
        tx,
        NoticeId::from_raw(notice),
        step.case,
        after.version,
        Recipient::Petitioner,
        "accepted",
        step.at,
    )?;
    match step.tells {
        true => tell(tx, notice, step.at),
        false => Ok(()),
    }
}

fn find(tx: &mut Tx<'_>, view: &CaseView) -> Result<(), DbError> {
    let words: Vec<String> = WORDS.split(' ').map(str::to_owned).collect();
    let found = Found {
        case: view.id,
        kind: &view.kind,
        place: &view.place,
        words: &words,
    };
    search::insert(tx, &found)
}

fn tell(tx: &mut Tx<'_>, what: i64, at: Timestamp) -> Result<(), DbError> {
    jobs::add(tx, JobId::from_raw(mint(at)), "deliver", what, at)
}

/// A number of now, later than any before, as the product gives to notices and jobs.
fn mint(at: Timestamp) -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let fresh = make_raw(at, 0);
    let last = LAST.fetch_update(Relaxed, Relaxed, |last| Some(fresh.max(last + 1)));
    fresh.max(last.unwrap_or_else(|last| last) + 1)
}

fn count(tx: &mut Tx<'_>, view: &CaseView, measure: &str, at: Timestamp) -> Result<(), DbError> {
    rollups::add(
        tx,
        &rollups::Count {
            day: at.to_zoned(TimeZone::UTC).date(),
            kind: "appeal",
            place: &view.place,
            unit: view.owner.unit(),
            measure,
            amount: 1,
        },
    )
}

fn place(code: &str) -> huiyin_domain::place::PlaceCode {
    code.parse().expect("a code")
}

/// Streets, communities and units, and the kind of all cases.
pub fn town(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let mut codes = vec!["652901".to_owned()];
    for street in 0..STREETS {
        codes.push(format!("652901{street:03}"));
        codes.extend((0..COMMUNITIES).map(|community| format!("652901{street:03}{community:03}")));
    }
    for code in codes {
        let place = Place {
            code: place(&code),
            names: Names::one("en", "x"),
            shape: None,
            closed_at: None,
        };
        places::put(tx, &place)?;
    }
    for id in 0..UNITS {
        let unit = Unit {
            id: UnitId::from_raw(id.cast_signed()),
            category: UnitCategory::Department,
            names: Names::one("en", "x"),
            place: place("652901"),
            parent: None,
            closed_at: None,
        };
        units::put(tx, &unit)?;
    }
    let version = KindVersion {
        slug: "appeal".to_owned(),
        hash: KindHash::of(b"bench"),
        source: String::new(),
    };
    kind_versions::keep(tx, &version).map(drop)
}
