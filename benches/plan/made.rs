//! The plan that is measured: made up, the same on every run, and written by the library alone as a floor.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

const HEADINGS: [&str; 8] = ["Ref", "Action", "Start", "End", "Measure", "Lead", "Status", "Comment"];
const STATUSES: [&str; 5] = ["Not started", "Major problems", "Minor problems", "In progress", "Complete"];
const WORDS: [&str; 24] = [
    "agree",
    "the",
    "review",
    "of",
    "homes",
    "with",
    "partners",
    "and",
    "residents",
    "by",
    "spring",
    "publish",
    "a",
    "plan",
    "for",
    "each",
    "ward",
    "so",
    "that",
    "carers",
    "know",
    "where",
    "to",
    "turn",
];

/// One generated action.
pub(crate) struct Action {
    reference: String,
    action: String,
    /// Days since 30 December 1899.
    dates: [f64; 2],
    measure: String,
    lead: String,
    /// Its place among the statuses.
    status: usize,
    comment: String,
}

/// The same words in the same order on every run, by a linear congruential generator.
pub(crate) struct Words(pub u64);

impl Words {
    pub(crate) fn number(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    pub(crate) fn text(&mut self, count: usize) -> String {
        (0..count).map(|_| WORDS[self.number(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn plan(&mut self, actions: usize) -> Vec<Action> {
        let action = |at: usize| {
            let start = 42_700 + self.number(400);
            Action {
                reference: format!("{}.{}.{}", at / 100 + 1, at / 10 % 10 + 1, at % 10 + 1),
                action: self.text(34),
                dates: [start as f64, (start + 90 + self.number(900)) as f64],
                measure: self.text(5),
                lead: format!("Officer {}", self.number(60) + 1),
                status: self.number(STATUSES.len()),
                comment: self.text(38),
            }
        };
        (0..actions).map(action).collect()
    }
}

/// How the library alone writes a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dress {
    /// Each cell in the format the return has for it.
    AsReturn,
    /// Texts that wrap and dates, without borders or fills.
    Plain,
}

/// The floor of the export, and the file that is read: the same cells by the library alone.
pub(crate) fn write_alone(plan: &[Action], dress: Dress) -> Vec<u8> {
    written(plan, dress, Workbook::new())
}

/// The same as a return, packed at the level that the library names for those who want it fast.
pub(crate) fn write_fast(plan: &[Action]) -> Vec<u8> {
    let mut book = Workbook::new();
    book.set_zip_compression_level(3);
    written(plan, Dress::AsReturn, book)
}

fn written(plan: &[Action], dress: Dress, mut book: Workbook) -> Vec<u8> {
    let looks = Looks::of(dress);
    let sheet = book.add_worksheet();
    let written = "a cell within the sheet can be written";
    for (heading, column) in HEADINGS.iter().zip(0..) {
        sheet.write_string(0, column, *heading).expect(written);
    }
    for (action, row) in plan.iter().zip(1..) {
        let texts = [
            (0, action.reference.as_str(), &looks.text),
            (1, &action.action, &looks.text),
            (4, &action.measure, &looks.text),
            (5, &action.lead, &looks.text),
            (6, STATUSES[action.status], &looks.statuses[action.status]),
            (7, &action.comment, &looks.text),
        ];
        for (column, text, look) in texts {
            sheet.write_string_with_format(row, column, text, look).expect(written);
        }
        for (column, day) in (2..).zip(action.dates) {
            sheet.write_number_with_format(row, column, day, &looks.date).expect(written);
        }
    }
    book.save_to_buffer().expect("the workbook is sound")
}

/// The formats of a dress.
struct Looks {
    text: Format,
    date: Format,
    statuses: [Format; 5],
}

impl Looks {
    fn of(dress: Dress) -> Self {
        let (wrap, dates) = (Format::new().set_text_wrap(), "dd/mm/yyyy");
        match dress {
            Dress::Plain => Self { date: Format::new().set_num_format(dates), statuses: std::array::from_fn(|_| wrap.clone()), text: wrap },
            Dress::AsReturn => {
                let text = wrap.set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00A6_A6A6));
                let centre = text.clone().set_align(FormatAlign::Center);
                let statuses = [0x00BF_BFBF, 0x00FF_0000, 0x00FF_C000, 0x0092_D050, 0x0000_B0F0];
                let statuses = statuses.map(|fill| centre.clone().set_background_color(Color::RGB(fill)));
                Self { text, date: centre.set_num_format(dates), statuses }
            }
        }
    }
}
