//! Reading `[supervision]`.

use super::parse::Places;
use super::reader::{Node, Table};
use crate::case::supervision::{FollowUpSteps, Judged, Supervision};

/// What the kind says of how it is looked at from above, if it says anything.
pub fn read(table: &Table<'_, '_>, places: &mut Places) -> Option<Supervision> {
    let node = table.get("supervision")?;
    places.insert("supervision".to_owned(), node.reader.line(&node.at));
    let table = node.table("supervision")?;
    let texts = |key: &'static str, what: &str| -> Vec<String> {
        let nodes = table.get(key).map(|node| node.list(key));
        let nodes = nodes.unwrap_or_default();
        nodes.iter().filter_map(|node| node.text(what)).collect()
    };
    let text = |key: &'static str, what: &str| table.get(key).and_then(|node| node.text(what));
    let read = Supervision {
        contact: texts("contact", "a step"),
        answer: texts("answer", "a step"),
        text: text("text", "a field"),
        solved: table.get("solved").and_then(|node| judged("solved", &node)),
        content: table
            .get("content")
            .and_then(|node| judged("content", &node)),
        leave_out: texts("leave_out", "an outcome"),
        follow_up: table.get("follow_up").and_then(|node| calls(&node)),
        inspected: text("inspected", "a step"),
    };
    table.done();
    Some(read)
}

/// `{ field = "solved", counts = ["yes"] }`.
fn judged(what: &str, node: &Node<'_, '_>) -> Option<Judged> {
    let table = node.table(what)?;
    let field = table
        .need("field", "\"solved\"")
        .and_then(|node| node.text("field"));
    let counts = table
        .need("counts", "[\"yes\"]")
        .map(|node| node.list("counts"));
    let counts = counts.unwrap_or_default();
    let counts = counts.iter().filter_map(|node| node.text("a word"));
    let counts = counts.collect();
    table.done();
    Some(Judged {
        field: field?,
        counts,
    })
}

/// `{ reached = "follow_up", not_reached = "not_reached" }`.
fn calls(node: &Node<'_, '_>) -> Option<FollowUpSteps> {
    let table = node.table("follow_up")?;
    let step = |key: &'static str| table.need(key, "\"follow_up\"")?.text(key);
    let steps = (step("reached"), step("not_reached"));
    table.done();
    Some(FollowUpSteps {
        reached: steps.0?,
        not_reached: steps.1?,
    })
}
