//! Texts: cleaned of what nobody typed on purpose, and no longer than they may be.

use super::super::refusal::FieldFault;
use super::super::value::Value;
use super::Lines;

/// A text without control characters (but line ends and tabs) and without marks that turn
/// the direction of reading around what follows; `None` when it holds a NUL.
pub fn clean(text: &str) -> Option<String> {
    if text.contains('\0') {
        return None;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |ch: &char| {
        let turns = matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (!ch.is_control() || matches!(ch, '\n' | '\t')) && !turns && *ch != '\u{feff}'
    };
    Some(
        text.chars()
            .filter(kept)
            .collect::<String>()
            .trim()
            .to_owned(),
    )
}

/// Cleans a text and measures it in characters.
pub(super) fn check(name: &str, text: &str, max: usize, lines: Lines) -> Result<Value, FieldFault> {
    let text = clean(text).ok_or_else(|| FieldFault::new(name, "fault-control-character"))?;
    let text = match lines {
        Lines::One => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Lines::Many => text,
    };
    let length = text.chars().count();
    match length > max {
        true => Err(FieldFault::new(name, "fault-too-long")
            .with("max", max)
            .with("length", length)),
        false => Ok(Value::Text(text)),
    }
}
