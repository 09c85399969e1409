//! Reading `[instead]`, `[collection]`, `[occasion]` and `[finding]`.

use super::parse::Places;
use super::reader::{Node, Table};
use crate::case::collection::Collection;
use crate::case::finding::Finding;
use crate::case::instead::Instead;
use crate::case::occasion::Occasion;

fn part<'r, 'i>(
    table: &Table<'r, 'i>,
    key: &'static str,
    places: &mut Places,
) -> Option<Table<'r, 'i>> {
    let node = table.get(key)?;
    places.insert(key.to_owned(), node.reader.line(&node.at));
    node.table(key)
}

fn text(table: &Table<'_, '_>, key: &'static str, like: &str) -> Option<String> {
    let node = table.need(key, like)?;
    node.text(key)
}

fn texts(node: &Node<'_, '_>, what: &str) -> Vec<String> {
    let list = node.list(what);
    list.iter().filter_map(|node| node.text(what)).collect()
}

/// What is offered instead, if anything is.
pub fn instead(table: &Table<'_, '_>, places: &mut Places) -> Option<Instead> {
    let table = part(table, "instead", places)?;
    let to = text(&table, "to", "\"another-kind\"");
    let words = |key: &'static str| {
        let words = table.get(key).map(|node| texts(&node, "a word"));
        let words = words.unwrap_or_default().into_iter();
        words.map(|word| word.to_lowercase()).collect()
    };
    let (about, unless) = (words("about"), words("unless"));
    table.done();
    Some(Instead {
        to: to?,
        about,
        unless,
    })
}

/// How many are brought at once, if they may be.
pub fn collection(table: &Table<'_, '_>, places: &mut Places) -> Option<Collection> {
    let table = part(table, "collection", places)?;
    let whom = text(&table, "whom", "\"for_whom\"");
    let sign = text(&table, "sign", "\"sign\"");
    table.done();
    Some(Collection {
        whom: whom?,
        sign: sign?,
    })
}

/// How they are brought together, if they may be.
pub fn occasion(table: &Table<'_, '_>, places: &mut Places) -> Option<Occasion> {
    let table = part(table, "occasion", places)?;
    let stages = table.need("stages", "[\"on_wall\"]");
    let stages = stages.map(|node| texts(&node, "a stage"));
    let put = text(&table, "put", "\"plan\"");
    let off = text(&table, "off", "\"unplan\"");
    let deliver = text(&table, "deliver", "\"hand_over\"");
    let others = text(&table, "others", "\"by_others\"");
    let what = text(&table, "what", "\"public_text\"");
    table.done();
    Some(Occasion {
        stages: stages?,
        put: put?,
        off: off?,
        deliver: deliver?,
        others: others?,
        what: what?,
    })
}

/// How rounds write it down, if they do.
pub fn finding(table: &Table<'_, '_>, places: &mut Places) -> Option<Finding> {
    let table = part(table, "finding", places)?;
    let spot = text(&table, "spot", "\"spot\"");
    let weight = text(&table, "weight", "\"weight\"");
    let again = text(&table, "again", "\"again\"");
    let photos = text(&table, "photos", "\"photos\"");
    let sounds = table.get("sounds");
    let sounds = sounds.and_then(|node| node.text("sounds"));
    let seen = text(&table, "seen", "\"seen\"");
    let check = text(&table, "check", "\"recheck\"");
    table.done();
    Some(Finding {
        spot: spot?,
        weight: weight?,
        again: again?,
        photos: photos?,
        sounds,
        seen: seen?,
        check: check?,
    })
}
