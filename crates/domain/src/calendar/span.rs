//! How long something may take, as a norm writes it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A limit in natural time, in working time or in working days.
///
/// Written `30m`, `4h`, `3d` (natural: the clock on the wall), `90wm`, `4wh` (working
/// minutes and hours) and `15wd` (working days).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Span {
    Natural { minutes: u32 },
    Working { minutes: u32 },
    WorkingDays { days: u32 },
}

/// The text is not a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a limit: write 30m, 4h, 3d, 90wm, 4wh or 15wd, none longer than ten years")]
pub struct BadSpan;

/// The longest limit: ten years.
const DAYS_MAX: u32 = 10 * 366;

impl Span {
    /// Natural or working minutes as a duration; none for working days, which have no
    /// length without a calendar.
    pub fn length(self) -> Option<Duration> {
        match self {
            Span::Natural { minutes } | Span::Working { minutes } => {
                Some(Duration::from_secs(u64::from(minutes) * 60))
            }
            Span::WorkingDays { .. } => None,
        }
    }
}

impl std::str::FromStr for Span {
    type Err = BadSpan;

    fn from_str(text: &str) -> Result<Span, BadSpan> {
        let (number, unit) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
        let number: u32 = number.parse().map_err(|_| BadSpan)?;
        let minutes = |each: u32| number.checked_mul(each).ok_or(BadSpan);
        let (span, days) = match unit {
            "m" => (Span::Natural { minutes: number }, number / 1440),
            "h" => (
                Span::Natural {
                    minutes: minutes(60)?,
                },
                number / 24,
            ),
            "d" => (
                Span::Natural {
                    minutes: minutes(1440)?,
                },
                number,
            ),
            "wm" => (Span::Working { minutes: number }, number / 1440),
            "wh" => (
                Span::Working {
                    minutes: minutes(60)?,
                },
                number / 24,
            ),
            "wd" => (Span::WorkingDays { days: number }, number),
            _ => return Err(BadSpan),
        };
        match number > 0 && days <= DAYS_MAX {
            true => Ok(span),
            false => Err(BadSpan),
        }
    }
}

impl std::fmt::Display for Span {
    /// In the largest unit that fits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Span::Natural { minutes } if minutes % 1440 == 0 => write!(f, "{}d", minutes / 1440),
            Span::Natural { minutes } if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            Span::Natural { minutes } => write!(f, "{minutes}m"),
            Span::Working { minutes } if minutes % 60 == 0 => write!(f, "{}wh", minutes / 60),
            Span::Working { minutes } => write!(f, "{minutes}wm"),
            Span::WorkingDays { days } => write!(f, "{days}wd"),
        }
    }
}

impl TryFrom<String> for Span {
    type Error = BadSpan;
    fn try_from(text: String) -> Result<Span, BadSpan> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_norms_write_them() {
        for text in ["30m", "4h", "3d", "90wm", "4wh", "15wd", "3660wd"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        assert_eq!("120m".parse::<Span>(), "2h".parse());
        assert_eq!("48h".parse::<Span>(), "2d".parse());
        for text in [
            "",
            "0d",
            "d",
            "3",
            "-3d",
            "3w",
            "3661wd",
            "3 d",
            "9999999999d",
            "4000000h",
            "三天",
        ] {
            assert_eq!(text.parse::<Span>(), Err(BadSpan), "{text}");
        }
    }

    #[test]
    fn working_days_have_no_length_of_their_own() {
        assert_eq!(
            "2h".parse::<Span>().unwrap().length(),
            Some(Duration::from_secs(7200))
        );
        assert_eq!("2wd".parse::<Span>().unwrap().length(), None);
    }
}
