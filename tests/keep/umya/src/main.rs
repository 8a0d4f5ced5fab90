//! `umya-edit WORKBOOK TARGET CHANGES`: writes the listed cells with umya-spreadsheet and saves the workbook as another file.

use std::{env, error::Error, fs, path::Path};

use umya_spreadsheet::{reader, writer};

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = env::args().skip(1).collect();
    let [workbook, target, changes] = &given[..] else { return Err("give a workbook, a target and changes".into()) };
    let changes: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(changes)?)?;
    let mut book = reader::xlsx::read(Path::new(workbook))?;
    for change in changes {
        let text = |key: &str| change[key].as_str().ok_or("a change is a place and a value");
        let (sheet, cell) = text("place")?.rsplit_once('!').ok_or("a place is a sheet and a cell")?;
        let sheet = book.sheet_by_name_mut(sheet.trim_matches('\''))?;
        sheet.cell_mut(cell).set_value(text("value")?);
    }
    writer::xlsx::write(&book, Path::new(target))?;
    Ok(())
}
