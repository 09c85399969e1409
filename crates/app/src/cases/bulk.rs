//! Take the same step of many cases: each by itself, so that one refusal stops no other.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Input;
use huiyin_domain::id::CaseId;

use crate::{App, Error, Refusal};

use super::advance::{self, advance};

/// How many cases one request may name.
pub const CASES_MAX: usize = 200;

/// The same step for many cases.
#[derive(Debug, Clone)]
pub struct Request {
    /// Each with the version that the actor has seen.
    pub cases: Vec<(CaseId, i64)>,
    pub step: String,
    pub input: Input,
}

/// What became of each case, in the order asked.
pub type Reply = Vec<(CaseId, Result<advance::Reply, Error>)>;

/// Takes the step of each case.
pub async fn bulk(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    if request.cases.len() > CASES_MAX {
        return Err(Refusal::too_many("cases", CASES_MAX).into());
    }
    let mut replies = Vec::with_capacity(request.cases.len());
    for (id, version) in request.cases {
        let one = advance::Request {
            id,
            version: Some(version),
            step: request.step.clone(),
            input: request.input.clone(),
            key: None,
            at: None,
        };
        replies.push((id, advance(app, actor, one).await));
    }
    Ok(replies)
}
