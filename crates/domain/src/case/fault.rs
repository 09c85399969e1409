//! What is wrong with the files of a kind: where, what, and what to write instead.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The kind cannot be used.
    Error,
    /// It can be used, but somebody should look.
    Warning,
}

/// What is wrong, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Folder and name: `appeal/kind.toml`.
    pub file: String,
    /// From one.
    pub line: usize,
    pub severity: Severity,
    pub what: String,
    /// What to write instead, when we can tell.
    pub instead: Option<String>,
}

impl Fault {
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Fault {
            file, line, what, ..
        } = self;
        match self.severity {
            Severity::Error => write!(f, "{file}:{line}: {what}")?,
            Severity::Warning => write!(f, "{file}:{line}: (warning) {what}")?,
        }
        match &self.instead {
            Some(instead) => write!(f, "; {instead}"),
            None => Ok(()),
        }
    }
}
