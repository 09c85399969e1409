//! The public holidays of a nation, as its government announces them: data, with its source.
//!
//! One more nation: a file in `data/`, a variant of [`Nation`], its arms, and a test that
//! compares it with a list that somebody else keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::days::{Days, SpecialDay, What};
use crate::names::Names;

/// A nation whose days the product knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nation {
    China,
}

static CHINA: LazyLock<National> = LazyLock::new(|| {
    National::read(include_str!("data/cn.toml")).expect("the days of China are tested")
});

impl Nation {
    pub const ALL: [Nation; 1] = [Nation::China];

    /// The code of ISO 3166, in small letters.
    pub fn code(self) -> &'static str {
        match self {
            Nation::China => "cn",
        }
    }

    /// The nation of a code.
    pub fn of_code(code: &str) -> Option<Nation> {
        Nation::ALL.into_iter().find(|nation| nation.code() == code)
    }

    fn data(self) -> &'static National {
        match self {
            Nation::China => &CHINA,
        }
    }

    /// Its days off and swapped workdays of all announced years.
    pub fn days(self) -> &'static Days {
        &self.data().days
    }

    /// The years whose days have been announced.
    pub fn announced(self) -> &'static BTreeSet<i16> {
        &self.data().announced
    }

    /// The years that are named but not yet announced.
    pub fn not_announced(self) -> &'static BTreeSet<i16> {
        &self.data().not_announced
    }

    /// Where the days of the years come from.
    pub fn notices(self) -> &'static [Notice] {
        &self.data().notices
    }

    /// The year of which operators must be told that its days are missing.
    pub fn missing_year(self, today: Date) -> Option<i16> {
        missing_year(today, |year| self.announced().contains(&year))
    }
}

/// A public notice: its number and the day that it bears.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Notice {
    #[serde(skip)]
    pub year: i16,
    pub number: String,
    pub date: Date,
}

/// The year whose days are missing: the present one, or from 1 November the next, because
/// what is promised then already reaches into it.
pub fn missing_year(today: Date, is_known: impl Fn(i16) -> bool) -> Option<i16> {
    let year = today.year();
    let years = if today.month() >= 11 {
        year..=year + 1
    } else {
        year..=year
    };
    years.into_iter().find(|year| !is_known(*year))
}

#[derive(Debug)]
struct National {
    days: Days,
    announced: BTreeSet<i16>,
    not_announced: BTreeSet<i16>,
    notices: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "nation")]
    _nation: String,
    names: BTreeMap<String, Names>,
    years: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    notice: Option<Notice>,
    amended: Option<Notice>,
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    from: Date,
    to: Date,
    work: Vec<Date>,
}

impl National {
    fn read(text: &str) -> Result<National, String> {
        let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
        let mut national = National {
            days: Days::default(),
            announced: BTreeSet::new(),
            not_announced: BTreeSet::new(),
            notices: Vec::new(),
        };
        for year in file.years {
            let list = match year.notice.is_some() {
                true => &mut national.announced,
                false => &mut national.not_announced,
            };
            list.insert(year.year);
            for notice in year.notice.into_iter().chain(year.amended) {
                let notice = Notice {
                    year: year.year,
                    ..notice
                };
                national.notices.push(notice);
            }
            for holiday in &year.holidays {
                let names = file.names.get(&holiday.name);
                let names = names.ok_or_else(|| format!("{} has no names", holiday.name))?;
                for day in holiday.days() {
                    if national.days.get(day.0).is_some() {
                        return Err(format!("{} stands twice", day.0));
                    }
                    national.days.put(SpecialDay {
                        date: day.0,
                        what: day.1,
                        names: names.clone(),
                    });
                }
            }
        }
        Ok(national)
    }
}

impl Holiday {
    fn days(&self) -> impl Iterator<Item = (Date, What)> {
        let off = self.from.series(jiff::Span::new().days(1));
        let off = off.take_while(|date| *date <= self.to);
        let work = self.work.iter().map(|date| (*date, What::Working(None)));
        off.map(|date| (date, What::Off)).chain(work)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    #[test]
    fn a_year_has_so_many_days_off_and_swaps_only_weekends() {
        let of = |year| {
            Nation::China
                .days()
                .iter()
                .filter(move |day| day.date.year() == year)
        };
        for (year, off, work) in [
            (2020, 30, 6),
            (2021, 31, 7),
            (2022, 32, 7),
            (2023, 26, 7),
            (2024, 28, 8),
            (2025, 28, 5),
            (2026, 33, 6),
            (2027, 0, 0),
        ] {
            assert_eq!(
                of(year).filter(|day| day.what == What::Off).count(),
                off,
                "{year}"
            );
            assert_eq!(
                of(year).filter(|day| day.what != What::Off).count(),
                work,
                "{year}"
            );
        }
        for day in Nation::China
            .days()
            .iter()
            .filter(|day| day.what != What::Off)
        {
            let weekday = day.date.weekday();
            assert!(
                matches!(weekday, Weekday::Saturday | Weekday::Sunday),
                "{}",
                day.date
            );
            assert!(!day.names.is_empty());
        }
    }

    #[test]
    fn years_are_announced_and_name_their_source() {
        let china = Nation::of_code("cn").unwrap();
        assert_eq!(
            china.announced().iter().copied().collect::<Vec<_>>(),
            (2020..=2026).collect::<Vec<_>>()
        );
        assert!(china.not_announced().contains(&2027));
        for year in china.announced() {
            let notice = china
                .notices()
                .iter()
                .find(|notice| notice.year == *year)
                .unwrap();
            assert_eq!(notice.date.year(), year - 1, "{notice:?}");
            assert!(notice.number.contains(&format!("〔{}〕", year - 1)));
        }
        assert_eq!(china.code(), "cn");
        assert_eq!(Nation::of_code("xx"), None);
    }

    #[test]
    fn from_november_the_next_year_is_missed() {
        for (today, missing) in [
            (date(2026, 10, 31), None),
            (date(2026, 11, 1), Some(2027)),
            (date(2026, 12, 31), Some(2027)),
            (date(2027, 1, 1), Some(2027)),
            (date(2025, 12, 1), None),
            (date(2019, 12, 1), Some(2019)),
        ] {
            assert_eq!(Nation::China.missing_year(today), missing, "{today}");
        }
        assert_eq!(missing_year(date(2026, 11, 24), |_| true), None);
    }

    #[test]
    fn a_bad_file_is_refused() {
        let year = "nation = 'xx'\n[names]\na = { zh = '甲' }\n[[years]]\nyear = 2020\nholidays = ";
        let day = "{ name = 'a', from = '2020-01-01', to = '2020-01-02', work = [] }";
        let other = day.replace("'a'", "'b'");
        for (holidays, says) in [
            (format!("[{day}, {day}]"), "stands twice"),
            (format!("[{other}]"), "has no names"),
            ("[{}]".to_owned(), "missing field"),
        ] {
            let fault = National::read(&format!("{year}{holidays}")).unwrap_err();
            assert!(fault.contains(says), "{fault}");
        }
    }
}
