//! How fast grouped steps are, and what one costs:
//! `cargo run --release -p huiyin-store --features scratch --example steps -- 100000`.
//! Opens that many cases, then takes steps on random ones for some seconds,
//! 64 at a time, on SQLite and, with `HUIYIN_TEST_POSTGRES`, on PostgreSQL.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use huiyin_domain::access::{Action, Actor, HeldPost, Scope, Who, scope};
use huiyin_domain::case::{
    Acting, CaseView, ClockView, FIRST, KindHash, Memory, Owner, Recipient, Value, Values,
};
use huiyin_domain::id::{CaseId, JobId, NoticeId, PostId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::Place;
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::entries::{NewEntry, Text};
use huiyin_store::kind_versions::{self, KindVersion};
use huiyin_store::petitioners::{self, Petitioner};
use huiyin_store::scratch::Scratch;
use huiyin_store::search::{self, Found};
use huiyin_store::{
    DbError, Store, Tx, cases, entries, jobs, lists, notices, places, rollups, units,
};
use jiff::{SignedDuration, Timestamp};

const AT_ONCE: u64 = 64;
const FOR: Duration = Duration::from_secs(8);
const TEXT: &str = "我们小区三号楼的暖气已经三天不热了，家里有老人和孩子，物业电话一直打不通，请尽快派人来看看是什么原因，什么时候能修好。";
const WORDS: &str = "我们 小区 三号 号楼 暖气 已经 三天 不热 家里 老人 孩子 物业 电话 一直 打不 不通 尽快 派人 看看 什么 原因 时候 修好 请 有 来 是 能";

fn at(micros: u64) -> Timestamp {
    let start = Timestamp::from_second(1_790_000_000).expect("in range");
    start + SignedDuration::from_micros(micros.cast_signed())
}

fn id_of(number: u64) -> CaseId {
    CaseId::make(at(number * 1000), number)
}

fn case(number: u64) -> CaseView {
    let opened_at = at(number * 1000);
    let due_at = opened_at + SignedDuration::from_hours(24);
    CaseView {
        id: id_of(number),
        kind: "appeal".to_owned(),
        kind_hash: KindHash::of(b"bench"),
        stage: "received".to_owned(),
        version: 1,
        place: format!("652901{:03}{:03}", number % 20, number % 7)
            .parse()
            .expect("a code"),
        item: None,
        urgent: false,
        owner: Owner::Unit(UnitId::from_raw((number % 50).cast_signed())),
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

fn town(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let mut put = |code: String| {
        let place = Place {
            code: code.parse().expect("a code"),
            names: Names::one("en", "x"),
            shape: None,
            closed_at: None,
        };
        places::put(tx, &place)
    };
    put("652901".to_owned())?;
    for street in 0..20 {
        for community in 0..7 {
            put(format!("652901{street:03}{community:03}"))?;
        }
    }
    for id in 0..50 {
        let unit = Unit {
            id: UnitId::from_raw(id),
            category: UnitCategory::Department,
            names: Names::one("en", "x"),
            place: "652901".parse().expect("a code"),
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

/// What opening a case writes: row, matter, entry, petitioner, words, figure, job.
fn open(tx: &mut Tx<'_>, number: u64, words: &[String]) -> Result<(), DbError> {
    let view = case(number);
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
    search::insert(
        tx,
        &Found {
            case: view.id,
            kind: &view.kind,
            place: &view.place,
            words,
        },
    )?;
    count(tx, &view, "opened")?;
    jobs::add(
        tx,
        JobId::from_raw(view.id.get()),
        "deliver",
        view.id.get(),
        view.opened_at,
    )
}

fn count(tx: &mut Tx<'_>, view: &CaseView, measure: &str) -> Result<(), DbError> {
    rollups::add(
        tx,
        &rollups::Count {
            day: jiff::civil::date(2026, 11, 22),
            kind: "appeal",
            place: &view.place,
            unit: view.owner.unit(),
            measure,
            amount: 1,
        },
    )
}

/// What a step reads and writes: case, row, entry, notice, figure, job.
fn step(tx: &mut Tx<'_>, id: CaseId, turn: u64) -> Result<(), DbError> {
    let Some(before) = cases::load(tx, &Scope::for_the_house(), id)? else {
        return Err(DbError::Broken("no such case".to_owned()));
    };
    let now = at(turn * 1000);
    let mut after = before.view.clone();
    after.version += 1;
    after.stage = if before.view.stage == "received" {
        "in-hand"
    } else {
        "received"
    }
    .to_owned();
    let due_at = now + SignedDuration::from_hours(24);
    after.clock = Some(ClockView::plain("act", now, due_at));
    *after.counts.entry("accept".to_owned()).or_default() += 1;
    cases::update(tx, &before, &after, &before.title, now)?;
    let entry = NewEntry {
        case: id,
        number: after.version,
        at: now,
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
    count(tx, &after, "accepted")?;
    let notice = CaseId::make(now, turn).get();
    notices::insert(
        tx,
        NoticeId::from_raw(notice),
        id,
        after.version,
        Recipient::Petitioner,
        "accepted",
        now,
    )?;
    jobs::add(tx, JobId::from_raw(notice), "deliver", notice, now)
}

/// Processor time of this process so far, in microseconds.
fn processor_us() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = |position: usize| -> u64 {
        after_name
            .split(' ')
            .nth(position)
            .and_then(|field| field.parse().ok())
            .unwrap_or(0)
    };
    (ticks(11) + ticks(12)) * 10_000
}

fn report(
    what: &str,
    count: u64,
    started: Instant,
    processor_before: u64,
    mut waits: Vec<Duration>,
) {
    waits.sort();
    let share = |part: usize| {
        waits
            .get(waits.len() * part / 100)
            .copied()
            .unwrap_or_default()
    };
    println!(
        "  {what}: {:.0}/s, p50 {:.1} ms, p99 {:.1} ms, {} us of processor each",
        count as f64 / started.elapsed().as_secs_f64(),
        share(50).as_secs_f64() * 1e3,
        share(99).as_secs_f64() * 1e3,
        (processor_us() - processor_before) / count.max(1),
    );
}

async fn run(store: &Store, what: &str, from: u64, until: Option<u64>, cases: u64) -> u64 {
    let next = Arc::new(AtomicU64::new(from));
    let (started, processor) = (Instant::now(), processor_us());
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (store, next) = (store.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut waits = Vec::new();
                while until.is_some() || started.elapsed() < FOR {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if until.is_some_and(|until| turn >= until) {
                        break;
                    }
                    let asked = Instant::now();
                    let done = if until.is_some() {
                        let words: Vec<String> = WORDS.split(' ').map(str::to_owned).collect();
                        store
                            .write(id_of(turn).get(), move |tx| open(tx, turn, &words))
                            .await
                    } else {
                        let id = id_of(turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) % cases);
                        store.write(id.get(), move |tx| step(tx, id, turn)).await
                    };
                    done.expect("nothing stands in its way");
                    waits.push(asked.elapsed());
                }
                waits
            })
        })
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.expect("no task panics"));
    }
    report(what, waits.len() as u64, started, processor, waits);
    next.load(Ordering::Relaxed)
}

/// What pages read, one after the other.
fn read(store: &Store, cases: u64) {
    let post = |role, unit: u64, place: &str| {
        let post = HeldPost {
            post: PostId::from_raw(1),
            unit: UnitId::from_raw(unit.cast_signed()),
            role,
            place: place.parse().expect("a code"),
            took_over: Vec::new(),
        };
        let actor = Actor {
            who: Who::System,
            posts: vec![post],
        };
        scope(&actor, Action::CaseList)
    };
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let open = lists::Filter::default();
    let all = lists::Filter {
        state: lists::State::All,
        ..open.clone()
    };
    let found = lists::Filter {
        words: words("暖气 小区"),
        ..all.clone()
    };
    let unfound = lists::Filter {
        words: words("电梯 小区"),
        ..all.clone()
    };
    let handler = post(Role::Handler, 7, "652901");
    let community = post(Role::Community, 99, "652901003003");
    let county = post(Role::Dispatcher, 99, "652901");
    for (what, scope, filter) in [
        ("inbox of a department", &handler, &open),
        ("inbox of a community", &community, &open),
        ("inbox of a county", &county, &open),
        ("all of a department, newest first", &handler, &all),
        ("all of a community, newest first", &community, &all),
        ("search of two words in a department", &handler, &found),
        ("search of two words in a community", &community, &found),
        ("search of two words in a county", &county, &found),
        ("search without an answer in a county", &county, &unfound),
    ] {
        timed(what, |_| {
            let (scope, filter) = (scope.clone(), filter.clone());
            let page = store.read_blocking(move |tx| lists::list(tx, &scope, &filter, None, 50));
            page.expect("a page").rows.len()
        });
    }
    timed("count of a county up to 1000", |_| {
        let (scope, filter) = (county.clone(), open.clone());
        let count = store.read_blocking(move |tx| lists::heads(tx, &scope, &filter, 1000));
        count.expect("a count").len()
    });
    timed("case with its history", |turn| {
        let id = id_of(turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) % cases);
        let history = store.read_blocking(move |tx| {
            match huiyin_store::cases::load(tx, &Scope::for_the_house(), id)? {
                Some(case) => entries::list(tx, &case),
                None => Ok(Vec::new()),
            }
        });
        history.expect("a history").len()
    });
}

fn timed(what: &str, mut read: impl FnMut(u64) -> usize) {
    let mut waits = Vec::new();
    let mut rows = 0;
    let started = Instant::now();
    for turn in 0..300 {
        let asked = Instant::now();
        rows = read(turn);
        waits.push(asked.elapsed());
        if started.elapsed() > FOR {
            break;
        }
    }
    waits.sort();
    let [half, most] = [50, 99].map(|part| waits[waits.len() * part / 100].as_secs_f64() * 1e3);
    println!("  {what}: p50 {half:.2} ms, p99 {most:.2} ms ({rows} rows)");
}

fn main() {
    let cases: u64 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for scratch in Scratch::each() {
        let store = scratch.open();
        println!("{:?}, {cases} cases, {AT_ONCE} at once", store.engine());
        store.write_blocking(0, town).expect("the town is made");
        runtime.block_on(async {
            run(&store, "open", 0, Some(cases), cases).await;
            run(&store, "step", cases, None, cases).await;
        });
        read(&store, cases);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default();
        println!("  {resident}");
        store.shutdown_blocking();
    }
}
