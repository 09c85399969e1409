//! Service tokens: with which other systems come in, for a unit, in a role, for a purpose.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::identity::token::{self, Request, Scope};
use huiyin_domain::id::TokenId;
use huiyin_domain::person::Role;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};

use crate::visit::{Answer, Visit, html_as, see};

use super::choices;

#[derive(Template)]
#[template(path = "pages/admin/tokens.html")]
struct TokensPage<'a> {
    page: &'a Page,
    made: String,
    error: String,
    rows: Vec<Row>,
    name: String,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    scopes: Vec<Choice>,
}

struct Row {
    id: String,
    name: String,
    unit: String,
    scopes: String,
    since: String,
    until: String,
}

#[derive(Default)]
struct Back {
    status: StatusCode,
    made: String,
    error: String,
    typed: Form,
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, Back::default()).await
}

async fn draw(visit: &Visit, back: Back) -> Answer {
    let app = &visit.state.app;
    let held = token::list(app, &visit.actor).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let rows = held.into_iter().map(|token| {
        let unit = atlas.unit(token.unit);
        let unit = unit.map_or("", |unit| unit.names.in_lang(page.lang.as_str()));
        Row {
            id: token.id.to_string(),
            name: token.name,
            unit: format!(
                "{unit} · {}",
                page.t(&format!("role-{}", token.role.word()))
            ),
            scopes: scope_words(&page, &token.scopes),
            since: when.day_of(token.made_at),
            until: match (token.revoked_at, token.expires_at) {
                (Some(at), _) => format!("{} · {}", page.t("admin-token-revoked"), when.day_of(at)),
                (None, Some(at)) if at <= when.now => when.day_of(at),
                _ => String::new(),
            },
        }
    });
    let role = back.typed.text("role").to_owned();
    let drawn = TokensPage {
        rows: rows.collect(),
        name: back.typed.text("name").to_owned(),
        roles: roles(&page, &role),
        units: choices::units(&page, &atlas, &[back.typed.text("unit").to_owned()]),
        scopes: scopes(&page, &back.typed),
        made: back.made,
        error: back.error,
        page: &page,
    };
    html_as(back.status, &drawn)
}

fn scope_key(scope: &str) -> String {
    format!("admin-scope-{}", scope.replace(':', "-"))
}

fn scope_words(page: &Page, scopes: &[String]) -> String {
    let words = scopes
        .iter()
        .map(|scope| page.t(&scope_key(scope)).into_owned());
    words.collect::<Vec<_>>().join(&page.t("desk-and"))
}

/// A machine holds no administration.
fn roles(page: &Page, chosen: &str) -> Vec<Choice> {
    let roles = Role::ALL
        .into_iter()
        .filter(|role| !role.is_administrator());
    roles
        .map(|role| Choice {
            value: role.word().to_owned(),
            label: page.t(&format!("role-{}", role.word())).into_owned(),
            chosen: role.word() == chosen,
        })
        .collect()
}

fn scopes(page: &Page, typed: &Form) -> Vec<Choice> {
    let scopes = Scope::ALL.into_iter();
    scopes
        .map(|scope| Choice {
            value: scope.word().to_owned(),
            label: page.t(&scope_key(scope.word())).into_owned(),
            chosen: typed.all("scope").any(|chosen| chosen == scope.word()),
        })
        .collect()
}

/// Makes a token for a unit and shows it, this once.
pub async fn create(visit: Visit, form: Form) -> Answer {
    let app = &visit.state.app;
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
        return draw(&visit, back).await;
    };
    let request = Request {
        name: form.text("name").to_owned(),
        scopes: form
            .all("scope")
            .filter_map(|scope| scope.parse().ok())
            .collect(),
        unit: unit.id,
        role,
        place: unit.place.clone(),
        expires_at: None,
    };
    let back = match token::create(app, &visit.actor, request).await {
        Ok(made) => Back {
            made: made.token.reveal().to_owned(),
            ..Back::default()
        },
        Err(error) => {
            let page = visit.page();
            let (status, said) = saying::refused(&page, error)?;
            Back {
                status,
                error: said.text,
                typed: form,
                ..Back::default()
            }
        }
    };
    draw(&visit, back).await
}

pub async fn end(visit: Visit, Path(id): Path<TokenId>) -> Answer {
    token::revoke(&visit.state.app, &visit.actor, id).await?;
    Ok(flash::say(
        see("/admin/tokens"),
        Tone::Done,
        "token-ended",
        visit.transport(),
    ))
}
