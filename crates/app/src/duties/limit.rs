//! Time limits as people write them: `30m`, `4h`, `3d`, `4wh`, `5wd`, or minutes without a letter.

use huiyin_domain::calendar::Span;

/// A limit; a day has 24 hours here, a working day is one (`wd`).
pub fn span(text: &str) -> Option<Span> {
    let text: String = text.split_whitespace().collect();
    let text = text.to_lowercase();
    let text = match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("{text}m"),
        false => text,
    };
    let span: Span = text.parse().ok()?;
    let days = match span {
        Span::Natural { minutes } | Span::Working { minutes } => minutes / (24 * 60),
        Span::WorkingDays { days } => days,
    };
    (days <= DAYS_MAX).then_some(span)
}

/// Nothing on the duty list takes longer than a year.
const DAYS_MAX: u32 = 366;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_and_write() {
        for (written, read) in [
            ("30m", Some("30m")),
            ("4h", Some("4h")),
            (" 3 D ", Some("3d")),
            ("45", Some("45m")),
            ("1440", Some("1d")),
            ("5WD", Some("5wd")),
            ("4 wh", Some("4wh")),
            ("0", None),
            ("-1h", None),
            ("", None),
            ("h", None),
            ("1.5h", None),
            ("天", None),
            ("400d", None),
            ("400wd", None),
            ("99999999999999999999d", None),
            ("9999999999999999d", None),
        ] {
            let found = span(written).map(|span| span.to_string());
            assert_eq!(found.as_deref(), read, "{written}");
        }
    }
}
