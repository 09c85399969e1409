//! Some days of a year of a very large city, or of a part of it, 365 times faster than they were
//! lived unless told otherwise: what people bring in comes when the plan says, whether the house
//! keeps up or not, each case with six steps after it, and somebody looks at pages all the time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use rand::Rng;
use tokio::sync::oneshot;

use crate::Arguments;
use crate::case::{self, Case};
use crate::client::Fault;
use crate::days::{Day, Days};
use crate::fill::{self, Settled};
use crate::load::User;
use crate::measures::{encoded, expect, household, row, sign_in};
use crate::plan::{Arrivals, Pace};
use crate::server::Server;
use crate::tokens::{self, Tokens};

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
    today: Mutex<Day>,
}

struct Plan {
    arrivals: Peekable<Arrivals>,
    due: BinaryHeap<Reverse<Due>>,
    /// Taken and not yet done.
    in_hand: usize,
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
    let days = arguments.cases;
    let city = Arc::new(City {
        pace,
        began: Instant::now(),
        tokens,
        plan: Mutex::new(Plan {
            arrivals: Arrivals::over(pace, days).peekable(),
            due: BinaryHeap::new(),
            in_hand: 0,
        }),
        today: Mutex::default(),
    });
    let (mut tasks, address) = (tokio::task::JoinSet::new(), server.address);
    for _ in 0..arguments.writers {
        let (city, user) = (city.clone(), User::come(address, city.began).await?);
        tasks.spawn(async move { city.write(user).await });
    }
    let reader = User::come(address, city.began).await?;
    let cookie = sign_in(&server, "office").await?;
    let (over, looks) = oneshot::channel();
    let reading = tokio::spawn(read(city.clone(), (reader, cookie), looks));
    let (mut lived, mut took) = (Days::default(), Duration::ZERO);
    while !tasks.is_empty() {
        tokio::time::sleep(pace.lived(60)).await;
        // What comes after the last day is told with it.
        if lived.count() + 1 < days && city.days_over() > lived.count() {
            lived.end(city.end_day(), &server)?;
        }
        while let Some(done) = tasks.try_join_next() {
            took = took.max(done??);
        }
    }
    drop(over);
    reading.await??;
    lived.end(city.end_day(), &server)?;
    tell(&lived, took, (pace, days))?;
    lived.tell(&server)
}

impl City {
    fn today(&self) -> MutexGuard<'_, Day> {
        self.today.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end_day(&self) -> Day {
        std::mem::take(&mut *self.today())
    }

    /// So many days have gone by.
    fn days_over(&self) -> u64 {
        let day = self.pace.lived(24 * 60);
        (self.began.elapsed().as_secs_f64() / day.as_secs_f64()) as u64
    }

    /// Does what is due, again and again, until nothing is, and says how long that took.
    async fn write(self: Arc<City>, mut user: User) -> Result<Duration, Fault> {
        loop {
            let due = match self.take() {
                Next::Over => return Ok(self.began.elapsed()),
                Next::Now(due) => due,
                Next::Later => {
                    tokio::time::sleep(NOTHING_DUE).await;
                    continue;
                }
            };
            let (since, is_new) = (Instant::now(), due.what.is_none());
            let (case, next) = match due.what {
                None => (case::open(&mut user, &self.tokens).await?, 0),
                Some((case, next)) => {
                    let (name, _) = STEPS[next];
                    case::take(&mut user, &self.tokens, &case, name).await?;
                    (case, next + 1)
                }
            };
            self.today().add(is_new, since - due.at, since.elapsed());
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
    city: Arc<City>,
    (mut user, cookie): (User, String),
    mut over: oneshot::Receiver<()>,
) -> Result<(), Fault> {
    let search = format!("/desk?state=all&text={}", encoded("暖气 不热"));
    let pages = [
        ("inbox", "/desk"),
        ("figures", "/desk/figures"),
        ("search", &*search),
        ("wall", "/wall"),
    ];
    for (name, page) in pages.iter().cycle() {
        if over.try_recv() != Err(oneshot::error::TryRecvError::Empty) {
            break;
        }
        let since = Instant::now();
        let household = household(&mut user);
        let headers = [("cookie", cookie.as_str()), ("x-forwarded-for", &household)];
        let answer = user.connection.get(page, &headers).await?;
        city.today().add_page(name, since.elapsed());
        expect(StatusCode::OK, &answer)?;
        tokio::time::sleep(LOOKS).await;
    }
    Ok(())
}

/// All of the plan has come and has been gone on with to its end.
fn tell(lived: &Days, took: Duration, (pace, days): (Pace, u64)) -> Result<(), Fault> {
    let (cases, writes, planned) = (lived.cases(), lived.writes(), pace.cases(days));
    if (cases, writes) != (planned, planned * (1 + STEPS.len() as u64)) {
        let seen = format!("{cases} cases and {writes} writes");
        return Err(format!("{planned} cases were planned, there were {seen}").into());
    }
    row("cases", &[cases.to_string()]);
    let per_second = writes as f64 / took.as_secs_f64();
    row(
        "writes",
        &[writes.to_string(), format!("{per_second:.0}/s")],
    );
    let minutes = |time: Duration| format!("{:.1} min", time.as_secs_f64() / 60.0);
    let meant = pace.lived(days * 24 * 60);
    let cells = [minutes(took), format!("the plan {}", minutes(meant))];
    row("replayed in", &cells);
    Ok(())
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
