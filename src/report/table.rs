//! Aligned columns for the terminal, drawn by comfy-table.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Blanks between two columns.
pub(super) const GAP: u16 = 2;

/// Rows under a heading, in columns separated by blanks, without frames; fits into `width` columns.
pub(super) fn columns(heading: &[&str], align: &[Align], rows: Vec<Vec<String>>, width: usize) -> String {
    let mut table = plain(rows);
    table.set_header(heading.iter().copied());
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // The gap behind the last column is cut off again.
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX).saturating_add(GAP));
    align_columns(&mut table, align);
    text(&table)
}

/// The widths of columns in which nothing is wrapped.
pub(super) fn widths(heading: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
    let lines = |cell: &str| cell.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(|cell| lines(cell));
    (0..heading.len())
        .map(|column| cells(column).chain([lines(heading[column])]).max().unwrap_or(0))
        .collect()
}

/// The total of these widths with the gaps between them.
pub(super) fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + usize::from(GAP) * widths.len().saturating_sub(1)
}

/// Rows in columns of given widths, so that the columns of several such blocks are aligned; long cells are
/// wrapped.
pub(super) fn block(widths: &[u16], align: &[Align], rows: Vec<Vec<String>>) -> String {
    let mut table = plain(rows);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    align_columns(&mut table, align);
    for (column, &width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + GAP)));
    }
    text(&table)
}

fn plain(rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.add_rows(rows);
    table
}

fn align_columns(table: &mut Table, align: &[Align]) {
    for (column, align) in table.column_iter_mut().zip(align) {
        column.set_padding((0, GAP));
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
}

fn text(table: &Table) -> String {
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}
