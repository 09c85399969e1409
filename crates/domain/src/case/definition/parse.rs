//! From the tables of `kind.toml` to a [`Kind`].

use std::collections::BTreeMap;

use super::reader::{At, Node, Reader, Table, suggest};
use super::{NAME_RULE, clocks, is_name, letters, many, matching, steps, supervision};
use crate::case::field::FieldType;
use crate::case::kind::{Asked, Field, Kind, Outcome, PublicRule, See, Show, Stage, Step};
use crate::case::source::KindFiles;
use crate::place::Level;

/// In a list of stages this word means every stage that is not closed.
pub(super) const ALL_OPEN: &str = "open";

/// The line at which each part of a definition stands: `steps.dispatch`, `fields.item`, …
pub type Places = BTreeMap<String, usize>;

/// The kind as far as it can be read.
pub(super) fn read_kind(
    table: Table<'_, '_>,
    files: &KindFiles,
    places: &mut Places,
) -> Option<Kind> {
    let reader = table.reader;
    let slug = files.folder.clone();
    if !is_name(&slug) {
        let fault = format!("the folder `{slug}` is not a name");
        reader.error(&(0..0), fault, Some(NAME_RULE.to_owned()));
    }
    let icon = table.get("icon").and_then(|node| node.text("icon"));
    let order = table
        .get("order")
        .and_then(|node| node.number("order", 0..=10_000));
    let internal = table.get("internal").and_then(|node| node.flag("internal"));
    let languages = read_languages(&table);
    let title = table
        .need("title", "\"description\"")
        .and_then(|node| node.text("title"));
    let accused = table.get("accused").and_then(|node| node.text("accused"));
    let request = table.get("request").and_then(|node| node.text("request"));
    let mut fields = read_fields(&table, places);
    let stages = read_stages(&table, places);
    let clocks = clocks::read_clocks(&table, places);
    let terms = clocks::read_terms(&table, places);
    let outcomes = read_outcomes(&table, places);
    let open = table.need("open", "{ to = \"received\", by = [\"anyone\"] }");
    let open = open.and_then(|node| {
        places.insert("open".to_owned(), reader.line(&node.at));
        steps::read_step("open", "open", node, &[], places)
    });
    let steps = read_steps(&table, &stages, places);
    let public = read_public(&table, places);
    let supervision = supervision::read(&table, places);
    let matching = matching::read(&table, places);
    let instead = many::instead(&table, places);
    let collection = many::collection(&table, places);
    let occasion = many::occasion(&table, places);
    let finding = many::finding(&table, places);
    let weights = letters::read(&table, places);
    table.done();
    let open = open?;
    keep_what_opens(&mut fields, &open);
    check_asked(reader, &fields, &open, &steps, places);
    let item_field = fields.iter().find(|field| field.kind.word() == "item");
    Some(Kind {
        hash: files.hash(),
        slug,
        icon: icon.unwrap_or_else(|| "message-2".to_owned()),
        order: order.unwrap_or(100),
        languages,
        title_field: title.unwrap_or_default(),
        place_field: asked_place(&fields, &open).unwrap_or_default(),
        item_field: item_field.map(|field| field.name.clone()),
        request_field: request,
        accused_field: accused,
        internal: internal.unwrap_or(false),
        fields,
        open,
        stages,
        steps,
        clocks,
        terms,
        outcomes,
        public,
        supervision,
        matching,
        instead,
        collection,
        occasion,
        finding,
        weights,
        files: files.clone(),
    })
}

/// The field in which opening asks where it is.
fn asked_place(fields: &[Field], open: &Step) -> Option<String> {
    let is_place = |asked: &&Asked| {
        let mut fields = fields.iter();
        fields.any(|field| field.name == asked.field && field.kind.word() == "place")
    };
    let asked = open.fields.iter().find(is_place)?;
    Some(asked.field.clone())
}

fn read_languages(table: &Table<'_, '_>) -> Vec<String> {
    let node = table.need("languages", "[\"zh\", \"en\"]");
    let list = node.map(|node| node.list("languages")).unwrap_or_default();
    let mut languages = Vec::new();
    for node in list {
        let Some(text) = node.text("a language") else {
            continue;
        };
        match text.parse::<crate::words::Lang>() {
            Ok(lang) if lang.as_str() == text => languages.push(text),
            _ => {
                let instead = Some("write a tag such as zh, en or kk-Arab".to_owned());
                node.reader
                    .error(&node.at, format!("`{text}` is not a language"), instead);
            }
        }
    }
    languages
}

/// The named parts of a table such as `[stages]`, in the order of the text.
pub(super) fn named<'r, 'i>(
    table: &Table<'r, 'i>,
    key: &'static str,
    like: &str,
    places: &mut Places,
) -> Vec<(String, Node<'r, 'i>)> {
    let part = table.need(key, like).and_then(|node| node.table(key));
    let mut found = Vec::new();
    for (name, at, node) in part.map(|part| part.entries()).unwrap_or_default() {
        if !is_name(&name) {
            let fault = format!("`{name}` in {key} is not a name");
            node.reader.error(&at, fault, Some(NAME_RULE.to_owned()));
        }
        places.insert(format!("{key}.{name}"), node.reader.line(&at));
        found.push((name, node));
    }
    found
}

fn read_fields(table: &Table<'_, '_>, places: &mut Places) -> Vec<Field> {
    let sees = [
        ("owner", See::Owner),
        ("handlers", See::Handlers),
        ("petitioner", See::Petitioner),
        ("public", See::Public),
    ];
    let like = "{ description = { type = \"text\" } }";
    let mut fields = Vec::new();
    for (name, node) in named(table, "fields", like, places) {
        let Some(options) = node.table(&format!("the field `{name}`")) else {
            continue;
        };
        let kind = FieldType::parse(&options);
        let see = options
            .get("see")
            .and_then(|node| node.one_of("see", &sees));
        let keep = options.get("keep").and_then(|node| node.flag("keep"));
        options.done();
        if let Some(kind) = kind {
            fields.push(Field {
                name,
                see: see.unwrap_or(match kind {
                    FieldType::Signature(_) => See::Owner,
                    _ => See::Petitioner,
                }),
                keep: keep.unwrap_or(false) && kind.petitioner_part().is_none(),
                kind,
            });
        }
    }
    fields
}

fn read_stages(table: &Table<'_, '_>, places: &mut Places) -> Vec<Stage> {
    let like = "{ received = { clock = \"triage\" }, closed = { closed = true } }";
    let mut stages = Vec::new();
    for (name, node) in named(table, "stages", like, places) {
        if name == ALL_OPEN {
            let fault =
                format!("no stage is called `{name}`: the word stands for every open stage");
            table.reader.error(&node.at, fault, None);
            continue;
        }
        let Some(options) = node.table(&format!("the stage `{name}`")) else {
            continue;
        };
        let clock = options.get("clock").and_then(|node| node.text("clock"));
        let closed = options
            .get("closed")
            .and_then(|node| node.one_way("closed"));
        let held = options.get("held").and_then(|node| node.one_way("held"));
        options.done();
        stages.push(Stage {
            name,
            clock,
            closed: closed.is_some(),
            held: held.is_some(),
        });
    }
    stages
}

fn read_outcomes(table: &Table<'_, '_>, places: &mut Places) -> Vec<Outcome> {
    let like = "{ solved = \"solved\", explained = \"unsolved\" }";
    let counts = [("solved", true), ("unsolved", false)];
    named(table, "outcomes", like, places)
        .into_iter()
        .filter_map(|(name, node)| {
            let solved = node.one_of("how an outcome counts", &counts)?;
            Some(Outcome { name, solved })
        })
        .collect()
}

fn read_steps(table: &Table<'_, '_>, stages: &[Stage], places: &mut Places) -> Vec<Step> {
    let like = "{ answer = { from = [\"received\"], to = \"closed\", by = [\"handler@own\"] } }";
    let open_stages: Vec<String> = stages
        .iter()
        .filter(|stage| !stage.closed)
        .map(|stage| stage.name.clone())
        .collect();
    let steps = named(table, "steps", like, places);
    steps
        .into_iter()
        .filter_map(|(name, node)| {
            let path = format!("steps.{name}");
            steps::read_step(&name, &path, node, &open_stages, places)
        })
        .collect()
}

fn read_public(table: &Table<'_, '_>, places: &mut Places) -> PublicRule {
    let nothing = PublicRule {
        show: Show::Never,
        fields: Vec::new(),
        place: Level::Community,
    };
    let Some(node) = table.get("public") else {
        return nothing;
    };
    places.insert("public".to_owned(), node.reader.line(&node.at));
    let Some(options) = node.table("public") else {
        return nothing;
    };
    let shows = [
        ("never", Show::Never),
        ("always", Show::Always),
        ("published", Show::Published),
    ];
    let show = options
        .need("show", "\"published\"")
        .and_then(|node| node.one_of("show", &shows));
    let fields = options
        .get("fields")
        .map(|node| node.list("fields"))
        .unwrap_or_default();
    // Nearer than the community the public is never told.
    let levels = &Level::ALL[..=Level::Community as usize];
    let levels: Vec<_> = levels
        .iter()
        .map(|&(level, _)| (level.word(), level))
        .collect();
    let place = options
        .get("place")
        .and_then(|node| node.one_of("place", &levels));
    options.done();
    PublicRule {
        show: show.unwrap_or(Show::Never),
        fields: fields
            .iter()
            .filter_map(|node| node.text("a field"))
            .collect(),
        place: place.unwrap_or(Level::Community),
    }
}

/// What is asked at opening belongs to the matter, except what belongs under the seal.
fn keep_what_opens(fields: &mut [Field], open: &Step) {
    for field in fields {
        field.keep |= open.asks(&field.name).is_some() && field.kind.petitioner_part().is_none();
    }
}

/// Fields that are asked for exist; those of the sealed record are asked at opening only.
fn check_asked(
    reader: &Reader<'_>,
    fields: &[Field],
    open: &Step,
    steps: &[Step],
    places: &Places,
) {
    // A field that could not be read is a field all the same.
    let written = places
        .keys()
        .filter_map(|path| path.strip_prefix("fields."));
    let names: Vec<&str> = written.collect();
    for (step, path) in std::iter::once((open, "open".to_owned())).chain(
        steps
            .iter()
            .map(|step| (step, format!("steps.{}", step.name))),
    ) {
        let at = at_line(reader, places.get(&path).copied().unwrap_or(1));
        for asked in &step.fields {
            let found = fields.iter().find(|field| field.name == asked.field);
            if found.is_none() && names.contains(&asked.field.as_str()) {
                continue;
            }
            let Some(field) = found else {
                let fault = format!(
                    "the step `{}` asks for `{}`, which is not a field",
                    step.name, asked.field
                );
                reader.error(&at, fault, Some(suggest(&asked.field, &names)));
                continue;
            };
            if field.kind.petitioner_part().is_some() && step.name != "open" {
                let fault = format!("`{}` belongs to the sealed record", field.name);
                let instead = "ask for it at opening only".to_owned();
                reader.error(&at, fault, Some(instead));
            }
        }
    }
}

/// The place in the text at which a line begins.
fn at_line(reader: &Reader<'_>, line: usize) -> At {
    let start = reader.start_of(line);
    start..start
}
