//! What is brought in lists and delivered together in the demo's town: one day is over and has
//! its report, one is still to come.

use huiyin_app::cases::advance;
use huiyin_app::collections::bring::{self, bring};
use huiyin_app::collections::look as lists;
use huiyin_app::occasions::end::{self, Names, end};
use huiyin_app::occasions::make::{self, make};
use huiyin_app::occasions::put::put;
use huiyin_app::occasions::tick::tick;
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Kind, Value};
use huiyin_domain::id::{CaseId, CollectionId, OccasionId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::town::Town;

/// What, for whom, the teacher's sign, and the sort of thing.
type Wished = (&'static str, &'static str, &'static str, &'static str);

const WERE: [Wished; 12] = [
    ("一副羽毛球拍", "男孩 13 岁", "1-3", "sport"),
    ("一双运动鞋，38 码", "女孩 13 岁", "1-7", "clothing"),
    ("一本成语词典", "男孩 12 岁", "1-9", "school"),
    ("一个保温水杯", "女孩 13 岁", "1-11", "household"),
    ("一条厚围巾", "女孩 12 岁", "1-12", "warmth"),
    ("一个篮球", "男孩 14 岁", "1-15", "sport"),
    ("一盏台灯", "男孩 13 岁", "1-18", "household"),
    ("一套彩色铅笔", "女孩 12 岁", "1-20", "school"),
    ("一双棉手套", "男孩 12 岁", "1-22", "warmth"),
    ("一个双肩书包", "女孩 13 岁", "1-25", "school"),
    ("一根跳绳", "女孩 12 岁", "1-28", "sport"),
    ("一套漫画科普书", "男孩 13 岁", "1-31", "school"),
];
const COME: [Wished; 6] = [
    ("一件防水外套，150 码", "男孩 12 岁", "2-2", "clothing"),
    ("一个足球", "男孩 13 岁", "2-5", "sport"),
    ("一本英汉词典", "女孩 13 岁", "2-8", "school"),
    ("一个暖手袋", "女孩 12 岁", "2-14", "warmth"),
    ("一套水彩", "女孩 13 岁", "2-19", "school"),
    ("一双棉鞋，37 码", "男孩 12 岁", "2-21", "clothing"),
];
/// So many of those that are to come are on the day already; the others can still be put on it.
const ON: usize = 4;

/// Who brings lists, who runs the days, of which kind, and where.
struct Hands {
    school: Actor,
    community: Actor,
    kind: Kind,
    place: PlaceCode,
}

impl Hands {
    fn of(app: &App, town: &Town) -> Option<Hands> {
        let school = town.person("partner")?;
        let community = town.person("community")?;
        let kinds = app.kinds();
        let mut kinds = kinds.current().iter();
        let kind = kinds.find(|kind| kind.occasion.is_some() && kind.collection.is_some())?;
        Some(Hands {
            place: community.posts[0].place.clone(),
            school: school.actor(),
            community: community.actor(),
            kind: Kind::clone(kind),
        })
    }

    /// The school brings a list, and the community hangs each line on the wall.
    async fn list(&self, app: &App, title: &str, list: &[Wished]) -> Result<Vec<CaseId>, Error> {
        let id = CollectionId::from_raw(app.mint());
        let lines = list
            .iter()
            .map(|(what, whom, sign, _)| format!("{what}\t{whom}\t{sign}"));
        let request = bring::Request {
            id,
            kind: self.kind.slug.clone(),
            place: self.place.clone(),
            title: title.to_owned(),
            text: lines.collect::<Vec<_>>().join("\n"),
            language: Lang::ZH,
        };
        bring(app, &self.school, request).await?;
        let page = lists::show(app, &self.school, id).await?;
        let cases: Vec<CaseId> = page.lines.iter().map(|line| line.case).collect();
        for (case, (what, _, _, sort)) in cases.iter().zip(list) {
            let input = Input::default()
                .with("thing", Value::Choice((*sort).to_owned()))
                .with("public_text", Value::Text((*what).to_owned()))
                .with("consent", Value::YesNo(true));
            let request = advance::Request {
                id: *case,
                version: None,
                step: "publish".to_owned(),
                input,
                key: None,
                at: None,
            };
            advance::advance(app, &self.community, request).await?;
        }
        Ok(cases)
    }

    async fn day(
        &self,
        app: &App,
        (title, address): (&str, &str),
        starts_at: Timestamp,
    ) -> Result<OccasionId, Error> {
        let id = OccasionId::from_raw(app.mint());
        let request = make::Request {
            id,
            kind: self.kind.slug.clone(),
            place: self.place.clone(),
            title: title.to_owned(),
            address: address.to_owned(),
            note: "提前半小时布置；备货单打印两份。".to_owned(),
            starts_at,
            ends_at: starts_at + SignedDuration::from_hours(2),
        };
        make(app, &self.community, request).await?;
        Ok(id)
    }
}

/// What was before anything else: a list of the school, and the day on which most of it was
/// handed over. `set` says what time it is.
pub async fn was(
    app: &App,
    town: &Town,
    (begins, set): (Timestamp, impl Fn(Timestamp)),
) -> Result<(), Error> {
    let Some(hands) = Hands::of(app, town) else {
        return Ok(());
    };
    // People meet at a full hour.
    let hour = SignedDuration::from_hours(1).as_secs();
    let begins = begins + SignedDuration::from_secs(hour - begins.as_second().rem_euclid(hour));
    set(begins);
    let cases = hands.list(app, "听溪二中初一（1）班", &WERE).await?;
    let starts_at = begins + SignedDuration::from_hours(2);
    let title = ("开学季集中兑现", "听溪二中操场");
    let id = hands.day(app, title, starts_at).await?;
    put(app, &hands.community, id, cases.clone()).await?;
    set(starts_at + SignedDuration::from_mins(90));
    let handed = cases[..WERE.len() - 1].to_vec();
    let says = "在集中兑现时当面交到了手里。".to_owned();
    tick(app, &hands.community, id, (handed, says)).await?;
    set(starts_at + SignedDuration::from_hours(2));
    let request = end::Request {
        id,
        report: "操场上摆了四张桌子，孩子们排着队来领。志愿者还陪着打了一会儿球。\
            有一套书没有买到，过几天送到学校。"
            .to_owned(),
        why: "这套书书店缺货，到了就送到学校。".to_owned(),
        names: Names::AreNone,
    };
    end(app, &hands.community, request).await
}

/// What is to come: another list, and a day on which some of it is already.
pub async fn begins(app: &App, town: &Town) -> Result<(), Error> {
    let Some(hands) = Hands::of(app, town) else {
        return Ok(());
    };
    let cases = hands.list(app, "听溪二中初一（2）班", &COME).await?;
    let day = app.config.day(app.now()).saturating_add(5.days());
    let there = day.at(10, 0, 0, 0).to_zoned(app.config.time_zone.clone());
    let starts_at = there.expect("a day that is near").timestamp();
    let title = ("冬至集中兑现", "社区活动室");
    let id = hands.day(app, title, starts_at).await?;
    put(app, &hands.community, id, cases[..ON].to_vec()).await?;
    Ok(())
}
