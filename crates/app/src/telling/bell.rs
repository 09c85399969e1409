//! What somebody was told in the product: the newest first, what is unread marked. Everybody
//! reads their own and nobody else's.

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::id::{CaseId, NoticeId, PersonId, TellingId};
use huiyin_domain::telling::Importance;
use huiyin_store::tellings::{self, Telling};
use huiyin_store::{Tx, cases, notices};
use jiff::Timestamp;

use super::book::Book;
use super::letter::{self, AsWhom};
use super::readers;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const PAGE: usize = 30;
/// More unread than this is shown as this.
pub const UNREAD_MAX: i64 = 99;

/// Where the reader looks at the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Desk,
    Own,
    /// Where whoever is asked answers.
    Proposals,
}

/// One notice, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: TellingId,
    pub notice: NoticeId,
    pub case: CaseId,
    pub door: Door,
    pub importance: Importance,
    pub subject: String,
    pub body: String,
    pub made_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

fn person(actor: &Actor) -> Result<PersonId, Refusal> {
    actor.person().ok_or(Refusal::SignInNeeded)
}

/// A page of what the actor was told, before `before` if there is a page before.
pub async fn list(app: &App, actor: &Actor, before: Option<NoticeId>) -> Result<Vec<Line>, Error> {
    let (person, inner) = (person(actor)?, app.clone());
    let read = move |tx: &mut Tx<'_>| {
        let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
        let mut lines = Vec::new();
        let mut book = Book::new(inner.now());
        for telling in tellings::of_person(tx, person, before, page)? {
            lines.extend(line(&inner, tx, &telling, &mut book)?);
        }
        Ok::<_, Error>(lines)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One telling, if its reader may still see the case.
fn line(
    app: &App,
    tx: &mut Tx<'_>,
    telling: &Telling,
    book: &mut Book,
) -> Result<Option<Line>, Error> {
    let Some(notice) = notices::read(tx, telling.notice)? else {
        return Ok(None);
    };
    let Some(held) = cases::load(tx, &Scope::for_the_house(), notice.case)? else {
        return Ok(None);
    };
    let reader = readers::one(tx, &notice, (&held.view, telling.person), book)?;
    let Some(reader) = reader else {
        return Ok(None);
    };
    let door = match reader.to.as_whom {
        AsWhom::Staff(_) => Door::Desk,
        AsWhom::Petitioner(_) | AsWhom::Helper => Door::Own,
        AsWhom::Asked => Door::Proposals,
    };
    let (case, made_at) = (notice.case, notice.made_at);
    let written = letter::write(app, tx, notice, reader.to)?;
    Ok(written.map(|written| Line {
        id: telling.id,
        notice: telling.notice,
        case,
        door,
        importance: telling.importance,
        subject: written.subject,
        body: without_door(&written.body, &written.link),
        made_at,
        read_at: telling.read_at,
    }))
}

/// How many the actor has not read, up to [`UNREAD_MAX`]; none for whoever has not signed in.
pub async fn unread(app: &App, actor: &Actor) -> Result<i64, Error> {
    let Some(person) = actor.person() else {
        return Ok(0);
    };
    let count = move |tx: &mut Tx<'_>| tellings::unread(tx, person, UNREAD_MAX);
    app.store.read(count).await.map_err(Error::from)
}

/// What has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    One(TellingId),
    /// This one and everything before it.
    UpTo(NoticeId),
    /// Everything about this case.
    Case(CaseId),
}

/// Marks what the actor has read; how many were unread until now.
pub async fn seen(app: &App, actor: &Actor, seen: Seen) -> Result<u64, Error> {
    let (person, now) = (person(actor)?, app.now());
    let write = move |tx: &mut Tx<'_>| match seen {
        Seen::One(id) => tellings::seen(tx, person, id, now),
        Seen::UpTo(last) => tellings::seen_all(tx, person, last, now),
        Seen::Case(case) => tellings::seen_of_case(tx, person, case, now),
    };
    app.store
        .write_aside(person.get(), write)
        .await
        .map_err(Error::from)
}

/// In the product the heading leads to the case: a line that is nothing but the address is for
/// mail.
fn without_door(body: &str, link: &str) -> String {
    let lines = body.lines().filter(|line| line.trim() != link);
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_stands_alone_is_left_to_mail() {
        let link = "https://h.example/desk/cases/1";
        let body = format!("请看看卡在哪里。\n{link}\n");
        assert_eq!(without_door(&body, link), "请看看卡在哪里。");
        let within = format!("随时可以看：{link}");
        assert_eq!(without_door(&within, link), within);
    }
}
