//! From `[letters]` to what letters weigh: `urgent = ["overdue"]`, `act = ["new"]`. A letter that
//! is not named is for information.

use super::Places;
use super::reader::Table;
use crate::telling::Importance;

pub fn read(table: &Table<'_, '_>, places: &mut Places) -> Vec<(String, Importance)> {
    let mut weights = Vec::new();
    let Some(node) = table.get("letters") else {
        return weights;
    };
    places.insert("letters".to_owned(), node.reader.line(&node.at));
    let Some(options) = node.table("letters") else {
        return weights;
    };
    for (word, importance) in [("urgent", Importance::Urgent), ("act", Importance::Act)] {
        let listed = options.get(word).map(|node| node.list(word));
        let names = listed.unwrap_or_default();
        let names = names.iter().filter_map(|node| node.text("a letter"));
        weights.extend(names.map(|name| (name, importance)));
    }
    options.done();
    weights
}
