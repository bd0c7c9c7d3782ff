//! Input files: regular files, up to a size. Pipes and devices can be endless or block for ever, so they are
//! rejected before they are opened.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// Opens a regular file.
///
/// # Errors
/// If there is none, or if it is a folder, a pipe or a device: the error then states what it is and what to
/// do.
pub fn open_file(path: &Path) -> io::Result<File> {
    refuse_other_kinds(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    // It may have been replaced in the meantime.
    refuse_other_kinds(file.metadata()?.file_type())?;
    Ok(file)
}

/// Reads a text to its end.
///
/// # Errors
/// If it isn't UTF-8, if it has more than `most` bytes (the rest is not read), or if the source refuses.
pub fn read_to_end(source: impl Read, most: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is larger than {} MiB, the most that is read", most >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let (line, column) = end_of(error.utf8_error().valid_up_to(), error.as_bytes());
        let message = format!("it is not text in UTF-8: see line {line}, column {column}");
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

/// The line and the column, both from 1, of the first byte after `length` bytes of valid text.
fn end_of(length: usize, bytes: &[u8]) -> (usize, usize) {
    let text = String::from_utf8_lossy(bytes.get(..length).unwrap_or_default());
    let line = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, line.chars().count() + 1)
}

fn refuse_other_kinds(kind: FileType) -> io::Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    if kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file"));
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!(
            "it is {}, not a regular file: save it as a file; the scenario itself can also come from \
             standard input, written -",
            name(kind)
        ),
    ))
}

#[cfg(unix)]
fn name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match () {
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn name(_: FileType) -> &'static str {
    "a pipe or a device"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_up_to_its_limit_and_no_further() {
        assert_eq!(read_to_end(&b"abc"[..], 3).expect("is short enough"), "abc");
        assert!(read_to_end(&b"abcd"[..], 3).is_err());
        // An endless source is read only up to the limit.
        assert!(
            read_to_end(io::repeat(b'a'), 1 << 20).expect_err("is too large").to_string().contains("1 MiB")
        );
        let error = read_to_end(&b"\xc3\xa9 = 1\n\xc3\xa9\xff"[..], 99).expect_err("is no text");
        assert!(error.to_string().ends_with("line 2, column 2"), "{error}");
    }

    #[test]
    fn folders_and_devices_are_refused_with_what_they_are() {
        let refused = |path: &str| open_file(Path::new(path)).expect_err("is no file").to_string();
        assert!(refused(".").contains("a folder"));
        #[cfg(unix)]
        assert!(refused("/dev/zero").contains("a device, not a regular file"));
    }
}
