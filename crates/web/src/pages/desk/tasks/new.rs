//! Give a task: fill it in, look how many it reaches and whose desk is full, give it. Two presses
//! of one form, without a line of script.

use askama::Template;
use huiyin_app::places::look as places;
use huiyin_app::tasks::give::{self, Preview, Request, Wanted};
use huiyin_app::tasks::repeat;
use huiyin_app::tasks::spread::Reach;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, roles_for};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{TaskId, TaskRuleId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Evidence, Load, Rhythm, Sort, Want};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::collections::own_places;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts::{choices, number};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

/// So many full desks are named.
const FULL_MAX: usize = 60;
const ONCE: &str = "once";

#[derive(Template)]
#[template(path = "pages/desk/tasks/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: String,
    sorts: Vec<Choice>,
    wants: Vec<Choice>,
    places: Vec<Choice>,
    levels: Vec<Choice>,
    roles: Vec<Choice>,
    /// The places right below, to choose some of them.
    children: Vec<Choice>,
    some: bool,
    rhythms: Vec<Choice>,
    repeats: bool,
    typed: &'a Form,
    preview: Option<PreviewView>,
    wrong: Wrong,
}

struct PreviewView {
    reach: String,
    reports: String,
    /// In how many places nobody holds the post, in a sentence.
    without: String,
    /// How many desks are full, in a sentence.
    full: String,
    over: String,
    desks: Vec<DeskView>,
    more: String,
}

struct DeskView {
    name: String,
    lying: String,
    is_over: bool,
}

pub async fn new(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), None, Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, preview: Option<Preview>, wrong: Wrong) -> Answer {
    let page = visit.page();
    let places = own_places(visit, &page, (Action::TaskGive, typed.text("place"))).await?;
    let chosen = places.iter().find(|place| place.chosen);
    let place = chosen.or(places.first()).map(|place| place.value.as_str());
    let place: Option<PlaceCode> = place.and_then(|code| code.parse().ok());
    let place = place.ok_or(Problem::NotPermitted)?;
    let children = children(visit, &page, &place, typed).await?;
    let status = wrong.status;
    let sort = match typed.text("sort") {
        "" => Sort::Key.word(),
        word => word,
    };
    let rhythm = typed.text("rhythm");
    let rhythms = [ONCE].into_iter();
    let rhythms = rhythms.chain(Rhythm::ALL.iter().map(|rhythm| rhythm.word()));
    let mut wants = choices(
        &page,
        "task-want",
        Want::ALL.iter().map(|want| want.word()),
        "",
    );
    for want in &mut wants {
        want.chosen = typed.all("want").any(|word| word == want.value);
    }
    let drawn = NewPage {
        id: match typed.text("id") {
            "" => TaskId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        sorts: choices(
            &page,
            "task-sort",
            Sort::ALL.iter().map(|sort| sort.word()),
            sort,
        ),
        wants,
        levels: levels(&page, place.level(), typed.text("level")),
        roles: roles(&page, typed.text("role")),
        some: children.iter().any(|child| child.chosen),
        children,
        places,
        repeats: !matches!(rhythm, "" | ONCE),
        rhythms: choices(&page, "task-rhythm", rhythms, rhythm),
        typed,
        preview: preview.map(|preview| view(&page, &preview)),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// The levels below a place; the community is what is mostly meant.
fn levels(page: &Page, above: Level, chosen: &str) -> Vec<Choice> {
    let levels = Level::ALL.into_iter().map(|(level, _)| level);
    let below: Vec<Level> = levels
        .filter(|level| *level > above && *level <= Level::Grid)
        .collect();
    let usual = match below.contains(&Level::Community) {
        true => Level::Community,
        false => Level::Grid,
    };
    let chosen = match chosen {
        "" => usual.word(),
        chosen => chosen,
    };
    choices(
        page,
        "level",
        below.iter().map(|level| level.word()),
        chosen,
    )
}

/// Whose post it can be meant for: everybody's, or that of one role.
fn roles(page: &Page, chosen: &str) -> Vec<Choice> {
    let roles = roles_for(Action::TaskReport);
    let words = roles.iter().map(|role| role.word());
    let mut choices = choices(page, "role", words, chosen);
    choices.insert(
        0,
        Choice {
            value: String::new(),
            label: page.t("task-role-any").into_owned(),
            chosen: chosen.is_empty(),
        },
    );
    choices
}

async fn children(
    visit: &Visit,
    page: &Page,
    place: &PlaceCode,
    typed: &Form,
) -> Result<Vec<Choice>, Problem> {
    let inside = places::inside(&visit.state.app, Some(place.clone())).await?;
    let open = inside
        .into_iter()
        .filter(|found| found.place.closed_at.is_none());
    Ok(open
        .map(|found| {
            let value = found.place.code.to_string();
            Choice {
                chosen: typed.all("only").any(|code| code == value),
                label: found.place.names.in_lang(page.lang.as_str()).to_owned(),
                value,
            }
        })
        .collect())
}

fn view(page: &Page, preview: &Preview) -> PreviewView {
    let count = |(level, count): &(Level, usize)| {
        let key = format!("task-count-{}", level.word());
        page.tn(&key, "count", *count as i64).into_owned()
    };
    let places: Vec<String> = preview.places.iter().map(count).collect();
    let said = |key: &str, count: usize| match count {
        0 => String::new(),
        count => page.tn(key, "count", count as i64).into_owned(),
    };
    let desks = preview.full.iter().take(FULL_MAX).map(|desk| DeskView {
        name: desk.names.in_lang(page.lang.as_str()).to_owned(),
        lying: page.tn("task-lying", "count", desk.lying).into_owned(),
        is_over: desk.load == Load::Over,
    });
    PreviewView {
        reach: places.join(page.t("task-and").as_ref()),
        reports: page
            .tn("task-reports", "count", preview.reports as i64)
            .into_owned(),
        without: said("task-without-post", preview.without),
        full: said("task-full", preview.full.len()),
        over: said("task-over", preview.over()),
        desks: desks.collect(),
        more: said("task-more", preview.full.len().saturating_sub(FULL_MAX)),
    }
}

/// What the form says, as far as it can be read.
fn wanted(form: &Form) -> Result<Wanted, Refusal> {
    let place = form.text("place").parse();
    let level = Level::ALL
        .into_iter()
        .map(|(level, _)| level)
        .find(|level| level.word() == form.text("level"));
    let (Ok(place), Some(level)) = (place, level) else {
        return Err(Refusal::field("level", "fault-required"));
    };
    let role = match form.text("role") {
        "" => None,
        word => Some(
            word.parse()
                .map_err(|_| Refusal::field("role", "fault-task-role"))?,
        ),
    };
    Ok(Wanted {
        title: form.text("title").to_owned(),
        standard: form.text("standard").to_owned(),
        evidence: Evidence {
            wants: form
                .all("want")
                .filter_map(|want| want.parse().ok())
                .collect(),
            counted_in: form.text("counted_in").to_owned(),
        },
        reach: Reach {
            place,
            level,
            only: form
                .all("only")
                .filter_map(|code| code.parse().ok())
                .collect(),
            role,
        },
    })
}

fn request(form: &Form) -> Result<Request, Refusal> {
    let wanted = wanted(form)?;
    let whole = (
        form.text("id").parse(),
        form.text("sort").parse(),
        form.text("due_on").parse(),
    );
    let (Ok(id), Ok(sort), Ok(due_on)) = whole else {
        let faults = [
            (whole.0.is_err(), "title", "fault-form-old"),
            (whole.1.is_err(), "sort", "fault-required"),
            (whole.2.is_err(), "due_on", "fault-required"),
            (wanted.title.is_empty(), "title", "fault-required"),
            (wanted.standard.is_empty(), "standard", "fault-required"),
        ];
        let faults = faults.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        let faults = faults.map(|(_, field, key)| FieldFault::new(field, key));
        return Err(Refusal::Invalid(faults.collect()));
    };
    Ok(Request {
        id,
        sort,
        wanted,
        due_on,
        over_limit_for: form.text("over_limit_for").to_owned(),
    })
}

fn rule(form: &Form) -> Result<repeat::Request, Refusal> {
    let whole = (
        form.text("id").parse::<TaskRuleId>(),
        form.text("rhythm").parse(),
        form.text("first_on").parse(),
    );
    let wanted = wanted(form)?;
    let sort = form.text("sort").parse();
    let sort = sort.map_err(|_| Refusal::field("sort", "fault-required"))?;
    let (Ok(id), Ok(rhythm), Ok(first_on)) = whole else {
        return Err(Refusal::field("first_on", "fault-required"));
    };
    Ok(repeat::Request {
        id,
        sort,
        wanted,
        rhythm,
        first_on,
        working_days: number(form, "working_days"),
    })
}

pub async fn add(visit: Visit, form: Form) -> Answer {
    if !matches!(form.text("rhythm"), "" | ONCE) {
        return repeats(&visit, &form).await;
    }
    let (app, actor) = (&visit.state.app, &visit.actor);
    let request = match request(&form) {
        Ok(request) => request,
        Err(refusal) => return again(&visit, &form, None, refusal.into()).await,
    };
    if form.text("do") != "give" {
        return match give::look(app, actor, request).await {
            Ok(preview) => draw(&visit, &form, Some(preview), Wrong::default()).await,
            Err(error) => again(&visit, &form, None, error).await,
        };
    }
    let id = request.id;
    match give::give(app, actor, request.clone()).await {
        Ok(()) => {
            let to = see(&format!("/desk/tasks/{id}"));
            Ok(flash::say(to, Tone::Done, "task-given", visit.transport()))
        }
        Err(error) => {
            // Who is full stands beside why it was refused.
            let preview = give::look(app, actor, request).await.ok();
            again(&visit, &form, preview, error).await
        }
    }
}

async fn repeats(visit: &Visit, form: &Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let request = match rule(form) {
        Ok(request) => request,
        Err(refusal) => return again(visit, form, None, refusal.into()).await,
    };
    if form.text("do") != "give" {
        return match repeat::look(app, actor, request).await {
            Ok(preview) => draw(visit, form, Some(preview), Wrong::default()).await,
            Err(error) => again(visit, form, None, error).await,
        };
    }
    match repeat::make(app, actor, request).await {
        Ok(()) => {
            let to = see("/desk/tasks/settings");
            Ok(flash::say(
                to,
                Tone::Done,
                "task-repeats",
                visit.transport(),
            ))
        }
        Err(error) => again(visit, form, None, error).await,
    }
}

async fn again(visit: &Visit, form: &Form, preview: Option<Preview>, error: Error) -> Answer {
    let wrong = Wrong::of(&visit.page(), error)?;
    draw(visit, form, preview, wrong).await
}
