//! A run of doors: so many on each floor, of each entrance. It is shown before it is written.

use askama::Template;
use axum::extract::Path;
use huiyin_app::households::run::{self, Request, State};
use huiyin_app::places::look;
use huiyin_domain::access::{Action, Thing, may};
use huiyin_domain::household::{Door, Run, Span};
use huiyin_domain::place::PlaceCode;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/households/run.html")]
struct RunPage<'a> {
    page: &'a Page,
    code: String,
    name: String,
    typed: Form,
    seen: Option<SeenView>,
    wrong: Wrong,
}

/// The run as it would be written.
struct SeenView {
    says: String,
    doors: Vec<DoorView>,
    may_keep: bool,
}

struct DoorView {
    door: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
}

pub async fn show(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let mut usual = Form::default();
    for (name, text) in [("floor-first", "1"), ("floor-last", "6"), ("doors", "2")] {
        usual.put(name, [text.to_owned()]);
    }
    draw(&visit, place, (usual, None, Wrong::default())).await
}

async fn draw(
    visit: &Visit,
    place: PlaceCode,
    (typed, seen, wrong): (Form, Option<Vec<(Door, State)>>, Wrong),
) -> Answer {
    let standing = Thing::lying_in(&place);
    if !may(&visit.actor, Action::HouseholdsKeep, Some(&standing)) {
        return Err(Problem::NotFound);
    }
    let found = look::path(&visit.state.app, place.clone()).await?;
    let found = found.filter(|found| found.place.closed_at.is_none());
    let found = found.ok_or(Problem::NotFound)?;
    let page = visit.page();
    let status = wrong.status;
    let drawn = RunPage {
        code: place.to_string(),
        name: found.place.names.in_lang(page.lang.as_str()).to_owned(),
        seen: seen.map(|seen| seen_view(&page, &seen)),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn seen_view(page: &Page, seen: &[(Door, State)]) -> SeenView {
    let new = seen
        .iter()
        .filter(|(_, state)| *state == State::New)
        .count();
    let args = [("new", new.into()), ("all", seen.len().into())];
    let key = match new {
        0 => "household-run-nothing",
        _ => "household-run-new",
    };
    let door = |(door, state): &(Door, State)| {
        let (tone, sign, word) = match state {
            State::New => ("new", "plus", "household-run-state-new"),
            State::There => ("quiet", "check", "household-run-state-there"),
            State::Closed => ("quiet", "ban", "household-is-closed"),
        };
        DoorView {
            door: door.to_string(),
            state: page.t(word).into_owned(),
            tone,
            sign,
        }
    };
    SeenView {
        says: page.ta(key, &args).into_owned(),
        doors: seen.iter().map(door).collect(),
        may_keep: new > 0,
    }
}

/// Shows the run, or writes it.
pub async fn take(visit: Visit, Path(place): Path<PlaceCode>, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let request = Request {
        place: place.clone(),
        run: run(&form),
    };
    if form.text("do") == "keep" {
        return match run::run(app, actor, request).await {
            Ok(_) => {
                let to = see(&format!("/desk/households/{place}"));
                Ok(flash::say(
                    to,
                    Tone::Done,
                    "households-added",
                    visit.transport(),
                ))
            }
            Err(error) => {
                let wrong = Wrong::of(&visit.page(), error)?;
                draw(&visit, place, (form, None, wrong)).await
            }
        };
    }
    match run::look_over(app, actor, request).await {
        Ok(seen) => draw(&visit, place, (form, Some(seen), Wrong::default())).await,
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, place, (form, None, wrong)).await
        }
    }
}

/// What is no number is one that is refused.
fn run(form: &Form) -> Run {
    let number = |name: &str| form.text(name).parse::<i64>().unwrap_or(-1);
    let span = |first: &str, last: &str| Span {
        first: number(first),
        last: number(last),
    };
    let is_empty = |name: &str| form.text(name).is_empty();
    Run {
        entrances: match is_empty("entrance-first") && is_empty("entrance-last") {
            true => None,
            false => Some(span("entrance-first", "entrance-last")),
        },
        floors: span("floor-first", "floor-last"),
        doors: number("doors"),
    }
}
