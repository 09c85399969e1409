//! Petitioners: who brought a case in. Sealed: lists and searches of cases
//! never join this table. The look-ups by contact are the caller's own sign-in
//! and the one look-up while a call is written down; both log.

use huiyin_domain::id::{CaseId, PersonId};

use crate::cases::Loaded;
use crate::lists::{self, CaseRow};
use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petitioner {
    pub case: CaseId,
    /// The tracking code, sixteen digits.
    pub code: String,
    pub name: Option<String>,
    /// A telephone number or a mail address, in one form.
    pub contact: Option<String>,
    pub address: Option<String>,
    /// Whom to call when something happens.
    pub emergency: Option<String>,
    pub language: String,
    /// The signed-in person, when there was one.
    pub person: Option<PersonId>,
}

statements! {
    INSERT = "INSERT INTO petitioners (case_id, code, name, contact, address, language, person, emergency) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    READ = "SELECT case_id, code, name, contact, address, language, person, emergency \
        FROM petitioners WHERE case_id = $1";
    CASE_BY_CODE = "SELECT case_id FROM petitioners WHERE code = $1";
    PERSON = "SELECT coalesce(p.person, (SELECT q.id FROM persons q WHERE q.contact = p.contact)) \
        FROM petitioners p WHERE p.case_id = $1";
    OPEN_OF_CALLER = concat!("SELECT ", lists::columns!(), " FROM petitioners p \
        JOIN cases c ON c.id = p.case_id \
        WHERE p.contact >= $1 AND p.contact < $2 AND c.closed_at IS NULL \
        ORDER BY c.id DESC LIMIT $3");
    OF_CONTACT = concat!("SELECT ", lists::columns!(), " FROM petitioners p \
        JOIN cases c ON c.id = p.case_id \
        WHERE p.contact = $1 AND p.case_id < $2 ORDER BY p.case_id DESC LIMIT $3");
    OF_PERSON = concat!("SELECT ", lists::columns!(), " FROM petitioners p \
        JOIN cases c ON c.id = p.case_id \
        WHERE p.person = $1 AND p.case_id < $2 ORDER BY p.case_id DESC LIMIT $3");
    ERASE = "UPDATE petitioners SET name = NULL, contact = NULL, address = NULL, person = NULL, \
        emergency = NULL \
        WHERE case_id = $1";
}

pub fn insert(tx: &mut Tx<'_>, petitioner: &Petitioner) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            petitioner.case,
            &petitioner.code,
            petitioner.name.as_ref(),
            petitioner.contact.as_ref(),
            petitioner.address.as_ref(),
            &petitioner.language,
            petitioner.person,
            petitioner.emergency.as_ref(),
        ],
    )
}

/// Behind the seal. Whoever calls this writes a look first.
pub fn unseal(tx: &mut Tx<'_>, case: &Loaded) -> Result<Option<Petitioner>, DbError> {
    read_one(tx, case.view.id)
}

/// Where to send a letter; for the job that delivers it.
pub fn to_deliver(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Petitioner>, DbError> {
    read_one(tx, case)
}

fn read_one(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Petitioner>, DbError> {
    tx.query_one(&READ, vals![case], |row| {
        Ok(Petitioner {
            case: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            contact: row.get(3)?,
            address: row.get(4)?,
            language: row.get(5)?,
            person: row.get(6)?,
            emergency: row.get(7)?,
        })
    })
}

/// The case that a tracking code opens.
pub fn case_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<CaseId>, DbError> {
    tx.query_one(&CASE_BY_CODE, vals![code], |row| row.get(0))
}

/// The person who brought a case in: signed in when they did, or known since by the
/// contact that they left.
pub fn person_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<PersonId>, DbError> {
    let person: Option<Option<PersonId>> = tx.query_one(&PERSON, vals![case], |row| row.get(0))?;
    Ok(person.flatten())
}

/// Open cases of whoever calls from a number that begins with `digits`.
pub fn open_of_caller(tx: &mut Tx<'_>, digits: &str, limit: i64) -> Result<Vec<CaseRow>, DbError> {
    let end = format!("{digits}:");
    tx.query(&OPEN_OF_CALLER, vals![digits, &end, limit], lists::read)
}

/// The cases of whoever proved that the contact is theirs, newest first.
pub fn cases_of_contact(
    tx: &mut Tx<'_>,
    contact: &str,
    before: Option<CaseId>,
    limit: i64,
) -> Result<Vec<CaseRow>, DbError> {
    let before = before.map_or(i64::MAX, CaseId::get);
    tx.query(&OF_CONTACT, vals![contact, before, limit], lists::read)
}

/// The cases that a signed-in person brought in, newest first.
pub fn cases_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    before: Option<CaseId>,
    limit: i64,
) -> Result<Vec<CaseRow>, DbError> {
    let before = before.map_or(i64::MAX, CaseId::get);
    tx.query(&OF_PERSON, vals![person, before, limit], lists::read)
}

/// Forget who it was. The tracking code goes on opening the case.
pub fn erase(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute_one(&ERASE, vals![case])
}
