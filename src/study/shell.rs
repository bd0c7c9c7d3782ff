//! Command lines that can be typed.

use super::Layers;
use std::path::Path;

/// A word, quoted for a shell where necessary.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The command that shows a run of a scenario with these layers.
pub(super) fn replay_command(file: &Path, layers: &Layers, seed: Option<u64>, run: u64) -> String {
    let mut words = vec![quoted(&file.display().to_string()), format!("--run {run}")];
    words.extend(seed.map(|seed| format!("--seed {seed}")));
    words.extend(layers.with.iter().map(|layer| format!("--with {}", quoted(&layer.display().to_string()))));
    words.extend(layers.set.iter().map(|setting| format!("--set {}", quoted(setting))));
    format!("simulate replay {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_change_is_quoted() {
        assert_eq!(quoted("scenarios/bridge.toml"), "scenarios/bridge.toml");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("base + road.toml"), "'base + road.toml'");
    }

    #[test]
    fn the_command_that_is_shown_can_be_typed() {
        let layers = Layers {
            with: vec!["my layer.toml".into()],
            set: vec!["finance.cash=20 to 60 MUSD/year".to_owned(), "run.start=2025-01".to_owned()],
        };
        assert_eq!(
            replay_command(Path::new("scenarios/bridge.toml"), &layers, Some(7), 8123),
            "simulate replay scenarios/bridge.toml --run 8123 --seed 7 --with 'my layer.toml' \
             --set 'finance.cash=20 to 60 MUSD/year' --set run.start=2025-01"
        );
    }
}
