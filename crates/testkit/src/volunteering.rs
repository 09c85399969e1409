//! Who helps in the demo's town: its volunteers register, are accepted, report back and have
//! some of it certified. A stream of chance of its own, so that everything else stays as it is.

use huiyin_app::volunteers::{accept, certify, confirm, mark, register, report};
use huiyin_app::{App, Error};
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::id::{CertificateId, MarkId, PersonId, ServiceId, VolunteerId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::volunteer::{
    Avoid, DayPart, FreeWeek, Mark, MarkSort, Offer, Reach, Speaks, Whom,
};
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons};
use jiff::ToSpan;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::town::{Town, Townsperson};

/// Somebody whom everybody who looks at the demo can be: a code goes to this address.
pub const KNOWN: &str = "helps@tingxi.example";
/// Of ten who register, so many are accepted already.
const ACCEPTED: usize = 9;

/// What people did, for whom, and with which skill.
const DONE: [(&str, Whom, &str); 10] = [
    ("帮邻居买菜送上楼", Whom::Elders, "errand.shop"),
    ("陪老人去医院看眼睛", Whom::Elders, "company.hospital"),
    ("修好楼道里的灯", Whom::Everybody, "repair.electric"),
    ("给孩子辅导数学", Whom::Children, "learn.school"),
    ("扫单元门口的雪", Whom::Everybody, "common.clean"),
    ("教用手机挂号", Whom::Elders, "phone.teach"),
    ("帮新来的一家人搬东西", Whom::Families, "errand.carry"),
    ("上门理发", Whom::Elders, "house.hair"),
    ("在活动上拍照写稿", Whom::Neighbours, "common.photo"),
    ("通了堵住的水管", Whom::Neighbours, "repair.water"),
];

/// Lets the volunteers of the town come and help, as of now. Who everybody can be is one of them.
pub async fn begins(app: &App, town: &Town, seed: u64) -> Result<PersonId, Error> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x766f_6c75_6e74);
    let staff = Staff::of(town);
    let known = somebody_known(app).await?;
    let first = staff.first_community(town);
    let mut people: Vec<(PersonId, String, PlaceCode)> = vec![(known, "安宁".to_owned(), first)];
    let communities: Vec<PlaceCode> = town
        .places_at(Level::Community)
        .map(|place| place.code.clone())
        .collect();
    for (number, person) in town.volunteers().enumerate() {
        let community = match number % 2 {
            0 => people[0].2.clone(),
            _ => communities[number % communities.len()].clone(),
        };
        people.push((person.id, person.name.clone(), community));
    }
    for (number, (person, name, community)) in people.iter().enumerate() {
        let own = Actor {
            who: Who::Person(*person),
            posts: Vec::new(),
        };
        let id = VolunteerId::from_raw(app.mint());
        let offered = offer(&mut rng, name, community);
        register::register(app, &own, id, offered).await?;
        let Some(keeper) = staff.keeper(community) else {
            continue;
        };
        if number % 10 >= ACCEPTED {
            continue;
        }
        accept::accept(app, &keeper, id).await?;
        helps(app, &mut rng, (&own, &keeper)).await?;
        if number == 0 {
            courses(app, &keeper, id).await?;
            let certificate = CertificateId::from_raw(app.mint());
            certify::certify(app, &own, certificate).await?;
        }
    }
    Ok(known)
}

/// The staff who look after volunteers.
pub(crate) struct Staff<'t>(Vec<&'t Townsperson>);

impl<'t> Staff<'t> {
    pub(crate) fn of(town: &'t Town) -> Staff<'t> {
        let posts = town.people.iter().filter(|person| !person.posts.is_empty());
        Staff(posts.collect())
    }

    /// The community of whoever signs in as `community`: most is to be seen there.
    pub(crate) fn first_community(&self, town: &Town) -> PlaceCode {
        let known = town
            .person("community")
            .map(|person| &person.posts[0].place);
        let first = known.or_else(|| {
            let mut communities = town.places_at(Level::Community);
            communities.next().map(|place| &place.code)
        });
        first.expect("a town has a community").clone()
    }

    pub(crate) fn keeper(&self, community: &PlaceCode) -> Option<Actor> {
        let keeps = |person: &&&Townsperson| {
            person
                .posts
                .iter()
                .any(|post| &post.place == community && post.role.word() == "community")
        };
        self.0.iter().find(keeps).map(|person| person.actor())
    }
}

/// A person with an address that the page about the demo can name.
async fn somebody_known(app: &App) -> Result<PersonId, Error> {
    let person = Person {
        id: PersonId::from_raw(app.mint()),
        login: None,
        contact: Some(KNOWN.to_owned()),
        name: "安宁".to_owned(),
        language: "zh".to_owned(),
        made_at: app.now(),
        closed_at: None,
    };
    let id = person.id;
    let write = move |tx: &mut Tx<'_>| -> Result<(), DbError> { persons::insert(tx, &person) };
    app.store
        .write(id.get(), write)
        .await
        .map_err(Error::from)?;
    Ok(id)
}

fn offer(rng: &mut ChaCha8Rng, name: &str, community: &PlaceCode) -> Offer {
    let mut free = FreeWeek::default();
    for _ in 0..rng.random_range(1..6) {
        let day = FreeWeek::DAYS.choose(rng).expect("a week has days");
        let part = DayPart::ALL.choose(rng).expect("a day has parts");
        free = free.with(*day, *part);
    }
    let skills = (0..rng.random_range(1..4)).map(|_| {
        let (_, _, skill) = DONE.choose(rng).expect("there is something to do");
        skill.parse().expect("the skills of the town are known")
    });
    let skills = skills.collect();
    let reaches = [Reach::Grid, Reach::Community, Reach::Street, Reach::Km(3)];
    let avoids = match rng.random_bool(0.3) {
        true => vec![*Avoid::ALL.choose(rng).expect("there is something to avoid")],
        false => Vec::new(),
    };
    Offer {
        name: name.to_owned(),
        place: community.clone(),
        unit: None,
        skills,
        free,
        days: Vec::new(),
        reach: *reaches.choose(rng).expect("there are several"),
        speaks: vec![Speaks::Zh],
        avoids,
        avoid_note: String::new(),
    }
}

/// Reports some services; most are confirmed, one waits.
async fn helps(
    app: &App,
    rng: &mut ChaCha8Rng,
    (own, keeper): (&Actor, &Actor),
) -> Result<(), Error> {
    let today = app.config.day(app.now());
    let times = rng.random_range(1..5_i64);
    for time in 0..=times {
        let (what, whom, _) = DONE.choose(rng).expect("there is something to do");
        let id = ServiceId::from_raw(app.mint());
        let ago = time * 4 + rng.random_range(0..4);
        let request = report::Request {
            id,
            day: today.saturating_sub(ago.days()),
            what: (*what).to_owned(),
            whom: *whom,
            minutes: 30 * rng.random_range(1..7_u32),
        };
        report::report(app, own, request).await?;
        if time > 0 {
            confirm::confirm(app, keeper, id).await?;
        }
    }
    Ok(())
}

async fn courses(app: &App, keeper: &Actor, volunteer: VolunteerId) -> Result<(), Error> {
    let today = app.config.day(app.now());
    for (sort, what, minutes, ago) in [
        (MarkSort::Training, "急救培训", 120, 30),
        (MarkSort::Recognition, "邻里好帮手", 0, 10),
    ] {
        let noted = Mark {
            id: MarkId::from_raw(app.mint()),
            volunteer,
            sort,
            day: today.saturating_sub(ago.days()),
            what: what.to_owned(),
            minutes,
        };
        mark::mark(app, keeper, noted).await?;
    }
    Ok(())
}
