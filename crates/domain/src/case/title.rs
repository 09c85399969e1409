//! The line that names a case, in lists and in public.

use super::field::FieldType;
use super::kind::Kind;
use super::value::{Value, Values};

impl Kind {
    /// The line that names a case in lists: the beginning of its title field.
    pub fn title_of(&self, values: &Values) -> String {
        first_line(values.get(&self.title_field).and_then(Value::as_text))
    }

    /// The line that names a public case: the title field, if it is public, else the first
    /// text that is.
    pub fn public_title(&self, values: &Values) -> String {
        let public = self.public.fields.iter();
        let own = public.clone().filter(|name| **name == self.title_field);
        let texts = own
            .chain(public)
            .filter_map(|name| values.get(name)?.as_text());
        first_line(texts.into_iter().next())
    }

    /// The field that says publicly what sort of thing it is: the first public choice.
    pub fn public_sort(&self) -> Option<&str> {
        let mut fields = self.public.fields.iter();
        let is_choice = |name: &&String| {
            let field = self.field(name);
            field.is_some_and(|field| matches!(field.kind, FieldType::Choice(_)))
        };
        fields.find(is_choice).map(String::as_str)
    }
}

/// How wide a title may be, in Latin letters; a Chinese character is as wide as two.
const TITLE_WIDTH_MAX: usize = 100;

/// A text in one line, cut between words where it gets too long for a list.
fn first_line(text: Option<&str>) -> String {
    let line = text.unwrap_or_default().split_whitespace();
    let line = line.collect::<Vec<_>>().join(" ");
    let mut width = 0;
    let mut wide = line.char_indices().map(|(at, c)| {
        width += if c.is_ascii() { 1 } else { 2 };
        (at, width)
    });
    let Some((cut, _)) = wide.find(|(_, width)| *width > TITLE_WIDTH_MAX) else {
        return line;
    };
    let kept = &line[..cut];
    let is_cut_in_word = kept.ends_with(|c: char| c.is_ascii_alphanumeric())
        && line[cut..].starts_with(|c: char| c.is_ascii_alphanumeric());
    match kept.rsplit_once(' ') {
        Some((whole, _)) if is_cut_in_word && whole.len() * 2 > kept.len() => format!("{whole}…"),
        _ => format!("{kept}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn a_title_is_cut_between_words_and_a_chinese_one_sooner() {
        let short = "路灯\n不亮";
        assert_eq!(first_line(Some(short)), "路灯 不亮");
        let chinese = first_line(Some(&"灯".repeat(80)));
        assert_eq!(chinese, format!("{}…", "灯".repeat(50)));
        let english = first_line(Some(&"lamp out ".repeat(20)));
        assert!(
            english.len() > 90 && english.ends_with(" out…"),
            "{english}"
        );
    }
}
