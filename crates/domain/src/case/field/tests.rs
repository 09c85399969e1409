use super::*;
use serde_json::json;

fn field(toml: &str) -> FieldType {
    use crate::case::definition::reader::{Reader, Table};
    let reader = Reader::new("test", toml);
    let table = toml::de::DeTable::parse(toml).unwrap();
    let table = Table::new(&reader, table.get_ref(), 0..0, "the field");
    FieldType::parse(&table).unwrap_or_else(|| panic!("{toml}"))
}

fn check(field: &FieldType, raw: &[&str]) -> Result<Value, &'static str> {
    let raw: Vec<String> = raw.iter().map(|text| (*text).to_owned()).collect();
    let value = field.read(&raw).and_then(|value| field.check(value));
    value.map_err(|trouble| trouble.key)
}

#[test]
fn texts_lose_what_cannot_be_seen() {
    let text = field("type = 'text'\nmax = 10");
    let said = |raw: &str| check(&text, &[raw]).map(|v| v.as_text().unwrap().to_owned());
    assert_eq!(said(" a\r\nb\u{7}\tc ").as_deref(), Ok("a\nb\tc"));
    assert_eq!(said("a\u{202e}b\u{2066}c\u{feff}").as_deref(), Ok("abc"));
    for unseen in [
        "\u{200b}\u{200d}",
        " \u{2060}\u{ad}\n",
        "\u{3164}",
        "\u{e0041}",
    ] {
        assert_eq!(said(unseen).as_deref(), Ok(""), "{unseen:?}");
    }
    let joined = "می\u{200c}خواهم";
    assert_eq!(
        said(joined).as_deref(),
        Ok(joined),
        "joiners stay where they join"
    );
    assert_eq!(said("a\0b"), Err("fault-nul"));
    assert_eq!(
        said("一二三四五六七八九十").as_deref(),
        Ok("一二三四五六七八九十")
    );
    assert_eq!(said("一二三四五六七八九十一"), Err("fault-too-long"));
    assert_eq!(check(&text, &["a", "b"]), Err("fault-too-many"));
}

#[test]
fn each_type_refuses_what_it_is_not() {
    for (toml, good, bad, key) in [
        (
            "type='choice'\nchoices=['a','b']",
            "a",
            "c",
            "fault-not-choice",
        ),
        (
            "type='choices'\nchoices=['a','b']",
            "a",
            "c",
            "fault-not-choice",
        ),
        (
            "type='number'\nmin=1\nmax=5",
            "5",
            "6",
            "fault-out-of-range",
        ),
        ("type='number'", "5", "five", "fault-not-number"),
        (
            "type='number'",
            "5",
            "99999999999999999999",
            "fault-not-number",
        ),
        ("type='date'", "2026-02-28", "2026-02-30", "fault-not-date"),
        ("type='date'", "2026-02-28", "0001-01-01", "fault-not-date"),
        ("type='place'", "652901001001", "65290", "fault-not-place"),
        ("type='item'", "heating.indoor", "供热", "fault-not-item"),
        ("type='unit'", "0000000000001", "x", "fault-not-unit"),
        ("type='units'", "0000000000001", "x", "fault-not-unit"),
        ("type='photos'", "0000000000001", "x", "fault-not-file"),
        ("type='sounds'", "0000000000001", "x", "fault-not-file"),
        (
            "type='signature'\nname='who'",
            "0000000000001",
            "x",
            "fault-not-file",
        ),
        ("type='yes-no'", "yes", "maybe", "fault-not-yes-no"),
        ("type='rating'", "5", "0", "fault-not-rating"),
        ("type='rating'", "1", "1.5", "fault-not-rating"),
        ("type='case'", "0000000000001", "x", "fault-not-case"),
        ("type='phone'", "13812345678", "a@b.cn", "fault-not-phone"),
        ("type='contact'", "a@b.cn", "nobody", "fault-not-contact"),
        ("type='person'", "张三", &"三".repeat(81), "fault-too-long"),
        (
            "type='address'",
            "幸福路1号",
            &"三".repeat(301),
            "fault-too-long",
        ),
    ] {
        let field = field(toml);
        assert!(check(&field, &[good]).is_ok(), "{toml} takes {good}");
        assert_eq!(check(&field, &[bad]), Err(key), "{toml} refuses {bad}");
        assert!(FAULT_KEYS.contains(&key));
        let other = match field.word() {
            "yes-no" => Value::Number(1),
            _ => Value::YesNo(true),
        };
        assert_eq!(
            field.check(other).unwrap_err().key,
            "fault-wrong-type",
            "{toml}"
        );
    }
}

#[test]
fn several_are_few_and_different() {
    let units = field("type='units'\nmax=2");
    let (a, b, c) = ("0000000000001", "0000000000002", "0000000000003");
    assert!(check(&units, &[a, b, ""]).is_ok());
    assert_eq!(check(&units, &[a, b, c]), Err("fault-too-many"));
    assert_eq!(check(&units, &[a, a]), Err("fault-twice"));
    let signature = field("type='signature'\nname='who'");
    assert!(check(&signature, &[a]).is_ok());
    assert_eq!(check(&signature, &[a, b]), Err("fault-too-many"));
}

#[test]
fn json_must_have_the_shape() {
    let (text, rating, yes) = (
        field("type='text'"),
        field("type='rating'"),
        field("type='yes-no'"),
    );
    assert_eq!(text.read_json(&json!("a")), Ok(Value::Text("a".into())));
    assert_eq!(rating.read_json(&json!(4)), Ok(Value::Rating(4)));
    assert_eq!(yes.read_json(&json!(true)), Ok(Value::YesNo(true)));
    for (field, json) in [
        (&text, json!(1)),
        (&rating, json!("4")),
        (&yes, json!("yes")),
        (&text, json!(null)),
        (&text, json!({})),
    ] {
        assert_eq!(
            field.read_json(&json).unwrap_err().key,
            "fault-wrong-type",
            "{json}"
        );
    }
    assert_eq!(
        field("type='units'")
            .read_json(&json!([1]))
            .unwrap_err()
            .key,
        "fault-wrong-type"
    );
}
