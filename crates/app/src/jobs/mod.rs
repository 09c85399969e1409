//! Work that waits: what the outside world hears, and what time does.
//!
//! A job carries an id only and may run twice. A sweep takes no input. One more job: its file,
//! a variant of [`Job`] and its line in [`Job::parse`]; one more sweep: its file and a line in
//! [`sweep`].

mod call_webhook;
pub mod dead_letters;
mod keep_house;
mod look_over;
mod post_messages;
mod rounds;
mod run_clocks;
mod send_message;
mod tell_followers;
mod tell_readers;
mod worker;

#[cfg(test)]
mod tests;

use huiyin_domain::id::{
    CaseId, HandedId, InstallationId, JobId, MessageId, NoticeId, TaskId, WebhookId,
};
use huiyin_store::{DbError, Tx, jobs};
use jiff::Timestamp;

use crate::series::open_next;
use crate::{App, Error, installations, proposals, tasks};

pub use rounds::{Working, spawn};
pub use worker::{Done, run_due};

/// A piece of work that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Find out who is told of a notice and of those beside it, how and when.
    DeliverNotices(NoticeId),
    /// Send a letter or a text message.
    SendMessage(MessageId),
    /// Tell an address elsewhere of an event.
    CallWebhook(MessageId),
    /// Let the cases that follow this one take the step that it took.
    TellFollowers(CaseId),
    /// Read an answer over.
    LookOver(CaseId),
    /// Ask at once who could help with an urgent case.
    AskAtOnce(CaseId),
    /// Tell those who answer for its places that a task has come.
    TellTask(TaskId),
    /// Bring a case of another installation up to date, here and there.
    FollowCase(HandedId),
    /// Look through the cases that another installation has for us.
    LookThrough(InstallationId),
}

const DELIVER_NOTICES: &str = "deliver-notice";
const TELL_TASK: &str = "tell-task";

/// What came of a job that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ran {
    Done,
    /// It is not its time.
    Later(Timestamp),
    /// Earlier events for the same address go first.
    Behind {
        target: WebhookId,
        id: MessageId,
    },
}

impl Job {
    fn name(self) -> &'static str {
        match self {
            Job::DeliverNotices(_) => DELIVER_NOTICES,
            Job::SendMessage(_) => jobs::SEND_MESSAGE,
            Job::CallWebhook(_) => jobs::CALL_WEBHOOK,
            Job::TellFollowers(_) => "tell-followers",
            Job::LookOver(_) => "look-over",
            Job::AskAtOnce(_) => "ask-at-once",
            Job::TellTask(_) => TELL_TASK,
            Job::FollowCase(_) => jobs::FOLLOW_CASE,
            Job::LookThrough(_) => jobs::LOOK_THROUGH,
        }
    }

    fn subject(self) -> i64 {
        match self {
            Job::DeliverNotices(notice) => notice.get(),
            Job::SendMessage(message) | Job::CallWebhook(message) => message.get(),
            Job::TellFollowers(case) | Job::LookOver(case) | Job::AskAtOnce(case) => case.get(),
            Job::TellTask(task) => task.get(),
            Job::FollowCase(handed) => handed.get(),
            Job::LookThrough(installation) => installation.get(),
        }
    }

    /// The job as it was kept; none when this version of the product does not know it.
    fn parse(kept: &jobs::Job) -> Option<Job> {
        match kept.name.as_str() {
            jobs::SEND_MESSAGE => Some(Job::SendMessage(MessageId::from_raw(kept.subject))),
            jobs::CALL_WEBHOOK => Some(Job::CallWebhook(MessageId::from_raw(kept.subject))),
            DELIVER_NOTICES => Some(Job::DeliverNotices(NoticeId::from_raw(kept.subject))),
            "tell-followers" => Some(Job::TellFollowers(CaseId::from_raw(kept.subject))),
            "look-over" => Some(Job::LookOver(CaseId::from_raw(kept.subject))),
            "ask-at-once" => Some(Job::AskAtOnce(CaseId::from_raw(kept.subject))),
            TELL_TASK => Some(Job::TellTask(TaskId::from_raw(kept.subject))),
            jobs::FOLLOW_CASE => Some(Job::FollowCase(HandedId::from_raw(kept.subject))),
            jobs::LOOK_THROUGH => Some(Job::LookThrough(InstallationId::from_raw(kept.subject))),
            _ => None,
        }
    }

    /// Puts the job in the queue, in the transaction that causes it.
    pub(crate) fn enqueue(self, app: &App, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DbError> {
        let id = JobId::from_raw(app.mint());
        jobs::add(tx, id, self.name(), self.subject(), now)
    }

    async fn run(self, app: &App) -> Result<Ran, Error> {
        match self {
            Job::DeliverNotices(notice) => tell_readers::run(app, notice).await?,
            Job::TellFollowers(case) => tell_followers::run(app, case).await?,
            Job::LookOver(case) => look_over::run(app, case).await?,
            Job::AskAtOnce(case) => proposals::at_once(app, case).await?,
            Job::TellTask(task) => tasks::tell::run(app, task).await?,
            Job::FollowCase(handed) => installations::follow_case(app, handed).await?,
            Job::LookThrough(installation) => {
                installations::look_through(app, installation).await?;
            }
            Job::SendMessage(message) => return send_message::run(app, message).await,
            Job::CallWebhook(message) => return call_webhook::run(app, message).await,
        }
        Ok(Ran::Done)
    }
}

/// Puts away what nobody needs any more, once.
pub async fn keep_house(app: &App) -> Result<(), Error> {
    keep_house::run(app).await
}

/// Everything that time does, once.
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let clocks = run_clocks::run(app).await?;
    let proposals = proposals::sweep(app).await?;
    let activities = crate::activities::sweep(app).await?;
    let orders = open_next::run(app).await?;
    let visits = crate::pairings::sweep(app).await?;
    let tasks = tasks::give_next::run(app).await?;
    let rounds = crate::rounds::make::sweep(app).await?;
    let days_off = crate::windows::days_off::run(app).await?;
    let appointments = days_off + crate::windows::remind::run(app).await?;
    let looks = installations::sweep(app).await?;
    Ok(clocks + proposals + activities + orders + visits + tasks + rounds + appointments + looks)
}
