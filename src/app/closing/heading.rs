//! The name of a period as an owner heads a column with it: what it says, the same form at another time, its last day. Guesses no year.

use std::ops::Range;

use jiff::{ToSpan, civil::Date};

use crate::model::{Grain, When, kinds::parse_when};

/// The longest heading that is looked at, in bytes.
const LONGEST: usize = 80;
/// Words before or behind the number of a quarter, a half or a month of the financial year, and before any other number that is counted.
const QUARTER: [&str; 4] = ["q", "qtr", "qu", "quarter"];
const HALF: [&str; 2] = ["h", "half"];
const PERIOD: [&str; 5] = ["p", "pd", "period", "m", "month"];
const COUNTED: [&str; 8] = ["return", "meeting", "update", "review", "round", "issue", "report", "cycle"];

/// What a heading counts within its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Quarter,
    Half,
    /// A month of the financial year by its number: period 1 is April.
    Period,
    /// Something that is counted without a year.
    Counted,
    Month,
    /// A day of the month.
    Day,
    Year,
}

impl Unit {
    /// How many there are in a year; none where they go on.
    fn in_year(self) -> Option<i32> {
        match self {
            Self::Quarter => Some(4),
            Self::Half => Some(2),
            Self::Period | Self::Month | Self::Day => Some(12),
            Self::Counted | Self::Year => None,
        }
    }
}

/// How a year is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum YearForm {
    /// `2026` or `26`: how many digits.
    Calendar(usize),
    /// `2026/27`: the digits of both.
    Financial(usize, usize),
    /// `FY27`, by its last.
    Last(usize),
}

/// A year as a heading states it; of a financial year its first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Year {
    at: Range<usize>,
    first: i32,
    form: YearForm,
}

/// A number or a month in a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Count {
    at: Range<usize>,
    /// Of a month its number from January; otherwise the number that stands there.
    number: i32,
    is_word: bool,
}

/// A heading that names a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub text: String,
    pub unit: Unit,
    count: Option<Count>,
    /// The first of two months: `Apr-Jun 2026`.
    from: Option<Count>,
    day: Option<Range<usize>>,
    year: Option<Year>,
}

/// How months are written in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MonthStyle {
    /// In full, rather than by their first three letters.
    pub full: bool,
    /// Whether September is `Sept`, June `June` and July `July` where they are not in full.
    pub four_letters: bool,
}

/// A run of digits or of letters.
#[derive(Clone, Debug)]
struct Token {
    at: Range<usize>,
    /// In lower case.
    word: String,
    number: Option<i32>,
}

impl Named {
    /// The period that a heading names; `None` where none can be told.
    #[must_use]
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let tokens = tokens(text);
        let found = day(text, &tokens).or_else(|| month(text, &tokens)).or_else(|| part(text, &tokens));
        let named = found.or_else(|| {
            let year = year(text, &tokens)?;
            Some(Self { text: String::new(), unit: Unit::Year, count: None, from: None, day: None, year: Some(year) })
        })?;
        Some(Self { text: text.to_owned(), ..named })
    }

    /// The part of the heading that names the period, without what stands around it: `Quarter 3` of `Quarter 3: Actual`.
    #[must_use]
    pub(super) fn name(&self) -> &str {
        let counts = [&self.count, &self.from].into_iter().flatten().map(|count| count.at.clone());
        let spans: Vec<Range<usize>> = counts.chain(self.day.clone()).chain(self.year.iter().map(|year| year.at.clone())).collect();
        let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let end = spans.iter().map(|span| span.end).max().unwrap_or(self.text.len());
        // The word before a number, or behind an ordinal, belongs to it.
        let words: &[&str] = match self.unit {
            Unit::Quarter => &QUARTER,
            Unit::Half => &HALF,
            Unit::Period => &PERIOD,
            Unit::Counted => &COUNTED,
            Unit::Month | Unit::Day | Unit::Year => &["fy"],
        };
        let tokens = tokens(&self.text);
        let own = tokens.iter().filter(|token| words.contains(&&*token.word) || (token.at.start == end && token.number.is_none()));
        let near = own.filter(|token| token.at.end + 3 >= start && token.at.start <= end + 4);
        let (start, end) = near.fold((start, end), |(start, end), token| (start.min(token.at.start), end.max(token.at.end)));
        self.text[start..end].trim()
    }

    /// Where it stands among others of its unit: in the steps of that unit, from year 0 where it states its year.
    #[must_use]
    pub(super) fn ordinal(&self) -> i64 {
        let (year, index) = (self.year.as_ref().map_or(0, |year| year.first), self.index());
        i64::from(year) * i64::from(self.unit.in_year().unwrap_or(1)) + i64::from(index)
    }

    /// How far another of its unit stands behind it; `None` where they cannot be compared. Without years the shorter way round counts.
    #[must_use]
    pub(super) fn until(&self, other: &Self) -> Option<i64> {
        if self.unit != other.unit || self.year.is_some() != other.year.is_some() {
            return None;
        }
        let apart = other.ordinal() - self.ordinal();
        Some(match self.unit.in_year() {
            Some(cycle) if self.year.is_none() => {
                let on = apart.rem_euclid(i64::from(cycle));
                if on * 2 > i64::from(cycle) { on - i64::from(cycle) } else { on }
            }
            _ => apart,
        })
    }

    /// Whether two headings name the same period, however they write it.
    #[must_use]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.until(other) == Some(0) && self.day_number() == other.day_number()
    }

    /// Whether two headings count the same within a year, whatever year that is.
    #[must_use]
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let number = |named: &Self| named.count.as_ref().map(|count| count.number);
        self.unit == other.unit && number(self) == number(other)
    }

    /// Whether it states its year.
    #[must_use]
    pub(super) fn has_year(&self) -> bool {
        self.year.is_some()
    }

    /// The place within its year, from 0: of the financial year where the heading states that.
    fn index(&self) -> i32 {
        let number = self.count.as_ref().map_or(0, |count| count.number);
        match self.unit {
            Unit::Year => 0,
            Unit::Counted => number,
            Unit::Month | Unit::Day if self.by_financial_year() => (number + 8) % 12,
            Unit::Quarter | Unit::Half | Unit::Period | Unit::Month | Unit::Day => number - 1,
        }
    }

    fn by_financial_year(&self) -> bool {
        self.year.as_ref().is_some_and(|year| !matches!(year.form, YearForm::Calendar(_)))
    }

    fn day_number(&self) -> Option<i8> {
        // The last of a month is the last of any.
        let day = self.text.get(self.day.clone()?)?.parse::<i8>().ok()?;
        (day < 28).then_some(day)
    }

    /// The heading so many steps on, in its own form; `None` where the calendar ends.
    #[must_use]
    pub(super) fn after(&self, steps: i64, style: MonthStyle) -> Option<Self> {
        let (cycle, steps) = (self.unit.in_year(), i32::try_from(steps).ok()?);
        let index = self.index().checked_add(if self.unit == Unit::Year { 0 } else { steps })?;
        let (index, years) = match cycle {
            Some(cycle) => (index.rem_euclid(cycle), index.div_euclid(cycle)),
            None if self.unit == Unit::Year => (0, steps),
            None => (index, 0),
        };
        let number = match self.unit {
            Unit::Month | Unit::Day if self.by_financial_year() => (index + 3) % 12 + 1,
            Unit::Counted => index,
            _ => index + 1,
        };
        let first = self.year.as_ref().map(|year| year.first.checked_add(years)).map_or(Some(None), |year| year.map(Some))?;
        if first.is_some_and(|year| !(1900..=9990).contains(&year)) {
            return None;
        }
        Self::read(&self.written(number, first, style)?)
    }

    /// The heading with another number and another year in it.
    fn written(&self, number: i32, first: Option<i32>, style: MonthStyle) -> Option<String> {
        let mut put: Vec<(Range<usize>, String)> = Vec::new();
        for (count, number) in [(&self.count, number), (&self.from, self.first_month(number))] {
            let Some(count) = count else { continue };
            let held = &self.text[count.at.clone()];
            let is_month = matches!(self.unit, Unit::Month | Unit::Day);
            put.push((
                count.at.clone(),
                match count.is_word {
                    true => month_word(number, held, style)?,
                    false if is_month => padded(number, held),
                    false => counted(number, held),
                },
            ));
        }
        if let (Some(year), Some(first)) = (&self.year, first) {
            put.push((year.at.clone(), year.written(&self.text, first)));
        }
        if let Some(day) = &self.day {
            let held: i8 = self.text[day.clone()].parse().ok()?;
            let year = i16::try_from(first?).ok()?;
            let this = Date::new(year, i8::try_from(number).ok()?, 1).ok()?;
            let was = self.first_of_month()?;
            // The last day of a month stays the last.
            let day_now = if held == was.days_in_month() { this.days_in_month() } else { held.min(this.days_in_month()) };
            put.push((day.clone(), padded(day_now.into(), &self.text[day.clone()])));
        }
        put.sort_by_key(|(at, _)| at.start);
        let mut text = self.text.clone();
        put.into_iter().rev().for_each(|(at, words)| text.replace_range(at, &words));
        Some(text)
    }

    /// The first month of a run of months that ends with another.
    fn first_month(&self, last: i32) -> i32 {
        let long = self.count.as_ref().zip(self.from.as_ref()).map_or(0, |(last, first)| (last.number - first.number).rem_euclid(12));
        (last - 1 - long).rem_euclid(12) + 1
    }

    fn first_of_month(&self) -> Option<Date> {
        let year = self.year.as_ref()?;
        let number = self.count.as_ref()?.number;
        let later = i32::from(self.by_financial_year() && number < 4);
        Date::new(i16::try_from(year.first + later).ok()?, i8::try_from(number).ok()?, 1).ok()
    }

    /// Its last day. Where the heading states no year, the one nearest to a day; `None` where it says too little for that: which months
    /// `Q3 2026` has is not said.
    #[must_use]
    pub(super) fn last_day(&self, near: Date) -> Option<Date> {
        if let Some(year) = &self.year {
            return self.last_day_in(year.first, matches!(year.form, YearForm::Calendar(_)));
        }
        let by_calendar = matches!(self.unit, Unit::Month | Unit::Day);
        let years = (-1..=1).map(|years| i32::from(near.year()) + years);
        let days = years.filter_map(|year| self.last_day_in(year, by_calendar));
        days.min_by_key(|day| near.until(*day).map_or(i32::MAX, |span| span.get_days().abs()))
    }

    fn last_day_in(&self, year: i32, calendar: bool) -> Option<Date> {
        let number = self.count.as_ref().map_or(0, |count| count.number);
        let year = i16::try_from(year).ok()?;
        let april = Date::new(year, 4, 1).ok()?;
        let months = |months: i32| april.checked_add(months.months()).ok()?.yesterday().ok();
        match self.unit {
            Unit::Quarter | Unit::Half | Unit::Period if calendar => None,
            Unit::Quarter => months(number * 3),
            Unit::Half => months(number * 6),
            Unit::Period => months(number),
            Unit::Counted => None,
            Unit::Month => {
                let year = if !calendar && number < 4 { year.checked_add(1)? } else { year };
                Some(Date::new(year, i8::try_from(number).ok()?, 1).ok()?.last_of_month())
            }
            Unit::Day => Date::new(year, i8::try_from(number).ok()?, self.text[self.day.clone()?].parse().ok()?).ok(),
            Unit::Year if calendar => Date::new(year, 12, 31).ok(),
            Unit::Year => months(12),
        }
    }

    /// Whether it is the first day of a month, as dates over columns of months are.
    #[must_use]
    pub(super) fn is_first_of_month(&self) -> bool {
        self.day_number() == Some(1)
    }

    /// The month word it is written with.
    #[must_use]
    pub(super) fn month_word(&self) -> Option<&str> {
        self.count.as_ref().filter(|count| count.is_word).map(|count| &self.text[count.at.clone()])
    }
}

impl Year {
    fn written(&self, text: &str, first: i32) -> String {
        let short = |year: i32, digits: usize| if digits == 2 { format!("{:02}", year.rem_euclid(100)) } else { format!("{year}") };
        match self.form {
            YearForm::Calendar(digits) => short(first, digits),
            YearForm::Last(digits) => short(first + 1, digits),
            YearForm::Financial(from, to) => {
                let between = &text[self.at.start + from..self.at.end - to];
                format!("{}{between}{}", short(first, from), short(first + 1, to))
            }
        }
    }
}

/// The runs of digits and of letters of a text.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut before = 0;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        match tokens.last_mut().filter(|_| now == before && now > 0) {
            Some(last) => last.at.end = at + c.len_utf8(),
            None if now > 0 => tokens.push(Token { at: at..at + c.len_utf8(), word: String::new(), number: None }),
            None => {}
        }
        before = now;
    }
    for token in &mut tokens {
        token.word = text[token.at.clone()].to_lowercase();
        token.number = token.word.parse().ok();
    }
    tokens
}

/// A day with its month and year.
fn day(text: &str, tokens: &[Token]) -> Option<Named> {
    tokens.windows(3).find_map(|three| {
        let [a, b, c] = three else { return None };
        let whole = &text[a.at.start..c.at.end];
        let Some(When::On { date, grain: Grain::Day }) = parse_when(whole) else { return None };
        let (day, year) = if a.number == Some(date.day().into()) && a.word.len() <= 2 { (a, c) } else { (c, a) };
        let is = |token: &Token, number: i32| token.number == Some(number);
        let by_month = b.number.is_none_or(|number| number == i32::from(date.month()));
        let stated = is(day, date.day().into()) && (is(year, date.year().into()) || is(year, i32::from(date.year()) % 100));
        (by_month && stated).then(|| Named {
            text: String::new(),
            unit: Unit::Day,
            count: Some(Count { at: b.at.clone(), number: date.month().into(), is_word: b.number.is_none() }),
            from: None,
            day: Some(day.at.clone()),
            year: Some(Year { at: year.at.clone(), first: date.year().into(), form: YearForm::Calendar(year.word.len()) }),
        })
    })
}

/// The number of a month in words.
fn month_number(token: &Token) -> Option<i32> {
    let named = token.word.len() >= 3 && token.number.is_none();
    match parse_when(&format!("{} 2020", token.word)).filter(|_| named)? {
        When::On { date, grain: Grain::Month } => Some(date.month().into()),
        _ => None,
    }
}

/// A month, or two that a stretch begins and ends with.
fn month(text: &str, tokens: &[Token]) -> Option<Named> {
    let words: Vec<(usize, Count)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| Some((at, Count { at: token.at.clone(), number: month_number(token)?, is_word: true })))
        .collect();
    let made = |count: Count, from: Option<Count>, year: Option<Year>| Named {
        text: String::new(),
        unit: Unit::Month,
        count: Some(count),
        from,
        day: None,
        year,
    };
    let behind = |at: usize| {
        let two = tokens.get(at + 1).filter(|token| token.word.len() == 2)?;
        Some(Year { at: two.at.clone(), first: full_year(two.number?), form: YearForm::Calendar(2) })
    };
    match &words[..] {
        [(at, only)] => Some(made(only.clone(), None, year(text, tokens).or_else(|| behind(*at)))),
        [(before, first), (at, last)] if before + 1 == *at => {
            Some(made(last.clone(), Some(first.clone()), year(text, tokens).or_else(|| behind(*at))))
        }
        [] => {
            // `04/2026`, `2026-11`.
            let [a, b] = tokens else { return None };
            let Some(When::On { date, grain: Grain::Month }) = parse_when(&text[a.at.start..b.at.end]) else { return None };
            let (month, year) = if a.word.len() <= 2 { (a, b) } else { (b, a) };
            let count =
                Count { at: month.at.clone(), number: month.number.filter(|number| *number == i32::from(date.month()))?, is_word: false };
            let form = YearForm::Calendar(year.word.len());
            Some(made(count, None, Some(Year { at: year.at.clone(), first: date.year().into(), form })))
        }
        _ => None,
    }
}

/// A quarter, a half, a period by its number, or anything else that is counted.
fn part(text: &str, tokens: &[Token]) -> Option<Named> {
    let units: [(Unit, &[&str]); 4] = [(Unit::Quarter, &QUARTER), (Unit::Half, &HALF), (Unit::Period, &PERIOD), (Unit::Counted, &COUNTED)];
    let (unit, number) = units.into_iter().find_map(|(unit, words)| {
        let fits = |token: &&Token| {
            let most = unit.in_year().unwrap_or(9_999);
            token.number.is_some_and(|number| (1..=most).contains(&number)) && token.word.len() <= 4
        };
        let close = |a: &Token, b: &Token| b.at.start - a.at.end <= 3;
        let before = tokens.windows(2).find(|pair| words.contains(&&*pair[0].word) && fits(&&pair[1]) && close(&pair[0], &pair[1]));
        let ordinal = || {
            let is = |three: &&[Token]| {
                fits(&&three[0]) && matches!(&*three[1].word, "st" | "nd" | "rd" | "th") && words.contains(&&*three[2].word)
            };
            tokens.windows(3).find(is)
        };
        let behind = before.map(|pair| (pair[1].number, pair[1].at.clone()));
        let found = behind.or_else(|| ordinal().map(|three| (three[0].number, three[0].at.start..three[1].at.end)));
        found.map(|number| (unit, number))
    })?;
    let (number, at) = number;
    let others: Vec<Token> = tokens.iter().filter(|token| !at.contains(&token.at.start)).cloned().collect();
    let short = || {
        let mut rest = others.iter().filter(|token| token.number.is_some());
        let only = rest.next().filter(|token| token.word.len() == 2 && rest.next().is_none())?;
        Some(Year { at: only.at.clone(), first: full_year(only.number?), form: YearForm::Calendar(2) })
    };
    let year = year(text, &others).or_else(|| short().filter(|_| unit != Unit::Counted));
    let count = Count { at, number: number?, is_word: false };
    Some(Named { text: String::new(), unit, count: Some(count), from: None, day: None, year: year.filter(|_| unit != Unit::Counted) })
}

/// A year, or a financial year.
fn year(text: &str, tokens: &[Token]) -> Option<Year> {
    let full = |token: &Token| token.number.filter(|year| token.word.len() == 4 && (1990..2100).contains(year));
    let financial = tokens.windows(2).find_map(|pair| {
        let [a, b] = pair else { return None };
        let between = &text[a.at.end..b.at.start];
        let parted = matches!(between.trim(), "/" | "-" | "–" | "\u{2011}");
        let first = full(a).or_else(|| a.number.filter(|_| a.word.len() == 2 && b.word.len() == 2).map(full_year))?;
        let follows = match b.word.len() {
            4 => b.number == Some(first + 1),
            2 => b.number == Some((first + 1) % 100),
            _ => false,
        };
        (parted && follows).then_some(Year { at: a.at.start..b.at.end, first, form: YearForm::Financial(a.word.len(), b.word.len()) })
    });
    let last = || {
        let pair = tokens.windows(2).find(|pair| pair[0].word == "fy" && matches!(pair[1].word.len(), 2 | 4))?;
        let first = full_year(pair[1].number?) - 1;
        Some(Year { at: pair[1].at.clone(), first, form: YearForm::Last(pair[1].word.len()) })
    };
    let calendar = || {
        let mut all = tokens.iter().filter_map(|token| Some((token, full(token)?)));
        let (token, first) = all.next()?;
        all.next().is_none().then(|| Year { at: token.at.clone(), first, form: YearForm::Calendar(4) })
    };
    financial.or_else(last).or_else(calendar)
}

/// A year of which two digits are written.
fn full_year(number: i32) -> i32 {
    if number < 100 { 2000 + number } else { number }
}

fn padded(number: i32, like: &str) -> String {
    if like.len() == 2 { format!("{number:02}") } else { number.to_string() }
}

/// A number as another one is written: `3`, `03`, `3rd`.
fn counted(number: i32, like: &str) -> String {
    let suffix = match number {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    match like.ends_with(|c: char| c.is_ascii_digit()) {
        false => format!("{number}{suffix}"),
        true if like.starts_with('0') => format!("{number:02}"),
        true => number.to_string(),
    }
}

/// A month in words, in the letters of another.
fn month_word(number: i32, like: &str, style: MonthStyle) -> Option<String> {
    let date = Date::new(2020, i8::try_from(number).ok()?, 1).ok()?;
    let full = date.strftime("%B").to_string();
    let letters = match number {
        _ if style.full => full.len(),
        6 | 7 | 9 if style.four_letters => 4,
        _ => 3,
    };
    let word = &full[..letters];
    let upper = like.len() > 1 && like.chars().all(char::is_uppercase);
    Some(match like.starts_with(char::is_lowercase) {
        _ if upper => word.to_uppercase(),
        true => word.to_lowercase(),
        false => word.to_owned(),
    })
}

#[cfg(test)]
mod tests;
