//! The border of a place: drawn on a map, or typed, a corner a line.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use huiyin_app::places::cover::Warning;
use huiyin_app::places::draw::{self, Outcome, Request};
use huiyin_app::places::map;
use huiyin_domain::geo::System;
use huiyin_domain::place::PlaceCode;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::saying;
use crate::pages::maps::{MapBox, PUBLIC_TILES, with_map};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};

/// What the script says of the corners, with the keys by which it knows the words.
const WORDS: [(&str, &str); 3] = [
    ("few", "border-few"),
    ("drawn", "border-drawn"),
    ("unseen", "border-unseen"),
];
/// The same where one corner is enough.
const SPOT_WORD: (&str, &str) = ("spot", "border-spot");

#[derive(Template)]
#[template(path = "pages/desk/border.html")]
struct BorderPage<'a> {
    page: &'a Page,
    code: String,
    name: String,
    map: MapBox,
    corners: String,
    systems: Vec<Choice>,
    warnings: Vec<String>,
    seen: String,
    /// Whether one corner is enough.
    is_known_by_point: bool,
    wrong: Wrong,
}

/// What comes back of a border that was not saved.
#[derive(Default)]
struct Back {
    typed: Option<Form>,
    warnings: Vec<Warning>,
    seen: String,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(code): Path<PlaceCode>) -> Answer {
    draw(&visit, code, Back::default()).await
}

/// What is drawn beside it, as GeoJSON.
pub async fn near(visit: Visit, Path(code): Path<PlaceCode>) -> Answer {
    let near = draw::near(&visit.state.app, &visit.actor, code).await?;
    let headers = [
        (CONTENT_TYPE, "application/geo+json"),
        (CACHE_CONTROL, "private, no-cache"),
    ];
    Ok((headers, near.to_string()).into_response())
}

pub async fn save(visit: Visit, Path(code): Path<PlaceCode>, form: Form) -> Answer {
    let request = Request {
        place: code.clone(),
        corners: form.get("corners").unwrap_or_default().to_owned(),
        system: form.text("system").parse().unwrap_or_default(),
        seen: form.text("seen").to_owned(),
    };
    let mut back = Back {
        typed: Some(form.typed()),
        ..Back::default()
    };
    match draw::draw(&visit.state.app, &visit.actor, request).await {
        Ok(Outcome::Saved) => {
            let to = see(&format!("/desk/places/{code}"));
            let transport = visit.transport();
            Ok(flash::say(to, Tone::Done, "border-saved", transport))
        }
        Ok(Outcome::Warned { warnings, seen }) => {
            back.wrong.status = StatusCode::CONFLICT;
            (back.warnings, back.seen) = (warnings, seen);
            draw(&visit, code, back).await
        }
        Err(error) => {
            back.wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, code, back).await
        }
    }
}

async fn draw(visit: &Visit, code: PlaceCode, back: Back) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    let lang = page.lang.as_str();
    let border = draw::border(app, &visit.actor, code.clone()).await?;
    // What is not drawn yet will lie in what is around it.
    let bounds = map::around(app, code.clone()).await?;
    let typed = back.typed.as_ref();
    let chosen: System = typed
        .and_then(|form| form.text("system").parse().ok())
        .unwrap_or_default();
    let systems = System::ALL.iter().map(|system| Choice {
        value: system.word().to_owned(),
        label: page
            .t(&format!("admin-import-system-{}", system.word()))
            .into_owned(),
        chosen: *system == chosen,
    });
    let warnings = back.warnings.iter();
    let warnings = warnings.map(|one| saying::filled(&page, one.key(), &one.args(lang)));
    let is_known_by_point = draw::is_known_by_point(&code);
    let words = WORDS.iter().copied();
    let words = words.chain(is_known_by_point.then_some(SPOT_WORD));
    let words: Vec<_> = words.collect();
    let map = MapBox::saying(visit, &page, (PUBLIC_TILES, bounds), &words);
    let drawn = BorderPage {
        name: border.place.names.in_lang(lang).to_owned(),
        map: map.at(&code),
        corners: match typed {
            Some(form) => form.get("corners").unwrap_or_default().to_owned(),
            None => border.corners,
        },
        systems: systems.collect(),
        warnings: warnings.collect(),
        seen: back.seen,
        is_known_by_point,
        wrong: back.wrong,
        code: code.to_string(),
        page: &page,
    };
    let answer = html_as(drawn.wrong.status, &drawn)?;
    Ok(with_map(answer, visit))
}
