//! Addresses of databases.

use std::path::PathBuf;

use super::{Engine, tls};

/// Where a connection leads.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Sqlite(PathBuf),
    Postgres(Box<::postgres::Config>, tls::Tls),
}

#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    #[error("a database is named as sqlite:PATH or postgres://USER@HOST/NAME")]
    Scheme,
    #[error("the PostgreSQL address cannot be read: {0}")]
    Postgres(#[from] ::postgres::Error),
    #[error("sslmode is disable, prefer, require, verify-ca or verify-full, not {0:?}")]
    Mode(String),
    #[error("sslrootcert: no certificate can be read from {0}")]
    Authorities(String),
}

impl Target {
    pub(crate) fn parse(url: &str) -> Result<Self, TargetError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(TargetError::Scheme);
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let (mut config, tls) = tls::Tls::of(url)?;
            config.application_name("huiyin");
            return Ok(Self::Postgres(Box::new(config), tls));
        }
        Err(TargetError::Scheme)
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(..) => Engine::Postgres,
        }
    }
}
