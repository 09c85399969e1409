//! What leaves the house: everything once, and nothing in the hours in which somebody does not
//! want to be disturbed, but what answers them, and what is urgent to whoever is on duty.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::id::{self, CaseId, PersonId};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::finding::{Fault, Rule};
use super::house::Gone;
use crate::town::Town;

/// From nine in the evening to eight in the morning.
const QUIET: (Time, Time) = (Time::constant(21, 0, 0, 0), Time::constant(8, 0, 0, 0));
/// So long somebody who did something waits for an answer.
const A_MOMENT: SignedDuration = SignedDuration::from_hours(1);
/// What was put together at one look of the house bears an instant so near to it.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(1);

/// What the referee knows of being told.
pub(super) struct Mouth {
    /// Who is reached by which contact.
    people: BTreeMap<String, PersonId>,
    /// Those of them who are told of the matters of others.
    staff: BTreeSet<PersonId>,
    quiet: BTreeMap<PersonId, (Time, Time)>,
    shifts: BTreeMap<PersonId, Vec<(Timestamp, Timestamp)>>,
    /// When whom acted for themselves, and waited for an answer.
    asked: BTreeMap<String, Vec<Timestamp>>,
    said: BTreeSet<i64>,
    /// How whoever brought a case in can be reached.
    contacts: BTreeMap<CaseId, String>,
}

impl Mouth {
    pub fn new(town: &Town) -> Mouth {
        let people = town.people.iter();
        let staff = people.clone().filter(|person| !person.posts.is_empty());
        let staff = staff.map(|person| person.id).collect();
        let people = people.filter_map(|person| Some((person.contact.clone()?, person.id)));
        Mouth {
            people: people.collect(),
            staff,
            quiet: BTreeMap::new(),
            shifts: BTreeMap::new(),
            asked: BTreeMap::new(),
            said: BTreeSet::new(),
            contacts: BTreeMap::new(),
        }
    }

    /// Somebody acted for themselves and may be answered at any hour.
    pub fn asked(&mut self, contact: &str, now: Timestamp) {
        self.asked.entry(contact.to_owned()).or_default().push(now);
    }

    /// A case came with this contact.
    pub fn belongs(&mut self, case: CaseId, contact: &str) {
        self.contacts.insert(case, contact.to_owned());
    }

    /// Whoever brought a case in acted.
    pub fn case_asked(&mut self, case: CaseId, now: Timestamp) {
        if let Some(contact) = self.contacts.get(&case).cloned() {
            self.asked(&contact, now);
        }
    }

    /// The same of somebody who signs in.
    pub fn person_asked(&mut self, person: PersonId, now: Timestamp) {
        let contact = self.people.iter().find(|(_, known)| **known == person);
        if let Some((contact, _)) = contact {
            self.asked(&contact.clone(), now);
        }
    }

    pub fn wants(&mut self, person: PersonId, quiet: (Time, Time)) {
        self.quiet.insert(person, quiet);
    }

    pub fn on_duty(&mut self, person: PersonId, span: (Timestamp, Timestamp)) {
        self.shifts.entry(person).or_default().push(span);
    }

    /// Something left.
    pub fn says(&mut self, mut gone: Gone) -> Result<(), Fault> {
        // Numbers leave with the code of the country in front.
        if let Some(number) = gone.to.strip_prefix("+86") {
            gone.to = number.to_owned();
        }
        if !self.said.insert(gone.id) {
            let what = format!("message {} left twice", gone.id);
            return Err(Fault::new(Rule::Twice, what));
        }
        let person = self.people.get(&gone.to);
        if person.is_some_and(|person| self.staff.contains(person))
            && self.contacts.values().any(|own| gone.text.contains(own))
        {
            let what = format!("message {} tells staff who brought a case in", gone.id);
            return Err(Fault::new(Rule::Seal, what));
        }
        let (from, until) = person
            .and_then(|person| self.quiet.get(person).copied())
            .unwrap_or(QUIET);
        let time = (gone.at + SignedDuration::from_hours(8))
            .to_zoned(jiff::tz::TimeZone::UTC)
            .time();
        let is_quiet = match from <= until {
            true => from <= time && time < until,
            false => from <= time || time < until,
        };
        let made_at = id::made_at(gone.id);
        let answers = self.asked.get(&gone.to).is_some_and(|times| {
            let mut times = times.iter();
            times.any(|at| made_at.duration_since(*at) <= A_MOMENT + AT_ONCE && *at <= made_at)
        });
        let shifts = person.and_then(|person| self.shifts.get(person));
        let on_duty = shifts.is_some_and(|shifts| {
            let mut shifts = shifts.iter();
            shifts.any(|(from, until)| *from <= made_at && made_at <= *until + AT_ONCE)
        });
        match is_quiet && !answers && !on_duty {
            true => {
                let what = format!("message {} left at {time}, which is quiet", gone.id);
                Err(Fault::new(Rule::Quiet, what))
            }
            false => Ok(()),
        }
    }
}
