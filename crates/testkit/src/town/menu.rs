//! The menus of the town, from `texts/menu.txt`: each street has one, the first community of each
//! has some lines more.

use huiyin_domain::id::MenuServiceId;
use huiyin_domain::menu::{Says, Season, Service};
use huiyin_domain::place::{Level, Place, PlaceCode};
use jiff::Timestamp;

use super::{Mint, places};

/// A line of a menu, with the word by which texts mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub key: &'static str,
    pub service: Service,
}

pub(super) fn make(all: &[Place], made_at: Timestamp) -> Vec<Line> {
    // A row of ids of its own: what else the town makes stays what it was.
    let mut mint = Mint { at: made_at };
    let paragraphs = include_str!("../../texts/menu.txt").split("\n= ").skip(1);
    let paragraphs: Vec<&'static str> = paragraphs.collect();
    let mut lines = Vec::new();
    for street in places::at(all, Level::Street) {
        let mut within = places::at(all, Level::Community);
        let first = within.find(|place| place.code.is_within(&street.code));
        let first = first.expect("every street has a community");
        for (position, text) in (1..).zip(&paragraphs) {
            let (head, body) = text.split_once('\n').expect("a head, then words");
            let words: Vec<&'static str> = head.split_whitespace().collect();
            let place = match words.get(4) {
                Some(&"community") => &first.code,
                _ => &street.code,
            };
            let id = MenuServiceId::make(mint.next(), 0);
            lines.push(line((id, place), position, &words, body));
        }
    }
    lines
}

fn line(
    (id, place): (MenuServiceId, &PlaceCode),
    position: i64,
    words: &[&'static str],
    body: &'static str,
) -> Line {
    let &[key, venue, pairs, minutes, _, season] = words else {
        panic!("six words in each head of menu.txt: {words:?}");
    };
    let mut says = Says::default();
    let mut skills = Vec::new();
    for said in body.lines().filter(|line| !line.is_empty()) {
        let (name, text) = said.split_once('|').expect("`part.language | text`");
        let Some((part, language)) = name.trim().split_once('.') else {
            skills = text
                .split('|')
                .map(|skill| skill.trim().to_owned())
                .collect();
            continue;
        };
        let names = match part {
            "name" => &mut says.name,
            "about" => &mut says.about,
            "who" => &mut says.who,
            "needed" => &mut says.needed,
            "not_promised" => &mut says.not_promised,
            "hours" => &mut says.hours,
            other => panic!("menu.txt has no part {other}"),
        };
        names.0.insert(language.to_owned(), text.trim().to_owned());
    }
    let season = season.split_once("..").map(|(from, to)| Season {
        from: from
            .parse()
            .expect("seasons in menu.txt are days of a year"),
        to: to.parse().expect("seasons in menu.txt are days of a year"),
    });
    let service = Service {
        id,
        place: place.clone(),
        position,
        says,
        skills,
        minutes: minutes.parse().ok(),
        venue: venue.parse().expect("venues in menu.txt are known"),
        pairs: pairs.parse().expect("pairs in menu.txt are known"),
        season,
        closed_at: None,
        version: 1,
    };
    Line { key, service }
}
