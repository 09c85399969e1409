//! Journeys that failed, or passed only at the second try, from Playwright's JSON report: they are named once more at
//! the end, where somebody looks who has only the last lines.

use serde_json::Value;

/// So much of what a runner says of a failure.
const CHARS: usize = 600;

pub fn of_playwright(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let mut named = Vec::new();
    look_into(&report, &mut named);
    named
}

/// Suites lie within suites.
fn look_into(suite: &Value, named: &mut Vec<String>) {
    for spec in each(&suite["specs"]) {
        for test in each(&spec["tests"]) {
            let word = match test["status"].as_str() {
                Some("unexpected") => "failed",
                Some("flaky") => "passed at the second try",
                _ => continue,
            };
            let why = each(&test["results"]).find_map(|result| result["error"]["message"].as_str());
            let [title, file] = ["title", "file"].map(|key| spec[key].as_str().unwrap_or_default());
            let why = plain(why.unwrap_or_default());
            named.push(format!("{word}: {file}: {title}\n    {why}"));
        }
    }
    for inner in each(&suite["suites"]) {
        look_into(inner, named);
    }
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Without the colours of a terminal, and not too long.
fn plain(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once('m').map_or(piece, |(_, after)| after));
    let whole = rest.fold(first, |whole, piece| whole + piece);
    whole.chars().take(CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_pass_at_once_is_named_with_its_reason() {
        let report = r#"{"suites": [{"suites": [{"specs": [
            {"title": "a wish", "file": "wish.spec.ts", "tests": [{"status": "expected", "results": [{}]}]},
            {"title": "a call", "file": "hotline.spec.ts", "tests": [{"status": "unexpected", "results": [
                {"error": {"message": "\u001b[31mno such\u001b[39m button"}}]}]}]}],
            "specs": [{"title": "a map", "file": "map.spec.ts", "tests": [{"status": "flaky", "results": [
                {"error": {"message": "too late"}}, {}]}]}]}]}"#;
        let expected = [
            "passed at the second try: map.spec.ts: a map\n    too late",
            "failed: hotline.spec.ts: a call\n    no such button",
        ];
        assert_eq!(of_playwright(report), expected);
        assert!(of_playwright("").is_empty());
    }
}
