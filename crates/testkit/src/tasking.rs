//! What the demo's town has to do: the prefecture's task that goes down to every village, one
//! that is late, an urgent one, and one that a community gives to its grids.

use huiyin_app::limits::Peer;
use huiyin_app::tasks::give::{self, Wanted};
use huiyin_app::tasks::spread::Reach;
use huiyin_app::tasks::{note, part, repeat, report, send_back, verify};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::id::{TaskId, TaskReportId, TaskRuleId};
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Evidence, Rhythm, Sort, State};
use jiff::{SignedDuration, ToSpan};

use crate::life::TownClock;
use crate::town::{Town, Townsperson};

/// A task: its sort, what it says, what is wanted, and in how many days it is due.
pub(crate) struct Plan {
    sort: Sort,
    title: &'static str,
    standard: &'static str,
    wants: &'static str,
    counted_in: &'static str,
    days: i64,
}

pub(crate) const STOVES: Plan = Plan {
    sort: Sort::Key,
    title: "入冬前看一遍炉子和烟道",
    standard: "每一户烧炉子的都看到：烟道通不通，报警器响不响。有问题的当场记下来，一周内修好。",
    wants: "number text",
    counted_in: "户",
    days: 5,
};
const SNOW: Plan = Plan {
    sort: Sort::Urgent,
    title: "今夜大雪，看好道路和屋顶",
    standard: "主要路口有人扫，危旧屋顶看过一遍，需要帮忙的人家敲过门。",
    wants: "text",
    counted_in: "",
    days: 1,
};
const CARDS: Plan = Plan {
    sort: Sort::Regular,
    title: "核对一遍联系卡",
    standard: "每个网格门口的联系卡都在，名字和电话都打得通。",
    wants: "number",
    counted_in: "张",
    days: 3,
};
const STAIRS: Plan = Plan {
    sort: Sort::Regular,
    title: "楼道里不堆东西",
    standard: "每个楼道走一遍，堵着的请邻居搬开，搬不动的拍下来。",
    wants: "number",
    counted_in: "处",
    days: 4,
};
/// So long ago the one was given that is late today.
const AGO: SignedDuration = SignedDuration::from_hours(24 * 5);

/// The town gets its tasks; some are reported, some struck off, one comes back.
pub async fn begins(app: &App, town: &Town, clock: &TownClock) -> Result<(), Error> {
    let Some(prefecture) = town.person("prefecture-office") else {
        return Ok(());
    };
    let now = app.now();
    clock.set(now - AGO);
    let cards = gives(app, prefecture, &CARDS, Level::Community).await?;
    comes_back(app, town, (cards, &CARDS), usize::MAX).await?;
    clock.set(now);
    let stoves = gives(app, prefecture, &STOVES, Level::Community).await?;
    comes_back(app, town, (stoves, &STOVES), 1).await?;
    if let Some(office) = town.person("office") {
        let snow = gives(app, office, &SNOW, Level::Community).await?;
        comes_back(app, town, (snow, &SNOW), 2).await?;
        repeats(app, office).await?;
    }
    among_grids(app, town).await
}

fn wanted(plan: &Plan, place: PlaceCode, level: Level) -> Wanted {
    Wanted {
        title: plan.title.to_owned(),
        standard: plan.standard.to_owned(),
        evidence: Evidence::of(plan.wants, plan.counted_in.to_owned()),
        reach: Reach {
            place,
            level,
            only: Vec::new(),
            role: None,
        },
    }
}

pub(crate) async fn gives(
    app: &App,
    giver: &Townsperson,
    plan: &Plan,
    level: Level,
) -> Result<TaskId, Error> {
    let id = TaskId::from_raw(app.mint());
    let request = give::Request {
        id,
        sort: plan.sort,
        wanted: wanted(plan, giver.posts[0].place.clone(), level),
        due_on: app.config.day(app.now()).saturating_add(plan.days.days()),
        over_limit_for: String::new(),
    };
    give::give(app, &giver.actor(), request).await?;
    Ok(id)
}

/// The first of the staff with this role for exactly this place.
fn of<'t>(town: &'t Town, role: Role, place: &PlaceCode) -> Option<&'t Townsperson> {
    let mut people = town.people.iter();
    people.find(|person| {
        let mut posts = person.posts.iter();
        posts.any(|post| post.role == role && &post.place == place)
    })
}

/// Communities report, one after the other in their ways: most are struck off, one comes back,
/// one waits, and those behind `open` have not begun.
async fn comes_back(
    app: &App,
    town: &Town,
    (id, plan): (TaskId, &Plan),
    open: usize,
) -> Result<(), Error> {
    let own = town
        .person("community")
        .map(|person| &person.posts[0].place);
    for (number, place) in town.places_at(Level::Community).enumerate() {
        let street = place.code.parent();
        let street = street.and_then(|street| of(town, Role::Dispatcher, &street));
        let (Some(staff), Some(street)) = (of(town, Role::Community, &place.code), street) else {
            continue;
        };
        let (staff, street) = (staff.actor(), street.actor());
        let at = (id, &place.code);
        if own == Some(&place.code) && plan.days > 1 || number % 6 == open {
            continue;
        }
        if number % 6 == 5 {
            note::note(app, &staff, id, place.code.clone()).await?;
            continue;
        }
        reports(app, (&staff, at), plan, 40 + 7 * (number as i64 % 9)).await?;
        match number % 6 {
            0 | 2 => strikes_off(app, &street, at).await?,
            4 => sends_back(app, &street, at, "数和去年差得太多，请再核一遍").await?,
            _ => {}
        }
    }
    Ok(())
}

/// What is said of a part.
pub(crate) fn told(
    plan: &Plan,
    (key, task, place): (TaskReportId, TaskId, PlaceCode),
    amount: i64,
) -> report::Request {
    report::Request {
        key,
        task,
        place,
        says: "都看过了，有两处当场修好。".to_owned(),
        amount: plan.wants.contains("number").then_some(amount),
        photos: Vec::new(),
        peer: Peer::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST)),
    }
}

async fn reports(
    app: &App,
    (staff, (task, place)): (&Actor, (TaskId, &PlaceCode)),
    plan: &Plan,
    amount: i64,
) -> Result<(), Error> {
    let key = TaskReportId::from_raw(app.mint());
    let told = told(plan, (key, task, place.clone()), amount);
    report::report(app, staff, told).await
}

async fn version(
    app: &App,
    actor: &Actor,
    (id, place): (TaskId, &PlaceCode),
) -> Result<i64, Error> {
    let page = part::look(app, actor, id, place.clone()).await?;
    Ok(match page.part.state {
        State::Reported => page.part.version,
        _ => 0,
    })
}

async fn strikes_off(app: &App, above: &Actor, at: (TaskId, &PlaceCode)) -> Result<(), Error> {
    let parts = vec![(at.1.clone(), version(app, above, at).await?)];
    verify::verify(app, above, at.0, parts).await.map(drop)
}

async fn sends_back(
    app: &App,
    above: &Actor,
    at: (TaskId, &PlaceCode),
    why: &str,
) -> Result<(), Error> {
    let request = send_back::Request {
        task: at.0,
        place: at.1.clone(),
        version: version(app, above, at).await?,
        why: why.to_owned(),
    };
    send_back::send_back(app, above, request).await
}

async fn repeats(app: &App, office: &Townsperson) -> Result<(), Error> {
    let first_on = app.config.day(app.now()).first_of_month();
    let request = repeat::Request {
        id: TaskRuleId::from_raw(app.mint()),
        wanted: wanted(&CARDS, office.posts[0].place.clone(), Level::Community),
        sort: Sort::Regular,
        rhythm: Rhythm::Month,
        first_on: first_on.saturating_add(1.month()),
        working_days: 5,
    };
    repeat::make(app, &office.actor(), request).await
}

/// The community of the demo gives one to its grids; a grid worker reports it.
async fn among_grids(app: &App, town: &Town) -> Result<(), Error> {
    let (Some(community), Some(grid)) = (town.person("community"), town.person("grid-worker"))
    else {
        return Ok(());
    };
    let id = gives(app, community, &STAIRS, Level::Grid).await?;
    let place = &grid.posts[0].place;
    if place.is_within(&community.posts[0].place) {
        let staff = grid.actor();
        reports(app, (&staff, (id, place)), &STAIRS, 3).await?;
    }
    Ok(())
}
