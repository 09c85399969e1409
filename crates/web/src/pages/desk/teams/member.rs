//! One member of a team: what the card says of them, and the ways to somebody else.

use askama::Template;
use axum::extract::Path;
use huiyin_app::teams::{card, look};
use huiyin_domain::id::TeamMemberId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::team::Member;

use super::{card_of, function_word, name_word, team_page};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::PlaceWords;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/teams/member.html")]
struct MemberPage<'a> {
    page: &'a Page,
    whose: Whose,
    stand_in: String,
    hand_over: String,
    since: String,
    /// Whether somebody can stand in: whoever works here in a post.
    can_be_stood_in: bool,
    is_there: bool,
    phone: String,
    hours: String,
    agreed: bool,
    wrong: Wrong,
}

/// Of whom a page about one member speaks.
pub(super) struct Whose {
    pub id: TeamMemberId,
    pub name: String,
    pub function: String,
    pub place: String,
    pub team: String,
}

impl Whose {
    pub(super) async fn of(visit: &Visit, page: &Page, member: &Member) -> Result<Whose, Problem> {
        let place = PlaceWords::default().of(visit, page, &member.place).await?;
        Ok(Whose {
            id: member.id,
            name: name_word(page, &member.shown.name),
            function: function_word(page, member.function),
            place,
            team: team_page(&grid_of(&member.place)),
        })
    }
}

/// The grid in which a place lies.
fn grid_of(place: &PlaceCode) -> PlaceCode {
    place
        .at(huiyin_domain::place::Level::Grid)
        .unwrap_or_else(|| place.clone())
}

pub async fn show(visit: Visit, Path(id): Path<TeamMemberId>) -> Answer {
    draw(&visit, id, None, Wrong::default()).await
}

async fn draw(visit: &Visit, id: TeamMemberId, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let (member, _) = look::member(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let status = wrong.status;
    let said = |name: &str, kept: &str| match typed {
        Some(form) => form.text(name).to_owned(),
        None => kept.to_owned(),
    };
    let drawn = MemberPage {
        whose: Whose::of(visit, &page, &member).await?,
        stand_in: format!("/desk/team/{id}/stand-in"),
        hand_over: format!("/desk/team/{id}/hand-over"),
        since: page
            .ts("team-since", "day", &when.day_of(member.starts_at))
            .into_owned(),
        can_be_stood_in: member.function.role().is_some(),
        is_there: member.left.is_none(),
        phone: said("phone", &member.shown.phone),
        hours: said("hours", &member.shown.hours),
        agreed: match typed {
            Some(form) => form.get("agreed").is_some(),
            None => member.agreed_at.is_some(),
        },
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn change(visit: Visit, Path(id): Path<TeamMemberId>, form: Form) -> Answer {
    let changed = card::change(&visit.state.app, &visit.actor, id, card_of(&form)).await;
    match changed {
        Ok(()) => Ok(flash::say(
            see(&format!("/desk/team/{id}")),
            Tone::Done,
            "team-card-changed",
            visit.transport(),
        )),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, Some(&form), wrong).await
        }
    }
}
