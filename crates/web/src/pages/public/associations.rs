//! Interest groups: the list, and one with how the reader stands with it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::associations::look::{self, COUNT_SHOWN_MIN, Line, Page as Found};
use huiyin_app::associations::{join, leave};
use huiyin_app::limits::Purpose;
use huiyin_domain::association::{Entry, GroupState, Standing};
use huiyin_domain::id::AssociationId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts::{self, ActivityCard};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/associations.html")]
struct ListPage<'a> {
    page: &'a Page,
    text: String,
    place: String,
    places: Vec<(String, String)>,
    own: Vec<(String, String)>,
    cards: Vec<Card>,
    next: String,
}

struct Card {
    href: String,
    name: String,
    interest: String,
    place: String,
    meets: String,
    count: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let (place, places) = super::wall::place_of(&visit, &query, page.lang.as_str()).await?;
    let after = query.get("after").and_then(|after| after.parse().ok());
    let (lines, next) = look::list(&visit.state.app, place.clone(), after).await?;
    let own = match visit.visitor {
        Some(_) => look::mine(&visit.state.app, &visit.actor).await?,
        None => Vec::new(),
    };
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let own = own.into_iter().filter(|(group, _)| group.state.is_alive());
    html(&ListPage {
        text: query.text("text").to_owned(),
        places,
        own: own
            .map(|(group, _)| (format!("/associations/{}", group.id), group.name))
            .collect(),
        cards: lines.iter().map(|line| card(&page, line)).collect(),
        next: next.map_or_else(String::new, |next| {
            format!("/associations?place={place}&after={next}")
        }),
        place,
        page: &page,
    })
}

fn card(page: &Page, line: &Line) -> Card {
    let group = &line.group;
    Card {
        href: format!("/associations/{}", group.id),
        name: group.name.clone(),
        interest: interest(page, line),
        place: line.place.in_lang(page.lang.as_str()).to_owned(),
        meets: group.meets.clone(),
        count: count(page, line),
    }
}

fn interest(page: &Page, line: &Line) -> String {
    let key = format!("interest-{}", line.group.interest.word());
    page.t(&key).into_owned()
}

/// How many are in it, unless that would speak of too few.
fn count(page: &Page, line: &Line) -> String {
    match line.count {
        few if few < COUNT_SHOWN_MIN => page.t("group-count-few").into_owned(),
        count => page.tn("group-count", "count", count).into_owned(),
    }
}

#[derive(Template)]
#[template(path = "pages/public/association.html")]
struct GroupPage<'a> {
    page: &'a Page,
    id: String,
    name: String,
    interest: String,
    about: String,
    facts: Vec<(String, String)>,
    activities: Vec<ActivityCard>,
    stand: Stand,
    asks: bool,
    says: String,
    wrong: Wrong,
}

/// How the reader stands with it, and so what they may do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    SignIn,
    MayJoin,
    Asked,
    Member,
    Leader,
    /// They began it, and nobody has registered it yet.
    Waits,
}

pub async fn show(visit: Visit, Path(id): Path<AssociationId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: AssociationId, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::show(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let group = &found.line.group;
    let activities = found.activities.iter().map(|activity| ActivityCard {
        href: format!("/activities/{}", activity.id),
        title: activity.title.clone(),
        when: parts::span(&when, activity.starts_at, activity.ends_at),
        place: String::new(),
        seats: match activity.cancelled_at {
            Some(_) => page.t("activity-is-off").into_owned(),
            None => String::new(),
        },
        tone: "late",
        sign: "ban",
    });
    let status = wrong.status;
    let drawn = GroupPage {
        id: id.to_string(),
        name: group.name.clone(),
        interest: interest(&page, &found.line),
        about: group.about.clone(),
        facts: facts(&page, &found.line),
        activities: activities.collect(),
        stand: stand(visit, &found),
        asks: group.entry == Entry::Asked,
        says: typed.text("says").to_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn stand(visit: &Visit, found: &Found) -> Stand {
    match (found.line.group.state, found.own) {
        (GroupState::Asked, _) => Stand::Waits,
        (_, Some(Standing::Leader)) => Stand::Leader,
        (_, Some(Standing::Member)) => Stand::Member,
        (_, Some(Standing::Asked)) => Stand::Asked,
        (_, None) if visit.visitor.is_some() => Stand::MayJoin,
        (_, None) => Stand::SignIn,
    }
}

fn facts(page: &Page, line: &Line) -> Vec<(String, String)> {
    let group = &line.group;
    let entry = format!("group-entry-{}", group.entry.word());
    let place = line.place.in_lang(page.lang.as_str()).to_owned();
    let facts = [
        ("group-meets", group.meets.clone()),
        ("group-place", place),
        ("group-entry", page.t(&entry).into_owned()),
        ("desk-group-count", count(page, line)),
    ];
    facts
        .into_iter()
        .map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}

pub async fn join(visit: Visit, Path(id): Path<AssociationId>, form: Form) -> Answer {
    let says = form.text("says").to_owned();
    let word = match join::join(&visit.state.app, &visit.actor, id, says).await {
        Ok(Standing::Asked) => "group-asked",
        Ok(_) => "group-joined",
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            return draw(&visit, id, &form, wrong).await;
        }
    };
    let answer = see(&format!("/associations/{id}"));
    Ok(flash::say(answer, Tone::Done, word, visit.transport()))
}

pub async fn leave(visit: Visit, Path(id): Path<AssociationId>, form: Form) -> Answer {
    match leave::leave(&visit.state.app, &visit.actor, id).await {
        Ok(()) => {
            let answer = see("/associations");
            let word = "group-left";
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}
