//! Gifts in money and in kind, and where they went.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::GiftId;
use crate::menu::BadWord;
use crate::place::PlaceCode;

/// Of what sort a gift is, and so in what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// In fen.
    Money,
    /// In pieces.
    Goods,
}

impl Sort {
    pub const ALL: [Sort; 2] = [Sort::Money, Sort::Goods];

    /// Its word in forms and tables.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Money => "money",
            Sort::Goods => "goods",
        }
    }

    /// An amount as people write it: yuan with two places at most, or whole pieces.
    pub fn read(self, text: &str) -> Option<i64> {
        let text = text.trim().trim_start_matches('¥').replace([',', ' '], "");
        match self {
            Sort::Goods => text.parse().ok(),
            Sort::Money => {
                let (yuan, fen) = text.split_once('.').unwrap_or((&text, ""));
                let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
                if yuan.is_empty() || fen.len() > 2 || !is_number(yuan) || !is_number(fen) {
                    return None;
                }
                let fen: i64 = format!("{fen:0<2}").parse().ok()?;
                yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)
            }
        }
    }

    /// An amount as it is shown: yuan with two places, or pieces.
    pub fn show(self, amount: i64) -> String {
        match self {
            Sort::Goods => amount.to_string(),
            Sort::Money => {
                let sign = if amount < 0 { "-" } else { "" };
                let fen = amount.unsigned_abs();
                format!("{sign}{}.{:02}", fen / 100, fen % 100)
            }
        }
    }
}

impl std::str::FromStr for Sort {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Sort, BadWord> {
        let mut all = Sort::ALL.into_iter();
        all.find(|sort| sort.word() == text).ok_or(BadWord)
    }
}

/// A gift, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    pub id: GiftId,
    /// The community that took it.
    pub place: PlaceCode,
    pub year: i64,
    /// The number of its receipt, counted in the year.
    pub number: i64,
    pub sort: Sort,
    pub what: String,
    pub amount: i64,
    /// Who gave it, when they want that to be known.
    pub donor_shown: Option<String>,
    pub received_on: Date,
}

/// One line of where a gift went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub gift: GiftId,
    /// Counted from one.
    pub line: i64,
    pub at: Timestamp,
    /// Below zero when it takes another line back.
    pub amount: i64,
    pub toward: String,
    /// The line that it takes back.
    pub corrects: Option<i64>,
}

/// What is left of a gift.
pub fn left(gift: &Gift, lines: &[Line]) -> i64 {
    gift.amount - lines.iter().map(|line| line.amount).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_become_fen_and_come_back() {
        for (text, fen) in [
            ("12", Some(1200)),
            ("12.5", Some(1250)),
            ("¥1,200.05", Some(120_005)),
            ("0.01", Some(1)),
            ("12.345", None),
            ("-3", None),
            ("", None),
            (".5", None),
            ("1e3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(Sort::Money.read(text), fen, "{text}");
        }
        assert_eq!(Sort::Money.show(120_005), "1200.05");
        assert_eq!(Sort::Money.show(-5), "-0.05");
        assert_eq!(Sort::Goods.read("30"), Some(30));
        assert_eq!(Sort::Goods.show(30), "30");
    }
}
