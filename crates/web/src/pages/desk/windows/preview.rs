//! The week that a window would have, before it is kept.

use huiyin_app::windows::preview::{Day, Preview};
use huiyin_domain::window::Service;

use crate::layout::Page;
use crate::pages::window_parts::{DayRow, day_row, service_word};
use crate::when::When;

pub(super) struct PreviewView {
    pub total: String,
    /// Who would lose their time; empty for a window that is not there yet.
    pub displaced: String,
    pub tone: &'static str,
    pub days: Vec<DayView>,
}

pub(super) struct DayView {
    pub row: DayRow,
    pub count: String,
    /// What service, and its times.
    pub times: Vec<(String, String)>,
}

pub(super) fn view(when: &When<'_>, preview: &Preview) -> PreviewView {
    let page = when.page;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let times = preview.days.iter().map(|day| day.slots.len()).sum();
    let displaced = match preview.displaced {
        None => String::new(),
        Some(0) => page.t("window-week-nobody").into_owned(),
        Some(some) => page
            .tn("window-week-displaced", "count", count(some))
            .into_owned(),
    };
    PreviewView {
        total: match preview.is_shut {
            true => page.t("window-week-shut").into_owned(),
            false => page
                .tn("window-week-total", "count", count(times))
                .into_owned(),
        },
        tone: match preview.displaced {
            None | Some(0) => "done",
            Some(_) => "wait",
        },
        displaced,
        days: match preview.is_shut {
            true => Vec::new(),
            false => preview
                .days
                .iter()
                .map(|day| day_view(when, preview.seats, day))
                .collect(),
        },
    }
}

fn day_view(when: &When<'_>, seats: i64, day: &Day) -> DayView {
    let page = when.page;
    let of = |service: &Service| {
        let slots = day.slots.iter().filter(|slot| slot.service == *service);
        let times: Vec<String> = slots.map(|slot| when.clock(slot.starts_at)).collect();
        let word = service_word(page, *service);
        (!times.is_empty()).then(|| (word, times.join(" ")))
    };
    DayView {
        row: day_row(when, &day.plan),
        count: count_words(page, day.slots.len(), seats),
        times: Service::ALL.iter().filter_map(of).collect(),
    }
}

/// `12 times`, and for how many each, when for more than one.
fn count_words(page: &Page, times: usize, seats: i64) -> String {
    let times = i64::try_from(times).unwrap_or(i64::MAX);
    let times = page.tn("window-week-count", "count", times).into_owned();
    match seats {
        1 => times,
        seats => {
            let told = [("times", times.into()), ("seats", seats.to_string().into())];
            page.ta("window-week-seats", &told).into_owned()
        }
    }
}
