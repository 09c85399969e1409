//! Sign in by a one-time code to a telephone or a mail address.
//!
//! For residents and volunteers. The code itself is known to nobody but the message on its
//! way: only its hash is kept, so the message goes out from here and not from a job, and
//! the person learns at once if it could not be sent.

use huiyin_domain::case::Class;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::PersonId;
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::sign_in_codes::SignInCode;
use huiyin_store::{Tx, persons, posts, sign_in_codes};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::session::{self, Beginning, NewSession};
use crate::App;
use crate::error::{Error, Refusal};
use crate::limits::{Key, Peer, Purpose};
use crate::outside::{Letter, SendError, TextMessage};

const DIGITS: usize = 6;
const HOLDS: SignedDuration = SignedDuration::from_mins(10);
const TRIES_MAX: i64 = 5;

/// Who wants to sign in.
pub struct Ask {
    pub contact: String,
    pub language: Lang,
    pub peer: Peer,
}

/// Where the code went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The contact in the form to hand to [`enter`].
    pub contact: String,
    /// The contact with its middle hidden, to show.
    pub veiled: String,
    pub expires_at: Timestamp,
}

/// Sends a code. The answer is the same whether anybody is known by this contact.
pub async fn ask(app: &App, request: Ask) -> Result<Sent, Error> {
    let now = app.now();
    let contact = reachable(&request.contact)?;
    let keys = [Key::Peer(request.peer), Key::Thing(contact.as_str())];
    app.try_once(Purpose::AskCode, &keys).await?;

    let digits = app.outside.entropy.digits(DIGITS);
    let code = SignInCode {
        contact: contact.as_str().to_owned(),
        code_hash: code_hash(contact.as_str(), &digits),
        made_at: now,
        expires_at: now + HOLDS,
        failures: 0,
    };
    let sent = Sent {
        contact: contact.as_str().to_owned(),
        veiled: contact.veiled(),
        expires_at: code.expires_at,
    };
    app.store
        .write(0, move |tx| {
            sign_in_codes::put(tx, &code).map_err(Error::from)
        })
        .await?;
    send(app, &contact, request.language, &digits)
        .await
        .map_err(|error| {
            tracing::warn!(%error, "a one-time code was not sent");
            Refusal::rule(Class::Conflict, "code-not-sent")
        })?;
    Ok(sent)
}

async fn send(app: &App, contact: &Contact, lang: Lang, digits: &str) -> Result<(), SendError> {
    let id = huiyin_domain::id::make_raw(app.now(), app.chance());
    match contact {
        Contact::Mail(address) => {
            let letter = Letter {
                id,
                to: address.clone(),
                subject: says(app, lang, "letter-sign-in.subject", digits),
                body: says(app, lang, "letter-sign-in.body", digits),
            };
            app.outside.mail.send(&letter).await
        }
        Contact::Mobile(phone) | Contact::Landline(phone) => {
            let message = TextMessage {
                id,
                phone: phone.clone(),
                text: says(app, lang, "letter-sign-in.sms", digits),
            };
            app.outside.sms.send(&message).await
        }
    }
}

fn says(app: &App, lang: Lang, key: &str, digits: &str) -> String {
    let house = app.config.name.in_lang(lang.as_str());
    let args = [("code", digits.into()), ("house", house.into())];
    app.words.get(lang, key, &args).into_owned()
}

/// What came back.
pub struct Entry {
    pub contact: String,
    pub code: String,
    /// The language for letters, if the person is new.
    pub language: Lang,
    pub peer: Peer,
    pub agent: String,
    /// The token that the browser held before.
    pub previous: Option<String>,
}

/// Checks the code and signs in, making the person if the contact is new.
pub async fn enter(app: &App, request: Entry) -> Result<NewSession, Error> {
    let now = app.now();
    let contact = reachable(&request.contact)?;
    let keys = [Key::Peer(request.peer), Key::Thing(contact.as_str())];
    app.try_once(Purpose::EnterCode, &keys).await?;

    let code: String = request.code.chars().filter(char::is_ascii_digit).collect();
    let presented = code_hash(contact.as_str(), &code);
    let fresh = Person {
        id: PersonId::from_raw(app.mint()),
        login: None,
        contact: Some(contact.as_str().to_owned()),
        name: contact.veiled(),
        language: request.language.as_str().to_owned(),
        made_at: now,
        closed_at: None,
    };
    let beginning = Beginning::new(app, &request.agent, request.previous);
    let outcome = app
        .store
        .write(0, move |tx| {
            let contact = contact.as_str();
            let sent = sign_in_codes::read(tx, contact)?.filter(|sent| sent.expires_at > now);
            let Some(sent) = sent.filter(|sent| sent.failures < TRIES_MAX) else {
                return Err(Refusal::rule(Class::Gone, "code-gone").into());
            };
            if !bool::from(sent.code_hash.ct_eq(&presented)) {
                // A wrong try is written down, so it is no refusal of the transaction.
                sign_in_codes::note_failure(tx, contact)?;
                return Ok(Err(Refusal::rule(Class::NotPermitted, "code-wrong")));
            }
            let known = known(tx, contact, now)?;
            // --- everything is checked; from here on we write ---
            sign_in_codes::delete(tx, contact)?;
            let person = match known {
                Some(person) => person.id,
                None => {
                    persons::insert(tx, &fresh)?;
                    fresh.id
                }
            };
            let session = session::begin(tx, person, &beginning)?;
            Ok::<_, Error>(Ok(session))
        })
        .await?;
    outcome.map_err(Error::from)
}

/// Whoever is known by the contact. A code is no way around a password.
fn known(tx: &mut Tx<'_>, contact: &str, now: Timestamp) -> Result<Option<Person>, Error> {
    match persons::by_contact(tx, contact)? {
        Some(person) if person.closed_at.is_some() => {
            Err(Refusal::rule(Class::NotPermitted, "person-closed").into())
        }
        Some(person) if is_of_the_desk(tx, &person, now)? => {
            Err(Refusal::rule(Class::NotPermitted, "password-needed").into())
        }
        other => Ok(other),
    }
}

fn is_of_the_desk(tx: &mut Tx<'_>, person: &Person, now: Timestamp) -> Result<bool, Error> {
    Ok(person.login.is_some() || !posts::held(tx, person.id, now)?.is_empty())
}

fn reachable(text: &str) -> Result<Contact, Refusal> {
    match text.parse() {
        Ok(Contact::Landline(_)) => Err(Refusal::field("contact", "fault-contact-landline")),
        Ok(contact) => Ok(contact),
        Err(_) => Err(Refusal::field("contact", "fault-contact")),
    }
}

fn code_hash(contact: &str, code: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(contact)
        .chain_update([0])
        .chain_update(code)
        .finalize()
        .into()
}
