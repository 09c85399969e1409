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
    /// The text, cut into what is said and addresses of this house, which can be followed.
    body: Vec<(String, bool)>,
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
        body: cut(&letter.body, &app.config.base_url),
    });
    html(&OutboxPage {
        page: &page,
        letters: letters.collect(),
    })
}

/// The text, with every address that begins so in a part of its own.
fn cut(text: &str, house: &str) -> Vec<(String, bool)> {
    let parts = text.split_inclusive(char::is_whitespace);
    let mut cut: Vec<(String, bool)> = Vec::new();
    for part in parts {
        let (before, address) = match part.find(house) {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        let is_of_it = |c: char| c.is_ascii_alphanumeric() || "/:.-_".contains(c);
        let end = address.find(|c| !is_of_it(c)).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        let (address, dot) = address.split_at(address.trim_end_matches(['.', ':']).len());
        for (piece, is_address) in [
            (before, false),
            (address, true),
            (dot, false),
            (after, false),
        ] {
            match cut.last_mut() {
                _ if piece.is_empty() => {}
                Some((last, false)) if !is_address => last.push_str(piece),
                _ => cut.push((piece.to_owned(), is_address)),
            }
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_house_can_be_followed_and_nothing_is_lost() {
        let house = "http://town.example";
        let text = "看进展：http://town.example/t/12。\nBy then: http://town.example/t/34. Bye";
        let parts = cut(text, house);
        let whole: String = parts.iter().map(|(part, _)| part.as_str()).collect();
        assert_eq!(whole, text);
        let followed: Vec<_> = parts
            .iter()
            .filter(|(_, is)| *is)
            .map(|(part, _)| part.as_str())
            .collect();
        assert_eq!(
            followed,
            ["http://town.example/t/12", "http://town.example/t/34"]
        );
    }
}
