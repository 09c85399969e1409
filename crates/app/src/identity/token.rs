//! Service tokens: a machine speaks for a unit as a post would, within scopes.

use huiyin_domain::access::{Action, Actor, HeldPost, Who};
use huiyin_domain::case::Class;
use huiyin_domain::id::{PostId, TokenId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_store::tokens::{self, Token};
use huiyin_store::{DbError, places, units};
use jiff::{SignedDuration, Timestamp};

use super::secret::{self, Secret};
use crate::App;
use crate::administration::{self, Record};
use crate::error::{Error, Refusal, Thing};
use crate::import::clean;

/// What every token begins with, so that a leaked one is recognised.
const MARK: &str = "hy_";
const USED_EVERY: SignedDuration = SignedDuration::from_mins(5);
const NAME_CHARS_MAX: usize = 80;
const LIST_MAX: i64 = 1_000;

/// What a token may be used for, besides what its role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read cases and their history.
    CasesRead,
    /// Open cases, take steps, comment, attach.
    CasesWrite,
    /// Read places, units, items and kinds.
    HouseRead,
}

impl Scope {
    pub const ALL: [Scope; 3] = [Scope::CasesRead, Scope::CasesWrite, Scope::HouseRead];

    pub fn word(self) -> &'static str {
        match self {
            Scope::CasesRead => "cases:read",
            Scope::CasesWrite => "cases:write",
            Scope::HouseRead => "house:read",
        }
    }
}

/// A token to be made.
#[derive(Debug, Clone)]
pub struct Request {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub unit: UnitId,
    pub role: Role,
    pub place: PlaceCode,
    pub expires_at: Option<Timestamp>,
}

/// A token just made. It is shown once.
#[derive(Debug, Clone)]
pub struct Made {
    pub id: TokenId,
    pub token: Secret,
}

pub async fn create(app: &App, actor: &Actor, request: Request) -> Result<Made, Error> {
    administration::permit(actor, Action::TokensEdit)?;
    let now = app.now();
    check(&request, now)?;
    let secret = Secret::make_marked(MARK, &*app.outside.entropy);
    let token = Token {
        id: TokenId::from_raw(app.mint()),
        name: clean(&request.name),
        scopes: scope_words(&request.scopes),
        unit: request.unit,
        role: request.role,
        place: request.place,
        made_at: now,
        expires_at: request.expires_at,
        used_at: None,
        revoked_at: None,
    };
    let record = Record::new(app, actor, "token-made", token.id);
    let (id, hash) = (token.id, secret.hash());
    app.store
        .write(id.get(), move |tx| {
            if units::read(tx, token.unit)?.is_none_or(|unit| unit.closed_at.is_some()) {
                return Err(Refusal::field("unit", "fault-unknown").into());
            }
            if places::read(tx, &token.place)?.is_none() {
                return Err(Refusal::field("place", "fault-unknown").into());
            }
            // --- everything is checked; from here on we write ---
            tokens::insert(tx, &token, &hash)?;
            record.keep(tx)
        })
        .await?;
    Ok(Made { id, token: secret })
}

fn check(request: &Request, now: Timestamp) -> Result<(), Refusal> {
    let name = clean(&request.name);
    if name.is_empty() {
        return Err(Refusal::field("name", "fault-required"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::too_long("name", NAME_CHARS_MAX));
    }
    if request.scopes.is_empty() {
        return Err(Refusal::field("scopes", "fault-required"));
    }
    if request.role.is_administrator() {
        return Err(Refusal::field("role", "fault-administrator"));
    }
    if request.expires_at.is_some_and(|at| at <= now) {
        return Err(Refusal::field("expires_at", "fault-past"));
    }
    Ok(())
}

fn scope_words(scopes: &[Scope]) -> Vec<String> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scopes.contains(scope))
        .map(|scope| scope.word().to_owned())
        .collect()
}

/// All tokens, revoked ones too, newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Token>, Error> {
    administration::permit(actor, Action::TokensEdit)?;
    let found = app
        .store
        .read(|tx| tokens::list(tx, LIST_MAX).map_err(Error::from))
        .await?;
    Ok(found)
}

/// Takes a token back; it counts no more from the next request.
pub async fn revoke(app: &App, actor: &Actor, id: TokenId) -> Result<(), Error> {
    administration::permit(actor, Action::TokensEdit)?;
    let record = Record::new(app, actor, "token-revoked", id);
    let now = app.now();
    app.store
        .write(id.get(), move |tx| {
            match tokens::revoke(tx, id, now) {
                Err(DbError::Conflict { .. }) => return Err(Refusal::NotFound(Thing::Token).into()),
                other => other?,
            }
            record.keep(tx)
        })
        .await?;
    Ok(())
}

/// A machine that presented a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    pub actor: Actor,
    scopes: Vec<Scope>,
}

impl Machine {
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// Who presents this token; asked with every request.
pub async fn machine(app: &App, token: &str) -> Result<Option<Machine>, Error> {
    if !token.starts_with(MARK) {
        return Ok(None);
    }
    let (hash, now) = (secret::hash(token), app.now());
    let found = app
        .store
        .read(move |tx| tokens::valid(tx, &hash, now).map_err(Error::from))
        .await?;
    let Some(token) = found else {
        return Ok(None);
    };
    if token.used_at.is_none_or(|used| now >= used + USED_EVERY) {
        let id = token.id;
        let noted = app
            .store
            .write(id.get(), move |tx| {
                tokens::note_use(tx, id, now).map_err(Error::from)
            })
            .await;
        if noted.is_err() {
            tracing::debug!("the use of a token was not noted");
        }
    }
    Ok(Some(Machine {
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| token.scopes.iter().any(|word| word == scope.word()))
            .collect(),
        actor: Actor {
            who: Who::Service(token.id),
            posts: vec![HeldPost {
                post: PostId::from_raw(token.id.get()),
                unit: token.unit,
                role: token.role,
                place: token.place,
                took_over: Vec::new(),
            }],
        },
    }))
}

/// Reads a scope from its word.
impl std::str::FromStr for Scope {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.word() == text)
            .ok_or_else(|| Refusal::rule(Class::Invalid, "scope-unknown"))
    }
}
