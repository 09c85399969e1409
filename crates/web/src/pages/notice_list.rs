//! Notices as their reader sees them, at the desk and on the pages for residents alike: the
//! newest first, with what is unread marked.

use huiyin_app::telling::bell::{self, Door, Line, Seen};
use huiyin_domain::id::NoticeId;
use huiyin_domain::telling::Importance;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::when::When;

/// One notice.
pub struct NoticeRow {
    pub id: String,
    pub href: String,
    pub subject: String,
    pub lines: String,
    pub when: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub weight: String,
    pub is_new: bool,
}

/// A page of notices.
pub struct NoticeList {
    pub rows: Vec<NoticeRow>,
    /// The newest of them, when any is unread.
    pub newest_unread: String,
    /// Address of the older ones, empty when there are none.
    pub older: String,
}

/// What the reader was told, the page that they asked for.
pub async fn load(visit: &Visit, page: &Page, path: &str) -> Result<NoticeList, Problem> {
    let query = visit.path.split_once('?').map_or("", |(_, query)| query);
    let query = Form::from_query(query).map_err(Problem::Form)?;
    let before: Option<NoticeId> = query.get("before").and_then(|id| id.parse().ok());
    let lines = bell::list(&visit.state.app, &visit.actor, before).await?;
    let when = When::of(visit, page);
    let older = match lines.last() {
        Some(last) if lines.len() == bell::PAGE => format!("{path}?before={}", last.notice),
        _ => String::new(),
    };
    let unread = lines.iter().any(|line| line.read_at.is_none());
    let newest = lines.first().filter(|_| unread);
    Ok(NoticeList {
        newest_unread: newest
            .map(|line| line.notice.to_string())
            .unwrap_or_default(),
        rows: lines
            .into_iter()
            .map(|line| row(page, &when, line))
            .collect(),
        older,
    })
}

fn row(page: &Page, when: &When<'_>, line: Line) -> NoticeRow {
    let (tone, sign) = match line.importance {
        Importance::Urgent => ("late", "alert-triangle"),
        Importance::Act => ("wait", "bell"),
        Importance::Info => ("info", "info-circle"),
    };
    NoticeRow {
        id: line.id.to_string(),
        href: match line.door {
            Door::Desk => format!("/desk/cases/{}", line.case),
            Door::Own => format!("/my/{}", line.case),
            Door::Proposals => "/my/proposals".to_owned(),
        },
        subject: line.subject,
        lines: line.body,
        when: when.ago(line.made_at),
        tone,
        sign,
        weight: page
            .t(&format!("telling-weight-{}", line.importance.word()))
            .into_owned(),
        is_new: line.read_at.is_none(),
    }
}

/// Marks what the form says was read.
pub async fn mark(visit: &Visit, form: &Form) -> Result<(), Problem> {
    let one = form.get("one").and_then(|id| id.parse().ok());
    let all = form.get("up_to").and_then(|id| id.parse().ok());
    let seen = match (one, all) {
        (Some(id), _) => Seen::One(id),
        (None, Some(last)) => Seen::UpTo(last),
        (None, None) => return Err(Problem::Malformed),
    };
    bell::seen(&visit.state.app, &visit.actor, seen).await?;
    Ok(())
}
