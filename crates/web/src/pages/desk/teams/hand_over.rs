//! A member leaves: what goes over, and who has it then.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::teams::hand_over::{self, To};
use huiyin_app::teams::{Newcomer, look};
use huiyin_domain::id::TeamMemberId;

use super::member::Whose;
use super::{card_of, colleague_choices, whom_of};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/teams/hand_over.html")]
struct HandOverPage<'a> {
    page: &'a Page,
    whose: Whose,
    /// The id of whoever comes.
    next: TeamMemberId,
    goes: Vec<String>,
    ways: Vec<Choice>,
    people: Vec<Choice>,
    /// Whether somebody without an account can come.
    can_be_named: bool,
    typed: &'a Form,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(id): Path<TeamMemberId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: TeamMemberId, typed: &Form, wrong: Wrong) -> Answer {
    let app = &visit.state.app;
    let (member, people) = look::member(app, &visit.actor, id).await?;
    let bundle = hand_over::bundle(app, &visit.actor, id).await?;
    let page = visit.page();
    let mut goes = vec![page.t("team-goes-card").into_owned()];
    if let Some(bundle) = bundle {
        let told = |key, count| page.tn(key, "count", count).into_owned();
        goes.push(page.t("team-goes-post").into_owned());
        goes.push(told("team-goes-cases", bundle.cases));
        if bundle.shifts > 0 {
            goes.push(told("team-goes-shifts", bundle.shifts));
        }
    }
    let last = match member.function.must_be_kept() {
        true => "community",
        false => "nobody",
    };
    let asked = match typed.text("to") {
        "" => "successor",
        asked => asked,
    };
    let way = |word: &str| Choice {
        value: word.to_owned(),
        label: page.t(&format!("team-to-{word}")).into_owned(),
        chosen: asked == word,
    };
    let status = wrong.status;
    let drawn = HandOverPage {
        whose: Whose::of(visit, &page, &member).await?,
        next: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| TeamMemberId::from_raw(app.mint())),
        goes,
        ways: ["successor", last].map(way).into(),
        people: colleague_choices(&people, typed.text("person"), Some(&member)),
        can_be_named: member.function.role().is_none(),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn give(visit: Visit, Path(id): Path<TeamMemberId>, form: Form) -> Answer {
    let given = match to(&form)? {
        Some(to) => hand_over::hand_over(&visit.state.app, &visit.actor, id, to).await,
        None => Err(Refusal::field("to", "fault-required").into()),
    };
    match given {
        Ok(()) => {
            let (member, _) = look::member(&visit.state.app, &visit.actor, id).await?;
            let whose = Whose::of(&visit, &visit.page(), &member).await?;
            Ok(flash::say(
                see(&whose.team),
                Tone::Done,
                "team-handed-over",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}

/// Who has it then; none when nothing was said.
fn to(form: &Form) -> Result<Option<To>, Problem> {
    Ok(match form.text("to") {
        "successor" => Some(To::Successor(Newcomer {
            id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
            whom: whom_of(form)?,
            card: card_of(form),
        })),
        "community" => Some(To::Community),
        "nobody" => Some(To::Nobody),
        _ => None,
    })
}
