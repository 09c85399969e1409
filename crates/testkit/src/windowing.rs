//! Windows of the demo's town: those of its service hall and of its communities, with people who
//! have booked for today, and some who just came.

use huiyin_app::venues::put::Doors;
use huiyin_app::windows::book::{self, Wanted, book};
use huiyin_app::windows::today::today;
use huiyin_app::windows::{put, tap, times, walk_in};
use huiyin_app::{App, Error};
use huiyin_domain::access::{Action, Actor, may_somewhere};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::UnitCategory;
use huiyin_domain::window::{AppointmentState, Setup, Tap};
use huiyin_domain::words::Lang;
use jiff::{SignedDuration, Timestamp};

use crate::town::Town;

/// How long the first one took.
const TOOK: SignedDuration = SignedDuration::from_mins(7);

/// A window: what it is called, where it is, how many sit there.
type Site = (&'static str, &'static str, &'static str, i64);

const HALL: [Site; 2] = [
    (
        "综合受理窗口",
        "General window",
        "便民服务中心一楼 1–3 号",
        3,
    ),
    (
        "社保医保窗口",
        "Social insurance window",
        "便民服务中心一楼 5 号",
        1,
    ),
];
const COMMUNITY: Site = ("社区便民窗口", "Community window", "党群服务中心一楼", 1);

/// Who has booked, and for what.
const BOOKED: [(&str, &str); 6] = [
    ("王秀英", "senior-card"),
    ("艾力", "residence-proof"),
    ("张建国", "health-insurance"),
    ("古丽", "birth-registration"),
    ("刘芳", "age-allowance"),
    ("老陈", "medical-bills"),
];

/// The windows are opened in the morning of the day, and people come. `set` says what time it is.
pub async fn begins(app: &App, town: &Town, set: impl Fn(Timestamp)) -> Result<(), Error> {
    let now = app.now();
    let there = app.config.day(now).at(8, 30, 0, 0);
    let morning = there.to_zoned(app.config.time_zone.clone());
    set(morning.map_or(now, |there| there.timestamp().min(now)));
    let done = opened(app, town, &set).await;
    set(now);
    done
}

async fn opened(app: &App, town: &Town, set: &impl Fn(Timestamp)) -> Result<(), Error> {
    for person in &town.people {
        let actor = person.actor();
        let Some(post) = person.posts.first() else {
            continue;
        };
        let category = town.unit(post.unit).map(|unit| unit.category);
        let sites: &[_] = match category {
            Some(UnitCategory::Street) => &HALL,
            Some(UnitCategory::Community) => &[COMMUNITY],
            _ => continue,
        };
        let keeps = may_somewhere(&actor, Action::WindowsKeep);
        let place = post.place.clone();
        let has_one = {
            let kept = match keeps {
                true => huiyin_app::windows::today::list(app, &actor).await?,
                false => continue,
            };
            kept.iter().any(|one| one.line.window.unit == post.unit)
        };
        if !has_one {
            opens(app, (&actor, &place), (sites, set)).await?;
        }
    }
    Ok(())
}

async fn opens(
    app: &App,
    (keeper, place): (&Actor, &PlaceCode),
    (sites, set): (&[Site], &impl Fn(Timestamp)),
) -> Result<(), Error> {
    for (zh, en, location, seats) in sites {
        let id = WindowId::from_raw(app.mint());
        let mut setup = Setup::usual();
        setup.location = (*location).to_owned();
        setup.seats = *seats;
        // Whoever looks at the demo on a Sunday finds somebody there.
        setup.week[6] = setup.week[5].clone();
        let request = put::Request {
            id,
            place: place.clone(),
            names: Names::both(zh, en),
            setup,
            doors: Doors::Open,
        };
        put::put(app, keeper, request).await?;
        comes(app, keeper, (id, set)).await?;
    }
    Ok(())
}

/// The first times that are left go to some, others just come; one is being served.
async fn comes(
    app: &App,
    keeper: &Actor,
    (window, set): (WindowId, &impl Fn(Timestamp)),
) -> Result<(), Error> {
    let free = times::times(app, window, None, 2).await?;
    let slots = free.days.iter().flat_map(|day| day.free.iter().step_by(2));
    for ((name, procedure), slot) in BOOKED.into_iter().zip(slots) {
        let request = book::Request {
            id: AppointmentId::from_raw(app.mint()),
            wanted: Wanted {
                window,
                procedure: procedure.to_owned(),
                starts_at: slot.starts_at,
            },
            name: name.to_owned(),
            contact: format!("1390000{:04}", app.chance() % 10_000),
            language: Lang::ZH,
        };
        // Two may have got the same number by chance, which has few times on a day.
        match book(app, request).await {
            Err(Error::Refused(_)) | Ok(()) => {}
            Err(other) => return Err(other),
        }
    }
    for _ in 0..3 {
        let id = AppointmentId::from_raw(app.mint());
        walk_in::walk_in(app, keeper, walk_in::Request { id, window }).await?;
    }
    let page = today(app, keeper, window).await?;
    let there = page.rows.iter();
    let there = there.filter(|one| one.state == AppointmentState::Arrived);
    let there: Vec<AppointmentId> = there.map(|one| one.id).collect();
    let press = async |id, seen, tap| {
        let request = tap::Request { id, seen, tap };
        tap::tap(app, keeper, request).await
    };
    if let [first, second, ..] = there[..] {
        let began = app.now();
        press(first, AppointmentState::Arrived, Tap::Call).await?;
        set(began + TOOK);
        press(first, AppointmentState::Called, Tap::Serve).await?;
        press(second, AppointmentState::Arrived, Tap::Call).await?;
        set(began);
    }
    Ok(())
}
