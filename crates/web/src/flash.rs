//! A sentence said once, on the page after an act. The cookie holds the key of the
//! sentence, never the sentence, so nobody can put words into our mouth.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::cookies::{Cookie, Transport};
use crate::layout::{Flash, Tone};
use crate::visit::with_cookie;

/// Every sentence begins so.
const PREFIX: &str = "flash-";
const TONES: [Tone; 4] = [Tone::Done, Tone::Info, Tone::Wait, Tone::Late];

/// The answer, after which the next page says the sentence `flash-<word>`.
pub fn say(answer: Response, tone: Tone, word: &str, transport: Transport) -> Response {
    let value = format!("{}:{word}", tone.as_str());
    with_cookie(answer, Cookie::Flash.set(&value, transport))
}

/// The flash of a request; its text is still the key.
pub fn read(headers: &HeaderMap, transport: Transport) -> Option<Flash> {
    let (tone, word) = Cookie::Flash.read(headers, transport)?.split_once(':')?;
    let tone = TONES.into_iter().find(|known| known.as_str() == tone)?;
    let is_word = word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_word.then(|| Flash {
        tone,
        text: format!("{PREFIX}{word}"),
    })
}
