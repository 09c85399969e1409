//! The line from a house to another one: dead until a test connects it.

use std::sync::{Arc, PoisonError, RwLock};

use huiyin_app::outside::{Ask, Elsewhere, Pending, SendError, Told};

/// A line that a test connects with whatever answers at its other end.
#[derive(Clone, Default)]
pub struct Line(Arc<RwLock<Option<Arc<dyn Elsewhere>>>>);

impl Line {
    /// From now on this answers; before it, or after `None`, nobody is there.
    pub fn connect(&self, other: Option<Arc<dyn Elsewhere>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = other;
    }

    async fn speak(&self, ask: &Ask) -> Result<Told, SendError> {
        let other = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match other {
            Some(other) => other.ask(ask).await,
            None => Err(SendError::Away("nobody can be reached there".to_owned())),
        }
    }
}

impl Elsewhere for Line {
    fn ask<'a>(&'a self, ask: &'a Ask) -> Pending<'a, Result<Told, SendError>> {
        Box::pin(self.speak(ask))
    }

    fn fault(&self, _: &str) -> Option<&'static str> {
        None
    }
}
