//! `fill`: a central body's form filled from a plan, from the command line. Writes neither the form that is given nor what is remembered.

mod form;
mod offers;
mod open_form;
mod report;

use std::{
    io::Write,
    path::Path,
    process::{ExitCode, Termination},
};

use serde_json::json;

pub use offers::Offer;
pub use open_form::{FilledRows, FormEdit, FormInput, FormResult, FormTable, OpenForm, RowsWanted};
pub use report::{AskedName, CheckTold, FillReport, FillSection, Leftover, WrittenInput};

pub(in crate::app) use form::{Published, fill_form, mapping_for, read_form, write_form};

use super::{
    as_of,
    headless_error::{HeadlessError, date, read, replace, unless_closed},
    open::OpenError,
    overwrite::may_replace,
    passwords::{Password, Passwords},
};
use crate::{
    central::FormMapping,
    model::harmless,
    store::{self, Fingerprint, Folder, FormMappings},
};

/// What `fill` is asked to do.
#[derive(Clone, Copy, Debug)]
pub struct Fill<'a> {
    /// The form.
    pub template: &'a Path,
    /// The file with the plan.
    pub from: &'a Path,
    /// What fills which cell; where it is left out, what was remembered for a form of this shape, else what is certain.
    pub mapping: Option<&'a Path>,
    /// The filled form.
    pub to: Option<&'a Path>,
    /// Where the mapping that was used is written, to be corrected.
    pub write_mapping: Option<&'a Path>,
    pub json: bool,
    pub with_hidden: bool,
    /// As it was typed.
    pub as_of: Option<&'a str>,
    /// Whether a file that is there is replaced, whatever it is.
    pub force: bool,
    /// Whether a form with a digital signature is filled, which no longer holds then.
    pub signed: bool,
}

/// What a script is told by the code it ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillEnd {
    /// All was written, and every check that is not met is explained.
    Done,
    /// Something was not written, or a check asks for an explanation.
    LeftToDo,
}

impl Termination for FillEnd {
    fn report(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::LeftToDo => ExitCode::from(1),
        }
    }
}

/// Fills a form, and says what was written, what was not, and which checks are not met.
///
/// # Errors
/// When a file cannot be read or written, or the mapping is none.
pub fn fill(asked: &Fill<'_>, out: &mut dyn Write) -> Result<FillEnd, HeadlessError> {
    let as_of = as_of(asked.as_of.map(date).transpose()?);
    if let Some(to) = asked.to {
        may_be_written(asked, to)?;
    }
    let opened = read(&[asked.from.into()])?;
    let passwords = Passwords::of_any(Password::of_environment());
    let bytes = store::read(asked.template).map_err(OpenError::from)?;
    let held = passwords.unlock(asked.template, bytes).map_err(OpenError::NeedsPassword)?;
    let failed = |why| HeadlessError::Patch { file: asked.template.into(), why };
    let template = read_form(held.clear(), &|| true).map_err(failed)?;
    let published = Published::of(&opened.document, &opened.notes, asked.with_hidden, as_of);
    let (mapping, origin) = match asked.mapping {
        Some(file) => (mapping_in(file)?, "as the mapping says"),
        None => {
            let known = FormMappings::load(&Folder::of_user());
            let (mapping, remembered) = mapping_for(&template, known.all(), &published.plan());
            (mapping, if remembered { "as it was filled before" } else { "with what its labels tell for certain" })
        }
    };
    if let Some(to) = asked.write_mapping {
        let text =
            serde_json::to_vec_pretty(&mapping).map_err(|error| HeadlessError::Mapping { file: to.into(), why: error.to_string() })?;
        store::note_folder(&Folder::of_user(), to);
        store::write(to, &text)?;
    }
    let name = store::shortened(asked.template);
    let (bytes, mut report) =
        write_form((&name, held.clear()), &template, &mapping, &published.plan(), asked.signed, &|_| true).map_err(failed)?;
    report.about_plan = published.said.clone();
    if let Some(to) = asked.to {
        let sealed = held.sealed(bytes).map_err(|why| HeadlessError::Sealed { file: asked.template.into(), why })?;
        save(to, &sealed)?;
    }
    tell(asked, &report, origin, out)?;
    Ok(if report.is_done() { FillEnd::Done } else { FillEnd::LeftToDo })
}

/// What a file says fills which cell.
///
/// # Errors
/// When it cannot be read, or says something else.
fn mapping_in(file: &Path) -> Result<FormMapping, HeadlessError> {
    let bytes = store::read(file).map_err(OpenError::from)?;
    serde_json::from_slice(&bytes).map_err(|error| HeadlessError::Mapping { file: file.into(), why: error.to_string() })
}

/// Refuses a name that is the form's or the plan's own, or of a file that is not to be lost.
fn may_be_written(asked: &Fill<'_>, to: &Path) -> Result<(), HeadlessError> {
    let is = |file: &Path| file.canonicalize().is_ok_and(|file| to.canonicalize().is_ok_and(|to| to == file));
    if is(asked.template) || is(asked.from) {
        return Err(HeadlessError::SameFile(to.into()));
    }
    if !asked.force {
        may_replace(to, "").map_err(|_| HeadlessError::Taken { file: to.into(), why: "a file of this name is already there" })?;
    }
    Ok(())
}

fn save(to: &Path, bytes: &[u8]) -> Result<(), HeadlessError> {
    // What is there now may be replaced, and nothing that somebody puts there meanwhile.
    let known = Fingerprint::read(to).ok();
    store::note_folder(&Folder::of_user(), to);
    replace(to, bytes, known.as_ref()).map(drop)
}

fn tell(asked: &Fill<'_>, report: &FillReport, origin: &str, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let written = asked.to.map(|to| to.display().to_string());
    if asked.json {
        let mut told = json!(report);
        told["mapped"] = json!(origin);
        told["output"] = json!(written);
        return unless_closed(writeln!(out, "{told}"));
    }
    let mut lines = vec![format!("Filled {origin}. {}", report.words())];
    let stem = asked.to.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    if let (Some(name), Some(stem)) = (&report.name, stem)
        && stem != name.name
    {
        let rest = if name.whole { String::new() } else { format!(", with what stands for {}", name.asked.join(" and ")) };
        lines.push(harmless(&format!("Before it is sent, name it {}.xlsx{rest}.", name.name)).into_owned());
    }
    lines.extend(asked.write_mapping.map(|to| harmless(&format!("Wrote the mapping to {}.", to.display())).into_owned()));
    lines.extend(written.map(|to| harmless(&format!("Wrote {to}.")).into_owned()));
    unless_closed(writeln!(out, "{}", lines.join("\n")))
}
