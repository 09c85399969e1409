//! The receipt of a gift, to be printed and handed over.

use askama::Template;
use axum::extract::Path;
use huiyin_app::gifts::read::read;
use huiyin_domain::id::GiftId;

use crate::layout::Page;
use crate::pages::desk::show;
use crate::pages::public::gifts as account;
use crate::qr;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/gifts/receipt.html")]
struct ReceiptPage<'a> {
    page: &'a Page,
    number: String,
    facts: Vec<(String, String)>,
    address: String,
    qr: String,
}

pub async fn print(visit: Visit, Path(id): Path<GiftId>) -> Answer {
    let found = read(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let gift = &found.gift;
    let somebody = || page.t("gifts-somebody").into_owned();
    let facts = [
        ("gifts-receipt", account::number(gift)),
        (
            "gifts-donor",
            found.donor.name.clone().unwrap_or_else(somebody),
        ),
        ("gifts-what", gift.what.clone()),
        (
            "gifts-amount",
            account::amount(&page, gift.sort, gift.amount),
        ),
        ("gifts-received", when.day(gift.received_on)),
        (
            "gifts-place",
            found.place.in_lang(page.lang.as_str()).to_owned(),
        ),
    ];
    let address = format!("{}/gifts?place={}", visit.origin, gift.place);
    html(&ReceiptPage {
        number: account::number(gift),
        facts: facts
            .into_iter()
            .map(|(key, text)| (page.t(key).into_owned(), text))
            .collect(),
        qr: qr::svg(&address, &page.t("gifts-qr")),
        address,
        page: &page,
    })
}
