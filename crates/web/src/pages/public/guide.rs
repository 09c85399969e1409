//! The guide: what to bring, where to go, how long it takes; and what one needs oneself.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::limits::Purpose;
use huiyin_app::procedures::list::{self, Listed, Wanted};
use huiyin_app::procedures::read;
use huiyin_domain::names::Names;
use huiyin_domain::procedure::{
    Answer as Said, Answers, For, Form as PaperForm, Group, Paper, Procedure, Way,
};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::samples::{self, View};
use crate::problem::Problem;
use crate::qr;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/guide.html")]
struct ListPage<'a> {
    page: &'a Page,
    text: String,
    place: String,
    /// Whether there is anything at all in the guide.
    is_empty: bool,
    places: Vec<(String, String, bool)>,
    groups: Vec<Shelf>,
}

/// The procedures of one group.
struct Shelf {
    label: String,
    cards: Vec<Card>,
}

struct Card {
    href: String,
    name: String,
    about: String,
    days: String,
    ways: String,
}

/// Searched in plain words: the best first; else everything, by the occasions of life.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let place: Option<For> = query.text("for").parse().ok();
    let wanted = Wanted {
        text: query.text("text").chars().take(100).collect(),
        place,
    };
    let is_search = !wanted.text.trim().is_empty();
    let rows = list::open(&visit.state.app, wanted.clone()).await?;
    let groups = match is_search {
        true => vec![Shelf {
            label: String::new(),
            cards: rows.iter().map(|row| card(&page, row)).collect(),
        }],
        false => shelves(&page, &rows),
    };
    html(&ListPage {
        is_empty: rows.is_empty() && !is_search,
        groups: groups
            .into_iter()
            .filter(|shelf| !shelf.cards.is_empty())
            .collect(),
        places: For::ALL
            .iter()
            .map(|&one| {
                let word = page.t(&format!("guide-for-{}", one.word())).into_owned();
                (one.word().to_owned(), word, place == Some(one))
            })
            .collect(),
        place: place.map_or("", For::word).to_owned(),
        text: wanted.text,
        page: &page,
    })
}

fn shelves(page: &Page, rows: &[Listed]) -> Vec<Shelf> {
    let of = |group: Group| {
        let own = rows.iter().filter(|row| row.procedure.group == group);
        Shelf {
            label: group_word(page, group),
            cards: own.map(|row| card(page, row)).collect(),
        }
    };
    Group::ALL.iter().map(|&group| of(group)).collect()
}

pub(crate) fn group_word(page: &Page, group: Group) -> String {
    page.t(&format!("guide-group-{}", group.word()))
        .into_owned()
}

fn card(page: &Page, row: &Listed) -> Card {
    let procedure = &row.procedure;
    Card {
        href: format!("/guide/{}", procedure.slug),
        name: says(page, &procedure.names),
        about: says(page, &procedure.about),
        days: days(page, procedure.days),
        ways: ways(page, procedure),
    }
}

fn says(page: &Page, names: &Names) -> String {
    names.in_lang(page.lang.as_str()).to_owned()
}

fn days(page: &Page, days: i64) -> String {
    page.tn("guide-days", "days", days).into_owned()
}

fn ways(page: &Page, procedure: &Procedure) -> String {
    let word = |way: &Way| page.t(&format!("guide-way-{}", way.word())).into_owned();
    let words: Vec<String> = procedure.ways.iter().map(word).collect();
    words.join(&page.t("desk-and"))
}

/// A paper to bring.
struct Bring {
    name: String,
    form: String,
    note: String,
    when: String,
    /// What it looks like.
    picture: Option<View>,
}

/// As what a paper is asked for, and how often.
pub(crate) fn form_and_count(page: &Page, form: PaperForm, count: i64) -> String {
    let form = format!("guide-paper-form-{}", form.word());
    let form = page.t(&form);
    let count = page.tn("guide-paper-count", "count", count);
    format!("{form} · {count}")
}

fn bring(page: &Page, procedure: &Procedure, paper: &Paper) -> Bring {
    let when = paper.when.as_ref().and_then(|when| {
        let mut asked = procedure.questions.iter();
        let question = asked.find(|question| question.key == when.question)?;
        let key = match when.answer {
            Said::Yes => "guide-paper-when",
            Said::No => "guide-paper-when-not",
        };
        let question = says(page, &question.names);
        Some(page.ts(key, "question", &question).into_owned())
    });
    let name = says(page, &paper.names);
    Bring {
        picture: samples::of_paper(page, &name, paper.picture.as_ref()),
        name,
        form: form_and_count(page, paper.form, paper.count),
        note: says(page, &paper.note),
        when: when.unwrap_or_default(),
    }
}

fn facts(page: &Page, procedure: &Procedure) -> Vec<(String, String)> {
    let promised = days(page, procedure.days);
    let promised = match procedure.legal_days {
        None => page.ts("guide-promised-only", "days", &promised),
        Some(legal) => {
            let legal = days(page, legal).into();
            page.ta(
                "guide-promised-legal",
                &[("days", promised.into()), ("legal", legal)],
            )
        }
    };
    let basis = procedure.basis.as_ref();
    let told = [
        ("guide-whom", says(page, &procedure.whom)),
        ("guide-office", says(page, &procedure.office)),
        ("guide-ways", ways(page, procedure)),
        ("guide-promised", promised.into_owned()),
        ("guide-fee", says(page, &procedure.fee)),
        (
            "guide-basis",
            basis.map_or_else(String::new, |basis| says(page, basis)),
        ),
    ];
    told.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}

#[derive(Template)]
#[template(path = "pages/public/guide_one.html")]
struct ShowPage<'a> {
    page: &'a Page,
    slug: String,
    name: String,
    about: String,
    group: String,
    facts: Vec<(String, String)>,
    papers: Vec<Bring>,
    link: String,
    asks: bool,
    /// The address of the form by which somebody is asked to help; none, when no kind does so.
    ask: String,
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let found = read::open(&visit.state.app, &slug).await?;
    let page = visit.page();
    let procedure = &found.procedure;
    let papers = procedure.papers.iter();
    html(&ShowPage {
        name: says(&page, &procedure.names),
        about: says(&page, &procedure.about),
        group: group_word(&page, procedure.group),
        facts: facts(&page, procedure),
        papers: papers.map(|paper| bring(&page, procedure, paper)).collect(),
        link: procedure.link.clone().unwrap_or_default(),
        asks: !procedure.questions.is_empty(),
        ask: ask(&visit, &slug),
        slug,
        page: &page,
    })
}

/// The form of the kind whose cases are errands, with the procedure chosen.
fn ask(visit: &Visit, slug: &str) -> String {
    let kinds = visit.state.app.kinds();
    let mut kinds = kinds.current().iter();
    let kind = kinds.find(|kind| kind.procedure_field().is_some());
    kind.map_or_else(String::new, |kind| {
        format!("/new/{}?procedure={slug}", kind.slug)
    })
}

#[derive(Template)]
#[template(path = "pages/public/guide_need.html")]
struct NeedPage<'a> {
    page: &'a Page,
    slug: String,
    name: String,
    questions: Vec<Asked>,
    /// What was answered, as the address of the print has it; none before anything was.
    answered: Option<String>,
    papers: Vec<Bring>,
    ask: String,
}

struct Asked {
    key: String,
    text: String,
    yes: bool,
    no: bool,
}

/// What was answered in an address: `?other=yes&minor=no`.
fn answers(procedure: &Procedure, query: &Form) -> Answers {
    let said = procedure.questions.iter().filter_map(|question| {
        let said = match query.text(&question.key) {
            "yes" => Said::Yes,
            "no" => Said::No,
            _ => return None,
        };
        Some((question.key.clone(), said))
    });
    said.collect()
}

/// The questions on one page, and the list once they are answered.
pub async fn need(visit: Visit, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let found = read::open(&visit.state.app, &slug).await?;
    let page = visit.page();
    let procedure = &found.procedure;
    let answers = answers(procedure, &query);
    let is_answered = answers.len() == procedure.questions.len();
    let said = |key: &str| answers.get(key).copied();
    let questions = procedure.questions.iter().map(|question| Asked {
        text: says(&page, &question.names),
        yes: said(&question.key) == Some(Said::Yes),
        no: said(&question.key) == Some(Said::No),
        key: question.key.clone(),
    });
    let needed = procedure.needed(&answers);
    let pairs: Vec<String> = answers
        .iter()
        .map(|(key, said)| format!("{key}={}", said.word()))
        .collect();
    html(&NeedPage {
        name: says(&page, &procedure.names),
        questions: questions.collect(),
        answered: is_answered.then(|| pairs.join("&")),
        papers: needed
            .into_iter()
            .map(|(_, paper)| certain(&page, procedure, paper))
            .collect(),
        ask: ask(&visit, &slug),
        slug,
        page: &page,
    })
}

/// A paper of which it is known that it is needed.
fn certain(page: &Page, procedure: &Procedure, paper: &Paper) -> Bring {
    Bring {
        when: String::new(),
        ..bring(page, procedure, paper)
    }
}

#[derive(Template)]
#[template(path = "pages/public/guide_print.html")]
struct PrintPage<'a> {
    page: &'a Page,
    name: String,
    about: String,
    facts: Vec<(String, String)>,
    papers: Vec<Bring>,
    address: String,
    qr: String,
}

/// A sheet to take along: everything, or what is needed after the answers in the address.
pub async fn print(visit: Visit, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let found = read::open(&visit.state.app, &slug).await?;
    let page = visit.page();
    let procedure = &found.procedure;
    let answers = answers(procedure, &query);
    let papers = match answers.is_empty() {
        true => {
            let all = procedure.papers.iter();
            all.map(|paper| bring(&page, procedure, paper)).collect()
        }
        false => {
            let needed = procedure.needed(&answers).into_iter();
            needed
                .map(|(_, paper)| certain(&page, procedure, paper))
                .collect()
        }
    };
    let address = format!("{}/guide/{slug}", visit.origin);
    html(&PrintPage {
        name: says(&page, &procedure.names),
        about: says(&page, &procedure.about),
        facts: facts(&page, procedure),
        papers,
        qr: qr::svg(&address, &page.t("guide-qr")),
        address,
        page: &page,
    })
}
