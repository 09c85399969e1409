//! Sign up: a seat while there is one, else a place in the order of those who wait. However
//! many come at once, they are put one after the other; sent twice, it is once.

use huiyin_domain::access::Actor;
use huiyin_domain::activity::{
    AnswerFault, Answers, Chair, Question, SignUpState, place_for, read_answers,
};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{ActivityId, PersonId};
use huiyin_store::Tx;
use huiyin_store::activities::Activity;
use huiyin_store::sign_ups::{self, SignUp};

use super::locked;
use crate::{App, Error, Refusal};

const TEAM_CHARS_MAX: usize = 40;

/// Who comes, with what was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// One for each question, in their order.
    pub answers: Vec<String>,
    pub team: String,
    pub members: Option<i64>,
}

/// A seat, or how many wait before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub state: SignUpState,
    pub seat: Option<i64>,
    pub before: i64,
}

pub async fn sign_up(
    app: &App,
    actor: &Actor,
    id: ActivityId,
    given: Given,
) -> Result<Reply, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| in_tx(&inner, tx, (id, person), &given);
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn in_tx(
    app: &App,
    tx: &mut Tx<'_>,
    (id, person): (ActivityId, PersonId),
    given: &Given,
) -> Result<Reply, Error> {
    let activity = locked(tx, id)?;
    let now = app.now();
    let before = sign_ups::read(tx, id, person)?;
    if let Some(before) = before.filter(|before| before.state != SignUpState::Left) {
        return as_before(tx, &before);
    }
    if activity.cancelled_at.is_some() {
        return Err(Refusal::rule(Class::Gone, "activity-off").into());
    }
    if activity.sign_up_until <= now || activity.starts_at <= now {
        return Err(Refusal::rule(Class::Gone, "sign-up-over").into());
    }
    let answers = answers(&activity, given)?;
    // While somebody waits there is no free seat to look for: many may come at once.
    let queue = sign_ups::queue(tx, id)?;
    let taken = match queue.waiting {
        0 => sign_ups::taken(tx, id)?,
        _ => Vec::new(),
    };
    let (state, seat) = match place_for(&taken, activity.capacity, queue.waiting) {
        Chair::Seat(seat) => (SignUpState::Seated, Some(seat)),
        Chair::Waiting => (SignUpState::Waiting, None),
    };
    let sign_up = SignUp {
        activity: id,
        person,
        number: queue.last_number + 1,
        state,
        seat,
        answers,
        made_at: now,
        changed_at: now,
        offered_until: None,
        came_at: None,
    };
    // --- everything is checked; from here on we write ---
    sign_ups::put(tx, &sign_up)?;
    Ok(Reply {
        state,
        seat,
        before: match state {
            SignUpState::Waiting => queue.waiting,
            _ => 0,
        },
    })
}

/// The same answer to whoever says it again.
fn as_before(tx: &mut Tx<'_>, sign_up: &SignUp) -> Result<Reply, Error> {
    Ok(Reply {
        state: sign_up.state,
        seat: sign_up.seat,
        before: match sign_up.state {
            SignUpState::Waiting => sign_ups::before(tx, sign_up)?,
            _ => 0,
        },
    })
}

fn answers(activity: &Activity, given: &Given) -> Result<Answers, Refusal> {
    let about = &activity.about;
    let answer = |number: usize| given.answers.get(number).cloned().unwrap_or_default();
    let mut faults = Vec::new();
    let read = read_answers(&about.questions, answer).unwrap_or_else(|wrong| {
        for (number, fault) in wrong {
            let key = match fault {
                AnswerFault::Missing => "fault-required",
                AnswerFault::TooLong => "fault-too-long",
                AnswerFault::NoSuchChoice => "fault-not-choice",
            };
            let fault = FieldFault::new(&format!("q-{number}"), key);
            faults.push(fault.with("max", Question::CHARS_MAX));
        }
        Default::default()
    });
    let mut answers = Answers {
        given: read,
        ..Answers::default()
    };
    if about.is_for_teams() {
        let length = given.team.chars().count();
        match length {
            0 => faults.push(FieldFault::new("team", "fault-required")),
            1..=TEAM_CHARS_MAX => answers.team = Some(given.team.clone()),
            _ => {
                let fault = FieldFault::new("team", "fault-too-long");
                faults.push(fault.with("max", TEAM_CHARS_MAX));
            }
        }
        match given.members {
            Some(members) if (1..=about.team_max).contains(&members) => {
                answers.members = Some(members);
            }
            _ => {
                let fault = FieldFault::new("members", "fault-out-of-range");
                faults.push(fault.with("min", 1).with("max", about.team_max));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(answers),
        false => Err(Refusal::Invalid(faults)),
    }
}
