//! A whole prefecture beside the demo's town: nine counties, 114 towns, 1,340 villages, all of
//! them made up, and a task that has reached every one. It has somebody in each office, and
//! nothing else: it is there to see how much comes together in one view.

use std::sync::Arc;

use huiyin_app::tasks::{report, verify};
use huiyin_app::{App, Error, atlas};
use huiyin_domain::access::Actor;
use huiyin_domain::id::{PersonId, PostId, TaskId, TaskReportId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Store, Tx, WriteError, persons, places, posts, settings, units};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::tasking::{STOVES, gives, told};
use crate::town::Townsperson;

/// Nothing will ever be called 9902.
const CODE: &str = "9902";
pub const COUNTIES: usize = 9;
pub const TOWNS: usize = 114;
pub const VILLAGES: usize = 1_340;
/// So many places below the prefecture have a part of its task.
pub const PARTS: usize = COUNTIES + TOWNS + VILLAGES;
/// So many reports are sent at once: the store commits them together.
const AT_ONCE: usize = 64;
/// The names under which its first people sign in.
pub const LOGINS: [&str; 3] = ["wide-office", "wide-town", "wide-village"];

const FIRST: [(&str, &str); 38] = [
    ("东", "Dong"),
    ("西", "Xi"),
    ("南", "Nan"),
    ("北", "Bei"),
    ("上", "Shang"),
    ("下", "Xia"),
    ("前", "Qian"),
    ("后", "Hou"),
    ("大", "Da"),
    ("小", "Xiao"),
    ("长", "Chang"),
    ("高", "Gao"),
    ("清", "Qing"),
    ("白", "Bai"),
    ("青", "Qing"),
    ("金", "Jin"),
    ("银", "Yin"),
    ("石", "Shi"),
    ("沙", "Sha"),
    ("柳", "Liu"),
    ("杏", "Xing"),
    ("枣", "Zao"),
    ("桑", "Sang"),
    ("松", "Song"),
    ("榆", "Yu"),
    ("杨", "Yang"),
    ("云", "Yun"),
    ("月", "Yue"),
    ("星", "Xing"),
    ("风", "Feng"),
    ("雪", "Xue"),
    ("春", "Chun"),
    ("秋", "Qiu"),
    ("新", "Xin"),
    ("老", "Lao"),
    ("双", "Shuang"),
    ("三", "San"),
    ("五", "Wu"),
];
const SECOND: [(&str, &str); 36] = [
    ("沟", "gou"),
    ("岭", "ling"),
    ("湾", "wan"),
    ("坡", "po"),
    ("泉", "quan"),
    ("井", "jing"),
    ("桥", "qiao"),
    ("滩", "tan"),
    ("坝", "ba"),
    ("河", "he"),
    ("溪", "xi"),
    ("塘", "tang"),
    ("原", "yuan"),
    ("台", "tai"),
    ("堡", "bao"),
    ("庄", "zhuang"),
    ("屯", "tun"),
    ("铺", "pu"),
    ("营", "ying"),
    ("渠", "qu"),
    ("口", "kou"),
    ("头", "tou"),
    ("峪", "yu"),
    ("崖", "ya"),
    ("洼", "wa"),
    ("园", "yuan"),
    ("林", "lin"),
    ("山", "shan"),
    ("峰", "feng"),
    ("川", "chuan"),
    ("洲", "zhou"),
    ("渡", "du"),
    ("关", "guan"),
    ("寨", "zhai"),
    ("坪", "ping"),
    ("窑", "yao"),
];

/// A place with its unit, and whoever works there.
struct Office {
    place: Place,
    unit: Unit,
    person: Townsperson,
}

/// The prefecture, widest places first.
pub struct Prefecture {
    offices: Vec<Office>,
    made_at: Timestamp,
}

/// How the n-th of many is called.
fn named(number: usize, [zh, en]: [&str; 2]) -> Names {
    let (a, b) = (
        FIRST[number % FIRST.len()],
        SECOND[number / FIRST.len() % SECOND.len()],
    );
    let b = match number < FIRST.len() {
        // The first ones differ in both.
        true => SECOND[number % SECOND.len()],
        false => b,
    };
    Names::both(
        &format!("{}{}{zh}", a.0, b.0),
        &format!("{}{} {en}", a.1, b.1),
    )
}

impl Prefecture {
    pub fn generate(made_at: Timestamp) -> Prefecture {
        let mut made = Prefecture {
            offices: Vec::with_capacity(1 + COUNTIES + TOWNS + VILLAGES),
            made_at,
        };
        let names = Names::both("远川州", "Yuanchuan Prefecture");
        made.add(CODE, names, (UnitCategory::Prefecture, Role::Office));
        let mut codes: Vec<Vec<String>> = Vec::new();
        for county in 0..COUNTIES {
            let code = format!("{CODE}{:02}", 21 + county);
            let names = named(7 * county + 3, ["县", "County"]);
            made.add(&code, names, (UnitCategory::County, Role::Office));
            let towns = (county..TOWNS).step_by(COUNTIES).zip(100..);
            codes.push(
                towns
                    .map(|(_, number)| format!("{code}{number:03}"))
                    .collect(),
            );
        }
        for town in 0..TOWNS {
            let code = codes[town % COUNTIES][town / COUNTIES].clone();
            let names = named(town + 40, ["镇", "Town"]);
            made.add(&code, names, (UnitCategory::Street, Role::Dispatcher));
            for (village, number) in (town..VILLAGES).step_by(TOWNS).zip(200..) {
                let names = named(village, ["村", "village"]);
                let code = format!("{code}{number:03}");
                made.add(&code, names, (UnitCategory::Community, Role::Community));
            }
        }
        made
    }

    fn add(&mut self, code: &str, names: Names, (category, role): (UnitCategory, Role)) {
        let code: PlaceCode = code
            .parse()
            .expect("the codes of the prefecture are well made");
        let count = i64::try_from(self.offices.len()).unwrap_or_default();
        let at = self.made_at + SignedDuration::from_micros(count);
        let id = PersonId::make(at, 7);
        let unit = Unit {
            id: UnitId::make(at, 7),
            category,
            names: names.clone(),
            place: code.clone(),
            parent: None,
            closed_at: None,
        };
        let is_first = self
            .offices
            .iter()
            .all(|office| office.unit.category != category);
        let login = match category {
            UnitCategory::Prefecture => Some(LOGINS[0]),
            UnitCategory::Street if is_first => Some(LOGINS[1]),
            UnitCategory::Community if is_first => Some(LOGINS[2]),
            _ => None,
        };
        let person = Townsperson {
            id,
            name: names.in_lang("zh").to_owned(),
            login: login.map(str::to_owned),
            // Nobody signs in as the others, but somebody could tell them something.
            contact: Some(format!("office-{code}@tingxi.example")),
            language: "zh",
            posts: vec![Post {
                id: PostId::make(at, 7),
                person: id,
                unit: unit.id,
                role,
                place: code.clone(),
                starts_at: self.made_at,
                ends_at: None,
            }],
        };
        self.offices.push(Office {
            place: Place {
                code,
                names,
                shape: None,
                closed_at: None,
            },
            unit,
            person,
        });
    }

    /// Whoever gives its tasks.
    pub fn office(&self) -> &Townsperson {
        &self.offices[0].person
    }

    pub fn place(&self) -> &PlaceCode {
        &self.offices[0].place.code
    }

    /// Everybody of one role, in the order of their places.
    fn people(&self, role: Role) -> impl Iterator<Item = &Townsperson> {
        let people = self.offices.iter().map(|office| &office.person);
        people.filter(move |person| person.role() == Some(role))
    }
}

/// Writes it beside what is there; the three who sign in have this password.
pub fn settle(
    store: &Store,
    made: Prefecture,
    password_hash: &str,
) -> Result<Arc<Prefecture>, WriteError<DbError>> {
    let hash = password_hash.to_owned();
    let made = Arc::new(made);
    let inner = made.clone();
    store.write_blocking(0, move |tx: &mut Tx<'_>| {
        for office in &inner.offices {
            places::put(tx, &office.place)?;
            units::put(tx, &office.unit)?;
            let person = &office.person;
            let kept = Person {
                id: person.id,
                login: person.login.clone(),
                contact: person.contact.clone(),
                name: person.name.clone(),
                language: person.language.to_owned(),
                made_at: inner.made_at,
                closed_at: None,
            };
            persons::insert(tx, &kept)?;
            if let Some(login) = &person.login {
                persons::set_login(tx, person.id, login, hash.as_str())?;
            }
            for post in &person.posts {
                posts::insert(tx, post)?;
            }
        }
        let version = settings::get(tx, atlas::VERSION)?;
        let version: i64 = version.and_then(|text| text.parse().ok()).unwrap_or(0);
        settings::put(tx, atlas::VERSION, &(version + 1).to_string())
    })?;
    Ok(made)
}

/// Its task reaches every village; four of five have reported, most of these are struck off.
pub async fn begins(app: &App, made: &Prefecture) -> Result<TaskId, Error> {
    let id = gives_one(app, made).await?;
    comes_back(app, made, id).await?;
    Ok(id)
}

/// Its office gives a task to every village.
pub async fn gives_one(app: &App, made: &Prefecture) -> Result<TaskId, Error> {
    gives(app, made.office(), &STOVES, Level::Community).await
}

/// Four villages of five report, and most of these are struck off.
pub async fn comes_back(app: &App, made: &Prefecture, id: TaskId) -> Result<(), Error> {
    let mut sent = JoinSet::new();
    for (number, village) in (0_i64..).zip(made.people(Role::Community)) {
        if number % 5 == 4 {
            continue;
        }
        let (app, staff) = (app.clone(), village.actor());
        let place = village.posts[0].place.clone();
        let key = TaskReportId::from_raw(app.mint());
        let told = told(&STOVES, (key, id, place), 30 + number * 7 % 41);
        sent.spawn(async move { report::report(&app, &staff, told).await });
        if sent.len() >= AT_ONCE {
            finished(sent.join_next().await)?;
        }
    }
    while let Some(done) = sent.join_next().await {
        finished(Some(done))?;
    }
    for (number, town) in made.people(Role::Dispatcher).enumerate() {
        strikes_off(app, (&town.actor(), number), made, id).await?;
    }
    Ok(())
}

fn finished(done: Option<Result<Result<(), Error>, tokio::task::JoinError>>) -> Result<(), Error> {
    match done {
        Some(Ok(done)) => done,
        Some(Err(fault)) => Err(Error::broken("sending reports", fault)),
        None => Ok(()),
    }
}

/// A town looks at what its villages have said; every tenth has not got to it yet.
async fn strikes_off(
    app: &App,
    (town, number): (&Actor, usize),
    made: &Prefecture,
    id: TaskId,
) -> Result<(), Error> {
    if number % 10 == 9 {
        return Ok(());
    }
    let here = &town.posts[0].place;
    let villages = made
        .people(Role::Community)
        .map(|person| &person.posts[0].place);
    let seen = villages.filter(|place| place.is_within(here));
    let seen: Vec<verify::Seen> = seen.map(|place| (place.clone(), 1)).collect();
    // What has not been reported yet is refused, and stays.
    verify::verify(app, town, id, seen).await.map(drop)
}

#[cfg(test)]
mod tests {
    use huiyin_app::tasks::look;

    use super::*;
    use crate::actors::TestTown;

    #[tokio::test]
    async fn a_task_reaches_every_village_and_comes_together_again() {
        for mut town in TestTown::each(61) {
            let (store, made) = (
                town.app.store.clone(),
                Prefecture::generate(town.town.made_at),
            );
            let settled = tokio::task::spawn_blocking(move || settle(&store, made, ""));
            let made = settled.await.unwrap().unwrap();
            let id = begins(&town.app, &made).await.unwrap();
            let office = made.people(Role::Office).next().unwrap().actor();
            let seen = look::look(&town.app, &office, id, None).await.unwrap();
            assert_eq!(seen.rows.len(), COUNTIES);
            assert_eq!(seen.sum.total(), VILLAGES as i64);
            let open = (0..VILLAGES).filter(|number| number % 5 == 4).count();
            assert_eq!(seen.sum.given, open as i64);
            assert!(seen.sum.verified > seen.sum.reported && seen.sum.reported > 0);
            let counties: i64 = seen.rows.iter().map(|row| row.sum.verified).sum();
            assert_eq!(counties, seen.sum.verified);
            town.may_leave_work();
        }
    }
}
