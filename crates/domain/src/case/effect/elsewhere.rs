//! Effects beyond the case's own rows: the public page, other kinds and cases, letters.

use super::{Draft, Whom};
use crate::case::decision::{Conversion, NoticeDraft, Publication, Recipient};
use crate::case::refusal::Refusal;
use crate::case::value::{Value, Values};
use crate::case::view::Owner;

pub(super) fn publish(draft: &mut Draft<'_>, fields: &[String]) {
    let shown: Values = fields
        .iter()
        .filter_map(|name| {
            let value = draft
                .says
                .get(name)
                .or_else(|| draft.after.values.get(name))?;
            Some((name.clone(), value.clone()))
        })
        .collect();
    draft.publication = Some(Publication::Show(shown));
}

/// The case goes on as another kind, at that kind's opening stage, with its history.
pub(super) fn convert(draft: &mut Draft<'_>, to: &str) -> Result<(), Refusal> {
    let cannot = || Refusal::CannotConvert { to: to.to_owned() };
    let kinds = draft.facts.kinds.as_ref().ok_or_else(cannot)?;
    let kind = kinds.by_slug(to).ok_or_else(cannot)?;
    let missing = kind.open.fields.iter().any(|asked| {
        let personal = kind
            .field(&asked.field)
            .is_some_and(|field| field.kind.is_personal());
        asked.required && !personal && !draft.after.values.contains_key(&asked.field)
    });
    if missing {
        return Err(cannot());
    }
    draft.conversion = Some(Conversion {
        from_kind: draft.after.kind.clone(),
        to_kind: kind.slug.clone(),
        to_hash: kind.hash,
    });
    draft.after.kind = kind.slug.clone();
    draft.after.kind_hash = kind.hash;
    draft.publication = Some(Publication::Hide);
    Ok(())
}

/// The case follows another of its kind, and its owner is that one's.
pub(super) fn merge(draft: &mut Draft<'_>, field: &str) -> Result<(), Refusal> {
    if !matches!(draft.says.get(field), Some(Value::Case(_))) {
        return Err(Refusal::TargetUnfit { why: "missing" });
    }
    let target = draft.facts.target.as_ref();
    let target = target.ok_or(Refusal::TargetUnfit { why: "unknown" })?;
    let why = match target {
        target if target.id == draft.after.id => "itself",
        target if target.kind != draft.after.kind => "other-kind",
        target if !target.is_open => "closed",
        target if target.merged_into.is_some() => "merged",
        _ => {
            draft.after.merged_into = Some(target.id);
            return Ok(());
        }
    };
    Err(Refusal::TargetUnfit { why })
}

pub(super) fn urgent(draft: &mut Draft<'_>, field: Option<&str>) {
    draft.after.urgent = match field.and_then(|field| draft.says.get(field)) {
        Some(Value::YesNo(yes)) => *yes,
        Some(_) => draft.after.urgent,
        None if field.is_some() => draft.after.urgent,
        None => true,
    };
}

pub(super) fn notify(draft: &mut Draft<'_>, whom: Whom, letter: &str) {
    let of_owner = |owner: Owner| match owner {
        Owner::Unit(unit) => Recipient::Unit(unit),
        Owner::Person(person) => Recipient::Person(person),
    };
    let recipients: Vec<Recipient> = match whom {
        // Units bring some things in for themselves: then nobody waits for a letter.
        Whom::Petitioner if draft.kind.internal => Vec::new(),
        Whom::Petitioner => vec![Recipient::Petitioner],
        Whom::Owner => vec![of_owner(draft.after.owner)],
        Whom::Previous => draft
            .after
            .previous_owner
            .map(of_owner)
            .into_iter()
            .collect(),
        Whom::Called => draft
            .calls_changed
            .iter()
            .map(|call| Recipient::Unit(call.unit))
            .collect(),
        Whom::Partners => draft
            .facts
            .partner_units
            .iter()
            .map(|&unit| Recipient::Unit(unit))
            .collect(),
        Whom::Opener => draft
            .after
            .opened_unit
            .map(Recipient::Unit)
            .into_iter()
            .collect(),
        Whom::Above => draft
            .facts
            .above_unit
            .map(Recipient::Unit)
            .into_iter()
            .collect(),
    };
    for whom in recipients {
        let draft_letter = NoticeDraft {
            whom,
            letter: letter.to_owned(),
        };
        if !draft.notices.contains(&draft_letter) {
            draft.notices.push(draft_letter);
        }
    }
}
