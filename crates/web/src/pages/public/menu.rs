//! The menu of services: what can be ordered where, what is needed and what is not promised.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::limits::Purpose;
use huiyin_app::menu::list;
use huiyin_app::places::look;
use huiyin_domain::case::{FieldType, Kind, Who};
use huiyin_domain::menu::{Pairs, Service};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/menus.html")]
struct MenusPage<'a> {
    page: &'a Page,
    text: String,
    looked: bool,
    found: Vec<(String, String)>,
    menus: Vec<Door>,
}

/// The way to one menu.
struct Door {
    href: String,
    name: String,
    about: String,
}

#[derive(Template)]
#[template(path = "pages/public/menu.html")]
struct MenuPage<'a> {
    page: &'a Page,
    name: String,
    cards: Vec<Card>,
}

/// A line of the menu.
struct Card {
    id: String,
    name: String,
    about: String,
    facts: Vec<(String, String)>,
    /// Whose menu it is, when it is not that of the place shown.
    of: String,
    in_twos: bool,
    /// The address of the form; none when it cannot be ordered at this time of year.
    order: String,
    season: String,
}

/// Every menu, and a way to find one's own.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let app = &visit.state.app;
    let text = query.text("text").trim().to_owned();
    let places = look::search(app, text.clone()).await?;
    let found = places.into_iter().take(8).map(|found| {
        (
            format!("/menu/{}", found.place.code),
            found.place.names.in_lang(lang).to_owned(),
        )
    });
    let menus = list::menus(app).await?.into_iter().map(|menu| Door {
        href: format!("/menu/{}", menu.place),
        name: menu.names.in_lang(lang).to_owned(),
        about: page.tn("menu-lines", "count", menu.lines).into_owned(),
    });
    html(&MenusPage {
        looked: !text.is_empty(),
        text,
        found: found.collect(),
        menus: menus.collect(),
        page: &page,
    })
}

/// The menu of a place.
pub async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let code: PlaceCode = code.parse().map_err(|_| Problem::NotFound)?;
    let app = &visit.state.app;
    let found = look::path(app, code.clone()).await?;
    let found = found.filter(|found| found.place.closed_at.is_none());
    let found = found.ok_or(Problem::NotFound)?;
    let menu = list::of_place(app, code.clone()).await?;
    let page = visit.page();
    let kind = ordering(&visit);
    let cards = menu.services.iter().map(|service| {
        let of = menu.places.get(&service.place);
        card(&visit, &page, (service, of), (&code, kind.as_deref()))
    });
    html(&MenuPage {
        name: found.place.names.in_lang(page.lang.as_str()).to_owned(),
        cards: cards.collect(),
        page: &page,
    })
}

/// The kind by which residents order from a menu.
fn ordering(visit: &Visit) -> Option<std::sync::Arc<Kind>> {
    let kinds = visit.state.app.kinds();
    let orders = |kind: &&std::sync::Arc<Kind>| {
        let mut asked = kind.open.fields.iter();
        let is_service = |name: &str| {
            let field = kind.field(name);
            field.is_some_and(|field| matches!(field.kind, FieldType::Service(_)))
        };
        let by = |who: &Who| matches!(who, Who::Anyone | Who::SignedIn);
        kind.open.by.iter().any(by) && asked.any(|asked| is_service(&asked.field))
    };
    kinds.current().iter().find(orders).cloned()
}

fn card(
    visit: &Visit,
    page: &Page,
    (service, of): (&Service, Option<&Names>),
    (here, kind): (&PlaceCode, Option<&Kind>),
) -> Card {
    let lang = page.lang.as_str();
    let says = |names: &Names| names.in_lang(lang).to_owned();
    let today = visit.state.app.config.day(visit.state.app.now());
    // Whoever looks at a wide area lives somewhere within it.
    let ordered_at = match service.place.is_within(here) {
        true => &service.place,
        false => here,
    };
    let offered = service.is_offered(ordered_at, today);
    let at = match here.level() >= Level::Community {
        true => format!("&place={here}"),
        false => String::new(),
    };
    let season = service.season.map(|season| {
        let args = [
            ("from", season.from.to_string().into()),
            ("to", season.to.to_string().into()),
        ];
        page.ta("menu-season", &args).into_owned()
    });
    Card {
        id: service.id.to_string(),
        name: says(&service.says.name),
        about: says(&service.says.about),
        facts: facts(page, service),
        of: match (of, &service.place == here) {
            (Some(of), false) => page.ts("menu-of", "place", &says(of)).into_owned(),
            _ => String::new(),
        },
        in_twos: service.pairs != Pairs::Never,
        order: match kind.filter(|_| offered) {
            Some(kind) => format!("/new/{}?service={}{at}", kind.slug, service.id),
            None => String::new(),
        },
        season: season.unwrap_or_default(),
    }
}

/// Who comes, how long, where, what is needed, what is not promised.
fn facts(page: &Page, service: &Service) -> Vec<(String, String)> {
    let lang = page.lang.as_str();
    let says = &service.says;
    let venue = format!("menu-venue-{}", service.venue.word());
    let minutes = service
        .minutes
        .map(|minutes| page.tn("menu-about-minutes", "count", minutes).into_owned());
    let told = [
        ("menu-who", says.who.in_lang(lang).to_owned()),
        ("menu-where", page.t(&venue).into_owned()),
        ("menu-minutes", minutes.unwrap_or_default()),
        ("menu-hours", says.hours.in_lang(lang).to_owned()),
        ("menu-needed", says.needed.in_lang(lang).to_owned()),
        (
            "menu-not-promised",
            says.not_promised.in_lang(lang).to_owned(),
        ),
    ];
    let told = told.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}
