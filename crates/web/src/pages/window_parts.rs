//! Small things that pages of windows share: how many wait, the hours of a day, free times.

use huiyin_app::windows::list::Wait;
use huiyin_app::windows::times::FreeDay;
use huiyin_domain::window::{Closed, DayPlan, Service, Slot};

use crate::layout::Page;
use crate::when::When;

/// `3 people wait, about 20 minutes`, or that nobody does.
pub fn wait_words(page: &Page, wait: &Wait) -> String {
    let Some(minutes) = wait.minutes else {
        return page.t("window-nobody-waits").into_owned();
    };
    let waiting = page.tn("window-waiting", "count", wait.waiting);
    let args = [
        ("waiting", waiting.into_owned().into()),
        ("minutes", minutes.to_string().into()),
    ];
    page.ta("window-wait", &args).into_owned()
}

/// `3, 7`: the numbers that are being served.
pub fn called(page: &Page, wait: &Wait) -> String {
    let numbers: Vec<String> = wait.called.iter().map(ToString::to_string).collect();
    match numbers.is_empty() {
        true => String::new(),
        false => page
            .ts("window-called", "numbers", &numbers.join(" · "))
            .into_owned(),
    }
}

/// A day of a window.
pub struct DayRow {
    pub day: String,
    /// What service, and its hours; nothing when it is closed.
    pub hours: Vec<(String, String)>,
    pub closed: String,
    /// The day as forms name it.
    pub value: String,
    pub is_closed_once: bool,
}

pub fn day_row(when: &When<'_>, plan: &DayPlan) -> DayRow {
    let page = when.page;
    let usual = match plan.at_weekend {
        true => Service::Weekend,
        false => Service::Usual,
    };
    let hours = [(usual, &plan.usual), (Service::Midday, &plan.midday)];
    let hours = hours.into_iter().filter(|(_, hours)| !hours.is_empty());
    DayRow {
        day: when.day(plan.date),
        hours: hours
            .map(|(service, hours)| (service_word(page, service), hours.to_string()))
            .collect(),
        closed: plan
            .closed
            .as_ref()
            .map_or_else(String::new, |why| closed(page, why)),
        value: plan.date.to_string(),
        is_closed_once: matches!(plan.closed, Some(Closed::Once(_))),
    }
}

pub fn service_word(page: &Page, service: Service) -> String {
    let key = format!("window-service-{}", service.word());
    page.t(&key).into_owned()
}

/// Why there is no time on a day.
fn closed(page: &Page, why: &Closed) -> String {
    match why {
        Closed::Weekday => page.t("window-closed-weekday").into_owned(),
        Closed::Holiday(names) if names.is_empty() => page.t("window-closed-holiday").into_owned(),
        Closed::Holiday(names) => {
            let name = names.in_lang(page.lang.as_str());
            page.ts("window-closed-for", "why", name).into_owned()
        }
        Closed::Once(reason) => page.ts("window-closed-for", "why", reason).into_owned(),
    }
}

/// The free times of a day, those of each service together.
pub struct Day {
    pub day: String,
    pub services: Vec<(String, Vec<Time>)>,
}

/// A free time.
pub struct Time {
    pub clock: String,
    /// The instant as forms and links name it.
    pub at: String,
}

pub fn free_day(when: &When<'_>, day: &FreeDay) -> Day {
    let services = Service::ALL.iter().map(|&service| {
        let of = |slot: &&Slot| slot.service == service;
        let times = day.free.iter().filter(of).map(|slot| Time {
            clock: when.clock(slot.starts_at),
            at: slot.starts_at.to_string(),
        });
        (service_word(when.page, service), times.collect::<Vec<_>>())
    });
    Day {
        day: when.day(day.plan.date),
        services: services.filter(|(_, times)| !times.is_empty()).collect(),
    }
}
