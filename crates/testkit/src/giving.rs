//! What is given in the demo's town, and where it goes: as the first community writes it down.

use huiyin_app::gifts::Donor;
use huiyin_app::gifts::enter::{self, Naming, enter};
use huiyin_app::gifts::give::{self, Says, give};
use huiyin_app::{App, Error};
use huiyin_domain::gift::Sort;
use huiyin_domain::id::GiftId;

use crate::town::Town;

/// A gift: its sort and amount, what it is, who gave it and whether that is said, where it went.
type Given = (
    Sort,
    i64,
    &'static str,
    (&'static str, Naming),
    &'static [(i64, &'static str)],
);

const GIFTS: [Given; 4] = [
    (
        Sort::Money,
        120_000,
        "给孩子们买书",
        ("听溪书店", Naming::Named),
        &[
            (45_000, "社区图书角，儿童读物三十本"),
            (30_000, "放学后课堂的练习册"),
        ],
    ),
    (
        Sort::Goods,
        40,
        "大米，每袋五公斤",
        ("", Naming::Unnamed),
        &[
            (12, "十二户独居老人，每户一袋"),
            (20, "老年食堂"),
            (8, "三个困难家庭"),
        ],
    ),
    (
        Sort::Goods,
        6,
        "轮椅",
        ("老渡口商会", Naming::Named),
        &[(2, "借给出院回家的邻居")],
    ),
    (
        Sort::Money,
        50_000,
        "微心愿",
        ("周老师", Naming::Unnamed),
        &[],
    ),
];

/// The community of the demo takes gifts and says where they went; one line was wrong at first.
pub async fn begins(app: &App, town: &Town) -> Result<(), Error> {
    let Some(keeper) = town.person("community") else {
        return Ok(());
    };
    let actor = keeper.actor();
    for (sort, amount, what, (donor, naming), went) in GIFTS {
        let id = GiftId::from_raw(app.mint());
        let request = enter::Request {
            id,
            place: keeper.posts[0].place.clone(),
            sort,
            what: what.to_owned(),
            amount,
            donor: Donor {
                name: Some(donor.to_owned()).filter(|name| !name.is_empty()),
                contact: None,
            },
            naming,
        };
        enter(app, &actor, request).await?;
        let says = went.iter().map(|(amount, toward)| Says::Gave {
            amount: *amount,
            toward: (*toward).to_owned(),
        });
        let mut says: Vec<Says> = says.collect();
        if went.len() == 1 {
            let mistaken = Says::Gave {
                amount: 1,
                toward: "老年食堂".to_owned(),
            };
            let back = Says::TakesBack {
                line: 1,
                why: "记错了，是别的东西".to_owned(),
            };
            says.splice(0..0, [mistaken, back]);
        }
        for (line, says) in (1..).zip(says) {
            let request = give::Request {
                gift: id,
                line,
                says,
            };
            give(app, &actor, request).await?;
        }
    }
    Ok(())
}
