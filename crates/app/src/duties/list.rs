//! The items and the duty list, whole: some thousands of lines at most.

use huiyin_domain::unit::{Duty, Item};
use huiyin_store::{DbError, duties};

use crate::{App, Error};

/// Items and the lines of the duty list, each by code.
#[derive(Debug, Clone)]
pub struct Lists {
    pub items: Vec<Item>,
    pub duties: Vec<Duty>,
}

pub async fn list(app: &App) -> Result<Lists, Error> {
    let read = |tx: &mut huiyin_store::Tx<'_>| {
        Ok::<_, DbError>(Lists {
            items: duties::read_items(tx)?,
            duties: duties::read_all(tx)?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
