//! Add a remark, and files if there are any, to a case: the step of its kind that takes a word
//! and moves nothing. Of several that the actor may take, the quietest: a note of the desk
//! rather than a letter to whoever brought it in.

use std::cmp::Reverse;

use huiyin_domain::access::{Action, Actor, may};
use huiyin_domain::case::{Class, Effect, FieldType, Input, Target, Value, Values};
use huiyin_domain::id::{CaseId, FileId};

use super::IdempotencyKey;
use super::advance::{self, Reply, advance, standing};
use super::read::{CasePage, Offer, read};
use crate::{App, Error, Refusal};

#[derive(Debug, Clone)]
pub struct Request {
    pub id: CaseId,
    /// The version that the actor has seen; if given, nobody may have changed it since.
    pub version: Option<i64>,
    pub text: String,
    pub files: Vec<FileId>,
    pub key: Option<IdempotencyKey>,
}

/// Adds it; the step that was taken, and where the case stands.
pub async fn remark(app: &App, actor: &Actor, request: Request) -> Result<(String, Reply), Error> {
    let page = read(app, actor, request.id).await?;
    let thing = standing(&page.case);
    if actor.is_staff() && !may(actor, Action::CaseComment, Some(&thing)) {
        return Err(Refusal::NotPermitted.into());
    }
    let fitting = page.offers.iter().filter_map(|offer| {
        let values = filled(&page, offer, &request)?;
        Some((offer, values))
    });
    let quietest = fitting.min_by_key(|(offer, _)| Reverse(offer.weight));
    let (offer, values) = quietest.ok_or_else(|| Refusal::rule(Class::Conflict, "no-remark"))?;
    let step = offer.step.clone();
    let request = advance::Request {
        id: request.id,
        version: request.version,
        step: step.clone(),
        input: Input { values },
        key: request.key,
        at: None,
    };
    let reply = advance(app, actor, request).await?;
    Ok((step, reply))
}

/// What the step is handed, when it is one that only takes a word and these files.
fn filled(page: &CasePage, offer: &Offer, request: &Request) -> Option<Values> {
    let step = page.kind.step(&offer.step)?;
    let tells_only = |effect: &Effect| matches!(effect, Effect::Notify(_));
    if step.to != Target::Stay || !step.effects.iter().all(|effect| tells_only(&effect.what)) {
        return None;
    }
    let mut values = Values::new();
    let (mut has_text, mut has_files) = (false, request.files.is_empty());
    for asked in &offer.asked {
        match &page.kind.field(&asked.field)?.kind {
            FieldType::Text(_) if !has_text => {
                has_text = true;
                let text = Value::Text(request.text.clone());
                values.insert(asked.field.clone(), text);
            }
            FieldType::Photos(_) if !has_files => {
                has_files = true;
                let files = Value::Files(request.files.clone());
                values.insert(asked.field.clone(), files);
            }
            _ if asked.required => return None,
            _ => {}
        }
    }
    (has_text && has_files).then_some(values)
}
