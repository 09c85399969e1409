//! One civic post for the community: who asks for it, who holds it, and how residents rate it,
//! online and by hands counted in a meeting.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use huiyin_app::civic_posts::decide::{self, Word};
use huiyin_app::civic_posts::look::{self, Look};
use huiyin_app::civic_posts::{ask_rating, close, count};
use huiyin_app::{Error, Refusal};
use huiyin_domain::civic_post::{PledgeState, Use, Way};
use huiyin_domain::id::{CivicPostId, PledgeId};
use jiff::ToSpan;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::public::civic_posts::{
    Holder, Line, Sign, fullness, holder, result, term, use_word,
};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/civic_post.html")]
struct CivicPostPage<'a> {
    page: &'a Page,
    id: CivicPostId,
    title: String,
    term: String,
    look: Sign,
    duties: Vec<String>,
    asking: Vec<Asking>,
    holders: Vec<Holder>,
    is_listed: bool,
    is_rated: bool,
    is_rated_once: bool,
    rated: String,
    until: String,
    result: Vec<Line>,
    hands: Vec<Hands>,
    wrong: Wrong,
}

/// Somebody who asks for it.
struct Asking {
    id: PledgeId,
    name: String,
    promise: String,
    reason: String,
    /// Whether it is the reason of this one that comes back.
    is_wrong: bool,
}

impl Asking {
    /// The id of the field, of which there is one for each.
    fn field(&self) -> String {
        format!("reason-{}", self.id)
    }

    fn wrong_at<'w>(&self, wrong: &'w Wrong) -> &'w str {
        if self.is_wrong {
            wrong.at("reason")
        } else {
            ""
        }
    }
}

/// Hands for one word in a meeting.
struct Hands {
    word: &'static str,
    label: String,
    value: String,
}

pub async fn show(visit: Visit, Path(id): Path<CivicPostId>) -> Answer {
    draw(&visit, (id, None), &Form::default(), Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (id, at): (CivicPostId, Option<PledgeId>),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let found = look::desk(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let civic_post = &found.civic_post;
    let of = |wanted: fn(&PledgeState) -> bool| {
        let lines = found.pledges.iter();
        lines.filter(move |(pledge, _)| wanted(&pledge.state))
    };
    let asking = of(|state| *state == PledgeState::Asked).map(|(pledge, _)| Asking {
        id: pledge.id,
        name: pledge.shown_as.clone(),
        promise: pledge.promise.clone(),
        is_wrong: at == Some(pledge.id),
        reason: match at == Some(pledge.id) {
            true => typed.text("reason").to_owned(),
            false => String::new(),
        },
    });
    let holders = of(|state| matches!(state, PledgeState::Held { .. }));
    let until = match typed.get("until") {
        Some(typed) => typed.to_owned(),
        None => today.saturating_add(14.days()).to_string(),
    };
    let status = wrong.status;
    let drawn = CivicPostPage {
        id,
        title: civic_post.title.clone(),
        term: term(&when, civic_post),
        look: fullness(&page, civic_post, found.held, today),
        duties: civic_post.duties.lines().map(str::to_owned).collect(),
        asking: asking.collect(),
        holders: holders.map(|line| holder(&when, line)).collect(),
        is_listed: civic_post.closed_at.is_none(),
        is_rated: civic_post.is_rated_on(today),
        is_rated_once: civic_post.rated_until.is_some(),
        rated: rated(&when, &found),
        until,
        result: result(&page, &found.ratings),
        hands: hands(&page, &found, typed),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Until when residents are asked, and how many have spoken.
fn rated(when: &When<'_>, found: &Look) -> String {
    let Some(until) = found.civic_post.rated_until else {
        return String::new();
    };
    let args = [
        ("day", when.day(until).into()),
        ("voices", found.ratings.voices().into()),
    ];
    when.page.ta("civic-post-rated-until", &args).into_owned()
}

fn hands(page: &Page, found: &Look, typed: &Form) -> Vec<Hands> {
    let counted = |word: Use| {
        let lines = found.ratings.0.iter();
        let mut lines = lines.filter(|line| line.0 == Way::Meeting && line.1 == word);
        lines.next().map_or(0, |line| line.2)
    };
    let line = |&word: &Use| Hands {
        word: word.word(),
        label: use_word(page, word),
        value: match typed.get(word.word()) {
            Some(typed) => typed.to_owned(),
            None => counted(word).to_string(),
        },
    };
    Use::ALL.iter().map(line).collect()
}

/// Gives it to somebody.
pub async fn accept(visit: Visit, Path((id, pledge)): Path<(CivicPostId, PledgeId)>) -> Answer {
    let given = decide::decide(&visit.state.app, &visit.actor, (id, pledge), Word::Accepted).await;
    answered(
        &visit,
        (id, None),
        (given, "pledge-accepted"),
        &Form::default(),
    )
    .await
}

/// Says why somebody does not get it.
pub async fn decline(
    visit: Visit,
    Path((id, pledge)): Path<(CivicPostId, PledgeId)>,
    form: Form,
) -> Answer {
    let word = Word::Declined(form.text("reason").to_owned());
    let declined = decide::decide(&visit.state.app, &visit.actor, (id, pledge), word).await;
    let at = (id, Some(pledge));
    answered(&visit, at, (declined, "pledge-declined"), &form).await
}

/// Asks residents how far it was of use.
pub async fn ask(visit: Visit, Path(id): Path<CivicPostId>, form: Form) -> Answer {
    let asked = match form.text("until").parse() {
        Ok(until) => ask_rating::ask_rating(&visit.state.app, &visit.actor, id, until).await,
        Err(_) => Err(Refusal::field("until", "fault-rating-until").into()),
    };
    answered(&visit, (id, None), (asked, "civic-post-asked"), &form).await
}

/// Writes down the hands of a meeting.
pub async fn count(visit: Visit, Path(id): Path<CivicPostId>, form: Form) -> Answer {
    // What is no number is out of range, and told as such.
    let read = |&word: &Use| (word, form.text(word.word()).trim().parse().unwrap_or(-1));
    let voices = Use::ALL.iter().map(read).collect();
    let counted = count::count(&visit.state.app, &visit.actor, id, voices).await;
    answered(&visit, (id, None), (counted, "civic-post-counted"), &form).await
}

/// Takes it off the list.
pub async fn close(visit: Visit, Path(id): Path<CivicPostId>) -> Answer {
    let closed = close::close(&visit.state.app, &visit.actor, id).await;
    answered(
        &visit,
        (id, None),
        (closed, "civic-post-closed"),
        &Form::default(),
    )
    .await
}

/// Back to the page, which says that it is done, or what is wrong.
async fn answered(
    visit: &Visit,
    at: (CivicPostId, Option<PledgeId>),
    (done, word): (Result<(), Error>, &str),
    form: &Form,
) -> Answer {
    match done {
        Ok(()) => Ok(said(visit, at.0, word)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, at, form, wrong).await
        }
    }
}

fn said(visit: &Visit, id: CivicPostId, word: &str) -> Response {
    let back = see(&format!("/desk/civic-posts/{id}"));
    flash::say(back, Tone::Done, word, visit.transport())
}
