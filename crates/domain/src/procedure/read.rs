//! Reading the file of a procedure: every fault at once, each with its line.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::{
    Answer, Condition, For, Form, Group, PAPERS_MAX, Paper, Procedure, QUESTIONS_MAX, Question,
    Way, is_slug,
};
use crate::case::Fault;
use crate::case::reader::{Node, Reader, Table};
use crate::names::Names;
use crate::sample::{PAPERS, Pictured};

include!(concat!(env!("OUT_DIR"), "/builtin_procedures.rs"));

/// A file larger than this was not written by hand.
const FILE_BYTES_MAX: usize = 40_000;
const DAYS_MAX: i64 = 365;
const COUNT_MAX: i64 = 20;
const KEYWORDS_MAX: usize = 30;
const LANGS: [&str; 2] = ["zh", "en"];

/// Those that come with the product: slug and text.
pub fn builtin_procedures() -> &'static [(&'static str, &'static str)] {
    PROCEDURES
}

/// Reads one file; `slug` is its name without the ending.
pub fn read_procedure(slug: &str, text: &str) -> Result<Procedure, Vec<Fault>> {
    let file = format!("{slug}.toml");
    let reader = Reader::new(&file, text);
    if text.len() > FILE_BYTES_MAX {
        let fault = format!("the file is longer than {FILE_BYTES_MAX} bytes");
        reader.error(&(0..0), fault, None);
        return Err(reader.into_faults());
    }
    if !is_slug(slug) {
        let instead = Some("use a-z, 0-9 and - only, forty at most".to_owned());
        reader.error(&(0..0), format!("`{slug}` is no name of a file"), instead);
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message().replace('\n', ", ");
        reader.error(&error.span().unwrap_or(0..0), message, None);
    }
    let table = Table::new(&reader, document.get_ref(), 0..0, "the procedure");
    let procedure = whole(slug, table);
    let faults = reader.into_faults();
    match procedure {
        Some(procedure) if faults.is_empty() => Ok(procedure),
        _ => Err(faults),
    }
}

fn whole(slug: &str, table: Table<'_, '_>) -> Option<Procedure> {
    let names = own_names(&table);
    let group = table
        .need("group", "\"papers\"")
        .and_then(|node| one_word::<Group>(&node, "the group", Group::ALL, Group::word));
    let places = words(&table, "for", "[\"village\"]", For::ALL, For::word);
    let ways = words(&table, "ways", "[\"window\"]", Way::ALL, Way::word);
    let days = number(&table, "days", 0..=DAYS_MAX);
    let legal_days = match table.get("legal_days") {
        None => Some(None),
        Some(node) => node.number("working days", 0..=DAYS_MAX).map(Some),
    };
    let about = said(&table, "about");
    let whom = said(&table, "whom");
    let office = said(&table, "office");
    let fee = said(&table, "fee");
    let basis = match table.get("basis") {
        None => Some(None),
        Some(node) => both(&node, "basis").map(Some),
    };
    let link = match table.get("link") {
        None => Some(None),
        Some(node) => link(&node).map(Some),
    };
    let keywords = keywords(&table);
    let questions = questions(&table);
    let papers = papers(&table, questions.as_deref().unwrap_or_default());
    if let (Some(days), Some(Some(legal))) = (days, legal_days)
        && days > legal
    {
        let fault = "more days are promised than the law allows";
        table.reader.error(&table.at, fault, None);
    }
    if let (Some(ways), Some(None)) = (&ways, &link)
        && ways.contains(&Way::Online)
    {
        let instead = Some("write link = \"https://…\"".to_owned());
        let fault = "it can be done online, and nobody says where";
        table.reader.error(&table.at, fault, instead);
    }
    table.done();
    Some(Procedure {
        slug: slug.to_owned(),
        names: names?,
        group: group?,
        places: places?,
        about: about?,
        whom: whom?,
        office: office?,
        fee: fee?,
        basis: basis?,
        days: days?,
        legal_days: legal_days?,
        ways: ways?,
        link: link?,
        keywords: keywords?,
        questions: questions?,
        papers: papers?,
    })
}

/// The name in both languages, from the keys of a table.
fn own_names(table: &Table<'_, '_>) -> Option<Names> {
    let name = |lang: &'static str| {
        let text = table.need(lang, "\"…\"")?.text("the name")?;
        if text.trim().is_empty() {
            table
                .reader
                .error(&table.at, format!("{lang} says nothing"), None);
        }
        Some((lang.to_owned(), text.trim().to_owned()))
    };
    let names = LANGS.map(name);
    let names = names.into_iter().collect::<Option<_>>();
    names.map(Names)
}

/// A text in both languages in a table of its own.
fn said(table: &Table<'_, '_>, key: &'static str) -> Option<Names> {
    let node = table.need(key, "{ zh = \"…\", en = \"…\" }")?;
    both(&node, key)
}

fn both(node: &Node<'_, '_>, what: &str) -> Option<Names> {
    let table = node.table(what)?;
    let names = own_names(&table);
    table.done();
    names
}

fn number(
    table: &Table<'_, '_>,
    key: &'static str,
    range: std::ops::RangeInclusive<i64>,
) -> Option<i64> {
    table.need(key, "10")?.number("working days", range)
}

fn one_word<T: Copy>(
    node: &Node<'_, '_>,
    what: &str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Option<T> {
    let words: Vec<(&str, T)> = all.iter().map(|&one| (word(one), one)).collect();
    node.one_of(what, &words)
}

fn words<T: Copy + PartialEq>(
    table: &Table<'_, '_>,
    key: &'static str,
    like: &str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Option<Vec<T>> {
    let node = table.need(key, like)?;
    let read = node
        .list(key)
        .iter()
        .map(|part| one_word(part, key, all, word))
        .collect::<Vec<_>>();
    if read.is_empty() {
        node.reader
            .error(&node.at, format!("`{key}` is empty"), None);
        return None;
    }
    let mut found = Vec::new();
    for one in read.into_iter().collect::<Option<Vec<_>>>()? {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Some(found)
}

fn link(node: &Node<'_, '_>) -> Option<String> {
    let link = node.text("the link")?;
    if link.starts_with("https://") && !link.contains(char::is_whitespace) {
        return Some(link);
    }
    let instead = Some("begin it with https://".to_owned());
    node.reader
        .error(&node.at, "the link leads nowhere safe", instead);
    None
}

fn keywords(table: &Table<'_, '_>) -> Option<Vec<String>> {
    let Some(node) = table.get("keywords") else {
        return Some(Vec::new());
    };
    let list = node.list("keywords");
    if list.len() > KEYWORDS_MAX {
        let fault = format!("there are more than {KEYWORDS_MAX} keywords");
        node.reader.error(&node.at, fault, None);
    }
    let words = list.iter().map(|word| word.text("a keyword"));
    words.collect::<Vec<_>>().into_iter().collect()
}

fn questions(table: &Table<'_, '_>) -> Option<Vec<Question>> {
    let Some(node) = table.get("questions") else {
        return Some(Vec::new());
    };
    let mut questions: Vec<Option<Question>> = Vec::new();
    for (key, at, node) in node.table("the questions")?.entries() {
        if !is_slug(&key) {
            let fault = format!("`{key}` is no name of a question");
            node.reader.error(&at, fault, None);
        }
        let names = both(&node, "a question");
        questions.push(names.map(|names| Question { key, names }));
    }
    if questions.len() > QUESTIONS_MAX {
        let fault = format!("there are more than {QUESTIONS_MAX} questions");
        node.reader.error(&node.at, fault, None);
    }
    questions.into_iter().collect()
}

fn papers(table: &Table<'_, '_>, questions: &[Question]) -> Option<Vec<Paper>> {
    let node = table.need("papers", "[[papers]]")?;
    let list = node.list("papers");
    if list.is_empty() || list.len() > PAPERS_MAX {
        let fault = format!("there must be papers, and not more than {PAPERS_MAX}");
        node.reader.error(&node.at, fault, None);
    }
    let mut asked = BTreeSet::new();
    let papers: Vec<Option<Paper>> = list
        .iter()
        .map(|node| paper(node, questions, &mut asked))
        .collect();
    for question in questions.iter().filter(|one| !asked.contains(&one.key)) {
        let fault = format!("nothing depends on the question `{}`", question.key);
        node.reader.error(&node.at, fault, None);
    }
    papers.into_iter().collect()
}

fn paper(
    node: &Node<'_, '_>,
    questions: &[Question],
    asked: &mut BTreeSet<String>,
) -> Option<Paper> {
    let table = node.table("a paper")?;
    let names = own_names(&table);
    let form = table
        .need("as", "\"original\"")
        .and_then(|node| one_word(&node, "`as`", Form::ALL, Form::word));
    let count = match table.get("count") {
        None => Some(1),
        Some(node) => node.number("the count", 1..=COUNT_MAX),
    };
    let note = match table.get("note") {
        None => Some(Names::default()),
        Some(node) => both(&node, "the note"),
    };
    let picture = match table.get("picture") {
        None => Some(None),
        Some(node) => picture(&node).map(Some),
    };
    let when = match table.get("when") {
        None => Some(None),
        Some(node) => condition(&node, questions, asked).map(Some),
    };
    table.done();
    Some(Paper {
        names: names?,
        form: form?,
        count: count?,
        note: note?,
        picture: picture?,
        when: when?,
    })
}

/// `picture = "identity-card"`: one of the drawings, or a photo that the house keeps.
fn picture(node: &Node<'_, '_>) -> Option<Pictured> {
    let text = node.text("the picture")?;
    match text.parse() {
        Ok(Pictured::Photo(file)) => Some(Pictured::Photo(file)),
        Ok(Pictured::Drawing(key)) if PAPERS.contains(&key.as_str()) => {
            Some(Pictured::Drawing(key))
        }
        _ => {
            let fault = format!("there is no picture `{text}`");
            let instead = crate::case::reader::suggest(&text, PAPERS);
            node.reader.error(&node.at, fault, Some(instead));
            None
        }
    }
}

/// `when = { other = "yes" }`.
fn condition(
    node: &Node<'_, '_>,
    questions: &[Question],
    asked: &mut BTreeSet<String>,
) -> Option<Condition> {
    let entries = node.table("the condition")?.entries();
    let [(question, at, answer)] = entries.as_slice() else {
        let instead = Some("write one question and its answer".to_owned());
        node.reader
            .error(&node.at, "the condition is not about one question", instead);
        return None;
    };
    if !questions.iter().any(|known| known.key == *question) {
        let known: Vec<&str> = questions.iter().map(|known| known.key.as_str()).collect();
        let fault = format!("there is no question `{question}`");
        let instead = crate::case::reader::suggest(question, &known);
        node.reader.error(at, fault, Some(instead));
    }
    asked.insert(question.clone());
    let answers = [("yes", Answer::Yes), ("no", Answer::No)];
    Some(Condition {
        question: question.clone(),
        answer: answer.one_of("the answer", &answers)?,
    })
}
