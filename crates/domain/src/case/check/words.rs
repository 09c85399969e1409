//! Whether every word is there, in every language of the kind.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::super::definition::reader::suggest;
use super::super::fault::{Fault, Severity};
use super::super::words::WordNeed;
use super::Finder;

/// The parts of a letter.
const LETTER_PARTS: &[&str] = &["subject", "body", "sms"];

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let needs = kind.words_needed();
    for lang in &kind.languages {
        let file = format!("words.{lang}.ftl");
        match kind.files.get(&file) {
            Some(text) => check_file(finder, &file, text, &needs),
            None => {
                let what = format!("the words in {lang} are missing");
                let instead = format!("write a file {file} beside it");
                finder.error("", what, Some(instead));
            }
        }
    }
    for (lang, _) in kind.files.words() {
        if !kind.languages.iter().any(|known| known == lang) {
            let what =
                format!("there is a file words.{lang}.ftl, but the kind does not speak {lang}");
            finder.warn("", what, Some(format!("add \"{lang}\" to languages")));
        }
    }
}

/// One message: its line, whether it has a text of its own, its attributes, its arguments.
struct Message {
    line: usize,
    has_text: bool,
    attributes: BTreeSet<String>,
    args: BTreeSet<String>,
}

fn check_file(finder: &mut Finder<'_>, file: &str, text: &str, needs: &[WordNeed]) {
    let path = format!("{}/{file}", finder.kind.slug);
    let mut say = |line: usize, what: String, instead: Option<String>| {
        let severity = Severity::Error;
        finder.faults.push(Fault {
            file: path.clone(),
            line,
            severity,
            what,
            instead,
        });
    };
    let (resource, errors) = match fluent_syntax::parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in errors {
        say(line_at(text, error.pos.start), error.kind.to_string(), None);
    }
    let mut messages: BTreeMap<&str, Message> = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let name = message.id.name;
        let mut args = BTreeSet::new();
        let patterns = message.attributes.iter().map(|attribute| &attribute.value);
        patterns
            .chain(&message.value)
            .for_each(|pattern| collect_args(pattern, &mut args));
        let read = Message {
            line: line_of(text, name),
            has_text: message.value.is_some(),
            attributes: message
                .attributes
                .iter()
                .map(|a| a.id.name.to_owned())
                .collect(),
            args,
        };
        let line = read.line;
        if messages.insert(name, read).is_some() {
            say(line, format!("`{name}` stands twice"), None);
        }
    }
    let known: Vec<&str> = needs.iter().map(|need| need.key.as_str()).collect();
    for (name, message) in &messages {
        if !known.contains(name) {
            say(
                message.line,
                format!("nobody asks for `{name}`"),
                Some(suggest(name, &known)),
            );
        }
    }
    for need in needs {
        match messages.get(need.key.as_str()) {
            None if need.required => {
                let instead = match need.is_letter {
                    true => format!("write {} = with .subject, .body and .sms", need.key),
                    false => format!("write {} = …", need.key),
                };
                say(1, format!("`{}` is missing", need.key), Some(instead));
            }
            Some(message) => check_message(&mut say, need, message),
            None => {}
        }
    }
}

fn check_message(
    say: &mut impl FnMut(usize, String, Option<String>),
    need: &WordNeed,
    message: &Message,
) {
    if need.is_letter {
        for part in LETTER_PARTS
            .iter()
            .filter(|part| !message.attributes.contains(**part))
        {
            let what = format!("the letter `{}` has no .{part}", need.key);
            say(message.line, what, Some(format!("write     .{part} = …")));
        }
    } else if !message.has_text {
        say(message.line, format!("`{}` has no text", need.key), None);
    }
    let allowed = need.args;
    for arg in message
        .args
        .iter()
        .filter(|arg| !allowed.contains(&arg.as_str()))
    {
        let what = format!("`{}` asks for ${arg}, which nobody gives", need.key);
        say(message.line, what, Some(suggest(arg, allowed)));
    }
}

fn collect_args(pattern: &Pattern<&str>, args: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, args),
            Expression::Select { selector, variants } => {
                collect_inline(selector, args);
                variants
                    .iter()
                    .for_each(|variant| collect_args(&variant.value, args));
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, args: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            args.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments
                .positional
                .iter()
                .for_each(|inner| collect_inline(inner, args));
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                collect_inline(inner, args);
            }
        }
        _ => {}
    }
}

fn line_at(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count()
}

/// The line on which a message begins: the one that starts with its name.
fn line_of(text: &str, name: &str) -> usize {
    let begins = |line: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(begins).map_or(1, |at| at + 1)
}
