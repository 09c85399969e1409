//! What every text goes through before it is looked at.

use super::Trouble;

/// The text without control characters and hidden changes of direction; lines end in `\n`.
/// A text in which nothing can be seen is empty.
/// A NUL is no slip of the keyboard: a text with one is refused.
pub fn clean_text(text: &str) -> Result<String, Trouble> {
    if text.contains('\0') {
        return Err(Trouble::new("fault-nul"));
    }
    let kept = |ch: &char| match ch {
        '\n' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
        ch => !ch.is_control(),
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(kept).collect();
    match text.chars().any(is_seen) {
        true => Ok(text.trim().to_owned()),
        false => Ok(String::new()),
    }
}

/// Whether a character leaves a mark. Joiners and variation selectors have their place within
/// a word or a sign, but say nothing by themselves.
fn is_seen(ch: char) -> bool {
    let is_filler = matches!(
        ch,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !is_filler && !ch.is_whitespace()
}
