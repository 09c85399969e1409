//! Somebody stands in for a member while they are away.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::teams::{call_off, look, stand_in};
use huiyin_domain::id::{SubstituteId, TeamMemberId};
use jiff::ToSpan;

use super::member::Whose;
use super::{card_of, colleague_choices};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, own_path, see};

#[derive(Template)]
#[template(path = "pages/desk/teams/stand_in.html")]
struct StandInPage<'a> {
    page: &'a Page,
    whose: Whose,
    id: SubstituteId,
    people: Vec<Choice>,
    typed: &'a Form,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(member): Path<TeamMemberId>) -> Answer {
    let today = visit.state.app.config.day(visit.state.now());
    let mut typed = Form::default();
    typed.put("from", [today.to_string()]);
    typed.put("until", [today.saturating_add(6.days()).to_string()]);
    draw(&visit, member, &typed, Wrong::default()).await
}

async fn draw(visit: &Visit, id: TeamMemberId, typed: &Form, wrong: Wrong) -> Answer {
    let app = &visit.state.app;
    let (member, people) = look::member(app, &visit.actor, id).await?;
    let page = visit.page();
    let status = wrong.status;
    let drawn = StandInPage {
        whose: Whose::of(visit, &page, &member).await?,
        id: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| SubstituteId::from_raw(app.mint())),
        people: colleague_choices(&people, typed.text("person"), Some(&member)),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn begin(visit: Visit, Path(member): Path<TeamMemberId>, form: Form) -> Answer {
    let begun = match read(&form, member)? {
        Ok(request) => stand_in::stand_in(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    match begun {
        Ok(()) => {
            let (found, _) = look::member(&visit.state.app, &visit.actor, member).await?;
            let whose = Whose::of(&visit, &visit.page(), &found).await?;
            Ok(flash::say(
                see(&whose.team),
                Tone::Done,
                "team-stands-in",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, member, &form, wrong).await
        }
    }
}

/// What was asked for, or what is missing of it.
fn read(form: &Form, member: TeamMemberId) -> Result<Result<stand_in::Request, Refusal>, Problem> {
    let id = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    let Ok(person) = form.text("person").parse() else {
        return Ok(Err(Refusal::field("person", "fault-required")));
    };
    let Ok(from) = form.text("from").parse() else {
        return Ok(Err(Refusal::field("from", "fault-required")));
    };
    let Ok(until) = form.text("until").parse() else {
        return Ok(Err(Refusal::field("until", "fault-required")));
    };
    Ok(Ok(stand_in::Request {
        id,
        member,
        person,
        card: card_of(form),
        from,
        until,
    }))
}

/// Ends it before its time.
pub async fn end(visit: Visit, Path(id): Path<SubstituteId>, form: Form) -> Answer {
    call_off::call_off(&visit.state.app, &visit.actor, id).await?;
    Ok(flash::say(
        see(own_path(form.text("back"))),
        Tone::Done,
        "team-stand-in-ended",
        visit.transport(),
    ))
}
