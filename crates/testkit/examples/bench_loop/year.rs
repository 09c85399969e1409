//! Some days of a year of a very large city, or of a part of it, 365 times faster than they were
//! lived unless told otherwise: what people bring in comes when the plan says, whether the house
//! keeps up or not, each case with six steps after it, and somebody looks at pages all the time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use rand::Rng;
use tokio::sync::oneshot;

use crate::Arguments;
use crate::case::{self, Case};
use crate::client::Fault;
use crate::fill::{self, Settled};
use crate::load::{self, User};
use crate::measures::{encoded, expect, household, row, sign_in};
use crate::plan::{Arrivals, Pace};
use crate::server::Server;
use crate::tokens::{self, Tokens};

const WRITERS: usize = 64;
const NOTHING_DUE: Duration = Duration::from_millis(5);
/// Somebody opens a page so often.
const LOOKS: Duration = Duration::from_millis(50);
/// Each step and after how many minutes of the city it comes, at the latest.
const STEPS: [(&str, u64); 6] = [
    ("dispatch", 60),
    ("accept", 90),
    ("note", 60),
    ("note", 60),
    ("answer", 60),
    ("judge", 60),
];

/// A case comes, or its next step is to be taken.
struct Due {
    at: Instant,
    /// With the number of its next step.
    what: Option<(Case, usize)>,
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
    pace: Pace,
    began: Instant,
    tokens: Tokens,
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
    let Settled {
        store,
        app,
        town,
        runtime,
    } = fill::settled(arguments)?;
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
    let pace = Pace {
        percent: arguments.percent,
        faster: arguments.faster,
    };
    let city = Arc::new(City {
        pace,
        began: Instant::now(),
        tokens,
        plan: Mutex::new(Plan {
            arrivals: Arrivals::over(pace, arguments.cases).peekable(),
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
    let (over, looks) = oneshot::channel();
    let reading = tokio::spawn(read(reader, cookie, looks));
    let mut memory = Memory::default();
    let mut seen = Seen::default();
    while !tasks.is_empty() {
        tokio::time::sleep(pace.lived(60)).await;
        memory.look(&server)?;
        while let Some(done) = tasks.try_join_next() {
            seen.add(done??);
        }
    }
    drop(over);
    let pages = reading.await??;
    seen.tell(pace, arguments.cases)?;
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
            let (case, next) = match due.what {
                None => (case::open(&mut user, &self.tokens).await?, 0),
                Some((case, next)) => {
                    let (name, _) = STEPS[next];
                    case::take(&mut user, &self.tokens, &case, name).await?;
                    (case, next + 1)
                }
            };
            seen.waits.push(since.elapsed());
            self.put(&mut user, case, next);
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

    fn put(&self, user: &mut User, case: Case, next: usize) {
        let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        plan.in_hand -= 1;
        if let Some((_, minutes)) = STEPS.get(next) {
            let minutes = user.rng.random_range(1..=*minutes);
            plan.due.push(Reverse(Due {
                at: Instant::now() + self.pace.lived(minutes),
                what: Some((case, next)),
            }));
        }
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

/// Somebody at the desk looks at one page after the other, until all is over.
async fn read(
    mut user: User,
    cookie: String,
    mut over: oneshot::Receiver<()>,
) -> Result<Vec<Duration>, Fault> {
    let search = format!("/desk?state=all&text={}", encoded("暖气 不热"));
    let pages = ["/desk", "/desk/figures", &search, "/wall"];
    let mut waits = Vec::new();
    for page in pages.iter().cycle() {
        if over.try_recv() != Err(oneshot::error::TryRecvError::Empty) {
            break;
        }
        let since = Instant::now();
        let household = household(&mut user);
        let headers = [("cookie", cookie.as_str()), ("x-forwarded-for", &household)];
        let answer = user.connection.get(page, &headers).await?;
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

    /// All of the plan has come and has been gone on with to its end.
    fn tell(self, pace: Pace, days: u64) -> Result<(), Fault> {
        let (writes, took) = (self.waits.len() as f64, self.took);
        let planned = pace.cases(days);
        if (self.cases, self.waits.len() as u64) != (planned, planned * (1 + STEPS.len() as u64)) {
            let seen = format!("{} cases and {writes} writes", self.cases);
            return Err(format!("{planned} cases were planned, there were {seen}").into());
        }
        row("cases", &[self.cases.to_string()]);
        let per_second = writes / took.as_secs_f64();
        let cells = [format!("{writes}"), format!("{per_second:.0}/s")];
        row("writes", &cells);
        let minutes = |time: Duration| format!("{:.1} min", time.as_secs_f64() / 60.0);
        let meant = pace.lived(days * 24 * 60);
        let cells = [minutes(took), format!("the plan {}", minutes(meant))];
        row("replayed in", &cells);
        row("a write", &waited(self.waits));
        row("begun after it was due", &waited(self.late));
        Ok(())
    }
}

fn waited(waits: Vec<Duration>) -> Vec<String> {
    let seen = load::Seen::of(waits, Duration::ZERO);
    let mut cells = seen.cells().to_vec();
    cells.push(format!("at most {:.0} ms", seen.percentile_ms(100)));
    cells
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
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let first: Vec<&str> = said.lines().take(5).collect();
        return Err(format!("verify: {}", first.join("\n")).into());
    }
    let seconds = since.elapsed().as_secs_f64();
    row("verify", &[format!("nothing found, in {seconds:.1} s")]);
    Ok(())
}
