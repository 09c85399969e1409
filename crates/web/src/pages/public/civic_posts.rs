//! Civic posts, for everybody: what a community wants done for a term, who holds it with which
//! pledge, and how far it was of use. Volunteers ask for one here, residents rate it here.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use huiyin_app::civic_posts::list::{self, Behind};
use huiyin_app::civic_posts::look::{self, Look};
use huiyin_app::civic_posts::{ask, rate};
use huiyin_app::limits::Purpose;
use huiyin_domain::civic_post::{CivicPost, Pledge, PledgeReport, PledgeState, Ratings, Use};
use huiyin_domain::id::{CivicPostId, PledgeId};
use huiyin_domain::volunteer::Standing;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::PlaceWords;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/civic_posts.html")]
struct ListPage<'a> {
    page: &'a Page,
    text: String,
    place: String,
    places: Vec<(String, String)>,
    cards: Vec<Card>,
    next: String,
}

struct Card {
    href: String,
    title: String,
    place: String,
    term: String,
    look: Sign,
    rated: bool,
}

/// How full a post is, in colour, icon and words.
pub(crate) struct Sign {
    pub tone: &'static str,
    pub sign: &'static str,
    pub word: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let (place, places) = super::wall::place_of(&visit, &query, page.lang.as_str()).await?;
    let behind = behind(query.text("after"))?;
    let found = list::public(&visit.state.app, place.as_ref(), behind).await?;
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let when = When::of(&visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let mut words = PlaceWords::default();
    let mut cards = Vec::new();
    for row in &found.rows {
        let civic_post = &row.civic_post;
        cards.push(Card {
            href: format!("/civic-posts/{}", civic_post.id),
            title: civic_post.title.clone(),
            place: words.of(&visit, &page, &civic_post.place).await?,
            term: term(&when, civic_post),
            look: fullness(&page, civic_post, row.held, today),
            rated: civic_post.is_rated_on(today),
        });
    }
    html(&ListPage {
        text: query.text("text").to_owned(),
        places,
        cards,
        next: found.next.map_or_else(String::new, |next| {
            format!(
                "/civic-posts?place={place}&after={}_{}",
                next.place, next.id
            )
        }),
        place,
        page: &page,
    })
}

/// `990121001001_0abc…`: where a list goes on.
pub(crate) fn behind(text: &str) -> Result<Behind, Problem> {
    match text.split_once('_') {
        None => Ok(Behind::default()),
        Some((place, id)) => Ok(Behind {
            place: place.to_owned(),
            id: id.parse().map_err(|_| Problem::Malformed)?,
        }),
    }
}

/// From when until when, in words.
pub(crate) fn term(when: &When<'_>, civic_post: &CivicPost) -> String {
    let args = [
        ("from", when.day(civic_post.starts_on).into()),
        ("to", when.day(civic_post.ends_on).into()),
    ];
    when.page.ta("civic-post-term", &args).into_owned()
}

pub(crate) fn fullness(
    page: &Page,
    civic_post: &CivicPost,
    held: i64,
    today: jiff::civil::Date,
) -> Sign {
    let args = [("held", held.into()), ("seats", civic_post.seats.into())];
    let (tone, sign, key) = match (civic_post.is_open_on(today), held >= civic_post.seats) {
        (false, _) => ("quiet", "archive", "civic-post-over"),
        (true, true) => ("done", "users", "civic-post-full"),
        (true, false) => ("new", "user", "civic-post-free"),
    };
    Sign {
        tone,
        sign,
        word: page.ta(key, &args).into_owned(),
    }
}

#[derive(Template)]
#[template(path = "pages/public/civic_post.html")]
struct ShowPage<'a> {
    page: &'a Page,
    id: CivicPostId,
    title: String,
    look: Sign,
    facts: Vec<(String, String)>,
    duties: Vec<String>,
    holders: Vec<Holder>,
    result: Vec<Line>,
    voices: String,
    rated_until: String,
    rating: Rating,
    stand: Stand,
    pledge: PledgeId,
    shown_as: String,
    promise: String,
    wrong: Wrong,
}

/// Somebody who holds it, as they want to be shown.
pub(crate) struct Holder {
    pub name: String,
    pub promise: String,
    pub reports: Vec<String>,
}

/// How many said what.
pub(crate) struct Line {
    pub word: String,
    pub said: String,
    pub count: i64,
    pub all: i64,
}

/// Whether the reader may rate it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rating {
    Closed,
    SignIn,
    May,
    Done,
    OwnPost,
}

/// Whether the reader may ask for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    No,
    Register,
    NotAccepted,
    MayAsk,
    Asked,
    Holds,
}

pub async fn show(visit: Visit, Path(id): Path<CivicPostId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: CivicPostId, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::public(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let civic_post = &found.civic_post;
    let place = PlaceWords::default()
        .of(visit, &page, &civic_post.place)
        .await?;
    let status = wrong.status;
    let shown = found.volunteer.as_ref().map(|own| own.offer.name.clone());
    let drawn = ShowPage {
        id,
        title: civic_post.title.clone(),
        look: fullness(&page, civic_post, found.held, today),
        facts: vec![
            (page.t("volunteer-place").into_owned(), place),
            (
                page.t("civic-post-term-label").into_owned(),
                term(&when, civic_post),
            ),
        ],
        duties: civic_post.duties.lines().map(str::to_owned).collect(),
        holders: found
            .pledges
            .iter()
            .map(|line| holder(&when, line))
            .collect(),
        result: result(&page, &found.ratings),
        voices: voices(&page, &found),
        rated_until: civic_post
            .rated_until
            .map_or_else(String::new, |until| when.day(until)),
        rating: rating(visit, &found, today),
        stand: stand(&found, today),
        pledge: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| PledgeId::from_raw(visit.state.app.mint())),
        shown_as: match typed.get("shown_as") {
            Some(typed) => typed.to_owned(),
            None => shown.unwrap_or_default(),
        },
        promise: typed.text("promise").to_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub(crate) fn holder(when: &When<'_>, (pledge, reports): &(Pledge, Vec<PledgeReport>)) -> Holder {
    let line = |report: &PledgeReport| {
        let args = [
            ("day", when.day(report.day).into()),
            ("what", report.what.clone().into()),
        ];
        when.page.ta("civic-post-report-line", &args).into_owned()
    };
    Holder {
        name: pledge.shown_as.clone(),
        promise: pledge.promise.clone(),
        reports: reports.iter().map(line).collect(),
    }
}

/// How many said what, once so many have spoken that it can be told.
pub(crate) fn result(page: &Page, ratings: &Ratings) -> Vec<Line> {
    if !ratings.can_be_told() {
        return Vec::new();
    }
    let line = |&word: &Use| Line {
        word: use_word(page, word),
        said: page
            .tn("civic-post-voices", "count", ratings.of(word))
            .into_owned(),
        count: ratings.of(word),
        all: ratings.voices(),
    };
    Use::ALL.iter().map(line).collect()
}

pub(crate) fn use_word(page: &Page, word: Use) -> String {
    page.t(&format!("civic-post-use-{}", word.word()))
        .into_owned()
}

/// What is said while there is no result to tell.
fn voices(page: &Page, found: &Look) -> String {
    match (found.civic_post.rated_until, found.ratings.can_be_told()) {
        (Some(_), false) => page.t("civic-post-few-voices").into_owned(),
        _ => String::new(),
    }
}

fn rating(visit: &Visit, found: &Look, today: jiff::civil::Date) -> Rating {
    match () {
        () if !found.civic_post.is_rated_on(today) => Rating::Closed,
        () if visit.visitor.is_none() => Rating::SignIn,
        () if found.has_rated => Rating::Done,
        () if found.own.is_some() => Rating::OwnPost,
        () => Rating::May,
    }
}

fn stand(found: &Look, today: jiff::civil::Date) -> Stand {
    let civic_post = &found.civic_post;
    match found.own.as_ref().map(|own| &own.state) {
        Some(PledgeState::Held { .. }) => return Stand::Holds,
        Some(PledgeState::Asked) => return Stand::Asked,
        _ => {}
    }
    if !civic_post.is_open_on(today) || found.held >= civic_post.seats {
        return Stand::No;
    }
    match &found.volunteer {
        None => Stand::Register,
        Some(own) if !matches!(own.standing, Standing::Accepted { .. }) => Stand::NotAccepted,
        Some(own) if own.offer.community().as_ref() != Some(&civic_post.place) => Stand::No,
        Some(_) => Stand::MayAsk,
    }
}

/// Asks for it with a pledge.
pub async fn pledge(visit: Visit, Path(id): Path<CivicPostId>, form: Form) -> Answer {
    let request = ask::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        civic_post: id,
        shown_as: form.text("shown_as").to_owned(),
        promise: form.text("promise").to_owned(),
    };
    match ask::ask(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(done(&visit, id, "pledge-asked")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}

/// Says how far it was of use.
pub async fn rate(visit: Visit, Path(id): Path<CivicPostId>, form: Form) -> Answer {
    let Ok(word) = form.text("use").parse() else {
        let missing = huiyin_app::Refusal::field("use", "fault-required");
        let wrong = Wrong::of(&visit.page(), missing.into())?;
        return draw(&visit, id, &form, wrong).await;
    };
    match rate::rate(&visit.state.app, &visit.actor, id, word).await {
        Ok(()) => Ok(done(&visit, id, "civic-post-rated")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}

fn done(visit: &Visit, id: CivicPostId, word: &str) -> Response {
    let back = see(&format!("/civic-posts/{id}"));
    flash::say(back, Tone::Done, word, visit.transport())
}
