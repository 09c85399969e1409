//! Where the people of the demo's town have met: an activity that is over, was told of and can be
//! seen, and how pictures come to hang.

use std::net::{IpAddr, Ipv4Addr};

use huiyin_app::activities::make::{self, Where};
use huiyin_app::activities::report::report;
use huiyin_app::activities::sign_up::{Given, sign_up};
use huiyin_app::activities::tick::tick;
use huiyin_app::limits::Peer;
use huiyin_app::pictures::Of;
use huiyin_app::pictures::hang::{self, hang};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::activity::{About as Told, Handover};
use huiyin_domain::id::{ActivityId, PersonId};
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::gathering::{SALT, somebody};
use crate::town::Town;
use crate::town::pictures::{self, Subject};
use crate::volunteering::Staff;

/// Draws pictures and hangs them, each with what is to be seen on it.
pub(crate) async fn hangs(
    app: &App,
    keeper: &Actor,
    of: Of,
    (shown, rng): (&[(Subject, &str)], &mut ChaCha8Rng),
) -> Result<(), Error> {
    for (subject, says) in shown {
        let request = hang::Request {
            of,
            photos: vec![pictures::draw(*subject, rng).into()],
            says: (*says).to_owned(),
            agreed: true,
            peer: Peer::new(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        };
        hang(app, keeper, request).await?;
    }
    Ok(())
}

/// What was before anything else: people met, and whoever asked them told of it. `set` says what
/// time it is; all is over within five hours.
pub async fn was(
    app: &App,
    town: &Town,
    (begins, seed, set): (Timestamp, u64, impl Fn(Timestamp)),
) -> Result<(), Error> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ SALT ^ 1);
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    set(begins);
    let id = ActivityId::from_raw(app.mint());
    let starts_at = begins + SignedDuration::from_hours(1);
    let ends_at = starts_at + SignedDuration::from_hours(2);
    let request = make::Request {
        id,
        place: Where::Outside(place),
        title: "楼下一起吃抓饭".to_owned(),
        about: Told {
            text: "大锅支在院子里，带上碗筷和小板凳。".to_owned(),
            address: "太阳巷1号院子".to_owned(),
            questions: Vec::new(),
            handover: Handover::AtOnce,
            team_max: 1,
        },
        starts_at,
        ends_at,
        sign_up_until: starts_at,
        capacity: 20,
        repeat: None,
        association: None,
    };
    make::make(app, &keeper, request).await?;
    let people: Vec<PersonId> = town.volunteers().take(18).map(|one| one.id).collect();
    for person in &people {
        sign_up(app, &somebody(*person), id, Given::default()).await?;
    }
    set(starts_at + SignedDuration::from_mins(30));
    let there = people.into_iter().skip(2).collect();
    tick(app, &keeper, id, there).await?;
    set(ends_at + SignedDuration::from_hours(1));
    let says = "大家坐了两桌，锅底都刮干净了。剩下的两盒送给了三楼的阿姨。";
    report(app, &keeper, id, says.to_owned()).await?;
    let shown = [
        (Subject::Together, "大家围着圆桌吃饭，从楼上往下看"),
        (Subject::Together, "又坐了一桌，盘子都满了"),
    ];
    hangs(app, &keeper, Of::Activity(id), (&shown, &mut rng)).await
}
