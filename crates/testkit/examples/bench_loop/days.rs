//! What the days of a replay were like, one after the other: each is told when it is over, and only
//! what it came to is kept, so that a year needs no more memory than a day.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::client::Fault;
use crate::load::Seen;
use crate::measures::row;
use crate::server::Server;

/// What is seen of a day while it lasts.
#[derive(Default)]
pub struct Day {
    cases: u64,
    /// How long each write took.
    waits: Vec<Duration>,
    /// How late each write began.
    late: Vec<Duration>,
    /// How long each page took, by its name.
    pages: BTreeMap<&'static str, Vec<Duration>>,
}

impl Day {
    pub fn add(&mut self, is_new: bool, late: Duration, took: Duration) {
        self.cases += u64::from(is_new);
        self.late.push(late);
        self.waits.push(took);
    }

    pub fn add_page(&mut self, name: &'static str, took: Duration) {
        self.pages.entry(name).or_default().push(took);
    }
}

/// The days that are over.
#[derive(Default)]
pub struct Days {
    cases: u64,
    writes: u64,
    waits: Vec<Waited>,
    late: Vec<Waited>,
    pages: Vec<Waited>,
    /// Of the house at the end of each day, in MiB.
    memory: Vec<u64>,
}

/// What a day's waits came to, in milliseconds.
#[derive(Clone, Copy)]
struct Waited {
    p50: f64,
    p99: f64,
    most: f64,
}

impl Waited {
    fn of(waits: Vec<Duration>) -> Waited {
        let seen = Seen::of(waits, Duration::ZERO);
        Waited {
            p50: seen.percentile_ms(50),
            p99: seen.percentile_ms(99),
            most: seen.percentile_ms(100),
        }
    }

    fn said(self) -> String {
        let Waited { p50, p99, most } = self;
        format!("p50 {p50:.1} ms, p99 {p99:.1} ms, at most {most:.0} ms")
    }
}

impl Days {
    pub fn end(&mut self, day: Day, server: &Server) -> Result<(), Fault> {
        let writes = day.waits.len() as u64;
        let each: Vec<String> = (day.pages.iter())
            .map(|(name, waits)| format!("{name} {:.1}", Waited::of(waits.clone()).p99))
            .collect();
        let pages = day.pages.into_values().flatten().collect();
        let [waits, late, pages] = [day.waits, day.late, pages].map(Waited::of);
        let (memory, _) = server.memory_mib()?;
        println!(
            "day {}: {} cases, {writes} writes ({}), begun {:.0} ms late at most, pages {} \
            (p99: {}), {memory} MiB",
            self.count() + 1,
            day.cases,
            waits.said(),
            late.most,
            pages.said(),
            each.join(", ")
        );
        self.cases += day.cases;
        self.writes += writes;
        self.waits.push(waits);
        self.late.push(late);
        self.pages.push(pages);
        self.memory.push(memory);
        Ok(())
    }

    pub fn count(&self) -> u64 {
        self.memory.len() as u64
    }

    pub fn cases(&self) -> u64 {
        self.cases
    }

    pub fn writes(&self) -> u64 {
        self.writes
    }

    pub fn tell(&self, server: &Server) -> Result<(), Fault> {
        for (name, days) in [
            ("a write", &self.waits),
            ("begun after it was due", &self.late),
            ("pages", &self.pages),
        ] {
            row(name, &worst(days));
        }
        let (now, most) = server.memory_mib()?;
        let first = self.memory.first().copied().unwrap_or_default();
        row(
            "memory after the first day, at the end, at most",
            &[format!("{first}, {now}, {most} MiB")],
        );
        Ok(())
    }
}

/// The worst day, and what the middle one was like where there are several.
fn worst(days: &[Waited]) -> Vec<String> {
    let mut days = days.to_vec();
    days.sort_by(|one, other| one.p99.total_cmp(&other.p99));
    let mut cells: Vec<String> = days.last().map(|day| day.said()).into_iter().collect();
    if days.len() > 1 {
        cells.push(format!(
            "p99 {:.1} ms on the middle day",
            days[days.len() / 2].p99
        ));
    }
    cells
}
