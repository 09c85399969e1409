//! What a file is, judged by what it holds. Names and declared types are never believed.
//!
//! One more type: a variant, its word, its first bytes, and a row in the test.

/// What may be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Jpeg,
    Png,
    Webp,
    Gif,
    Pdf,
    /// Sound in WebM, as browsers on Android and desktops record it.
    Webm,
    Ogg,
    /// Sound in MP4 (m4a), as browsers on iOS record it.
    Mp4,
    Mp3,
}

impl MediaType {
    /// The type's name, as it is kept and served.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Webm => "audio/webm",
            Self::Ogg => "audio/ogg",
            Self::Mp4 => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
        }
    }

    pub fn sort(self) -> Sort {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif => Sort::Picture,
            Self::Pdf => Sort::Document,
            Self::Webm | Self::Ogg | Self::Mp4 | Self::Mp3 => Sort::Sound,
        }
    }
}

/// How a file is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Drawn anew, shown on the page.
    Picture,
    /// Kept as it came, played on the page.
    Sound,
    /// Kept as it came, only handed over.
    Document,
}

/// What the bytes are, if they are something that may be attached.
pub fn sniff(bytes: &[u8]) -> Option<MediaType> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| {
        bytes
            .get(offset..offset + magic.len())
            .is_some_and(|found| found == magic)
    };
    match bytes {
        _ if starts(b"\xff\xd8\xff") => Some(MediaType::Jpeg),
        _ if starts(b"\x89PNG\r\n\x1a\n") => Some(MediaType::Png),
        _ if starts(b"RIFF") && at(8, b"WEBP") => Some(MediaType::Webp),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Some(MediaType::Gif),
        _ if starts(b"%PDF-") => Some(MediaType::Pdf),
        _ if starts(b"\x1a\x45\xdf\xa3") => is_webm(bytes).then_some(MediaType::Webm),
        _ if starts(b"OggS") => Some(MediaType::Ogg),
        _ if at(4, b"ftyp") => is_sound_mp4(bytes).then_some(MediaType::Mp4),
        _ if starts(b"ID3") => Some(MediaType::Mp3),
        [0xff, second, third, ..] if is_mp3_frame(*second, *third) => Some(MediaType::Mp3),
        _ => None,
    }
}

/// Matroska says its document type near the beginning.
fn is_webm(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    head.windows(4).any(|four| four == b"webm")
}

fn is_sound_mp4(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    [
        &b"M4A "[..],
        b"M4B ",
        b"mp41",
        b"mp42",
        b"isom",
        b"iso2",
        b"iso5",
        b"iso6",
        b"3gp4",
        b"3gp5",
    ]
    .contains(&brand)
}

/// Sync bits, layer III, a bit rate and a sampling rate that exist.
fn is_mp3_frame(second: u8, third: u8) -> bool {
    second & 0xe0 == 0xe0
        && second & 0x18 != 0x08
        && second & 0x06 == 0x02
        && third & 0xf0 != 0xf0
        && third & 0xf0 != 0
        && third & 0x0c != 0x0c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_beginnings() {
        for (bytes, media) in [
            (&b"\xff\xd8\xff\xe0rest"[..], Some(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1a\nrest", Some(MediaType::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
            (b"GIF89a..", Some(MediaType::Gif)),
            (b"%PDF-1.7", Some(MediaType::Pdf)),
            (
                b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
                Some(MediaType::Webm),
            ),
            (
                b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska",
                None,
            ),
            (b"OggS\0", Some(MediaType::Ogg)),
            (b"\0\0\0\x20ftypM4A \0", Some(MediaType::Mp4)),
            (b"\0\0\0\x20ftypheic\0", None),
            (b"ID3\x04", Some(MediaType::Mp3)),
            (b"\xff\xfb\x90\x64", Some(MediaType::Mp3)),
            (b"\xff\xff\xff\xff", None),
            (b"<svg xmlns=", None),
            (b"<!DOCTYPE html>", None),
            (b"PK\x03\x04", None),
            (b"MZ\x90", None),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"", None),
            (b"RIFF", None),
        ] {
            assert_eq!(sniff(bytes), media, "{bytes:?}");
        }
    }
}
