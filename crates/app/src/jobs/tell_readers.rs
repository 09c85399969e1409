//! Find out who is told of a notice, by which ways and when. Nothing is sent here.

use huiyin_domain::access::Scope;
use huiyin_domain::case::CaseView;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::{JobId, NoticeId, TellingId};
use huiyin_domain::telling::{Channel, Circumstance, Importance, Moment, Pace, Preferences};
use huiyin_store::entries::Entry;
use huiyin_store::notices::Notice;
use huiyin_store::tellings::{self, Telling};
use huiyin_store::{Tx, cases, entries, jobs, notices};

use crate::cases::spoken;
use crate::telling::book::Book;
use crate::telling::readers::{self, Reader};
use crate::{App, Error};

/// Keeps for every reader what they are to be told of what an entry caused. Run twice,
/// everybody is told once.
pub(super) async fn run(app: &App, id: NoticeId) -> Result<(), Error> {
    together(app, vec![id], Vec::new()).await
}

/// Does all these jobs in one read and one write, and they are done; or none of them is.
pub(super) async fn run_all(app: &App, taken: &[jobs::Job]) -> Result<(), Error> {
    let notices = taken.iter().map(|job| NoticeId::from_raw(job.subject));
    let ids = taken.iter().map(|job| job.id);
    together(app, notices.collect(), ids.collect()).await
}

async fn together(app: &App, asked: Vec<NoticeId>, done: Vec<JobId>) -> Result<(), Error> {
    let inner = app.clone();
    let key = asked.first().map_or(0, |notice| notice.get());
    let find = move |tx: &mut Tx<'_>| {
        let mut found = Found::default();
        let mut book = Book::new(inner.now());
        for &id in &asked {
            find_readers(&inner, tx, (id, &mut book), &mut found)?;
        }
        Ok::<_, Error>(found)
    };
    let found = app.store.read(find).await.map_err(Error::from)?;
    let now = app.now();
    let keep = move |tx: &mut Tx<'_>| {
        for telling in &found.tellings {
            tellings::insert(tx, telling)?;
        }
        for &notice in &found.notices {
            notices::sent(tx, notice, now)?;
        }
        done.iter().try_for_each(|&job| jobs::done(tx, job))
    };
    app.store.write(key, keep).await.map_err(Error::from)
}

/// Notices whose readers are known, and what these are told.
#[derive(Default)]
struct Found {
    notices: Vec<NoticeId>,
    tellings: Vec<Telling>,
}

/// Finds the readers of a notice and of those that its entry caused beside it.
fn find_readers(
    app: &App,
    tx: &mut Tx<'_>,
    (id, book): (NoticeId, &mut Book),
    found: &mut Found,
) -> Result<(), Error> {
    let notices = notices::unsent_beside(tx, id)?;
    let Some(first) = notices.first() else {
        return Ok(());
    };
    found.notices.extend(notices.iter().map(|notice| notice.id));
    let Some(held) = cases::load(tx, &Scope::for_the_house(), first.case)? else {
        return Ok(());
    };
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let entries = entries::list_from(tx, &held, first.entry)?;
    let kinds = spoken::kinds(app, &kind, &entries)?;
    let (Some(kind), Some(entry)) = (kinds.first(), entries.first()) else {
        return Ok(());
    };
    for notice in &notices {
        let importance = kind.importance(&notice.letter, held.view.urgency());
        let told = (notice, &held.view, entry, importance);
        found.tellings.extend(tellings_of(app, tx, told, book)?);
    }
    Ok(())
}

fn tellings_of(
    app: &App,
    tx: &mut Tx<'_>,
    (notice, case, entry, importance): (&Notice, &CaseView, &Entry, Importance),
    book: &mut Book,
) -> Result<Vec<Telling>, Error> {
    let mut found = Vec::new();
    for reader in readers::of(tx, notice, case, book)? {
        let Some(circumstance) = readers::circumstance(tx, &reader, entry, book)? else {
            continue;
        };
        let said = match reader.person {
            Some(person) => book.preferences(tx, person)?,
            None => None,
        };
        let own = said.unwrap_or_else(|| Preferences::usual(reader.audience()));
        let how = (&own, importance, circumstance);
        found.extend(of_reader(app, notice, &reader, how));
    }
    Ok(found)
}

/// The tellings of one notice for one reader: in the product, and by the way that their contact
/// allows.
fn of_reader(
    app: &App,
    notice: &Notice,
    reader: &Reader,
    (own, importance, circumstance): (&Preferences, Importance, Circumstance),
) -> Vec<Telling> {
    let outside = match &reader.contact {
        Some(Contact::Mail(_)) => Some(Channel::Mail),
        Some(Contact::Mobile(_)) => Some(Channel::Sms),
        // A landline takes no text messages: somebody will call, or the person will.
        Some(Contact::Landline(_)) | None => None,
    };
    let product = reader.person.map(|_| Channel::Product);
    let moment = Moment {
        happened: notice.made_at,
        now: app.now(),
        zone: &app.config.time_zone,
    };
    let telling = |channel: Channel| {
        let weight = (importance, channel);
        let pace = own.pace(importance, channel);
        let due = match own.due(weight, circumstance, &moment)? {
            // Whoever tries the played town does not wait until its morning.
            _ if app.config.demo.is_on() && pace == Pace::Now => moment.now,
            due => due,
        };
        Some(Telling {
            id: TellingId::from_raw(app.mint()),
            notice: notice.id,
            reader: reader.key,
            person: reader.person,
            channel,
            importance,
            pace: match circumstance {
                Circumstance::Answering => Pace::Now,
                _ => pace,
            },
            due_at: (channel != Channel::Product).then_some(due),
            read_at: None,
        })
    };
    let channels = product.into_iter().chain(outside);
    channels.filter_map(telling).collect()
}
