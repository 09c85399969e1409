//! The forms in which a place is split, merged with its neighbours, or moved.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use huiyin_app::places::change::{self, REASON_CHARS_MAX, Request, What};
use huiyin_app::places::look::{self, Found};
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, Thing, may};
use huiyin_domain::id::PlaceChangeId;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::place_change::{Part, Sort};

use super::places::may_change;
use super::show;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::choices;
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

/// So many parts can be written into the form at once.
const PARTS_SHOWN: usize = 4;

#[derive(Template)]
#[template(path = "pages/desk/place_change.html")]
struct ChangePage<'a> {
    page: &'a Page,
    id: String,
    code: String,
    name: String,
    says: Says,
    action: String,
    zh: String,
    en: String,
    /// What it can be split into; empty for other changes.
    parts: Vec<PartView>,
    /// The places right inside.
    inside: Vec<ChildView>,
    /// Neighbours to merge with, or places to move into.
    others: Vec<Choice>,
    /// Of the others: `checkbox` for several, `radio` for one.
    chosen_by: &'static str,
    reason_max: usize,
    typed: &'a Form,
    wrong: Wrong,
}

/// The words of the change.
struct Says {
    verb: String,
    title: String,
    about: String,
    which: String,
}

impl Says {
    fn of(page: &Page, sort: Sort, place: &str) -> Says {
        let key = |rest: &str| format!("place-{}{rest}", sort.word());
        Says {
            verb: page.t(&key("")).into_owned(),
            title: page.ts(&key("-title"), "place", place).into_owned(),
            about: page.t(&key("-about")).into_owned(),
            which: match sort {
                Sort::Split => String::new(),
                _ => page.t(&key("-which")).into_owned(),
            },
        }
    }
}

/// A part as it was typed, with the names of its fields.
struct PartView {
    number: usize,
    label: String,
    zh: Typed,
    en: Typed,
    shape: Typed,
    must: bool,
}

struct Typed {
    name: String,
    value: String,
    error: String,
}

fn part_view(page: &Page, number: usize, (typed, wrong): (&Form, &Wrong)) -> PartView {
    let field = |name: &str, fault: &str| Typed {
        name: format!("{name}-{number}"),
        value: typed.text(&format!("{name}-{number}")).to_owned(),
        error: wrong.at(&format!("{fault}-{number}")).to_owned(),
    };
    PartView {
        number,
        label: part_label(page, number),
        zh: field("zh", "name"),
        en: field("en", ""),
        shape: field("shape", "shape"),
        must: number <= 2,
    }
}

fn part_label(page: &Page, number: usize) -> String {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    page.tn("place-part", "number", number).into_owned()
}

/// A place inside, and to which part it goes.
struct ChildView {
    name: String,
    label: String,
    goes: Vec<Choice>,
}

fn child_view(page: &Page, place: &Place, typed: &Form) -> ChildView {
    let name = format!("goes-{}", place.code);
    let goes = typed.text(&name).parse().unwrap_or(1);
    let place = place.names.in_lang(page.lang.as_str());
    ChildView {
        label: page.ts("place-goes", "place", place).into_owned(),
        goes: (1..=PARTS_SHOWN)
            .map(|number| Choice {
                value: number.to_string(),
                label: part_label(page, number),
                chosen: number == goes,
            })
            .collect(),
        name,
    }
}

pub async fn new(visit: Visit, Path((code, sort)): Path<(PlaceCode, String)>) -> Answer {
    let sort = sort.parse().map_err(|_| Problem::NotFound)?;
    draw(&visit, (code, sort), &Form::default(), Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (code, sort): (PlaceCode, Sort),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    let lang = page.lang.as_str();
    let found = look::path(app, code.clone()).await?;
    let found = found.filter(|found| may_change(visit, found));
    let found = found.ok_or(Problem::NotFound)?;
    let inside = match sort {
        Sort::Split => look::inside(app, Some(code.clone())).await?,
        _ => Vec::new(),
    };
    let others = others(visit, &code, sort).await?;
    let chosen: Vec<&str> = typed.all("other").collect();
    let of_name = |lang: &str| match (typed.get(lang), sort) {
        (Some(typed), _) => typed.to_owned(),
        (None, Sort::Move) => choices::name_in(&found.place.names, lang),
        _ => String::new(),
    };
    let name = found.place.names.in_lang(lang);
    let parts = match sort {
        Sort::Split => PARTS_SHOWN,
        _ => 0,
    };
    let drawn = ChangePage {
        id: match typed.text("id") {
            "" => PlaceChangeId::from_raw(app.mint()).to_string(),
            id => id.to_owned(),
        },
        says: Says::of(&page, sort, name),
        name: name.to_owned(),
        action: format!("/desk/places/{code}/change/{}", sort.word()),
        zh: of_name("zh"),
        en: of_name("en"),
        parts: (1..=parts)
            .map(|number| part_view(&page, number, (typed, &wrong)))
            .collect(),
        inside: inside
            .iter()
            .map(|found| child_view(&page, &found.place, typed))
            .collect(),
        others: others
            .iter()
            .map(|found| Choice {
                value: found.place.code.to_string(),
                label: show::found_word(&page, found),
                chosen: chosen.contains(&found.place.code.as_str()),
            })
            .collect(),
        chosen_by: match sort {
            Sort::Merge => "checkbox",
            _ => "radio",
        },
        reason_max: REASON_CHARS_MAX,
        code: code.to_string(),
        typed,
        page: &page,
        wrong,
    };
    html_as(drawn.wrong.status, &drawn)
}

/// Neighbours to merge with, or places to move into.
async fn others(visit: &Visit, code: &PlaceCode, sort: Sort) -> Result<Vec<Found>, Problem> {
    let app = &visit.state.app;
    let Some(parent) = code.parent() else {
        return Ok(Vec::new());
    };
    let (within, not) = match sort {
        Sort::Split => return Ok(Vec::new()),
        Sort::Merge => (Some(parent), code.clone()),
        Sort::Move => (parent.parent(), parent),
    };
    let mut found = look::inside(app, within).await?;
    let may = |place: &PlaceCode| {
        let standing = Thing::lying_in(place);
        may(&visit.actor, Action::PlacesChange, Some(&standing))
    };
    found.retain(|found| found.place.code != not && may(&found.place.code));
    Ok(found)
}

pub async fn change(
    visit: Visit,
    Path((code, sort)): Path<(PlaceCode, String)>,
    form: Form,
) -> Answer {
    let sort: Sort = sort.parse().map_err(|_| Problem::NotFound)?;
    let done = match request(&form, &code, sort) {
        Ok(request) => change::change(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(Error::Refused(refusal)),
    };
    match done {
        Ok(made) => {
            let to = made.first().unwrap_or(&code);
            let answer = see(&format!("/desk/places/{to}"));
            let transport = visit.transport();
            Ok(flash::say(answer, Tone::Done, "place-changed", transport))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (code, sort), &form, wrong).await
        }
    }
}

fn request(form: &Form, code: &PlaceCode, sort: Sort) -> Result<Request, Refusal> {
    let old = |_| Refusal::field("reason", "fault-form-old");
    let others: Vec<PlaceCode> = form
        .all("other")
        .filter_map(|other| other.parse().ok())
        .collect();
    let what = match sort {
        Sort::Split => split(form),
        Sort::Merge => What::Merge {
            with: others,
            names: choices::names(form),
        },
        Sort::Move => What::Move {
            there: others
                .into_iter()
                .next()
                .ok_or_else(|| Refusal::field("there", "fault-required"))?,
            names: choices::names(form),
        },
    };
    Ok(Request {
        id: form.text("id").parse().map_err(old)?,
        place: code.clone(),
        what,
        reason: form.text("reason").to_owned(),
    })
}

/// The parts up to the last of which anything was written: what is left empty among them is said
/// there.
fn split(form: &Form) -> What {
    let text = |name: &str, number: usize| form.text(&format!("{name}-{number}")).trim();
    let is_meant = |&number: &usize| {
        ["zh", "en", "shape"]
            .iter()
            .any(|name| !text(name, number).is_empty())
    };
    let last = (1..=PARTS_SHOWN).rev().find(is_meant).unwrap_or(0).max(2);
    let part = |number: usize| Part {
        names: choices::named(text("zh", number), text("en", number)),
        shape: match text("shape", number) {
            "" => None,
            shape => Some(shape.to_owned()),
        },
    };
    let parts = (1..=last).map(part).collect();
    let mut goes = BTreeMap::new();
    for (name, value) in form.texts() {
        let child = name
            .strip_prefix("goes-")
            .and_then(|code| code.parse().ok());
        if let (Some(child), Ok(number @ 1..)) = (child, value.parse::<usize>()) {
            goes.insert(child, number - 1);
        }
    }
    What::Split { parts, goes }
}
