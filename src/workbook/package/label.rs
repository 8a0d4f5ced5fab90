//! The part of a written workbook that holds its sensitivity labels, put in beside the others. Changes no other part's bytes.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use crate::model::Named;

const PART: &str = "docMetadata/LabelInfo.xml";
const RELATIONS: &str = "_rels/.rels";
const TYPES: &str = "[Content_Types].xml";
const NAMESPACE: &str = "http://schemas.microsoft.com/office/2020/mipLabelMetadata";
const KIND: &str = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels";
const TYPE: &str = "application/vnd.ms-office.classificationlabels+xml";

/// The workbook with its labels in their part; as it is where there are none.
///
/// # Errors
/// When it is no zip.
pub fn with_label(workbook: Vec<u8>, labels: &[Vec<Named>]) -> ZipResult<Vec<u8>> {
    if labels.is_empty() {
        return Ok(workbook);
    }
    let mut read = ZipArchive::new(Cursor::new(&workbook))?;
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..read.len() {
        let mut file = read.by_index(at)?;
        let name = file.name()?.into_owned();
        let added = match &*name {
            RELATIONS => Some((format!("<Relationship Id=\"rIdLabel\" Type=\"{KIND}\" Target=\"{PART}\"/>"), "</Relationships>")),
            TYPES => Some((format!("<Override PartName=\"/{PART}\" ContentType=\"{TYPE}\"/>"), "</Types>")),
            _ => None,
        };
        if let Some((added, end)) = added {
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            written.start_file(name, SimpleFileOptions::default())?;
            written.write_all(text.replacen(end, &format!("{added}{end}"), 1).as_bytes())?;
        } else {
            written.raw_copy_file(file)?;
        }
    }
    written.start_file(PART, SimpleFileOptions::default())?;
    written.write_all(part(labels).as_bytes())?;
    Ok(written.finish()?.into_inner())
}

/// The part's own text.
fn part(labels: &[Vec<Named>]) -> String {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><clbl:labelList xmlns:clbl=\"{NAMESPACE}\">");
    for label in labels {
        text.push_str("<clbl:label");
        for (name, value) in label.iter().filter(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            text.push_str(&format!(" {name}=\"{}\"", quick_xml::escape::escape(&**value)));
        }
        text.push_str("/>");
    }
    text.push_str("</clbl:labelList>");
    text
}
