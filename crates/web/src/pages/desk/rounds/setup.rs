//! What a community keeps for its rounds: checklists, spots, how often rounds come, and the
//! button for after a storm.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use huiyin_app::rounds::look::{self, Kept};
use huiyin_app::rounds::{begin_storm, put_cadence, take_shipped};
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::Action;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::CadenceId;
use huiyin_domain::round::{Every, SpotSort};

use super::place_word;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::collections::own_places;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts::choices;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/rounds/setup.html")]
struct SetupPage<'a> {
    page: &'a Page,
    next: Next,
    checklists: Vec<ChecklistRow>,
    spots: Vec<SpotRow>,
    cadences: Vec<CadenceRow>,
    after_storm: bool,
    /// Whether a ready checklist is not theirs yet.
    may_take: bool,
    /// For which they keep rounds.
    places: Vec<Choice>,
    new: NewCadence,
    wrong: Wrong,
}

/// What is to be done first: the one filled button.
#[derive(PartialEq, Eq)]
enum Next {
    Checklists,
    Spots,
    Cadences,
    Nothing,
}

struct ChecklistRow {
    href: String,
    name: String,
    sort: String,
    lines: String,
}

struct SpotRow {
    href: String,
    name: String,
    sort: String,
    place: String,
    position: String,
}

struct CadenceRow {
    id: CadenceId,
    name: String,
    place: String,
    every: String,
    next: String,
}

struct NewCadence {
    id: String,
    checklists: Vec<Choice>,
    everies: Vec<Choice>,
    first_on: String,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let kept = look::kept(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let places = own_places(visit, &page, (Action::RoundsKeep, typed.text("place"))).await?;
    let status = wrong.status;
    let drawn = SetupPage {
        next: match (&kept.checklists[..], &kept.spots[..], &kept.cadences[..]) {
            ([], ..) => Next::Checklists,
            (_, [], _) => Next::Spots,
            (_, _, []) => Next::Cadences,
            _ => Next::Nothing,
        },
        checklists: checklists(&page, &kept),
        spots: spots(&page, &kept),
        cadences: cadences(&when, &kept),
        may_take: places.iter().any(|place| lacks(&kept, &place.value)),
        after_storm: kept.cadences.iter().any(|one| one.every == Every::Storm),
        new: NewCadence {
            id: match typed.text("id") {
                "" => CadenceId::from_raw(visit.state.app.mint()).to_string(),
                id => id.to_owned(),
            },
            checklists: to_choose(&page, &kept, typed.text("checklist")),
            everies: choices(
                &page,
                "round-every",
                Every::ALL.iter().map(|every| every.word()),
                typed.text("every"),
            ),
            first_on: match typed.text("first_on") {
                "" => kept.day.to_string(),
                day => day.to_owned(),
            },
        },
        places,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Whether a place has no checklist of its own for some sort of spot for which there is a ready one.
fn lacks(kept: &Kept, place: &str) -> bool {
    let own = kept.checklists.iter();
    let own = own.filter(|list| list.place.as_str() == place);
    let own: BTreeSet<SpotSort> = own.map(|list| list.sort).collect();
    take_shipped::sorts().iter().any(|sort| !own.contains(sort))
}

fn checklists(page: &Page, kept: &Kept) -> Vec<ChecklistRow> {
    let row = |one: &look::Checklist| ChecklistRow {
        href: format!("/desk/rounds/setup/checklists/{}", one.id),
        name: one.names.in_lang(page.lang.as_str()).to_owned(),
        sort: page
            .t(&format!("spot-sort-{}", one.sort.word()))
            .into_owned(),
        lines: page
            .tn("checklist-lines", "count", one.lines.len() as i64)
            .into_owned(),
    };
    kept.checklists.iter().map(row).collect()
}

fn spots(page: &Page, kept: &Kept) -> Vec<SpotRow> {
    let row = |one: &look::Spot| SpotRow {
        href: format!("/desk/rounds/setup/spots/{}", one.id),
        name: one.names.in_lang(page.lang.as_str()).to_owned(),
        sort: page
            .t(&format!("spot-sort-{}", one.sort.word()))
            .into_owned(),
        place: place_word(page, &one.place, &kept.places),
        position: one.position.map(|at| at.to_string()).unwrap_or_default(),
    };
    kept.spots.iter().map(row).collect()
}

fn cadences(when: &When<'_>, kept: &Kept) -> Vec<CadenceRow> {
    let page = when.page;
    let row = |one: &look::Cadence| {
        let mut lists = kept.checklists.iter();
        let list = lists.find(|list| list.id == one.checklist);
        CadenceRow {
            id: one.id,
            name: list
                .map(|list| list.names.in_lang(page.lang.as_str()).to_owned())
                .unwrap_or_default(),
            place: place_word(page, &one.place, &kept.places),
            every: page
                .t(&format!("round-every-{}", one.every.word()))
                .into_owned(),
            next: one.next_on.map(|day| when.day(day)).unwrap_or_default(),
        }
    };
    kept.cadences.iter().map(row).collect()
}

fn to_choose(page: &Page, kept: &Kept, chosen: &str) -> Vec<Choice> {
    let choice = |one: &look::Checklist| Choice {
        value: one.id.to_string(),
        label: one.names.in_lang(page.lang.as_str()).to_owned(),
        chosen: one.id.to_string() == chosen,
    };
    kept.checklists.iter().map(choice).collect()
}

/// Back to what is kept with what was done, or the page again with what is wrong.
async fn after(visit: &Visit, form: &Form, (done, word): (Result<(), Error>, &str)) -> Answer {
    match done {
        Ok(()) => {
            let to = see("/desk/rounds/setup");
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, form, wrong).await
        }
    }
}

/// Takes over the checklists that come with the product.
pub async fn take(visit: Visit, form: Form) -> Answer {
    let place = form.text("place").parse().map_err(|_| Problem::NotFound)?;
    let taken = take_shipped::take_shipped(&visit.state.app, &visit.actor, place).await;
    let word = match taken {
        Ok(0) => "checklists-had",
        _ => "checklists-taken",
    };
    after(&visit, &form, (taken.map(drop), word)).await
}

pub async fn add_cadence(visit: Visit, form: Form) -> Answer {
    let done = match read(&form) {
        Ok(request) => put_cadence::put(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(&visit, &form, (done, "cadence-made")).await
}

fn read(form: &Form) -> Result<put_cadence::Request, Refusal> {
    let mut faults = Vec::new();
    let id = form.text("id").parse();
    let checklist = form.text("checklist").parse();
    let place = form.text("place").parse();
    let every = form.text("every").parse();
    let first_on = form.text("first_on").parse();
    for (is_wrong, field, key) in [
        (id.is_err(), "checklist", "fault-form-old"),
        (checklist.is_err(), "checklist", "fault-required"),
        (place.is_err(), "place", "fault-required"),
        (every.is_err(), "every", "fault-not-choice"),
        (first_on.is_err(), "first_on", "fault-not-date"),
    ] {
        if is_wrong {
            faults.push(FieldFault::new(field, key));
        }
    }
    match (id, checklist, place, every, first_on) {
        (Ok(id), Ok(checklist), Ok(place), Ok(every), Ok(first_on)) => Ok(put_cadence::Request {
            id,
            checklist,
            place,
            every,
            first_on,
        }),
        _ => Err(Refusal::Invalid(faults)),
    }
}

pub async fn end_cadence(visit: Visit, Path(id): Path<CadenceId>) -> Answer {
    let done = put_cadence::end(&visit.state.app, &visit.actor, id).await;
    after(&visit, &Form::default(), (done, "cadence-ended")).await
}

/// After a storm: what is for it begins now.
pub async fn storm(visit: Visit) -> Answer {
    let begun = begin_storm::begin_storm(&visit.state.app, &visit.actor).await;
    let word = match begun {
        Ok(0) => "storm-had",
        _ => "storm-begun",
    };
    after(&visit, &Form::default(), (begun.map(drop), word)).await
}
