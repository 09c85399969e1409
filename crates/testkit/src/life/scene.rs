//! Scenes: a case whose way is written down, as data, and played by the people of the town among
//! everything else that happens there. `scenes/*.toml` says what the words mean.

use std::collections::BTreeMap;

use huiyin_app::cases::Channel;
use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::open::{self, open};
use huiyin_app::cases::read::read;
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Field, FieldType, Input, Kind, Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::Level;
use huiyin_domain::unit::ItemCode;
use huiyin_domain::words::Lang;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::Deserialize;

use crate::town::{Town, Townsperson};

const SCENES: &[&str] = &[include_str!("../../scenes/roof.toml")];

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    kind: String,
    language: String,
    acts: Vec<Act>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    at: String,
    who: String,
    /// The step; none opens the case.
    does: Option<String>,
    #[serde(default)]
    says: BTreeMap<String, String>,
}

/// A scene on its day.
#[derive(Debug)]
pub(crate) struct Scene {
    kind: String,
    language: String,
    /// What comes next is the last.
    acts: Vec<(Timestamp, Act)>,
    case: Option<CaseId>,
}

impl Scene {
    /// All scenes of a house that knows their kinds, to be shown on the day of `until`.
    pub fn all(app: &App, until: Timestamp) -> Vec<Scene> {
        let zone = &app.config.time_zone;
        let scripts = SCENES.iter().map(|text| {
            toml::from_str::<Script>(text).expect("the scenes that we ship can be read")
        });
        let known = scripts.filter(|script| app.kinds().by_slug(&script.kind).is_some());
        known
            .map(|script| Scene::on(script, app.config.day(until), zone))
            .collect()
    }

    fn on(script: Script, day: Date, zone: &TimeZone) -> Scene {
        let mut acts: Vec<(Timestamp, Act)> = script
            .acts
            .into_iter()
            .map(|act| (instant(&act.at, day, zone), act))
            .collect();
        acts.reverse();
        Scene {
            kind: script.kind,
            language: script.language,
            acts,
            case: None,
        }
    }

    /// The case that it tells of, once it is there.
    pub fn case(&self) -> Option<CaseId> {
        self.case
    }

    /// When its next act happens.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.acts.last().map(|(at, _)| *at)
    }

    /// Plays the next act; whether somebody could.
    pub async fn plays(&mut self, app: &App, town: &Town) -> Result<bool, Error> {
        let Some((_, act)) = self.acts.pop() else {
            return Ok(false);
        };
        match (self.case, &act.does) {
            (None, None) => self.opens(app, town, &act).await,
            (Some(case), Some(step)) => takes(app, town, case, (step, &act)).await,
            _ => Ok(false),
        }
    }

    async fn opens(&mut self, app: &App, town: &Town, act: &Act) -> Result<bool, Error> {
        let Some(kind) = app.kinds().by_slug(&self.kind).cloned() else {
            return Ok(false);
        };
        let id = CaseId::from_raw(app.mint());
        let request = open::Request {
            id,
            kind: self.kind.clone(),
            values: values(app, town, &kind, act),
            language: self.language.parse().unwrap_or(Lang::ZH),
            channel: Channel::Web,
            key: None,
            at: None,
        };
        open(app, &Actor::anyone(), request).await?;
        self.case = Some(id);
        Ok(true)
    }
}

/// Whoever of this role is offered the step takes it.
async fn takes(
    app: &App,
    town: &Town,
    case: CaseId,
    (step, act): (&str, &Act),
) -> Result<bool, Error> {
    let people = town.people.iter();
    let people = people.filter(|person| person.role().is_some_and(|role| role.word() == act.who));
    for actor in people.map(Townsperson::actor) {
        let page = match read(app, &actor, case).await {
            Ok(page) => page,
            Err(Error::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        if !page.offers.iter().any(|offer| offer.step == step) {
            continue;
        }
        let request = advance::Request {
            id: case,
            version: Some(page.case.version),
            step: step.to_owned(),
            input: Input {
                values: values(app, town, &page.kind, act),
            },
            key: None,
            at: None,
        };
        return match advance(app, &actor, request).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(fault) => Err(fault),
        };
    }
    Ok(false)
}

/// `-20 10:00`: so many days before `day`, at that time.
fn instant(at: &str, day: Date, zone: &TimeZone) -> Timestamp {
    let read = || {
        let (days, time) = at.split_once(' ')?;
        let day = day.checked_add(days.parse::<i64>().ok()?.days()).ok()?;
        let then = day.to_datetime(time.parse::<Time>().ok()?);
        Some(then.to_zoned(zone.clone()).ok()?.timestamp())
    };
    read().expect("the days and times of a scene are well formed")
}

fn values(app: &App, town: &Town, kind: &Kind, act: &Act) -> Values {
    let said = act.says.iter();
    said.filter_map(|(name, text)| {
        let field = kind.field(name)?;
        Some((name.clone(), value(app, town, field, text)?))
    })
    .collect()
}

fn value(app: &App, town: &Town, field: &Field, text: &str) -> Option<Value> {
    Some(match &field.kind {
        FieldType::Choice(_) => Value::Choice(text.to_owned()),
        FieldType::YesNo(_) => Value::YesNo(text == "yes"),
        FieldType::Date(_) => {
            let days: i64 = text.parse().ok()?;
            Value::Date(app.config.day(app.now()).checked_add(days.days()).ok()?)
        }
        FieldType::Place(_) => {
            let building = town.places_at(Level::Building).nth(text.parse().ok()?)?;
            Value::Place(building.code.clone())
        }
        FieldType::Item(_) => Value::Item(text.parse().ok()?),
        FieldType::Unit(_) => {
            let item: ItemCode = text.parse().ok()?;
            Value::Unit(town.duties.iter().find(|duty| duty.item == item)?.unit)
        }
        _ => Value::Text(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use huiyin_app::jobs;
    use jiff::SignedDuration;

    use super::*;
    use crate::actors::{BEGINS, TestTown};

    /// What the file of the case shows, in this order, with other entries between.
    const WAY: [&str; 14] = [
        "open",
        "dispatch",
        "send_back",
        "insist",
        "send_back_again",
        "give_to",
        "ask_wait",
        "grant_wait",
        "go_on",
        "ask_more_time",
        "grant_more_time",
        "overdue",
        "answer",
        "follow_up",
    ];

    async fn play(town: &TestTown, until: Timestamp) {
        let mut scenes = Scene::all(&town.app, until);
        let scene = scenes.first_mut().unwrap();
        let mut hour = scene.next_at().unwrap();
        while hour < until {
            hour += SignedDuration::from_hours(1);
            while let Some(at) = scene.next_at().filter(|at| *at < hour) {
                town.clock.set(at);
                let act = scene.acts.last().unwrap().1.clone();
                assert!(
                    scene.plays(&town.app, &town.town).await.unwrap(),
                    "{at} {act:?}"
                );
            }
            town.clock.set(hour);
            jobs::sweep(&town.app).await.unwrap();
        }
        jobs::run_due(&town.app).await.unwrap();
        let watcher = town.town.person("prefecture-supervisor").unwrap().actor();
        let page = read(&town.app, &watcher, scene.case().unwrap())
            .await
            .unwrap();
        let taken: Vec<&str> = page.entries.iter().map(|entry| &*entry.step).collect();
        let mut rest = taken.iter();
        let missing = WAY.iter().find(|step| !rest.any(|taken| taken == *step));
        assert_eq!(missing, None, "{until}: {taken:?}");
        assert_eq!(
            page.case.closed_at, None,
            "whoever was called is not content"
        );
    }

    #[tokio::test]
    async fn a_scene_goes_its_way_on_whatever_day_it_is_shown() {
        for town in TestTown::each(1) {
            let begins: Timestamp = BEGINS.parse().unwrap();
            for day in 0..7 {
                play(&town, begins + SignedDuration::from_hours(24 * (22 + day))).await;
            }
            town.verify();
        }
    }
}
