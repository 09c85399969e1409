//! Register an installation that hands us cases: where it is, the token that it gave us, and as
//! which unit it comes in here; then the key of its webhook.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{InstallationId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_store::installations::{self, Installation};
use huiyin_store::{Tx, places, units};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 80;
const URL_BYTES_MAX: usize = 500;
const KEY_BYTES_MAX: usize = 200;
const INSTALLATIONS_MAX: usize = 200;
/// What its keys begin with, as they are shown on the other side.
const TOKEN_MARK: &str = "hy_";
const SECRET_MARK: &str = "whsec_";

/// An installation to be registered.
#[derive(Clone)]
pub struct Request {
    pub name: String,
    pub url: String,
    /// `hy_…`, made there for the unit that we are to it.
    pub token: String,
    pub unit: UnitId,
    pub place: PlaceCode,
}

pub async fn create(app: &App, actor: &Actor, request: Request) -> Result<InstallationId, Error> {
    permit(actor, Action::WebhooksEdit)?;
    check(app, &request)?;
    let token = request.token.trim().to_owned();
    let (id, now) = (InstallationId::from_raw(app.mint()), app.now());
    let installation = Installation {
        id,
        name: clean(&request.name),
        url: base(&request.url).to_owned(),
        unit: request.unit,
        place: request.place,
        made_at: now,
        look_at: now,
        fault: None,
        failing_since: None,
        off_at: None,
        tells: false,
    };
    let record = Record::new(app, actor, "installation-made", id);
    let write = move |tx: &mut Tx<'_>| {
        let unknown = |field| Err(Error::from(Refusal::field(field, "fault-unknown")));
        if places::read(tx, &installation.place)?.is_none() {
            return unknown("place");
        }
        if units::read(tx, installation.unit)?.is_none_or(|unit| unit.closed_at.is_some()) {
            return unknown("unit");
        }
        if installations::list(tx)?.len() >= INSTALLATIONS_MAX {
            return Err(Refusal::field("name", "fault-webhooks-many").into());
        }
        // --- everything is checked; from here on we write ---
        installations::insert(tx, &installation, &token)?;
        record.keep(tx)
    };
    app.store
        .write(id.get(), write)
        .await
        .map_err(Error::from)?;
    Ok(id)
}

/// The address without a slash at its end.
fn base(url: &str) -> &str {
    url.trim().trim_end_matches('/')
}

fn check(app: &App, request: &Request) -> Result<(), Refusal> {
    let (name, url, token) = (
        clean(&request.name),
        base(&request.url),
        request.token.trim(),
    );
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::too_long("name", NAME_CHARS_MAX));
    }
    if url.len() > URL_BYTES_MAX {
        return Err(Refusal::too_long("url", URL_BYTES_MAX));
    }
    let is_token = token.starts_with(TOKEN_MARK)
        && token.len() <= KEY_BYTES_MAX
        && token.bytes().all(|byte| byte.is_ascii_graphic());
    let fault = match () {
        () if name.is_empty() => Some(("name", "fault-required")),
        () if url.is_empty() => Some(("url", "fault-required")),
        () if url.contains(['?', '#']) => Some(("url", "fault-url")),
        () if !is_token => Some(("token", "fault-not-token")),
        () => app.outside.elsewhere.fault(url).map(|fault| ("url", fault)),
    };
    match fault {
        Some((field, key)) => Err(Refusal::field(field, key)),
        None => Ok(()),
    }
}

/// Takes the key of its webhook, `whsec_…`, as it was shown there when our address was
/// registered. Before that nothing that it tells is believed, and its list is looked through
/// once an hour.
pub async fn believe(
    app: &App,
    actor: &Actor,
    (id, secret): (InstallationId, &str),
) -> Result<(), Error> {
    permit(actor, Action::WebhooksEdit)?;
    let bytes = secret.trim().strip_prefix(SECRET_MARK);
    let bytes = bytes.and_then(|text| BASE64.decode(text).ok());
    let bytes = bytes.filter(|bytes| (1..=KEY_BYTES_MAX).contains(&bytes.len()));
    let bytes = bytes.ok_or(Refusal::field("secret", "fault-not-secret"))?;
    let record = Record::new(app, actor, "installation-believed", id);
    let write = move |tx: &mut Tx<'_>| {
        if !installations::believe(tx, id, &bytes)? {
            return Err(Error::from(Refusal::NotFound(Thing::Installation)));
        }
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
