//! Sessions: begun at sign-in and at each new proof under a new token, ended by the
//! person, by time, or by not being used.

use huiyin_domain::access::{Actor, Who};
use huiyin_domain::id::PersonId;
use huiyin_store::sessions::{Session, SignedIn};
use huiyin_store::{DbError, Tx, posts, sessions, tellings};
use jiff::{SignedDuration, Timestamp};

use super::secret::{self, Secret, SecretHash};
use crate::App;
use crate::error::{Error, Refusal, Thing};
use crate::outside::{hex, unhex};
use crate::telling::bell;

/// How long a proof of identity suffices for what needs a fresh one.
const PROOF_HOLDS: SignedDuration = SignedDuration::from_mins(15);
/// A use is written down no more often than this.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Between password and second factor.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(10);
const AGENT_CHARS_MAX: usize = 120;

/// How long a session holds: unused, and at all.
struct Terms {
    idle: SignedDuration,
    absolute: SignedDuration,
}

/// A desk stands in an office; a telephone lies in its owner's pocket.
fn terms(is_staff: bool) -> Terms {
    match is_staff {
        true => Terms {
            idle: SignedDuration::from_hours(4),
            absolute: SignedDuration::from_hours(24),
        },
        false => Terms {
            idle: SignedDuration::from_hours(24 * 14),
            absolute: SignedDuration::from_hours(24 * 90),
        },
    }
}

/// A session just begun. The token goes into the cookie and nowhere else.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: Secret,
    pub person: PersonId,
    pub expires_at: Timestamp,
}

/// Where and instead of which session one begins.
#[derive(Debug, Clone)]
pub(super) struct Beginning {
    pub token: Secret,
    /// The browser, as it names itself.
    pub agent: String,
    /// The token that the browser held before; it is worth nothing afterwards.
    pub previous: Option<String>,
    pub now: Timestamp,
}

impl Beginning {
    pub fn new(app: &App, agent: &str, previous: Option<String>) -> Self {
        Self {
            token: Secret::make(&*app.outside.entropy),
            agent: agent
                .chars()
                .filter(|c| !c.is_control())
                .take(AGENT_CHARS_MAX)
                .collect(),
            previous,
            now: app.now(),
        }
    }
}

/// Begins a session for somebody who has proved who they are.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    person: PersonId,
    beginning: &Beginning,
) -> Result<NewSession, DbError> {
    let now = beginning.now;
    let is_staff = !posts::held(tx, person, now)?.is_empty();
    let expires_at = now + terms(is_staff).absolute;
    put(tx, person, beginning, now, expires_at)
}

/// Holds the place of somebody whose password was right and whose second factor is
/// still to come. It opens nothing.
pub(super) fn begin_half(
    tx: &mut Tx<'_>,
    person: PersonId,
    beginning: &Beginning,
) -> Result<NewSession, DbError> {
    let expires_at = beginning.now + HALF_WAY;
    put(tx, person, beginning, Timestamp::UNIX_EPOCH, expires_at)
}

fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    beginning: &Beginning,
    proved_at: Timestamp,
    expires_at: Timestamp,
) -> Result<NewSession, DbError> {
    if let Some(previous) = &beginning.previous {
        sessions::delete(tx, &secret::hash(previous))?;
    }
    let session = Session {
        token_hash: beginning.token.hash(),
        person,
        agent: beginning.agent.clone(),
        made_at: beginning.now,
        seen_at: beginning.now,
        proved_at,
        expires_at,
    };
    sessions::insert(tx, &session)?;
    Ok(NewSession {
        token: beginning.token.clone(),
        person,
        expires_at,
    })
}

/// The person of a half-begun session, if the token is of one.
pub(super) fn half_way(
    tx: &mut Tx<'_>,
    token: &str,
    now: Timestamp,
) -> Result<Option<PersonId>, DbError> {
    let found = sessions::signed_in(tx, &secret::hash(token), now)?;
    Ok(found
        .filter(|found| is_half_way(&found.session))
        .map(|found| found.session.person))
}

fn is_half_way(session: &Session) -> bool {
    session.proved_at == Timestamp::UNIX_EPOCH
}

/// Somebody who has signed in, as one request sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// With the posts that count now.
    pub actor: Actor,
    pub person: PersonId,
    pub name: String,
    pub language: String,
    pub proved_at: Timestamp,
    pub expires_at: Timestamp,
    /// How many notices they have not read, counted as far as anybody counts them.
    pub unread: i64,
    session: SecretHash,
}

impl Visitor {
    /// The session's name in lists; not its token.
    pub fn session(&self) -> &SecretHash {
        &self.session
    }

    /// Whether the person proved who they are a short while ago.
    pub fn is_freshly_proved(&self, now: Timestamp) -> bool {
        now < self.proved_at + PROOF_HOLDS
    }
}

/// Who presents this token: asked with every request, so that a post given or ended
/// counts from the next one.
pub async fn visitor(app: &App, token: &str) -> Result<Option<Visitor>, Error> {
    let (hash, now) = (secret::hash(token), app.now());
    let read = move |tx: &mut Tx<'_>| {
        let Some(found) = sessions::signed_in(tx, &hash, now)? else {
            return Ok(None);
        };
        let unread = tellings::unread(tx, found.session.person, bell::UNREAD_MAX)?;
        Ok::<_, DbError>(Some((found, unread)))
    };
    let Some((found, unread)) = app.store.read(read).await? else {
        return Ok(None);
    };
    let SignedIn {
        session,
        name,
        language,
        posts,
    } = found;
    let idle = terms(!posts.is_empty()).idle;
    if is_half_way(&session) || now >= session.seen_at + idle {
        return Ok(None);
    }
    if now >= session.seen_at + SEEN_EVERY {
        let touch = move |tx: &mut Tx<'_>| sessions::touch(tx, &hash, now);
        // Whether this is written changes nothing for the request.
        if app.store.write(session.person.get(), touch).await.is_err() {
            tracing::debug!("the use of a session was not noted");
        }
    }
    let who = Who::Person(session.person);
    Ok(Some(Visitor {
        actor: Actor { who, posts },
        person: session.person,
        name,
        language,
        proved_at: session.proved_at,
        expires_at: session.expires_at.min(now + idle),
        unread,
        session: hash,
    }))
}

/// One session in the list of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// With which it can be ended.
    pub handle: String,
    pub agent: String,
    pub made_at: Timestamp,
    pub seen_at: Timestamp,
    pub is_this_one: bool,
}

/// Where the visitor is signed in, the last used first.
pub async fn list(app: &App, visitor: &Visitor) -> Result<Vec<Listed>, Error> {
    let (person, now) = (visitor.person, app.now());
    let found = app
        .store
        .read(move |tx| sessions::of_person(tx, person, now).map_err(Error::from))
        .await?;
    Ok(found
        .into_iter()
        .filter(|session| !is_half_way(session))
        .map(|session| Listed {
            handle: hex(&session.token_hash),
            agent: session.agent,
            made_at: session.made_at,
            seen_at: session.seen_at,
            is_this_one: session.token_hash == visitor.session,
        })
        .collect())
}

/// Ends one of the visitor's own sessions.
pub async fn revoke(app: &App, visitor: &Visitor, handle: &str) -> Result<(), Error> {
    let hash = unhex(handle).ok_or(Refusal::NotFound(Thing::Session))?;
    let person = visitor.person;
    let was_there = app
        .store
        .write(person.get(), move |tx| {
            sessions::delete_one_of(tx, person, &hash).map_err(Error::from)
        })
        .await?;
    match was_there {
        true => Ok(()),
        false => Err(Refusal::NotFound(Thing::Session).into()),
    }
}

/// Ends all of the visitor's sessions but this one.
pub async fn revoke_others(app: &App, visitor: &Visitor) -> Result<(), Error> {
    let (person, keep) = (visitor.person, visitor.session);
    let end = move |tx: &mut Tx<'_>| sessions::delete_of_person(tx, person, Some(&keep));
    app.store
        .write(person.get(), end)
        .await
        .map_err(Error::from)
}

/// Signs out. A token that is worth nothing is no error.
pub async fn sign_out(app: &App, token: &str) -> Result<(), Error> {
    let hash = secret::hash(token);
    let end = move |tx: &mut Tx<'_>| sessions::delete(tx, &hash);
    app.store.write(0, end).await.map_err(Error::from)
}
