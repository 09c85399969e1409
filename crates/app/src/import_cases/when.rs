//! Instants as people and spreadsheets write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Reads `2019/2/28 11:25:05`, `2019-11-19 17:02`, `2019.3.1`, `2019年3月1日`, RFC 3339, or
/// the number of days that a spreadsheet keeps (43524.47); told in `zone` unless it says more.
pub fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let local = serial(text).or_else(|| civil(text))?;
    zone.to_timestamp(local).ok()
}

fn civil(text: &str) -> Option<DateTime> {
    let split = |c: char| c.is_whitespace() || c == 'T' || c == '日';
    let mut parts = text.split(split).filter(|part| !part.is_empty());
    let date = numbers(parts.next()?, &['-', '/', '.', '年', '月'])?;
    let &[year, month, day] = date.as_slice() else {
        return None;
    };
    let date = Date::new(small(year)?, small(month)?, small(day)?).ok()?;
    let time = match parts.next() {
        None => Time::midnight(),
        Some(time) => {
            let time = time.split('.').next().unwrap_or(time);
            match *numbers(time, &[':', '：'])?.as_slice() {
                [hour, minute] => Time::new(small(hour)?, small(minute)?, 0, 0).ok()?,
                [hour, minute, second] => {
                    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?
                }
                _ => return None,
            }
        }
    };
    parts.next().is_none().then(|| date.to_datetime(time))
}

fn numbers(text: &str, between: &[char]) -> Option<Vec<i64>> {
    text.split(between)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

fn small<T: TryFrom<i64>>(number: i64) -> Option<T> {
    T::try_from(number).ok()
}

/// Days since 1899-12-30, as spreadsheets count.
fn serial(text: &str) -> Option<DateTime> {
    let days: f64 = text.parse().ok()?;
    // From 1954 to 2119: a mere year such as 2019 is no such number.
    if !(20_000.0..80_000.0).contains(&days) {
        return None;
    }
    let seconds = (days * 86_400.0).round() as i64;
    let first = Date::new(1899, 12, 30).ok()?.to_datetime(Time::midnight());
    first
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_and_spreadsheets_write_them() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let instant: Timestamp = "2019-02-28T11:25:05+08:00".parse().unwrap();
        for text in [
            "2019/2/28 11:25:05",
            "2019-02-28 11:25:05",
            " 2019-02-28T11:25:05.0 ",
            "2019年2月28日 11:25:05",
            "2019-02-28T03:25:05Z",
            "43524.47575231482",
        ] {
            assert_eq!(parse(text, &zone), Some(instant), "{text}");
        }
        let midnight: Timestamp = "2019-02-28T00:00:00+08:00".parse().unwrap();
        for text in ["2019/2/28", "2019.2.28", "2019年2月28日", "43524"] {
            assert_eq!(parse(text, &zone), Some(midnight), "{text}");
        }
        for text in [
            "",
            "2019",
            "2019/13/1",
            "yesterday",
            "2019/2/28 25:00",
            "1 2 3",
        ] {
            assert_eq!(parse(text, &zone), None, "{text}");
        }
    }
}
