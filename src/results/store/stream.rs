//! A file of a result that is written in pieces and hashed at the same time: it is never completely in
//! memory.

use crate::results::{FileHash, manifest::hex};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Write};

/// A file that is being written; [`super::Staging::keep`] adds it to the result.
#[derive(Debug)]
pub struct StreamedFile {
    path: String,
    file: File,
    hash: Sha256,
}

impl StreamedFile {
    /// A new file, with its path within the result.
    pub(super) fn new(path: &str, file: File) -> Self {
        Self { path: path.to_owned(), file, hash: Sha256::new() }
    }

    /// The path and the hash of what was written.
    pub(super) fn close(self) -> FileHash {
        FileHash { path: self.path, sha256: hex(&self.hash.finalize()) }
    }
}

impl Write for StreamedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
