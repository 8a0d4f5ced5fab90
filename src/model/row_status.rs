//! The status of a row out of all that states one: its columns of statuses, its deadline, its share done. Judges no date.

use super::{Cell, Column, Role, Row, Status, Table, Value, table::same_series};

impl Table {
    /// The status a row states: in its columns of statuses, in place of its deadline, by a day of completion, or by how much of it is
    /// done where nothing else says it.
    #[must_use]
    pub fn status_of(&self, row: &Row) -> Option<Status> {
        let of = |role: Role| move |(column, _): &(&Column, &Cell)| column.role == Some(role);
        let cells = || self.columns.iter().zip(&row.cells);
        let mut stated = cells().filter(of(Role::Status));
        let status = match (stated.next(), stated.next_back()) {
            // Of one status column a quarter, the last that is filled is the latest.
            (Some(first), Some(last)) if same_series(&first.0.heading, &last.0.heading) => {
                cells().rev().filter(of(Role::Status)).find_map(|(_, cell)| cell.status())
            }
            (Some(_), Some(_)) => together(cells().filter(of(Role::Status))),
            (first, _) => first.and_then(|(_, cell)| cell.status()),
        };
        let completed = || self.completed_on(row).map(|_| Status::Complete);
        let silent = || cells().filter(of(Role::Status)).all(|(_, cell)| cell.is_blank() && cell.value != Value::Merged);
        let done = || cells().find(of(Role::Progress)).filter(|_| silent()).and_then(|(_, cell)| Status::of_share(cell.share()?));
        status.or_else(|| cells().filter(of(Role::End)).find_map(|(_, cell)| cell.status())).or_else(completed).or_else(done)
    }

    /// The columns of statuses that stand beside each other, such as a RAG beside a status; none where there is one, or one a period.
    #[must_use]
    pub fn status_columns_together(&self) -> Vec<usize> {
        let all: Vec<usize> = (0..self.columns.len()).filter(|at| self.columns[*at].role == Some(Role::Status)).collect();
        match &all[..] {
            [first, .., last] if !same_series(&self.columns[*first].heading, &self.columns[*last].heading) => all,
            _ => Vec::new(),
        }
    }
}

impl Column {
    /// Whether it is headed as a column of colours beside one of statuses: `RAG`, `Health`.
    #[must_use]
    pub fn is_rag(&self) -> bool {
        const RAG: [&str; 7] = ["rag", "brag", "ragb", "colour", "health", "confidence", "traffic"];
        let heading = self.heading.to_lowercase();
        heading.split(|c: char| !c.is_alphanumeric()).any(|word| RAG.contains(&word)) && !heading.contains("progress")
    }
}

/// What several columns of statuses beside each other state together, such as a RAG beside a status: what has stopped or is done is so
/// whatever its colour, and what goes on has the problems that its colour tells. A colour alone completes nothing that goes on in words.
fn together<'row>(cells: impl Iterator<Item = (&'row Column, &'row Cell)>) -> Option<Status> {
    let stated: Vec<(bool, Status)> = cells.filter_map(|(column, cell)| Some((column.is_rag(), cell.status()?))).collect();
    let any = |wanted: &dyn Fn(bool, Status) -> bool| stated.iter().find(|(rag, status)| wanted(*rag, *status)).map(|(_, status)| *status);
    any(&|_, status| status.is_stopped())
        .or_else(|| any(&|rag, status| !rag && status == Status::Complete))
        .or_else(|| stated.iter().map(|(_, status)| *status).filter(|status| status.is_problem()).min())
        .or_else(|| any(&|rag, _| !rag))
        .or_else(|| any(&|_, _| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RowId, RowKind, TableKind, kinds::Kind};

    /// The status of a row with these headings and texts; `%` heads a share done.
    fn status(cells: &[(&str, &str)]) -> Option<Status> {
        let role = |heading: &str| if heading == "%" { Role::Progress } else { Role::Status };
        let column = |(heading, _): &(&str, &str)| Column { heading: (*heading).into(), role: Some(role(heading)), ..Column::default() };
        let columns: Vec<Column> = cells.iter().map(column).collect();
        let read = |(heading, text): &(&str, &str)| role(heading).kind().read((*text).into(), None);
        let row = Row { id: RowId(1), kind: RowKind::Entry, cells: cells.iter().map(read).collect(), ..Row::default() };
        let table = Table::new(TableKind::Plan, columns, vec![row]);
        table.status_of(&table.rows[0])
    }

    #[test]
    fn columns_beside_each_other_are_read_together() {
        assert_eq!(Role::Progress.kind(), Kind::Figure);
        for (cells, expected) in [
            (&[("RAG", "Green"), ("Status", "Complete")][..], Some(Status::Complete)),
            (&[("RAG", ""), ("Status", "Complete")], Some(Status::Complete)),
            (&[("RAG", "Red"), ("Status", "In progress")], Some(Status::MajorProblems)),
            (&[("Status", "Not started"), ("RAG", "Green")], Some(Status::NotStarted)),
            (&[("RAG", "Blue"), ("Status", "In progress")], Some(Status::InProgress)),
            (&[("RAG", "Blue"), ("Status", "")], Some(Status::Complete)),
            (&[("RAG", "Amber"), ("Status", "On hold")], Some(Status::OnHold)),
            (&[("RAG", "Green"), ("Status", "Withdrawn")], Some(Status::Cancelled)),
            (&[("Q1 RAG", "Red"), ("Q2 RAG", "Green")], Some(Status::InProgress)),
            (&[("Status", ""), ("%", "100%")], Some(Status::Complete)),
            (&[("Status", "In progress"), ("%", "100%")], Some(Status::InProgress)),
            (&[("Status", "Wobbling"), ("%", "100%")], None),
            (&[("Status", "Wobbling"), ("RAG", "")], None),
        ] {
            assert_eq!(status(cells), expected, "{cells:?}");
        }
    }
}
