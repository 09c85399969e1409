//! Notices at the desk: what staff were told of the cases of their unit, and what they have
//! not read.

use askama::Template;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::notice_list::{self, NoticeList};
use crate::visit::{Answer, Visit, html, see};

const PATH: &str = "/desk/notices";

#[derive(Template)]
#[template(path = "pages/desk/notices.html")]
struct NoticesPage<'a> {
    page: &'a Page,
    list: NoticeList,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page();
    let list = notice_list::load(&visit, &page, PATH).await?;
    html(&NoticesPage { page: &page, list })
}

/// One has been read, or everything up to one.
pub async fn seen(visit: Visit, form: Form) -> Answer {
    notice_list::mark(&visit, &form).await?;
    Ok(see(PATH))
}
