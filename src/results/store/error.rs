//! Why a result can't be written.

use super::Kind;
use std::io;
use std::path::{Path, PathBuf};

/// Why a result could not be written. In every case the previous result is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error("can't {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The folder of this name isn't a result.
    #[error(
        "{} exists and is not a result of this program (it has no readable manifest.json){}. \
         It is left as it is: move it away, or choose another --out", path.display(), holding(held)
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// Some of its entries.
        held: Vec<String>,
    },
    /// Something that isn't ours has a name that the result needs.
    #[error(
        "{} {what} and was not written by this program; the result needs that name. \
         It is left as it is: move it away, or choose another --out", path.display()
    )]
    InTheWay {
        /// The file, link or folder.
        path: PathBuf,
        /// `is a file`, `is a link`, ….
        what: &'static str,
    },
    /// The folder of the result is a link.
    #[error(
        "{} is a link; results are not written through links. \
         Remove the link, or name the folder in which the result belongs with --out", path.display()
    )]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The old result is protected against writing.
    #[error(
        "{} is protected against writing; it is left as it is. Choose another --out, or allow writing",
        path.display()
    )]
    ReadOnly {
        /// The folder.
        path: PathBuf,
    },
    /// The folder of this name contains a result of another kind.
    #[error(
        "{} holds {held}; it is left as it is. Choose another --name or --out, or remove it",
        path.display()
    )]
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What is in there.
        held: Kind,
    },
    /// Another process has held the lock of the result for longer than an exchange takes.
    #[error(
        "another process is writing a result to {} and has not finished in {seconds} seconds; \
         nothing was replaced. Run again later, or choose another --out", path.display()
    )]
    Busy {
        /// The folder.
        path: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The name can't be that of a folder.
    #[error("`{name}` can't be the name of a folder: {NAME_RULE}")]
    Name {
        /// The name.
        name: String,
    },
}

/// The rule of [`super::is_folder_name`], for messages.
pub const NAME_RULE: &str = "a name has up to 200 bytes, none of / \\ : * ? \" < > | and no control \
                             characters, and neither starts nor ends with a point or a space";

impl StoreError {
    /// Whether the user has to choose another name, or move something away, before it can succeed.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}

/// Adds the path to an error of the file system.
pub(super) fn failed<'p>(
    action: &'static str,
    path: &'p Path,
) -> impl FnOnce(io::Error) -> StoreError + use<'p> {
    move |source| StoreError::Io { action, path: path.to_owned(), source }
}

fn holding(held: &[String]) -> String {
    if held.is_empty() { String::new() } else { format!("; it holds {}", held.join(", ")) }
}
