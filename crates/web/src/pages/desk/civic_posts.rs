//! Civic posts for the community that lists them: a new one, and the list in the order in which
//! they were listed.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::Refusal;
use huiyin_app::civic_posts::{list, put};
use huiyin_domain::id::CivicPostId;
use huiyin_domain::place::{Level, PlaceCode};
use jiff::ToSpan;
use jiff::civil::date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::public::civic_posts::{Sign, behind, fullness, term};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/civic_posts.html")]
struct ListPage<'a> {
    page: &'a Page,
    /// Whether the reader speaks for one community, and so can list one.
    can_list: bool,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    href: String,
    title: String,
    term: String,
    look: Sign,
    asked: String,
    rated: bool,
}

/// The community for which the reader speaks.
fn community(visit: &Visit) -> Option<PlaceCode> {
    let mut posts = visit.actor.posts.iter();
    posts.find_map(|post| post.place.at(Level::Community))
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let behind = behind(asked.text("after"))?;
    let found = list::desk(&visit.state.app, &visit.actor, behind).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let rows = found.rows.iter().map(|row| Row {
        href: format!("/desk/civic-posts/{}", row.civic_post.id),
        title: row.civic_post.title.clone(),
        term: term(&when, &row.civic_post),
        look: fullness(&page, &row.civic_post, row.held, today),
        asked: match row.asked {
            0 => String::new(),
            count => page.tn("civic-posts-asked", "count", count).into_owned(),
        },
        rated: row.civic_post.is_rated_on(today),
    });
    html(&ListPage {
        can_list: community(&visit).is_some(),
        rows: rows.collect(),
        older: found.next.map_or_else(String::new, |next| {
            format!("/desk/civic-posts?after={}_{}", next.place, next.id)
        }),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/civic_post_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: CivicPostId,
    typed: &'a Form,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    let today = visit.state.app.config.day(visit.state.now());
    let mut typed = Form::default();
    typed.put("seats", ["1".to_owned()]);
    typed.put("starts_on", [today.to_string()]);
    // To the end of the year, or of the next when this one is nearly over.
    let end = date(today.saturating_add(90.days()).year(), 12, 31);
    typed.put("ends_on", [end.to_string()]);
    draw(&visit, &typed, Wrong::default())
}

fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let status = wrong.status;
    let drawn = NewPage {
        id: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| CivicPostId::from_raw(visit.state.app.mint())),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Lists one.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let place = community(&visit).ok_or(Refusal::NotPermitted)?;
    let page = visit.page();
    let number = form.text("seats").trim().parse();
    let days = (form.text("starts_on").parse(), form.text("ends_on").parse());
    let (Ok(seats), (Ok(starts_on), Ok(ends_on))) = (number, days) else {
        let (field, key) = match form.text("seats").trim().parse::<i64>() {
            Err(_) => ("seats", "fault-civic-post-seats"),
            Ok(_) => ("ends_on", "fault-civic-post-term"),
        };
        let wrong = Wrong::of(&page, Refusal::field(field, key).into())?;
        return draw(&visit, &form, wrong);
    };
    let id: CivicPostId = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    let request = put::Request {
        id,
        place,
        title: form.text("title").to_owned(),
        duties: form.text("duties").to_owned(),
        seats,
        starts_on,
        ends_on,
    };
    match put::put(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(flash::say(
            see(&format!("/desk/civic-posts/{id}")),
            Tone::Done,
            "civic-post-listed",
            visit.transport(),
        )),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, &form, wrong)
        }
    }
}
