//! The notice to whoever has to mend what was found: what, where, what is demanded, by which
//! day. Printed; both sides sign it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::cases::read::{self, EntryView};
use huiyin_domain::case::{Effect, Kind, Step, Values};
use huiyin_domain::id::CaseId;

use super::case_photos::Signed;
use super::case_view::{Head, Letter, Line};
use super::show;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/mending.html")]
struct NoticePage<'a> {
    page: &'a Page,
    head: Head,
    prose: Vec<String>,
    place: Line,
    spot: String,
    owner: String,
    /// What was demanded, and of whom.
    demanded: Vec<Line>,
    signed: Vec<Signed>,
    printed: String,
}

/// Whether there is such a notice: a day was set by which it has to be mended.
pub(super) fn is_there(kind: &Kind, values: &Values) -> bool {
    kind.finding.is_some() && demanded(kind).any(|field| values.contains_key(field))
}

fn sets_a_day(step: &Step) -> bool {
    let mut effects = step.effects.iter();
    effects.any(|effect| matches!(effect.what, Effect::Promise(_)))
}

/// What was written since the last demand: who signed for an earlier one has not signed for this.
fn since_demanded(entries: &[EntryView]) -> &[EntryView] {
    let demands = |entry: &EntryView| entry.kind.step(&entry.step).is_some_and(sets_a_day);
    let last = entries.iter().rposition(demands);
    &entries[last.unwrap_or_default()..]
}

/// The fields of the steps that set a day.
fn demanded(kind: &Kind) -> impl Iterator<Item = &str> {
    // The first of them: whoever instructs later demands the same things.
    let step = kind.steps.iter().find(|step| sets_a_day(step));
    let asked = step.into_iter().flat_map(|step| &step.fields);
    asked.map(|asked| asked.field.as_str())
}

pub async fn print(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let case = read::read(app, &visit.actor, case).await?;
    let finding = case.kind.finding.as_ref().ok_or(Problem::NotFound)?;
    if !is_there(&case.kind, &case.values) {
        return Err(Problem::NotFound);
    }
    let atlas = app.atlas_now().await?;
    let when = show::when(&visit, &page);
    let letter = Letter {
        page: &page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor: &visit.actor,
    };
    let (kind, slug) = (&case.kind, &case.kind.slug);
    let line = |field: &str| {
        let text = letter.text_of(kind, field, case.values.get(field)?)?;
        Some(Line::new(show::field_word(&page, slug, field), text))
    };
    let mut head = letter.head();
    if let Some(weight) = line(&finding.weight) {
        head.kind = format!("{} · {}", head.kind, weight.text);
    }
    html(&NoticePage {
        prose: letter.prose(),
        place: letter.place(),
        spot: line(&finding.spot)
            .map(|spot| spot.text)
            .unwrap_or_default(),
        owner: letter.owner(),
        demanded: demanded(kind).filter_map(line).collect(),
        signed: letter.signed_in(since_demanded(&case.entries)),
        printed: when.moment(app.now()),
        head,
        page: &page,
    })
}
