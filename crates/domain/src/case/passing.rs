//! Steps by which a case leaves somebody's hands, told by what they do and not by their names.

use super::effect::Effect;
use super::kind::Step;

impl Step {
    /// Whether it gives the case back to whoever had it before, whatever is handed in.
    pub fn gives_back(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| effect.when.is_none() && effect.what.gives_back())
    }

    /// Whether it opens a closed case again, whatever is handed in.
    pub fn reopens(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| effect.when.is_none() && matches!(effect.what, Effect::Reopen(_)))
    }

    /// Whether it closes the case, and needs nothing for that.
    pub fn just_closes(&self) -> bool {
        let closes = self
            .effects
            .iter()
            .any(|effect| effect.when.is_none() && matches!(effect.what, Effect::Close(_)));
        closes && self.fields.iter().all(|asked| !asked.required)
    }
}

#[cfg(test)]
mod tests {
    use crate::case::Kinds;

    #[test]
    fn every_kind_tells_them_by_what_they_do() {
        let kinds = Kinds::builtin();
        for kind in kinds.current() {
            for step in &kind.steps {
                let name = format!("{} {}", kind.slug, step.name);
                assert!(!(step.gives_back() && step.just_closes()), "{name}");
            }
        }
        let named = |test: fn(&crate::case::Step) -> bool| {
            let kinds = kinds.current().iter().flat_map(|kind| &kind.steps);
            let mut names: Vec<&str> = kinds
                .filter(|step| test(step))
                .map(|step| step.name.as_str())
                .collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        assert!(named(crate::case::Step::gives_back).contains(&"send_back"));
        assert!(named(crate::case::Step::just_closes).contains(&"withdraw"));
        assert!(!named(crate::case::Step::just_closes).contains(&"judge"));
        assert!(named(crate::case::Step::reopens).contains(&"reopen"));
    }
}
