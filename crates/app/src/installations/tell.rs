//! Tell the other side what was done here: all of it as sealed entries, and as steps there what
//! concerns it. A step that moves a case from one unit to another is our own affair, unless it
//! goes to the unit that stands for the other side: that gives it back.

use huiyin_domain::access::Scope;
use huiyin_domain::case::{Kind, Link, Owner, Value, Values};
use huiyin_domain::id::{CaseId, PostId};
use huiyin_domain::words::Lang;
use huiyin_store::entries::{self, Entry};
use huiyin_store::{Tx, cases, installations};
use serde_json::{Value as Json, json};

use crate::cases::read;
use crate::error::Thing;
use crate::outside::Part;
use crate::{App, Error, Refusal};

use super::chain::{LINKS_MAX, link};
use super::relay::refused;
use super::remote::{Answer, Anything, Offered, Plain, Remote, Steps};
use super::{Ready, actor, said};

/// An entry here that the other side has not heard of.
struct News {
    entry: Entry,
    says: Values,
    /// Who has the case now, when it went from one to another.
    moved_to: Option<Owner>,
}

/// Tells there what was done here since they last heard of it, a batch of it; how far they have
/// heard now, when there was any.
pub(super) async fn tell(
    app: &App,
    (ready, remote): (&Ready, &Remote),
    (id, told): (CaseId, i64),
) -> Result<Option<i64>, Error> {
    let news = news(app, id, told).await?;
    let Some(last) = news.last().map(|news| news.entry.number) else {
        return Ok(None);
    };
    let theirs = ready.handed.theirs;
    let links: Vec<Link> = news.iter().map(|news| link(news.entry.clone())).collect();
    let body = Part::Json(json!({ "case": id, "entries": links }).to_string());
    let path = format!("/api/v1/cases/{theirs}/elsewhere");
    match remote.post::<Anything>(path, (None, body)).await? {
        Answer::Is(_) => {}
        Answer::Refused(why) => refused(app, &ready.handed, Some(&why)).await?,
        // They took it back this very moment; the next look says so.
        Answer::Missing => return Ok(None),
    }
    let own = Some(PostId::from_raw(ready.installation.id.get()));
    for news in &news {
        // What they brought is theirs already.
        if news.entry.post != own && news.entry.from.is_some() {
            hand(app, (ready, remote), news).await?;
        }
        let (handed, number) = (ready.handed.id, news.entry.number);
        let write = move |tx: &mut Tx<'_>| installations::told(tx, handed, number);
        app.store
            .write(id.get(), write)
            .await
            .map_err(Error::from)?;
    }
    Ok(Some(last))
}

async fn news(app: &App, id: CaseId, told: i64) -> Result<Vec<News>, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<News>, Error> {
        let held = cases::load(tx, &Scope::for_the_house(), id)?;
        let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
        let entries = entries::list_from(tx, &held, told.max(1))?;
        let mut before = None;
        let mut news = Vec::new();
        for entry in entries.into_iter().take(LINKS_MAX) {
            let now = owner(&entry)?;
            let moved_to = now.filter(|_| before.is_some() && now != before);
            before = now;
            if entry.number > told {
                let says = read::said(&entry)?;
                news.push(News {
                    entry,
                    says,
                    moved_to,
                });
            }
        }
        Ok(news)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Who had the case after an entry.
fn owner(entry: &Entry) -> Result<Option<Owner>, Error> {
    let broken = |fault| Error::broken("reading an entry's shape", fault);
    let mut shape: Json = serde_json::from_str(&entry.shape).map_err(broken)?;
    serde_json::from_value(shape["owner"].take()).map_err(broken)
}

/// Takes a step there, when what was done here concerns them and they offer it.
async fn hand(app: &App, (ready, remote): (&Ready, &Remote), news: &News) -> Result<(), Error> {
    let (entry, theirs) = (&news.entry, ready.handed.theirs);
    let is_back = match news.moved_to {
        Some(owner) if owner.unit() == Some(ready.installation.unit) => true,
        Some(_) => return Ok(()),
        None => false,
    };
    let path = format!("/api/v1/cases/{theirs}/steps");
    let Answer::Is(Steps { steps }) = remote.get::<Steps>(path).await? else {
        return Ok(());
    };
    let kind = read::kind(app, &actor(&ready.installation), entry.case).await?;
    let gives_back = |name: &str| kind.step(name).is_some_and(|step| step.gives_back());
    let wanted = |offered: &Offered| match is_back {
        true => gives_back(&offered.step),
        false => offered.step == entry.step,
    };
    let Some(offered) = steps.into_iter().find(wanted) else {
        return Ok(());
    };
    let asked: Vec<String> = offered
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    let mut values = said::there(app, remote, (&news.says, &asked)).await?;
    if is_back {
        give_reasons(app, (&kind, &offered.step), (&news.says, &mut values));
    }
    let path = format!("/api/v1/cases/{theirs}/steps/{}", offered.step);
    let key = format!("handed-{}-{}", entry.case, entry.number);
    let body = Part::Json(json!({ "values": values }).to_string());
    match remote.post::<Anything>(path, (Some(key), body)).await? {
        Answer::Is(_) => refused(app, &ready.handed, None).await,
        // It was taken under this key, and the answer did not reach us.
        Answer::Refused(why) if why == "key-reused" => Ok(()),
        Answer::Missing => Ok(()),
        Answer::Refused(why) => refused(app, &ready.handed, Some(&why)).await,
    }
}

/// Whoever gives a case back says why: what was written with the step here, else a sentence.
fn give_reasons(app: &App, (kind, step): (&Kind, &str), (says, values): (&Values, &mut Plain)) {
    let written = says.values().find_map(Value::as_text);
    let reason = written.map_or_else(|| sentence(app), str::to_owned);
    let asked = kind.step(step).map(|step| &step.fields[..]);
    for asked in asked
        .unwrap_or_default()
        .iter()
        .filter(|asked| asked.required)
    {
        values
            .entry(asked.field.clone())
            .or_insert_with(|| Json::from(reason.as_str()));
    }
}

/// What is said when nobody said anything: the case went from one side to the other.
pub(super) fn sentence(app: &App) -> String {
    let said = app.words.get(Lang::ZH, "installation-passes", &[]);
    said.into_owned()
}
