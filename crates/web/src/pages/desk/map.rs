//! The map of the desk: the places that somebody looks after, and the cases that are open in
//! them. All of it stands in a list as well.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::places::map::{self, Count, Map};
use huiyin_domain::place::{Place, PlaceCode};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::maps::{DESK_TILES, MapBox, with_map};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/map.html")]
struct MapPage<'a> {
    page: &'a Page,
    map: Option<MapBox>,
    /// The places around the one that is shown: address and name.
    crumbs: Vec<(String, String)>,
    here: String,
    /// The list of cases of the place that is shown.
    list: String,
    all: CountView,
    right_here: Option<CountView>,
    is_capped: bool,
    rows: Vec<RowView>,
}

struct CountView {
    open: i64,
    late: i64,
    words: String,
}

struct RowView {
    code: String,
    name: String,
    level: String,
    /// Its list of cases.
    list: String,
    /// Its own map, when anything lies in it.
    inside: String,
    count: CountView,
}

fn list_of(code: &PlaceCode) -> String {
    format!("/desk?place={code}")
}

fn map_of(code: &PlaceCode) -> String {
    format!("/desk/map?at={code}")
}

fn count_view(page: &Page, count: Count) -> CountView {
    let words = match count.late {
        0 => page.tn("map-open", "open", count.open),
        late => page.ta(
            "map-open-late",
            &[("open", count.open.into()), ("late", late.into())],
        ),
    };
    CountView {
        open: count.open,
        late: count.late,
        words: words.into_owned(),
    }
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let at: Option<PlaceCode> = match query.text("at") {
        "" => None,
        code => Some(code.parse().map_err(|_| Problem::NotFound)?),
    };
    let found = map::map(&visit.state.app, &visit.actor, at).await?;
    let page = visit.page();
    let answer = html(&view(&visit, &page, &found))?;
    Ok(with_map(answer, &visit))
}

fn view<'a>(visit: &Visit, page: &'a Page, found: &Map) -> MapPage<'a> {
    let lang = page.lang.as_str();
    let name = |place: &Place| place.names.in_lang(lang).to_owned();
    let at = found.path.last().map(|place| &place.code);
    let around = found
        .path
        .split_last()
        .map_or(&[][..], |(_, around)| around);
    let map = MapBox::new(visit, page, DESK_TILES, found.bounds);
    let map = match at {
        Some(at) => map.at(at),
        None => map,
    };
    let rows = found.rows.iter().map(|row| RowView {
        code: row.place.code.to_string(),
        name: name(&row.place),
        level: format!("level-{}", row.place.code.level().word()),
        list: list_of(&row.place.code),
        inside: match row.has_inside {
            true => map_of(&row.place.code),
            false => String::new(),
        },
        count: count_view(page, row.count),
    });
    MapPage {
        map: found.bounds.is_some().then_some(map),
        crumbs: around
            .iter()
            .map(|place| (map_of(&place.code), name(place)))
            .collect(),
        here: match found.path.last() {
            Some(place) => name(place),
            None => page.t("map-everywhere").into_owned(),
        },
        list: at.map_or_else(|| "/desk".to_owned(), list_of),
        all: count_view(page, found.all),
        right_here: (found.right_here.open > 0).then(|| count_view(page, found.right_here)),
        is_capped: found.is_capped,
        rows: rows.collect(),
        page,
    }
}
