//! What another installation is asked, and as much as is needed of what it answers: the shapes
//! of `docs/api/openapi.json`, in which fields may be added and none goes.

use std::collections::BTreeMap;

use bytes::Bytes;
use huiyin_domain::case::Link;
use huiyin_domain::id::{CaseId, FileId, TokenId, UnitId};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::outside::{Ask, Part, SendError, Told};
use crate::{App, Error};

use super::Ready;

const MISSING: u16 = 404;

/// Values in their plain form, by the names of their fields.
pub(super) type Plain = BTreeMap<String, Json>;

/// As whom we are known there.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Me {
    pub token: TokenId,
    pub unit: Unit,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Unit {
    pub id: UnitId,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Owner {
    Unit(Unit),
    Person,
}

impl Owner {
    pub fn is(&self, me: &Me) -> bool {
        matches!(self, Owner::Unit(unit) if unit.id == me.unit.id)
    }
}

/// A case as it stands there.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    pub version: i64,
    pub kind: String,
    pub place: Place,
    pub owner: Owner,
    pub closed_at: Option<Timestamp>,
    pub values: Plain,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Place {
    pub code: String,
}

/// A line of the list of cases there.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Row {
    pub id: CaseId,
    pub version: i64,
    pub owner: Owner,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Rows {
    pub cases: Vec<Row>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct History {
    pub entries: Vec<Entry>,
}

/// An entry of the history there, as far as we may read it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entry {
    pub number: i64,
    pub step: String,
    pub says: Plain,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Steps {
    pub steps: Vec<Offered>,
}

/// A step that we may take there now.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Offered {
    pub step: String,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Field {
    pub field: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chain {
    pub entries: Vec<Link>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Kept {
    pub id: FileId,
}

/// What is not looked at.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Anything {}

#[derive(Debug, Default, Deserialize)]
struct Problem {
    #[serde(rename = "type", default)]
    kind: String,
}

/// An answer that came.
pub(super) enum Answer<T> {
    Is(T),
    /// There is no such thing, or none that we may know of.
    Missing,
    /// Why not, as `urn:huiyin:problem:…` ends.
    Refused(String),
}

/// Another installation.
pub(super) struct Remote {
    app: App,
    base: String,
    token: String,
}

impl Remote {
    pub fn of(app: &App, ready: &Ready) -> Remote {
        Remote::new(app, &ready.installation.url, &ready.token)
    }

    pub fn new(app: &App, base: &str, token: &str) -> Remote {
        Remote {
            app: app.clone(),
            base: base.to_owned(),
            token: token.to_owned(),
        }
    }

    pub async fn get<T: DeserializeOwned>(&self, path: String) -> Result<Answer<T>, Error> {
        read(&self.ask(path, None, None).await?)
    }

    /// What must be there, unless the other side is another product.
    pub async fn need<T: DeserializeOwned>(&self, path: String) -> Result<T, Error> {
        match self.get(path).await? {
            Answer::Is(found) => Ok(found),
            Answer::Missing => Err(strange("what must be there is missing".to_owned())),
            Answer::Refused(why) => Err(strange(format!("the installation refuses: {why}"))),
        }
    }

    pub async fn post<T: DeserializeOwned>(
        &self,
        path: String,
        (key, body): (Option<String>, Part),
    ) -> Result<Answer<T>, Error> {
        read(&self.ask(path, key, Some(body)).await?)
    }

    /// What a file holds; nothing when it went meanwhile.
    pub async fn file(&self, path: String) -> Result<Option<Bytes>, Error> {
        let told = self.ask(path, None, None).await?;
        Ok(told.is_success().then_some(told.body))
    }

    async fn ask(
        &self,
        path: String,
        key: Option<String>,
        body: Option<Part>,
    ) -> Result<Told, Error> {
        let ask = Ask {
            base: self.base.clone(),
            path,
            token: self.token.clone(),
            key,
            body,
        };
        let told = self.app.outside.elsewhere.ask(&ask).await;
        told.map_err(|fault| Error::broken("asking another installation", fault))
    }
}

fn read<T: DeserializeOwned>(told: &Told) -> Result<Answer<T>, Error> {
    if told.is_success() {
        let found = serde_json::from_slice(&told.body);
        let found = found.map_err(|_| strange("the answer is not what was expected".to_owned()));
        return found.map(Answer::Is);
    }
    if told.status == MISSING {
        return Ok(Answer::Missing);
    }
    let problem: Problem = serde_json::from_slice(&told.body).unwrap_or_default();
    let why = problem.kind.rsplit(':').next().unwrap_or_default();
    Ok(Answer::Refused(match why {
        "" => told.status.to_string(),
        why => why.chars().take(80).collect(),
    }))
}

/// Worth another try: whoever runs the other side may mend it.
fn strange(what: String) -> Error {
    Error::broken("asking another installation", SendError::Temporary(what))
}
