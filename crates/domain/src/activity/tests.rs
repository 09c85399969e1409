use proptest::prelude::*;

use super::*;

#[test]
fn the_lowest_free_chair_is_given_and_nobody_overtakes_who_waits() {
    assert_eq!(place_for(&[], 2, 0), Chair::Seat(1));
    assert_eq!(place_for(&[1, 3], 3, 0), Chair::Seat(2));
    assert_eq!(place_for(&[2], 2, 0), Chair::Seat(1));
    assert_eq!(place_for(&[1, 2], 2, 0), Chair::Waiting);
    assert_eq!(place_for(&[1], 2, 1), Chair::Waiting);
    assert_eq!(offered_to(0, Handover::Offered), Moving::Free);
    assert_eq!(offered_to(2, Handover::AtOnce), Moving::Given);
    assert_eq!(offered_to(1, Handover::Offered), Moving::Offered);
}

proptest! {
    #[test]
    fn a_chair_is_never_given_twice(mut taken in proptest::collection::vec(1_i64..30, 0..30), capacity in 1_i64..30) {
        taken.sort_unstable();
        taken.dedup();
        match place_for(&taken, capacity, 0) {
            Chair::Seat(seat) => {
                prop_assert!(!taken.contains(&seat));
                prop_assert!((1..=capacity).contains(&seat));
            }
            Chair::Waiting => prop_assert!((1..=capacity).all(|seat| taken.contains(&seat))),
        }
    }
}

#[test]
fn questions_are_lines_and_answers_must_fit_them() {
    let lines = ["带什么来？", "Vegetarian? | yes-no", "Size ｜ S，M、L"];
    let questions: Vec<_> = lines
        .iter()
        .map(|line| Question::read(line).unwrap())
        .collect();
    assert_eq!(questions[0].sort, Sort::Text);
    assert_eq!(questions[1].sort, Sort::YesNo);
    assert_eq!(questions[2].line(), "Size | S, M, L");
    for line in ["", " | yes-no", "Size | S"] {
        assert_eq!(Question::read(line), None, "{line}");
    }
    let answers =
        |texts: [&'static str; 3]| read_answers(&questions, move |number| texts[number].to_owned());
    assert_eq!(answers(["tea", "yes", "M"]).unwrap().len(), 3);
    let faults = answers(["", "perhaps", "XL"]).unwrap_err();
    let expected = [
        (0, AnswerFault::Missing),
        (1, AnswerFault::NoSuchChoice),
        (2, AnswerFault::NoSuchChoice),
    ];
    assert_eq!(faults, expected);
}
