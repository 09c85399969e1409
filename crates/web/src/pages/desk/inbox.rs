//! The inbox: one list of all cases that somebody's posts let them see, narrowed by
//! filters in the address. The search page is the same list over all states.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::atlas::Atlas;
use huiyin_app::cases::list::{self, Counts, Reply, Request};
use huiyin_app::places::look::{self, Found};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::case::{Kind, Kinds, Stage, Step, Weight};
use huiyin_domain::unit::Item;

use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, see};

use super::list_query::{ListQuery, after};
use super::show::{self, RowView};
use super::views::{self, SavedView};

const ROWS: usize = 50;
/// Nobody holds more in earnest.
const POSTS_MAX: usize = 8;
/// Where the inbox stands; the search is its own address.
const INBOX: &str = "/desk";
const SEARCH: &str = "/desk/search";

#[derive(Template)]
#[template(path = "pages/desk/inbox.html")]
struct InboxPage<'a> {
    page: &'a Page,
    title: &'static str,
    action: &'static str,
    asked: ListQuery,
    query: String,
    filtered: bool,
    new_doors: Vec<NewDoor>,
    counts: Vec<Stat>,
    tabs: Vec<Tab>,
    selects: Vec<Select>,
    views: Vec<SavedView>,
    rows: Vec<RowView>,
    bulk: Vec<BulkStep>,
    first: String,
    more: String,
    empty: Empty,
}

struct NewDoor {
    href: String,
    icon: String,
    word: String,
}

struct Stat {
    href: String,
    figure: String,
    label: String,
    late: bool,
}

pub struct Tab {
    pub href: String,
    pub label: String,
    pub here: bool,
}

/// A choice of a filter or a form.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

struct Select {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

struct BulkStep {
    value: String,
    label: String,
}

struct Empty {
    icon: &'static str,
    title: &'static str,
    text: &'static str,
}

/// The inbox; administrators, who see no cases, are led to their own first page.
pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    if !may_somewhere(&visit.actor, Action::CaseList) {
        return Ok(see("/admin"));
    }
    let asked = ListQuery::read(query.as_deref());
    draw(&visit, asked, INBOX).await
}

/// The same list over all states, led by what is typed.
pub async fn search(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut asked = ListQuery::read(query.as_deref());
    if asked.state.is_empty() && !query.unwrap_or_default().contains("state=") {
        asked.state = "all".to_owned();
    }
    draw(&visit, asked, SEARCH).await
}

async fn draw(visit: &Visit, asked: ListQuery, action: &'static str) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let page = visit.page();
    let now = app.now();
    let kinds = app.kinds();
    let request = Request {
        filter: asked.filter(now),
        text: asked.q.clone(),
        after: asked.cursor(),
        limit: ROWS,
    };
    let reply = list::list(app, actor, request).await?;
    let counts = list::counts(app, actor, list::Filter::default(), list::COUNT_MAX).await?;
    let atlas = app.atlas_now().await?;
    let nearby = near(visit).await?;
    let rows = show::rows(&show::when(visit, &page), &kinds, &reply);
    let selects = vec![
        select("kind", "desk-kind", kind_choices(&page, &kinds, &asked)),
        select("stage", "desk-stage", stage_choices(&page, &kinds, &asked)),
        select("item", "desk-item", item_choices(&page, &atlas, &asked)),
        select(
            "place",
            "desk-place",
            place_choices(&page, &nearby, &asked.place),
        ),
    ];
    let drawn = InboxPage {
        title: if action == INBOX {
            "desk-inbox"
        } else {
            "desk-search"
        },
        new_doors: new_doors(visit, &page, &kinds),
        counts: strip(&page, counts),
        tabs: tabs(&page, &asked, action),
        selects: selects
            .into_iter()
            .filter(|select| !select.choices.is_empty())
            .collect(),
        views: views::of(visit).await?,
        bulk: bulk_steps(visit, &page, &kinds, &reply),
        first: if asked.after.is_empty() {
            String::new()
        } else {
            address(action, &asked.with(|_| ()))
        },
        more: reply.next.map_or_else(String::new, |next| {
            address(action, &asked.with(|other| other.after = after(next)))
        }),
        empty: empty(&asked, action),
        filtered: asked.is_narrowed(),
        query: asked.with(|_| ()),
        page: &page,
        action,
        asked,
        rows,
    };
    html(&drawn)
}

fn address(action: &str, query: &str) -> String {
    match query {
        "" => action.to_owned(),
        query => format!("{action}?{query}"),
    }
}

fn select(name: &'static str, label: &'static str, choices: Vec<Choice>) -> Select {
    Select {
        name,
        label,
        choices,
    }
}

/// One door for each kind that this person may write down.
fn new_doors(visit: &Visit, page: &Page, kinds: &Kinds) -> Vec<NewDoor> {
    if !may_somewhere(&visit.actor, Action::CaseOpen) {
        return Vec::new();
    }
    let opens = kinds
        .current()
        .iter()
        .filter(|kind| super::new::opens(kind, &visit.actor));
    opens
        .map(|kind| NewDoor {
            href: format!("/desk/new/{}", kind.slug),
            icon: kind.icon.clone(),
            word: page
                .ts("desk-new-kind", "kind", &show::kind_word(page, &kind.slug))
                .into_owned(),
        })
        .collect()
}

fn strip(page: &Page, counts: Counts) -> Vec<Stat> {
    // What falls due first is counted first: whatever ends before the last one is all there is.
    let (all, soon) = (counts.open, counts.late + counts.soon);
    let stat = |query: &str, count: i64, upto: i64, label: &str| Stat {
        href: address(INBOX, query),
        figure: show::counted(count, counts.is_capped && upto >= all),
        label: page.t(label).into_owned(),
        late: false,
    };
    vec![
        stat("", counts.open, all, "desk-count-open"),
        stat("", counts.soon, soon, "desk-count-soon"),
        Stat {
            late: counts.late > 0,
            ..stat("late=1", counts.late, counts.late, "desk-count-late")
        },
        stat("urgent=1", counts.urgent, all, "desk-count-urgent"),
    ]
}

fn tabs(page: &Page, asked: &ListQuery, action: &str) -> Vec<Tab> {
    [
        ("", "desk-state-open"),
        ("closed", "desk-state-closed"),
        ("all", "desk-state-all"),
    ]
    .into_iter()
    .map(|(state, word)| Tab {
        href: format!(
            "{action}?{}",
            asked.with(|other| other.state = state.to_owned())
        ),
        label: page.t(word).into_owned(),
        here: asked.state == state,
    })
    .collect()
}

fn kind_choices(page: &Page, kinds: &Kinds, asked: &ListQuery) -> Vec<Choice> {
    let choice = |kind: &std::sync::Arc<Kind>| Choice {
        value: kind.slug.clone(),
        label: show::kind_word(page, &kind.slug),
        chosen: kind.slug == asked.kind,
    };
    kinds.current().iter().map(choice).collect()
}

/// The stages of the chosen kind; a stage means nothing without its kind.
fn stage_choices(page: &Page, kinds: &Kinds, asked: &ListQuery) -> Vec<Choice> {
    let Some(kind) = kinds.by_slug(&asked.kind) else {
        return Vec::new();
    };
    let choice = |stage: &Stage| Choice {
        value: stage.name.clone(),
        label: show::stage_word(page, &kind.slug, &stage.name),
        chosen: stage.name == asked.stage,
    };
    kind.stages.iter().map(choice).collect()
}

fn item_choices(page: &Page, atlas: &Atlas, asked: &ListQuery) -> Vec<Choice> {
    let open = atlas.items().filter(|item| item.closed_at.is_none());
    let choice = |item: &Item| Choice {
        value: item.code.to_string(),
        label: item.names.in_lang(page.lang.as_str()).to_owned(),
        chosen: item.code.as_str() == asked.item,
    };
    open.map(choice).collect()
}

/// The places of one's posts and those right inside them.
pub(super) async fn near(visit: &Visit) -> Result<Vec<Found>, Problem> {
    let app = &visit.state.app;
    let mut near: Vec<Found> = Vec::new();
    for post in visit.actor.posts.iter().take(POSTS_MAX) {
        let own = look::path(app, post.place.clone()).await?.into_iter();
        let inside = look::inside(app, Some(post.place.clone())).await?;
        near.extend(own.chain(inside));
    }
    near.sort_by(|a, b| a.place.code.cmp(&b.place.code));
    near.dedup_by(|a, b| a.place.code == b.place.code);
    Ok(near)
}

pub(super) fn place_choices(page: &Page, near: &[Found], asked: &str) -> Vec<Choice> {
    let choice = |found: &Found| Choice {
        value: found.place.code.to_string(),
        label: show::found_word(page, found),
        chosen: found.place.code.as_str() == asked,
    };
    near.iter().map(choice).collect()
}

/// The steps that staff may take from the stages in this list, the plainest few.
fn bulk_steps(visit: &Visit, page: &Page, kinds: &Kinds, reply: &Reply) -> Vec<BulkStep> {
    let mut steps: Vec<(String, Weight)> = Vec::new();
    for row in reply.rows.iter().filter(|row| row.closed_at.is_none()) {
        let Some(kind) = kinds.by_slug(&row.kind) else {
            continue;
        };
        let takes = |step: &&Step| {
            step.from.contains(&row.stage)
                && step.weight != Weight::Quiet
                && step
                    .by
                    .iter()
                    .any(|who| super::bulk::is_of(who, &visit.actor))
        };
        for step in kind.steps.iter().filter(takes) {
            let value = format!("{}.{}", kind.slug, step.name);
            if !steps.iter().any(|(known, _)| *known == value) {
                steps.push((value, step.weight));
            }
        }
    }
    steps.sort_by_key(|(_, weight)| *weight);
    steps.truncate(super::bulk::STEPS_MAX);
    let label = |value: &str| {
        let (slug, step) = value.split_once('.').unwrap_or_default();
        show::step_word(page, slug, step)
    };
    steps
        .into_iter()
        .map(|(value, _)| BulkStep {
            label: label(&value),
            value,
        })
        .collect()
}

fn empty(asked: &ListQuery, action: &str) -> Empty {
    let (icon, title, text) = match (asked.is_narrowed(), action, asked.state.as_str()) {
        (true, ..) => ("search", "desk-empty-filter", "desk-empty-filter-text"),
        (_, SEARCH, _) => ("search", "desk-empty-search", "desk-empty-search-text"),
        (_, _, "closed") => ("archive", "desk-empty-closed", "desk-empty-closed-text"),
        _ => ("inbox", "desk-empty", "desk-empty-text"),
    };
    Empty { icon, title, text }
}
