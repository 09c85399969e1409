//! Venues: the list with its filters, and the page of one.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::limits::Purpose;
use huiyin_app::pictures::Picture;
use huiyin_app::venues::look::{self, Line, Request};
use huiyin_domain::calendar::PlaceHours;
use huiyin_domain::id::VenueId;
use huiyin_domain::venue::Category;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::admin::working_time::in_words;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts::{self, ActivityCard};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/venues.html")]
struct VenuesPage<'a> {
    page: &'a Page,
    sorts: Vec<Choice>,
    text: String,
    place: String,
    places: Vec<(String, String)>,
    cards: Vec<Card>,
    next: String,
}

struct Card {
    href: String,
    name: String,
    sort: String,
    place: String,
    opening: String,
    tone: &'static str,
    sign: &'static str,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let (place, places) = super::wall::place_of(&visit, &query, page.lang.as_str()).await?;
    let category: Option<Category> = query.text("sort").parse().ok();
    let request = Request {
        place: place.clone(),
        category,
        after: query.get("after").and_then(|after| after.parse().ok()),
    };
    let (lines, next) = look::list(&visit.state.app, request).await?;
    let when = When::of(&visit, &page);
    let sort = category.map_or("", Category::word);
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let words = Category::ALL.iter().map(|category| category.word());
    html(&VenuesPage {
        sorts: parts::choices(&page, "venue-sort", words, sort),
        text: query.text("text").to_owned(),
        places,
        cards: lines.iter().map(|line| card(&when, line)).collect(),
        next: next.map_or_else(String::new, |next| {
            format!("/venues?place={place}&sort={sort}&after={next}")
        }),
        place,
        page: &page,
    })
}

fn card(when: &When<'_>, line: &Line) -> Card {
    let (page, venue) = (when.page, &line.venue);
    let lang = page.lang.as_str();
    let (opening, look) = parts::opening_words(when, line.opening);
    Card {
        href: format!("/venues/{}", venue.id),
        name: venue.names.in_lang(lang).to_owned(),
        sort: sort_word(page, venue.category),
        place: line.place.in_lang(lang).to_owned(),
        opening,
        tone: look.tone,
        sign: look.sign,
    }
}

fn sort_word(page: &Page, category: Category) -> String {
    page.t(&format!("venue-sort-{}", category.word()))
        .into_owned()
}

#[derive(Template)]
#[template(path = "pages/public/venue.html")]
struct VenuePage<'a> {
    page: &'a Page,
    id: String,
    name: String,
    sort: String,
    is_closed: bool,
    opening: String,
    tone: &'static str,
    sign: &'static str,
    text: String,
    facts: Vec<(String, String)>,
    pictures: Vec<Picture>,
    cooks: bool,
    meals_href: String,
    rooms: Vec<Room>,
    activities: Vec<ActivityCard>,
}

struct Room {
    href: String,
    name: String,
    seats: String,
}

pub async fn show(visit: Visit, Path(id): Path<VenueId>) -> Answer {
    let found = look::show(&visit.state.app, id).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let venue = &found.line.venue;
    let (opening, look) = parts::opening_words(&when, found.line.opening);
    let rooms = found.rooms.iter().filter(|room| room.closed_at.is_none());
    let activities = found.activities.iter().map(|activity| {
        // On the page of its own venue, a card says when, and where is known.
        ActivityCard {
            href: format!("/activities/{}", activity.id),
            title: activity.title.clone(),
            when: parts::span(&when, activity.starts_at, activity.ends_at),
            place: String::new(),
            seats: match activity.cancelled_at {
                Some(_) => page.t("activity-is-off").into_owned(),
                None => String::new(),
            },
            tone: "late",
            sign: "ban",
        }
    });
    html(&VenuePage {
        id: id.to_string(),
        name: venue.names.in_lang(lang).to_owned(),
        sort: sort_word(&page, venue.category),
        is_closed: venue.closed_at.is_some(),
        opening,
        tone: look.tone,
        sign: look.sign,
        text: venue.about.text.clone(),
        facts: facts(&page, &found.line),
        pictures: found.pictures,
        cooks: venue.category == Category::Canteen || found.cooks,
        meals_href: format!("/venues/{id}/meals"),
        rooms: rooms
            .map(|room| Room {
                href: format!("/venues/{id}/rooms/{}", room.id),
                name: room.names.in_lang(lang).to_owned(),
                seats: page.tn("room-seats", "count", room.seats).into_owned(),
            })
            .collect(),
        activities: activities.collect(),
        page: &page,
    })
}

fn facts(page: &Page, line: &Line) -> Vec<(String, String)> {
    let about = &line.venue.about;
    let week = PlaceHours {
        week: about.week.clone(),
        ..PlaceHours::usual()
    };
    let holidays = format!("venue-holidays-{}", about.holidays.word());
    let holidays = page.t(&holidays);
    let access = about.access.iter().map(|access| {
        page.t(&format!("venue-access-{}", access.word()))
            .into_owned()
    });
    let access: Vec<String> = access.collect();
    let place = line.place.in_lang(page.lang.as_str());
    let facts = [
        ("venue-address", format!("{place} · {}", about.address)),
        (
            "venue-hours",
            format!("{} · {holidays}", in_words(page, &week)),
        ),
        ("venue-access", access.join(&page.t("desk-and"))),
        ("venue-contact", about.contact.clone()),
    ];
    let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}
