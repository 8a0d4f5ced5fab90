//! The words by which the sheets this program adds to a workbook are known again when it is opened. Holds words only.

/// The sheet with the header fields, the RAG key and the counts.
pub const COVER: &str = "Cover";
/// The sheet with the KPIs' own rating rules.
pub const RULES: &str = "Rating rules";
/// The sheet with what the words of a plan's statuses stand for.
pub const SCALES: &str = "Statuses";
/// The sheet with the figures that charts cannot take from the tables themselves.
pub const CHART_DATA: &str = "Chart data";
/// The hidden sheet that says where the tables stand.
pub const READING: &str = "Where tables stand";

/// The sheet of exceptions, and its first row.
pub const EXCEPTIONS: &str = "Exceptions";
pub const EXCEPTIONS_LINE: &str = "Exceptions: problems, overdue and slipped";
/// The sheet of changes, and its first row.
pub const CHANGES: &str = "Changes";
pub const CHANGES_LINE: &str = "Changes since the earlier return";
/// The sheet of notes, and its first row.
pub const NOTES: &str = "Notes";
pub const NOTES_LINE: &str = "Notes on the figures of this return";
/// The sheets that the accessible return adds: the list of its sheets, and the figures in words.
pub const CONTENTS_SHEET: &str = "Contents";
pub const SUMMARY: &str = "Summary";
/// Those of them, and the notes, whose words are the program's own.
pub const PUBLISHED: [&str; 3] = [CONTENTS_SHEET, SUMMARY, NOTES];
/// The author of a return of a plan that names no owner.
pub const PROGRAM: &str = "plandesk";
/// Said above what is worked out, as nothing typed there is read back.
pub const WORKED_OUT: &str =
    "Worked out from the plan when this was written. Type changes into the plan itself: this sheet is not read back.";
/// The first rows of all sheets that are worked out anew for each return, and never read back.
pub const WORKED_OUT_LINES: [&str; 4] = [CHART_DATA_LINE, EXCEPTIONS_LINE, CHANGES_LINE, NOTES_LINE];
/// Heads the list of the sheets that are worked out.
pub const ALSO: &str = "Also in this return";
/// Begins the headline of the cover.
pub const HEADLINE: &str = "Headline";

/// The second row of the cover, or its third below a protective marking.
pub const COVER_LINE: &str = "Plan return";
/// The property by which a workbook is known as a return written here: whose it is, by the identity of its document.
pub const RETURN_OF: &str = "plandesk return of";
/// The first row of the rules.
pub const RULES_LINE: &str = "Rules that rate a KPI otherwise than the usual one";
/// The first row of the statuses.
pub const SCALE_LINE: &str = "What the statuses of this return stand for";
/// The headings of the statuses.
pub const SCALE_HEADINGS: [&str; 7] = ["Column", "Word", "Also", "Stands for", "Colour", "Listed by", "Key"];
/// What stands beside a word that its owner's own list of choices offers.
pub const OFFERED: &str = "The owner";
/// The first row of the chart data.
pub const CHART_DATA_LINE: &str = "Figures behind the charts, worked out again for each return";

/// The first row of what says where the tables stand.
pub const READING_LINE: &str = "Where the tables of this return stand, so that they are read as they were written";

/// Begins a table's block on the cover; its name stands beside it.
pub const BLOCK: &str = "Table";
/// Begins the row below; the name of the table's sheet stands beside it.
pub const BLOCK_SHEET: &str = "On sheet";
/// Heads the RAG key.
pub const KEY: &str = "Status";
/// Heads the counts of status lines.
pub const LINES_NOW: &str = "Lines now";
/// Heads the owner's own summary, where the plan states one.
pub const AS_STATED: &str = "As stated in the plan";

/// Heads the list of tables with their sheets.
pub const CONTENTS: [&str; 2] = ["Sheet", "Table"];

/// The cells of a table's place before its columns: sheet, kind, and the rows of what stands above it, its start, headings and end.
pub const READING_PLACE: u16 = 6;

/// The headings of the rules.
pub const RULE_HEADINGS: [&str; 5] = ["KPI at", "KPI", "Better when", "Falls short by", "Amber up to"];
/// The words for a rule's polarity: by the target, higher, lower, maintain.
pub const POLARITIES: [&str; 4] = ["As the target says", "Higher", "Lower", "Maintained"];
/// The words for what a shortfall is counted in: a share of the target, or points.
pub const SHORTFALLS: [&str; 2] = ["% of the target", "Points"];

/// Said in a note beside a text that is longer than a row of Excel shows.
pub const TOO_HIGH: &str =
    "This text is longer than Excel shows in a row (409 points). All of it stands in the cell: read it there or in the formula bar.";
/// Heads what no chart of the KPIs shows.
pub const NOT_CHARTED: &str = "Not charted, or without a target";
