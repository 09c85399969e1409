//! One round, whole on one page, so that it can be walked where there is no signal: a form for
//! each spot that is still to see, in the order of walking, and what was seen already.

use askama::Template;
use axum::extract::Path;
use huiyin_app::rounds::look::{self, Shown, Stop, stands};
use huiyin_domain::id::RoundId;
use huiyin_domain::round::Standing;

use super::spot_form::{Forms, SpotForm};
use super::{FoundRow, RoundRow, found_row, place_word, round_row};
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::tasks::Chip;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

/// So many forms stand on one page; the others follow when these are done.
const FORMS_MAX: usize = 25;

#[derive(Template)]
#[template(path = "pages/desk/rounds/round.html")]
struct RoundPage<'a> {
    page: &'a Page,
    round: RoundRow,
    is_missed: bool,
    is_done: bool,
    left: Vec<Left>,
    /// How many more come after these.
    more: String,
    seen: Vec<Seen>,
    found: Vec<FoundRow>,
}

/// A spot that is still to see.
struct Left {
    number: i64,
    name: String,
    place: String,
    is_next: bool,
    spot: SpotForm,
}

/// A spot that was seen, or left out.
struct Seen {
    href: String,
    name: String,
    chip: Chip,
    when: String,
}

pub async fn show(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let app = &visit.state.app;
    let shown = look::show(app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let kinds = app.kinds();
    let standing = stands(&shown.listed, shown.day);
    let left = left(&visit, &page, &shown);
    let all = shown.stops.iter().filter(|stop| stop.settled_at.is_none());
    let more = match all.count() - left.len() {
        0 => String::new(),
        more => page.tn("round-more", "count", more as i64).into_owned(),
    };
    let seen = shown.stops.iter().filter_map(|stop| seen(&when, id, stop));
    html(&RoundPage {
        round: round_row(&when, &shown.listed, &shown.places, shown.day),
        is_missed: standing == Standing::Missed,
        is_done: standing == Standing::Done,
        left,
        more,
        seen: seen.collect(),
        found: shown
            .found
            .iter()
            .map(|one| found_row(&page, &kinds, one))
            .collect(),
        page: &page,
    })
}

/// Those that are still to see, from where the round goes on.
fn left(visit: &Visit, page: &Page, shown: &Shown) -> Vec<Left> {
    let forms = Forms::of(visit, page, (shown.listed.round.id, &shown.lines));
    let next = shown
        .stops
        .iter()
        .position(|stop| Some(stop.spot) == shown.next);
    let (before, behind) = shown.stops.split_at(next.unwrap_or(0));
    let left = behind.iter().chain(before);
    let left = left.filter(|stop| stop.settled_at.is_none());
    let empty = (Form::default(), Wrong::default());
    left.take(FORMS_MAX)
        .map(|stop| Left {
            number: stop.number,
            name: stop.names.in_lang(page.lang.as_str()).to_owned(),
            place: place_word(page, &stop.place, &shown.places),
            is_next: Some(stop.spot) == shown.next,
            spot: forms.draw(
                visit,
                (stop, shown.known.get(&stop.spot)),
                (&empty.0, &empty.1),
            ),
        })
        .collect()
}

fn seen(when: &When<'_>, round: RoundId, stop: &Stop) -> Option<Seen> {
    let page = when.page;
    Some(Seen {
        when: when.moment(stop.settled_at?),
        href: format!("/desk/rounds/{round}/{}", stop.spot),
        name: stop.names.in_lang(page.lang.as_str()).to_owned(),
        chip: stop_chip(page, stop),
    })
}

pub(super) fn stop_chip(page: &Page, stop: &Stop) -> Chip {
    let (tone, sign, word) = match (&stop.left_out_for, stop.faults, stop.settled_at) {
        (_, _, None) => ("new", "eye", page.t("spot-to-see").into_owned()),
        (Some(why), ..) => (
            "quiet",
            "eye-off",
            page.ts("spot-left-out", "why", why).into_owned(),
        ),
        (None, 0, _) => ("done", "circle-check", page.t("spot-is-good").into_owned()),
        (None, count, _) => (
            "late",
            "alert-triangle",
            page.tn("round-faults", "count", count).into_owned(),
        ),
    };
    Chip { tone, sign, word }
}
