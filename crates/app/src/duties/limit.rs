//! Time limits as people write them: `30m`, `4h`, `3d`, or minutes without a letter.

/// The minutes of a limit; a day has 24 hours here.
pub fn minutes(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let (number, each) = match text.chars().last()? {
        'm' => (&text[..text.len() - 1], 1),
        'h' => (&text[..text.len() - 1], 60),
        'd' => (&text[..text.len() - 1], 24 * 60),
        _ => (text.as_str(), 1),
    };
    let minutes = number.trim().parse::<i64>().ok()?.checked_mul(each)?;
    (1..=366 * 24 * 60).contains(&minutes).then_some(minutes)
}

/// A limit as people write it.
pub fn text(minutes: i64) -> String {
    match minutes {
        days if days % (24 * 60) == 0 => format!("{}d", days / (24 * 60)),
        hours if hours % 60 == 0 => format!("{}h", hours / 60),
        minutes => format!("{minutes}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_and_write() {
        for (written, read) in [
            ("30m", Some(30)),
            ("4h", Some(240)),
            (" 3 D ", Some(4_320)),
            ("45", Some(45)),
            ("0", None),
            ("-1h", None),
            ("", None),
            ("h", None),
            ("1.5h", None),
            ("天", None),
            ("99999999999999999999d", None),
            ("9999999999999999d", None),
        ] {
            assert_eq!(minutes(written), read, "{written}");
        }
        for written in ["30m", "4h", "3d"] {
            assert_eq!(text(minutes(written).unwrap()), written);
        }
    }
}
