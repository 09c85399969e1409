//! What is due on which day: a month at a glance, and the same as a list.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::tasks::calendar::{self, Due};
use huiyin_domain::task::State;
use huiyin_domain::words::Value;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Chip, sort_chip, state_chip, today};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/calendar.html")]
struct CalendarPage<'a> {
    page: &'a Page,
    title: String,
    before: String,
    after: String,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Cell>>,
    days: Vec<DayView>,
}

/// A day of the month at a glance.
struct Cell {
    /// Empty beside the month.
    number: String,
    count: usize,
    says: String,
    date: String,
    is_today: bool,
}

struct DayView {
    date: String,
    title: String,
    rows: Vec<RowView>,
}

struct RowView {
    href: String,
    title: String,
    sort: Chip,
    state: Option<Chip>,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let month = format!("{}-01", query.text("month"));
    let first: Date = match query.text("month") {
        "" => today(&when).first_of_month(),
        _ => month.parse().map_err(|_| Problem::NotFound)?,
    };
    if !(2000..2200).contains(&first.year()) {
        return Err(Problem::NotFound);
    }
    let found = calendar::month(&visit.state.app, &visit.actor, first).await?;
    let link = |date: Date| format!("/desk/tasks/calendar?month={}", date.strftime("%Y-%m"));
    let args = [
        ("year", Value::from(first.year().to_string())),
        ("month", Value::from(i64::from(first.month()))),
    ];
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekdays = weekdays.map(|day| page.t(&format!("task-weekday-{day}")).into_owned());
    html(&CalendarPage {
        title: page.ta("tasks-month", &args).into_owned(),
        before: link(first.saturating_sub(1.month())),
        after: link(first.saturating_add(1.month())),
        weekdays: weekdays.to_vec(),
        weeks: weeks(&when, first, &found),
        days: days(&when, &found),
        page: &page,
    })
}

fn weeks(when: &When<'_>, first: Date, found: &[Due]) -> Vec<Vec<Cell>> {
    let since = i64::from(first.weekday().since(Weekday::Monday));
    let mut day = first.saturating_sub(since.days());
    let mut weeks = Vec::new();
    while weeks.is_empty() || day.first_of_month() == first {
        let week = (0..7).map(|_| {
            let cell = cell(when, day, (first, found));
            day = day.saturating_add(1.day());
            cell
        });
        weeks.push(week.collect());
    }
    weeks
}

fn cell(when: &When<'_>, day: Date, (first, found): (Date, &[Due])) -> Cell {
    let is_in = day.first_of_month() == first;
    let count = found.iter().filter(|(task, _)| task.due_on == day).count();
    Cell {
        number: match is_in {
            true => day.day().to_string(),
            false => String::new(),
        },
        count,
        says: when
            .page
            .tn("tasks-due-count", "count", count as i64)
            .into_owned(),
        date: day.to_string(),
        is_today: is_in && day == today(when),
    }
}

fn days(when: &When<'_>, found: &[Due]) -> Vec<DayView> {
    let mut days: Vec<DayView> = Vec::new();
    for (task, part) in found {
        let date = task.due_on.to_string();
        let row = RowView {
            href: match part.as_ref().filter(|part| part.state.is_open()) {
                Some(part) => format!("/desk/tasks/{}/{}", task.id, part.place),
                None => format!("/desk/tasks/{}", task.id),
            },
            title: task.title.clone(),
            sort: sort_chip(when.page, task.sort),
            state: part
                .as_ref()
                .filter(|part| part.state != State::BrokenDown)
                .map(|part| state_chip(when.page, part.state)),
        };
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.rows.push(row),
            None => days.push(DayView {
                title: when.day(task.due_on),
                rows: vec![row],
                date,
            }),
        }
    }
    days
}
