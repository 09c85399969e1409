//! The rounds of the demo's town: spots in the first community, checklists, how often rounds
//! come; last week's were walked, one was not finished, and two faults are on their way. After
//! the night's snow all playgrounds are to be looked at today.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::read::read;
use huiyin_app::files::upload;
use huiyin_app::limits::Peer;
use huiyin_app::meetings::hold::{self, Decided};
use huiyin_app::rounds::answer::{self, Marked, Says, answer};
use huiyin_app::rounds::put_spot::{self, Kept};
use huiyin_app::rounds::{begin_storm, look, make, put_cadence, take_shipped};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value};
use huiyin_domain::id::{AnswerId, CadenceId, CaseId, FileId, MeetingId, RoundId, SpotId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::round::{Every, Mark, MeetingSort, Photo, SpotSort};
use huiyin_domain::words::Lang;
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::life::TownClock;
use crate::town::Town;
use crate::town::pictures::{self, Subject};
use crate::volunteering::Staff;

const SALT: u64 = 0x726f_756e_6473;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So many days ago the first round came; with days off before and after it.
const FIRST_DAYS: i32 = 8;
/// On these days the first rounds were made and walked.
const WALKED_DAYS: [i32; 4] = [8, 7, 6, 5];
const STAIRWELLS: usize = 4;
const PLAYGROUNDS: [(&str, &str); 3] = [
    ("秋千和滑梯", "Swings and slide"),
    ("沙坑", "Sandpit"),
    ("健身器材", "Exercise machines"),
];
/// How often a round with the checklist of a sort comes.
const CADENCES: [(SpotSort, Every); 3] = [
    (SpotSort::Stairwell, Every::Week),
    (SpotSort::Restaurant, Every::Month),
    (SpotSort::Playground, Every::Storm),
];
/// What was found: the line, what is to be seen, words, and whether it is mended already.
const FOUND: [(&str, Subject, &str, Mended); 2] = [
    (
        "wire",
        Subject::StreetLamp,
        "二楼拐角，盖子掉了",
        Mended::Said,
    ),
    (
        "way",
        Subject::DarkStairwell,
        "三楼平台上的旧柜子",
        Mended::Demanded,
    ),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mended {
    Said,
    Demanded,
}

struct Walking<'t> {
    app: &'t App,
    town: &'t Town,
    keeper: Actor,
    place: PlaceCode,
    rng: ChaCha8Rng,
}

/// The town gets its rounds. Needs its people and posts.
pub async fn begins(app: &App, town: &Town, (clock, seed): (&TownClock, u64)) -> Result<(), Error> {
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let mut walking = Walking {
        app,
        town,
        keeper,
        place,
        rng: ChaCha8Rng::seed_from_u64(seed ^ SALT),
    };
    let now = app.now();
    clock.set(before(now, FIRST_DAYS));
    walking.sets_up().await?;
    for days in WALKED_DAYS {
        clock.set(before(now, days));
        make::sweep(app).await?;
    }
    walking.walks().await?;
    for days in [2, 1, 0] {
        clock.set(before(now, days));
        make::sweep(app).await?;
        if days == 1 {
            walking.meets().await?;
        }
    }
    begin_storm::begin_storm(app, &walking.keeper).await?;
    Ok(())
}

fn before(now: Timestamp, days: i32) -> Timestamp {
    now - DAY * days
}

impl Walking<'_> {
    async fn sets_up(&self) -> Result<(), Error> {
        let (app, keeper) = (self.app, &self.keeper);
        take_shipped::take_shipped(app, keeper, self.place.clone()).await?;
        let grids = self.town.places_at(Level::Grid);
        for grid in grids.filter(|grid| grid.code.is_within(&self.place)) {
            let buildings = self.town.places_at(Level::Building);
            let buildings = buildings.filter(|one| one.code.is_within(&grid.code));
            for building in buildings.take(STAIRWELLS) {
                let name = |lang: &str| building.names.in_lang(lang).to_owned();
                let names = Names::both(
                    &format!("{}楼道", name("zh")),
                    &format!("{}, stairwell", name("en")),
                );
                self.spot(&building.code, SpotSort::Stairwell, names)
                    .await?;
            }
            let names = Names::both("巷口抓饭馆", "Pilaf house at the corner");
            self.spot(&grid.code, SpotSort::Restaurant, names).await?;
            for (zh, en) in PLAYGROUNDS {
                let names = Names::both(zh, en);
                self.spot(&grid.code, SpotSort::Playground, names).await?;
            }
        }
        let kept = look::kept(app, keeper).await?;
        for (sort, every) in CADENCES {
            let Some(list) = kept.checklists.iter().find(|list| list.sort == sort) else {
                continue;
            };
            let request = put_cadence::Request {
                id: CadenceId::from_raw(app.mint()),
                checklist: list.id,
                place: self.place.clone(),
                every,
                first_on: kept.day,
            };
            put_cadence::put(app, keeper, request).await?;
        }
        Ok(())
    }

    async fn spot(&self, place: &PlaceCode, sort: SpotSort, names: Names) -> Result<(), Error> {
        let request = put_spot::Request {
            id: SpotId::from_raw(self.app.mint()),
            place: place.clone(),
            sort,
            names,
            position: None,
            kept: Kept::Open,
        };
        put_spot::put(self.app, &self.keeper, request).await
    }

    /// All that is open is walked but one of one spot, and half of the last long one.
    async fn walks(&mut self) -> Result<(), Error> {
        let open = look::today(self.app, &self.keeper).await?.rounds;
        let last = open.iter().rposition(|listed| listed.spots > 2);
        let left = open.iter().position(|listed| listed.spots == 1);
        let mut faults = FOUND.iter();
        for (number, listed) in open.iter().enumerate() {
            let round = listed.round.id;
            let shown = look::show(self.app, &self.keeper, round).await?;
            let count = match Some(number) {
                number if number == left => 0,
                number if number == last => shown.stops.len() / 2,
                _ => shown.stops.len(),
            };
            let codes = shown.lines.iter().map(|line| line.code.as_str());
            let codes: Vec<&str> = codes.collect();
            for (turn, stop) in shown.stops.iter().take(count).enumerate() {
                let fault = match turn == 1 {
                    true => faults
                        .clone()
                        .next()
                        .filter(|fault| codes.contains(&fault.0)),
                    false => None,
                };
                if fault.is_some() {
                    faults.next();
                }
                self.sees((round, stop.spot), &shown, fault).await?;
            }
        }
        Ok(())
    }

    async fn sees(
        &mut self,
        (round, spot): (RoundId, SpotId),
        shown: &look::Shown,
        fault: Option<&(&str, Subject, &str, Mended)>,
    ) -> Result<(), Error> {
        let mut marks = BTreeMap::new();
        for line in &shown.lines {
            let found = fault.filter(|fault| fault.0 == line.code);
            let photos = match found {
                Some(found) if line.photo == Photo::Wanted => vec![self.photo(found.1).await?],
                _ => Vec::new(),
            };
            let marked = Marked {
                mark: found.map_or(Mark::Ok, |_| Mark::NotOk),
                says: found.map_or("", |found| found.2).to_owned(),
                weight: String::new(),
                photos,
                sounds: Vec::new(),
                case: CaseId::from_raw(self.app.mint()),
            };
            marks.insert(line.code.clone(), marked);
        }
        let case = fault.and_then(|fault| Some((marks.get(fault.0)?.case, fault.3)));
        let request = answer::Request {
            id: AnswerId::from_raw(self.app.mint()),
            round,
            spot,
            says: Says::Marks(marks),
            language: Lang::ZH,
        };
        answer(self.app, &self.keeper, request).await?;
        match case {
            Some((case, Mended::Said)) => self.mends(case).await,
            Some((case, Mended::Demanded)) => self.demands(case).await,
            None => Ok(()),
        }
    }

    async fn photo(&mut self, subject: Subject) -> Result<FileId, Error> {
        let bytes = pictures::draw(subject, &mut self.rng).into();
        let peer = Peer::new(IpAddr::V4(Ipv4Addr::LOCALHOST));
        upload::photo(self.app, bytes, peer, "photo").await
    }

    /// Whoever has it says that it is mended; somebody else has yet to look.
    async fn mends(&mut self, case: CaseId) -> Result<(), Error> {
        let found = read(self.app, &self.keeper, case).await?;
        let owner = found.case.owner.unit();
        let mut people = self.town.people.iter();
        let works = people.find(|person| {
            let mut posts = person.posts.iter();
            posts.any(|post| Some(post.unit) == owner && post.role == Role::Handler)
        });
        let Some(works) = works.map(|person| person.actor()) else {
            return Ok(());
        };
        let proof = self.photo(Subject::Repaired).await?;
        let input = Input::default()
            .with("done", Value::Text("盖子换了新的，线也包好了。".to_owned()))
            .with("proof", Value::Files(vec![proof]));
        let request = advance::Request {
            id: case,
            version: None,
            step: "mend".to_owned(),
            input,
            key: None,
            at: None,
        };
        advance(self.app, &works, request).await.map(drop)
    }

    /// The notice to whoever left it there.
    async fn demands(&self, case: CaseId) -> Result<(), Error> {
        let until = self.app.config.day(self.app.now() + DAY * 10);
        let text = |text: &str| Value::Text(text.to_owned());
        let input = Input::default()
            .with("responsible", text("三楼住户和物业公司"))
            .with("demand", text("把平台上的柜子搬走，通道不放东西。"))
            .with("until", Value::Date(until));
        let request = advance::Request {
            id: case,
            version: None,
            step: "serve".to_owned(),
            input,
            key: None,
            at: None,
        };
        advance(self.app, &self.keeper, request).await.map(drop)
    }

    /// The weekly review of what was found.
    async fn meets(&self) -> Result<(), Error> {
        let decided = Decided {
            what: "每个楼道都看一遍接线盒的盖子".to_owned(),
            unit: None,
            by: Some(self.app.config.day(self.app.now() + DAY * 7)),
        };
        let request = hold::Request {
            id: MeetingId::from_raw(self.app.mint()),
            place: self.place.clone(),
            sort: MeetingSort::Weekly,
            attended: "社区、物业公司、供电所".to_owned(),
            minutes: "过了一遍本周查到的隐患。线头已经包好，等复查；旧柜子由物业陪住户一起搬。"
                .to_owned(),
            decisions: vec![decided],
        };
        hold::hold(self.app, &self.keeper, request).await
    }
}
