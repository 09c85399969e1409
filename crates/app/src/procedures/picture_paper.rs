//! Say what a paper of a procedure looks like, with a drawing or a photo: another version.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::procedure::with_picture;
use huiyin_domain::sample::Pictured;

use super::{put, read};
use crate::administration::permit;
use crate::{App, Error, Refusal};

pub struct Request {
    pub slug: String,
    /// The version that whoever changes it saw.
    pub version: i64,
    /// Which of the papers, the first being 0.
    pub paper: usize,
    pub picture: Option<Pictured>,
}

/// Keeps it; the version that holds from now on.
pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<i64, Error> {
    permit(actor, Action::ProceduresEdit)?;
    let (kept, _) = read::for_the_desk(app, actor, &request.slug).await?;
    let text = with_picture(&kept.text, request.paper, request.picture.as_ref());
    let text = text.ok_or_else(|| Refusal::field("paper", "fault-unknown"))?;
    let request = put::Request {
        slug: request.slug,
        text,
        version: request.version,
    };
    put::put(app, actor, request).await
}
