//! One line of a menu, open or not. Everybody may: menus are public.

use huiyin_domain::id::MenuServiceId;
use huiyin_domain::menu::Service;
use huiyin_store::{DbError, Tx, menus};

use crate::error::Thing;
use crate::{App, Error, Refusal};

/// A line of a menu.
pub async fn read(app: &App, id: MenuServiceId) -> Result<Service, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> { menus::read(tx, id) };
    let found = app.store.read(read).await?;
    found.ok_or_else(|| Refusal::NotFound(Thing::MenuService).into())
}
