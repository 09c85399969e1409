//! Posters for the doors of a grid: who can be asked, and a large QR code that opens the form
//! with the place filled in. One page for each door, as a file on A4 or A3; as a page to be
//! printed for whatever the fonts of readers of PDF lack.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::IntoResponse as _;
use huiyin_app::teams::look::{self, Look, Spots};
use huiyin_domain::place::{Level, PlaceCode};

use super::{function_word, spot_paths};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::qr;
use crate::sheet::{self, Paper, Sheet};
use crate::visit::{Answer, Visit, html, see};

/// More than these are printed in parts, grid by grid.
const PAGES_MAX: usize = 400;
/// So many people have room on one poster.
const PEOPLE_MAX: usize = 4;
const QR_SIDE: f32 = 230.0;

/// For which doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Each {
    Grid,
    Building,
    Door,
}

impl Each {
    const ALL: [Each; 3] = [Each::Building, Each::Door, Each::Grid];

    fn word(self) -> &'static str {
        match self {
            Each::Grid => "grid",
            Each::Building => "building",
            Each::Door => "door",
        }
    }

    fn wants(self, (code, own): (&PlaceCode, &PlaceCode)) -> bool {
        match self {
            Each::Grid => code == own,
            Each::Building => code.level() == Level::Building,
            Each::Door => code.level() == Level::Door,
        }
    }
}

/// What was chosen; posters for buildings on A4 otherwise.
fn chosen(query: Option<&str>) -> Result<(Each, Paper), Problem> {
    let asked = Form::from_query(query.unwrap_or_default()).map_err(Problem::Form)?;
    let each = Each::ALL
        .into_iter()
        .find(|each| each.word() == asked.text("each"));
    let paper = match asked.text("size") {
        "a3" => Paper::A3,
        _ => Paper::A4,
    };
    Ok((each.unwrap_or(Each::Building), paper))
}

/// One poster in words.
struct Poster {
    name: String,
    path: String,
    address: String,
    people: Vec<Person>,
}

struct Person {
    function: String,
    name: String,
    phone: String,
    hours: String,
}

impl Poster {
    /// Whether readers of PDF have signs for all that it says.
    fn can_be_file(&self) -> bool {
        let people = self.people.iter();
        let mut said = people
            .flat_map(|one| [&one.name, &one.phone, &one.hours])
            .chain([&self.name, &self.path]);
        said.all(|text| sheet::can_say(&dashed(text)))
    }
}

/// A dash that the fonts of readers have in both languages.
fn dashed(text: &str) -> String {
    text.replace('–', "-")
}

/// A poster for each door that was asked for, in the order of the doors.
fn posters(visit: &Visit, page: &Page, (look, spots): (&Look, &Spots), each: Each) -> Vec<Poster> {
    let lang = page.lang.as_str();
    let own = &look.place.code;
    let community = look.community.names.in_lang(lang);
    let wanted = spot_paths(spots, lang).filter(|(code, _)| each.wants((code, own)));
    let poster = |(code, mut path): (&PlaceCode, Vec<&str>)| {
        let name = path.pop().unwrap_or_default().to_owned();
        path.insert(0, community);
        Poster {
            name,
            path: path.join(" · "),
            address: format!("{}/p/{code}", visit.origin),
            people: people(page, look, code),
        }
    };
    wanted.take(PAGES_MAX).map(poster).collect()
}

/// Whoever is nearest to the door first. Who stands in for a week is on no poster.
fn people(page: &Page, look: &Look, code: &PlaceCode) -> Vec<Person> {
    let mut lines: Vec<_> = look.at(code).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.member.place.as_str().len()));
    let lines = lines.into_iter().take(PEOPLE_MAX);
    let told = lines.map(|line| Person {
        function: function_word(page, line.member.function),
        name: line.member.shown.name.clone(),
        phone: line.member.shown.phone.clone(),
        hours: line.member.shown.hours.clone(),
    });
    told.collect()
}

#[derive(Template)]
#[template(path = "pages/desk/teams/posters.html")]
struct ChoosePage<'a> {
    page: &'a Page,
    code: PlaceCode,
    name: String,
    buildings: i64,
    doors: i64,
    /// More doors than one file has pages.
    is_cut: bool,
    at_most: i64,
}

pub async fn choose(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let (look, spots) = look::doors(&visit.state.app, &visit.actor, place).await?;
    let page = visit.page();
    let count = |each: Each| {
        let own = &look.place.code;
        spots
            .iter()
            .filter(|(code, _)| each.wants((code, own)))
            .count()
    };
    let (buildings, doors) = (count(Each::Building), count(Each::Door));
    let pages = |count: usize| i64::try_from(count.min(PAGES_MAX)).unwrap_or(i64::MAX);
    html(&ChoosePage {
        name: look.place.names.in_lang(page.lang.as_str()).to_owned(),
        buildings: pages(buildings),
        doors: pages(doors),
        is_cut: buildings.max(doors) > PAGES_MAX,
        at_most: pages(PAGES_MAX),
        code: look.place.code,
        page: &page,
    })
}

/// As a file. What cannot be one is printed from the page instead.
pub async fn pdf(visit: Visit, Path(place): Path<PlaceCode>, RawQuery(query): RawQuery) -> Answer {
    let (each, paper) = chosen(query.as_deref())?;
    let (look, spots) = look::doors(&visit.state.app, &visit.actor, place).await?;
    let page = visit.page();
    let made = posters(&visit, &page, (&look, &spots), each);
    if made.is_empty() {
        return Err(Problem::NotFound);
    }
    if !made.iter().all(Poster::can_be_file) || !sheet::can_say(&page.t("poster-title")) {
        let query = query.unwrap_or_default();
        let code = &look.place.code;
        return Ok(see(&format!("/desk/teams/{code}/posters/print?{query}")));
    }
    let mut drawn = Sheet::on(paper);
    for (number, poster) in made.iter().enumerate() {
        if number > 0 {
            drawn.turn();
        }
        draw(&page, &mut drawn, poster);
    }
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"posters.pdf\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, drawn.finish(&page.t("poster-title"))).into_response())
}

fn draw(page: &Page, sheet: &mut Sheet, poster: &Poster) {
    sheet.centred(&page.t("poster-title"), 44.0);
    sheet.centred(&page.t("poster-how"), 18.0);
    sheet.space(20.0);
    sheet.large_code(&poster.address, QR_SIDE);
    sheet.space(20.0);
    sheet.centred(&poster.name, 30.0);
    sheet.centred(&poster.path, 13.0);
    sheet.space(6.0);
    for one in &poster.people {
        sheet.centred(&format!("{}  {}", one.function, one.name), 17.0);
        let reach: Vec<String> = [&one.phone, &one.hours]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| dashed(part))
            .collect();
        if !reach.is_empty() {
            sheet.centred(&reach.join("  "), 15.0);
        }
    }
    if poster.people.is_empty() {
        sheet.centred(&page.t("poster-nobody"), 17.0);
    }
    sheet.centred(&poster.address, 9.0);
}

#[derive(Template)]
#[template(path = "pages/desk/teams/posters_print.html")]
struct PrintPage<'a> {
    page: &'a Page,
    is_large: bool,
    /// Each with its code, drawn.
    posters: Vec<(Poster, String)>,
}

/// As a page to be printed, in any language that a browser can draw.
pub async fn print(
    visit: Visit,
    Path(place): Path<PlaceCode>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (each, paper) = chosen(query.as_deref())?;
    let (look, spots) = look::doors(&visit.state.app, &visit.actor, place).await?;
    let page = visit.page();
    let drawn = |poster: Poster| {
        let code = qr::svg(&poster.address, &page.t("poster-qr"));
        (poster, code)
    };
    let made = posters(&visit, &page, (&look, &spots), each);
    html(&PrintPage {
        is_large: paper == Paper::A3,
        posters: made.into_iter().map(drawn).collect(),
        page: &page,
    })
}
