//! Who is there for a grid, for everybody: the contact card of each, and the grids of a community.

use askama::Template;
use axum::extract::Path;
use huiyin_app::teams::list;
use huiyin_app::teams::look::{self, Line, Look};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::team::Function;

use crate::layout::Page;
use crate::pages::desk::teams::{function_word, tel, until_word};
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/grids.html")]
struct GridsPage<'a> {
    page: &'a Page,
    code: PlaceCode,
    name: String,
    rows: Vec<Door>,
}

/// A way to another grid.
struct Door {
    href: String,
    name: String,
    who: String,
}

pub async fn list(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let (community, found) = list::public(&visit.state.app, place).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let mut rows = found.rows;
    rows.sort_by(|one, other| one.place.cmp(&other.place));
    let rows = rows.iter().map(|row| Door {
        href: format!("/grid/{}", row.place),
        name: row.names.in_lang(lang).to_owned(),
        who: worker(&page, &row.lines),
    });
    html(&GridsPage {
        name: community.names.in_lang(lang).to_owned(),
        rows: rows.collect(),
        code: community.code,
        page: &page,
    })
}

/// Who looks after a grid today, or that the community does.
fn worker(page: &Page, lines: &[Line]) -> String {
    let of = |line: &&Line| line.member.function == Function::GridWorker;
    let Some(line) = lines.iter().find(of) else {
        return page.t("grid-kept-by-community").into_owned();
    };
    let today = line.substitute.as_ref().map(|one| &one.shown);
    let name = &today.unwrap_or(&line.member.shown).name;
    page.ts("grid-worker-is", "name", name).into_owned()
}

#[derive(Template)]
#[template(path = "pages/public/grid.html")]
struct CardPage<'a> {
    page: &'a Page,
    code: PlaceCode,
    name: String,
    around: String,
    community: String,
    people: Vec<Person>,
    /// Whether the community itself has the grid.
    is_kept: bool,
    neighbours: Vec<Door>,
}

/// Somebody on the card.
struct Person {
    function: String,
    name: String,
    /// For whom they stand in, and until when.
    instead: String,
    place: String,
    phone: String,
    tel: String,
    hours: String,
    ask: String,
}

pub async fn card(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let found = look::card(&visit.state.app, place).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let named = |place: &Place| place.names.in_lang(lang).to_owned();
    let neighbours = found.neighbours.iter().map(|other| Door {
        href: format!("/grid/{}", other.code),
        name: named(other),
        who: String::new(),
    });
    html(&CardPage {
        code: found.place.code.clone(),
        name: named(&found.place),
        around: around(&found, lang),
        community: format!("/grids/{}", found.community.code),
        people: people(&when, &found),
        is_kept: found.gaps.iter().any(|gap| gap.function.must_be_kept()),
        neighbours: neighbours.collect(),
        page: &page,
    })
}

/// In which community the place lies, and in which grid.
fn around(found: &Look, lang: &str) -> String {
    let community = found.community.names.in_lang(lang);
    match found.place.code.level() {
        Level::Grid => community.to_owned(),
        _ => format!("{community} · {}", found.grid.names.in_lang(lang)),
    }
}

/// Whoever can be asked first, first: the grid worker, then the community, then helpers.
fn people(when: &When<'_>, found: &Look) -> Vec<Person> {
    let mut lines: Vec<&Line> = found.lines.iter().collect();
    let order = |line: &Line| match line.member.function {
        Function::GridWorker => 0,
        Function::CommunityWorker => 1,
        Function::LinkedOfficial => 3,
        _ => 2,
    };
    lines.sort_by_key(|line| order(line));
    lines.iter().map(|line| person(when, found, line)).collect()
}

fn person(when: &When<'_>, found: &Look, line: &Line) -> Person {
    let (page, member) = (when.page, &line.member);
    let shown = line
        .substitute
        .as_ref()
        .map_or(&member.shown, |one| &one.shown);
    Person {
        function: function_word(page, member.function),
        name: shown.name.clone(),
        instead: line.substitute.as_ref().map_or_else(String::new, |one| {
            let args = [
                ("name", member.shown.name.as_str().into()),
                ("day", until_word(when, one).into()),
            ];
            page.ta("grid-instead", &args).into_owned()
        }),
        place: match member.place == found.place.code || found.grid.code == member.place {
            true => String::new(),
            false => line.place.in_lang(page.lang.as_str()).to_owned(),
        },
        tel: tel(&shown.phone),
        phone: shown.phone.clone(),
        hours: shown.hours.clone(),
        ask: page
            .t(&format!("grid-ask-{}", member.function.word()))
            .into_owned(),
    }
}
