//! Cases in the reader's words: kind, stage, owner, place, clock, as the desk's pages
//! show them. The words are the kind's own, under keys made of its slug.

use std::collections::BTreeMap;

use huiyin_app::cases::list::{CaseRow, Reply};
use huiyin_app::places::look::Found;
use huiyin_domain::calendar::Span;
use huiyin_domain::case::{ClockView, Kind, Kinds, Owner};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::layout::Page;
use crate::visit::Visit;
use crate::when::{Left, When};

/// Tone and sign of a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub tone: &'static str,
    pub sign: &'static str,
}

/// One line of a list of cases.
pub struct RowView {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub kind: String,
    pub icon: String,
    pub stage: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub urgent: bool,
    pub is_new: bool,
    pub place: String,
    pub owner: String,
    pub left: Option<Left>,
    /// When it was closed, or came in.
    pub when: String,
}

/// A count, of which there may be more than were counted.
pub fn counted(count: i64, is_more: bool) -> String {
    match is_more {
        true => format!("{count}+"),
        false => count.to_string(),
    }
}

/// The name of a kind.
pub fn kind_word(page: &Page, slug: &str) -> String {
    page.t(&format!("{slug}--name")).into_owned()
}

/// The name of a stage.
pub fn stage_word(page: &Page, slug: &str, stage: &str) -> String {
    page.t(&format!("{slug}-stage-{stage}")).into_owned()
}

/// The verb of a step.
pub fn step_word(page: &Page, slug: &str, step: &str) -> String {
    page.t(&format!("{slug}-step-{step}")).into_owned()
}

/// What really happened in the end.
pub fn outcome_word(page: &Page, slug: &str, outcome: &str) -> String {
    page.t(&format!("{slug}-outcome-{outcome}")).into_owned()
}

/// The label of a field.
pub fn field_word(page: &Page, slug: &str, field: &str) -> String {
    page.t(&format!("{slug}-field-{field}")).into_owned()
}

/// How a stage looks: new, in work, or closed.
pub fn stage_look(kind: Option<&Kind>, stage: &str) -> Look {
    let first = kind.and_then(|kind| kind.stages.first());
    let closed = kind
        .and_then(|kind| kind.stage(stage))
        .is_some_and(|stage| stage.closed);
    match (closed, first.is_some_and(|first| first.name == stage)) {
        (true, _) => Look {
            tone: "done",
            sign: "circle-check",
        },
        (false, true) => Look {
            tone: "new",
            sign: "inbox",
        },
        (false, false) => Look {
            tone: "work",
            sign: "progress",
        },
    }
}

/// The name of a unit, when it is known.
pub fn unit_word(page: &Page, units: &BTreeMap<UnitId, Names>, unit: UnitId) -> String {
    let name = units
        .get(&unit)
        .map(|names| names.in_lang(page.lang.as_str()));
    name.filter(|name| !name.is_empty())
        .map_or_else(|| page.t("desk-some-unit").into_owned(), str::to_owned)
}

/// Between the names of places that lie in each other.
const WITHIN: &str = " · ";

/// The name of a place, with as much around it as tells it from others of the same name; its
/// code when nobody knows it.
pub fn place_word<'n>(
    page: &Page,
    code: &PlaceCode,
    names: impl Fn(&PlaceCode) -> Option<&'n Names>,
) -> String {
    let told = code.told_by();
    let known = told.iter().filter_map(names);
    let words: Vec<&str> = known
        .map(|names| names.in_lang(page.lang.as_str()))
        .collect();
    match words.is_empty() {
        true => code.to_string(),
        false => words.join(WITHIN),
    }
}

/// The same of a place that was looked up.
pub fn found_word(page: &Page, found: &Found) -> String {
    let known = |code: &PlaceCode| {
        let mut around = found.path.iter().chain([&found.place]);
        around
            .find(|place| place.code == *code)
            .map(|place| &place.names)
    };
    place_word(page, &found.place.code, known)
}

/// In what a place lies, the widest first.
pub fn path_word(found: &Found, lang: &str) -> String {
    let names = found.path.iter().map(|place| place.names.in_lang(lang));
    names.collect::<Vec<_>>().join(" · ")
}

/// Who is accountable; a person is not named here.
pub fn owner_word(page: &Page, units: &BTreeMap<UnitId, Names>, owner: Owner) -> String {
    match owner {
        Owner::Unit(unit) => unit_word(page, units, unit),
        Owner::Person(_) => page.t("desk-a-volunteer").into_owned(),
    }
}

/// Tells time to the reader of `page`.
pub fn when<'p>(visit: &Visit, page: &'p Page) -> When<'p> {
    let app = &visit.state.app;
    When {
        page,
        now: app.now(),
        zone: app.config.time_zone.clone(),
    }
}

/// What is left of a clock.
pub fn left(when: &When<'_>, started_at: Timestamp, due_at: Timestamp) -> Left {
    when.left(&ClockView::plain("", started_at, due_at))
}

/// A clock that stands, and until when.
fn standing(when: &When<'_>, until: Timestamp) -> Left {
    let by = when.page.ts("when-by", "moment", &when.moment(until));
    Left {
        state: "pause",
        words: when.page.t("when-paused").into_owned(),
        by: by.into_owned(),
        share: 0,
        first: String::new(),
    }
}

/// The still clock of something that took from `started` to `ended`.
pub fn took(when: &When<'_>, started: Timestamp, ended: Timestamp) -> Left {
    let span = when.span(ended.duration_since(started));
    Left {
        state: "done",
        words: when.page.ts("desk-took", "span", &span).into_owned(),
        by: when
            .page
            .ts("desk-closed-at", "when", &when.moment(ended))
            .into_owned(),
        share: 100,
        first: String::new(),
    }
}

/// A limit, exactly: 1440 minutes are one day, 90 are ninety minutes.
pub fn limit(page: &Page, limit: Span) -> String {
    let (key, number) = match limit {
        Span::Natural { minutes } if minutes % 1440 == 0 => ("when-days", minutes / 1440),
        Span::Natural { minutes } if minutes % 60 == 0 => ("when-hours", minutes / 60),
        Span::Natural { minutes } => ("when-minutes", minutes),
        Span::Working { minutes } if minutes % 60 == 0 => ("when-working-hours", minutes / 60),
        Span::Working { minutes } => ("when-working-minutes", minutes),
        Span::WorkingDays { days } => ("when-working-days", days),
    };
    page.tn(key, "count", i64::from(number)).into_owned()
}

/// The lines of a list.
pub fn rows(when: &When<'_>, kinds: &Kinds, list: &Reply) -> Vec<RowView> {
    list.rows
        .iter()
        .map(|row| row_view(when, kinds, list, row))
        .collect()
}

fn row_view(when: &When<'_>, kinds: &Kinds, list: &Reply, row: &CaseRow) -> RowView {
    let page = when.page;
    let kind = kinds.by_slug(&row.kind).map(std::sync::Arc::as_ref);
    let look = stage_look(kind, &row.stage);
    let clock = row
        .clock_started_at
        .zip(row.due_at)
        .filter(|_| row.closed_at.is_none());
    let stage = match &row.outcome {
        Some(outcome) if row.closed_at.is_some() => outcome_word(page, &row.kind, outcome),
        _ => stage_word(page, &row.kind, &row.stage),
    };
    RowView {
        id: row.id.to_string(),
        version: row.version,
        title: row.title.clone(),
        kind: kind_word(page, &row.kind),
        icon: kind.map_or_else(|| "message".to_owned(), |kind| kind.icon.clone()),
        stage,
        tone: look.tone,
        sign: look.sign,
        urgent: row.urgent,
        is_new: look.tone == "new",
        place: place_word(page, &row.place, |code| list.places.get(code)),
        owner: owner_word(page, &list.units, row.owner),
        left: clock.map(|(started, due)| match row.paused_until {
            Some(until) => standing(when, until),
            None => left(when, started, due),
        }),
        when: when.ago(row.closed_at.unwrap_or(row.opened_at)),
    }
}
