//! Interest groups at the desk: what waits to be registered, and one with the names of those in
//! it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::associations::look::{self, By, Line};
use huiyin_app::associations::register::{self, Decision};
use huiyin_domain::association::GroupState;
use huiyin_domain::id::AssociationId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::resident::groups::{Row, row};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/associations.html")]
struct ListPage<'a> {
    page: &'a Page,
    is_empty: bool,
    parts: Vec<(String, Vec<Card>)>,
}

struct Card {
    href: String,
    name: String,
    interest: String,
    place: String,
    count: i64,
}

pub async fn list(visit: Visit) -> Answer {
    let lines = look::kept(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let part = |key: &str, holds: &dyn Fn(GroupState) -> bool| {
        let lines = lines.iter().filter(|line| holds(line.group.state));
        let cards = lines.map(|line| card(&page, line)).collect();
        (page.t(key).into_owned(), cards)
    };
    html(&ListPage {
        is_empty: lines.is_empty(),
        parts: vec![
            part("desk-groups-waiting", &|state| state == GroupState::Asked),
            part("desk-groups-alive", &|state| {
                state == GroupState::Registered
            }),
            part("desk-groups-over", &|state| !state.is_alive()),
        ],
        page: &page,
    })
}

fn card(page: &Page, line: &Line) -> Card {
    Card {
        href: format!("/desk/associations/{}", line.group.id),
        name: line.group.name.clone(),
        interest: page
            .t(&format!("interest-{}", line.group.interest.word()))
            .into_owned(),
        place: line.place.in_lang(page.lang.as_str()).to_owned(),
        count: line.count,
    }
}

#[derive(Template)]
#[template(path = "pages/desk/association.html")]
struct GroupPage<'a> {
    page: &'a Page,
    id: String,
    name: String,
    about: String,
    facts: Vec<(String, String)>,
    members: Vec<Row>,
    waits: bool,
    is_registered: bool,
    /// Why it is declined, as it was typed.
    reason: String,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(id): Path<AssociationId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: AssociationId, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::inside(&visit.state.app, &visit.actor, id, By::Desk).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let line = &found.page.line;
    let group = &line.group;
    let said = |key: String| page.t(&key).into_owned();
    let facts = [
        (
            "group-interest",
            said(format!("interest-{}", group.interest.word())),
        ),
        ("group-meets", group.meets.clone()),
        (
            "group-place",
            line.place.in_lang(page.lang.as_str()).to_owned(),
        ),
        (
            "group-entry",
            said(format!("group-entry-{}", group.entry.word())),
        ),
        ("group-since", when.day_of(group.made_at)),
    ];
    let facts = facts.into_iter();
    let status = wrong.status;
    let drawn = GroupPage {
        id: id.to_string(),
        name: group.name.clone(),
        about: group.about.clone(),
        facts: facts
            .map(|(key, text)| (page.t(key).into_owned(), text))
            .collect(),
        members: found.members.iter().map(|one| row(&when, one)).collect(),
        waits: group.state == GroupState::Asked,
        is_registered: group.state == GroupState::Registered,
        reason: typed.text("reason").to_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Registers, declines or closes it, as the button says.
pub async fn decide(visit: Visit, Path(id): Path<AssociationId>, form: Form) -> Answer {
    let decided = match form.text("decision") {
        "registered" => Ok((Decision::Registered, "group-registered")),
        "declined" => {
            let reason = form.text("reason").to_owned();
            Ok((Decision::Declined(reason), "group-declined"))
        }
        "closed" if form.get("sure").is_some() => Ok((Decision::Closed, "group-closed")),
        "closed" => Err(Refusal::field("sure", "fault-sure")),
        _ => Err(Refusal::field("decision", "fault-not-choice")),
    };
    let done = match decided {
        Ok((decision, word)) => {
            let (app, actor) = (&visit.state.app, &visit.actor);
            let done = register::register(app, actor, id, decision).await;
            done.map(|()| word)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(word) => {
            let answer = see("/desk/associations");
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}
