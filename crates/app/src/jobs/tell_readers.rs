//! Find out who is told of a notice, by which ways and when. Nothing is sent here.

use huiyin_domain::access::Scope;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::{NoticeId, TellingId};
use huiyin_domain::telling::{Channel, Circumstance, Importance, Moment, Pace, Preferences};
use huiyin_store::notices::Notice;
use huiyin_store::tellings::{self, Telling};
use huiyin_store::{Tx, cases, entries, notices, preferences};

use crate::cases::spoken;
use crate::telling::readers::{self, Reader};
use crate::{App, Error};

/// Keeps for every reader what they are to be told. Run twice, everybody is told once.
pub(super) async fn run(app: &App, id: NoticeId) -> Result<(), Error> {
    let inner = app.clone();
    let find = move |tx: &mut Tx<'_>| found(&inner, tx, id);
    let found = app.store.read(find).await.map_err(Error::from)?;
    let now = app.now();
    let keep = move |tx: &mut Tx<'_>| {
        for telling in &found {
            tellings::insert(tx, telling)?;
        }
        notices::sent(tx, id, now)
    };
    app.store.write(id.get(), keep).await.map_err(Error::from)
}

fn found(app: &App, tx: &mut Tx<'_>, id: NoticeId) -> Result<Vec<Telling>, Error> {
    let Some(notice) = notices::read(tx, id)?.filter(|notice| notice.sent_at.is_none()) else {
        return Ok(Vec::new());
    };
    let Some(held) = cases::load(tx, &Scope::for_the_house(), notice.case)? else {
        return Ok(Vec::new());
    };
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let entries = entries::list(tx, &held)?;
    let kinds = spoken::kinds(app, &kind, &entries)?;
    let mut written = kinds.into_iter().zip(entries);
    let Some((kind, entry)) = written.find(|(_, entry)| entry.number == notice.entry) else {
        return Ok(Vec::new());
    };
    let importance = kind.importance(&notice.letter, held.view.urgency());
    let now = app.now();
    let mut found = Vec::new();
    for reader in readers::of(tx, &notice, &held.view, now)? {
        let Some(circumstance) = readers::circumstance(tx, &reader, &entry, now)? else {
            continue;
        };
        let said = match reader.person {
            Some(person) => preferences::read(tx, person)?,
            None => None,
        };
        let own = said.unwrap_or_else(|| Preferences::usual(reader.audience()));
        found.extend(of_reader(
            app,
            &notice,
            &reader,
            (&own, importance, circumstance),
        ));
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
