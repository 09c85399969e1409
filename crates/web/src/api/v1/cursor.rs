//! Where the next page of a list begins, as an opaque text.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use huiyin_app::cases::list::Cursor;

/// A cursor as callers carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opaque(pub Cursor);

/// The text is no cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCursor;

impl std::fmt::Display for Opaque {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.0.due_at.to_be_bytes());
        bytes[8..].copy_from_slice(&self.0.id.to_be_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Opaque {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Opaque, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| BadCursor)?;
        let half = |at: usize| {
            let half = bytes[at..at + 8].try_into().expect("eight of sixteen");
            i64::from_be_bytes(half)
        };
        Ok(Opaque(Cursor {
            due_at: half(0),
            id: half(8),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = Opaque(Cursor {
            due_at: -5,
            id: i64::MAX,
        });
        assert_eq!(cursor.to_string().len(), 22);
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for bad in ["", "x", "AAAA", "ä", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(bad.parse::<Opaque>(), Err(BadCursor), "{bad}");
        }
    }
}
