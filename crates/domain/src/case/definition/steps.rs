//! Reading a step: where from, where to, by whom, what is asked, what must hold, what follows.

use super::parse::{ALL_OPEN, Places};
use super::reader::{Node, Table};
use crate::case::effect::Effect;
use crate::case::kind::{Asked, Conditional, Step, Target, Weight, When};
use crate::case::rule::Rule;
use crate::case::who::Who;

/// Reads the step called `name`; `path` is where it stands. The opening step has no `from`.
pub fn read_step(
    name: &str,
    path: &str,
    node: Node<'_, '_>,
    open_stages: &[String],
    places: &mut Places,
) -> Option<Step> {
    let table = node.table(&format!("the step `{name}`"))?;
    let from = match path {
        "open" => Vec::new(),
        _ => read_from(&table, open_stages),
    };
    let by = read_by(&table, name);
    let fields = table
        .get("fields")
        .map(|node| node.list("fields"))
        .unwrap_or_default();
    let fields = fields
        .iter()
        .filter_map(|node| Some(read_asked(&node.text("a field")?)))
        .collect();
    let rules = read_list(&table, "rules", path, places, Rule::parse);
    let effects = read_list(&table, "effects", path, places, Effect::parse);
    let weights = [
        ("main", Weight::Main),
        ("plain", Weight::Plain),
        ("quiet", Weight::Quiet),
    ];
    let weight = table
        .get("weight")
        .and_then(|node| node.one_of("weight", &weights));
    let converts = effects
        .iter()
        .any(|effect: &Conditional<Effect>| effect.what.converts_to().is_some());
    let to = match table.get("to") {
        Some(node) => read_to(&node),
        None if converts => Some(Target::OtherKind),
        None => Some(Target::Stay),
    };
    if converts && to != Some(Target::OtherKind) {
        let instead = Some("leave `to` out: the other kind says where it begins".to_owned());
        table.reader.error(
            &table.at,
            format!("the step `{name}` converts and stays"),
            instead,
        );
    }
    table.done();
    Some(Step {
        name: name.to_owned(),
        from,
        to: to?,
        by,
        fields,
        rules,
        effects,
        weight: weight.unwrap_or(Weight::Plain),
    })
}

/// Who may take the step; an empty list is nobody.
fn read_by(table: &Table<'_, '_>, name: &str) -> Vec<Who> {
    let Some(by) = table.need("by", "[\"handler@own\"]") else {
        return Vec::new();
    };
    let list = by.list("by");
    if list.is_empty() {
        let instead = "write by = [\"handler@own\"]".to_owned();
        let fault = format!("nobody may take `{name}`");
        by.reader.error(&by.at, fault, Some(instead));
    }
    let read = list.into_iter().filter_map(|node| {
        let text = node.text("who")?;
        let who = text.parse::<Who>();
        if let Err(instead) = &who {
            let fault = format!("nobody is called `{text}`");
            node.reader.error(&node.at, fault, Some(instead.clone()));
        }
        who.ok()
    });
    read.collect()
}

/// A list of stages, or `"open"` for every stage that is not closed.
fn read_from(table: &Table<'_, '_>, open_stages: &[String]) -> Vec<String> {
    let Some(node) = table.need("from", "[\"received\"]") else {
        return Vec::new();
    };
    let list = node.list("from");
    let stages: Vec<String> = list
        .iter()
        .filter_map(|node| node.text("a stage"))
        .collect();
    match stages.as_slice() {
        [one] if one == ALL_OPEN => open_stages.to_vec(),
        _ => stages,
    }
}

/// `"reason"` is required, `"reason?"` is not, `"staff:item?"` is asked of staff only.
fn read_asked(text: &str) -> Asked {
    let (staff_only, text) = match text.strip_prefix("staff:") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (required, field) = match text.strip_suffix('?') {
        Some(rest) => (false, rest),
        None => (true, text),
    };
    Asked {
        field: field.to_owned(),
        required,
        staff_only,
    }
}

/// A stage, or `{ field = "content", yes = "closed", no = "in_hand" }`.
fn read_to(node: &Node<'_, '_>) -> Option<Target> {
    if !node.is_table() {
        return node.text("to").map(Target::Stage);
    }
    let table = node.table("to")?;
    let field = table.need("field", "\"content\"")?.text("field")?;
    let branches = table
        .entries()
        .into_iter()
        .filter(|(word, _, _)| word != "field");
    let stages = branches.filter_map(|(word, _, stage)| Some((word, stage.text("a stage")?)));
    Some(Target::Branch {
        field,
        stages: stages.collect(),
    })
}

/// A list of rules or effects: each a table with its word, and perhaps `when`.
fn read_list<T>(
    table: &Table<'_, '_>,
    key: &'static str,
    path: &str,
    places: &mut Places,
    parse: impl Fn(&str, &Node<'_, '_>, &Node<'_, '_>) -> Option<T>,
) -> Vec<Conditional<T>> {
    let Some(node) = table.get(key) else {
        return Vec::new();
    };
    let mut read = Vec::new();
    for node in node.list(key) {
        let Some(part) = node.table(&format!("one of the {key}")) else {
            continue;
        };
        let mut when = None;
        let mut words = Vec::new();
        for (word, at, value) in part.entries() {
            match word.as_str() {
                "when" => when = read_when(&value),
                _ => words.push((word, at, value)),
            }
        }
        let [(word, at, value)] = words.as_slice() else {
            let fault = format!("one of the {key} says {} things", words.len());
            let instead = Some("write each in its own { … }".to_owned());
            node.reader.error(&node.at, fault, instead);
            continue;
        };
        let mut key_node = value.clone();
        key_node.at = at.clone();
        if let Some(what) = parse(word, &key_node, value) {
            places.insert(format!("{path}.{key}.{}", read.len()), node.reader.line(at));
            read.push(Conditional { when, what });
        }
    }
    read
}

/// `when = { content = "no" }`.
fn read_when(node: &Node<'_, '_>) -> Option<When> {
    let entries = node.table("when")?.entries();
    match entries.as_slice() {
        [(field, _, value)] => Some(When {
            field: field.clone(),
            value: value.text("a value")?,
        }),
        _ => {
            let instead = Some("write when = { field = \"value\" }".to_owned());
            node.reader
                .error(&node.at, "when does not name one field", instead);
            None
        }
    }
}
