//! Which of the town's words fit a box, by the words in the names of its step and field.

/// What is asked by some steps, whatever their fields are called.
const BY_STEP: [(&str, &str); 17] = [
    ("withdraw", "withdraw"),
    ("send_back", "send-back"),
    ("give_to", "ruling"),
    ("insist", "insist"),
    ("recall", "recall"),
    ("redispatch", "redispatch"),
    ("raise", "raise"),
    ("urgent", "urgent"),
    ("excuse", "excuse"),
    ("turn", "turn"),
    ("decline", "decline"),
    ("take_down", "take-down"),
    ("hand_back", "hand-back"),
    ("release", "release"),
    ("thank", "thanks"),
    ("deliver", "deliver"),
    ("write", "write"),
];

/// What is asked by some fields or steps; the first that fits.
const BY_WORD: [(&str, &str); 26] = [
    ("wanted", "wanted"),
    ("meet_at", "meet-at"),
    ("second", "second"),
    ("worry", "worry"),
    ("finding", "finding"),
    ("shown", "shown"),
    ("word_for", "told"),
    ("who", "who"),
    ("record", "record"),
    ("close", "closed"),
    ("request", "request"),
    ("assist", "assist"),
    ("difficult", "difficulty"),
    ("measure", "measure"),
    ("ruling", "ruling"),
    ("rule", "ruling"),
    ("object", "object"),
    ("result", "result"),
    ("coming", "coming"),
    ("present", "report"),
    ("report", "report"),
    ("claim", "pledge"),
    ("add", "add"),
    ("answer", "answer"),
    ("why", "reason"),
    ("reason", "reason"),
];

/// The pool of words for a box.
pub(super) fn pool(step: &str, field: &str, is_content: bool) -> &'static str {
    let has = |word: &str| field.contains(word) || step.contains(word);
    match step {
        "judge" if is_content => return "happy",
        "judge" => return "unhappy",
        "confirm" if is_content => return "thanks",
        "confirm" => return "missing",
        "rate" if is_content => return "rated",
        "rate" => return "rated-low",
        "reopen" => return "reopen",
        _ => {}
    }
    let mut by_step = BY_STEP.iter().filter(|(word, _)| step.contains(word));
    let mut by_word = BY_WORD.iter().filter(|(word, _)| has(word));
    let found = by_step.next().or_else(|| by_word.next());
    found.map_or("note", |(_, pool)| pool)
}

#[cfg(test)]
mod tests {
    use huiyin_domain::case::{FieldType, Kinds};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::pool;
    use crate::town::Texts;

    #[test]
    fn there_are_words_for_every_box_in_both_languages() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let kinds = Kinds::builtin();
        for kind in kinds.current() {
            for step in &kind.steps {
                let fields = step
                    .fields
                    .iter()
                    .filter_map(|asked| kind.field(&asked.field));
                for field in fields.filter(|field| matches!(field.kind, FieldType::Text(_))) {
                    for (language, is_content) in
                        [("zh", true), ("zh", false), ("en", true), ("en", false)]
                    {
                        let pool = pool(&step.name, &field.name, is_content);
                        let said = Texts::get().say(pool, language, &mut rng);
                        assert!(!said.is_empty(), "{} {}", step.name, field.name);
                    }
                }
            }
        }
    }

    #[test]
    fn a_reason_is_one_for_its_step() {
        assert_eq!(pool("send_back", "reason", true), "send-back");
        assert_eq!(pool("reopen", "why", true), "reopen");
        assert_eq!(pool("judge", "why", false), "unhappy");
        assert_eq!(pool("record", "who_does_what", true), "who");
        assert_eq!(pool("interim", "difficulty", true), "difficulty");
    }
}
