//! Letters that the font of the pictures lacks, in words.

use crate::plot::{Lacking, lacking_in};
use crate::results::RunResult;

/// The most letters of a script that are listed.
const SHOWN: usize = 8;

/// A note on PNG pictures in which letters are missing; `None` where none are.
pub fn note(lacking: &Lacking) -> Option<String> {
    let scripts: Vec<String> = lacking
        .iter()
        .map(|(script, letters)| {
            let shown: String = letters.iter().take(SHOWN).collect();
            let more = letters.len().saturating_sub(SHOWN);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{script} ({shown}{rest})")
        })
        .collect();
    (!scripts.is_empty()).then(|| format!(
        "The PNG pictures can't show letters of these scripts: {}. They show the names of the scenario file \
         instead, or the script in brackets. The SVG pictures and report.html show all letters with the \
         fonts of the reader's machine.",
        scripts.join(", ")
    ))
}

/// The note for the titles of a result, for its JSON.
pub fn note_of(result: &RunResult) -> Option<String> {
    note(&lacking_in(stand_ins(result).iter().map(|(title, _)| title.as_str())))
}

/// The note as a warning for the terminal.
pub fn warn(lacking: &Lacking) -> Option<String> {
    note(lacking).map(|note| format!("warning: {note}\n"))
}

/// The titles of a result, and the names that replace them where the font lacks letters.
pub fn stand_ins(result: &RunResult) -> Vec<(String, String)> {
    let pair = |(name, title): &(String, String)| (title.clone(), name.clone());
    let named = result.products.iter().chain(&result.routes).map(pair);
    let events = result.events.iter().map(|event| (event.title.clone(), event.name.clone()));
    let targets = result.targets.iter().map(|target| (target.spec.title.clone(), target.spec.name.clone()));
    let itself = (result.info.title.clone(), result.info.name.clone());
    named.chain(events).chain(targets).chain([itself]).collect()
}
