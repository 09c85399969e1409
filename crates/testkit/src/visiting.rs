//! Civic posts with pledges and a rating, and households that are visited, in the demo's town:
//! one that the one whom everybody can be visits, one visit that was missed, one that still looks
//! for somebody.

use huiyin_app::civic_posts::decide::{self, Word};
use huiyin_app::civic_posts::{ask, ask_rating, count, put, rate, report};
use huiyin_app::pairings::{answer, ask as wish, offer, visit};
use huiyin_app::volunteers::mine;
use huiyin_app::{App, Error};
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::civic_post::Use;
use huiyin_domain::id::{
    CivicPostId, PairingId, PersonId, PledgeId, PledgeReportId, VisitId, VolunteerId,
};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::series::Every;
use huiyin_domain::volunteer::Standing;
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons};
use jiff::{SignedDuration, ToSpan};

use crate::life::TownClock;
use crate::town::Town;
use crate::volunteering::Staff;

/// Somebody whom everybody who looks at the demo can be, at home: a code goes to this address.
pub const AT_HOME: &str = "looks@tingxi.example";
/// So long ago the visits began.
const DAYS: i64 = 20;
/// How often the first two households are visited before today, and how many days ago.
const VISITS: [(usize, i64, &str); 3] = [
    (0, 12, "带了两斤苹果，聊了半个钟头。"),
    (0, 5, "帮着换了厨房的灯泡，带走了旧报纸。"),
    (1, 15, "第一次去，认了认门，说好每周来一次。"),
];
const ADDRESSES: [&str; 4] = [
    "河沿路12号3单元201",
    "太阳巷5号1单元102",
    "太阳巷9号2单元301",
    "河沿路30号院",
];

/// A post: its title, its duties, for how many.
const POSTS: [(&str, &str, i64); 3] = [
    (
        "楼道灯管护岗",
        "每周看一遍楼道灯，坏了当天报给社区\n能自己换的灯泡自己换",
        2,
    ),
    (
        "独居老人早安岗",
        "每天早上敲门或者打电话问一声好\n没有回应马上告诉社区",
        3,
    ),
    ("河边清洁岗", "每月组织一次河边清扫", 1),
];
const PROMISES: [&str; 2] = [
    "每周一晚上把三栋楼走一遍，坏灯当天报。",
    "每天早上八点前给楼里五位老人问一声好。",
];
const REPORTS: [(&str, i64); 2] = [
    ("换了二单元四楼的灯泡", 3),
    ("三栋楼都看了，坏了一盏，已经报给社区", 10),
];

/// Lets it begin some weeks ago, and be as it is now. Needs volunteers who were accepted.
pub async fn begins(
    app: &App,
    town: &Town,
    (clock, known): (&TownClock, PersonId),
) -> Result<(), Error> {
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let mut helpers = vec![somebody(known)];
    for person in town.volunteers() {
        let one = somebody(person.id);
        if is_of(app, &one, &place).await? {
            helpers.push(one);
        }
    }
    let now = app.now();
    clock.set(now - SignedDuration::from_hours(24 * DAYS));
    let begun = visited(app, town, (&keeper, &helpers[0], &place)).await;
    clock.set(now);
    let households = begun?;
    for (household, ago, what) in VISITS {
        let request = visit::Request {
            id: VisitId::from_raw(app.mint()),
            pairing: households[household],
            day: app.config.day(now).saturating_sub(ago.days()),
            what: what.to_owned(),
        };
        visit::visit(app, &helpers[0], request).await?;
    }
    posts(app, &keeper, (&helpers, &place)).await
}

fn somebody(person: PersonId) -> Actor {
    Actor {
        who: Who::Person(person),
        posts: Vec::new(),
    }
}

/// Whether somebody is a volunteer of the community.
async fn is_of(app: &App, one: &Actor, place: &PlaceCode) -> Result<bool, Error> {
    let own = mine::read(app, one, None).await?;
    Ok(own.is_some_and(|own| {
        let is_accepted = matches!(own.volunteer.standing, Standing::Accepted { .. });
        is_accepted && own.volunteer.offer.community().as_ref() == Some(place)
    }))
}

/// Households ask, and the one whom everybody can be visits the first two; of the others one is
/// offered to them, and one looks for somebody.
async fn visited(
    app: &App,
    town: &Town,
    (keeper, helper, place): (&Actor, &Actor, &PlaceCode),
) -> Result<Vec<PairingId>, Error> {
    let own = mine::read(app, helper, None).await?;
    let volunteer = own.map_or(VolunteerId::from_raw(0), |own| own.volunteer.id);
    let first_on = app.config.day(app.now()).saturating_add(1.days());
    let mut asking = vec![at_home(app).await?];
    let residents = town.volunteers().map(|person| person.id);
    asking.extend(residents.take(ADDRESSES.len() - 1));
    let mut households = Vec::new();
    for (number, (person, address)) in asking.into_iter().zip(ADDRESSES).enumerate() {
        let id = PairingId::from_raw(app.mint());
        let request = wish::Request {
            id,
            place: place.clone(),
            address: address.to_owned(),
            contact: "0998-5550131".to_owned(),
            rhythm: Every::Week,
        };
        wish::ask(app, &somebody(person), request).await?;
        if number + 1 < ADDRESSES.len() {
            offer::offer(app, keeper, id, (volunteer, 2)).await?;
        }
        if number < 2 {
            answer::agree(app, helper, id, first_on).await?;
        }
        households.push(id);
    }
    Ok(households)
}

async fn at_home(app: &App) -> Result<PersonId, Error> {
    let person = Person {
        id: PersonId::from_raw(app.mint()),
        login: None,
        contact: Some(AT_HOME.to_owned()),
        name: "田奶奶".to_owned(),
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

/// The first post is held and being rated, the second held and asked for, the third free.
async fn posts(
    app: &App,
    keeper: &Actor,
    (helpers, place): (&[Actor], &PlaceCode),
) -> Result<(), Error> {
    let today = app.config.day(app.now());
    let mut listed = Vec::new();
    for (title, duties, seats) in POSTS {
        let id = CivicPostId::from_raw(app.mint());
        let request = put::Request {
            id,
            place: place.clone(),
            title: title.to_owned(),
            duties: duties.to_owned(),
            seats,
            starts_on: today.saturating_sub(300.days()),
            ends_on: today.saturating_add(35.days()),
        };
        put::put(app, keeper, request).await?;
        listed.push(id);
    }
    let (held, asked) = (listed[0], listed[1]);
    let pledge = pledges(app, (&helpers[0], "安宁"), (held, 0)).await?;
    decide::decide(app, keeper, (held, pledge), Word::Accepted).await?;
    for (what, ago) in REPORTS {
        let told = report::Request {
            id: PledgeReportId::from_raw(app.mint()),
            pledge,
            day: today.saturating_sub(ago.days()),
            what: what.to_owned(),
        };
        report::report(app, &helpers[0], told).await?;
    }
    for (number, (helper, name)) in helpers[1..].iter().zip(["老马", "小阿"]).enumerate() {
        let pledge = pledges(app, (helper, name), (asked, 1)).await?;
        if number == 0 {
            decide::decide(app, keeper, (asked, pledge), Word::Accepted).await?;
        }
    }
    ask_rating::ask_rating(app, keeper, held, today.saturating_add(20.days())).await?;
    for (number, helper) in helpers[1..].iter().enumerate() {
        let word = Use::ALL[number % 2];
        rate::rate(app, helper, held, word).await?;
    }
    let hands = vec![(Use::Much, 21), (Use::Partly, 6), (Use::Little, 1)];
    count::count(app, keeper, held, hands).await
}

async fn pledges(
    app: &App,
    (helper, name): (&Actor, &str),
    (civic_post, promise): (CivicPostId, usize),
) -> Result<PledgeId, Error> {
    let id = PledgeId::from_raw(app.mint());
    let request = ask::Request {
        id,
        civic_post,
        shown_as: name.to_owned(),
        promise: PROMISES[promise].to_owned(),
    };
    ask::ask(app, helper, request).await?;
    Ok(id)
}
