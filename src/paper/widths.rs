//! How wide the columns of a table are: what each needs, and for those that share the rest the widths that make its rows lowest. Lays no row.

use super::{
    PaperError, Progress,
    blocks::{Cell, Row, Table, Width},
    layout::Layout,
    lines::{Type, natural_width, widest_word},
    tables::{PADDING, ROWS_A_LOOK, SIGN},
};

/// The widest a fitted column is: a part of its table, or so many points where that is more.
const WIDEST_FIT: (f32, f32) = (0.2, 110.0);
/// The widest word that a column is made wider for, in points.
const WIDEST_WORD: f32 = 84.0;
/// A column of words is not narrower than its average text, or than this, in points.
const READABLE: f32 = 84.0;
/// How wide a letter is on average, as a part of its size.
const LETTER: f32 = 0.54;
/// The most rows that widths are balanced by, evenly chosen.
const SAMPLE: usize = 160;
/// By how much widths are moved between columns, in points, the coarsest first.
const STEPS: [f32; 4] = [32.0, 16.0, 8.0, 4.0];
/// The most rounds of one step.
const ROUNDS: usize = 40;

/// What a column asks for, with its padding.
struct Want {
    least: f32,
    asked: f32,
    /// Its share of what is left; 0 where it takes none.
    share: f32,
}

/// How much stands in a cell: its letters and its line ends.
type Length = (f32, f32);

impl Layout<'_> {
    /// How wide each column of a table is, its cells in letters of a size.
    pub(super) fn widths(&mut self, table: &Table, size: f32, width: f32, progress: Progress<'_>) -> Result<Vec<f32>, PaperError> {
        let (set, strong) = (Type::regular(size).tabular(), Type::strong(size));
        let most = (width * WIDEST_FIT.0).max(WIDEST_FIT.1);
        let beside = 2.0 * PADDING.0;
        let mut least = Vec::new();
        let mut asked = Vec::new();
        for column in &table.columns {
            let word = widest_word(&mut self.shaper, &column.heading, strong, WIDEST_WORD);
            least.push(word);
            asked.push(natural_width(&mut self.shaper, &column.heading, strong, most * 0.6).max(word));
        }
        let count = table.rows.len().max(1) as f32;
        let every = table.rows.len().div_ceil(SAMPLE).max(1);
        let mut sample: Vec<Vec<Length>> = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            if at % ROWS_A_LOOK == 0 && !progress(at as f32 / count * 0.5) {
                return Err(PaperError::Cancelled);
            }
            let Row::Cells(cells) = row else { continue };
            for (number, cell) in cells.iter().enumerate().take(table.columns.len()) {
                let set = if cell.strong { strong } else { set };
                let sign = if cell.sign.is_some() { SIGN } else { 0.0 };
                if least[number] < WIDEST_WORD {
                    least[number] = least[number].max(sign + widest_word(&mut self.shaper, &cell.text, set, WIDEST_WORD));
                }
                if table.columns[number].width == Width::Fit && asked[number] < most {
                    asked[number] = asked[number].max(sign + natural_width(&mut self.shaper, &cell.text, set, most));
                }
            }
            if at % every == 0 {
                sample.push(cells.iter().map(|cell| length(cell, size)).collect());
            }
        }
        let columns = table.columns.iter().zip(least.iter().zip(&asked)).enumerate();
        let wanted: Vec<Want> = columns
            .map(|(at, (column, (&least, &asked)))| match column.width {
                Width::Fit => Want { least: least + beside, asked: asked.max(least) + beside + 0.5, share: 0.0 },
                Width::Share(share) => {
                    let least = least.max(average(&sample, at).min(READABLE)) + beside;
                    Want { least, asked: least, share: share.max(0.01) }
                }
            })
            .collect();
        Ok(balanced(shared_out(&wanted, width), &wanted, &sample))
    }
}

/// How much stands in a cell, in points of one long line, and how often it begins a new one.
fn length(cell: &Cell, size: f32) -> Length {
    (cell.text.chars().count() as f32 * size * LETTER, cell.text.matches('\n').count() as f32)
}

/// How long the texts of a column are on average.
fn average(sample: &[Vec<Length>], column: usize) -> f32 {
    let all: f32 = sample.iter().filter_map(|row| row.get(column)).map(|(long, _)| long).sum();
    all / sample.len().max(1) as f32
}

/// Moves width between the columns that share, as long as that makes the rows lower.
fn balanced(mut widths: Vec<f32>, wanted: &[Want], sample: &[Vec<Length>]) -> Vec<f32> {
    let sharing: Vec<usize> = (0..wanted.len()).filter(|at| wanted[*at].share > 0.0).collect();
    let mut cost = height(&widths, &sharing, sample);
    for step in STEPS {
        for _ in 0..ROUNDS {
            let mut better = false;
            for (from, to) in sharing.iter().flat_map(|from| sharing.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to) {
                if widths[from] - step < wanted[from].least {
                    continue;
                }
                let mut moved = widths.clone();
                moved[from] -= step;
                moved[to] += step;
                let new = height(&moved, &sharing, sample);
                if new < cost * 0.999 {
                    (widths, cost, better) = (moved, new, true);
                }
            }
            if !better {
                break;
            }
        }
    }
    widths
}

/// How high the rows of a sample are together, in lines, as far as the sharing columns make them.
fn height(widths: &[f32], sharing: &[usize], sample: &[Vec<Length>]) -> f32 {
    let lines = |row: &[Length], at: usize| {
        let (long, ends) = row.get(at).copied().unwrap_or_default();
        long / (widths[at] - 2.0 * PADDING.0).max(1.0) + ends * 0.5 + 1.0
    };
    sample.iter().map(|row| sharing.iter().map(|at| lines(row, *at)).fold(1.0, f32::max)).sum()
}

/// Widths that add up to that of the table, or to less where no column shares what is left.
fn shared_out(wanted: &[Want], width: f32) -> Vec<f32> {
    let asked: f32 = wanted.iter().map(|want| want.asked).sum();
    let shares: f32 = wanted.iter().map(|want| want.share).sum();
    if asked <= width && shares > 0.0 {
        return by_share(wanted, width);
    }
    if asked <= width {
        // With nobody to take what is left, the table is narrower than the page.
        return wanted.iter().map(|want| want.asked + 6.0_f32.min((width - asked) / wanted.len() as f32)).collect();
    }
    let least: f32 = wanted.iter().map(|want| want.least).sum();
    if least >= width {
        return wanted.iter().map(|want| want.least * width / least).collect();
    }
    let over: f32 = asked - least;
    wanted.iter().map(|want| want.least + (want.asked - want.least) * (width - least) / over).collect()
}

/// Those that share take what the others leave, each at least what it needs.
fn by_share(wanted: &[Want], width: f32) -> Vec<f32> {
    let mut widths: Vec<Option<f32>> = wanted.iter().map(|want| (want.share <= 0.0).then_some(want.asked)).collect();
    // Each round settles a column or is the last.
    for _ in 0..=wanted.len() {
        let taken: f32 = widths.iter().flatten().sum();
        let shares: f32 = wanted.iter().zip(&widths).filter(|(_, width)| width.is_none()).map(|(want, _)| want.share).sum();
        let part = |want: &Want| (width - taken) * want.share / shares.max(0.01);
        let short = wanted.iter().zip(&widths).position(|(want, width)| width.is_none() && part(want) < want.asked);
        match short {
            Some(at) => widths[at] = Some(wanted[at].asked),
            None => return wanted.iter().zip(&widths).map(|(want, width)| width.unwrap_or_else(|| part(want))).collect(),
        }
    }
    wanted.iter().map(|want| want.asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(least: f32, asked: f32, share: f32) -> Want {
        Want { least, asked, share }
    }

    #[test]
    fn widths_fit_the_page_and_leave_each_what_it_needs() {
        let cases: [&[Want]; 4] = [
            &[want(20.0, 30.0, 0.0), want(40.0, 40.0, 1.0), want(40.0, 40.0, 3.0)],
            &[want(20.0, 30.0, 0.0), want(20.0, 60.0, 0.0)],
            &[want(80.0, 150.0, 0.0), want(60.0, 60.0, 1.0)],
            &[want(150.0, 150.0, 0.0), want(150.0, 150.0, 1.0)],
        ];
        for wanted in cases {
            let sample = vec![vec![(900.0, 0.0); wanted.len()]];
            let widths = balanced(shared_out(wanted, 200.0), wanted, &sample);
            let shares = wanted.iter().any(|want| want.share > 0.0);
            let sum = widths.iter().sum::<f32>();
            assert!(if shares { (sum - 200.0).abs() < 0.01 } else { sum <= 200.01 }, "{widths:?}");
            let least: f32 = wanted.iter().map(|want| want.least).sum();
            assert!(least > 200.0 || widths.iter().zip(wanted).all(|(width, want)| *width >= want.least - 0.01), "{widths:?}");
        }
    }

    #[test]
    fn a_column_that_holds_more_is_wider() {
        let wanted = [want(40.0, 40.0, 1.0), want(40.0, 40.0, 1.0)];
        let widths = balanced(vec![200.0, 200.0], &wanted, &vec![vec![(150.0, 0.0), (1_500.0, 0.0)]; 8]);
        assert!(widths[1] > 300.0 && widths[0] >= 40.0, "{widths:?}");
    }
}
