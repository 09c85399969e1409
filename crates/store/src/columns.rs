//! How the types of `domain` lie in columns: ids and instants (microseconds
//! UTC) as numbers, codes and words as text, structured values as JSON.

use huiyin_domain::activity::SignUpState;
use huiyin_domain::association::{Entry, GroupState, Interest, Standing};
use huiyin_domain::case::{CallRole, CallState, KindHash};
use huiyin_domain::civic_post::{Use, Way};
use huiyin_domain::household::Door;
use huiyin_domain::id::{
    ActivityId, AnswerId, AppointmentId, ArchiveId, AssociationId, BookingId, CadenceId, CaseId,
    CertificateId, ChecklistId, CivicPostId, CollectionId, DeedId, FileId, GiftId, HandedId,
    HouseholdId, InstallationId, JobId, KitchenDayId, LookId, MarkId, MealId, MeetingId,
    MenuServiceId, MessageId, NoticeId, OccasionId, PairingId, PartnerId, PersonId, PlaceChangeId,
    PledgeId, PledgeReportId, PostId, ProposalId, ResourceId, RoomId, RoundId, SeriesId, ServiceId,
    ShiftId, SpotId, SubstituteId, TaskId, TaskReportId, TaskRuleId, TeamMemberId, TellingId,
    TokenId, UnitId, VenueId, ViewId, VisitId, VolunteerId, WebhookId, WindowId,
};
use huiyin_domain::meal::{Bringing, Handing, MealState, Sitting};
use huiyin_domain::pairing::EndedBy;
use huiyin_domain::partner::Deed;
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::procedure::PaperState;
use huiyin_domain::round::{Every, MeetingSort, SpotSort};
use huiyin_domain::task::{Rhythm, Sort, State};
use huiyin_domain::team::{Function, LeftTo};
use huiyin_domain::telling::{Channel, Importance, Pace};
use huiyin_domain::unit::{ItemCode, UnitCategory};
use huiyin_domain::venue::{BookingState, Category};
use huiyin_domain::volunteer::{Confirmer, MarkSort, SkillCode, Whom};
use huiyin_domain::window::AppointmentState;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DbError, FromColumn, Row, Val};

fn cannot_be<T>(position: usize, what: &str) -> Result<T, DbError> {
    Err(DbError::Column {
        position,
        what: what.to_owned(),
    })
}

/// Absent is null; what is there must be readable.
macro_rules! optional {
    ($sort:ty, $raw:ty) => {
        impl FromColumn for Option<$sort> {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                match row.get::<Option<$raw>>(position)? {
                    Some(_) => row.get::<$sort>(position).map(Some),
                    None => Ok(None),
                }
            }
        }
    };
}

macro_rules! ids {
    ($($id:ty),*) => {$(
        impl From<$id> for Val<'_> {
            fn from(id: $id) -> Self {
                Self::Int(id.get())
            }
        }
        impl FromColumn for $id {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                row.get(position).map(Self::from_raw)
            }
        }
        optional!($id, i64);
    )*};
}

ids!(
    CaseId,
    UnitId,
    PersonId,
    PostId,
    FileId,
    NoticeId,
    JobId,
    LookId,
    ViewId,
    TokenId,
    TellingId,
    MessageId,
    ShiftId,
    WebhookId,
    InstallationId,
    HandedId,
    VolunteerId,
    ServiceId,
    MarkId,
    CertificateId,
    PartnerId,
    ResourceId,
    DeedId,
    ProposalId,
    CivicPostId,
    PledgeId,
    PledgeReportId,
    PairingId,
    VisitId,
    VenueId,
    RoomId,
    BookingId,
    ActivityId,
    AssociationId,
    KitchenDayId,
    MealId,
    MenuServiceId,
    SeriesId,
    GiftId,
    CollectionId,
    OccasionId,
    PlaceChangeId,
    TeamMemberId,
    SubstituteId,
    TaskId,
    TaskRuleId,
    TaskReportId,
    ChecklistId,
    SpotId,
    CadenceId,
    RoundId,
    AnswerId,
    MeetingId,
    WindowId,
    AppointmentId,
    ArchiveId,
    HouseholdId
);

optional!(Role, String);

macro_rules! texts {
    ($($sort:ty),*) => {$(
        impl<'v> From<&'v $sort> for Val<'v> {
            fn from(code: &'v $sort) -> Self {
                Self::Text(code.as_str())
            }
        }
        impl FromColumn for $sort {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                match row.get::<String>(position)?.parse() {
                    Ok(code) => Ok(code),
                    Err(_) => cannot_be(position, stringify!($sort)),
                }
            }
        }
        optional!($sort, String);
    )*};
}

texts!(PlaceCode, ItemCode, SkillCode, Door);

macro_rules! words {
    ($($sort:ty),*) => {$(
        impl From<$sort> for Val<'_> {
            fn from(word: $sort) -> Self {
                Self::Text(word.word())
            }
        }
        impl FromColumn for $sort {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                match row.get::<String>(position)?.parse() {
                    Ok(word) => Ok(word),
                    Err(()) => cannot_be(position, stringify!($sort)),
                }
            }
        }
    )*};
}

words!(
    PaperState,
    Role,
    UnitCategory,
    CallRole,
    CallState,
    Channel,
    Importance,
    Pace,
    Whom,
    Confirmer,
    MarkSort,
    Deed,
    Category,
    BookingState,
    SignUpState,
    Use,
    Way,
    EndedBy,
    Sitting,
    Bringing,
    Handing,
    MealState,
    Interest,
    Entry,
    GroupState,
    Standing,
    Function,
    LeftTo,
    Sort,
    State,
    Rhythm,
    SpotSort,
    Every,
    MeetingSort,
    AppointmentState
);
optional!(LeftTo, String);
optional!(Confirmer, String);

impl From<Timestamp> for Val<'_> {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.as_microsecond())
    }
}

impl FromColumn for Timestamp {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
        match Self::from_microsecond(row.get(position)?) {
            Ok(at) => Ok(at),
            Err(_) => cannot_be(position, "an instant"),
        }
    }
}
optional!(Timestamp, i64);

/// A day as a number that people can read: 20261122.
impl From<Date> for Val<'_> {
    fn from(day: Date) -> Self {
        let (year, month, date) = (day.year(), day.month(), day.day());
        Self::Int(i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(date))
    }
}

impl FromColumn for Date {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
        let number: i64 = row.get(position)?;
        let parts = (
            i16::try_from(number / 10_000),
            i8::try_from(number / 100 % 100),
            i8::try_from(number % 100),
        );
        if let (Ok(year), Ok(month), Ok(date)) = parts
            && let Ok(day) = Self::new(year, month, date)
        {
            return Ok(day);
        }
        cannot_be(position, "a day")
    }
}
optional!(Date, i64);

impl<'v> From<&'v KindHash> for Val<'v> {
    fn from(hash: &'v KindHash) -> Self {
        Self::Bytes(hash.as_bytes())
    }
}

impl FromColumn for KindHash {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
        row.get(position).map(Self::from_bytes)
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
        match row.get::<Vec<u8>>(position)?.try_into() {
            Ok(bytes) => Ok(bytes),
            Err(_) => cannot_be(position, "bytes of this length"),
        }
    }
}

impl<const N: usize> FromColumn for Option<[u8; N]> {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
        match row.get::<Option<Vec<u8>>>(position)? {
            Some(_) => row.get(position).map(Some),
            None => Ok(None),
        }
    }
}

impl Row<'_> {
    /// A structured value, kept as JSON text.
    pub fn json<T: DeserializeOwned>(&self, position: usize) -> Result<T, DbError> {
        let text: String = self.get(position)?;
        match serde_json::from_str(&text) {
            Ok(value) => Ok(value),
            // The parser's message may quote the text, which may be personal.
            Err(error) => cannot_be(position, &format!("JSON at column {}", error.column())),
        }
    }
}

/// The JSON text in which a structured value is kept.
pub(crate) fn json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Broken(error.to_string()))
}
