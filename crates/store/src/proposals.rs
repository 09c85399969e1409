//! Proposals: who is asked whether they take a case on, why, and what they said. The cases that
//! look for somebody and the volunteers' load are read here too: for the house alone, which
//! shows nobody a list of what one person said.

use huiyin_domain::case::{KindHash, Values};
use huiyin_domain::id::{CaseId, PersonId, PostId, ProposalId, VolunteerId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::proposal::{DeclineReason, LapseReason, ProposalState};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// Somebody who is asked, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub case: CaseId,
    pub volunteer: VolunteerId,
    /// The community of the case.
    pub community: PlaceCode,
    /// When its batch was made: those of one batch were weighed against each other.
    pub batch: Timestamp,
    /// The post of whoever proposed them by hand.
    pub post: Option<PostId>,
    pub cost: i64,
    /// JSON, as the caller understands it.
    pub reasons: String,
    pub made_at: Timestamp,
    pub answer_by: Timestamp,
    pub state: ProposalState,
}

/// A case that looks for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    pub case: CaseId,
    pub place: PlaceCode,
    pub kind_hash: KindHash,
    pub stage: String,
    pub version: i64,
    pub urgent_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub values: Values,
    /// Who brought it in: they are never proposed for it.
    pub person: Option<PersonId>,
    /// How many are asked now.
    pub asked: i64,
}

macro_rules! columns {
    () => {
        "o.id, o.case_id, o.volunteer, o.community, o.batch, o.post, o.cost, o.reasons, \
        o.made_at, o.answer_by, o.state, o.why, o.ended_at"
    };
}

macro_rules! looking {
    () => {
        "SELECT c.id, c.place, k.hash, c.stage, c.version, c.urgent_at, c.opened_at, m.fields, r.person, \
        (SELECT count(*) FROM proposals o WHERE o.case_id = c.id AND o.state = 'open') \
        FROM public_cases p JOIN cases c ON c.id = p.id \
        JOIN matters m ON m.case_id = c.id \
        JOIN kind_versions k ON k.id = c.kind_version \
        LEFT JOIN petitioners r ON r.case_id = c.id "
    };
}

statements! {
    INSERT = "INSERT INTO proposals (id, case_id, volunteer, community, batch, post, cost, \
        reasons, made_at, answer_by, state) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')";
    BY_ID = concat!("SELECT ", columns!(), " FROM proposals o WHERE o.id = $1");
    OPEN_OF_VOLUNTEER = concat!("SELECT ", columns!(), " FROM proposals o \
        WHERE o.volunteer = $1 AND o.state = 'open' ORDER BY o.id");
    OF_CASE = concat!("SELECT ", columns!(), " FROM proposals o WHERE o.case_id = $1 \
        ORDER BY o.id DESC LIMIT $2");
    OVERDUE = concat!("SELECT ", columns!(), " FROM proposals o \
        WHERE o.state = 'open' AND o.answer_by <= $1 ORDER BY o.answer_by, o.id LIMIT $2");
    END = "UPDATE proposals SET state = $1, why = $2, ended_at = $3 \
        WHERE id = $4 AND state = 'open'";
    END_OF_CASE = "UPDATE proposals SET state = 'lapsed', why = $1, ended_at = $2 \
        WHERE case_id = $3 AND state = 'open'";
    END_OF_VOLUNTEER = "UPDATE proposals SET state = 'lapsed', why = 'left', ended_at = $1 \
        WHERE volunteer = $2 AND state = 'open'";
    ACCEPT = "UPDATE proposals SET state = 'accepted', ended_at = $1 \
        WHERE case_id = $2 AND volunteer = $3 AND state = 'open'";
    LOOKING = concat!(looking!(), "WHERE p.kind = $1 AND p.closed_on IS NULL AND p.stage = $2 \
        AND p.id > $3 ORDER BY p.id LIMIT $4");
    LOOKING_ONE = concat!(looking!(), "WHERE p.id = $1");
    ASKED_BEFORE = "SELECT o.case_id, o.volunteer, o.state, o.why, o.ended_at FROM proposals o \
        JOIN public_cases p ON p.id = o.case_id \
        WHERE p.kind = $1 AND p.closed_on IS NULL ORDER BY o.id";
    ASKED_OF_CASE = "SELECT o.case_id, o.volunteer, o.state, o.why, o.ended_at FROM proposals o \
        WHERE o.case_id = $1 ORDER BY o.id";
    MISSES = "SELECT m.case_id, m.volunteer, m.times FROM proposal_misses m \
        JOIN public_cases p ON p.id = m.case_id WHERE p.kind = $1 AND p.closed_on IS NULL";
    MISSES_OF_CASE = "SELECT case_id, volunteer, times FROM proposal_misses WHERE case_id = $1";
    MISS = "INSERT INTO proposal_misses (case_id, volunteer, times) VALUES ($1, $2, 1) \
        ON CONFLICT (case_id, volunteer) DO UPDATE SET times = proposal_misses.times + 1";
    COUNT_OPEN = "SELECT volunteer, count(*) FROM proposals WHERE state = 'open' \
        GROUP BY volunteer";
    COUNT_HELD = "SELECT owner_person, count(*) FROM cases \
        WHERE closed_at IS NULL AND owner_person IS NOT NULL GROUP BY owner_person";
    OPEN_WITHOUT = "SELECT o.case_id FROM proposals o JOIN cases c ON c.id = o.case_id \
        JOIN volunteers v ON v.id = o.volunteer \
        WHERE o.state = 'open' AND (c.closed_at IS NOT NULL OR v.left_at IS NOT NULL \
        OR NOT EXISTS (SELECT 1 FROM public_cases p WHERE p.id = c.id)) \
        ORDER BY o.case_id LIMIT $1";
}

/// Asks somebody. Whoever is asked already, or has declined, is [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            proposal.id,
            proposal.case,
            proposal.volunteer,
            &proposal.community,
            proposal.batch,
            proposal.post,
            proposal.cost,
            &proposal.reasons,
            proposal.made_at,
            proposal.answer_by,
        ],
    )
}

fn read(row: &Row<'_>) -> Result<Proposal, DbError> {
    let (word, why): (String, Option<String>) = (row.get(10)?, row.get(11)?);
    let state = ProposalState::read(&word, why.as_deref(), row.get(12)?);
    Ok(Proposal {
        id: row.get(0)?,
        case: row.get(1)?,
        volunteer: row.get(2)?,
        community: row.get(3)?,
        batch: row.get(4)?,
        post: row.get(5)?,
        cost: row.get(6)?,
        reasons: row.get(7)?,
        made_at: row.get(8)?,
        answer_by: row.get(9)?,
        state: state.ok_or_else(|| DbError::Broken("a proposal's state".to_owned()))?,
    })
}

pub fn by_id(tx: &mut Tx<'_>, id: ProposalId) -> Result<Option<Proposal>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// What a volunteer is asked now, the oldest first.
pub fn open_of_volunteer(tx: &mut Tx<'_>, of: VolunteerId) -> Result<Vec<Proposal>, DbError> {
    tx.query(&OPEN_OF_VOLUNTEER, vals![of], read)
}

/// Whoever is or was asked about a case, the latest first.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, limit: i64) -> Result<Vec<Proposal>, DbError> {
    tx.query(&OF_CASE, vals![case, limit], read)
}

/// Those to which nobody has answered in time.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Proposal>, DbError> {
    tx.query(&OVERDUE, vals![now, limit], read)
}

/// Somebody declines; whether it still waited for that.
pub fn decline(
    tx: &mut Tx<'_>,
    id: ProposalId,
    why: Option<DeclineReason>,
    at: Timestamp,
) -> Result<bool, DbError> {
    let why = why.map(DeclineReason::word);
    Ok(tx.execute(&END, vals!["declined", why, at, id])? == 1)
}

/// It ends without an answer; whether it still waited for one.
pub fn lapse(
    tx: &mut Tx<'_>,
    id: ProposalId,
    why: LapseReason,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&END, vals!["lapsed", why.word(), at, id])? == 1)
}

/// All that wait about a case end without an answer.
pub fn lapse_of_case(
    tx: &mut Tx<'_>,
    case: CaseId,
    why: LapseReason,
    at: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(&END_OF_CASE, vals![why.word(), at, case])
}

/// Whoever leaves is asked for nothing any more.
pub fn lapse_of_volunteer(
    tx: &mut Tx<'_>,
    volunteer: VolunteerId,
    at: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(&END_OF_VOLUNTEER, vals![at, volunteer])
}

/// A volunteer takes the case on; whether they had been asked.
pub fn accept(
    tx: &mut Tx<'_>,
    case: CaseId,
    volunteer: VolunteerId,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&ACCEPT, vals![at, case, volunteer])? == 1)
}

/// A volunteer took the case on and did not come.
pub fn miss(tx: &mut Tx<'_>, case: CaseId, volunteer: VolunteerId) -> Result<(), DbError> {
    tx.execute_one(&MISS, vals![case, volunteer])
}

/// Cases of a kind at a stage, behind `last`, in the order in which they came in. They are read
/// for the house: what is not for everybody to see is not among them.
pub fn looking(
    tx: &mut Tx<'_>,
    (kind, stage): (&str, &str),
    last: Option<CaseId>,
    limit: i64,
) -> Result<Vec<Looking>, DbError> {
    let last = last.map_or(-1, CaseId::get);
    tx.query(&LOOKING, vals![kind, stage, last, limit], read_looking)
}

/// One case, if everybody can see it.
pub fn looking_one(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Looking>, DbError> {
    tx.query_one(&LOOKING_ONE, vals![case], read_looking)
}

fn read_looking(row: &Row<'_>) -> Result<Looking, DbError> {
    Ok(Looking {
        case: row.get(0)?,
        place: row.get(1)?,
        kind_hash: row.get(2)?,
        stage: row.get(3)?,
        version: row.get(4)?,
        urgent_at: row.get(5)?,
        opened_at: row.get(6)?,
        values: row.json(7)?,
        person: row.get(8)?,
        asked: row.get(9)?,
    })
}

/// That somebody was asked about a case, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub case: CaseId,
    pub volunteer: VolunteerId,
    pub state: ProposalState,
}

/// That somebody did not come, how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    pub case: CaseId,
    pub volunteer: VolunteerId,
    pub times: i64,
}

/// Of which cases what was asked before is wanted.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// The open ones of a kind.
    Kind(&'a str),
    Case(CaseId),
}

/// Whom these cases have been proposed to.
pub fn asked(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<Asked>, DbError> {
    let read = |row: &Row<'_>| {
        let (word, why): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        let state = ProposalState::read(&word, why.as_deref(), row.get(4)?);
        Ok(Asked {
            case: row.get(0)?,
            volunteer: row.get(1)?,
            state: state.ok_or_else(|| DbError::Broken("a proposal's state".to_owned()))?,
        })
    };
    match of {
        Of::Kind(kind) => tx.query(&ASKED_BEFORE, vals![kind], read),
        Of::Case(case) => tx.query(&ASKED_OF_CASE, vals![case], read),
    }
}

/// Who did not come to these cases.
pub fn missed(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<Missed>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Missed {
            case: row.get(0)?,
            volunteer: row.get(1)?,
            times: row.get(2)?,
        })
    };
    match of {
        Of::Kind(kind) => tx.query(&MISSES, vals![kind], read),
        Of::Case(case) => tx.query(&MISSES_OF_CASE, vals![case], read),
    }
}

/// How many proposals wait for each volunteer.
pub fn count_open(tx: &mut Tx<'_>) -> Result<Vec<(VolunteerId, i64)>, DbError> {
    tx.query(&COUNT_OPEN, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many open cases each person has taken on.
pub fn count_held(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, i64)>, DbError> {
    tx.query(&COUNT_HELD, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Cases about which somebody is asked although they are closed or hidden, or whoever is asked
/// has left: there should be none.
pub fn open_without(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<CaseId>, DbError> {
    tx.query(&OPEN_WITHOUT, vals![limit], |row| row.get(0))
}
