//! A table's columns and rows by the names that people give them: a role, a heading, a ref. Changes nothing.

use super::{Role, Table, in_plain_form};

/// A ref as refs are compared: without the dot or bracket that may end it.
#[must_use]
pub fn plain_reference(text: &str) -> String {
    in_plain_form(text.trim().trim_end_matches(['.', ')', ':']))
}

impl Table {
    /// The column of a role, or of a heading.
    ///
    /// # Errors
    /// When there is none: which there are.
    pub fn column_named(&self, name: &str) -> Result<usize, String> {
        let wanted = in_plain_form(name);
        let heading = (0..self.columns.len()).find(|at| in_plain_form(&self.heading(*at)) == wanted);
        let role = Role::ALL.into_iter().find(|role| role.code() == wanted || role.code().replace('_', " ") == wanted);
        let of_role = |role: Role| if role == Role::Status { self.status_column() } else { None }.or_else(|| self.role_position(role));
        role.and_then(of_role).or(heading).ok_or_else(|| {
            let headings: Vec<String> = (0..self.columns.len()).map(|at| self.heading(at)).take(20).collect();
            format!("“{}” has no column “{name}”; it has {}", self.name, headings.join(", "))
        })
    }
}
