//! Why an operation did not do what was asked: refused, not now, not stored, or broken.
//!
//! A refusal is somebody else's mistake or a rule; it has a class from which the edges make
//! their answers, and a sentence for the user in `words/app.<lang>.ftl` (or, for what a
//! kind's rules refuse, in the words of the domain). Variants stand in order of precedence.

use huiyin_domain::case::{self, Args, Class, FieldFault};
use huiyin_store::{DbError, Loss, ReadError, WriteError};

/// Why something that somebody asked for is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has signed in, and this needs somebody.
    SignInNeeded,
    /// The actor's posts do not allow it.
    NotPermitted,
    /// There is no such thing, or none that the actor may know of.
    NotFound(Thing),
    /// Too often in too short a time.
    TooMany { retry_after_s: u32 },
    /// More than is taken.
    TooLarge { bytes_max: u64 },
    /// Fields are missing or wrong; all of them at once.
    Invalid(Vec<FieldFault>),
    /// Somebody changed it meanwhile.
    Stale { version: i64 },
    /// The same key was used for something else.
    KeyReused,
    /// A rule of the kind refuses.
    Case(case::Refusal),
    /// Another rule refuses: its sentence is `refused-<key>`.
    Rule {
        class: Class,
        key: &'static str,
        args: Args,
    },
}

/// What was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Case,
    Kind,
    Place,
    Unit,
    Item,
    Person,
    Post,
    File,
    Code,
    Session,
    Token,
    View,
    Invite,
    Job,
    Shift,
    Webhook,
    Installation,
    MenuService,
    Gift,
    Volunteer,
    Service,
    Certificate,
    Partner,
    Skill,
    Proposal,
    CivicPost,
    Pledge,
    Pairing,
    Venue,
    Room,
    Booking,
    Activity,
    KitchenDay,
    Meal,
    Association,
    Member,
    Collection,
    Occasion,
    TeamMember,
    Substitute,
    Task,
    Procedure,
    Round,
    Spot,
    Checklist,
    Cadence,
    Meeting,
    Window,
    Appointment,
    Household,
}

impl Thing {
    fn word(self) -> &'static str {
        match self {
            Thing::Case => "case",
            Thing::Kind => "kind",
            Thing::Place => "place",
            Thing::Unit => "unit",
            Thing::Item => "item",
            Thing::Person => "person",
            Thing::Post => "post",
            Thing::File => "file",
            Thing::Code => "code",
            Thing::Session => "session",
            Thing::Token => "token",
            Thing::View => "view",
            Thing::Invite => "invite",
            Thing::Job => "job",
            Thing::Shift => "shift",
            Thing::Webhook => "webhook",
            Thing::Installation => "installation",
            Thing::MenuService => "menu-service",
            Thing::Gift => "gift",
            Thing::Volunteer => "volunteer",
            Thing::Service => "service",
            Thing::Certificate => "certificate",
            Thing::Partner => "partner",
            Thing::Skill => "skill",
            Thing::Proposal => "proposal",
            Thing::CivicPost => "civic-post",
            Thing::Pledge => "pledge",
            Thing::Pairing => "pairing",
            Thing::Venue => "venue",
            Thing::Room => "room",
            Thing::Booking => "booking",
            Thing::Activity => "activity",
            Thing::KitchenDay => "kitchen-day",
            Thing::Meal => "meal",
            Thing::Association => "association",
            Thing::Member => "member",
            Thing::Collection => "collection",
            Thing::Occasion => "occasion",
            Thing::TeamMember => "team-member",
            Thing::Substitute => "substitute",
            Thing::Task => "task",
            Thing::Procedure => "procedure",
            Thing::Round => "round",
            Thing::Spot => "spot",
            Thing::Checklist => "checklist",
            Thing::Cadence => "cadence",
            Thing::Meeting => "meeting",
            Thing::Window => "window",
            Thing::Appointment => "appointment",
            Thing::Household => "household",
        }
    }
}

impl Refusal {
    /// A rule that refuses with the sentence `refused-<key>`.
    pub fn rule(class: Class, key: &'static str) -> Refusal {
        Refusal::Rule {
            class,
            key,
            args: Args::new(),
        }
    }

    /// One field is missing or wrong.
    pub fn field(field: &str, key: &'static str) -> Refusal {
        Refusal::Invalid(vec![FieldFault::new(field, key)])
    }

    /// One field is longer than so many characters.
    pub fn too_long(field: &str, chars_max: usize) -> Refusal {
        let fault = FieldFault::new(field, "fault-too-long");
        Refusal::Invalid(vec![fault.with("max", chars_max)])
    }

    /// One field names more than so many.
    pub fn too_many(field: &str, count_max: usize) -> Refusal {
        let fault = FieldFault::new(field, "fault-too-many");
        Refusal::Invalid(vec![fault.with("max", count_max)])
    }

    /// What sort of refusal it is.
    pub fn class(&self) -> Class {
        match self {
            Refusal::SignInNeeded | Refusal::NotPermitted => Class::NotPermitted,
            Refusal::NotFound(_) => Class::NotFound,
            Refusal::TooMany { .. } => Class::TooMany,
            Refusal::TooLarge { .. } => Class::TooLarge,
            Refusal::Invalid(_) => Class::Invalid,
            Refusal::Stale { .. } | Refusal::KeyReused => Class::Conflict,
            Refusal::Case(refusal) => refusal.class(),
            Refusal::Rule { class, .. } => *class,
        }
    }

    /// The key of its sentence.
    pub fn key(&self) -> String {
        match self {
            Refusal::SignInNeeded => "refused-sign-in-needed".to_owned(),
            Refusal::NotPermitted => "refused-not-permitted".to_owned(),
            Refusal::NotFound(thing) => format!("refused-no-{}", thing.word()),
            Refusal::TooMany { .. } => "refused-too-many".to_owned(),
            Refusal::TooLarge { .. } => "refused-too-large".to_owned(),
            Refusal::Invalid(_) => "refused-invalid".to_owned(),
            Refusal::Stale { .. } => "refused-stale".to_owned(),
            Refusal::KeyReused => "refused-key-reused".to_owned(),
            Refusal::Case(refusal) => refusal.key(),
            Refusal::Rule { key, .. } => format!("refused-{key}"),
        }
    }

    /// What the sentence is filled with.
    pub fn args(&self) -> Args {
        match self {
            Refusal::TooMany { retry_after_s } => vec![("seconds", retry_after_s.to_string())],
            Refusal::TooLarge { bytes_max } => vec![("megabytes", (bytes_max >> 20).to_string())],
            Refusal::Case(refusal) => refusal.args(),
            Refusal::Rule { args, .. } => args.clone(),
            _ => Args::new(),
        }
    }

    /// What is wrong with single fields.
    pub fn faults(&self) -> &[FieldFault] {
        match self {
            Refusal::Invalid(faults) | Refusal::Case(case::Refusal::Invalid(faults)) => faults,
            _ => &[],
        }
    }
}

/// What went wrong with an operation.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It was refused, and nothing was written.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The same form was applied before, and was not applied again.
    #[error("done before")]
    Repeated,
    /// Too much is waiting already: try again in a moment. Nothing was written.
    #[error("too much is waiting")]
    Busy,
    /// The database could not keep it, or cannot be asked. Nothing was written, unless the loss
    /// says that nobody knows.
    #[error("not stored")]
    NotStored(#[source] Loss),
    /// Our own mistake or a broken database; the source goes to the log, once, at the edge.
    #[error("failed while {doing}")]
    Broken {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// Something outside our rules failed while we were `doing` this.
    pub fn broken(
        doing: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        Error::Broken {
            doing,
            source: source.into(),
        }
    }

    /// The refusal, when it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Error::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<case::Refusal> for Error {
    fn from(refusal: case::Refusal) -> Error {
        Error::Refused(Refusal::Case(refusal))
    }
}

impl<E: Into<Error>> From<WriteError<E>> for Error {
    fn from(error: WriteError<E>) -> Error {
        match error {
            WriteError::Refused(own) => own.into(),
            WriteError::Repeated => Error::Repeated,
            WriteError::Busy => Error::Busy,
            WriteError::NotStored(loss) => Error::NotStored(loss),
        }
    }
}

impl<E: Into<Error>> From<ReadError<E>> for Error {
    fn from(error: ReadError<E>) -> Error {
        match error {
            ReadError::Refused(own) => own.into(),
            ReadError::Busy => Error::Busy,
            ReadError::Failed(loss) => Error::NotStored(loss),
        }
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Error {
        match error {
            // Nothing is broken: it comes back.
            DbError::ConnectionLost { .. } => Error::NotStored(Loss::Connection),
            // Writers try again by themselves; a replica may take a reader's view away.
            DbError::Serialization { .. } => Error::Busy,
            DbError::Full { .. } => Error::NotStored(Loss::Full),
            DbError::Unsure { .. } => Error::NotStored(Loss::Unknown),
            other => Error::broken("reading or writing the database", other),
        }
    }
}

#[cfg(test)]
mod tests {
    use huiyin_domain::words::{Lang, Words};

    use super::*;

    #[test]
    fn a_database_that_is_away_comes_back_and_nothing_is_broken() {
        let statement = "test";
        let why = "closed".to_owned();
        let lost = Error::from(DbError::ConnectionLost { statement, why });
        assert!(matches!(lost, Error::NotStored(Loss::Connection)));
        let full = Error::from(DbError::Full { statement });
        assert!(matches!(full, Error::NotStored(Loss::Full)));
        let unsure = Error::from(DbError::Unsure { statement });
        assert!(matches!(unsure, Error::NotStored(Loss::Unknown)));
        let unread: ReadError<Error> = ReadError::Failed(Loss::Connection);
        assert!(matches!(
            Error::from(unread),
            Error::NotStored(Loss::Connection)
        ));
    }

    #[test]
    fn whatever_is_not_found_has_its_sentence() {
        let words = Words::load(crate::words::sources()).unwrap();
        let things = [
            Thing::Case,
            Thing::Kind,
            Thing::Place,
            Thing::Unit,
            Thing::Item,
            Thing::Person,
            Thing::Post,
            Thing::File,
            Thing::Code,
            Thing::Session,
            Thing::Token,
            Thing::View,
            Thing::Invite,
            Thing::Job,
            Thing::Volunteer,
            Thing::Service,
            Thing::Certificate,
            Thing::Partner,
            Thing::Skill,
            Thing::CivicPost,
            Thing::Pledge,
            Thing::Pairing,
            Thing::Venue,
            Thing::Room,
            Thing::Booking,
            Thing::Activity,
            Thing::KitchenDay,
            Thing::Meal,
            Thing::Association,
            Thing::Member,
            Thing::Collection,
            Thing::Occasion,
            Thing::TeamMember,
            Thing::Substitute,
            Thing::Task,
            Thing::Procedure,
            Thing::Round,
            Thing::Spot,
            Thing::Checklist,
            Thing::Cadence,
            Thing::Meeting,
            Thing::Window,
            Thing::Appointment,
            Thing::Household,
        ];
        for thing in things {
            let key = Refusal::NotFound(thing).key();
            assert!(
                words.has(Lang::ZH, &key) && words.has(Lang::EN, &key),
                "{key}"
            );
        }
    }
}
