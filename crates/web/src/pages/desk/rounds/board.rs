//! All rounds of what somebody looks after, and what nobody has seen for longest.

use askama::Template;
use huiyin_app::rounds::look::{self, stands};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::round::Standing;

use super::{RoundRow, place_word, round_row};
use crate::layout::Page;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/rounds/board.html")]
struct BoardPage<'a> {
    page: &'a Page,
    groups: Vec<Group>,
    least_seen: Vec<SeenRow>,
    may_keep: bool,
    is_empty: bool,
}

struct Group {
    title: String,
    rows: Vec<RoundRow>,
}

struct SeenRow {
    name: String,
    place: String,
    sort: String,
    seen: String,
    never: bool,
}

pub async fn show(visit: Visit) -> Answer {
    let found = look::overview(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let group = |standing: Standing, key: &str| {
        let rounds = found.rounds.iter();
        let rounds = rounds.filter(|one| stands(one, found.day) == standing);
        Group {
            title: page.t(key).into_owned(),
            rows: rounds
                .map(|one| round_row(&when, one, &found.places, found.day))
                .collect(),
        }
    };
    let mut groups = vec![
        group(Standing::Open, "rounds-open"),
        group(Standing::Missed, "rounds-missed"),
        group(Standing::Done, "rounds-done"),
    ];
    groups.retain(|group| !group.rows.is_empty());
    let least_seen = found.least_seen.iter().map(|spot| SeenRow {
        name: spot.names.in_lang(page.lang.as_str()).to_owned(),
        place: place_word(&page, &spot.place, &found.places),
        sort: page
            .t(&format!("spot-sort-{}", spot.sort.word()))
            .into_owned(),
        seen: match spot.seen_at {
            Some(at) => when.ago(at),
            None => page.t("spot-never-seen").into_owned(),
        },
        never: spot.seen_at.is_none(),
    });
    html(&BoardPage {
        is_empty: groups.is_empty(),
        groups,
        least_seen: least_seen.collect(),
        may_keep: may_somewhere(&visit.actor, Action::RoundsKeep),
        page: &page,
    })
}
