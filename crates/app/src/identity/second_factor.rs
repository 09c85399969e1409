//! The second factor: taken up with a QR code, confirmed by a first code, given up with
//! the password. Recovery codes replace a lost telephone.

use huiyin_domain::case::Class;
use huiyin_store::{persons, recovery_codes};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::QrCode;
use qrcode::render::svg;

use super::secret::{self, SecretHash};
use super::session::Visitor;
use super::{sign_in, totp};
use crate::App;
use crate::error::{Error, Refusal, Thing};

const RECOVERY_CODES: usize = 10;

/// What the page of taking it up shows. Nothing is kept yet.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// To type in, and to hand back with the first code.
    pub secret: String,
    pub qr_svg: String,
}

/// Begins to take up a second factor.
pub async fn enrol(app: &App, visitor: &Visitor) -> Result<Enrolment, Error> {
    let person = visitor.person;
    let person = app
        .store
        .read(move |tx| persons::by_id(tx, person).map_err(Error::from))
        .await?
        .ok_or(Refusal::NotFound(Thing::Person))?;
    let secret = totp::base32(&app.outside.entropy.bytes::<{ totp::SECRET_BYTES }>());
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let house = escape(app.config.name.in_lang(&visitor.language));
    let login = escape(person.login.as_deref().unwrap_or(&person.name));
    let uri = format!("otpauth://totp/{house}:{login}?secret={secret}&issuer={house}");
    Ok(Enrolment {
        qr_svg: qr_svg(&uri)?,
        secret,
    })
}

/// A QR code as an SVG picture, for a page or a poster.
pub fn qr_svg(text: &str) -> Result<String, Error> {
    let code = QrCode::new(text).map_err(|error| Error::broken("drawing a QR code", error))?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .quiet_zone(true)
        .build())
}

/// Confirms with a first code, and answers recovery codes: they are shown once.
pub async fn confirm(
    app: &App,
    visitor: &Visitor,
    secret: &str,
    code: &str,
) -> Result<Vec<String>, Error> {
    let wrong = || Refusal::field("code", "fault-second-factor-code");
    let secret = totp::unbase32(secret)
        .filter(|secret| secret.len() == totp::SECRET_BYTES)
        .ok_or_else(wrong)?;
    let step = totp::verify(&secret, code, app.now(), None).ok_or_else(wrong)?;
    let codes = recovery_codes(app);
    let hashes: Vec<SecretHash> = codes.iter().map(|code| recovery_hash(code)).collect();
    let person = visitor.person;
    app.store
        .write(person.get(), move |tx| {
            let secrets =
                persons::credentials(tx, person)?.ok_or(Refusal::NotFound(Thing::Person))?;
            if secrets.password_hash.is_none() {
                return Err(
                    Refusal::rule(Class::Conflict, "second-factor-without-password").into(),
                );
            }
            if secrets.totp_secret.is_some() {
                return Err(Refusal::rule(Class::Conflict, "second-factor-twice").into());
            }
            // --- everything is checked; from here on we write ---
            persons::set_totp(tx, person, Some(&secret), Some(step))?;
            recovery_codes::put(tx, person, &hashes).map_err(Error::from)
        })
        .await?;
    Ok(codes)
}

/// Gives the second factor up.
pub async fn disable(app: &App, visitor: &Visitor, password: String) -> Result<(), Error> {
    sign_in::check_password(app, visitor.person, password).await?;
    let person = visitor.person;
    app.store
        .write(person.get(), move |tx| {
            persons::set_totp(tx, person, None, None)?;
            recovery_codes::delete(tx, person).map_err(Error::from)
        })
        .await?;
    Ok(())
}

/// How the visitor's second factor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub is_taken_up: bool,
    pub recovery_codes_left: i64,
}

pub async fn standing(app: &App, visitor: &Visitor) -> Result<Standing, Error> {
    let person = visitor.person;
    let standing = app
        .store
        .read(move |tx| {
            let secrets = persons::credentials(tx, person)?;
            Ok::<_, Error>(Standing {
                is_taken_up: secrets.is_some_and(|secrets| secrets.totp_secret.is_some()),
                recovery_codes_left: recovery_codes::count(tx, person)?,
            })
        })
        .await?;
    Ok(standing)
}

/// Ten codes of 50 bits each, in two halves that can be copied by hand.
fn recovery_codes(app: &App) -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let text = huiyin_domain::id::encode((app.outside.entropy.u64() >> 14).cast_signed());
            let ten = &text[text.len() - 10..];
            format!("{}-{}", &ten[..5], &ten[5..])
        })
        .collect()
}

/// The hash of a recovery code however it was typed.
pub(super) fn recovery_hash(code: &str) -> SecretHash {
    let code: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    secret::hash(&code)
}
