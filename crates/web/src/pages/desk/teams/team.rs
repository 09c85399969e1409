//! The team of one place: who is there, whom it lacks, who stands in, and who it was before.

use askama::Template;
use axum::extract::Path;
use huiyin_app::teams::look::{self, Line, Past};
use huiyin_domain::access::{Action, Thing, may};
use huiyin_domain::id::SubstituteId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::team::{Member, Substitute};

use super::list::gap_word;
use super::{function_word, name_word, until_word};
use crate::layout::Page;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/teams/team.html")]
struct TeamPage<'a> {
    page: &'a Page,
    code: PlaceCode,
    name: String,
    community: String,
    /// Where the grid itself is, when this is a place inside it.
    grid: Option<(String, String)>,
    may_edit: bool,
    gaps: Vec<String>,
    rows: Vec<Row>,
    past: Vec<String>,
}

struct Row {
    /// Empty for whoever may only look.
    href: String,
    function: String,
    name: String,
    /// The place, when it is another than the page's.
    place: String,
    reach: String,
    stand_ins: Vec<StandIn>,
}

struct StandIn {
    id: SubstituteId,
    says: String,
    is_now: bool,
}

pub async fn show(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let (found, past) = look::desk(&visit.state.app, &visit.actor, place).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let standing = Thing::lying_in(&found.place.code);
    let may_edit = may(&visit.actor, Action::TeamEdit, Some(&standing));
    let is_grid = found.place.code.level() == Level::Grid;
    let row = |line: &Line| Row {
        href: match may_edit {
            true => format!("/desk/team/{}", line.member.id),
            false => String::new(),
        },
        function: function_word(&page, line.member.function),
        name: line.member.shown.name.clone(),
        place: match line.member.place == found.place.code {
            true => String::new(),
            false => line.place.in_lang(lang).to_owned(),
        },
        reach: reach(&line.member),
        stand_ins: stand_ins(&when, line),
    };
    html(&TeamPage {
        code: found.place.code.clone(),
        name: found.place.names.in_lang(lang).to_owned(),
        community: found.community.names.in_lang(lang).to_owned(),
        grid: (!is_grid).then(|| {
            let href = format!("/desk/teams/{}", found.grid.code);
            (href, found.grid.names.in_lang(lang).to_owned())
        }),
        may_edit,
        gaps: match is_grid {
            true => found.gaps.iter().map(|gap| gap_word(&when, gap)).collect(),
            false => Vec::new(),
        },
        rows: found.lines.iter().map(row).collect(),
        past: told(&when, &past),
        page: &page,
    })
}

/// Number and hours, as far as the card says them.
fn reach(member: &Member) -> String {
    let parts = [&member.shown.phone, &member.shown.hours];
    let said: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    said.join(" · ")
}

fn stand_ins(when: &When<'_>, line: &Line) -> Vec<StandIn> {
    let now = line.substitute.iter().map(|one| (one, "team-stands-in"));
    let later = line.coming.iter().map(|one| (one, "team-will-stand-in"));
    let told = |(one, key): (&Substitute, &'static str)| {
        let args = [
            ("name", one.shown.name.as_str().into()),
            ("from", when.day_of(one.starts_at).into()),
            ("until", until_word(when, one).into()),
        ];
        StandIn {
            id: one.id,
            says: when.page.ta(key, &args).into_owned(),
            is_now: key == "team-stands-in",
        }
    };
    now.chain(later).map(told).collect()
}

/// Who it was, the latest first.
fn told(when: &When<'_>, past: &Past) -> Vec<String> {
    let page = when.page;
    let mut lines = Vec::new();
    for member in &past.members {
        let Some((ended, to)) = member.left else {
            continue;
        };
        let args = [
            ("name", name_word(page, &member.shown.name).into()),
            ("function", function_word(page, member.function).into()),
            ("from", when.day_of(member.starts_at).into()),
            ("until", when.day_of(ended).into()),
        ];
        let key = format!("team-was-{}", to.word());
        lines.push((ended, page.ta(&key, &args).into_owned()));
    }
    for one in &past.substitutes {
        let args = [
            ("name", name_word(page, &one.shown.name).into()),
            ("from", when.day_of(one.starts_at).into()),
            ("until", until_word(when, one).into()),
        ];
        lines.push((one.ends_at, page.ta("team-stood-in", &args).into_owned()));
    }
    lines.sort_by_key(|(ended, _)| std::cmp::Reverse(*ended));
    lines.into_iter().map(|(_, line)| line).collect()
}
