//! Reading `[matching]`.

use super::parse::Places;
use super::reader::{Node, Table};
use crate::case::matching::{Matching, Meaning};

/// Which cases of the kind look for a helper, if any do.
pub fn read(table: &Table<'_, '_>, places: &mut Places) -> Option<Matching> {
    let node = table.get("matching")?;
    places.insert("matching".to_owned(), node.reader.line(&node.at));
    let table = node.table("matching")?;
    let stages = table.need("stages", "[\"on_wall\"]");
    let stages = stages.map(|node| texts(&node, "a stage"));
    let accept = table.need("accept", "\"claim\"");
    let accept = accept.and_then(|node| node.text("accept"));
    let missed = table.get("missed").map(|node| texts(&node, "a step"));
    let text = |key: &'static str| table.get(key).and_then(|node| node.text("a field"));
    let meaning = |key: &'static str| table.get(key).and_then(|node| meaning(key, &node));
    let (skills, avoids) = (meaning("skills"), meaning("avoids"));
    let (when, language) = (text("when"), text("language"));
    table.done();
    Some(Matching {
        stages: stages?,
        accept: accept?,
        missed: missed.unwrap_or_default(),
        skills,
        avoids,
        when,
        language,
    })
}

fn texts(node: &Node<'_, '_>, what: &str) -> Vec<String> {
    let list = node.list(what);
    list.iter().filter_map(|node| node.text(what)).collect()
}

/// `{ field = "thing", of = { lamp = ["repair.electric"] } }`.
fn meaning(what: &str, node: &Node<'_, '_>) -> Option<Meaning> {
    let table = node.table(what)?;
    let field = table.need("field", "\"thing\"");
    let field = field.and_then(|node| node.text("field"));
    let of = table.need("of", "{ lamp = [\"repair.electric\"] }");
    let of = of.and_then(|node| node.table("of"));
    let of = of.map(|of| of.entries()).unwrap_or_default();
    let of = of
        .into_iter()
        .map(|(word, _, node)| (word, texts(&node, "a word")));
    let of = of.collect();
    table.done();
    Some(Meaning { field: field?, of })
}
