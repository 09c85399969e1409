//! The wall: what is public, without anybody's name. Filters by kind, place and whether
//! it still waits for somebody.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::limits::Purpose;
use huiyin_app::places::look::{self, Found};
use huiyin_app::public::case::PublicCase;
use huiyin_app::public::wall::{self, Request};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Kind, Show, Step, Who, is_open_to};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/wall.html")]
struct WallPage<'a> {
    page: &'a Page,
    about: String,
    slug: String,
    tabs: Vec<Tab>,
    open_only: bool,
    sorts: Vec<Tab>,
    sort: String,
    around: Vec<Tab>,
    near: String,
    text: String,
    place: String,
    places: Vec<(String, String)>,
    cards: Vec<Card>,
    next: String,
    may_open: bool,
}

struct Tab {
    href: String,
    label: String,
    /// How many wait there, empty where that is not told.
    count: String,
    here: bool,
}

/// One card of the wall.
pub(super) struct Card {
    pub href: String,
    pub title: String,
    pub place: String,
    pub since: String,
    pub stage: String,
    pub tone: &'static str,
    pub sign: &'static str,
    /// The verb of the step with which somebody signed in may help.
    pub helps: String,
}

const SHOWN: usize = 24;

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let app = &visit.state.app;
    let kinds = app.kinds();
    let shown: Vec<&Kind> = kinds
        .current()
        .iter()
        .map(AsRef::as_ref)
        .filter(|kind| kind.public.show != Show::Never)
        .collect();
    let kind = chosen(&shown, &query)?;
    let open_only = query.get("all").is_none();
    let (place, places) = place_of(&visit, &query, lang).await?;
    let known = kind.public_sort().and_then(|field| kind.field(field));
    let known = known.map(|field| field.kind.words()).unwrap_or_default();
    let sort = known.iter().find(|word| **word == query.text("sort"));
    let sort = sort.map(|word| (*word).to_owned());
    let request = Request {
        kind: kind.slug.clone(),
        place: place.clone(),
        sort: sort.clone(),
        stage: None,
        open_only,
        after: query.get("after").and_then(|after| after.parse().ok()),
        limit: SHOWN,
    };
    let wall = wall::wall(app, request).await?;
    let when = When::of(&visit, &page);
    let place_text = place.as_ref().map(ToString::to_string).unwrap_or_default();
    let all = if open_only { "" } else { "&all=1" };
    let asked = Asked {
        slug: &kind.slug,
        place: &place_text,
        sort: sort.as_deref().unwrap_or_default(),
        all,
    };
    let home = wall::home_of(app, &visit.actor.privately()).await?;
    let cards = wall
        .cases
        .iter()
        .map(|case| card(&when, kind, case, wall.places.get(&case.place)));
    html(&WallPage {
        about: super::found(&page, &format!("{}--wall", kind.slug)),
        tabs: shown.iter().map(|other| tab(&page, other, kind)).collect(),
        text: query.text("text").to_owned(),
        next: wall.next.map_or_else(String::new, |next| {
            format!("{}&after={next}", asked.at(&place_text))
        }),
        cards: cards.collect(),
        may_open: !kind.internal,
        slug: kind.slug.clone(),
        sorts: sorts(&page, kind, &asked, &wall.sorts),
        around: around(&page, &asked, &wall.around),
        near: match (&place, home) {
            (None, Some(home)) => asked.at(home.as_str()),
            _ => String::new(),
        },
        sort: sort.clone().unwrap_or_default(),
        place: place_text.clone(),
        places,
        open_only,
        page: &page,
    })
}

/// The kind that is asked for.
fn chosen<'k>(shown: &[&'k Kind], query: &Form) -> Result<&'k Kind, Problem> {
    let mut shown = shown.iter().copied();
    let kind = match query.get("kind").filter(|slug| !slug.is_empty()) {
        Some(slug) => shown.find(|kind| kind.slug == slug),
        // The wall that people mean is the one on which they can help.
        None => {
            let first = shown.clone().next();
            shown.find(|kind| helping(kind, None).is_some()).or(first)
        }
    };
    kind.ok_or(Problem::NotFound)
}

/// What is asked of the wall, as it stands in addresses.
struct Asked<'a> {
    slug: &'a str,
    place: &'a str,
    sort: &'a str,
    all: &'static str,
}

impl Asked<'_> {
    /// The same at another place.
    fn at(&self, place: &str) -> String {
        self.address(place, self.sort)
    }

    fn address(&self, place: &str, sort: &str) -> String {
        format!(
            "/wall?kind={}&place={place}&sort={sort}{}",
            self.slug, self.all
        )
    }
}

/// A way to each sort of thing that waits here, with how many there are.
fn sorts(
    page: &Page,
    kind: &Kind,
    asked: &Asked<'_>,
    counts: &std::collections::BTreeMap<String, i64>,
) -> Vec<Tab> {
    let Some(field) = kind.public_sort() else {
        return Vec::new();
    };
    let one = |(sort, count): (&String, &i64)| {
        let word = page.t(&kind.choice_key(field, sort)).into_owned();
        let here = asked.sort == sort;
        Tab {
            // Pressed once more, it is all sorts again.
            href: asked.address(asked.place, if here { "" } else { sort }),
            label: word,
            count: count.to_string(),
            here,
        }
    };
    counts.iter().map(one).collect()
}

/// A way to the place and to those around it, the nearest first.
fn around(page: &Page, asked: &Asked<'_>, places: &[(PlaceCode, Names, i64)]) -> Vec<Tab> {
    let near = places
        .iter()
        .filter(|(code, ..)| code.level() <= Level::Community);
    let one = |(code, names, count): &(PlaceCode, Names, i64)| Tab {
        href: asked.at(code.as_str()),
        label: names.in_lang(page.lang.as_str()).to_owned(),
        count: count.to_string(),
        here: asked.place == code.as_str(),
    };
    near.map(one).collect()
}

/// The place that was chosen, or those found by what was typed, to choose from.
pub(super) async fn place_of(
    visit: &Visit,
    query: &Form,
    lang: &str,
) -> Result<(Option<PlaceCode>, Vec<(String, String)>), Problem> {
    let app = &visit.state.app;
    if let Ok(code) = query.text("place").parse::<PlaceCode>() {
        let found = look::path(app, code.clone()).await?;
        let name = |found: Found| found.place.names.in_lang(lang).to_owned();
        let named = found.map(|found| (code.to_string(), name(found)));
        return Ok((Some(code), named.into_iter().collect()));
    }
    let text = query.text("text");
    if text.is_empty() {
        return Ok((None, Vec::new()));
    }
    let found = look::search(app, text.to_owned()).await?;
    let places = found.into_iter().take(8).map(|found| {
        (
            found.place.code.to_string(),
            found.place.names.in_lang(lang).to_owned(),
        )
    });
    Ok((None, places.collect()))
}

fn tab(page: &Page, kind: &Kind, here: &Kind) -> Tab {
    Tab {
        href: format!("/wall?kind={}", kind.slug),
        label: page.t(&format!("{}--name", kind.slug)).into_owned(),
        count: String::new(),
        here: kind.slug == here.slug,
    }
}

pub(super) fn card(when: &When<'_>, kind: &Kind, case: &PublicCase, place: Option<&Names>) -> Card {
    let page = when.page;
    let state = match (&case.outcome, case.closed_on) {
        (Some(outcome), Some(_)) => format!("{}-outcome-{outcome}", kind.slug),
        _ => format!("{}-stage-{}", kind.slug, case.stage),
    };
    let helps = helping(kind, Some(&case.stage));
    let (tone, sign) = match (case.closed_on, helps) {
        (Some(_), _) => ("done", "heart"),
        (None, Some(_)) => ("new", "gift"),
        (None, None) => ("work", "heart-handshake"),
    };
    let helps = helps.map(|step| {
        page.t(&format!("{}-step-{}", kind.slug, step.name))
            .into_owned()
    });
    Card {
        href: format!("/wall/{}", case.id),
        title: case.title.clone(),
        place: place
            .map(|names| names.in_lang(page.lang.as_str()).to_owned())
            .unwrap_or_default(),
        since: when.day(case.opened_on),
        stage: page.t(&state).into_owned(),
        tone,
        sign,
        helps: helps.unwrap_or_default(),
    }
}

/// The step with which somebody who signs in may take a case over, in this stage or in any.
pub(super) fn helping<'k>(kind: &'k Kind, stage: Option<&str>) -> Option<&'k Step> {
    steps_in(kind, stage).find(|step| step.by.contains(&Who::SignedIn))
}

/// Every step with which this actor may help, for themselves or for the unit of their post.
pub(super) fn helping_as<'k>(
    kind: &'k Kind,
    stage: Option<&'k str>,
    actor: &'k Actor,
) -> impl Iterator<Item = &'k Step> {
    steps_in(kind, stage).filter(|step| is_open_to(&step.by, actor))
}

fn steps_in<'k>(kind: &'k Kind, stage: Option<&str>) -> impl Iterator<Item = &'k Step> {
    kind.steps
        .iter()
        .filter(move |step| stage.is_none_or(|stage| step.from.iter().any(|from| from == stage)))
}
