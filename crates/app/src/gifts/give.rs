//! Say where (a part of) a gift went, or take such a line back by one of its own.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::gift::{Line, left};
use huiyin_domain::id::GiftId;
use huiyin_store::{Tx, gifts};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

const TEXT_CHARS_MAX: usize = 200;

/// What a new line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// So much went there; without anybody's name.
    Gave { amount: i64, toward: String },
    /// This line was wrong.
    TakesBack { line: i64, why: String },
}

/// One more line.
#[derive(Debug, Clone)]
pub struct Request {
    pub gift: GiftId,
    /// The number that it will have: whoever sends it twice, or was overtaken, adds nothing.
    pub line: i64,
    pub says: Says,
}

/// Adds a line.
pub async fn give(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::GiftsEdit)?;
    let (field, text) = match &request.says {
        Says::Gave { toward, .. } => ("toward", clean(toward)),
        Says::TakesBack { why, .. } => ("why", clean(why)),
    };
    if text.is_empty() {
        return Err(Refusal::field(field, "fault-required").into());
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::too_long(field, TEXT_CHARS_MAX).into());
    }
    let record = Record::new(app, actor, "gift-line", request.gift);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let gift = gifts::read(tx, request.gift)?;
        let gift = gift.filter(|gift| super::reaches(&actor, &gift.place));
        let gift = gift.ok_or(Refusal::NotFound(Thing::Gift))?;
        let lines = gifts::lines(tx, gift.id)?;
        let (amount, corrects) = match &request.says {
            Says::Gave { amount, .. } => (*amount, None),
            Says::TakesBack { line, .. } => {
                let wrong = lines.iter().find(|one| one.line == *line && one.amount > 0);
                let wrong = wrong.ok_or(Refusal::NotFound(Thing::Gift))?;
                (-wrong.amount, Some(*line))
            }
        };
        let next = Line {
            gift: gift.id,
            line: request.line,
            at: now,
            amount,
            toward: text.clone(),
            corrects,
        };
        if let Some(known) = lines.iter().find(|one| one.line == request.line) {
            let same = Line {
                at: now,
                ..known.clone()
            } == next;
            return match same {
                true => Ok(()),
                false => Err(Refusal::rule(Class::Conflict, "gift-moved").into()),
            };
        }
        let last = lines.last().map_or(0, |line| line.line);
        if request.line != last + 1 {
            return Err(Refusal::rule(Class::Conflict, "gift-moved").into());
        }
        if corrects.is_some_and(|line| lines.iter().any(|one| one.corrects == Some(line))) {
            return Err(Refusal::rule(Class::Conflict, "gift-taken-back").into());
        }
        if corrects.is_none() && !(1..=left(&gift, &lines)).contains(&amount) {
            return Err(Refusal::field("amount", "fault-more-than-left").into());
        }
        // --- everything is checked; from here on we write ---
        gifts::add_line(tx, &next)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
