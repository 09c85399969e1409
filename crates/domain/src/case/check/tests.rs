use super::*;

#[test]
fn the_kinds_that_come_with_the_product_are_good() {
    for files in builtin_files() {
        let report = check_folder(files.clone(), &[]);
        let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(
            report.stories >= 10,
            "{} has {} stories",
            files.folder,
            report.stories
        );
        let kinds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kinds");
        let drawn = std::fs::read_to_string(kinds.join(&files.folder).join("diagram.md"));
        assert!(
            report.diagram == drawn.ok(),
            "kinds/{}/diagram.md is not what the kind says: run `cargo run -- check kinds/`",
            files.folder
        );
    }
}

/// A kind that comes with the product, its definition changed.
fn changed(from: &str, to: &str) -> Vec<String> {
    let files = builtin_files().into_iter().next().expect("a kind");
    with(&files, &[(from, to)])
}

/// What is wrong with a kind of which the definition was changed so.
fn with(files: &KindFiles, changes: &[(&str, &str)]) -> Vec<String> {
    let mut definition = files.definition().to_owned();
    for (from, to) in changes {
        assert!(definition.contains(from), "{from}");
        definition = definition.replace(from, to);
    }
    let others = files
        .words()
        .map(|(lang, text)| (format!("words.{lang}.ftl"), text.to_owned()));
    let all = others.chain([(super::DEFINITION.to_owned(), definition)]);
    let report = check_folder(KindFiles::new(&files.folder, all.collect::<Vec<_>>()), &[]);
    report.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn only_letters_that_are_written_weigh_anything() {
    let faults = changed("urgent = [\"urgent\", ", "urgent = [\"urgnt\", \"new\", ");
    for expected in [
        "[letters] names `urgnt`, which no step writes; did you mean `urgent`?",
        "[letters] names `new` twice",
    ] {
        let told = faults.iter().any(|fault| fault.contains(expected));
        assert!(told, "{expected}\n\n{}", faults.join("\n"));
    }
}

#[test]
fn what_asks_for_an_act_is_urgent_when_the_case_is() {
    use crate::case::{Kinds, Urgency};
    use crate::telling::Importance;
    let kinds = Kinds::builtin();
    let kind = kinds.current().first().expect("a kind").clone();
    let (name, _) = kind
        .weights
        .iter()
        .find(|(_, weight)| *weight == Importance::Act)
        .unwrap();
    assert_eq!(kind.importance(name, Urgency::Usual), Importance::Act);
    assert_eq!(kind.importance(name, Urgency::Urgent), Importance::Urgent);
    assert_eq!(
        kind.importance("no such letter", Urgency::Urgent),
        Importance::Info
    );
}

#[test]
fn what_matching_names_is_there_and_is_taken_by_one_tap() {
    let mut all = builtin_files().into_iter();
    let looks = all.find(|files| files.definition().contains("[matching]"));
    let files = looks.expect("a kind that looks for helpers");
    let faults = with(
        &files,
        &[
            (
                "stages = [\"on_wall\", \"offered\"]",
                "stages = [\"on_wal\", \"claimed\", \"closed\"]",
            ),
            (
                "missed = [\"release_late\"]",
                "missed = [\"relase_late\"]\nwhen = \"thing\"\nlanguage = \"thing\"",
            ),
            (
                "of = { company = [\"company\"] }",
                "of = { compny = [\"Company!\"] }",
            ),
            (
                "field = \"thing\"\nof = { food",
                "field = \"description\"\nof = { food",
            ),
            (
                "by = [\"signed-in\"]",
                "by = [\"partner@any\"]\nfields = [\"note\"]",
            ),
            ("\"proposed\"]", "\"propsed\"]"),
        ],
    );
    for expected in [
        "[matching] names the stage `on_wal`, which is not there; did you mean `on_wall`?",
        "[matching] looks for helpers at `closed`, where it is closed",
        "[matching] names the step `relase_late`, which is not there; did you mean `release_late`?",
        "`thing` of [matching] is not a date field that is kept",
        "`food` of `thing` is no language that helpers speak",
        "`thing` (skills) is never `compny`; did you mean `company`?",
        "`Company!` (skills) is not the code of a skill",
        "`description` (avoids) has no words that are kept; use a choice with keep = true",
        "`claim` takes a case on, and whoever is proposed may not take it; add \"signed-in\"",
        "`claim` is taken by one tap and asks for `note`; write \"note?\"",
        "`claim` cannot be taken at `claimed`, where helpers are looked for",
        "[letters] names `propsed`, which no step writes; did you mean `proposed`?",
    ] {
        let told = faults.iter().any(|fault| fault.contains(expected));
        assert!(told, "{expected}\n\n{}", faults.join("\n"));
    }
    let never = with(&files, &[("show = \"published\"", "show = \"never\"")]);
    let told = never
        .iter()
        .any(|fault| fault.contains("[matching] proposes what nobody may see"));
    assert!(told, "{}", never.join("\n"));
}

#[test]
fn what_a_round_writes_down_is_asked_at_opening() {
    let mut all = builtin_files().into_iter();
    let found = all.find(|files| files.definition().contains("[finding]"));
    let files = found.expect("a kind whose cases are found on rounds");
    let faults = with(
        &files,
        &[
            ("spot = \"spot\"", "spot = \"weight\""),
            ("again = \"again\"", "again = \"good\""),
            ("check = \"recheck\"", "check = \"rechek\""),
            ("\"sounds?\", \"contact?\"", "\"sounds?\", \"contact\""),
        ],
    );
    for expected in [
        "`weight` of [finding] is not a field `text` that is asked at opening",
        "`good` of [finding] is not a field `yes-no` that is asked at opening",
        "[finding] names the step `rechek`, which is not there; did you mean `recheck`?",
        "[finding] does not give `contact`, which is asked at opening",
    ] {
        let told = faults.iter().any(|fault| fault.contains(expected));
        assert!(told, "{expected}\n\n{}", faults.join("\n"));
    }
}

#[test]
fn what_is_brought_at_once_and_together_is_there_and_fits() {
    let mut all = builtin_files().into_iter();
    let found = all.find(|files| files.definition().contains("[occasion]"));
    let files = found.expect("a kind whose cases are brought together");
    let faults = with(
        &files,
        &[
            ("[instead]\nto = \"appeal\"", "[instead]\nto = \"whistle\""),
            ("whom = \"for_whom\"", "whom = \"thing\""),
            (
                "fields = [\"description\", \"place\", \"name?\"",
                "fields = [\"description\", \"place\", \"name\"",
            ),
            (
                "stages = [\"on_wall\", \"offered\", \"ours\", \"claimed\"]",
                "stages = [\"on_wal\", \"delivered\", \"closed\"]",
            ),
            ("put = \"plan\"", "put = \"hand_over\""),
            ("off = \"unplan\"", "off = \"unpln\""),
            ("deliver = \"hand_over\"", "deliver = \"note\""),
            ("what = \"public_text\"", "what = \"thing\""),
        ],
    );
    for expected in [
        "[instead] offers `whistle`, into which no step converts a case",
        "`thing` of [collection] is not a text that is asked at opening",
        "[collection] does not give `name`, which is asked at opening",
        "[occasion] names `on_wal`, which is not an open stage; did you mean `on_wall`?",
        "[occasion] names `closed`, which is not an open stage",
        "`hand_over` cannot be taken at `on_wal`, where [occasion] needs it",
        "`hand_over` does not ask for the yes-no `by_others`",
        "`hand_over` moves the case, and the day may be called off",
        "[occasion] names the step `unpln`, which is not there; did you mean `unplan`?",
        "`note` hands the case over and leaves it where it was",
        "`thing` of [occasion] is not a text that is kept",
    ] {
        let told = faults.iter().any(|fault| fault.contains(expected));
        assert!(told, "{expected}\n\n{}", faults.join("\n"));
    }
}

#[test]
fn a_signature_is_named_seen_by_few_and_asked_of_nobody_who_cannot_sign() {
    let mut all = builtin_files().into_iter();
    let found = all.find(|files| files.definition().contains("name = \"signed_name\""));
    let files = found.expect("a kind in which somebody signs");
    let faults = with(
        &files,
        &[
            (
                "name = \"signed_name\"\nsee = \"petitioner\"",
                "name = \"scope\"\nsee = \"handlers\"",
            ),
            ("\"signed_name?\", \"signature?\"", "\"signature\""),
        ],
    );
    for expected in [
        "`signature` is signed, and seen by few; write see = \"petitioner\" when it is theirs",
        "`scope` says who signed, and is seen by few; write see = \"owner\"",
        "`hand_over` helps only whoever can sign `signature`; write \"signature?\"",
    ] {
        let told = faults.iter().any(|fault| fault.contains(expected));
        assert!(told, "{expected}\n\n{}", faults.join("\n"));
    }
    let other = with(&files, &[("name = \"signed_name\"", "name = \"until\"")]);
    let expected = "`until`, by which `signature` is named, is not a text field";
    let told = other.iter().any(|fault| fault.contains(expected));
    assert!(told, "{}", other.join("\n"));
    let nameless = with(
        &files,
        &[("\"signed_name?\", \"signature?\"", "\"signature?\"")],
    );
    let expected = "does not ask who signs `signature`; write \"signed_name?\" too";
    let told = nameless.iter().any(|fault| fault.contains(expected));
    assert!(told, "{}", nameless.join("\n"));
    let heard = with(
        &files,
        &[("type = \"sounds\"", "type = \"sounds\"\nsee = \"public\"")],
    );
    let expected = "`sounds` holds voices, and nobody's voice is public";
    let told = heard.iter().any(|fault| fault.contains(expected));
    assert!(told, "{}", heard.join("\n"));
}
