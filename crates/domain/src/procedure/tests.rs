use super::*;

#[test]
fn the_procedures_of_the_product_are_whole() {
    let mut places = std::collections::BTreeMap::new();
    for (slug, text) in builtin_procedures() {
        let read = read_procedure(slug, text).unwrap_or_else(|faults| {
            panic!(
                "{}",
                faults
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n")
            )
        });
        assert!(read.days > 0, "{slug}");
        let legal = read.legal_days.unwrap_or(read.days);
        // What a maker's plate looks like, no drawing says.
        let plain = read.papers.iter().filter(|paper| paper.picture.is_none());
        assert!(plain.count() <= 1, "{slug}");
        assert!(legal >= read.days && read.link.is_none(), "{slug}");
        for &place in &read.places {
            *places.entry(place).or_insert(0) += 1;
        }
    }
    assert_eq!(places.get(&For::Village), Some(&30));
    assert_eq!(places.get(&For::Community), Some(&32));
}

const GOOD: &str = r#"zh = "老年证"
en = "Senior card"
group = "old-age"
for = ["village"]
ways = ["window"]
days = 5
legal_days = 20
about = { zh = "坐车优惠", en = "Cheaper rides" }
whom = { zh = "六十岁以上", en = "From sixty on" }
office = { zh = "社区", en = "The community" }
fee = { zh = "不收费", en = "Free" }
basis = { zh = "法", en = "The law" }

[questions]
other = { zh = "别人代办吗", en = "Does somebody act for you" }

[[papers]]
zh = "身份证"
en = "Identity card"
as = "original"

[[papers]]
zh = "委托书"
en = "Authority"
as = "original"
when = { other = "yes" }
"#;

#[test]
fn a_paper_may_depend_on_an_answer() {
    let read = read_procedure("card", GOOD).expect("it is whole");
    assert_eq!(read.needed(&Answers::new()).len(), 1);
    let yes = Answers::from([("other".to_owned(), Answer::Yes)]);
    assert_eq!(read.needed(&yes).len(), 2);
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let text = GOOD
        .replace("days = 5", "days = 500")
        .replace(
            "as = \"original\"\nwhen = { other",
            "as = \"stone\"\nwhen = { others",
        )
        .replace(
            "ways = [\"window\"]",
            "ways = [\"online\"]\ncolour = \"red\"",
        );
    let faults = read_procedure("card", &text).expect_err("it is not whole");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    for part in [
        "card.toml:7: ",
        "colour",
        "`stone`",
        "no question `others`",
        "nobody says where",
    ] {
        assert!(told.contains(part), "{part} in:\n{told}");
    }
    assert!(read_procedure("No Name", GOOD).is_err());
    assert!(!is_slug("new") && is_slug("new-born"));
    assert!(read_procedure("card", "zh = ").is_err());
}

#[test]
fn no_fault_hides_another_of_its_like() {
    let text = GOOD
        .replace("zh = \"老年证\"\nen = \"Senior card\"\n", "")
        .replace("[\"window\"]", "[\"door\", \"roof\"]\nkeywords = [1, true]")
        .replace(
            "other = { zh = \"别人代办吗\", en = \"Does somebody act for you\" }",
            "other = { zh = \"别人代办吗\" }\nsome = { en = \"\", zh = 3 }",
        );
    let faults = read_procedure("card", &text).expect_err("it is not whole");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    for part in [
        "lacks `zh`",
        "the procedure lacks `en`",
        "`door`",
        "`roof`",
        "a question lacks `en`",
        "the name is a integer",
        "en says nothing",
        "a keyword is a integer",
        "a keyword is a boolean",
    ] {
        assert!(told.contains(part), "{part} in:\n{told}");
    }
}

#[test]
fn what_nobody_has_said_is_left_out() {
    let text = GOOD
        .replace("legal_days = 20\n", "")
        .replace("basis = { zh = \"法\", en = \"The law\" }\n", "");
    let read = read_procedure("card", &text).expect("it is whole");
    assert_eq!((read.legal_days, read.basis), (None, None));
}

#[test]
fn a_paper_goes_only_from_where_it_is() {
    use PaperState::{Filed, Held, Kept, Listed, Returned};
    let good = [
        (Move::HandOver, Listed, Held),
        (Move::HandOver, Returned, Held),
        (Move::File, Held, Filed),
        (Move::Fetch, Filed, Held),
        (Move::Keep, Filed, Kept),
        (Move::GiveBack, Held, Returned),
    ];
    for &what in Move::ALL {
        for &state in PaperState::ALL {
            let known = good.iter().find(|(m, s, _)| (*m, *s) == (what, state));
            assert_eq!(what.from(state).ok(), known.map(|(_, _, to)| *to));
            assert_eq!(state.word().parse::<PaperState>(), Ok(state));
        }
    }
}

#[test]
fn a_paper_says_what_it_looks_like() {
    let drawn = GOOD.replacen("as = ", "picture = \"identity-card\"\nas = ", 1);
    let read = read_procedure("card", &drawn).expect("it is whole");
    assert_eq!(read.papers[0].picture, "identity-card".parse().ok());
    assert_eq!(read.papers[1].picture, None);
    for (bad, instead) in [
        ("identity-cart", "identity-card"),
        ("way-right", ""),
        ("photo-x", ""),
    ] {
        let text = drawn.replace("identity-card", bad);
        let faults = read_procedure("card", &text).unwrap_err();
        let told = faults[0].to_string();
        assert!(
            told.contains(bad) && told.contains(instead) && told.contains(":20"),
            "{told}"
        );
    }
}

#[test]
fn a_picture_is_changed_and_the_rest_stays_as_it_was() {
    let picture = |key: &str| Some(key.parse::<crate::sample::Pictured>().unwrap());
    let one = with_picture(GOOD, 1, picture("authority").as_ref()).unwrap();
    let read = read_procedure("card", &one).expect("it is whole");
    assert_eq!(read.papers[1].picture, picture("authority"));
    assert_eq!(read.papers[0].picture, None);
    let photo = format!("photo-{}", crate::id::FileId::from_raw(7));
    let other = with_picture(&one, 1, picture(&photo).as_ref()).unwrap();
    assert_eq!(other.matches("picture").count(), 1);
    assert_eq!(with_picture(&other, 1, None).unwrap(), GOOD);
    assert_eq!(with_picture(GOOD, 2, None), None);
}
