//! Meetings about what was found: the weekly review of a community, and the monthly one with the
//! departments. The agenda is made from the findings; the minutes say who does what by when.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::Refusal;
use huiyin_app::atlas::Atlas;
use huiyin_app::meetings::hold::{self, Decided};
use huiyin_app::meetings::look::{self, Meeting, Standing};
use huiyin_app::places;
use huiyin_domain::id::MeetingId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::MeetingSort;

use super::inbox::Choice;
use super::show;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

/// So many decisions have a row of their own on the form.
const DECISIONS: i64 = 5;

#[derive(Template)]
#[template(path = "pages/desk/meetings/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    /// What can be held: address, title, since when and how many are on it.
    next: Vec<(String, String, String)>,
    held: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    place: String,
    at: String,
    about: String,
}

#[derive(Template)]
#[template(path = "pages/desk/meetings/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: MeetingId,
    title: String,
    place: String,
    code: &'a PlaceCode,
    sort: &'a str,
    since: String,
    agenda: Vec<Line>,
    decisions: Vec<Decision>,
    /// More than one is written down.
    more_decided: bool,
    typed: &'a Form,
    wrong: Wrong,
}

/// A finding on an agenda.
struct Line {
    href: String,
    title: String,
    spot: String,
    unit: String,
    tone: &'static str,
    sign: &'static str,
    stage: String,
    found: String,
    /// By when it is to be mended; empty when it is.
    due: String,
    is_late: bool,
    is_back: bool,
}

/// A row of the form for one decision.
struct Decision {
    number: i64,
    label: String,
    what: String,
    by: String,
    units: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "pages/desk/meetings/one.html")]
struct OnePage<'a> {
    page: &'a Page,
    title: String,
    place: String,
    held: String,
    since: String,
    attended: &'a str,
    minutes: &'a str,
    /// What, who, by when.
    decisions: Vec<(String, String, String)>,
    agenda: Vec<Line>,
}

async fn place_word(visit: &Visit, page: &Page, code: &PlaceCode) -> Result<String, Problem> {
    let found = places::look::path(&visit.state.app, code.clone()).await?;
    Ok(found.map_or_else(|| code.to_string(), |found| show::found_word(page, &found)))
}

fn sort_word(page: &Page, sort: MeetingSort) -> String {
    page.t(&format!("meeting-sort-{}", sort.word()))
        .into_owned()
}

pub async fn list(visit: Visit) -> Answer {
    let found = look::overview(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let named = |code: &PlaceCode| show::place_word(&page, code, |code| found.places.get(code));
    let next = found.next.iter().map(|next| {
        let (sort, place) = (next.sort, &next.place);
        let since = page.ts("meeting-since", "day", &when.day_of(next.since));
        (
            format!("/desk/meetings/new?of={}.{place}", sort.word()),
            format!("{} · {}", sort_word(&page, sort), named(place)),
            format!(
                "{since} · {}",
                page.tn("meeting-about", "count", next.count)
            ),
        )
    });
    let held = found.held.iter().map(|meeting| Row {
        href: format!("/desk/meetings/{}", meeting.id),
        title: sort_word(&page, meeting.sort),
        place: named(&meeting.place),
        at: when.day_of(meeting.held_at),
        about: page
            .tn("meeting-looked-at", "count", meeting.agenda.len() as i64)
            .into_owned(),
    });
    html(&ListPage {
        next: next.collect(),
        held: held.collect(),
        page: &page,
    })
}

/// The agenda of the next one, and the form for its minutes.
pub async fn new(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let mut typed = Form::default();
    let (sort, place) = asked.text("of").split_once('.').unwrap_or_default();
    for (name, text) in [("sort", sort), ("place", place)] {
        typed.put(name, [text.to_owned()]);
    }
    draw(&visit, &typed, Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    let when = When::of(visit, &page);
    let sort: MeetingSort = typed.text("sort").parse().map_err(|()| Problem::NotFound)?;
    let code: PlaceCode = typed.text("place").parse().map_err(|_| Problem::NotFound)?;
    let what = (code.clone(), sort);
    let (since, lines) = look::next(app, &visit.actor, what).await?;
    let atlas = app.atlas_now().await?;
    let status = wrong.status;
    let drawn = NewPage {
        id: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| MeetingId::from_raw(app.mint())),
        title: sort_word(&page, sort),
        place: place_word(visit, &page, &code).await?,
        since: page
            .ts("meeting-since", "day", &when.day_of(since))
            .into_owned(),
        agenda: lines
            .iter()
            .map(|line| line_of(visit, &when, &atlas, line))
            .collect(),
        decisions: (1..=DECISIONS)
            .map(|number| decision(&page, &atlas, typed, (number, &code)))
            .collect(),
        more_decided: (2..=DECISIONS)
            .any(|number| !typed.text(&format!("what-{number}")).is_empty()),
        code: &code,
        sort: sort.word(),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn line_of(visit: &Visit, when: &When<'_>, atlas: &Atlas, line: &Standing) -> Line {
    let page = when.page;
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&line.kind).map(std::sync::Arc::as_ref);
    let look = show::stage_look(kind, &line.stage);
    let unit = line.owner.and_then(|unit| atlas.unit(unit));
    let due = line.due_at.filter(|_| line.closed_at.is_none());
    Line {
        href: format!("/desk/cases/{}", line.finding.case),
        title: line.title.clone(),
        spot: line.spot.in_lang(page.lang.as_str()).to_owned(),
        unit: unit.map_or_else(String::new, |unit| {
            unit.names.in_lang(page.lang.as_str()).to_owned()
        }),
        tone: look.tone,
        sign: look.sign,
        stage: show::stage_word(page, &line.kind, &line.stage),
        found: when.day_of(line.finding.found_at),
        due: due.map(|due| when.moment(due)).unwrap_or_default(),
        is_late: due.is_some_and(|due| due < visit.state.now()),
        is_back: line.finding.back_of.is_some(),
    }
}

fn decision(
    page: &Page,
    atlas: &Atlas,
    typed: &Form,
    (number, place): (i64, &PlaceCode),
) -> Decision {
    let chosen = typed.text(&format!("unit-{number}"));
    // Whoever can be told to do something here: units of the place, around it and in it.
    let near = |own: &PlaceCode| own.is_within(place) || place.is_within(own);
    let units = atlas
        .units()
        .filter(|unit| unit.closed_at.is_none() && near(&unit.place));
    let units = units.map(|unit| {
        let value = unit.id.to_string();
        Choice {
            label: unit.names.in_lang(page.lang.as_str()).to_owned(),
            chosen: value == chosen,
            value,
        }
    });
    Decision {
        number,
        label: page.tn("meeting-decision", "count", number).into_owned(),
        what: typed.text(&format!("what-{number}")).to_owned(),
        by: typed.text(&format!("by-{number}")).to_owned(),
        units: units.collect(),
    }
}

/// Keeps the minutes.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let id: MeetingId = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    let place = form.text("place").parse().map_err(|_| Problem::NotFound)?;
    let sort = form.text("sort").parse().map_err(|()| Problem::NotFound)?;
    let held = match decisions(&form) {
        Ok(decisions) => {
            let request = hold::Request {
                id,
                place,
                sort,
                attended: form.text("attended").to_owned(),
                minutes: form.text("minutes").to_owned(),
                decisions,
            };
            hold::hold(&visit.state.app, &visit.actor, request).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match held {
        Ok(()) => {
            let to = see(&format!("/desk/meetings/{id}"));
            Ok(flash::say(
                to,
                Tone::Done,
                "meeting-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &form, wrong).await
        }
    }
}

/// The rows that say something.
fn decisions(form: &Form) -> Result<Vec<Decided>, Refusal> {
    let mut decided = Vec::new();
    for number in 1..=DECISIONS {
        let what = form.text(&format!("what-{number}")).trim();
        if what.is_empty() {
            continue;
        }
        let unit = match form.text(&format!("unit-{number}")) {
            "" => None,
            unit => Some(
                unit.parse()
                    .map_err(|_| Refusal::field("decisions", "fault-required"))?,
            ),
        };
        let by = match form.text(&format!("by-{number}")) {
            "" => None,
            by => Some(
                by.parse()
                    .map_err(|_| Refusal::field("decisions", "fault-not-date"))?,
            ),
        };
        decided.push(Decided {
            what: what.to_owned(),
            unit,
            by,
        });
    }
    Ok(decided)
}

pub async fn show(visit: Visit, Path(id): Path<MeetingId>) -> Answer {
    let app = &visit.state.app;
    let shown = look::show(app, &visit.actor, id).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let meeting: &Meeting = &shown.meeting;
    let decisions = meeting.decisions.iter().map(|one| {
        let unit = one.unit.and_then(|unit| atlas.unit(unit));
        let unit = unit.map_or("", |unit| unit.names.in_lang(page.lang.as_str()));
        let by = one.by.map(|by| when.day(by)).unwrap_or_default();
        (one.what.clone(), unit.to_owned(), by)
    });
    html(&OnePage {
        title: sort_word(&page, meeting.sort),
        place: place_word(&visit, &page, &meeting.place).await?,
        held: when.moment(meeting.held_at),
        since: page
            .ts("meeting-since", "day", &when.day_of(meeting.since_at))
            .into_owned(),
        attended: &meeting.attended,
        minutes: &meeting.minutes,
        decisions: decisions.collect(),
        agenda: shown
            .agenda
            .iter()
            .map(|line| line_of(&visit, &when, &atlas, line))
            .collect(),
        page: &page,
    })
}
