//! A page as data: its head, its findings and its sections.
//!
//! Knows nothing of a corridor. All texts are made printable here and escaped by the template; only pictures
//! are inserted as they are, because they escape their own texts.

use super::figure::Figure;
use super::table::{Piece, Table};
use super::{ReportError, assets};
use crate::diag::printable;
use crate::units::typography::bound;
use askama::Template;

/// A page, from its title to its foot.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    title: String,
    kicker: String,
    lead: Vec<String>,
    findings: Vec<Finding>,
    sections: Vec<Section>,
    foot: String,
}

/// A question and its answer in a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    question: String,
    answer: String,
}

impl Page {
    /// An empty page; the kicker is the line above the title.
    pub fn new(title: &str, kicker: &str) -> Self {
        let (lead, findings, sections, foot) = Default::default();
        Self { title: printable(title), kicker: printable(kicker), lead, findings, sections, foot }
    }

    /// Adds a paragraph below the title; an empty text adds nothing.
    pub fn lead(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.lead.push(bound(&printable(text.trim())));
        }
    }

    /// Adds a question and its answer to the findings at the head.
    pub fn finding(&mut self, question: &str, answer: &str) {
        self.findings.push(Finding { question: printable(question), answer: bound(&printable(answer)) });
    }

    /// Adds a section; one without content is left out.
    pub fn section(&mut self, section: Section) {
        if !section.blocks.is_empty() {
            self.sections.push(section);
        }
    }

    /// Sets the last line.
    pub fn foot(&mut self, text: &str) {
        self.foot = printable(text);
    }

    /// The page as one HTML document that needs nothing else.
    ///
    /// # Errors
    /// None that a page can cause: it is written to memory.
    pub fn html(&self) -> Result<String, ReportError> {
        let (style, script) = (assets::style(), assets::SCRIPT);
        let policy = assets::policy(&style, script);
        let document = Document { page: self, version: env!("CARGO_PKG_VERSION"), policy, style, script };
        Ok(document.render()?)
    }
}

#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct Document<'p> {
    page: &'p Page,
    version: &'static str,
    policy: String,
    style: String,
    script: &'static str,
}

/// A part of a page under its own heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    id: &'static str,
    title: String,
    blocks: Vec<Block>,
}

impl Section {
    /// An empty section; the id is the target of its link in the contents, and unique on the page.
    pub fn new(id: &'static str, title: &str) -> Self {
        Self { id, title: printable(title), blocks: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: &str) {
        self.blocks.push(Block::Text(bound(&printable(text))));
    }

    /// Adds a line that can be typed.
    pub fn command(&mut self, line: &str) {
        self.blocks.push(Block::Command(printable(line)));
    }

    /// Adds names with their values.
    pub fn facts(&mut self, facts: &[(&str, String)]) {
        let facts = facts.iter().map(|(name, value)| (printable(name), printable(value)));
        self.blocks.push(Block::Facts(facts.collect()));
    }

    /// Adds a picture.
    pub fn figure(&mut self, figure: Figure) {
        self.blocks.push(Block::Figure(Box::new(figure)));
    }

    /// Adds a table; one without rows is left out.
    pub fn table(&mut self, table: Table) {
        if !table.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Block {
    Text(String),
    Command(String),
    Facts(Vec<(String, String)>),
    Figure(Box<Figure>),
    Table(Table),
}

#[cfg(test)]
mod tests {
    use super::super::table::Cell;
    use super::*;

    const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&\u{1b}[31m\u{202e}</script>{{ page }}";

    /// The hostile words wherever words can come in.
    fn hostile() -> String {
        let mut page = Page::new(HOSTILE, HOSTILE);
        page.lead(HOSTILE);
        page.finding(HOSTILE, HOSTILE);
        let mut section = Section::new("all", HOSTILE);
        section.text(HOSTILE);
        section.command(HOSTILE);
        section.facts(&[(HOSTILE, HOSTILE.to_owned())]);
        let mut table =
            Table::new(HOSTILE).words(&[HOSTILE]).noted(HOSTILE).filtered(HOSTILE, &[("mark", HOSTILE)]);
        let link = format!("https://a.example/{HOSTILE} {HOSTILE}");
        table.row(vec![Cell::linked(&link).with_aside(&link)]);
        section.table(table);
        page.section(section);
        page.foot(HOSTILE);
        page.html().expect("it is written to memory")
    }

    #[test]
    fn foreign_words_stay_words_wherever_they_come_in() {
        let html = hostile();
        assert!(!html.contains("<img"));
        assert!(!html.contains(['\u{1b}', '\u{202e}']));
        // Title twice, kicker, lead, question and answer, heading of the section and in the contents, text,
        // command, name and value of a fact, caption and the name of its box, column, note, two of the
        // filter, two lines of the cell, foot.
        assert_eq!(html.matches("img src=x onerror=alert(1)").count(), 21);
        assert_eq!(html.matches("</script>").count(), 1, "the page's own");
    }

    #[test]
    fn what_is_empty_is_left_out() {
        let mut page = Page::new("Title", "");
        page.lead(" \n ");
        let mut section = Section::new("none", "Nothing here");
        section.table(Table::new("empty").words(&["a"]));
        page.section(section);
        let html = page.html().expect("it is written to memory");
        assert!(
            !html.contains("class=\"lead\"") && !html.contains("Nothing here") && !html.contains("<table")
        );
    }
}
