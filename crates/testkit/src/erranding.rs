//! What is done at offices for the people of the demo's town: the guide as it comes with the
//! product, and errands that stand at different places. One of them is whole: an old lady's card
//! was fetched for her, and every paper is back in her hands.

use std::net::{IpAddr, Ipv4Addr};

use huiyin_app::cases::{Channel, advance, open};
use huiyin_app::files::upload;
use huiyin_app::limits::Peer;
use huiyin_app::procedures::import;
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Kind, Value};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::procedure::builtin_procedures;
use huiyin_domain::words::Lang;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::town::Town;
use crate::town::pictures::{self, Subject};

/// How far an errand has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Asked,
    Agreed,
    Held,
    Filed,
    Fetched,
    Confirmed,
}

/// What somebody needs: procedure, words, how it is done, what comes out of it, how far it is.
const ERRANDS: [(&str, &str, &str, &str, Until); 6] = [
    (
        "senior-card",
        "老年优待证，她下不了楼，请替她去办。",
        "on_behalf",
        "老年优待证 1 本",
        Until::Confirmed,
    ),
    (
        "age-allowance",
        "八十岁的高龄津贴，照片和银行卡都备好了。",
        "on_behalf",
        "",
        Until::Filed,
    ),
    (
        "disability-allowance",
        "残疾人护理补贴，上门来办。",
        "at_home",
        "",
        Until::Held,
    ),
    (
        "insurance-elsewhere",
        "下周去外地看病，备案不会弄。",
        "at_home",
        "备案回执 1 份",
        Until::Fetched,
    ),
    (
        "public-rental",
        "公租房申请，想有人陪着去窗口。",
        "accompany",
        "",
        Until::Agreed,
    ),
    (
        "school-enrolment",
        "孩子报名上小学，不知道材料齐不齐。",
        "accompany",
        "",
        Until::Asked,
    ),
];

/// What the person drew on the screen at the door.
async fn signature(app: &App) -> Result<Value, Error> {
    let drawn = pictures::draw(Subject::Signature, &mut ChaCha8Rng::seed_from_u64(27));
    let peer = Peer::new(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let file = upload::photo(app, drawn.into(), peer, "signature").await?;
    Ok(Value::Files(vec![file]))
}

/// Who goes, of which kind, and where.
struct Hands {
    door: Actor,
    community: Actor,
    kind: Kind,
    place: PlaceCode,
}

impl Hands {
    fn of(app: &App, town: &Town) -> Option<Hands> {
        let community = town.person("community")?;
        let kinds = app.kinds();
        let mut kinds = kinds.current().iter();
        let kind = kinds.find(|kind| kind.procedure_field().is_some())?;
        let door = town.person("grid-worker")?;
        let grid = &door.posts[0].place;
        // At the door stands the grid worker, where the grid is one of this community.
        let (place, door) = match grid.is_within(&community.posts[0].place) {
            true => (grid.clone(), door),
            false => (community.posts[0].place.clone(), community),
        };
        Some(Hands {
            place,
            door: door.actor(),
            community: community.actor(),
            kind: Kind::clone(kind),
        })
    }

    async fn take(
        &self,
        app: &App,
        (actor, id): (&Actor, CaseId),
        (step, input): (&str, Input),
    ) -> Result<(), Error> {
        let request = advance::Request {
            id,
            version: None,
            step: step.to_owned(),
            input,
            key: None,
            at: None,
        };
        advance::advance(app, actor, request).await.map(drop)
    }

    async fn asks(
        &self,
        app: &App,
        procedure: &str,
        says: &str,
        way: &str,
    ) -> Result<CaseId, Error> {
        let id = CaseId::from_raw(app.mint());
        let input = Input::default()
            .with("procedure", Value::Choice(procedure.to_owned()))
            .with("description", Value::Text(says.to_owned()))
            .with("for_whom", Value::Choice("self".to_owned()))
            .with("way", Value::Choice(way.to_owned()))
            .with("name", Value::Text("李桂兰".to_owned()))
            .with("contact", Value::Text("13900000027".to_owned()))
            .with("place", Value::Place(self.place.clone()));
        let request = open::Request {
            id,
            kind: self.kind.slug.clone(),
            values: input.values,
            language: Lang::ZH,
            channel: Channel::Door,
            key: None,
            at: None,
        };
        open::open(app, &self.community, request).await?;
        Ok(id)
    }

    /// The papers that were handed over, filed, fetched and given back, up to where it stands.
    async fn goes(
        &self,
        app: &App,
        id: CaseId,
        (result, until): (&str, Until),
    ) -> Result<(), Error> {
        let (door, community) = ((&self.door, id), (&self.community, id));
        let day = app.config.day(app.now()).saturating_add(1.day());
        let papers = |numbers: &[&str]| {
            let numbers = numbers.iter().map(|number| (*number).to_owned());
            Value::Choices(numbers.collect())
        };
        let agreed = Input::default()
            .with("meet_on", Value::Date(day))
            .with("meet_at", Value::Text("上午十点，家门口".to_owned()));
        if until >= Until::Agreed {
            self.take(app, community, ("accept", agreed)).await?;
        }
        let until_day = day.saturating_add(30.days());
        let handed = Input::default()
            .with("papers_in", papers(&["1", "2"]))
            .with(
                "scope",
                Value::Text("递交材料，领取办好的证件。".to_owned()),
            )
            .with("until", Value::Date(until_day))
            .with("signed_name", Value::Text("李桂兰".to_owned()));
        if until >= Until::Held {
            let signed = handed.with("signature", signature(app).await?);
            self.take(app, door, ("hand_over", signed)).await?;
        }
        let filed = Input::default().with("papers_filed", papers(&["1", "2"]));
        if until >= Until::Filed {
            self.take(app, community, ("file", filed)).await?;
        }
        let fetched = Input::default()
            .with("result", Value::Text(result.to_owned()))
            .with("papers_fetched", papers(&["1"]))
            .with("papers_kept", papers(&["2"]));
        if until >= Until::Fetched {
            self.take(app, community, ("fetch", fetched)).await?;
        }
        Ok(())
    }

    /// Everything is back, and the person says so: the number of the result follows the papers
    /// of the procedure.
    async fn ends(&self, app: &App, id: CaseId) -> Result<(), Error> {
        let page = huiyin_app::cases::read::read(app, &self.community, id).await?;
        let out = page.errand.iter().flat_map(|errand| &errand.papers);
        let out = out.filter(|paper| paper.state.is_out());
        let numbers = out.map(|paper| paper.number.to_string()).collect();
        let back = Input::default().with("papers_back", Value::Choices(numbers));
        self.take(app, (&self.door, id), ("give_back", back))
            .await?;
        let word = Input::default().with("stars", Value::Rating(5)).with(
            "word",
            Value::Text("证到手了，身份证也还我了，谢谢姑娘。".to_owned()),
        );
        self.take(app, (&Actor::petitioner(id), id), ("confirm", word))
            .await
    }
}

/// The guide is filled, and errands begin. `set` says what time it is.
pub async fn begins(app: &App, town: &Town, set: impl Fn(Timestamp)) -> Result<(), Error> {
    let office = Actor::system();
    import::import(app, &office, builtin_procedures()).await?;
    let Some(hands) = Hands::of(app, town) else {
        return Ok(());
    };
    let now = app.now();
    for (number, (procedure, says, way, result, until)) in (0..).zip(ERRANDS) {
        let id = hands.asks(app, procedure, says, way).await?;
        hands.goes(app, id, (result, until)).await?;
        if until == Until::Confirmed {
            hands.ends(app, id).await?;
        }
        set(now + SignedDuration::from_secs(number + 1));
    }
    Ok(())
}
