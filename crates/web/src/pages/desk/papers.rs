//! The receipt for the papers of an errand: which were handed over, where each is, what came
//! back. For the person by their code, and for the desk; printed, both sign it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::cases::read;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{FieldType, Kind, Step};
use huiyin_domain::id::CaseId;
use huiyin_domain::procedure::Move;

use super::case_papers::Papers;
use super::case_photos::Signed;
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
    signed: Vec<Signed>,
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
    let asked = said_at_the_door(&case.kind).into_iter();
    let authority = asked.filter_map(|field| {
        let value = case.values.get(field)?;
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
        signed: letter.signed(),
        printed: when.moment(app.now()),
        page: &page,
    };
    html(&drawn)
}

/// What is asked when papers are handed over, but for the papers themselves, photographs, and what
/// is signed.
fn said_at_the_door(kind: &Kind) -> Vec<&str> {
    let takes = |step: &&Step| {
        let mut moves = step
            .effects
            .iter()
            .filter_map(|effect| effect.what.papers());
        moves.any(|(_, what)| what == Move::HandOver)
    };
    let asked = kind
        .steps
        .iter()
        .filter(takes)
        .flat_map(|step| &step.fields);
    let mut fields = Vec::new();
    for field in asked.filter_map(|asked| kind.field(&asked.field)) {
        let is_text = !matches!(field.kind, FieldType::Papers(_) | FieldType::Photos(_))
            && kind.signature_of(&field.name).is_none();
        if is_text && !fields.contains(&field.name.as_str()) {
            fields.push(field.name.as_str());
        }
    }
    fields
}
