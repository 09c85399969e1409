//! The one place where a decision becomes rows: the case, its entry, its letters, its public
//! page, its search row, its counts and its jobs, all inside the caller's transaction.

use huiyin_domain::case::{
    Decision, FIRST, FieldType, Hash, Kind, PetitionerPart, Publication, Show, Value,
};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::{CaseId, NoticeId, PersonId};
use huiyin_domain::planted::{self, Fault};
use huiyin_domain::words::Lang;
use huiyin_store::entries::{NewEntry, Text};
use huiyin_store::petitioners::Petitioner;
use huiyin_store::{
    DbError, Tx, cases, entries, files, notices, petitioners, public_cases, search,
};
use jiff::Timestamp;

use crate::jobs::Job;
use crate::proposals;
use crate::series;
use crate::supervision::{follow_ups, inspections, precedents};
use crate::volunteers::credit;
use crate::webhooks::event;
use crate::{App, Error, Refusal, errands, installations};

use super::{Channel, figures, publication};

/// What opening writes besides what every step writes.
pub(crate) struct Opening<'a> {
    pub code: Option<&'a TrackingCode>,
    pub language: Lang,
    pub channel: Channel,
    /// The words by which the case is found.
    pub words: &'a [String],
    /// The signed-in person who brought it in.
    pub person: Option<PersonId>,
}

/// Writes an opened case.
pub(crate) fn open(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    opening: &Opening<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let view = &decision.after;
    let title = kind.title_of(&view.values);
    cases::insert(
        tx,
        &cases::Opening {
            view,
            channel: opening.channel.word(),
            title: &title,
        },
    )?;
    if let Some(code) = opening.code {
        petitioners::insert(tx, &sealed(kind, decision, code, opening))?;
    }
    let words = opening.words;
    let found = search::Found {
        case: view.id,
        kind: &view.kind,
        place: &view.place,
        words,
    };
    search::insert(tx, &found)?;
    if kind.public.show == Show::Always {
        publication::show(tx, &app.config, (kind, view), &view.values)?;
    }
    let history = History {
        head: &FIRST,
        was_closed: false,
        channel: opening.channel.word(),
    };
    write_rest(app, tx, (kind, decision), &history, now)?;
    Ok(series::begin(app, tx, decision)?)
}

/// Writes a case after a step.
pub(crate) fn advance(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    before: &cases::Loaded,
    now: Timestamp,
) -> Result<(), Error> {
    let after = &decision.after;
    let title = match &decision.conversion {
        // The new kind may name its cases by another field; the words stay what was brought in.
        Some(_) => before.title.clone(),
        None => kind.title_of(&after.values),
    };
    cases::update(tx, before, after, &title, now)?;
    let was_closed = before.view.closed_at.is_some();
    let history = History {
        head: &before.head,
        was_closed,
        channel: &before.channel,
    };
    write_rest(app, tx, (kind, decision), &history, now)
}

/// Name, contact and address, by the types of their fields; what was handed in twice counts once.
fn sealed(
    kind: &Kind,
    decision: &Decision,
    code: &TrackingCode,
    opening: &Opening<'_>,
) -> Petitioner {
    let text = |part: PetitionerPart| {
        let mut fields = kind
            .fields
            .iter()
            .filter(|field| field.kind.petitioner_part() == Some(part));
        let value = fields.find_map(|field| decision.petitioner.get(&field.name));
        value.and_then(Value::as_text).map(str::to_owned)
    };
    Petitioner {
        case: decision.after.id,
        code: code.as_str().to_owned(),
        name: text(PetitionerPart::Name),
        contact: text(PetitionerPart::Contact),
        address: text(PetitionerPart::Address),
        emergency: text(PetitionerPart::Emergency),
        language: opening.language.as_str().to_owned(),
        person: opening.person,
    }
}

/// What the history says before the step.
struct History<'a> {
    /// The hash of the last entry.
    head: &'a Hash,
    was_closed: bool,
    /// How the case came in.
    channel: &'a str,
}

/// What every step writes after its case.
fn write_rest(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    history: &History<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    append_entry(app, tx, decision, history.head, now)?;
    attach_files(tx, decision)?;
    publish(app, tx, kind, decision)?;
    write_letters(app, tx, decision, now)?;
    precedents::keep(tx, decision, now)?;
    event::tell(app, tx, (kind, decision), now)?;
    figures::count(tx, &app.config, (kind, decision), history.was_closed, now)?;
    follow_ups::note(app, tx, (kind, decision), history.was_closed, now)?;
    inspections::note(app, tx, (kind, decision), now)?;
    proposals::note(app, tx, (kind, decision), now)?;
    credit::note(app, tx, (kind, decision), now)?;
    errands::note(tx, decision, now)?;
    installations::note(app, tx, (decision, history.channel), now)?;
    if decision.followers.is_some() && !planted::is(Fault::FollowersForgotten) {
        Job::TellFollowers(decision.after.id).enqueue(app, tx, now)?;
    }
    Ok(())
}

fn append_entry(
    app: &App,
    tx: &mut Tx<'_>,
    decision: &Decision,
    head: &Hash,
    now: Timestamp,
) -> Result<(), Error> {
    let shape = decision.shape.to_string();
    let json = match decision.says.is_empty() {
        true => None,
        false => Some(
            serde_json::to_string(&decision.says)
                .map_err(|fault| Error::broken("writing an entry's text", fault))?,
        ),
    };
    let mut salt = [0; 16];
    app.outside.entropy.fill(&mut salt);
    let at = match planted::is(Fault::EntryOutOfOrder) {
        true => now - jiff::SignedDuration::from_hours(24),
        false => now,
    };
    let entry = NewEntry {
        case: decision.after.id,
        number: decision.after.version,
        at,
        step: &decision.step,
        acting: &decision.acting,
        from: decision.from.as_deref(),
        to: &decision.after.stage,
        shape: &shape,
        text: json.as_deref().map(|json| Text { salt: &salt, json }),
    };
    entries::append(tx, &entry, head)?;
    Ok(())
}

/// Refuses files that are not there, that are another case's, or that are not what is asked.
pub(super) fn check_files(tx: &mut Tx<'_>, kind: &Kind, decision: &Decision) -> Result<(), Error> {
    for (field, value) in &decision.says {
        let Value::Files(ids) = value else { continue };
        let (begins, fault) = match kind.field(field).map(|field| &field.kind) {
            Some(FieldType::Sounds(_)) => ("audio/", "sound-not-one"),
            Some(FieldType::Signature(_)) => ("image/", "photo-not-one"),
            _ => ("", "fault-not-file"),
        };
        for &id in ids {
            let file = files::by_id(tx, id)?.filter(|file| file.erased_at.is_none());
            let is_ours = |case: Option<CaseId>| case.is_none_or(|case| case == decision.after.id);
            let file = file.filter(|file| is_ours(file.case));
            let file = file.ok_or(Refusal::field(field, "fault-not-file"))?;
            if !file.media_type.starts_with(begins) {
                return Err(Refusal::field(field, fault).into());
            }
        }
    }
    Ok(())
}

/// Files are stored before the form is sent; the step that names them makes them the case's.
fn attach_files(tx: &mut Tx<'_>, decision: &Decision) -> Result<(), DbError> {
    for value in decision.says.values() {
        if let Value::Files(ids) = value {
            for &id in ids {
                files::attach(tx, id, decision.after.id)?;
            }
        }
    }
    Ok(())
}

fn publish(app: &App, tx: &mut Tx<'_>, kind: &Kind, decision: &Decision) -> Result<(), DbError> {
    let view = &decision.after;
    let shown = (kind, view);
    match &decision.publication {
        Some(Publication::Show(values)) => publication::show(tx, &app.config, shown, values),
        Some(Publication::Less(fields)) => publication::less(tx, &app.config, shown, fields),
        Some(Publication::Hide) => public_cases::remove(tx, view.id),
        None if decision.from.is_some() => publication::refresh(tx, &app.config, shown),
        None => Ok(()),
    }
}

/// One job finds the readers of all letters of an entry.
fn write_letters(
    app: &App,
    tx: &mut Tx<'_>,
    decision: &Decision,
    now: Timestamp,
) -> Result<(), Error> {
    let mut first = None;
    for draft in &decision.notices {
        let id = NoticeId::from_raw(app.mint());
        first.get_or_insert(id);
        let after = &decision.after;
        notices::insert(
            tx,
            id,
            after.id,
            after.version,
            draft.whom,
            &draft.letter,
            now,
        )?;
    }
    match first {
        Some(first) => Ok(Job::DeliverNotices(first).enqueue(app, tx, now)?),
        None => Ok(()),
    }
}
