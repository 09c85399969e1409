//! The front page: one box, three quiet doors.

use askama::Template;

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/front.html")]
struct FrontPage<'a> {
    page: &'a Page,
}

pub async fn show(visit: Visit) -> Answer {
    html(&FrontPage {
        page: &visit.page(),
    })
}
