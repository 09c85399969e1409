//! What somebody writes in a form although it belongs into another: recognised while it is
//! written, and offered as such. A kind says so in `[instead]`.

/// Into what the kind sends whoever writes of something that a unit has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// The kind that is offered.
    pub to: String,
    /// Words that belong there, whatever the list of items says.
    pub about: Vec<String>,
    /// Words of what belongs here all the same.
    pub unless: Vec<String>,
}

/// What the words of a kind say of a text, before the list of items is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs<'a> {
    /// Into the other kind, because of this word.
    There(&'a str),
    Here,
    Unknown,
}

impl Instead {
    /// Where a text belongs by the words of the kind alone.
    pub fn belongs(&self, text: &str) -> Belongs<'_> {
        let text = text.to_lowercase();
        let says = |words: &'_ [String]| words.iter().position(|word| text.contains(word.as_str()));
        match (says(&self.about), says(&self.unless)) {
            (Some(at), _) => Belongs::There(&self.about[at]),
            (None, Some(_)) => Belongs::Here,
            (None, None) => Belongs::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_kind_says_itself_comes_first() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let instead = Instead {
            to: "other".to_owned(),
            about: words(&["长椅", "bench"]),
            unless: words(&["轮椅", "wheelchair"]),
        };
        assert_eq!(instead.belongs("楼下放一张长椅"), Belongs::There("长椅"));
        assert_eq!(
            instead.belongs("A Bench, and a wheelchair"),
            Belongs::There("bench")
        );
        assert_eq!(instead.belongs("借一个轮椅"), Belongs::Here);
        assert_eq!(instead.belongs("一本书"), Belongs::Unknown);
    }
}
