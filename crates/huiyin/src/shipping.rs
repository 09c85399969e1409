//! What `huiyin.toml` may say of log shipping.

use std::path::{Path, PathBuf};

use huiyin_app::outside::{Clock as _, FilesSettings, LiveClock};
use huiyin_store::shipping::{BASE_EVERY, LOG_BYTES_MAX, Shipping};
use jiff::SignedDuration;
use serde::Deserialize;

/// Where to the log is shipped while the house serves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingSettings {
    folder: PathBuf,
    #[serde(default = "every")]
    every: SignedDuration,
}

fn every() -> SignedDuration {
    SignedDuration::from_secs(10)
}

impl ShippingSettings {
    /// Files in a bucket are looked after by whoever keeps the bucket.
    pub fn of(&self, files: Option<&FilesSettings>, data: &Path) -> Shipping {
        let files = match files {
            None => Some(data.join("files")),
            Some(FilesSettings::Folder(folder)) => Some(folder.clone()),
            Some(FilesSettings::S3 { .. }) => None,
        };
        Shipping {
            folder: self.folder.clone(),
            every: self.every.unsigned_abs(),
            files,
            base_every: BASE_EVERY,
            log_bytes_max: LOG_BYTES_MAX,
            now: || LiveClock.now(),
        }
    }
}
