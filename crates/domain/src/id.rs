//! Ids: one type for each thing, all of one shape.
//!
//! An id is 63 bits: microseconds since 2020 in the upper 53, chance in the lower 10.
//! It grows with time, so rows made together lie together on disk; whoever makes the
//! thing makes its id, so a retry names the same thing. An id is never a secret.
//! To add a kind of id, add a line to the list at the end.

use jiff::Timestamp;

/// Microseconds from the Unix epoch to 2020-01-01T00:00:00Z.
const EPOCH_US: i64 = 1_577_836_800_000_000;
const CHANCE_BITS: u32 = 10;
/// Crockford's base 32: no I, L, O, U, so it survives handwriting.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LEN: usize = 13;

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct BadId;

/// Makes the 63-bit number of an id; instants before 2020 count as 2020.
pub fn make_raw(now: Timestamp, chance: u64) -> i64 {
    let us = (now.as_microsecond() - EPOCH_US).clamp(0, (1 << 53) - 1);
    (us << CHANCE_BITS) | (chance & ((1 << CHANCE_BITS) - 1)).cast_signed()
}

/// The instant at which the number of an id was made.
pub fn made_at(raw: i64) -> Timestamp {
    let us = EPOCH_US + (raw >> CHANCE_BITS);
    Timestamp::from_microsecond(us).unwrap_or(Timestamp::MAX)
}

/// Writes a number as 13 characters of Crockford base 32.
pub fn encode(raw: i64) -> String {
    let bits = raw.cast_unsigned();
    (0..TEXT_LEN)
        .rev()
        .map(|i| char::from(ALPHABET[((bits >> (5 * i)) & 31) as usize]))
        .collect()
}

/// Reads 13 characters; hyphens and spaces are skipped, case and look-alikes forgiven.
pub fn decode(text: &str) -> Result<i64, BadId> {
    let mut bits: u64 = 0;
    let mut len = 0;
    for ch in text.chars().filter(|ch| !matches!(ch, '-' | ' ')) {
        let ch = match ch.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let digit = ALPHABET
            .iter()
            .position(|&known| char::from(known) == ch)
            .ok_or(BadId)?;
        len += 1;
        if len > TEXT_LEN || bits >> 59 != 0 {
            return Err(BadId);
        }
        bits = (bits << 5) | digit as u64;
    }
    match i64::try_from(bits) {
        Ok(raw) if len == TEXT_LEN => Ok(raw),
        _ => Err(BadId),
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// A new id of this instant; `chance` keeps two of one microsecond apart.
            pub fn make(now: Timestamp, chance: u64) -> Self {
                Self(make_raw(now, chance))
            }
            /// The id kept in the database.
            pub const fn from_raw(raw: i64) -> Self {
                Self(raw)
            }
            /// The number to keep in the database.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&encode(self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                decode(text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// A case: anything that came in and must get an answer.
    CaseId,
    /// A unit: department, community, partner organisation.
    UnitId,
    /// A person with a way to sign in.
    PersonId,
    /// A post: a role that a person holds in a unit for a place.
    PostId,
    /// A file attached to a case.
    FileId,
    /// A file with the histories of a year.
    ArchiveId,
    /// A message to somebody about a case.
    NoticeId,
    /// A piece of work that waits.
    JobId,
    /// One look at personal data.
    LookId,
    /// A saved view of the inbox.
    ViewId,
    /// A token with which a machine speaks for a unit.
    TokenId,
    /// That one reader is told of one notice by one way.
    TellingId,
    /// A message that leaves the house.
    MessageId,
    /// A span in which somebody is on duty.
    ShiftId,
    /// An address elsewhere that is told what happens here.
    WebhookId,
    /// Another installation whose cases are worked on here.
    InstallationId,
    /// A case of another installation that is worked on here.
    HandedId,
    /// A line of a menu of services.
    MenuServiceId,
    /// A row of orders that come back.
    SeriesId,
    /// A gift in money or in kind.
    GiftId,
    /// A volunteer: a person in a community where they want to help.
    VolunteerId,
    /// One service that a volunteer did.
    ServiceId,
    /// A course that a volunteer took, or a thanks that they were given.
    MarkId,
    /// A certificate of what a volunteer did.
    CertificateId,
    /// That a unit is paired with a community.
    PartnerId,
    /// Something that a partner unit can lend, give or do.
    ResourceId,
    /// Something that a partner unit did in the community.
    DeedId,
    /// That somebody is asked whether they take a case on.
    ProposalId,
    /// A post of a community for a term, held with a pledge.
    CivicPostId,
    /// What somebody promises to do in a civic post.
    PledgeId,
    /// What was done of a pledge.
    PledgeReportId,
    /// A household and the volunteer who visits it.
    PairingId,
    /// One visit to a household.
    VisitId,
    /// A venue: a hall, a canteen, a reading room.
    VenueId,
    /// A room of a venue.
    RoomId,
    /// A room held for somebody for a while.
    BookingId,
    /// A meeting for which people sign up.
    ActivityId,
    /// An association or an interest group.
    AssociationId,
    /// What a kitchen cooks for one meal of one day.
    KitchenDayId,
    /// What somebody asked a kitchen for.
    MealId,
    /// A list of cases that a unit brought at once.
    CollectionId,
    /// A day on which many cases are brought together.
    OccasionId,
    /// What became of a place: split, merged or moved.
    PlaceChangeId,
    /// Somebody in the team of a grid.
    TeamMemberId,
    /// Somebody who stands in for a member of a team.
    SubstituteId,
    /// What somebody higher up wants done in many places.
    TaskId,
    /// A rule by which a regular task comes back.
    TaskRuleId,
    /// A report of a part of a task, as its form names it: sent twice, it is one.
    TaskReportId,
    /// What is looked at in one sort of spot.
    ChecklistId,
    /// Something in a place that rounds look at.
    SpotId,
    /// That rounds are made by themselves.
    CadenceId,
    /// One walk past the spots of a place.
    RoundId,
    /// What somebody saw at one spot of a round.
    AnswerId,
    /// A review of what was found.
    MeetingId,
    /// A window of an office.
    WindowId,
    /// A time at a window, or a number that was taken there.
    AppointmentId,
    /// A door in a place.
    HouseholdId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_are_the_same_id() {
        for raw in [0, 1, 1023, 1 << 40, i64::MAX] {
            assert_eq!(decode(&encode(raw)), Ok(raw));
        }
        let now: Timestamp = "2026-11-22T03:00:00Z".parse().unwrap();
        let id = CaseId::make(now, u64::MAX);
        assert_eq!(id.to_string().len(), TEXT_LEN);
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<CaseId>(&json).unwrap(), id);
    }

    #[test]
    fn later_is_greater() {
        let now: Timestamp = "2026-11-22T03:00:00Z".parse().unwrap();
        let later = now + std::time::Duration::from_micros(1);
        assert!(CaseId::make(later, 0) > CaseId::make(now, u64::MAX));
        assert_eq!(made_at(CaseId::make(now, u64::MAX).get()), now);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "0",
            "zzzzzzzzzzzzz",
            "00000000000000",
            "0000000u00000",
            "é",
        ] {
            assert_eq!(decode(text), Err(BadId), "{text}");
        }
        assert_eq!(decode("O0I0-l000 00000"), decode("0010100000000"));
    }
}
