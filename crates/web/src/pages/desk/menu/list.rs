//! Every line of the menus that this desk looks after, open or not.

use askama::Template;
use huiyin_app::menu::list;
use huiyin_domain::menu::Service;

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/menu/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    menus: Vec<Menu>,
}

struct Menu {
    name: String,
    href: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    venue: String,
    minutes: String,
    twos: String,
    is_open: bool,
}

pub async fn show(visit: Visit) -> Answer {
    let found = list::for_the_desk(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let mut menus: Vec<Menu> = Vec::new();
    for service in &found.services {
        let href = format!("/menu/{}", service.place);
        let line = line(&page, service);
        match menus.last_mut().filter(|menu| menu.href == href) {
            Some(menu) => menu.lines.push(line),
            None => {
                let names = found.places.get(&service.place);
                menus.push(Menu {
                    name: names.map_or("", |names| names.in_lang(lang)).to_owned(),
                    href,
                    lines: vec![line],
                });
            }
        }
    }
    html(&ListPage { page: &page, menus })
}

fn line(page: &Page, service: &Service) -> Line {
    let minutes = service.minutes;
    let minutes = minutes.map(|minutes| page.tn("menu-about-minutes", "count", minutes));
    let word = |key: String| page.t(&key).into_owned();
    Line {
        href: format!("/desk/menu/{}", service.id),
        name: service.says.name.in_lang(page.lang.as_str()).to_owned(),
        venue: word(format!("menu-venue-{}", service.venue.word())),
        minutes: minutes.map_or_else(String::new, std::borrow::Cow::into_owned),
        twos: word(format!("menu-pairs-{}", service.pairs.word())),
        is_open: service.closed_at.is_none(),
    }
}
