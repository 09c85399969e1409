//! One person of the desk: posts with their dates, a new post, a link for the first
//! sign-in. The link is shown once and kept nowhere.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::identity::invite::{self, Invitation};
use huiyin_app::people::{list, post};
use huiyin_domain::id::{PersonId, PostId};
use huiyin_domain::person::{Post, Role};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::{choices, pick, units};

#[derive(Template)]
#[template(path = "pages/admin/person.html")]
struct PersonPage<'a> {
    page: &'a Page,
    id: PersonId,
    name: String,
    error: String,
    link: String,
    posts: Vec<PostLine>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    /// The field in which a place is chosen, as HTML.
    place: String,
}

struct PostLine {
    id: String,
    role: String,
    unit: String,
    place: String,
    since: String,
    until: String,
}

/// What the page says besides, after something was tried.
#[derive(Default)]
struct Back {
    status: StatusCode,
    error: String,
    link: String,
    place_error: String,
    typed: Form,
}

pub async fn show(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    draw(&visit, person, Back::default()).await
}

async fn draw(visit: &Visit, id: PersonId, back: Back) -> Answer {
    let app = &visit.state.app;
    let list::Listed {
        person,
        posts: held,
    } = list::one(app, &visit.actor, id).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let mut posts = Vec::with_capacity(held.len());
    for post in &held {
        let unit = atlas.unit(post.unit);
        let unit = unit
            .map_or("", |unit| unit.names.in_lang(page.lang.as_str()))
            .to_owned();
        posts.push(post_line(visit, &page, post, unit).await?);
    }
    let role = back.typed.text("role");
    let asked = pick::Ask {
        help: "admin-post-place-help",
        required: false,
        ..pick::Ask::where_it_is(back.place_error)
    };
    let drawn = PersonPage {
        name: person.name,
        error: back.error,
        link: back.link,
        roles: Role::ALL
            .into_iter()
            .map(|known| Choice {
                value: known.word().to_owned(),
                label: page.t(&format!("role-{}", known.word())).into_owned(),
                chosen: known.word() == role,
            })
            .collect(),
        units: choices::units(&page, &atlas, &[back.typed.text("unit").to_owned()]),
        place: pick::draw(visit, &page, &back.typed, asked).await?,
        page: &page,
        posts,
        id,
    };
    html_as(back.status, &drawn)
}

async fn post_line(
    visit: &Visit,
    page: &Page,
    post: &Post,
    unit: String,
) -> Result<PostLine, Problem> {
    let when = show::when(visit, page);
    Ok(PostLine {
        id: post.id.to_string(),
        role: format!("role-{}", post.role.word()),
        place: units::place_name(visit, page, &post.place).await?,
        since: when.day_of(post.starts_at),
        until: post.ends_at.map(|at| when.day_of(at)).unwrap_or_default(),
        unit,
    })
}

/// Gives a post; without a place it is for the place of its unit.
pub async fn give(visit: Visit, Path(person): Path<PersonId>, mut form: Form) -> Answer {
    let app = &visit.state.app;
    if pick::settle(&mut form) {
        let back = Back {
            typed: form,
            ..Back::default()
        };
        return draw(&visit, person, back).await;
    }
    let atlas = app.atlas_now().await?;
    let unit = form
        .text("unit")
        .parse()
        .ok()
        .and_then(|unit| atlas.unit(unit));
    let (Some(unit), Ok(role)) = (unit, form.text("role").parse()) else {
        let back = Back {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            error: visit.page().t("admin-post-lacks").into_owned(),
            typed: form,
            ..Back::default()
        };
        return draw(&visit, person, back).await;
    };
    let place = match pick::picked(&form) {
        Ok(place) => place.unwrap_or_else(|| unit.place.clone()),
        Err(key) => {
            let back = Back {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                place_error: visit.page().t(key).into_owned(),
                typed: form,
                ..Back::default()
            };
            return draw(&visit, person, back).await;
        }
    };
    let given = post::NewPost {
        role,
        unit: unit.id,
        place,
        starts_at: None,
        ends_at: None,
    };
    match post::give(app, &visit.actor, person, given).await {
        Ok(_) => Ok(done(&visit, person, "post-given")),
        Err(error) => {
            let page = visit.page();
            let place_error = saying::fault(&page, &error, "place");
            let (status, said) = saying::refused(&page, error)?;
            let back = Back {
                status,
                error: said.text,
                place_error,
                typed: form,
                ..Back::default()
            };
            draw(&visit, person, back).await
        }
    }
}

pub async fn end(visit: Visit, Path((person, post)): Path<(PersonId, PostId)>) -> Answer {
    post::end(&visit.state.app, &visit.actor, post).await?;
    Ok(done(&visit, person, "post-ended"))
}

fn done(visit: &Visit, person: PersonId, word: &str) -> axum::response::Response {
    let answer = see(&format!("/admin/people/{person}"));
    flash::say(answer, Tone::Done, word, visit.transport())
}

/// Makes a link for the first sign-in and shows it, this once.
pub async fn invite(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    let invitation = invite::create(&visit.state.app, &visit.actor, person).await?;
    invited(&visit, person, &invitation).await
}

/// The page of somebody for whom a link was made.
pub async fn invited(visit: &Visit, person: PersonId, invitation: &Invitation) -> Answer {
    let token = invitation.token.reveal();
    let link = format!("{}/desk/invite/{token}", visit.origin);
    let back = Back {
        link,
        ..Back::default()
    };
    draw(visit, person, back).await
}
