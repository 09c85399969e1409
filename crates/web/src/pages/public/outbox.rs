//! What would have gone out by mail and text message: in the demo, for everybody to see.

use askama::Template;
use huiyin_app::outbox;

use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/outbox.html")]
struct OutboxPage<'a> {
    page: &'a Page,
    letters: Vec<Line>,
}

struct Line {
    sign: &'static str,
    to: String,
    when: String,
    subject: String,
    body: String,
}

pub async fn show(visit: Visit) -> Answer {
    let app = &visit.state.app;
    if !app.config.demo.is_on() {
        return Err(Problem::NotFound);
    }
    let page = visit.page();
    let when = When::of(&visit, &page);
    let letters = outbox::newest(app).await?;
    let letters = letters.into_iter().map(|letter| Line {
        sign: if letter.channel == "sms" {
            "device-mobile"
        } else {
            "message"
        },
        when: when.ago(letter.at),
        to: letter.recipient,
        subject: letter.subject,
        body: letter.body,
    });
    html(&OutboxPage {
        page: &page,
        letters: letters.collect(),
    })
}
