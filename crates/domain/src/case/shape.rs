//! The shape of an entry: what happened, without a word that somebody wrote. It goes into the
//! chain, so it stays when the text is erased.

use serde_json::{Map, Value, json};

use super::decision::Decision;
use super::moment::{Draft, Moment};
use super::view::CaseView;

/// What is told of calls, and the shape that goes into the chain.
pub(super) fn finish(moment: &Moment<'_>, before: &CaseView, draft: Draft) -> Decision {
    let Draft {
        mut decision,
        orders,
        told,
    } = draft;
    let after = &decision.after;
    let calls = after
        .calls
        .iter()
        .filter(|call| !before.calls.contains(call));
    decision.calls_changed = calls.cloned().collect();
    let changed = |now: &Option<String>, was: &Option<String>| (now != was).then(|| now.clone());
    let due = decision.due_at().map(|due| due.as_microsecond());
    let shape = json!({
        "owner": after.owner,
        "clock": after.clock.as_ref().map(|clock| &clock.name),
        "due": due,
        "round": after.clock.as_ref().map(|clock| clock.round).filter(|&round| round > 0),
        "outcome": changed(&after.outcome, &before.outcome),
        "item": after.item,
        "place": after.place,
        "urgent": after.urgent,
        "merged_into": after.merged_into,
        "judged": judged(moment),
        "promised": orders.promised.map(|until| until.as_microsecond()),
        "extended": orders.extended.as_ref().map(|order| json!({
            "why": order.why,
            "until": order.until.as_microsecond(),
        })),
        "refilled": orders.refill,
        "kind": decision.conversion.as_ref().map(|to| &to.to_kind),
        "kind_before": decision.conversion.as_ref().map(|to| &to.from_kind),
        "says": decision.says.keys().collect::<Vec<_>>(),
        "calls": decision.calls_changed.iter().map(|call| json!({
            "unit": call.unit,
            "role": call.role,
            "state": call.state,
            "late": call.late_at.is_some(),
            "rating": call.rating,
        })).collect::<Vec<_>>(),
    });
    decision.shape = without_nulls(shape, told);
    assert_eq!(
        decision.after.closed_at.is_none(),
        decision.after.clock.is_some(),
        "open cases have a clock, closed ones have none: {} of {}",
        moment.step.name,
        moment.kind.slug,
    );
    decision
}

/// How the answer was judged, as words of a list: kept with what happened, so that rates can be
/// counted anew when the text has been erased.
fn judged(moment: &Moment<'_>) -> Option<serde_json::Value> {
    let supervision = moment.kind.supervision.as_ref()?;
    let words = supervision.judgements().filter_map(|(word, judged)| {
        let said = moment.values.get(&judged.field)?.word()?;
        Some((word.to_owned(), serde_json::Value::from(said)))
    });
    let words: serde_json::Map<_, _> = words.collect();
    (!words.is_empty()).then(|| words.into())
}

fn without_nulls(shape: Value, told: Map<String, Value>) -> Value {
    let Value::Object(map) = shape else {
        return shape;
    };
    let full = |value: &Value| match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    let all = map.into_iter().chain(told);
    all.filter(|(_, value)| full(value)).collect()
}
