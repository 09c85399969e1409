//! Volunteers of the community: who asks to be one, and who is. In the order in which they
//! came; nobody is sorted by what they did.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::volunteers::list::{self, Behind, Which};
use huiyin_app::volunteers::skills;
use huiyin_domain::volunteer::{Offer, Skill, SkillCode};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::volunteer::{PlaceWords, joined, reach_word, skill_word};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::inbox::Choice;
use super::show;

#[derive(Template)]
#[template(path = "pages/desk/volunteers.html")]
struct VolunteersPage<'a> {
    page: &'a Page,
    is_asking: bool,
    asking: String,
    skills: Vec<Choice>,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    href: String,
    name: String,
    place: String,
    skills: String,
    about: String,
    asked: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let skill: Option<SkillCode> = asked.text("skill").parse().ok();
    let is_asking = asked.text("which") == "asking";
    let which = match (is_asking, skill.clone()) {
        (true, _) => Which::Asking,
        (false, Some(skill)) => Which::Skilled(skill),
        (false, None) => Which::Accepted,
    };
    let behind = match asked.text("after").split_once('_') {
        None => Behind::default(),
        Some((community, id)) => Behind {
            community: community.to_owned(),
            id: id.parse().map_err(|_| Problem::Malformed)?,
        },
    };
    let app = &visit.state.app;
    let found = list::list(app, &visit.actor, which, behind).await?;
    let page = visit.page();
    let community = visit.actor.posts.first();
    let community =
        community.and_then(|post| post.place.at(huiyin_domain::place::Level::Community));
    let listed = skills::list(app, community).await?;
    let chosen = skill.map_or_else(String::new, |skill| skill.to_string());
    let mut rows = Vec::new();
    let mut places = PlaceWords::default();
    let when = show::when(&visit, &page);
    for volunteer in &found.rows {
        let offer = &volunteer.offer;
        rows.push(Row {
            href: format!("/desk/volunteers/{}", volunteer.id),
            name: offer.name.clone(),
            place: places.of(&visit, &page, &offer.place).await?,
            skills: skill_words(&page, &listed, offer),
            about: reach_word(&page, offer.reach),
            asked: when.day_of(volunteer.asked_at),
        });
    }
    let which = if is_asking { "which=asking&" } else { "" };
    html(&VolunteersPage {
        is_asking,
        asking: match found.asking {
            0 => String::new(),
            count => count.to_string(),
        },
        skills: choices(&page, &listed, &chosen),
        rows,
        older: found.next.map_or_else(String::new, |next| {
            format!(
                "/desk/volunteers?{which}skill={chosen}&after={}_{}",
                next.community, next.id
            )
        }),
        page: &page,
    })
}

/// What somebody can do, in words; a dash when they said nothing.
fn skill_words(page: &Page, listed: &[Skill], offer: &Offer) -> String {
    let words: Vec<String> = offer
        .skills
        .iter()
        .map(|code| skill_word(page, listed, code))
        .collect();
    match words.is_empty() {
        true => page.t("volunteers-no-skills").into_owned(),
        false => joined(page, &words),
    }
}

fn choices(page: &Page, listed: &[Skill], chosen: &str) -> Vec<Choice> {
    let choice = |skill: &Skill| Choice {
        value: skill.code.to_string(),
        label: match skill.code.parent() {
            Some(above) => format!(
                "{} · {}",
                skill_word(page, listed, &above),
                skill_word(page, listed, &skill.code)
            ),
            None => skill_word(page, listed, &skill.code),
        },
        chosen: skill.code.as_str() == chosen,
    };
    listed.iter().map(choice).collect()
}
