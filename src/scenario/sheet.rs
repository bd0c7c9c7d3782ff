//! A CSV file of numbers according to RFC 4180: columns separated by commas, their names in the first line,
//! the same number of cells in every row.
//!
//! A row with another number of cells is refused rather than cut or filled up: the extra cell may come from a
//! decimal comma.

use super::quantity::{Cell, ColumnError, advice_for_cell, is_like_thousands};
use crate::diag::{FileId, Span, list};

/// A data file.
pub(super) struct Sheet<'s> {
    /// The path as written in the scenario.
    pub(super) name: &'s str,
    pub(super) file: FileId,
    pub(super) text: &'s str,
}

/// A row, with the byte offset of its start.
struct Row {
    start: usize,
    cells: csv::StringRecord,
}

impl Sheet<'_> {
    /// The numbers of a column; without a name, those of the only column. A file with one column needs no
    /// heading.
    pub(super) fn numbers(&self, column: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
        self.refuse_control_characters()?;
        self.refuse_open_quotes()?;
        let rows = self.rows()?;
        let Some(head) = rows.first() else {
            return Err(ColumnError::file(format!("`{}` is empty", self.name)));
        };
        self.refuse_blank_lines(&rows)?;
        self.refuse_other_separators(head)?;
        self.refuse_other_lengths(head, &rows)?;
        let index = self.index_of(head, column)?;
        let is_headless = column.is_none() && cell(&head.cells[0]).is_ok();
        let below = &rows[usize::from(!is_headless)..];
        if below.is_empty() {
            return Err(ColumnError::file(format!("`{}` has a heading and nothing below it", self.name)));
        }
        below.iter().map(|row| self.number(row, index)).collect()
    }

    fn refuse_control_characters(&self) -> Result<(), ColumnError> {
        let is_foreign = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let Some(at) = self.text.find(is_foreign) else { return Ok(()) };
        Err(self.at_line(at, "holds a control character").help("save it as plain text in UTF-8"))
    }

    /// Refuses misplaced quotation marks, which the CSV reader would accept, and unclosed ones, which it
    /// would extend to the end of the file.
    fn refuse_open_quotes(&self) -> Result<(), ColumnError> {
        let mut opened: Option<usize> = None;
        let mut before = ',';
        let mut rest = self.text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map(|&(_, next)| next);
            match (opened, c) {
                (None, '"') if matches!(before, ',' | '\n' | '\r' | '\u{feff}') => opened = Some(at),
                (None, '"') => return Err(self.quotes(at, "has a quotation mark inside a cell")),
                (Some(_), '"') if next == Some('"') => {
                    rest.next();
                }
                (Some(_), '"') => {
                    opened = None;
                    if !matches!(next, None | Some(',' | '\n' | '\r' | ' ')) {
                        return Err(self.quotes(at, "has text behind a closing quotation mark"));
                    }
                }
                _ => {}
            }
            // Blanks around a cell don't count.
            before = if opened.is_none() && matches!(c, ' ' | '\t') { before } else { c };
        }
        match opened {
            Some(at) => Err(self.quotes(at, "opens a quotation mark that is never closed")),
            None => Ok(()),
        }
    }

    fn quotes(&self, at: usize, what: &str) -> ColumnError {
        self.at_line(at, what).help(
            "a cell in quotation marks is \"in them whole\", and a quotation mark inside of it is written \
             twice",
        )
    }

    /// All rows that are not blank.
    fn rows(&self) -> Result<Vec<Row>, ColumnError> {
        let mut options = csv::ReaderBuilder::new();
        // Rows of another length are reported by `refuse_other_lengths`, with more detail than the reader
        // gives.
        let mut reader =
            options.has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(self.text.as_bytes());
        let failed = |error: csv::Error| ColumnError::file(format!("`{}` is no CSV: {error}", self.name));
        let row = |cells: csv::StringRecord| Row { start: self.start(&cells), cells };
        reader.records().map(|cells| cells.map(row).map_err(failed)).collect()
    }

    /// The byte offset of a row's first cell. The reader's position also includes line ends and blank lines
    /// before the row.
    fn start(&self, row: &csv::StringRecord) -> usize {
        let from =
            row.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let rest = self.text.get(from..).unwrap_or_default();
        self.text.len() - rest.trim_start_matches(['\r', '\n', '\u{feff}']).len()
    }

    /// Refuses blank lines between rows, which are missing values; blank lines at the end are allowed.
    fn refuse_blank_lines(&self, rows: &[Row]) -> Result<(), ColumnError> {
        for row in &rows[1..] {
            let before = self.text.get(..row.start).unwrap_or_default();
            let blank = |c: &char| matches!(c, '\r' | '\n' | ' ' | '\t');
            let ends = before.chars().rev().take_while(blank).filter(|&c| c == '\n').count();
            if ends > 1 {
                return Err(self.at_line(row.start - 1, "is blank").help("leave out lines without a value"));
            }
        }
        Ok(())
    }

    fn refuse_other_separators(&self, head: &Row) -> Result<(), ColumnError> {
        match head.cells.iter().collect::<Vec<_>>()[..] {
            [only] if only.contains([';', '\t', '|']) => {
                let problem = self.at_line(head.start, "has something else than commas between its cells");
                Err(problem.help("columns are separated by commas, and decimals by a point"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses rows that don't have one cell for each column.
    fn refuse_other_lengths(&self, head: &Row, rows: &[Row]) -> Result<(), ColumnError> {
        let wanted = head.cells.len();
        let Some(row) = rows.iter().find(|row| row.cells.len() != wanted) else { return Ok(()) };
        let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
        let what = format!("has {}, and the first line has {wanted}", cells(row.cells.len()));
        let problem = self.at_line(row.start, &what);
        Err(match split_number(&row.cells) {
            _ if row.cells.len() < wanted => problem.help("every row has a cell for each column"),
            Some((number, help)) => problem.help(format!("if `{number}` is one number, {help}")),
            None => problem.help("every row has a cell for each column; write a text with a comma in \"…\""),
        })
    }

    /// The column's index in every row.
    fn index_of(&self, head: &Row, column: Option<&str>) -> Result<usize, ColumnError> {
        let names: Vec<&str> = head.cells.iter().collect();
        if let Some(twin) =
            (0..names.len()).find(|&at| !names[at].is_empty() && names[..at].contains(&names[at]))
        {
            let what = format!("names two columns `{}`", names[twin]);
            return Err(self.at_line(head.start, &what).help("give every column a name of its own"));
        }
        let Some(column) = column else { return self.only_column(&names) };
        names.iter().position(|name| *name == column).ok_or_else(|| {
            let message = format!("`{}` has no column `{column}`", self.name);
            ColumnError::column(message).suggest(column, names.iter().copied())
        })
    }

    fn only_column(&self, names: &[&str]) -> Result<usize, ColumnError> {
        if names.len() == 1 {
            return Ok(0);
        }
        let message = format!("`{}` has {} columns: say which is meant", self.name, names.len());
        let example = names.last().copied().unwrap_or_default();
        let help = format!("for example column='{example}'; it has {}", list(names, 12));
        Err(ColumnError::file(message).help(help))
    }

    fn number(&self, row: &Row, index: usize) -> Result<Cell, ColumnError> {
        let text = row.cells.get(index).unwrap_or_default();
        cell(text).map_err(|help| {
            let what = if text.is_empty() { "nothing".to_owned() } else { format!("`{}`", beginning(text)) };
            let message = format!("{} has {what} where a number belongs", self.line(row.start));
            ColumnError::file(message).help(help).see(self.cell_at(row.start, index))
        })
    }

    /// The line of a byte offset, in words: line 3 of `prices.csv`.
    fn line(&self, at: usize) -> String {
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!("line {line} of `{}`", self.name)
    }

    /// A problem with the line that contains this byte.
    fn at_line(&self, at: usize, what: &str) -> ColumnError {
        let start = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let length = self.text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        let problem = ColumnError::file(format!("{} {what}", self.line(at)));
        problem.see(Span::new(self.file, start..start + length))
    }

    /// The location of a cell; that of its whole line if quotation marks prevent finding the cell by its
    /// commas.
    fn cell_at(&self, start: usize, index: usize) -> Span {
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let whole = Span::new(self.file, start..start + line.len());
        let before: usize = line.split(',').take(index).map(|cell| cell.len() + 1).sum();
        match line.split(',').nth(index) {
            Some(cell) if !line.contains('"') && !cell.is_empty() => whole.part(before, cell.len()),
            _ => whole,
        }
    }
}

/// Two neighbouring cells that may be one number with a decimal comma: the number, and how to write it.
fn split_number(cells: &csv::StringRecord) -> Option<(String, String)> {
    let cells: Vec<&str> = cells.iter().collect();
    let joined = cells.windows(2).map(|pair| pair.join(","));
    joined.rev().find_map(|number| advice_for_cell(&number).map(|help| (number, help)))
}

/// A cell's number, with or without a %; if it is not a number, advice on how to write it.
fn cell(text: &str) -> Result<Cell, String> {
    if text.is_empty() {
        return Err("leave out lines without a value".to_owned());
    }
    let digits = text.strip_suffix('%').map(str::trim_end);
    let number = digits.unwrap_or(text);
    match number.parse::<f64>() {
        Ok(value) if value.abs() <= 1e30 => {
            Ok(Cell { value, percent: digits.is_some(), grouped: is_like_thousands(number) })
        }
        Ok(_) => Err("numbers are finite, at most 1e30; leave out lines without a value".to_owned()),
        Err(_) => Err(advice_for_cell(number).unwrap_or_else(|| {
            "write numbers like 31.5, 1234 or 8%; leave out lines without a value".to_owned()
        })),
    }
}

/// The first 30 characters of a cell.
fn beginning(text: &str) -> String {
    let shown: String = text.chars().take(30).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}
