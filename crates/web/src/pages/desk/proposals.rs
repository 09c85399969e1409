//! Who was asked about a case and why, and whom one could ask besides.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::proposals::by_hand;
use huiyin_app::proposals::of_case::{self, Line, Reply};
use huiyin_domain::id::CaseId;
use huiyin_domain::proposal::ProposalState;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::reason_words;
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html_as, see};

use super::show;

#[derive(Template)]
#[template(path = "pages/desk/proposals.html")]
struct ProposalsPage<'a> {
    page: &'a Page,
    case: CaseId,
    title: String,
    looks: bool,
    asked: Vec<Row>,
    could: Vec<Row>,
    refused: Option<&'a Refused>,
}

struct Row {
    volunteer: String,
    name: String,
    place: String,
    why: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
    when: String,
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    page(&visit, case, None).await
}

async fn page(visit: &Visit, case: CaseId, refused: Option<&Refused>) -> Answer {
    let found = of_case::list(&visit.state.app, &visit.actor, case).await?;
    let page = visit.page();
    let rows = |lines: &[Line]| -> Vec<Row> {
        let rows = lines.iter().map(|line| row(visit, &page, (&found, line)));
        rows.collect()
    };
    let drawn = ProposalsPage {
        case,
        looks: found.looks,
        asked: rows(&found.asked),
        could: rows(&found.could),
        title: found.title.clone(),
        page: &page,
        refused,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &drawn,
    )
}

fn row(visit: &Visit, page: &Page, (found, line): (&Reply, &Line)) -> Row {
    let when = show::when(visit, page);
    let asked = line.asked.as_ref();
    let state = asked.map_or(ProposalState::Open, |asked| asked.state);
    let (tone, sign) = match state {
        ProposalState::Open => ("wait", "hourglass"),
        ProposalState::Accepted { .. } => ("done", "circle-check"),
        ProposalState::Declined { .. } | ProposalState::Lapsed { .. } => ("quiet", "circle-x"),
    };
    let key = match state {
        ProposalState::Lapsed { why, .. } => format!("proposals-lapsed-{}", why.word()),
        other => format!("proposals-state-{}", other.word()),
    };
    Row {
        volunteer: line.volunteer.to_string(),
        name: line
            .name
            .clone()
            .unwrap_or_else(|| page.t("proposals-left").into_owned()),
        place: line.place.as_ref().map_or_else(String::new, |place| {
            show::place_word(page, place, |code| found.places.get(code))
        }),
        why: reason_words::sentence(page, &line.reasons, &found.skills),
        tone,
        sign,
        state: page.t(&key).into_owned(),
        when: asked.map_or_else(String::new, |asked| when.ago(asked.made_at)),
    }
}

/// Asks somebody by hand.
pub async fn ask(visit: Visit, Path(case): Path<CaseId>, form: Form) -> Answer {
    let volunteer = form.text("volunteer").parse();
    let volunteer = volunteer.map_err(|_| Problem::Malformed)?;
    let asked = by_hand::propose(&visit.state.app, &visit.actor, case, volunteer).await;
    match asked {
        Ok(()) => {
            let to = see(&format!("/desk/cases/{case}/proposals"));
            let word = "proposal-asked";
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => refuse(&visit, case, error).await,
    }
}

/// The page as it is now, with why nobody was asked.
async fn refuse(visit: &Visit, case: CaseId, error: Error) -> Answer {
    let refused = problem::refused(&visit.page(), error)?;
    page(visit, case, Some(&refused)).await
}
