//! The poster for a building's door: a QR code that opens the form with the place filled in.

use askama::Template;
use axum::extract::Path;
use huiyin_app::places::look;
use huiyin_domain::place::PlaceCode;

use crate::layout::Page;
use crate::pages::desk::show::path_word;
use crate::problem::Problem;
use crate::qr;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/admin/poster.html")]
struct PosterPage<'a> {
    page: &'a Page,
    name: String,
    path: String,
    qr: String,
    address: String,
}

pub async fn show(visit: Visit, Path(code): Path<PlaceCode>) -> Answer {
    let found = look::path(&visit.state.app, code)
        .await?
        .ok_or(Problem::NotFound)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let address = format!("{}/p/{}", visit.origin, found.place.code);
    html(&PosterPage {
        name: found.place.names.in_lang(lang).to_owned(),
        path: path_word(&found, lang),
        qr: qr::svg(&address, &page.t("admin-poster-qr")),
        address,
        page: &page,
    })
}
