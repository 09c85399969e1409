//! Where the people of the demo's town meet: venues with rooms, what is booked there, and
//! activities, some of them full. A stream of chance of its own, so that everything else stays.

use huiyin_app::activities::make::{self, Where};
use huiyin_app::activities::sign_up::{Given, sign_up};
use huiyin_app::pictures::Of;
use huiyin_app::venues::book::{self, For, WhenTaken};
use huiyin_app::venues::put::{self, Doors};
use huiyin_app::venues::put_room;
use huiyin_app::{App, Error};
use huiyin_domain::access::{Actor, Who as Whoever};
use huiyin_domain::activity::{About as Told, Handover, Question};
use huiyin_domain::calendar::Week;
use huiyin_domain::id::{ActivityId, BookingId, PersonId, RoomId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{About, Access, Approval, Category, Holidays, Rules};
use jiff::{Timestamp, ToSpan};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::gathered::hangs;
use crate::town::Town;
use crate::town::pictures::Subject;
use crate::volunteering::Staff;

/// Chances of their own.
pub(crate) const SALT: u64 = 0x6761_7468_6572;

/// A venue, and its rooms with their seats.
struct Site {
    category: Category,
    names: [&'static str; 2],
    address: &'static str,
    text: &'static str,
    access: &'static [Access],
    week: &'static str,
    rooms: &'static [(&'static str, &'static str, i64, Approval)],
}

const EVERY_DAY: &str = r#"["9-21","9-21","9-21","9-21","9-21","9-21","9-21"]"#;
const MEALS: &str = r#"["11-13 17-19","11-13 17-19","11-13 17-19","11-13 17-19","11-13 17-19","11-13 17-19","11-13 17-19"]"#;
const LONG: &str = r#"["7-23","7-23","7-23","7-23","7-23","7-23","7-23"]"#;

const SITES: [Site; 4] = [
    Site {
        category: Category::Hall,
        names: ["邻里中心", "Neighbours' hall"],
        address: "太阳巷1号",
        text: "一楼大厅可以办喜事、排练、开会；二楼有小教室，桌椅可挪。",
        access: &[Access::Step, Access::Lift, Access::Toilet, Access::Hearing],
        week: EVERY_DAY,
        rooms: &[
            ("大厅", "Great room", 80, Approval::Asked),
            ("小教室", "Small classroom", 16, Approval::AtOnce),
        ],
    },
    Site {
        category: Category::Canteen,
        names: ["老邻居食堂", "Old Neighbours' canteen"],
        address: "太阳巷7号",
        text: "六十岁以上优惠，走不动的可以送餐。",
        access: &[Access::Step, Access::Toilet],
        week: MEALS,
        rooms: &[("包间", "Side room", 12, Approval::AtOnce)],
    },
    Site {
        category: Category::Reading,
        names: ["渡口书屋", "Ferry reading room"],
        address: "河沿路22号",
        text: "借书不用押金，周末有人给孩子讲故事。",
        access: &[Access::Step, Access::Baby],
        week: EVERY_DAY,
        rooms: &[("故事角", "Story corner", 20, Approval::AtOnce)],
    },
    Site {
        category: Category::RestStation,
        names: ["骑手驿站", "Couriers' rest station"],
        address: "河沿路3号",
        text: "喝水、热饭、充电、换电池、借雨衣，外卖和快递小哥随时进来歇脚。",
        access: &[Access::Step, Access::Toilet, Access::Parking],
        week: LONG,
        rooms: &[],
    },
];

/// An activity: in which room, in how many days, from which hour on for how many.
struct Plan {
    title: &'static str,
    text: &'static str,
    room: Option<usize>,
    days: i64,
    hour: i8,
    hours: i8,
    capacity: i64,
    questions: &'static [&'static str],
    /// How many of the town sign up.
    coming: usize,
    known: Known,
}

/// Whether the one whom everybody can be comes too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    First,
    Last,
    Not,
}

const PLANS: [Plan; 5] = [
    Plan {
        title: "包饺子，一起吃",
        text: "面和馅备好了，带上围裙。包多少吃多少，剩下的送给楼里走不动的老人。",
        room: Some(0),
        days: 3,
        hour: 14,
        hours: 3,
        capacity: 6,
        questions: &["您想吃哪种馅 | 羊肉、白菜、韭菜"],
        coming: 8,
        known: Known::First,
    },
    Plan {
        title: "手机课：挂号和视频通话",
        text: "带上自己的手机。老师一个一个教，学会为止。",
        room: Some(1),
        days: 5,
        hour: 10,
        hours: 2,
        capacity: 4,
        questions: &[],
        coming: 6,
        known: Known::Last,
    },
    Plan {
        title: "给孩子讲故事",
        text: "三到八岁的孩子，家长陪着。",
        room: Some(3),
        days: 6,
        hour: 16,
        hours: 1,
        capacity: 12,
        questions: &[],
        coming: 3,
        known: Known::Not,
    },
    Plan {
        title: "周末清扫河边",
        text: "手套和袋子由社区准备，穿旧鞋。",
        room: None,
        days: 8,
        hour: 9,
        hours: 2,
        capacity: 30,
        questions: &["要不要带一副手套 | 是否"],
        coming: 5,
        known: Known::Not,
    },
    Plan {
        title: "乐队排练，欢迎旁听",
        text: "冬不拉、手鼓、二胡，想来听就来听。",
        room: Some(0),
        days: 9,
        hour: 18,
        hours: 2,
        capacity: 60,
        questions: &[],
        coming: 4,
        known: Known::Not,
    },
];

/// What is booked: in which room, in how many days, from which hour on, and why.
const BOOKED: [(usize, i64, i8, &str); 5] = [
    (1, 2, 10, "合唱队练歌"),
    (1, 2, 14, "业主碰头会"),
    (0, 4, 15, "孩子满月，请邻居坐坐"),
    (2, 3, 17, "给奶奶过八十岁生日"),
    (3, 4, 10, "读书小组"),
];

/// Opens the venues, and lets people book and sign up, as of now.
pub async fn begins(app: &App, town: &Town, (known, seed): (PersonId, u64)) -> Result<(), Error> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ SALT);
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let rooms = opens(app, &keeper, &place, &mut rng).await?;
    let mut people: Vec<Actor> = town.volunteers().map(|one| somebody(one.id)).collect();
    people.shuffle(&mut rng);
    let known = somebody(known);
    let bookers = std::iter::once(&known).chain(people.iter().cycle());
    for ((room, days, hour, purpose), booker) in BOOKED.into_iter().zip(bookers) {
        let request = book::Request {
            id: BookingId::from_raw(app.mint()),
            room: rooms[room],
            starts_at: at(app, days, hour),
            ends_at: at(app, days, hour + 2),
            heads: 8,
            purpose: purpose.to_owned(),
            whom: For::Myself,
            repeat: None,
            when_taken: WhenTaken::Refuse,
        };
        book::book(app, booker, request).await?;
    }
    for plan in PLANS {
        people.shuffle(&mut rng);
        let id = meets(app, &keeper, (&plan, &rooms, &place)).await?;
        let mut coming: Vec<&Actor> = people.iter().take(plan.coming).collect();
        match plan.known {
            Known::First => coming.insert(0, &known),
            Known::Last => coming.push(&known),
            Known::Not => {}
        }
        for one in coming {
            let answers = questions(&plan);
            let answers = answers.iter().map(first_answer).collect();
            let given = Given {
                answers,
                ..Given::default()
            };
            sign_up(app, one, id, given).await?;
        }
    }
    Ok(())
}

pub(crate) fn somebody(person: PersonId) -> Actor {
    Actor {
        who: Whoever::Person(person),
        posts: Vec::new(),
    }
}

/// This hour in so many days.
pub(crate) fn at(app: &App, days: i64, hour: i8) -> Timestamp {
    let day = app.config.day(app.now()).saturating_add(days.days());
    let there = day.at(hour, 0, 0, 0).to_zoned(app.config.time_zone.clone());
    there.expect("a day that is near").timestamp()
}

/// The venues with their rooms; the rooms, in their order.
async fn opens(
    app: &App,
    keeper: &Actor,
    place: &PlaceCode,
    rng: &mut ChaCha8Rng,
) -> Result<Vec<RoomId>, Error> {
    let mut rooms = Vec::new();
    for site in SITES {
        let venue = VenueId::from_raw(app.mint());
        let week: Week = serde_json::from_str(site.week).expect("a week is written as such");
        let request = put::Request {
            id: venue,
            place: place.clone(),
            category: site.category,
            names: Names::both(site.names[0], site.names[1]),
            about: About {
                address: site.address.to_owned(),
                text: site.text.to_owned(),
                contact: "0998-5550100".to_owned(),
                access: site.access.to_vec(),
                week,
                holidays: Holidays::Open,
            },
            doors: Doors::Open,
        };
        put::put(app, keeper, request).await?;
        for &(zh, en, seats, approval) in site.rooms {
            let id = RoomId::from_raw(app.mint());
            let room = put_room::Request {
                id,
                venue,
                names: Names::both(zh, en),
                seats,
                about: String::new(),
                rules: Rules {
                    approval,
                    ..Rules::default()
                },
                doors: Doors::Open,
            };
            put_room::put(app, keeper, room).await?;
            rooms.push(id);
        }
        if site.category == Category::Hall {
            let shown = (Subject::Hall, "从门口看大厅：一排窗，红椅子摆了三行");
            hangs(app, keeper, Of::Venue(venue), (&[shown], rng)).await?;
        }
    }
    Ok(rooms)
}

async fn meets(
    app: &App,
    keeper: &Actor,
    (plan, rooms, place): (&Plan, &[RoomId], &PlaceCode),
) -> Result<ActivityId, Error> {
    let id = ActivityId::from_raw(app.mint());
    let starts_at = at(app, plan.days, plan.hour);
    let (whereabouts, address) = match plan.room {
        Some(room) => (Where::Room(rooms[room]), ""),
        None => (Where::Outside(place.clone()), "河沿路桥头集合"),
    };
    let request = make::Request {
        id,
        place: whereabouts,
        title: plan.title.to_owned(),
        about: Told {
            text: plan.text.to_owned(),
            address: address.to_owned(),
            questions: questions(plan),
            handover: Handover::AtOnce,
            team_max: 1,
        },
        starts_at,
        ends_at: at(app, plan.days, plan.hour + plan.hours),
        sign_up_until: starts_at,
        capacity: plan.capacity,
        repeat: None,
        association: None,
    };
    make::make(app, keeper, request).await?;
    Ok(id)
}

fn questions(plan: &Plan) -> Vec<Question> {
    let lines = plan.questions.iter();
    lines.filter_map(|line| Question::read(line)).collect()
}

fn first_answer(question: &Question) -> String {
    use huiyin_domain::activity::Sort;
    match &question.sort {
        Sort::Choice(choices) => choices[0].clone(),
        Sort::YesNo => "yes".to_owned(),
        Sort::Text => "好".to_owned(),
    }
}
