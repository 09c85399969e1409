//! What somebody who offered to help is asked: one tap says yes, one says no.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::proposals::own::{self, Reply};
use huiyin_app::proposals::{accept, decline};
use huiyin_domain::id::ProposalId;
use huiyin_domain::proposal::DeclineReason;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::show;
use crate::pages::reason_words;
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const PATH: &str = "/my/proposals";

#[derive(Template)]
#[template(path = "pages/resident/proposals.html")]
struct ProposalsPage<'a> {
    page: &'a Page,
    /// Whether they offer to help at all.
    offers: bool,
    rows: Vec<Row>,
    refused: Option<&'a Refused>,
}

struct Row {
    id: String,
    case: String,
    title: String,
    kind: String,
    place: String,
    why: String,
    by: String,
    /// Words of the reasons for which somebody may decline, with what the button says.
    reasons: Vec<(&'static str, String)>,
}

pub async fn show(visit: Visit) -> Answer {
    page(&visit, None).await
}

async fn page(visit: &Visit, refused: Option<&Refused>) -> Answer {
    let found = own::list(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let drawn = ProposalsPage {
        offers: found.volunteers,
        rows: rows(visit, &page, &found),
        page: &page,
        refused,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &drawn,
    )
}

fn rows(visit: &Visit, page: &Page, found: &Reply) -> Vec<Row> {
    let when = When::of(visit, page);
    let reason = |why: &DeclineReason| {
        let key = format!("proposals-no-{}", why.word());
        (why.word(), page.t(&key).into_owned())
    };
    let row = |line: &own::Line| Row {
        id: line.id.to_string(),
        case: line.case.to_string(),
        title: line.title.clone(),
        kind: show::kind_word(page, &line.kind),
        place: show::place_word(page, &line.place, |code| found.places.get(code)),
        why: reason_words::sentence(page, &line.reasons, &found.skills),
        by: page
            .ts("proposals-answer-by", "when", &when.moment(line.answer_by))
            .into_owned(),
        reasons: DeclineReason::ALL.iter().map(reason).collect(),
    };
    found.lines.iter().map(row).collect()
}

/// Says yes: from now on it is theirs.
pub async fn accept(visit: Visit, Path(id): Path<ProposalId>) -> Answer {
    match accept::accept(&visit.state.app, &visit.actor, id).await {
        Ok(case) => {
            let to = see(&format!("/my/{case}"));
            Ok(flash::say(to, Tone::Done, "helping", visit.transport()))
        }
        Err(error) => refuse(&visit, error).await,
    }
}

/// Says no, with or without a reason.
pub async fn decline(visit: Visit, Path(id): Path<ProposalId>, form: Form) -> Answer {
    let why = match form.text("why") {
        "" => None,
        word => Some(word.parse().map_err(|()| Problem::Malformed)?),
    };
    match decline::decline(&visit.state.app, &visit.actor, id, why).await {
        Ok(()) => {
            let to = see(PATH);
            let word = "proposal-declined";
            Ok(flash::say(to, Tone::Info, word, visit.transport()))
        }
        Err(error) => refuse(&visit, error).await,
    }
}

/// The page as it is now, with why it could not be done.
async fn refuse(visit: &Visit, error: Error) -> Answer {
    let refused = problem::refused(&visit.page(), error)?;
    page(visit, Some(&refused)).await
}
