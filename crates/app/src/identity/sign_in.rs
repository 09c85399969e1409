//! Sign in by login and password, and by a second factor if the person has one.

use huiyin_domain::case::Class;
use huiyin_domain::id::PersonId;
use huiyin_store::{Tx, persons, recovery_codes};
use jiff::{SignedDuration, Timestamp};

use super::session::{self, Beginning, NewSession, Visitor};
use super::{normal_login, second_factor, totp};
use crate::App;
use crate::error::{Error, Refusal};
use crate::limits::{Key, Peer, Purpose};

/// After so many failures in a row nothing is tried for a while.
const FAILURES_MAX: i64 = 10;
const LOCKED: SignedDuration = SignedDuration::from_mins(5);

/// What somebody at the door presents.
pub struct Request {
    pub login: String,
    pub password: String,
    pub peer: Peer,
    pub agent: String,
    /// The token that the browser held before.
    pub previous: Option<String>,
}

/// How far it led.
#[derive(Debug, Clone)]
pub enum Reply {
    SignedIn(NewSession),
    /// The password was right. The token opens nothing but [`prove`].
    SecondFactorNeeded(NewSession),
}

/// Checks login and password. Whether a login exists cannot be learnt from the answer,
/// nor from how long it takes.
pub async fn sign_in(app: &App, request: Request) -> Result<Reply, Error> {
    let now = app.now();
    let login = normal_login(&request.login);
    let keys = [Key::Peer(request.peer), Key::Thing(&login)];
    app.try_once(Purpose::SignIn, &keys).await?;

    let asked = login.clone();
    let found = app
        .store
        .read(move |tx| persons::credentials_by_login(tx, &asked).map_err(Error::from))
        .await?;
    let hash = found.as_ref().and_then(|found| found.password_hash.clone());
    let is_right = app.hasher.verify(request.password, hash.clone()).await?;
    let Some(secrets) = found else {
        return Err(wrong());
    };
    let person = secrets.person;
    refuse_locked(secrets.locked_until, now)?;
    if !is_right {
        note_failure(app, person, secrets.failures, now).await?;
        return Err(wrong());
    }

    let beginning = Beginning::new(app, &request.agent, request.previous);
    let inner = app.clone();
    app.store
        .write(person.get(), move |tx| {
            let secrets = persons::credentials(tx, person)?;
            let Some(secrets) = secrets.filter(|secrets| secrets.password_hash == hash) else {
                return Err(wrong());
            };
            // --- everything is checked; from here on we write ---
            persons::note_success(tx, person)?;
            inner.forgive(tx, Purpose::SignIn, Key::Thing(&login))?;
            match secrets.totp_secret {
                Some(_) => {
                    session::begin_half(tx, person, &beginning).map(Reply::SecondFactorNeeded)
                }
                None => session::begin(tx, person, &beginning).map(Reply::SignedIn),
            }
            .map_err(Error::from)
        })
        .await
        .map_err(Error::from)
}

/// What proves the second factor.
pub struct Proof {
    /// The token of [`Reply::SecondFactorNeeded`].
    pub token: String,
    /// Six digits, or a recovery code.
    pub code: String,
    pub peer: Peer,
    pub agent: String,
}

/// Checks the second factor of somebody whose password was right.
pub async fn prove(app: &App, proof: Proof) -> Result<NewSession, Error> {
    let now = app.now();
    app.try_once(Purpose::SignIn, &[Key::Peer(proof.peer)])
        .await?;
    let beginning = Beginning::new(app, &proof.agent, Some(proof.token.clone()));
    let (token, code) = (proof.token, proof.code);
    let outcome = app
        .store
        .write(0, move |tx| {
            let Some(person) = session::half_way(tx, &token, now)? else {
                return Err(Refusal::rule(Class::Gone, "sign-in-again").into());
            };
            let secrets = persons::credentials(tx, person)?.ok_or_else(wrong)?;
            refuse_locked(secrets.locked_until, now)?;
            // --- everything is checked; from here on we write ---
            match use_second_factor(tx, person, &code, now)? {
                true => session::begin(tx, person, &beginning)
                    .map(Ok)
                    .map_err(Error::from),
                false => {
                    persons::note_failure(tx, person, locked_until(secrets.failures, now))?;
                    Ok(Err(wrong_code()))
                }
            }
        })
        .await?;
    outcome.map_err(Error::from)
}

/// Proves once more who one is, before something that needs it; under a new token.
pub async fn step_up(
    app: &App,
    visitor: &Visitor,
    password: String,
    beginning_with: (String, String),
) -> Result<NewSession, Error> {
    let (agent, token) = beginning_with;
    check_password(app, visitor.person, password).await?;
    let beginning = Beginning::new(app, &agent, Some(token));
    let person = visitor.person;
    let session = app
        .store
        .write(person.get(), move |tx| {
            session::begin(tx, person, &beginning).map_err(Error::from)
        })
        .await?;
    Ok(session)
}

/// Refuses unless the password is the person's; counts as a try at signing in.
pub(super) async fn check_password(
    app: &App,
    person: PersonId,
    password: String,
) -> Result<(), Error> {
    let now = app.now();
    let secrets = app
        .store
        .read(move |tx| persons::credentials(tx, person).map_err(Error::from))
        .await?
        .ok_or_else(wrong)?;
    refuse_locked(secrets.locked_until, now)?;
    if app.hasher.verify(password, secrets.password_hash).await? {
        return Ok(());
    }
    note_failure(app, person, secrets.failures, now).await?;
    Err(wrong())
}

/// Uses up six digits of now or a recovery code; whether it was one.
fn use_second_factor(
    tx: &mut Tx<'_>,
    person: PersonId,
    code: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let secrets = persons::credentials(tx, person)?;
    let Some((secret, used)) = secrets.and_then(|s| Some((s.totp_secret?, s.totp_step))) else {
        return Ok(false);
    };
    if let Some(step) = totp::verify(&secret, code, now, used) {
        persons::use_totp_step(tx, person, step)?;
        return Ok(true);
    }
    let hash = second_factor::recovery_hash(code);
    Ok(recovery_codes::use_up(tx, person, &hash)?)
}

async fn note_failure(
    app: &App,
    person: PersonId,
    failures: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let until = locked_until(failures, now);
    app.store
        .write(person.get(), move |tx| {
            persons::note_failure(tx, person, until).map_err(Error::from)
        })
        .await?;
    Ok(())
}

fn locked_until(failures: i64, now: Timestamp) -> Option<Timestamp> {
    ((failures + 1) % FAILURES_MAX == 0).then(|| now + LOCKED)
}

fn refuse_locked(until: Option<Timestamp>, now: Timestamp) -> Result<(), Error> {
    match until {
        Some(until) if until > now => {
            let wait_s = now.duration_until(until).as_secs();
            Err(Refusal::TooMany {
                retry_after_s: u32::try_from(wait_s).unwrap_or(u32::MAX),
            }
            .into())
        }
        _ => Ok(()),
    }
}

fn wrong() -> Error {
    Refusal::rule(Class::NotPermitted, "sign-in").into()
}

fn wrong_code() -> Refusal {
    Refusal::rule(Class::NotPermitted, "sign-in-code")
}
