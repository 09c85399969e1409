//! Invites: a one-time link with which a person sets login and password. It is how
//! everybody at a desk signs in for the first time, and how a lost password is replaced.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::PersonId;
use huiyin_store::invites::{self, Invite};
use huiyin_store::persons::{self, Person};
use huiyin_store::{Tx, sessions};
use jiff::{SignedDuration, Timestamp};

use super::secret::{self, Secret, SecretHash};
use super::session::{self, Beginning, NewSession};
use super::{login_fault, normal_login, password};
use crate::App;
use crate::administration::{self, Record};
use crate::error::{Error, Refusal, Thing};
use crate::limits::{Key, Peer, Purpose};

const HOLDS: SignedDuration = SignedDuration::from_hours(72);

/// An invite just made. The link is shown once.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub token: Secret,
    pub expires_at: Timestamp,
}

/// Makes an invite for a person; earlier ones hold no more.
pub async fn create(app: &App, actor: &Actor, person: PersonId) -> Result<Invitation, Error> {
    administration::permit(actor, Action::PeopleEdit)?;
    let (token, now) = (Secret::make(&*app.outside.entropy), app.now());
    let record = Record::new(app, actor, "invite-made", person);
    let invitation = app
        .store
        .write(person.get(), move |tx| {
            let known = persons::by_id(tx, person)?;
            if known.is_none_or(|person| person.closed_at.is_some()) {
                return Err(Refusal::NotFound(Thing::Person).into());
            }
            // --- everything is checked; from here on we write ---
            record.keep(tx)?;
            put(tx, person, &token, now)
        })
        .await?;
    Ok(invitation)
}

/// Keeps an invite in the transaction of whoever makes the person.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    token: &Secret,
    now: Timestamp,
) -> Result<Invitation, Error> {
    let invite = Invite {
        token_hash: token.hash(),
        person,
        made_at: now,
        expires_at: now + HOLDS,
        used_at: None,
    };
    invites::withdraw(tx, person)?;
    invites::insert(tx, &invite)?;
    Ok(Invitation {
        token: token.clone(),
        expires_at: invite.expires_at,
    })
}

/// Whom a link invites, for the page that it opens.
pub async fn open(app: &App, token: &str, peer: Peer) -> Result<Person, Error> {
    let now = app.now();
    app.limits.take(Purpose::OpenByCode, Key::Peer(peer), now)?;
    let hash = secret::hash(token);
    let person = app.store.read(move |tx| invited(tx, &hash, now)).await?;
    Ok(person)
}

/// What the invited person chose.
pub struct Acceptance {
    pub token: String,
    pub login: String,
    pub password: String,
    pub peer: Peer,
    pub agent: String,
}

/// Sets login and password, ends all older sessions, and signs in.
pub async fn accept(app: &App, request: Acceptance) -> Result<NewSession, Error> {
    let now = app.now();
    app.limits
        .take(Purpose::OpenByCode, Key::Peer(request.peer), now)?;
    let login = normal_login(&request.login);
    let login_fault = login_fault(&login).map(|key| FieldFault::new("login", key));
    let password_fault = password::fault(&request.password, &login);
    let password_fault = password_fault.map(|key| FieldFault::new("password", key));
    let faults: Vec<FieldFault> = login_fault.into_iter().chain(password_fault).collect();
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let hash = secret::hash(&request.token);
    app.store.read(move |tx| invited(tx, &hash, now)).await?;
    let salt = app.outside.entropy.bytes();
    let password_hash = app.hasher.hash(request.password, salt).await?;
    let beginning = Beginning::new(app, &request.agent, None);
    let session = app
        .store
        .write(0, move |tx| {
            let person = invited(tx, &hash, now)?;
            let holder = persons::by_login(tx, &login)?;
            if holder.is_some_and(|holder| holder.id != person.id) {
                return Err(Refusal::field("login", "fault-login-taken").into());
            }
            // --- everything is checked; from here on we write ---
            invites::use_up(tx, &hash, now)?;
            persons::set_login(tx, person.id, &login, &password_hash)?;
            sessions::delete_of_person(tx, person.id, None)?;
            session::begin(tx, person.id, &beginning).map_err(Error::from)
        })
        .await?;
    Ok(session)
}

fn invited(tx: &mut Tx<'_>, hash: &SecretHash, now: Timestamp) -> Result<Person, Error> {
    let invite = invites::read(tx, hash)?.ok_or(Refusal::NotFound(Thing::Invite))?;
    if invite.used_at.is_some() || invite.expires_at <= now {
        return Err(Refusal::rule(Class::Gone, "invite-gone").into());
    }
    let person = persons::by_id(tx, invite.person)?;
    let person = person.filter(|person| person.closed_at.is_none());
    Ok(person.ok_or(Refusal::NotFound(Thing::Invite))?)
}
