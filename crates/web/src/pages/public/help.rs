//! What this is and how it goes, in a few sentences.

use askama::Template;

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/help.html")]
struct HelpPage<'a> {
    page: &'a Page,
}

pub async fn show(visit: Visit) -> Answer {
    html(&HelpPage {
        page: &visit.page(),
    })
}
