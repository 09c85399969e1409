//! One spot of a round: what was said of it, and the form in which it is said. The form is
//! filled in outdoors: it can be sent later, and twice, and counts once.

use askama::Template;
use axum::extract::Path;
use huiyin_app::atlas::Atlas;
use huiyin_app::rounds::answer::{self, Reply};
use huiyin_app::rounds::look::{self, At};
use huiyin_domain::id::{RoundId, SpotId};
use huiyin_domain::round::Mark;

use super::round::stop_chip;
use super::spot_form::{self, Forms, SpotForm};
use super::{RoundRow, place_word, round_row};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::tasks::Chip;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/rounds/spot.html")]
struct SpotPage<'a> {
    page: &'a Page,
    round: RoundRow,
    name: String,
    place: String,
    stands: Chip,
    is_seen: bool,
    spot: SpotForm,
    answers: Vec<AnswerView>,
    wrong: Wrong,
}

struct AnswerView {
    who: String,
    when: String,
    left_out_for: String,
    lines: Vec<SaidView>,
}

struct SaidView {
    check: String,
    mark: Chip,
    says: String,
    case: String,
}

pub async fn show(visit: Visit, Path(at): Path<(RoundId, SpotId)>) -> Answer {
    let found = look::at(&visit.state.app, &visit.actor, at).await?;
    draw(&visit, &found, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, found: &At, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let when = When::of(visit, &page);
    let atlas = visit.state.app.atlas_now().await?;
    let forms = Forms::of(visit, &page, (found.listed.round.id, &found.lines));
    let status = wrong.status;
    let drawn = SpotPage {
        round: round_row(&when, &found.listed, &found.places, found.day),
        name: found.stop.names.in_lang(page.lang.as_str()).to_owned(),
        place: place_word(&page, &found.stop.place, &found.places),
        stands: stop_chip(&page, &found.stop),
        is_seen: found.stop.settled_at.is_some(),
        spot: forms.draw(visit, (&found.stop, Some(&found.known)), (typed, &wrong)),
        answers: found
            .answers
            .iter()
            .map(|one| answer_view(&when, &atlas, (found, one)))
            .collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn answer_view(when: &When<'_>, atlas: &Atlas, (found, one): (&At, &look::Answer)) -> AnswerView {
    let page = when.page;
    let lang = page.lang.as_str();
    let marks = one.marks.clone().unwrap_or_default();
    let lines = found.lines.iter().filter_map(|line| {
        let seen = marks.get(&line.code)?;
        Some(SaidView {
            check: line.check.in_lang(lang).to_owned(),
            mark: mark_chip(page, seen.mark),
            says: seen.says.clone(),
            case: seen
                .case
                .map(|case| format!("/desk/cases/{case}"))
                .unwrap_or_default(),
        })
    });
    AnswerView {
        who: atlas
            .unit(one.unit)
            .map(|unit| unit.names.in_lang(lang).to_owned())
            .unwrap_or_default(),
        when: when.moment(one.at),
        left_out_for: one.left_out_for.clone().unwrap_or_default(),
        lines: lines.collect(),
    }
}

fn mark_chip(page: &Page, mark: Mark) -> Chip {
    let (tone, sign) = match mark {
        Mark::Ok => ("done", "check"),
        Mark::NotOk => ("late", "alert-triangle"),
        Mark::None => ("quiet", "eye-off"),
    };
    Chip {
        tone,
        sign,
        word: page.t(&format!("round-mark-{}", mark.word())).into_owned(),
    }
}

pub async fn tell(
    visit: Visit,
    Path((round, spot)): Path<(RoundId, SpotId)>,
    mut form: Form,
) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    // Before photos are drawn, which takes long, it is asked whether the spot is theirs.
    let found = look::at(app, actor, (round, spot)).await?;
    let said = spot_form::read(&visit, (round, spot, &found.lines), &mut form).await;
    let done = match said {
        Ok(request) => answer::answer(app, actor, request).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(reply) => {
            let to = see(&format!("/desk/rounds/{round}"));
            Ok(flash::say(
                to,
                Tone::Done,
                said_of(reply),
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &found, &form.typed(), wrong).await
        }
    }
}

fn said_of(reply: Reply) -> &'static str {
    match (reply.opened, reply.next) {
        (0, Some(_)) => "round-spot-kept",
        (0, None) => "round-walked",
        (_, Some(_)) => "round-fault-kept",
        (_, None) => "round-walked-faults",
    }
}
