//! The list of items and the duty list, from `texts/items.txt`.

use huiyin_domain::place::{Level, Place};
use huiyin_domain::unit::{Duty, Item};

use super::{UnitKeys, lines, names, places};

/// Items, and one line of the duty list for each item that a department answers for.
/// What the community answers for has no line: it goes to the community of its place.
pub(super) fn make(all: &[Place], keys: &UnitKeys) -> (Vec<Item>, Vec<Duty>) {
    let county = places::at(all, Level::County)
        .next()
        .expect("the town has a county");
    let mut items = Vec::new();
    let mut duties = Vec::new();
    for line in lines(include_str!("../../texts/items.txt")) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let &[code, zh, en, keywords, unit, assisting, hours] = parts.as_slice() else {
            panic!("seven parts in each line of items.txt: {line}");
        };
        let item = Item {
            code: code.parse().expect("codes in items.txt are well made"),
            names: names(zh, en),
            keywords: keywords.split(';').map(str::to_owned).collect(),
            closed_at: None,
        };
        if let Some(&unit) = keys.get(unit) {
            duties.push(Duty {
                item: item.code.clone(),
                place: county.code.clone(),
                unit,
                assisting: keys.get(assisting).copied().into_iter().collect(),
                limit: format!("{hours}h").parse().ok(),
            });
        }
        items.push(item);
    }
    (items, duties)
}
