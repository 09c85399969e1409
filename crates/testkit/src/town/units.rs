//! The units of the town: offices of each area, departments, partner units, the hotline.

use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Unit, UnitCategory};

use super::{Mint, UnitKeys, names, places};

const DEPARTMENTS: [(&str, &str, &str); 12] = [
    ("heating", "供热公司", "Heating company"),
    ("housing", "住房和城乡建设局", "Housing department"),
    ("water", "供排水公司", "Water company"),
    ("gas", "燃气公司", "Gas company"),
    ("electricity", "供电公司", "Electricity company"),
    ("city", "城市管理局", "City management"),
    ("roads", "交通运输局", "Roads department"),
    ("labour", "人力资源和社会保障局", "Labour department"),
    ("agriculture", "农业农村局", "Agriculture department"),
    ("sanitation", "环境卫生中心", "Sanitation centre"),
    ("market", "市场监督管理局", "Market supervision"),
    ("education", "教育局", "Education department"),
];

const PARTNERS: [(&str, &str); 5] = [
    ("听溪县第二中学", "Tingxi No. 2 middle school"),
    ("听溪县中医院", "Tingxi hospital"),
    ("邮递服务站", "Post and courier station"),
    ("听溪农商银行", "Tingxi farmers' bank"),
    ("县图书馆", "County library"),
];

pub(super) fn make(all: &[Place], mint: &mut Mint) -> (Vec<Unit>, UnitKeys) {
    let mut maker = Maker {
        units: Vec::new(),
        mint,
    };
    let mut keys = UnitKeys::new();
    let [prefecture, county] = [Level::Prefecture, Level::County].map(|level| {
        let place = places::at(all, level).next();
        place.expect("the town has one of each").code.clone()
    });
    let top = maker.add(
        UnitCategory::Prefecture,
        ["回谷州群众诉求办公室", "Huigu prefecture office"],
        &prefecture,
        None,
    );
    let centre = maker.add(
        UnitCategory::County,
        ["听溪县接诉即办中心", "Tingxi county centre"],
        &county,
        Some(top),
    );
    maker.add(
        UnitCategory::Hotline,
        ["12345热线听溪分中心", "12345 hotline, Tingxi"],
        &county,
        Some(centre),
    );
    for (key, zh, en) in DEPARTMENTS {
        let zh = format!("听溪县{zh}");
        let unit = maker.add(UnitCategory::Department, [&zh, en], &county, Some(centre));
        keys.insert(key, unit);
    }
    maker.offices(all, centre);
    (maker.units, keys)
}

struct Maker<'m> {
    units: Vec<Unit>,
    mint: &'m mut Mint,
}

impl Maker<'_> {
    fn add(
        &mut self,
        category: UnitCategory,
        [zh, en]: [&str; 2],
        place: &PlaceCode,
        parent: Option<UnitId>,
    ) -> UnitId {
        let id = UnitId::make(self.mint.next(), 0);
        self.units.push(Unit {
            id,
            category,
            names: names(zh, en),
            place: place.clone(),
            parent,
            closed_at: None,
        });
        id
    }

    /// Street offices, communities below them, and a partner unit for the first communities.
    fn offices(&mut self, all: &[Place], centre: UnitId) {
        for street in places::at(all, Level::Street) {
            let zh = street.names.in_lang("zh");
            let suffix = if zh.ends_with('镇') {
                "人民政府"
            } else {
                "办事处"
            };
            let zh = format!("{zh}{suffix}");
            let en = format!("{} office", street.names.in_lang("en"));
            let office = self.add(UnitCategory::Street, [&zh, &en], &street.code, Some(centre));
            for place in places::at(all, Level::Community) {
                if place.code.is_within(&street.code) {
                    let [zh, en] = ["zh", "en"].map(|lang| place.names.in_lang(lang));
                    self.add(UnitCategory::Community, [zh, en], &place.code, Some(office));
                }
            }
        }
        let communities = places::at(all, Level::Community);
        for ((zh, en), place) in PARTNERS.into_iter().zip(communities) {
            self.add(UnitCategory::Partner, [zh, en], &place.code, None);
        }
    }
}
