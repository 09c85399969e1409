//! `credit = { whom = "neighbours", what = "public_text", minutes = "minutes_spent", usual = 60 }`:
//! what the owner did counts as a service of theirs, when they are a volunteer. It is told in
//! coarse terms, and in words that the public may read; `what` and `minutes` may be left out.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;
use crate::case::decision::Credit as Credited;
use crate::case::See;
use crate::volunteer::{SERVICE_MINUTES_MAX, Whom};

/// It counts as a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// For whom it was, in coarse terms.
    pub whom: Whom,
    /// The field that says in public what was done.
    pub what: Option<String>,
    /// The field with how long it took.
    pub minutes: Option<String>,
    /// How many minutes it took when nobody says so.
    pub usual: u32,
}

impl EffectWord for Credit {
    const WORD: &'static str = "credit";

    fn parse(node: &Node<'_, '_>) -> Option<Credit> {
        let words: Vec<(&str, Whom)> = Whom::ALL.iter().map(|&whom| (whom.word(), whom)).collect();
        let table = node.table("credit")?;
        let whom = table.need("whom", "\"neighbours\"")?.one_of("for whom it was", &words);
        let what = table.get("what").and_then(|node| node.text("a field"));
        let minutes = table.get("minutes").and_then(|node| node.text("a field"));
        let most = i64::from(SERVICE_MINUTES_MAX);
        let usual = table.need("usual", "60")?.number("minutes", 1..=most);
        table.done();
        Some(Credit {
            whom: whom?,
            what,
            minutes,
            usual: u32::try_from(usual?).ok()?,
        })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        if let Some(minutes) = &self.minutes {
            checking.known(minutes, &["number"]);
        }
        if let Some(what) = &self.what {
            checking.kept(what);
            checking.known(what, &["text"]);
            let field = checking.kind.field(what);
            if field.is_some_and(|field| field.see != See::Public) {
                let said = format!("`{what}` stands on certificates, and is not public");
                checking.say(said, Some("name a field with see = \"public\"".to_owned()));
            }
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let minutes = match self.minutes.as_ref().and_then(|field| moment.value(field)) {
            Some(Value::Number(minutes)) => u32::try_from(*minutes).unwrap_or(self.usual),
            _ => self.usual,
        };
        let what = self.what.as_ref().and_then(|field| moment.value(field));
        draft.decision.credit = Some(Credited {
            whom: self.whom,
            what: what.and_then(Value::as_text).map(str::to_owned),
            minutes: minutes.clamp(1, SERVICE_MINUTES_MAX),
        });
        Ok(())
    }
}
