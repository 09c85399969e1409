//! The poster of a place: hung at the door, its QR code opens the form with the place
//! filled in.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_app::places::look;
use huiyin_domain::place::PlaceCode;

use crate::layout::Page;
use crate::qr;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/poster.html")]
struct PosterPage<'a> {
    page: &'a Page,
    name: String,
    path: String,
    qr: String,
    address: String,
}

pub async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let code: PlaceCode = code.parse().map_err(|_| Refusal::NotFound(Thing::Place))?;
    let found = look::path(&visit.state.app, code).await?;
    let found = found.filter(|found| found.place.closed_at.is_none());
    let found = found.ok_or(Refusal::NotFound(Thing::Place))?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let address = format!("{}/p/{}", visit.origin, found.place.code);
    let path: Vec<&str> = found
        .path
        .iter()
        .map(|place| place.names.in_lang(lang))
        .collect();
    html(&PosterPage {
        name: found.place.names.in_lang(lang).to_owned(),
        path: path.join(" · "),
        qr: qr::svg(&address, &page.t("poster-qr")),
        address,
        page: &page,
    })
}
