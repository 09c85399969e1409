//! The board of tasks: columns on a wide screen, one list on a phone.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::tasks::board::{self, Board, Card, Column, Filter, Lateness};
use huiyin_domain::task::Sort;

use super::{Chip, due, progress, sort_chip, state_chip, today};
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts::choices;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/board.html")]
struct BoardPage<'a> {
    page: &'a Page,
    columns: Vec<ColumnView>,
    sorts: Vec<Choice>,
    is_late: bool,
    is_filtered: bool,
    is_empty: bool,
    may_give: bool,
}

struct ColumnView {
    title: String,
    cards: Vec<CardView>,
}

struct CardView {
    href: String,
    /// Where it stands in many places, as a map.
    map: String,
    title: String,
    place: String,
    due: String,
    is_late: bool,
    sort: Chip,
    state: Option<Chip>,
    progress: String,
    share: i64,
    waiting: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let filter = Filter {
        sort: query.text("sort").parse().ok(),
        late: match query.text("late") {
            "yes" => Lateness::Late,
            _ => Lateness::Any,
        },
    };
    let found = board::look(&visit.state.app, &visit.actor, filter).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let words = Sort::ALL.iter().map(|sort| sort.word());
    html(&BoardPage {
        columns: columns(&when, &found),
        sorts: choices(&page, "task-sort", words, query.text("sort")),
        is_late: filter.late == Lateness::Late,
        is_filtered: filter != Filter::default(),
        is_empty: found.cards.is_empty(),
        may_give: found.may_give,
        page: &page,
    })
}

fn columns(when: &When<'_>, found: &Board) -> Vec<ColumnView> {
    let column = |column: Column| {
        let cards = found.cards.iter().filter(|card| card.column == column);
        ColumnView {
            title: when
                .page
                .t(&format!("tasks-column-{}", column.word()))
                .into_owned(),
            cards: cards.map(|one| card(when, one)).collect(),
        }
    };
    let columns = Column::ALL.into_iter().map(column);
    columns.filter(|column| !column.cards.is_empty()).collect()
}

fn card(when: &When<'_>, card: &Card) -> CardView {
    let page = when.page;
    let is_own = matches!(card.column, Column::ToDo | Column::Waiting | Column::Done);
    let part = card.part.as_ref().filter(|part| part.state.is_open());
    let href = match part {
        Some(part) => format!("/desk/tasks/{}/{}", card.task.id, part.place),
        None => format!("/desk/tasks/{}", card.task.id),
    };
    let (progress, share) = progress(&card.sum);
    CardView {
        map: match card.sum.total() {
            0 => String::new(),
            _ => format!("/desk/tasks/{}/map", card.task.id),
        },
        href,
        title: card.task.title.clone(),
        place: card.place.in_lang(page.lang.as_str()).to_owned(),
        due: due(when, &card.task),
        is_late: card.column != Column::Done && card.task.is_late_on(today(when)),
        sort: sort_chip(page, card.task.sort),
        state: card
            .part
            .as_ref()
            .filter(|_| is_own && card.sum.total() == 0)
            .map(|part| state_chip(page, part.state)),
        progress: match card.sum.total() {
            0 => String::new(),
            _ => progress,
        },
        share,
        waiting: match card.waiting {
            0 => String::new(),
            count => page.tn("tasks-waiting", "count", count).into_owned(),
        },
    }
}
