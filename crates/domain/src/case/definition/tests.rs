use crate::case::kind::Kind;
use crate::case::kinds::builtin_files;
use crate::case::source::{DEFINITION, KindFiles};

fn faults_of(definition: &str) -> Vec<String> {
    let files = [(DEFINITION.to_owned(), definition.to_owned())];
    match Kind::from_files(KindFiles::new("test", files)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn no_stage_bears_the_word_for_all_that_are_open() {
    let definition = "[stages]\nopen = { clock = \"tick\" }\nclosed = { closed = true }\n";
    let faults = faults_of(definition);
    let told = faults
        .iter()
        .any(|fault| fault.contains("no stage is called `open`") && fault.contains(":2"));
    assert!(told, "{faults:#?}");
}

const BROKEN: &str = r#"title = "text"
languages = ["zh", "English"]
colour = "red"

[open]
to = "here"
by = ["anyone", "king@own"]
fields = ["text", "wher"]

[fields]
text = { type = "txt" }
where = { type = "place", see = "all" }
Big = { type = "date" }

[stages]
here = { clok = "tick" }

[clocks]
tick = { time = "3 days", then = "done" }

[outcomes]
good = "yes"

[steps.done]
form = ["here"]
by = ["clock"]
rules = [{ takn = { step = "done" } }, { taken = { step = "done" } }]
effects = [{ close = "good", assign = "duty" }, { clse = "good" }]
"#;

#[test]
fn all_faults_are_told_at_once_with_line_and_remedy() {
    let faults = faults_of(BROKEN);
    for expected in [
        "test/kind.toml:2: `English` is not a language; write a tag such as zh, en or kk-Arab",
        "test/kind.toml:3: the kind has no `colour`",
        "test/kind.toml:7: nobody is called `king@own`; write one of the roles",
        "test/kind.toml:5: the step `open` asks for `wher`, which is not a field; did you mean `where`?",
        "test/kind.toml:11: there is no type `txt`; did you mean `text`?",
        "test/kind.toml:12: see cannot be `all`; write one of owner, handlers, petitioner, public",
        "test/kind.toml:13: `Big` in fields is not a name",
        "test/kind.toml:16: the stage `here` has no `clok`; did you mean `clock`?",
        "test/kind.toml:19: time `3 days` is not a duration",
        "test/kind.toml:22: how an outcome counts cannot be `yes`; write one of solved, unsolved",
        "test/kind.toml:25: the step `done` has no `form`; did you mean `from`?",
        "test/kind.toml:24: the step `done` lacks `from`",
        "test/kind.toml:27: there is no rule `takn`; did you mean `taken`?",
        "test/kind.toml:27: taken has no limit; write at_least or at_most",
        "test/kind.toml:28: one of the effects says 2 things",
        "test/kind.toml:28: there is no effect `clse`; did you mean `close`?",
    ] {
        assert!(
            faults.iter().any(|fault| fault.starts_with(expected)),
            "{expected}\n\n{}",
            faults.join("\n")
        );
    }
}

#[test]
fn what_does_not_fit_is_told_together_with_what_cannot_be_read() {
    let mut files = builtin_files().swap_remove(0);
    let definition = files.files.get_mut(DEFINITION).unwrap();
    for (from, to) in [
        ("type = \"item\"\nkeep", "type = \"itm\"\nkeep"),
        ("by = [\"community@own\"]", "by = [\"comunity@own\"]"),
        (
            "received = { clock = \"triage\" }",
            "received = { clock = \"triagee\" }",
        ),
        (
            "effects = [{ assign = \"previous\" }]",
            "effects = [{ asign = \"previous\" }]",
        ),
        ("{ close = \"withdrawn\" }", "{ close = \"withdrwn\" }"),
        ("to = \"answered\"\n", "to = \"anwsered\"\n"),
    ] {
        assert!(definition.contains(from), "{from}");
        *definition = definition.replacen(from, to, 1);
    }
    let words = files.files.get_mut("words.en.ftl").unwrap();
    *words = words.replacen("appeal-stage-closed", "appeal-stage-closd", 1);
    let faults = Kind::from_files(files).unwrap_err();
    let faults: Vec<String> = faults
        .iter()
        .filter(|fault| fault.is_error())
        .map(ToString::to_string)
        .collect();
    let told = |what: &str| faults.iter().filter(|fault| fault.contains(what)).count();
    for what in [
        "there is no type `itm`; did you mean `item`?",
        "nobody is called `comunity@own`",
        "there is no clock `triagee` for cases; did you mean `triage`?",
        "there is no effect `asign`; did you mean `assign`?",
        "there is no outcome `withdrwn`; did you mean `withdrawn`?",
        "names the stage `anwsered`, which is not there; did you mean `answered`?",
        "nobody asks for `appeal-stage-closd`; did you mean `appeal-stage-closed`?",
        "`appeal-stage-closed` is missing",
    ] {
        assert_eq!(told(what), 1, "{what}\n\n{}", faults.join("\n"));
    }
    assert_eq!(faults.len(), 8, "nothing but slips:\n{}", faults.join("\n"));
}

#[test]
fn what_is_not_toml_is_told_with_its_line_too() {
    let faults = faults_of("title = \"a\"\nlanguages = [\"zh\"\n\n[open\n");
    assert!(
        faults.iter().any(|fault| fault.contains("kind.toml:")),
        "{faults:?}"
    );
    assert!(faults_of("").len() > 1);
    let huge = format!("# {}", "x".repeat(200_001));
    assert!(faults_of(&huge)[0].contains("longer than"));
}

/// The first built-in kind with something replaced.
fn changed(from: &str, to: &str) -> Vec<String> {
    let mut files = builtin_files().swap_remove(0);
    let definition = files.files.get_mut(DEFINITION).unwrap();
    assert!(definition.contains(from), "{from}");
    *definition = definition.replace(from, to);
    match Kind::from_files(files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// Each change of the first built-in kind is told as this fault.
fn are_told(changes: &[(&str, &str, &str)]) {
    for (from, to, expected) in changes {
        let faults = changed(from, to);
        assert!(
            faults.iter().any(|fault| fault.contains(expected)),
            "{expected}\n\n{}",
            faults.join("\n")
        );
    }
}

#[test]
fn a_kind_in_which_somebody_could_wait_for_ever_is_refused() {
    are_told(&[
        (
            "answered = { clock = \"judge\" }",
            "answered = {}",
            "somebody could wait in `answered` for ever",
        ),
        (
            "closed = { closed = true }",
            "closed = { closed = true }\nlost = { closed = true }",
            "no step leads to the stage `lost`",
        ),
        (
            "then = \"lapse\"",
            "then = \"accept\"",
            "`accept` runs out into `accept`, which a clock may not take",
        ),
        (
            "then = \"unjudged\"",
            "then = \"unjugded\"",
            "which is no step; did you mean `unjudged`?",
        ),
        ("{ close = \"withdrawn\" },", "", "without an outcome"),
        ("{ reopen = true },", "", "without reopening"),
        (
            "{ close = \"withdrawn\" }",
            "{ close = \"gone\" }",
            "there is no outcome `gone`",
        ),
        (
            "yes = \"closed\", no = \"supervised\"",
            "yes = \"closed\"",
            "when `content` is `no`",
        ),
        (
            "show = \"never\"",
            "show = \"always\"\nfields = [\"description\"]",
            "`description` is not for the public",
        ),
        (
            "[fields.name]\ntype = \"person\"",
            "[fields.name]\ntype = \"person\"\nsee = \"public\"",
            "can never be public",
        ),
        (
            "fields = [\"into\"]",
            "fields = [\"into?\", \"contact\"]",
            "belongs to the sealed record",
        ),
        (
            "{ item = \"item\" },\n  { place",
            "{ item = \"itm\" },\n  { place",
            "the step does not ask for `itm`; did you mean `item`?",
        ),
    ]);
}

#[test]
fn a_kind_whose_clocks_lead_nowhere_is_refused() {
    are_told(&[
        (
            "from = [\"received\", \"classified\", \"sent_back\"]\nby = [\"clock\"]",
            "from = [\"received\", \"classified\"]\nby = [\"clock\"]",
            "when `settle` runs out in `sent_back`, `remind` cannot be taken there",
        ),
        (
            "from = [\"received\", \"classified\", \"sent_back\", \"supervised\", ",
            "from = [\"received\", \"classified\", \"sent_back\", ",
            "when `supervise` runs out in `supervised`, `escalate` cannot be taken there",
        ),
        (
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"escalate\"",
            "urgent = \"30m\", then = \"remind\"",
            "`triage` reminds for ever in `received` and leads nowhere",
        ),
        (
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"escalate\"",
            "urgent = \"30m\", then = \"remind\", times = 2",
            "`triage` says only one of times and finally",
        ),
        (
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"escalate\"",
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"remind\"",
            "after `remind` nothing has changed in `received`",
        ),
        (
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"escalate\"",
            "urgent = \"30m\", then = \"remind\", times = 2, finally = \"escalte\"",
            "`triage` runs out into `escalte`, which is no step; did you mean `escalate`?",
        ),
        (
            "then = \"late_assist\"",
            "then = \"late_assist\", times = 2, finally = \"late_assist\"",
            "`assist` runs out once for each call",
        ),
        (
            "to = \"ruling\"\nby = [\"clock\"]",
            "to = \"dispatched\"\nby = [\"clock\"]",
            "clocks alone lead from `dispatched` in a circle back to it, through",
        ),
    ]);
}

#[test]
fn a_kind_that_tells_time_wrongly_is_refused() {
    are_told(&[
        (
            "at = 0.5, then = \"warn\"",
            "at = 0.9, then = \"warn\"",
            "warnings out of order",
        ),
        (
            "at = 0.5, then = \"warn\"",
            "at = 1.5, then = \"warn\"",
            "at is out of range",
        ),
        (
            "at = 0.5, then = \"warn\"",
            "at = 0.5, then = \"overdue\"",
            "`handle` warns by `overdue`, which a clock may not take or which leads elsewhere",
        ),
        (
            "keeps = { least = \"7wh\" }",
            "keeps = { least = \"7 hours\" }",
            "least `7 hours` is not a duration",
        ),
        (
            "request = \"request_type\"",
            "request = \"wait_note\"",
            "`wait_note` (request) must be a field of the type choice",
        ),
        (
            "{ request = \"help\", time",
            "{ request = \"hlp\", time",
            "no request is ever `hlp`; did you mean `help`?",
        ),
        (
            "  \"clock\", \"handler@own\"",
            "  \"handler@own\"",
            "a clock that stands in `in_hand` never goes on by itself",
        ),
        (
            "  { new_reason = { field = \"wait_why\", of = \"pause\", as = \"person\" } },\n",
            "",
            "it could be done twice for the same reason without a supervisor",
        ),
        (
            "owner = \"more_time_granted\", petitioner = \"takes_longer\"",
            "owner = \"more_time_granted\"",
            "nobody tells the person that it takes longer",
        ),
        (
            "by = [\"supervisor@place\", \"office@place\"]\nweight = \"quiet\"\nfields = [\"unit\"",
            "by = [\"handler@own\"]\nweight = \"quiet\"\nfields = [\"unit\"",
            "only who stands above may give time back",
        ),
        (
            "met_by = [\"answer\", \"answer_with\"]",
            "met_by = [\"anwser\"]",
            "`resolution` names `anwser`, which is no step",
        ),
    ]);
}

#[test]
fn words_must_be_there_in_every_language() {
    let mut files = builtin_files().swap_remove(0);
    let words = files.files.get_mut("words.en.ftl").unwrap();
    *words = words
        .replace("-stage-answered = ", "-stage-anwsered = ")
        .replace("{ $due }", "{ $deu }");
    let faults = Kind::from_files(files).unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for expected in [
        "-stage-answered` is missing",
        "-stage-anwsered`; did you mean",
        "asks for $deu, which nobody gives; did you mean `due`?",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(expected)),
            "{expected}\n\n{}",
            faults.join("\n")
        );
    }
}

#[test]
fn a_stored_version_is_the_same_kind() {
    for files in builtin_files() {
        let kind = Kind::from_files(files.clone()).unwrap();
        let stored = Kind::from_stored(&kind.files.to_stored()).unwrap();
        assert_eq!((stored.hash, &stored.steps), (kind.hash, &kind.steps));
        let mut spaced = files;
        let definition = spaced.files.get_mut(DEFINITION).unwrap();
        *definition = definition.replace('\n', "  \r\n");
        assert_eq!(
            spaced.hash(),
            kind.hash,
            "line ends and blanks make no new version"
        );
        let definition = spaced.files.get_mut(DEFINITION).unwrap();
        definition.push_str("# another day\n");
        assert_ne!(spaced.hash(), kind.hash);
    }
    assert!(Kind::from_stored("{").is_err());
}
