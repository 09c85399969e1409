//! The choices that several pages of the administration offer: units, places, items.

use huiyin_app::atlas::Atlas;
use huiyin_domain::names::Names;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;

/// Open units by name; `chosen` are marked.
pub fn units(page: &Page, atlas: &Atlas, chosen: &[String]) -> Vec<Choice> {
    let open = atlas.units().filter(|unit| unit.closed_at.is_none());
    let mut choices: Vec<Choice> = open
        .map(|unit| Choice {
            value: unit.id.to_string(),
            label: unit.names.in_lang(page.lang.as_str()).to_owned(),
            chosen: chosen.contains(&unit.id.to_string()),
        })
        .collect();
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    choices
}

/// Open items, the general before the special.
pub fn items(page: &Page, atlas: &Atlas, chosen: &str) -> Vec<Choice> {
    let open = atlas.items().filter(|item| item.closed_at.is_none());
    open.map(|item| Choice {
        value: item.code.to_string(),
        label: format!(
            "{}{}",
            "　".repeat(item.code.with_ancestors().len() - 1),
            item.names.in_lang(page.lang.as_str())
        ),
        chosen: item.code.as_str() == chosen,
    })
    .collect()
}

/// The names of a form with a field for each language.
pub fn names(form: &Form) -> Names {
    named(form.text("zh"), form.text("en"))
}

/// A Chinese name, and an English one if there is any.
pub fn named(zh: &str, en: &str) -> Names {
    match en {
        "" => Names::one("zh", zh),
        en => Names::both(zh, en),
    }
}

/// A name in one language, empty when it has none in it.
pub fn name_in(names: &Names, lang: &str) -> String {
    names.0.get(lang).cloned().unwrap_or_default()
}
