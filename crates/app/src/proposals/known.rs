//! What is known of those who look for somebody and of those who would help, as matching wants
//! it. Read by the house for the house: no page shows it.

use std::collections::{BTreeMap, HashMap};

use huiyin_domain::access::Scope;
use huiyin_domain::case::{Kind, Matching};
use huiyin_domain::id::{CaseId, PersonId, VolunteerId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::proposal::{LapseReason, ProposalState};
use huiyin_domain::volunteer::{self, FreeWeek, Standing, Volunteer};
use huiyin_insight::matching::{
    DayPart, Helper, HelperId, Missed, Need, NeedId, Point, Reach, Ring, Slot, Slots, Urgency,
};
use huiyin_store::proposals::{self, Asked, Looking, Of};
use huiyin_store::volunteers::{self, Behind};
use huiyin_store::{DbError, Tx, places};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::{App, Error};

const PAGE: usize = 1_000;
const CASES: i64 = 1_000;

/// Everybody who may be asked, and what is needed.
#[derive(Default)]
pub(super) struct Known {
    pub needs: Vec<Need>,
    pub helpers: Vec<Helper>,
    /// The volunteer of each person: nobody is asked for what they brought in.
    of_person: HashMap<PersonId, VolunteerId>,
    points: BTreeMap<PlaceCode, Option<Point>>,
}

impl Known {
    /// Every volunteer who was accepted, with what they have in hand.
    pub fn helpers(app: &App, tx: &mut Tx<'_>) -> Result<Known, DbError> {
        let mut known = Known::default();
        let today = app.config.day(app.now());
        let held: HashMap<_, _> = proposals::count_held(tx)?.into_iter().collect();
        let asked: HashMap<_, _> = proposals::count_open(tx)?.into_iter().collect();
        let count = |count: Option<&i64>| count.map_or(0, |&count| small(count));
        let mut behind = Behind::default();
        loop {
            let page = volunteers::accepted(tx, &Scope::for_the_house(), &behind, PAGE)?;
            let Some(last) = page.last() else {
                return Ok(known);
            };
            behind = Behind {
                community: last
                    .offer
                    .community()
                    .map_or_else(String::new, |c| c.to_string()),
                id: last.id,
            };
            for volunteer in page {
                let mut helper = known.helper(tx, &volunteer, today)?;
                helper.held = count(held.get(&volunteer.person));
                helper.asked = count(asked.get(&volunteer.id));
                known.of_person.insert(volunteer.person, volunteer.id);
                known.helpers.push(helper);
            }
        }
    }

    fn helper(
        &mut self,
        tx: &mut Tx<'_>,
        volunteer: &Volunteer,
        today: Date,
    ) -> Result<Helper, DbError> {
        let offer = &volunteer.offer;
        Ok(Helper {
            id: HelperId(volunteer.id.get()),
            at: self.point(tx, &offer.place)?,
            place: offer.place.to_string(),
            reach: reach(offer.reach),
            skills: offer.skills.iter().map(ToString::to_string).collect(),
            free: free(volunteer, today),
            languages: offer.speaks.iter().map(|s| s.word().to_owned()).collect(),
            rather_not: offer.avoids.iter().map(|a| a.word().to_owned()).collect(),
            held: 0,
            asked: 0,
        })
    }

    /// The cases of all kinds for which nobody is asked yet.
    pub fn add_needs(&mut self, app: &App, tx: &mut Tx<'_>) -> Result<(), Error> {
        let kinds = app.kinds();
        for kind in kinds.current() {
            let Some(matching) = &kind.matching else {
                continue;
            };
            let before = Before::of(tx, Of::Kind(&kind.slug))?;
            for stage in &matching.stages {
                let mut last = None;
                loop {
                    let page = proposals::looking(tx, (&kind.slug, stage), last, CASES)?;
                    let Some(end) = page.last() else { break };
                    last = Some(end.case);
                    for case in page.into_iter().filter(|case| case.asked == 0) {
                        self.add_need(app, tx, &case, &before)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// One case, if it looks for somebody.
    pub fn add_one(&mut self, app: &App, tx: &mut Tx<'_>, id: CaseId) -> Result<(), Error> {
        let Some(case) = proposals::looking_one(tx, id)? else {
            return Ok(());
        };
        let before = Before::of(tx, Of::Case(id))?;
        self.add_need(app, tx, &case, &before)
    }

    fn add_need(
        &mut self,
        app: &App,
        tx: &mut Tx<'_>,
        case: &Looking,
        before: &Before,
    ) -> Result<(), Error> {
        let kind = app.kind_of(tx, case.kind_hash)?;
        let Some(matching) = looks(&kind, case) else {
            return Ok(());
        };
        let now = app.now();
        let helper = |of: VolunteerId| HelperId(of.get());
        let again =
            SignedDuration::from_hours(i64::from(app.config.matching.ask.again_after_hours));
        let mut avoids = before.not_again(case.case, now - again);
        avoids.extend(case.person.and_then(|own| self.of_person.get(&own)));
        let day = matching.day(&case.values);
        let day = day.filter(|day| *day >= app.config.day(now));
        let at = self.point(tx, &case.place)?;
        self.needs.push(Need {
            id: NeedId(case.case.get()),
            at,
            place: case.place.to_string(),
            skills: matching.skills(&case.values),
            about: matching.avoids(&case.values),
            when: day.map_or(Slots::NONE, whole_day),
            language: matching.language(&case.values),
            waited_hours: hours(case.opened_at, now),
            urgent: match case.urgent_at {
                Some(_) => Urgency::Urgent,
                None => Urgency::Usual,
            },
            prefers: before.came(case.case).map(helper).collect(),
            avoids: avoids.into_iter().map(helper).collect(),
            missed: before.missed(case.case),
        });
        Ok(())
    }

    /// Where a place is on the map, if somebody has drawn it.
    fn point(&mut self, tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Option<Point>, DbError> {
        if let Some(known) = self.points.get(code) {
            return Ok(*known);
        }
        let place = places::read(tx, code)?;
        let point = place.and_then(|place| middle(place.shape.as_deref()?));
        self.points.insert(code.clone(), point);
        Ok(point)
    }
}

/// What the kind says of matching, when a case of it looks for somebody now.
pub(super) fn looks<'k>(kind: &'k Kind, case: &Looking) -> Option<&'k Matching> {
    let matching = kind.matching.as_ref();
    matching.filter(|matching| matching.looks(&case.stage))
}

/// Whether the community has accepted them.
pub(super) fn is_accepted(volunteer: &Volunteer) -> bool {
    matches!(volunteer.standing, Standing::Accepted { .. })
}

/// Who was asked about some cases before, and who did not come.
struct Before {
    asked: HashMap<CaseId, Vec<Asked>>,
    missed: HashMap<CaseId, Vec<Missed>>,
}

impl Before {
    fn of(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Before, DbError> {
        let mut before = Before {
            asked: HashMap::new(),
            missed: HashMap::new(),
        };
        for asked in proposals::asked(tx, of)? {
            before.asked.entry(asked.case).or_default().push(asked);
        }
        for missed in proposals::missed(tx, of)? {
            before.missed.entry(missed.case).or_default().push(Missed {
                helper: HelperId(missed.volunteer.get()),
                times: small(missed.times),
            });
        }
        Ok(before)
    }

    fn asked(&self, case: CaseId) -> impl Iterator<Item = &Asked> {
        self.asked.get(&case).into_iter().flatten()
    }

    /// Whoever is asked now, has declined, or did not answer a short while ago.
    fn not_again(&self, case: CaseId, since: Timestamp) -> Vec<VolunteerId> {
        let not_again = self.asked(case).filter(|asked| match asked.state {
            ProposalState::Open | ProposalState::Declined { .. } => true,
            ProposalState::Lapsed { at, why } => why == LapseReason::Unanswered && at > since,
            ProposalState::Accepted { .. } => false,
        });
        not_again.map(|asked| asked.volunteer).collect()
    }

    /// Whoever took it on before and came.
    fn came(&self, case: CaseId) -> impl Iterator<Item = VolunteerId> {
        let missed = self.missed(case);
        let accepted = self
            .asked(case)
            .filter(|asked| matches!(asked.state, ProposalState::Accepted { .. }));
        accepted
            .map(|asked| asked.volunteer)
            .filter(move |who| missed.iter().all(|missed| missed.helper.0 != who.get()))
    }

    fn missed(&self, case: CaseId) -> Vec<Missed> {
        self.missed.get(&case).cloned().unwrap_or_default()
    }
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn hours(from: Timestamp, to: Timestamp) -> u32 {
    small(to.duration_since(from).as_hours().max(0))
}

/// How far they go. Where no point is known, so many kilometres are a place of the tree.
fn reach(reach: volunteer::Reach) -> Reach {
    let (ring, metres_max) = match reach {
        volunteer::Reach::Grid => (Ring::Grid, None),
        volunteer::Reach::Community => (Ring::Community, None),
        volunteer::Reach::Street => (Ring::Street, None),
        volunteer::Reach::Km(km @ ..=2) => (Ring::Community, Some(km)),
        volunteer::Reach::Km(km @ ..=10) => (Ring::Street, Some(km)),
        volunteer::Reach::Km(km) => (Ring::County, Some(km)),
    };
    Reach {
        ring,
        metres_max: metres_max.map(|km| 1000 * u32::from(km)),
    }
}

/// When they are free in the coming seven days; nothing when they have not said.
fn free(volunteer: &Volunteer, today: Date) -> Slots {
    let offer = &volunteer.offer;
    if offer.free == FreeWeek::default() && offer.days.is_empty() {
        return Slots::NONE;
    }
    let days = today.series(jiff::Span::new().days(1)).take(7);
    let slots = days.flat_map(|day| {
        let parts = volunteer::DayPart::ALL.iter().zip(DayPart::ALL);
        parts
            .filter(move |(part, _)| offer.is_free(day, **part))
            .map(move |(_, part)| Slot {
                day: day.weekday().to_monday_one_offset().unsigned_abs(),
                part,
            })
    });
    slots.collect()
}

fn whole_day(day: Date) -> Slots {
    let day = day.weekday().to_monday_one_offset().unsigned_abs();
    DayPart::ALL
        .map(|part| Slot { day, part })
        .into_iter()
        .collect()
}

/// About the middle of a GeoJSON geometry: the mean of its first ring, or the point itself.
fn middle(shape: &str) -> Option<Point> {
    let shape: serde_json::Value = serde_json::from_str(shape).ok()?;
    let mut at = shape.get("coordinates")?;
    while let Some(first) = at
        .get(0)
        .filter(|first| first.get(0).is_some_and(|part| part.is_array()))
    {
        at = first;
    }
    let pair = |value: &serde_json::Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let pairs: Vec<(f64, f64)> = match pair(at) {
        Some(point) => vec![point],
        None => at.as_array()?.iter().filter_map(pair).collect(),
    };
    let count = f64::from(u32::try_from(pairs.len()).ok().filter(|count| *count > 0)?);
    Some(Point {
        longitude: pairs.iter().map(|(east, _)| east).sum::<f64>() / count,
        latitude: pairs.iter().map(|(_, north)| north).sum::<f64>() / count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_has_a_middle() {
        let point = r#"{"type":"Point","coordinates":[80.5,41.5]}"#;
        let square = r#"{"type":"Polygon","coordinates":[[[80,41],[81,41],[81,42],[80,42]]]}"#;
        for shape in [point, square] {
            let middle = middle(shape).expect("it has one");
            assert_eq!((middle.longitude, middle.latitude), (80.5, 41.5));
        }
        for shape in ["", "{}", r#"{"coordinates":[]}"#, r#"{"coordinates":[[]]}"#] {
            assert_eq!(middle(shape), None, "{shape}");
        }
    }
}
