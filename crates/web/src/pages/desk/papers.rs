//! The receipt for the papers of an errand: which were handed over, where each is, what came
//! back. For the person by their code, and for the desk; printed, both sign it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::cases::read;
use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_domain::id::CaseId;

use super::case_papers::Papers;
use super::case_view::{Head, Letter, Line};
use super::show;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/papers.html")]
struct PapersPage<'a> {
    page: &'a Page,
    head: Head,
    procedure: String,
    authority: Vec<Line>,
    papers: Papers,
    printed: String,
}

/// For the desk.
pub async fn print(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    let actor = visit.actor.clone();
    draw(&visit, &actor, case).await
}

/// For whoever asked for the errand.
pub async fn own(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    let actor = visit.acting_on(case);
    draw(&visit, &actor, case).await
}

async fn draw(visit: &Visit, actor: &Actor, case: CaseId) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let case = read::read(app, actor, case).await?;
    let errand = case.errand.as_ref().ok_or(Problem::NotFound)?;
    let atlas = app.atlas_now().await?;
    let when = show::when(visit, &page);
    let letter = Letter {
        page: &page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor,
    };
    let slug = &case.kind.slug;
    let authority = ["signed_name", "scope", "until"]
        .iter()
        .filter_map(|field| {
            let value: &Value = case.values.get(*field)?;
            let text = letter.text_of(&case.kind, field, value)?;
            Some(Line::new(show::field_word(&page, slug, field), text))
        });
    let drawn = PapersPage {
        head: letter.head(),
        procedure: errand
            .procedure
            .names
            .in_lang(page.lang.as_str())
            .to_owned(),
        authority: authority.collect(),
        papers: letter.papers(),
        printed: when.moment(app.now()),
        page: &page,
    };
    html(&drawn)
}
