//! Dispatch what waits, by rule: the text tells the item, the duty list tells the unit.
//!
//! Only where the text speaks clearly of one item. Whatever is doubtful stays for a person.

use std::sync::Arc;

use futures_util::future::join_all;
use huiyin_domain::access::{Action, Actor, Scope};
use huiyin_domain::case::{FieldType, Input, Kind, Step, Target, Value};
use huiyin_domain::id::CaseId;
use huiyin_domain::unit::ItemCode;
use huiyin_store::lists::{self, Cursor, Filter, Order, State};
use huiyin_store::{Tx, cases};

use super::advance::{self, advance};
use super::guess;
use super::stand_in;
use crate::administration::permit;
use crate::{App, Error, Refusal};

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub looked_at: u64,
    pub dispatched: u64,
    /// The text does not tell clearly enough what it is about.
    pub doubtful: u64,
    /// A rule of the kind refused.
    pub refused: u64,
}

const PAGE: usize = 100;

/// Dispatches every case that waits for it and whose text tells clearly where it belongs.
pub async fn dispatch(app: &App, actor: &Actor) -> Result<Report, Error> {
    permit(actor, Action::CasesImport)?;
    let mut report = Report::default();
    for kind in app.kinds().current() {
        if let Some(rule) = ByRule::of(kind) {
            rule.run(app, &mut report).await?;
        }
    }
    Ok(report)
}

/// How a kind is dispatched: the step that gives a new case to the unit of its item.
struct ByRule<'k> {
    kind: &'k Arc<Kind>,
    step: &'k Step,
    field: String,
    stage: String,
}

impl<'k> ByRule<'k> {
    fn of(kind: &'k Arc<Kind>) -> Option<ByRule<'k>> {
        let Target::Stage(stage) = &kind.open.to else {
            return None;
        };
        let by_duty = |step: &&Step| {
            let mut effects = step.effects.iter();
            step.from.contains(stage) && effects.any(|effect| effect.what.gives_by_duty())
        };
        let step = kind.steps.iter().find(by_duty)?;
        let field = step.fields.iter().find(|asked| {
            let field = kind.field(&asked.field);
            field.is_some_and(|field| matches!(field.kind, FieldType::Item(_)))
        })?;
        Some(ByRule {
            kind,
            step,
            field: field.field.clone(),
            stage: stage.clone(),
        })
    }

    async fn run(&self, app: &App, report: &mut Report) -> Result<(), Error> {
        let mut after: Option<Cursor> = None;
        loop {
            let (found, next) = self.page(app, after).await?;
            report.looked_at += found.len() as u64;
            let clear = found
                .iter()
                .filter_map(|(id, item)| Some((*id, item.clone()?)));
            // Abreast, so that a page is kept in a few commits.
            let taken = join_all(clear.map(|(id, item)| self.take(app, id, item))).await;
            report.doubtful += (found.len() - taken.len()) as u64;
            for taken in taken {
                match taken? {
                    true => report.dispatched += 1,
                    false => report.refused += 1,
                }
            }
            match next {
                None => return Ok(()),
                next => after = next,
            }
        }
    }

    /// Some waiting cases, each with the item that its text clearly speaks of.
    async fn page(
        &self,
        app: &App,
        after: Option<Cursor>,
    ) -> Result<(Vec<(CaseId, Option<ItemCode>)>, Option<Cursor>), Error> {
        let filter = Filter {
            state: State::Open,
            order: Order::Due,
            kind: Some(self.kind.slug.clone()),
            stage: Some(self.stage.clone()),
            ..Filter::default()
        };
        let (inner, title) = (app.clone(), self.kind.title_field.clone());
        let read = move |tx: &mut Tx<'_>| -> Result<_, Error> {
            let house = Scope::for_the_house();
            let page = lists::list(tx, &house, &filter, after, PAGE)?;
            let atlas = inner.atlas(tx)?;
            let mut found = Vec::new();
            for row in page.rows {
                let held = cases::load(tx, &house, row.id)?;
                let text = held
                    .as_ref()
                    .and_then(|held| held.view.values.get(&title)?.as_text());
                let item = row
                    .item
                    .or_else(|| Some(guess::item_of(&atlas, text.unwrap_or(&row.title))?.item));
                found.push((row.id, item));
            }
            Ok((found, page.next))
        };
        app.store.read(read).await.map_err(Error::from)
    }

    async fn take(&self, app: &App, id: CaseId, item: ItemCode) -> Result<bool, Error> {
        let actor = stand_in::for_step(app, self.step, id).await?;
        let request = advance::Request {
            id,
            version: None,
            step: self.step.name.clone(),
            input: Input::default().with(&self.field, Value::Item(item)),
            key: None,
            at: None,
        };
        match advance(app, &actor, request).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(Refusal::NotFound(_))) => Ok(false),
            Err(Error::Refused(refusal)) => {
                tracing::info!(case = %id, refusal = %refusal.key(), "not dispatched by rule");
                Ok(false)
            }
            Err(fault) => Err(fault),
        }
    }
}
