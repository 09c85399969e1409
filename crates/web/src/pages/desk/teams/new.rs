//! Somebody joins the team: a colleague, or a neighbour without an account who agreed to it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::teams::look::{self, Spots};
use huiyin_app::teams::put::{self, put};
use huiyin_app::teams::{NAME_CHARS_MAX, Newcomer};
use huiyin_domain::id::TeamMemberId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::team::Function;

use super::{card_of, colleague_choices, function_word, spot_paths, team_page, whom_of};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/teams/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    code: PlaceCode,
    place: String,
    id: TeamMemberId,
    functions: Vec<Choice>,
    spots: Vec<Choice>,
    people: Vec<Choice>,
    typed: &'a Form,
    wrong: Wrong,
    name_max: usize,
}

pub async fn show(visit: Visit, Path(place): Path<PlaceCode>, RawQuery(query): RawQuery) -> Answer {
    let typed = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw(&visit, place, &typed, Wrong::default()).await
}

async fn draw(visit: &Visit, code: PlaceCode, typed: &Form, wrong: Wrong) -> Answer {
    let app = &visit.state.app;
    let (spots, people) = look::who_could(app, &visit.actor, code.clone()).await?;
    let page = visit.page();
    let function = |&one: &Function| Choice {
        value: one.word().to_owned(),
        label: function_word(&page, one),
        chosen: typed.text("function") == one.word(),
    };
    let status = wrong.status;
    let lang = page.lang.as_str();
    let own = spots.iter().find(|(spot, _)| *spot == code);
    let drawn = NewPage {
        place: own.map_or_else(String::new, |(_, names)| names.in_lang(lang).to_owned()),
        id: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| TeamMemberId::from_raw(app.mint())),
        functions: Function::ALL.iter().map(function).collect(),
        spots: spot_choices(&page, &spots, typed.text("at")),
        people: colleague_choices(&people, typed.text("person"), None),
        code,
        typed,
        wrong,
        name_max: NAME_CHARS_MAX,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Places told by where they lie in the grid.
fn spot_choices(page: &Page, spots: &Spots, chosen: &str) -> Vec<Choice> {
    let choice = |(code, path): (&PlaceCode, Vec<&str>)| {
        // The grid itself stands in front of everything and says nothing.
        let inside = &path[usize::from(path.len() > 1)..];
        Choice {
            value: code.to_string(),
            label: inside.join(" · "),
            chosen: code.as_str() == chosen,
        }
    };
    spot_paths(spots, page.lang.as_str()).map(choice).collect()
}

pub async fn add(visit: Visit, Path(code): Path<PlaceCode>, form: Form) -> Answer {
    let page = visit.page();
    let id: TeamMemberId = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    let place: PlaceCode = match form.text("at") {
        "" => code.clone(),
        at => at.parse().map_err(|_| Problem::Malformed)?,
    };
    let Ok(function) = form.text("function").parse() else {
        let missing = huiyin_app::Refusal::field("function", "fault-required");
        let wrong = Wrong::of(&page, missing.into())?;
        return draw(&visit, code, &form, wrong).await;
    };
    let request = put::Request {
        place,
        function,
        who: Newcomer {
            id,
            whom: whom_of(&form)?,
            card: card_of(&form),
        },
    };
    match put(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(flash::say(
            see(&team_page(&code)),
            Tone::Done,
            "team-joined",
            visit.transport(),
        )),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, code, &form, wrong).await
        }
    }
}
