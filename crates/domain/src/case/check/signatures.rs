//! Whether what is signed is named, seen by few, and asked of nobody who cannot sign; and whether
//! no voice is for everybody.

use super::super::field::FieldType;
use super::super::kind::{See, Step};
use super::{Finder, path_of};

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    for (field, signature) in kind.signatures() {
        let path = format!("fields.{}", field.name);
        let name = kind.field(&signature.name);
        if name.is_none_or(|name| name.kind.word() != "text") {
            let what = format!(
                "`{}`, by which `{}` is named, is not a text field",
                signature.name, field.name
            );
            finder.error(&path, what, None);
        }
        if ![See::Owner, See::Petitioner].contains(&field.see) {
            let what = format!("`{}` is signed, and seen by few", field.name);
            let instead = "write see = \"petitioner\" when it is theirs, or leave it out";
            finder.error(&path, what, Some(instead.to_owned()));
        }
        if let Some(name) = name.filter(|name| name.see != See::Owner) {
            let what = format!("`{}` says who signed, and is seen by few", name.name);
            let instead = Some("write see = \"owner\"".to_owned());
            finder.error(&format!("fields.{}", name.name), what, instead);
        }
        for step in std::iter::once(&kind.open).chain(&kind.steps) {
            check_step(finder, step, (&field.name, &signature.name));
        }
    }
    let voices = kind
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldType::Sounds(_)));
    for field in voices.filter(|field| field.see == See::Public) {
        let what = format!(
            "`{}` holds voices, and nobody's voice is public",
            field.name
        );
        let instead = Some("write see = \"petitioner\"".to_owned());
        finder.error(&format!("fields.{}", field.name), what, instead);
    }
}

fn check_step(finder: &mut Finder<'_>, step: &Step, (field, name): (&str, &str)) {
    let Some(asked) = step.asks(field) else {
        return;
    };
    let path = path_of(finder.kind, step);
    if asked.required {
        let what = format!("`{}` helps only whoever can sign `{field}`", step.name);
        finder.error(&path, what, Some(format!("write \"{field}?\"")));
    }
    if step.asks(name).is_none() {
        let what = format!("`{}` does not ask who signs `{field}`", step.name);
        finder.error(&path, what, Some(format!("write \"{name}?\" too")));
    }
}
