//! Prints every day of the announced years of China, and whether people work on it:
//! `2026-10-01 off`. The tests compare it with a list that others keep.

use huiyin_domain::calendar::{Calendar, Nation, Week, Zone};
use jiff::Span;
use jiff::civil::Date;

fn main() {
    let calendar = Calendar::new(Zone::china(), Week::usual(), &[Nation::China.days()]);
    for year in Nation::China.announced() {
        let begin = Date::new(*year, 1, 1).expect("an announced year is near");
        let days = begin.series(Span::new().days(1));
        for date in days.take_while(|date| date.year() == *year) {
            let word = if calendar.is_working(date) {
                "working"
            } else {
                "off"
            };
            println!("{date} {word}");
        }
    }
}
