//! The rules of rates, follow-up calls and inspections: what holds now, what was ruled for later, and a form
//! for each to rule anew from a day on.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::supervision::rules::{self, Rules};
use huiyin_domain::case::Kinds;
use huiyin_domain::follow_up::{FollowUpRules, Share};
use huiyin_domain::inspection::{InspectionRules, Question};
use huiyin_domain::names::Names;
use huiyin_domain::rates::{RateRules, Weights};
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::{rates, saying, show};
use crate::visit::{Answer, Visit, html_as, see};

const ADDRESS: &str = "/admin/supervision";

#[derive(Template)]
#[template(path = "pages/admin/supervision.html")]
struct SupervisionPage<'a> {
    page: &'a Page,
    said: String,
    parts: [Part; 3],
}

/// One sort of rules with its form.
struct Part {
    id: &'static str,
    title: String,
    action: &'static str,
    now: String,
    later: Vec<String>,
    numbers: Vec<Number>,
    lines: Option<Lines>,
    from: String,
    from_id: &'static str,
}

struct Number {
    name: &'static str,
    label: String,
    value: String,
    max: i64,
}

/// A field of several lines.
struct Lines {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    text: String,
    error: String,
}

/// What came back from a form that could not be taken.
#[derive(Default)]
struct Back {
    said: String,
    lines_error: String,
    form: Form,
}

const RATES: [(&str, &str, i64); 5] = [
    ("response", "admin-supervision-response", 100),
    ("resolution", "admin-supervision-resolution", 100),
    ("satisfaction", "admin-supervision-satisfaction", 100),
    ("sample_min", "admin-supervision-sample", 1000),
    ("response_hours", "admin-supervision-hours", 2160),
];
const INSPECTIONS: [(&str, &str, i64); 2] = [
    ("read_percent", "admin-supervision-read", 100),
    ("flagged_percent", "admin-supervision-flagged", 100),
];
const CALLS: [(&str, &str, i64); 3] = [
    ("percent", "admin-supervision-percent", 100),
    ("unjudged_percent", "admin-supervision-unjudged", 100),
    ("tries_max", "admin-supervision-tries", 10),
];

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, StatusCode::OK, Back::default()).await
}

async fn draw(visit: &Visit, status: StatusCode, back: Back) -> Answer {
    let rules = rules::look(&visit.state.app).await?;
    let page = visit.page();
    let today = visit.state.app.config.day(visit.state.now());
    let parts = [
        of_rates(visit, &page, &rules, today, &back),
        of_calls(visit, &page, &rules, today, &back),
        of_inspections(visit, &page, &rules, today, &back),
    ];
    let said = back.said;
    let page = &page;
    html_as(status, &SupervisionPage { page, said, parts })
}

/// The number fields of a form: what was typed, else what holds.
fn numbers(
    page: &Page,
    fields: &[(&'static str, &str, i64)],
    held: &[i64],
    form: &Form,
) -> Vec<Number> {
    let field = |(&(name, label, max), held): (&(&'static str, &str, i64), &i64)| Number {
        name,
        label: page.t(label).into_owned(),
        value: form
            .get(name)
            .map_or_else(|| held.to_string(), str::to_owned),
        max,
    };
    fields.iter().zip(held).map(field).collect()
}

fn later(visit: &Visit, page: &Page, day: Date, said: String) -> String {
    let args = [
        ("day", show::when(visit, page).day(day).into()),
        ("rules", said.into()),
    ];
    page.ta("admin-supervision-later", &args).into_owned()
}

fn of_rates(visit: &Visit, page: &Page, rules: &Rules, today: Date, back: &Back) -> Part {
    let now = rules.rates.on(today);
    let Weights {
        response,
        resolution,
        satisfaction,
    } = now.weights;
    let held = [
        response.into(),
        resolution.into(),
        satisfaction.into(),
        i64::try_from(now.sample_min).unwrap_or(i64::MAX),
        now.response_hours,
    ];
    let to_come = rules.rates.all().filter(|(from, _)| *from > today);
    Part {
        id: "rates",
        title: page.t("admin-supervision-rates").into_owned(),
        action: "/admin/supervision/rates",
        now: rates::rules_in_words(page, now),
        later: to_come
            .map(|(from, rules)| later(visit, page, from, rates::rules_in_words(page, rules)))
            .collect(),
        numbers: numbers(page, &RATES, &held, &back.form),
        lines: None,
        from: today.to_string(),
        from_id: "rates-from",
    }
}

fn of_calls(visit: &Visit, page: &Page, rules: &Rules, today: Date, back: &Back) -> Part {
    let now = rules.follow_ups.on(today);
    let held = [
        now.percent.into(),
        now.unjudged_percent.into(),
        now.tries_max,
    ];
    let to_come = rules.follow_ups.all().filter(|(from, _)| *from > today);
    let typed = back.form.get("shares").map(str::to_owned);
    Part {
        id: "calls",
        title: page.t("admin-supervision-calls").into_owned(),
        action: "/admin/supervision/follow-ups",
        now: calls_in_words(page, now),
        later: to_come
            .map(|(from, rules)| later(visit, page, from, calls_in_words(page, rules)))
            .collect(),
        numbers: numbers(page, &CALLS, &held, &back.form),
        lines: Some(Lines {
            name: "shares",
            label: "admin-supervision-shares",
            help: "admin-supervision-shares-help",
            error: match typed.is_some() {
                true => back.lines_error.clone(),
                false => String::new(),
            },
            text: typed.unwrap_or_else(|| written(&now.shares).join("\n")),
        }),
        from: today.to_string(),
        from_id: "calls-from",
    }
}

fn of_inspections(visit: &Visit, page: &Page, rules: &Rules, today: Date, back: &Back) -> Part {
    let now = rules.inspections.on(today);
    let held = [now.percent.into(), now.flagged_percent.into()];
    let to_come = rules.inspections.all().filter(|(from, _)| *from > today);
    let typed = back.form.get("questions").map(str::to_owned);
    let questions = now.questions.iter().map(|question| {
        let names = &question.names;
        format!("{} | {}", names.in_lang("zh"), names.in_lang("en"))
    });
    let written: Vec<String> = questions.collect();
    Part {
        id: "inspections",
        title: page.t("admin-supervision-inspections").into_owned(),
        action: "/admin/supervision/inspections",
        now: inspections_in_words(page, now),
        later: to_come
            .map(|(from, rules)| later(visit, page, from, inspections_in_words(page, rules)))
            .collect(),
        numbers: numbers(page, &INSPECTIONS, &held, &back.form),
        lines: Some(Lines {
            name: "questions",
            label: "admin-supervision-questions",
            help: "admin-supervision-questions-help",
            error: match typed.is_some() {
                true => back.lines_error.clone(),
                false => String::new(),
            },
            text: typed.unwrap_or_else(|| written.join("\n")),
        }),
        from: today.to_string(),
        from_id: "inspections-from",
    }
}

fn inspections_in_words(page: &Page, rules: &InspectionRules) -> String {
    let args = [
        ("percent", rules.percent.into()),
        ("flagged", rules.flagged_percent.into()),
        ("count", rules.questions.len().into()),
    ];
    page.ta("admin-supervision-read-rules", &args).into_owned()
}

/// The questions as they were typed, each with the number of its line as its key.
fn read_questions(text: &str) -> Vec<Question> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let question = |(number, line): (usize, &str)| {
        let (zh, en) = line.split_once('|').unwrap_or((line, line));
        Question {
            key: (number + 1).to_string(),
            names: Names::both(zh.trim(), en.trim()),
        }
    };
    lines.enumerate().map(question).collect()
}

pub async fn keep_inspections(visit: Visit, form: Form) -> Answer {
    let today = visit.state.app.config.day(visit.state.now());
    let questions = read_questions(form.text("questions"));
    if !(1..=20).contains(&questions.len()) {
        let page = visit.page();
        let error = page.t("admin-supervision-questions-wrong").into_owned();
        let back = Back {
            lines_error: error,
            form,
            ..Back::default()
        };
        return draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, back).await;
    }
    let rules = InspectionRules {
        percent: number(&form, "read_percent", u32::MAX),
        flagged_percent: number(&form, "flagged_percent", u32::MAX),
        questions,
    };
    let day = from(&form, today);
    let put = rules::put_inspections(&visit.state.app, &visit.actor, day, rules).await;
    answer(&visit, put, form).await
}

fn calls_in_words(page: &Page, rules: &FollowUpRules) -> String {
    let args = [
        ("percent", rules.percent.into()),
        ("unjudged", rules.unjudged_percent.into()),
        ("tries", rules.tries_max.into()),
        ("shares", written(&rules.shares).join("; ").into()),
    ];
    page.ta("admin-supervision-calls-rules", &args).into_owned()
}

fn written(shares: &[Share]) -> Vec<String> {
    let line = |share: &Share| {
        let outcome = share.outcome.as_deref();
        let parts = [Some(share.kind.as_str()), outcome];
        let words: Vec<&str> = parts.into_iter().flatten().collect();
        format!("{} {}", words.join(" "), share.percent)
    };
    shares.iter().map(line).collect()
}

/// The shares as they were typed, or the line that cannot be meant.
fn read_shares(kinds: &Kinds, text: &str) -> Result<Vec<Share>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (kind, outcome, percent) = match words.as_slice() {
            [kind, percent] => (*kind, None, *percent),
            [kind, outcome, percent] => (*kind, Some(*outcome), *percent),
            _ => return None,
        };
        let known = kinds.by_slug(kind)?;
        if outcome.is_some_and(|outcome| known.outcome(outcome).is_none()) {
            return None;
        }
        Some(Share {
            kind: kind.to_owned(),
            outcome: outcome.map(str::to_owned),
            percent: percent.parse().ok().filter(|percent| *percent <= 100)?,
        })
    };
    lines
        .map(|line| read(line).ok_or_else(|| line.to_owned()))
        .collect()
}

/// A number as it was typed; none is a number that no rule takes.
fn number<T: std::str::FromStr + Default>(form: &Form, name: &str, none: T) -> T {
    form.text(name).parse().unwrap_or(none)
}

fn from(form: &Form, today: Date) -> Date {
    form.text("from").parse().unwrap_or(today)
}

pub async fn keep_rates(visit: Visit, form: Form) -> Answer {
    let today = visit.state.app.config.day(visit.state.now());
    let rules = RateRules {
        weights: Weights {
            response: number(&form, "response", u32::MAX),
            resolution: number(&form, "resolution", u32::MAX),
            satisfaction: number(&form, "satisfaction", u32::MAX),
        },
        sample_min: number(&form, "sample_min", 0),
        response_hours: number(&form, "response_hours", 0),
    };
    let day = from(&form, today);
    let put = rules::put_rates(&visit.state.app, &visit.actor, day, rules).await;
    answer(&visit, put, form).await
}

pub async fn keep_follow_ups(visit: Visit, form: Form) -> Answer {
    let today = visit.state.app.config.day(visit.state.now());
    let shares = match read_shares(&visit.state.app.kinds(), form.text("shares")) {
        Ok(shares) => shares,
        Err(line) => {
            let page = visit.page();
            let error = page.ts("admin-supervision-shares-wrong", "line", &line);
            let back = Back {
                lines_error: error.into_owned(),
                form,
                ..Back::default()
            };
            return draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, back).await;
        }
    };
    let rules = FollowUpRules {
        percent: number(&form, "percent", u32::MAX),
        unjudged_percent: number(&form, "unjudged_percent", u32::MAX),
        shares,
        tries_max: number(&form, "tries_max", 0),
    };
    let day = from(&form, today);
    let put = rules::put_follow_ups(&visit.state.app, &visit.actor, day, rules).await;
    answer(&visit, put, form).await
}

/// Back to the page: kept, or the same form with a sentence that says why not.
async fn answer(visit: &Visit, put: Result<(), huiyin_app::Error>, form: Form) -> Answer {
    match put {
        Ok(()) => {
            let kept = see(ADDRESS);
            Ok(flash::say(
                kept,
                Tone::Done,
                "rules-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let faults = error.refusal().map(|r| r.faults().to_vec());
            let page = visit.page();
            let (status, said) = saying::refused(&page, error)?;
            let said = said.above(&faults.unwrap_or_default());
            let back = Back {
                said: said.text,
                form,
                ..Back::default()
            };
            draw(visit, status, back).await
        }
    }
}
