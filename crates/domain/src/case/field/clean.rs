//! What every text goes through before it is looked at.

use super::Trouble;

/// The text without control characters and hidden changes of direction; lines end in `\n`.
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
    Ok(text.trim().to_owned())
}
