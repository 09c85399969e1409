//! All units, closed ones too: a county has some hundreds. Everybody may know them.

use huiyin_domain::unit::Unit;
use huiyin_store::units;

use crate::{App, Error};

pub async fn list(app: &App) -> Result<Vec<Unit>, Error> {
    app.store.read(units::read_all).await.map_err(Error::from)
}
