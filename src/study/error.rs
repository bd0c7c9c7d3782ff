//! Errors of a study.

use crate::compare::{Apart, Failed, StoredError};
use crate::diag::{self, Style};
use crate::plot::PlotError;
use crate::report::html::ReportError;
use crate::results::store::{DrawsError, ReadError, StoreError};
use crate::run::Stopped;
use crate::scenario::{LoadError, Loaded};
use std::fmt;

/// Why a study gives no result. Nothing is written then.
#[derive(Debug)]
pub enum Error {
    /// The request can't be met.
    Refused {
        /// The reason.
        message: String,
        /// What was probably meant, for example a name in back quotes.
        meant: Option<String>,
    },
    /// The file of a scenario can't be read.
    Unreadable(LoadError),
    /// A scenario has errors, which are in its diagnostics.
    Unsound(Box<Loaded>),
    /// Several scenarios have errors of the kinds above.
    Several(Vec<Error>),
    /// The host asked for a stop.
    Stopped,
    /// Any other failure: of a disk, by a damaged result, by invalid runs.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A request that can't be met.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), meant: None }
    }

    /// A request with an unknown name, and the nearest known name.
    pub(super) fn unknown(message: impl Into<String>, near: Option<&str>) -> Self {
        Self::Refused { message: message.into(), meant: near.map(|near| format!("`{near}`")) }
    }

    /// Combines errors, each of which belongs to one scenario.
    pub(super) fn of_all(mut errors: Vec<Self>) -> Self {
        if errors.len() == 1 { errors.remove(0) } else { Self::Several(errors) }
    }

    /// Whether the request or a scenario is wrong, and not the machine.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::Unreadable(_) | Self::Unsound(_) | Self::Several(_) => true,
            Self::Stopped => false,
            Self::Failed(error) => error.downcast_ref::<StoreError>().is_some_and(StoreError::is_refusal),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, meant: None } => out.write_str(message),
            Self::Refused { message, meant: Some(meant) } => write!(out, "{message}; did you mean {meant}?"),
            Self::Unreadable(error) => error.fmt(out),
            Self::Unsound(loaded) => {
                let style = Style { colour: false, width: 100 };
                out.write_str(&diag::render(&loaded.diagnostics, &loaded.sources, style))
            }
            Self::Several(errors) => errors.iter().try_for_each(|error| writeln!(out, "{error}")),
            Self::Stopped => out.write_str("stopped"),
            Self::Failed(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Error {}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Stopped(_) => Self::Stopped,
            Failed::Apart(apart) => Self::refused(match &apart {
                Apart::Start { .. } | Apart::Years => format!("these scenarios can't be compared: {apart}"),
                Apart::NoFigure(_) => apart.to_string(),
            }),
        }
    }
}

macro_rules! failed {
    ($($Error:ty),*) => {
        $(impl From<$Error> for Error {
            fn from(error: $Error) -> Self {
                Self::Failed(Box::new(error))
            }
        })*
    };
}
failed!(
    DrawsError,
    PlotError,
    ReadError,
    ReportError,
    StoreError,
    StoredError,
    rayon::ThreadPoolBuildError,
    std::io::Error
);
