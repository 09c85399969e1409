//! What volunteers are asked whether they can do it: the tree of the product, and what the
//! community adds below it.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::volunteers::extend::{self, Request};
use huiyin_app::volunteers::skills;
use huiyin_app::{Error, Refusal};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::volunteer::Skill;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::skill_word;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::inbox::Choice;
use super::saying;

#[derive(Template)]
#[template(path = "pages/desk/skills.html")]
struct SkillsPage<'a> {
    page: &'a Page,
    groups: Vec<Group>,
    /// Whether the reader speaks for a community, which may add to it.
    may_add: bool,
    below: Vec<Choice>,
    below_error: String,
    zh: &'a str,
    zh_error: String,
    en: &'a str,
    en_error: String,
}

struct Group {
    name: String,
    skills: Vec<(String, bool)>,
}

#[derive(Default)]
struct Wrong {
    status: StatusCode,
    below: String,
    zh: String,
    en: String,
}

/// The community for which the reader speaks first.
fn community(visit: &Visit) -> Option<PlaceCode> {
    let mut posts = visit.actor.posts.iter();
    posts.find_map(|post| post.place.at(Level::Community))
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let community = community(visit);
    let listed = skills::list(&visit.state.app, community.clone()).await?;
    let chosen = form.text("below");
    let top = listed.iter().filter(|skill| skill.code.parent().is_none());
    let below = top.clone().map(|skill| Choice {
        value: skill.code.to_string(),
        label: skill_word(&page, &listed, &skill.code),
        chosen: skill.code.as_str() == chosen,
    });
    let group = |general: &Skill| Group {
        name: skill_word(&page, &listed, &general.code),
        skills: listed
            .iter()
            .filter(|skill| skill.code != general.code && skill.code.is_within(&general.code))
            .map(|skill| {
                (
                    skill_word(&page, &listed, &skill.code),
                    skill.place.is_some(),
                )
            })
            .collect(),
    };
    let drawn = SkillsPage {
        below: below.collect(),
        groups: top.map(group).collect(),
        may_add: community.is_some(),
        below_error: wrong.below,
        zh: form.text("zh"),
        zh_error: wrong.zh,
        en: form.text("en"),
        en_error: wrong.en,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

/// Adds a skill.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let community = community(&visit).ok_or(Problem::NotPermitted)?;
    let request = Request {
        community,
        below: form.text("below").to_owned(),
        zh: form.text("zh").to_owned(),
        en: form.text("en").to_owned(),
    };
    match extend::extend(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(flash::say(
            see("/desk/skills"),
            Tone::Done,
            "skill-added",
            visit.transport(),
        )),
        Err(error @ Error::Refused(Refusal::Invalid(_))) => {
            let page = visit.page();
            let wrong = Wrong {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                below: saying::fault(&page, &error, "below"),
                zh: saying::fault(&page, &error, "zh"),
                en: saying::fault(&page, &error, "en"),
            };
            draw(&visit, &form, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}
