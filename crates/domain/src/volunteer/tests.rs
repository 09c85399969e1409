use jiff::civil::{Weekday, date};

use super::*;

#[test]
fn a_week_remembers_each_part_of_each_day() {
    let mut week = FreeWeek::default();
    assert!(week.is_empty());
    for (day, part) in [
        (Weekday::Monday, DayPart::Evening),
        (Weekday::Sunday, DayPart::Morning),
        (Weekday::Sunday, DayPart::Evening),
    ] {
        week = week.with(day, part);
    }
    for &part in DayPart::ALL {
        assert_eq!(week.on(Weekday::Monday).has(part), part == DayPart::Evening);
        assert!(!week.on(Weekday::Saturday).has(part));
        assert_eq!(
            week.on(Weekday::Sunday).has(part),
            part != DayPart::Afternoon
        );
    }
    assert_eq!(FreeWeek::from_bits(i64::from(week.bits())), Some(week));
    for bits in [-1, 1 << 21, i64::MAX] {
        assert_eq!(FreeWeek::from_bits(bits), None, "{bits}");
    }
    assert_eq!(FreeParts::from_bits(8), None);
}

fn offer() -> Offer {
    Offer {
        name: "Ana".to_owned(),
        place: "652901001001002".parse().expect("a grid"),
        unit: None,
        skills: Vec::new(),
        free: FreeWeek::default().with(Weekday::Saturday, DayPart::Morning),
        days: vec![FreeDay {
            day: date(2026, 11, 7),
            parts: FreeParts::default().with(DayPart::Evening),
        }],
        reach: Reach::Km(3),
        speaks: Vec::new(),
        avoids: Vec::new(),
        avoid_note: String::new(),
    }
}

#[test]
fn a_day_that_differs_counts_instead_of_the_week() {
    let offer = offer();
    assert!(offer.is_free(date(2026, 11, 14), DayPart::Morning));
    assert!(!offer.is_free(date(2026, 11, 7), DayPart::Morning));
    assert!(offer.is_free(date(2026, 11, 7), DayPart::Evening));
    assert!(!offer.is_free(date(2026, 11, 13), DayPart::Morning));
    let community = offer.community().expect("a grid lies in a community");
    assert_eq!(community.as_str(), "652901001001");
}

#[test]
fn a_reach_is_a_word() {
    for reach in [Reach::Grid, Reach::Community, Reach::Street, Reach::Km(50)] {
        assert_eq!(reach.word().parse(), Ok(reach));
    }
    for text in ["", "km-0", "km-51", "km-", "km-3.5", "county"] {
        assert_eq!(text.parse::<Reach>(), Err(()), "{text}");
    }
}

#[test]
fn a_skill_lies_in_a_more_general_one() {
    let code = |text: &str| text.parse::<SkillCode>().expect("a code");
    assert!(code("repair.electric").is_within(&code("repair")));
    assert!(code("repair").is_within(&code("repair")));
    assert!(!code("repairs").is_within(&code("repair")));
    assert!(!code("repair").is_within(&code("repair.electric")));
    assert!("Repair".parse::<SkillCode>().is_err());
}

#[test]
fn a_name_is_hidden_but_for_its_first_sign() {
    for (name, veiled) in [
        ("王小明", "王**"),
        ("阿依古丽·买买提", "阿***"),
        ("Ana", "A**"),
        ("王", "王*"),
        (" ", "*"),
    ] {
        assert_eq!(veiled_name(name), veiled, "{name}");
    }
}
