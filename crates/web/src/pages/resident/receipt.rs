//! The receipt: the code in fours, its QR code, who answers and until when.

use askama::Template;
use axum::extract::Path;
use huiyin_app::cases::{read, receipt};
use huiyin_domain::id::CaseId;

use crate::layout::Page;
use crate::qr;
use crate::visit::{Answer, Visit, html};

use super::case::next_sentence;

#[derive(Template)]
#[template(path = "pages/resident/receipt.html")]
struct ReceiptPage<'a> {
    page: &'a Page,
    case: CaseId,
    slug: &'a str,
    title: &'a str,
    code: &'a str,
    qr: String,
    next: String,
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    let app = &visit.state.app;
    let actor = visit.acting_on(case);
    let code = receipt::receipt(app, &actor, case).await?;
    let read = read::read(app, &actor, case).await?;
    let page = visit.page();
    let address = format!("{}/t/{}", visit.origin, code.as_str());
    html(&ReceiptPage {
        page: &page,
        case,
        slug: &read.kind.slug,
        title: &read.title,
        code: code.as_str(),
        qr: qr::svg(&address, &page.t("receipt-qr")),
        next: next_sentence(&visit, &page, &read).await?,
    })
}
