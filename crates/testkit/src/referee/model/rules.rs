//! What a kind says, read from its own file: the model takes no word of the product's for it.

use std::collections::BTreeMap;

use huiyin_domain::case::{KindFiles, Value, Values, builtin_files};
use toml::{Table, Value as Toml};

/// The rules of every kind, by its slug.
pub struct Book(BTreeMap<String, Rules>);

/// One kind as it is written.
pub struct Rules {
    pub slug: String,
    table: Table,
}

/// One effect of a step: its word, what it says, and on what condition.
pub struct Effect<'r> {
    pub word: &'r str,
    pub says: &'r Toml,
    when: Option<&'r Toml>,
}

impl Book {
    pub fn builtin() -> Book {
        let files = builtin_files();
        let rules = files.iter().map(Rules::read);
        Book(rules.map(|rules| (rules.slug.clone(), rules)).collect())
    }

    pub fn of(&self, slug: &str) -> &Rules {
        self.0.get(slug).expect("only built-in kinds are played")
    }
}

impl Rules {
    fn read(files: &KindFiles) -> Rules {
        let table = files.definition().parse().expect("built-in kinds are TOML");
        let slug = files.folder.rsplit('/').next().unwrap_or_default();
        Rules {
            slug: slug.to_owned(),
            table,
        }
    }

    fn part(&self, part: &str, name: &str) -> Option<&Table> {
        self.table.get(part)?.get(name)?.as_table()
    }

    /// A step by its name; opening is one, too.
    pub fn step(&self, name: &str) -> Option<&Table> {
        match name {
            "open" => self.table.get("open")?.as_table(),
            name => self.part("steps", name),
        }
    }

    pub fn steps(&self) -> impl Iterator<Item = (&String, &Table)> {
        let steps = self.table.get("steps").and_then(Toml::as_table);
        let each = steps.into_iter().flatten();
        each.filter_map(|(name, step)| Some((name, step.as_table()?)))
    }

    /// Whether a step may be taken from a stage.
    pub fn leaves(&self, step: &Table, stage: &str) -> bool {
        match step.get("from") {
            Some(Toml::String(open)) if open == "open" => !self.is_closed(stage),
            Some(Toml::String(one)) => one == stage,
            Some(Toml::Array(some)) => some.iter().any(|one| one.as_str() == Some(stage)),
            _ => false,
        }
    }

    /// Who may take a step.
    pub fn by<'r>(&self, step: &'r Table) -> impl Iterator<Item = &'r str> {
        strings(step.get("by"))
    }

    pub fn effects<'r>(&self, step: &'r Table) -> Vec<Effect<'r>> {
        listed(step, "effects")
    }

    pub fn rules<'r>(&self, step: &'r Table) -> Vec<Effect<'r>> {
        listed(step, "rules")
    }

    pub fn is_closed(&self, stage: &str) -> bool {
        let stage = self.part("stages", stage);
        stage.is_some_and(|stage| stage.get("closed").is_some())
    }

    /// The name of the clock that runs at a stage.
    pub fn clock_of(&self, stage: &str) -> Option<&str> {
        self.part("stages", stage)?.get("clock")?.as_str()
    }

    pub fn clock(&self, name: &str) -> Option<&Table> {
        self.part("clocks", name)
    }

    pub fn terms(&self) -> Vec<(&String, &Table)> {
        let terms = self.table.get("terms").and_then(Toml::as_table);
        let each = terms.into_iter().flatten();
        each.filter_map(|(name, term)| Some((name, term.as_table()?)))
            .collect()
    }

    /// The type of a field.
    pub fn field_type(&self, name: &str) -> Option<&str> {
        self.part("fields", name)?.get("type")?.as_str()
    }

    /// Whether a field belongs to the matter once it was said.
    pub fn keeps(&self, name: &str) -> bool {
        let field = self.part("fields", name);
        let keep = field.and_then(|field| field.get("keep"));
        let opening = self.table.get("open").and_then(|open| open.get("fields"));
        let mut asked = strings(opening).map(bare);
        keep.is_some() || asked.any(|asked| asked == name)
    }

    /// Whether only those who handle a case may see a field.
    pub fn is_for_handlers(&self, name: &str) -> bool {
        let field = self.part("fields", name);
        let see = field.and_then(|field| field.get("see")?.as_str());
        matches!(see, Some("handlers" | "owner"))
    }

    /// The fields that the public may ever see.
    pub fn public_fields(&self) -> Vec<&str> {
        let public = self.table.get("public");
        strings(public.and_then(|public| public.get("fields"))).collect()
    }

    /// A word at the top of the file: which field plays which part.
    pub fn part_of(&self, part: &str) -> Option<&str> {
        self.table.get(part)?.as_str()
    }

    /// The one field of a type.
    pub fn field_of(&self, wanted: &str) -> Option<&str> {
        let fields = self.table.get("fields")?.as_table()?;
        let is_wanted = |field: &Toml| field.get("type").and_then(Toml::as_str) == Some(wanted);
        let mut fields = fields.iter();
        let found = fields.find(|(_, field)| is_wanted(field))?;
        Some(found.0)
    }

    /// What a step must be given, as whoever takes it.
    pub fn required<'r>(&self, step: &'r Table, is_staff: bool) -> Vec<&'r str> {
        let asked = strings(step.get("fields"));
        let needed = asked.filter(|asked| !asked.ends_with('?'));
        needed
            .filter(|asked| is_staff || !asked.starts_with("staff:"))
            .map(bare)
            .collect()
    }

    pub fn outcome_solves(&self, outcome: &str) -> bool {
        let outcomes = self.table.get("outcomes");
        let says = outcomes.and_then(|all| all.get(outcome)?.as_str());
        says == Some("solved")
    }
}

impl Effect<'_> {
    /// Whether its condition holds, by what is handed in or known.
    pub fn holds(&self, value: impl Fn(&str) -> Option<Value>) -> bool {
        let Some(when) = self.when.and_then(Toml::as_table) else {
            return true;
        };
        when.iter().all(|(field, wanted)| {
            let found = value(field).filter(|value| !value.is_empty());
            match wanted.as_str() {
                Some("given") => found.is_some(),
                Some("missing") => found.is_none(),
                word => found.and_then(|value| value.word()).as_deref() == word,
            }
        })
    }

    /// What it says under a key, when it says several things.
    pub fn says(&self, key: &str) -> Option<&str> {
        self.says.get(key)?.as_str()
    }
}

/// The bare name of a field that is asked: without who is asked, and whether it may be missing.
fn bare(asked: &str) -> &str {
    let asked = asked.strip_prefix("staff:").unwrap_or(asked);
    asked.strip_suffix('?').unwrap_or(asked)
}

pub fn strings(list: Option<&Toml>) -> impl Iterator<Item = &str> {
    // A word alone is a list of one.
    let word = list.and_then(Toml::as_str);
    let list = list.and_then(Toml::as_array);
    let words = list.into_iter().flatten().filter_map(Toml::as_str);
    word.into_iter().chain(words)
}

fn listed<'r>(step: &'r Table, what: &str) -> Vec<Effect<'r>> {
    let list = step.get(what).and_then(Toml::as_array);
    let tables = list.into_iter().flatten().filter_map(Toml::as_table);
    let read = |table: &'r Table| {
        let (word, says) = table.iter().find(|(word, _)| *word != "when")?;
        Some(Effect {
            word,
            says,
            when: table.get("when"),
        })
    };
    tables.filter_map(read).collect()
}

/// What is handed in, else what is known.
pub fn either(handed: &Values, known: &Values, field: &str) -> Option<Value> {
    handed.get(field).or(known.get(field)).cloned()
}
