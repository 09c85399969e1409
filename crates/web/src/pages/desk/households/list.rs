//! The doors of a place on one page that a phone keeps: a door can be added and a contact written
//! down where there is no signal. That a contact was left is seen, the contact never.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use huiyin_app::households::list::{self, Line, Listing};
use huiyin_app::households::{add, export, leave_contact};
use huiyin_app::places::look;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, Thing, may};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;

use super::own::PlaceRow;
use super::{agreed, place_word};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

/// Which of the two forms came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Neither,
    Add,
    Leave,
}

#[derive(Template)]
#[template(path = "pages/desk/households/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    code: String,
    name: String,
    path: Vec<(String, String)>,
    count: String,
    groups: Vec<Group>,
    /// Where the next page begins; empty on the last.
    more: String,
    is_first: bool,
    inside: Vec<PlaceRow>,
    asked_again: Vec<Row>,
    may_keep: bool,
    may_leave: bool,
    add: AddForm,
    leave: LeaveForm,
}

/// Doors that lie in one place.
struct Group {
    /// Empty for the place of the page.
    place: String,
    rows: Vec<Row>,
}

/// A door in the list.
pub struct Row {
    pub href: String,
    pub door: String,
    /// Where it lies, when that is not the place of the page.
    pub place: String,
    pub closed: bool,
    /// The day until which its contact is kept; empty when none was left.
    pub kept: String,
}

struct AddForm {
    id: String,
    places: Vec<Choice>,
    door: String,
    contact: String,
    agreed: bool,
    open: bool,
    wrong: Wrong,
}

struct LeaveForm {
    doors: Vec<Choice>,
    contact: String,
    agreed: bool,
    open: bool,
    wrong: Wrong,
}

/// A form that comes back, with what is wrong with it.
#[derive(Default)]
struct Back {
    at: At,
    typed: Form,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(place): Path<PlaceCode>, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let after = asked.text("after").parse().ok();
    draw(&visit, (place, after), Back::default()).await
}

async fn draw(
    visit: &Visit,
    (place, after): (PlaceCode, Option<HouseholdId>),
    back: Back,
) -> Answer {
    let app = &visit.state.app;
    let found = list::list(app, &visit.actor, (place.clone(), after)).await?;
    let around = look::path(app, place.clone()).await?;
    let around = around.ok_or(Problem::NotFound)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let when = When::of(visit, &page);
    let standing = Thing::lying_in(&place);
    let may_do = |action| may(&visit.actor, action, Some(&standing));
    let status = back.wrong.status;
    let crumbs = around.path.iter().filter(|wider| {
        let standing = Thing::lying_in(&wider.code);
        may(&visit.actor, Action::HouseholdsRead, Some(&standing))
    });
    let path = crumbs.map(|wider| {
        let name = wider.names.in_lang(lang).to_owned();
        (format!("/desk/households/{}", wider.code), name)
    });
    let path = path.collect();
    let more = found
        .more
        .map(|last| format!("/desk/households/{place}?after={last}"));
    let (add, leave) = forms(visit, &page, &found, back);
    let drawn = ListPage {
        name: found.place.names.in_lang(lang).to_owned(),
        path,
        count: page
            .tn("households-about-count", "count", found.count)
            .into_owned(),
        groups: groups(rows(&when, &found, &found.lines)),
        more: more.unwrap_or_default(),
        is_first: after.is_none(),
        inside: inside(&page, &found),
        asked_again: rows(&when, &found, &found.asked_again),
        may_keep: may_do(Action::HouseholdsKeep) && !found.for_a_door.is_empty(),
        may_leave: may_do(Action::HouseholdsContact),
        code: place.to_string(),
        add,
        leave,
        page: &page,
    };
    html_as(status, &drawn)
}

fn rows(when: &When<'_>, found: &Listing, lines: &[Line]) -> Vec<Row> {
    let page = when.page;
    let row = |line: &Line| {
        let household = &line.household;
        let kept = line.kept_until.map(|until| when.day(until));
        Row {
            href: format!("/desk/household/{}", household.id),
            door: household.door.to_string(),
            place: match household.place == found.place.code {
                true => String::new(),
                false => place_word(page, &household.place, &found.names),
            },
            closed: household.closed_at.is_some(),
            kept: kept.unwrap_or_default(),
        }
    };
    lines.iter().map(row).collect()
}

/// The lines stand in the order of places.
fn groups(rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|group| group.place == row.place) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                place: row.place.clone(),
                rows: vec![row],
            }),
        }
    }
    groups
}

fn inside(page: &Page, found: &Listing) -> Vec<PlaceRow> {
    let row = |(place, count): &(huiyin_domain::place::Place, i64)| PlaceRow {
        href: format!("/desk/households/{}", place.code),
        name: place.names.in_lang(page.lang.as_str()).to_owned(),
        doors: page.tn("households-count", "count", *count).into_owned(),
    };
    found.inside.iter().map(row).collect()
}

/// Both forms, the one that came back filled in.
fn forms(visit: &Visit, page: &Page, found: &Listing, back: Back) -> (AddForm, LeaveForm) {
    let (mut adding, mut leaving) = (Back::default(), Back::default());
    match back.at {
        At::Neither => {}
        At::Add => adding = back,
        At::Leave => leaving = back,
    }
    let lang = page.lang.as_str();
    let depth = |code: &PlaceCode| code.level() as usize - found.place.code.level() as usize;
    let place = |place: &huiyin_domain::place::Place| Choice {
        value: place.code.to_string(),
        // What lies in a place stands a step to the right of it.
        label: format!(
            "{}{}",
            "\u{3000}".repeat(depth(&place.code)),
            place.names.in_lang(lang)
        ),
        chosen: adding.typed.text("place") == place.code.as_str(),
    };
    let open = found
        .lines
        .iter()
        .filter(|line| line.household.closed_at.is_none());
    let door = |line: &Line| {
        let household = &line.household;
        let around = match household.place == found.place.code {
            true => String::new(),
            false => format!(" · {}", place_word(page, &household.place, &found.names)),
        };
        Choice {
            value: household.id.to_string(),
            label: format!("{}{around}", household.door),
            chosen: leaving.typed.text("household") == household.id.to_string(),
        }
    };
    let add = AddForm {
        id: match adding.typed.text("id") {
            "" => HouseholdId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        places: found.for_a_door.iter().map(place).collect(),
        door: adding.typed.text("door").to_owned(),
        contact: adding.typed.text("contact").to_owned(),
        agreed: adding.typed.text("agreed") == "yes",
        open: adding.at == At::Add || found.lines.is_empty(),
        wrong: adding.wrong,
    };
    let leave = LeaveForm {
        doors: open.map(door).collect(),
        contact: leaving.typed.text("contact").to_owned(),
        agreed: leaving.typed.text("agreed") == "yes",
        open: leaving.at == At::Leave,
        wrong: leaving.wrong,
    };
    (add, leave)
}

pub async fn add(visit: Visit, Path(place): Path<PlaceCode>, form: Form) -> Answer {
    let done = match request(&form) {
        Ok(request) => add::add(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    let done = done.map(|_| "household-added");
    after(&visit, place, (At::Add, form, done)).await
}

fn request(form: &Form) -> Result<add::Request, Refusal> {
    let id = form.text("id").parse();
    let place = form.text("place").parse();
    Ok(add::Request {
        id: id.map_err(|_| Refusal::field("door", "fault-form-old"))?,
        place: place.map_err(|_| Refusal::field("place", "fault-required"))?,
        door: form.text("door").to_owned(),
        contact: form.text("contact").to_owned(),
        agreed: agreed(form),
    })
}

pub async fn leave(visit: Visit, Path(place): Path<PlaceCode>, form: Form) -> Answer {
    let done = match form.text("household").parse() {
        Ok(id) => {
            let request = leave_contact::Request {
                id,
                contact: form.text("contact").to_owned(),
                agreed: agreed(&form),
            };
            leave_contact::leave_contact(&visit.state.app, &visit.actor, request).await
        }
        Err(_) => Err(Refusal::field("household", "fault-required").into()),
    };
    let done = done.map(|()| "household-contact-left");
    after(&visit, place, (At::Leave, form, done)).await
}

async fn after(
    visit: &Visit,
    place: PlaceCode,
    (at, typed, done): (At, Form, Result<&'static str, Error>),
) -> Answer {
    match done {
        Ok(word) => {
            let to = see(&format!("/desk/households/{place}"));
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, (place, None), Back { at, typed, wrong }).await
        }
    }
}

/// The doors as a file that can be imported again.
pub async fn export(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let file = export::export(&visit.state.app, &visit.actor, place.clone()).await?;
    let disposition = format!("attachment; filename=\"doors-{place}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    // A spreadsheet reads Chinese signs when the file begins so.
    Ok((headers, format!("\u{feff}{file}")).into_response())
}
