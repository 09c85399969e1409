//! The grids of a community on a map, for whoever looks for their own; all of them stand beside
//! it in a list.

use askama::Template;
use axum::extract::Path;
use huiyin_app::places::map;
use huiyin_app::teams::list;
use huiyin_domain::place::PlaceCode;

use crate::layout::Page;
use crate::pages::maps::{MapBox, PUBLIC_TILES, with_map};
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/grids_map.html")]
struct MapPage<'a> {
    page: &'a Page,
    code: PlaceCode,
    name: String,
    /// None when nothing is drawn here.
    map: Option<MapBox>,
    rows: Vec<Row>,
}

struct Row {
    code: PlaceCode,
    name: String,
}

pub async fn show(visit: Visit, Path(place): Path<PlaceCode>) -> Answer {
    let app = &visit.state.app;
    let (community, found) = list::public(app, place).await?;
    let bounds = map::drawn(app, community.code.clone()).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let mut rows = found.rows;
    rows.sort_by(|one, other| one.place.cmp(&other.place));
    let rows = rows.into_iter().map(|row| Row {
        name: row.names.in_lang(lang).to_owned(),
        code: row.place,
    });
    let map = bounds.map(|bounds| {
        let map = MapBox::new(&visit, &page, PUBLIC_TILES, Some(bounds));
        map.at(&community.code)
    });
    let answer = html(&MapPage {
        name: community.names.in_lang(lang).to_owned(),
        rows: rows.collect(),
        code: community.code,
        map,
        page: &page,
    })?;
    Ok(with_map(answer, &visit))
}
