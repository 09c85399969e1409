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
    let definition = files.definition().replace(from, to);
    assert_ne!(definition, files.definition());
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
