//! Reading clocks and terms: how much time there is, what is warned of, what follows.

use super::parse::{Places, named};
use super::reader::{Node, Table};
use crate::case::clock::{Allowance, Clock, ClockOf, Keeps, Last, TermRule, Warning};
use crate::norm::{Line, Scope, Urgency};

/// Whoever has been reminded this often is not helped by one more.
const TIMES_MAX: i64 = 10;

pub fn read_clocks(table: &Table<'_, '_>, places: &mut Places) -> Vec<Clock> {
    let like = "{ triage = { time = \"1d\", then = \"remind\" } }";
    let read = |(name, node): (String, Node<'_, '_>)| {
        let options = node.table(&format!("the clock `{name}`"))?;
        let of = options.get("of").and_then(|node| {
            node.one_of("of", &[("case", ClockOf::Case), ("call", ClockOf::Call)])
        });
        let allowance = read_allowance(&options);
        let warnings = options.get("warn").map(|node| read_warnings(&node));
        let keeps = options.get("keeps").and_then(|node| read_keeps(&node));
        let then = options
            .need("then", "\"remind\"")
            .and_then(|node| node.text("then"));
        let last = read_last(&options, &name, &node);
        options.done();
        Some(Clock {
            name,
            of: of.unwrap_or(ClockOf::Case),
            allowance: allowance?,
            warnings: warnings.unwrap_or_default(),
            keeps,
            then: then?,
            last,
        })
    };
    let clocks = named(table, "clocks", like, places).into_iter();
    clocks.filter_map(read).collect()
}

fn read_last(options: &Table<'_, '_>, name: &str, node: &Node<'_, '_>) -> Option<Last> {
    let times = options
        .get("times")
        .and_then(|node| node.number("times", 1..=TIMES_MAX));
    let step = options.get("finally").and_then(|node| node.text("finally"));
    if times.is_some() != step.is_some() {
        let fault = format!("`{name}` says only one of times and finally");
        let instead = "write both: times = 2, finally = \"escalate\"".to_owned();
        node.reader.error(&node.at, fault, Some(instead));
    }
    let times = times.and_then(|times| u32::try_from(times).ok());
    times.zip(step).map(|(times, step)| Last { times, step })
}

/// `time`, `urgent`, `by_duty`, `by_norm`, `norms`.
fn read_allowance(options: &Table<'_, '_>) -> Option<Allowance> {
    let time = options
        .need("time", "\"3d\"")
        .and_then(|node| node.span("time"));
    let urgent = options.get("urgent").and_then(|node| node.span("urgent"));
    let by_duty = options.get("by_duty").and_then(|node| node.flag("by_duty"));
    let by_norm = options.get("by_norm").and_then(|node| node.flag("by_norm"));
    let norms = options.get("norms").map(|node| node.list("norms"));
    let norms = norms.unwrap_or_default();
    if let Some(first) = norms.first().filter(|_| by_norm != Some(true)) {
        let instead = Some("write by_norm = true".to_owned());
        let fault = "there are norms, but nobody asks for them";
        first.reader.error(&first.at, fault, instead);
    }
    Some(Allowance {
        time: time?,
        urgent,
        by_duty: by_duty.unwrap_or(false),
        by_norm: by_norm.unwrap_or(false),
        norms: norms.iter().filter_map(read_norm).collect(),
    })
}

/// `{ request = "help", time = "10wd" }`, also with `item` and `urgent = true`.
fn read_norm(node: &Node<'_, '_>) -> Option<Line> {
    let options = node.table("a norm")?;
    let limit = options
        .need("time", "\"10wd\"")
        .and_then(|node| node.span("time"));
    let request = options.get("request").and_then(|node| node.text("request"));
    let urgent = options
        .get("urgent")
        .and_then(|node| node.one_way("urgent"));
    let item = options.get("item").and_then(|node| {
        let item = node.text("item")?.parse().ok();
        if item.is_none() {
            let instead = Some("write a code such as heating.indoor".to_owned());
            node.reader.error(&node.at, "this is no item", instead);
        }
        item
    });
    options.done();
    Some(Line {
        scope: Scope {
            item,
            request,
            urgency: urgent.map_or(Urgency::Plain, |()| Urgency::Urgent),
        },
        limit: limit?,
    })
}

/// `[{ at = 0.5, then = "warn" }, { at = 0.8, then = "warn_above" }]`.
fn read_warnings(node: &Node<'_, '_>) -> Vec<Warning> {
    let read = |node: &Node<'_, '_>| {
        let options = node.table("a warning")?;
        let percent = options
            .need("at", "0.8")
            .and_then(|node| node.percent("at"));
        let then = options
            .need("then", "\"warn\"")
            .and_then(|node| node.text("then"));
        options.done();
        Some(Warning {
            percent: percent?,
            then: then?,
        })
    };
    let warnings: Vec<Warning> = node.list("warn").iter().filter_map(read).collect();
    if !warnings.is_sorted_by(|a, b| a.percent < b.percent) {
        let instead = Some("write the earliest first".to_owned());
        node.reader
            .error(&node.at, "warnings out of order", instead);
    }
    warnings
}

/// `true`, or `{ least = "1wh" }`.
fn read_keeps(node: &Node<'_, '_>) -> Option<Keeps> {
    if !node.is_table() {
        return node.one_way("keeps").map(|()| Keeps { least: None });
    }
    let options = node.table("keeps")?;
    let least = options.need("least", "\"4wh\"")?.span("least");
    options.done();
    Some(Keeps {
        least: Some(least?),
    })
}

pub fn read_terms(table: &Table<'_, '_>, places: &mut Places) -> Vec<TermRule> {
    if table.get("terms").is_none() {
        return Vec::new();
    }
    let like = "{ response = { time = \"1wd\", met_by = [\"write\"] } }";
    let read = |(name, node): (String, Node<'_, '_>)| {
        let options = node.table(&format!("the term `{name}`"))?;
        let allowance = read_allowance(&options);
        let steps = |node: Option<Node<'_, '_>>, key| {
            let list = node.map(|node| node.list(key)).unwrap_or_default();
            let steps = list.iter().filter_map(|node| node.text("a step"));
            steps.collect::<Vec<String>>()
        };
        let since = steps(options.get("since"), "since");
        let met_by = steps(options.need("met_by", "[\"answer\"]"), "met_by");
        let moves = options.get("moves").and_then(|node| node.flag("moves"));
        options.done();
        Some(TermRule {
            name,
            allowance: allowance?,
            since,
            met_by,
            moves: moves.unwrap_or(false),
        })
    };
    let terms = named(table, "terms", like, places).into_iter();
    terms.filter_map(read).collect()
}
