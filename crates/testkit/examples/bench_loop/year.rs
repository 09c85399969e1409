//! Some days of a year of a very large city, 365 times faster than they were lived: what people
//! bring in comes when the plan says, whether the house keeps up or not, each case with six steps
//! after it, and somebody looks at pages all the time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use huiyin_domain::unit::UnitCategory;
use huiyin_store::{Options, Store};
use hyper::StatusCode;
use rand::Rng;
use rand::seq::IndexedRandom;
use tokio::runtime::Runtime;

use crate::Arguments;
use crate::client::Fault;
use crate::fill;
use crate::load::User;
use crate::measures::{create, encoded, expect, household, row, sign_in, step};
use crate::plan::{self, Arrivals};
use crate::server::Server;
use crate::tokens::{self, Tokens};

const WRITERS: usize = 64;
const NOTHING_DUE: Duration = Duration::from_millis(5);
/// Somebody opens a page so often.
const LOOKS: Duration = Duration::from_millis(50);
const NOTE: &str = r#"{"values":{"note":"已电话联系，下午到现场看。"}}"#;
const ANSWER: &str =
    r#"{"values":{"outcome":"solved","answer":"泵已经换好，今晚就热了。有事请打社区电话。"}}"#;
const JUDGEMENT: &str = r#"{"values":{"solved":"yes","content":true}}"#;
/// Each step and after how many minutes of the city it comes, at the latest.
const STEPS: [(&str, u64); 6] = [
    ("dispatch", 60),
    ("accept", 90),
    ("note", 60),
    ("note", 60),
    ("answer", 60),
    ("judge", 60),
];

/// A case on its way.
struct Case {
    id: String,
    code: String,
    unit: String,
    next: usize,
}

/// What is to be done, and when.
struct Due {
    at: Instant,
    what: Option<Case>,
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        self.at == other.at
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

struct City {
    began: Instant,
    tokens: Tokens,
    units: Vec<String>,
    plan: Mutex<Plan>,
}

struct Plan {
    arrivals: Peekable<Arrivals>,
    due: BinaryHeap<Reverse<Due>>,
    /// Taken and not yet done.
    in_hand: usize,
}

/// How long each write took, and how late it began.
#[derive(Default)]
struct Seen {
    cases: u64,
    waits: Vec<Duration>,
    late: Vec<Duration>,
    /// From the beginning to the last of all.
    took: Duration,
}

pub fn run(arguments: &Arguments) -> Result<(), Fault> {
    std::fs::create_dir_all(&arguments.data)?;
    let (town, runtime) = (fill::town()?, Runtime::new()?);
    let store = Store::open(&arguments.database, &Options::default())?;
    fill::move_in(&store, &town, &runtime)?;
    let app = fill::house(&store)?;
    let tokens = runtime.block_on(tokens::make(&app, town, &[]))?;
    drop(app);
    store.shutdown_blocking();
    let one = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    one.block_on(replay(arguments, tokens))?;
    verify(arguments)
}

async fn replay(arguments: &Arguments, tokens: Tokens) -> Result<(), Fault> {
    let server = Server::start(arguments).await?;
    let departments = tokens.town.units.iter();
    let departments = departments.filter(|unit| unit.category == UnitCategory::Department);
    let city = Arc::new(City {
        began: Instant::now(),
        units: departments.map(|unit| unit.id.to_string()).collect(),
        tokens,
        plan: Mutex::new(Plan {
            arrivals: Arrivals::over(arguments.cases).peekable(),
            due: BinaryHeap::new(),
            in_hand: 0,
        }),
    });
    let (mut tasks, address) = (tokio::task::JoinSet::new(), server.address);
    for _ in 0..WRITERS {
        let (city, user) = (city.clone(), User::come(address, city.began).await?);
        tasks.spawn(async move { city.write(user).await });
    }
    let reader = User::come(address, city.began).await?;
    let cookie = sign_in(&server, "office").await?;
    let (over, looks) = tokio::sync::oneshot::channel();
    let reading = tokio::spawn(read(reader, cookie, looks));
    let mut memory = Memory::default();
    let mut seen = Seen::default();
    while !tasks.is_empty() {
        tokio::time::sleep(plan::lived(60)).await;
        memory.look(&server)?;
        while let Some(done) = tasks.try_join_next() {
            seen.add(done??);
        }
    }
    drop(over);
    let pages = reading.await??;
    seen.tell(arguments.cases);
    row("pages", &waited(pages));
    memory.tell(&server)
}

impl City {
    /// Does what is due, again and again, until nothing is.
    async fn write(self: Arc<City>, mut user: User) -> Result<Seen, Fault> {
        let mut seen = Seen::default();
        loop {
            let due = match self.take() {
                Next::Over => {
                    seen.took = self.began.elapsed();
                    return Ok(seen);
                }
                Next::Now(due) => due,
                Next::Later => {
                    tokio::time::sleep(NOTHING_DUE).await;
                    continue;
                }
            };
            let since = Instant::now();
            seen.late.push(since - due.at);
            seen.cases += u64::from(due.what.is_none());
            let case = self.act(&mut user, due.what).await?;
            seen.waits.push(since.elapsed());
            self.put(&mut user, case);
        }
    }

    fn take(&self) -> Next {
        let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        plan.arrive(now - self.began, self.began);
        if plan.is_over() {
            return Next::Over;
        }
        match plan.due.peek() {
            Some(Reverse(due)) if due.at <= now => {
                plan.in_hand += 1;
                let Reverse(due) = plan.due.pop().expect("it was looked at");
                Next::Now(due)
            }
            _ => Next::Later,
        }
    }

    /// Opens a case, or takes its next step.
    async fn act(&self, user: &mut User, case: Option<Case>) -> Result<Case, Fault> {
        let Some(mut case) = case else {
            let (id, code) = create(user, &self.tokens).await?;
            let unit = self.units.choose(&mut user.rng).expect("there are some");
            return Ok(Case {
                id,
                code,
                unit: unit.clone(),
                next: 0,
            });
        };
        let handler = &self.tokens.handlers[&case.unit];
        let (name, _) = STEPS[case.next];
        let (token, body) = match name {
            "dispatch" => {
                let body = format!(r#"{{"values":{{"unit":"{}"}}}}"#, case.unit);
                (&self.tokens.dispatcher, body)
            }
            "accept" => (handler, r#"{"values":{}}"#.to_owned()),
            "note" => (handler, NOTE.to_owned()),
            "answer" => (handler, ANSWER.to_owned()),
            _ => {
                judge(user, &case).await?;
                case.next += 1;
                return Ok(case);
            }
        };
        let taken = step(user, &case.id, name, token, &body).await?;
        expect(StatusCode::OK, &taken)?;
        case.next += 1;
        Ok(case)
    }

    fn put(&self, user: &mut User, case: Case) {
        let next = STEPS.get(case.next).map(|(_, minutes)| {
            let minutes = user.rng.random_range(1..=*minutes);
            Instant::now() + plan::lived(minutes)
        });
        let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        plan.in_hand -= 1;
        let due = next.map(|at| Due {
            at,
            what: Some(case),
        });
        plan.due.extend(due.map(Reverse));
    }
}

enum Next {
    Now(Due),
    Later,
    Over,
}

impl Plan {
    /// What has come by now is due.
    fn arrive(&mut self, since: Duration, began: Instant) {
        while let Some(after) = self.arrivals.next_if(|after| *after <= since) {
            let (at, what) = (began + after, None);
            self.due.push(Reverse(Due { at, what }));
        }
    }

    fn is_over(&mut self) -> bool {
        self.in_hand == 0 && self.due.is_empty() && self.arrivals.peek().is_none()
    }
}

async fn judge(user: &mut User, case: &Case) -> Result<(), Fault> {
    let household = household(user);
    let headers = [
        ("content-type", "application/json"),
        ("tracking-code", &case.code),
        ("x-forwarded-for", &household),
    ];
    let path = format!("/api/v1/cases/{}/steps/judge", case.id);
    let judged = user.connection.post(&path, &headers, JUDGEMENT.to_owned());
    expect(StatusCode::OK, &judged.await?)
}

/// Somebody at the desk looks at one page after the other, until all is over.
async fn read(
    mut user: User,
    cookie: String,
    mut over: tokio::sync::oneshot::Receiver<()>,
) -> Result<Vec<Duration>, Fault> {
    let search = format!("/desk?state=all&text={}", encoded("暖气 不热"));
    let pages = ["/desk", "/desk/figures", &search, "/wall"];
    let mut waits = Vec::new();
    for page in pages.iter().cycle() {
        if over.try_recv() != Err(tokio::sync::oneshot::error::TryRecvError::Empty) {
            break;
        }
        let since = Instant::now();
        let answer = user.connection.get(page, &[("cookie", &cookie)]).await?;
        waits.push(since.elapsed());
        expect(StatusCode::OK, &answer)?;
        tokio::time::sleep(LOOKS).await;
    }
    Ok(waits)
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.cases += other.cases;
        self.waits.extend(other.waits);
        self.late.extend(other.late);
        self.took = self.took.max(other.took);
    }

    fn tell(self, days: u64) {
        let (writes, took) = (self.waits.len() as f64, self.took);
        row("cases", &[self.cases.to_string()]);
        let per_second = writes / took.as_secs_f64();
        let cells = [format!("{writes}"), format!("{per_second:.0}/s")];
        row("writes", &cells);
        let minutes = |time: Duration| format!("{:.1} min", time.as_secs_f64() / 60.0);
        let meant = plan::lived(days * 24 * 60);
        let cells = [minutes(took), format!("the plan {}", minutes(meant))];
        row("replayed in", &cells);
        row("a write", &waited(self.waits));
        row("begun after it was due", &waited(self.late));
    }
}

fn waited(mut waits: Vec<Duration>) -> Vec<String> {
    waits.sort_unstable();
    let last = waits.len().saturating_sub(1);
    let ms = |at: usize| waits.get(at).copied().unwrap_or_default().as_secs_f64() * 1e3;
    vec![
        format!("p50 {:.1} ms", ms(last / 2)),
        format!("p99 {:.1} ms", ms(last * 99 / 100)),
        format!("at most {:.0} ms", ms(last)),
    ]
}

/// Of the house, in MiB.
#[derive(Default)]
struct Memory {
    at_noon: Option<u64>,
    hours: u64,
}

impl Memory {
    fn look(&mut self, server: &Server) -> Result<(), Fault> {
        self.hours += 1;
        if self.hours == 12 {
            self.at_noon = Some(server.memory_mib()?.0);
        }
        Ok(())
    }

    fn tell(&self, server: &Server) -> Result<(), Fault> {
        let (now, most) = server.memory_mib()?;
        let noon = self.at_noon.unwrap_or_default();
        row(
            "memory at the first noon, at the end, at most",
            &[format!("{noon}, {now}, {most} MiB")],
        );
        Ok(())
    }
}

/// The house looks whether all that was promised holds.
fn verify(arguments: &Arguments) -> Result<(), Fault> {
    let since = Instant::now();
    let mut verify = Command::new(&arguments.binary);
    verify.args(["verify", "--database", &arguments.database, "--data"]);
    let said = verify.arg(&arguments.data).output()?;
    if !said.status.success() {
        return Err(format!("verify: {}", String::from_utf8_lossy(&said.stdout)).into());
    }
    let seconds = since.elapsed().as_secs_f64();
    row("verify", &[format!("nothing found, in {seconds:.1} s")]);
    Ok(())
}
