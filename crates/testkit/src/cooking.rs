//! What the canteen of the demo's town cooks in the days to come, who has asked for it, and the
//! groups in which neighbours meet. A stream of chance of its own, so that everything else stays.

use huiyin_app::associations::begin::{self, Told};
use huiyin_app::associations::join;
use huiyin_app::associations::register::{self, Decision};
use huiyin_app::meals::ask;
use huiyin_app::meals::put::{self, Filled};
use huiyin_app::venues::look::{self, Request};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::association::{Entry, Interest};
use huiyin_domain::id::{AssociationId, KitchenDayId, MealId, PersonId, VenueId};
use huiyin_domain::meal::{Allergen, Bringing, Handing, Portions, Sitting};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::Category;
use jiff::ToSpan;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::gathering::{at, somebody};
use crate::town::Town;
use crate::volunteering::Staff;

/// Chances of their own.
const SALT: u64 = 0x636f_6f6b;
/// For so many days ahead the menu is written.
const DAYS: i64 = 6;

/// A dish: its name, its price in fen, what is in it.
type Dish = (&'static str, i64, &'static [Allergen]);

const DISHES: [Dish; 8] = [
    ("番茄鸡蛋面", 800, &[Allergen::Gluten, Allergen::Eggs]),
    ("羊肉抓饭", 1_500, &[]),
    ("清蒸鱼", 1_800, &[Allergen::Fish, Allergen::Soy]),
    ("白菜豆腐", 600, &[Allergen::Soy]),
    ("土豆烧鸡块", 1_200, &[Allergen::Soy]),
    ("凉拌黄瓜", 350, &[Allergen::Sesame]),
    ("小米粥", 0, &[]),
    ("酸奶", 300, &[Allergen::Milk]),
];

/// Who asked for something: as the counter calls them, where it goes, what they said.
const ASKING: [(&str, &str, &str); 7] = [
    ("王奶奶", "太阳巷3号楼2单元101", "饭软一点"),
    ("老李", "", ""),
    ("阿依古丽", "", "少油"),
    ("张师傅一家", "", ""),
    ("陈爷爷", "河沿路9号1单元302", "少盐，按门铃久一点"),
    ("小周", "", ""),
    ("刘阿姨", "", "不要香菜"),
];

/// Writes the menu, and lets people ask for what is on it, as of now.
pub async fn begins(app: &App, town: &Town, (known, seed): (PersonId, u64)) -> Result<(), Error> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ SALT);
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let mut people: Vec<Actor> = town.volunteers().map(|one| somebody(one.id)).collect();
    people.shuffle(&mut rng);
    people.retain(|one| one.person() != Some(known));
    people.insert(0, somebody(known));
    let request = Request {
        place: Some(place.clone()),
        category: Some(Category::Canteen),
        after: None,
    };
    let (canteens, _) = look::list(app, request).await?;
    if let Some(canteen) = canteens.first() {
        cooks(app, &keeper, (canteen.venue.id, &people)).await?;
    }
    meet(app, &keeper, (&place, &people)).await
}

async fn cooks(
    app: &App,
    keeper: &Actor,
    (venue, people): (VenueId, &[Actor]),
) -> Result<(), Error> {
    for days in 1..=DAYS {
        let noon = day(app, venue, (days, Sitting::Lunch));
        put::put(app, keeper, noon.clone()).await?;
        asks(app, &noon, people).await?;
    }
    let evening = day(app, venue, (1, Sitting::Dinner));
    put::put(app, keeper, evening.clone()).await?;
    asks(app, &evening, &people[..people.len().min(2)]).await
}

fn day(app: &App, venue: VenueId, (days, sitting): (i64, Sitting)) -> put::Request {
    let [until, from, to] = match sitting {
        Sitting::Breakfast => [6, 7, 9],
        Sitting::Lunch => [9, 11, 13],
        Sitting::Dinner => [15, 17, 19],
    };
    let first = usize::try_from(days).unwrap_or_default();
    let dishes = (0..5).map(|number| {
        let (name, price_fen, allergens) = DISHES[(first + number) % DISHES.len()];
        Filled {
            number: number as i64 + 1,
            name: name.to_owned(),
            price_fen,
            allergens: allergens.to_vec(),
            portions: 30,
        }
    });
    put::Request {
        id: KitchenDayId::from_raw(app.mint()),
        venue,
        day: app.config.day(app.now()).saturating_add(days.days()),
        sitting,
        until: at(app, days, until),
        starts_at: at(app, days, from),
        ends_at: at(app, days, to),
        bringing: match sitting {
            Sitting::Lunch => Bringing::Offered,
            Sitting::Breakfast | Sitting::Dinner => Bringing::Not,
        },
        note: "六十岁以上凭证优惠两元。".to_owned(),
        dishes: dishes.collect(),
    }
}

async fn asks(app: &App, noon: &put::Request, people: &[Actor]) -> Result<(), Error> {
    for (number, ((whom, address, note), person)) in ASKING.iter().zip(people).enumerate() {
        let is_brought = noon.bringing == Bringing::Offered && !address.is_empty();
        let number = number as i64;
        let portions = [(1 + number % 5, 1), (1 + (number + 2) % 5, 1 + number % 2)];
        let request = ask::Request {
            id: MealId::from_raw(app.mint()),
            kitchen_day: noon.id,
            handing: match is_brought {
                true => Handing::Brought,
                false => Handing::PickUp,
            },
            whom: (*whom).to_owned(),
            address: match is_brought {
                true => (*address).to_owned(),
                false => String::new(),
            },
            note: (*note).to_owned(),
            portions: Portions::from(portions),
        };
        ask::ask(app, person, request).await?;
    }
    Ok(())
}

/// A group: what for, what it is called, what it does, when and where, how one joins.
type Group = (Interest, &'static str, &'static str, &'static str, Entry);

/// The last one waits to be registered.
const GROUPS: [Group; 4] = [
    (
        Interest::Music,
        "渡口合唱队",
        "老歌新歌都唱，不会的跟着哼。每年秋天在邻里中心给大家唱一场。",
        "每周五晚七点，邻里中心大厅",
        Entry::Asked,
    ),
    (
        Interest::Games,
        "树下棋友",
        "象棋、围棋、跳棋，带上自己的茶。",
        "天好的下午三点，太阳巷口大树下",
        Entry::Open,
    ),
    (
        Interest::Helping,
        "搭把手",
        "谁家灯泡坏了、要搬东西、要人陪着去医院，说一声就有人来。",
        "每月第一个周六上午十点，老邻居食堂包间",
        Entry::Open,
    ),
    (
        Interest::Garden,
        "楼顶菜园",
        "一起把楼顶种起来，收的菜送一半给食堂。",
        "周末早上八点，6号楼楼顶",
        Entry::Open,
    ),
];

/// Lets groups begin, and people join them.
async fn meet(
    app: &App,
    keeper: &Actor,
    (place, people): (&PlaceCode, &[Actor]),
) -> Result<(), Error> {
    for (number, (interest, name, about, meets, entry)) in GROUPS.into_iter().enumerate() {
        let Some(leader) = people.get(number) else {
            return Ok(());
        };
        let id = AssociationId::from_raw(app.mint());
        let request = begin::Request {
            id,
            place: place.clone(),
            told: Told {
                interest,
                name: name.to_owned(),
                about: about.to_owned(),
                meets: meets.to_owned(),
                entry,
            },
        };
        begin::begin(app, leader, request).await?;
        if number + 1 == GROUPS.len() {
            return Ok(());
        }
        register::register(app, keeper, id, Decision::Registered).await?;
        for one in people.iter().skip(number + 1).step_by(number + 1) {
            join::join(app, one, id, "我住得近，周末都有空。".to_owned()).await?;
        }
    }
    Ok(())
}
