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
