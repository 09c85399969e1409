//! What comes back: whoever brought it in leaves one out, pauses, goes on, or ends it.

use axum::extract::Path;
use huiyin_app::series::change::{Change, change};
use huiyin_app::series::read::Series;
use huiyin_domain::id::CaseId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, see};
use crate::when::When;

/// What the page of a case says of its row.
pub(super) struct Row {
    pub sentence: String,
    pub next_on: String,
    pub state: State,
}

/// What can be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Comes,
    Paused,
    Ended,
}

impl Row {
    pub fn of(page: &Page, when: &When<'_>, row: &Series) -> Row {
        let state = match (row.ended_at, row.paused_at) {
            (Some(_), _) => State::Ended,
            (None, Some(_)) => State::Paused,
            (None, None) => State::Comes,
        };
        let key = match state {
            State::Comes => "series-comes",
            State::Paused => "series-paused",
            State::Ended => "series-ended",
        };
        let every = format!("series-every-{}", row.every.word());
        let every = page.t(&every);
        let args = [
            ("every", every.as_ref().into()),
            ("when", when.day(row.next_on).into()),
        ];
        Row {
            sentence: page.ta(key, &args).into_owned(),
            next_on: row.next_on.to_string(),
            state,
        }
    }

    pub fn comes(&self) -> bool {
        self.state == State::Comes
    }

    pub fn is_paused(&self) -> bool {
        self.state == State::Paused
    }
}

pub async fn turn(visit: Visit, Path(case): Path<CaseId>, form: Form) -> Answer {
    let wanted = match form.text("turn") {
        "skip" => form.text("day").parse().ok().map(Change::Skip),
        "pause" => Some(Change::Pause),
        "go-on" => Some(Change::GoOn),
        "end" => Some(Change::End),
        _ => None,
    };
    let wanted = wanted.ok_or(Problem::NotFound)?;
    change(&visit.state.app, &visit.acting_on(case), case, wanted).await?;
    let to = see(&format!("/my/{case}"));
    Ok(flash::say(to, Tone::Done, "noted", visit.transport()))
}
