//! What waits on this phone. The page itself knows nothing of it: the list is drawn on the
//! phone, with signal and without.

use askama::Template;

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/queue/waiting_desk.html")]
struct AtTheDesk<'a> {
    page: &'a Page,
    home: &'a str,
    door: &'a str,
}

#[derive(Template)]
#[template(path = "pages/queue/waiting.html")]
struct Elsewhere<'a> {
    page: &'a Page,
    home: &'a str,
    door: &'a str,
}

pub async fn show(visit: Visit) -> Answer {
    let page = &visit.page();
    match visit.actor.is_staff() {
        true => html(&AtTheDesk {
            page,
            home: "/desk",
            door: "/desk/sign-out",
        }),
        false => html(&Elsewhere {
            page,
            home: "/volunteer",
            door: "/sign-out",
        }),
    }
}
