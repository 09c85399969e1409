//! Durations as people write them: `30m`, `4h`, `3d`.

/// Minutes of a duration such as `30m`, `4h` or `3d`; none when it is not one.
pub fn minutes(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let factor = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return None,
    };
    let number: i64 = text[..text.len() - 1].parse().ok()?;
    (1..=5000)
        .contains(&number)
        .then_some(number * factor)
        .filter(|&minutes| minutes <= MINUTES_MAX)
}

/// The longest duration a kind may name: ten years.
const MINUTES_MAX: i64 = 10 * 366 * 24 * 60;

/// A duration in the largest unit that fits: the inverse of [`minutes`].
pub fn in_words(minutes: i64) -> String {
    match minutes {
        m if m % (24 * 60) == 0 => format!("{}d", m / (24 * 60)),
        m if m % 60 == 0 => format!("{}h", m / 60),
        m => format!("{m}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, expected) in [
            ("30m", Some(30)),
            ("4h", Some(240)),
            ("7d", Some(10_080)),
            ("0d", None),
            ("-1d", None),
            ("1", None),
            ("d", None),
            ("", None),
            ("3天", None),
            ("99999999999999999999d", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
            if let Some(minutes) = expected {
                assert_eq!(in_words(minutes), text);
            }
        }
    }
}
