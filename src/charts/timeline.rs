//! The actions of a plan on a time axis: start, end, the end that was agreed first, status and lateness. Judges no status itself.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, date};

use super::{Chart, ChartData, Subject};
use crate::insight::{BETWEEN_LEADS, Insight};
use crate::model::{ColumnId, Grain, Role, Row, RowId, RowKind, Status, Table, TableId, TableKind, When};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "timeline",
    label: "Timeline",
    of_kind: TableKind::Plan,
    of_row: false,
    of: |document, insight, subject: Subject| {
        let table = document.table(subject.table).filter(|table| table.kind == TableKind::Plan)?;
        Some(ChartData::Timeline(TimelineChart::of(table, insight)))
    },
};

/// So many ends, and so great a share of all, on one 31 March are said: dates that were set for a year's end and not for the work.
const CLUSTER: usize = 3;
const CLUSTER_SHARE: f64 = 0.2;
/// Days from which on a date is taken for a slip of the pen, and its bar drawn no farther.
const EARLIEST: Date = date(1950, 1, 1);
const LATEST: Date = date(2150, 12, 31);

/// A plan's actions in time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineChart {
    pub table: TableId,
    pub title: String,
    /// In the plan's order.
    pub bars: Vec<TimeBar>,
    /// Today, and the day that ends are judged at with what it is called, where that is another.
    pub today: Option<Date>,
    pub judged: Option<(Date, String)>,
    /// The first and last day that is drawn.
    pub span: (Date, Date),
    /// What its reader should know, a line each.
    pub remarks: Vec<String>,
    by_approach: Vec<TimelineLine>,
    by_lead: Vec<TimelineLine>,
}

/// An action in time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBar {
    pub row: RowId,
    /// Its ref and its words.
    pub name: String,
    /// The approach it stands under, and its leads; empty where there is none.
    pub approach: String,
    pub lead: String,
    pub status: Option<Status>,
    pub start: Option<Date>,
    pub end: BarEnd,
    /// The column and the words of its end.
    pub end_column: Option<ColumnId>,
    pub end_text: String,
    /// Whether its end is a month, a year or another stretch of months, so that it moves by whole months.
    pub by_months: bool,
    /// The end that was agreed first, where another decides now.
    pub agreed: Option<Date>,
    /// Whether it is past its end and not done.
    pub late: bool,
}

/// Where an action ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarEnd {
    On(Date),
    /// It goes on.
    Open,
    /// No date says.
    Unknown,
}

/// What the actions stand under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimelineOrder {
    #[default]
    Approach,
    Lead,
}

/// A line of the timeline: what some actions stand under, or an action by its place among the bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineLine {
    Heading(String),
    Bar(usize),
}

impl TimelineChart {
    /// The timeline of a plan.
    #[must_use]
    pub fn of(table: &Table, insight: &Insight) -> Self {
        let late: HashSet<RowId> =
            insight.overdue.iter().filter(|late| late.place.table == Some(table.id)).filter_map(|late| late.place.row).collect();
        let (mut bars, mut approach) = (Vec::new(), String::new());
        for (at, row) in table.rows.iter().enumerate() {
            match row.kind {
                RowKind::Section => approach = table.name_of(row),
                RowKind::Entry => bars.push(bar(table, at, row, &approach, &late)),
                RowKind::Line | RowKind::Group | RowKind::Total => {}
            }
        }
        let judged = insight.plan(table.id).and_then(|plan| plan.judged).map(|judged| (judged.day, judged.words()));
        let judged = judged.filter(|(day, _)| Some(*day) != insight.today);
        let mut remarks = remarks(&bars);
        let span = span(&bars, insight.today, judged.as_ref().map(|(day, _)| *day));
        if let Some(day) = insight.today.filter(|day| !(span.0..=span.1).contains(day)) {
            remarks.push(format!("Today, {}, lies beyond what is drawn", said(day)));
        }
        Self {
            table: table.id,
            title: format!("{}: timeline", table.title()),
            today: insight.today,
            judged,
            span,
            remarks,
            by_approach: lines(&bars, TimelineOrder::Approach),
            by_lead: lines(&bars, TimelineOrder::Lead),
            bars,
        }
    }

    /// The lines of it, the actions of one approach or of one lead under each other. An action of several leads stands under each.
    #[must_use]
    pub fn lines(&self, order: TimelineOrder) -> &[TimelineLine] {
        match order {
            TimelineOrder::Approach => &self.by_approach,
            TimelineOrder::Lead => &self.by_lead,
        }
    }

    /// Every action of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = std::iter::once(self.title.clone()).chain(self.bars.iter().map(TimeBar::text)).chain(self.remarks.clone());
        lines.map(|line| line + "\n").collect()
    }
}

impl TimeBar {
    /// The action in words: `1.1.2 Open the hub: in progress, May 2018 to 30 September 2018, 3 months later than agreed, past its end`.
    #[must_use]
    pub fn text(&self) -> String {
        let status = self.status.map_or("no status", Status::word).to_lowercase();
        let from = self.start.map_or_else(|| "no start".to_owned(), said);
        let to = match self.end {
            BarEnd::On(day) => said(day),
            BarEnd::Open => "on-going".to_owned(),
            BarEnd::Unknown if self.end_text.is_empty() => "no end".to_owned(),
            BarEnd::Unknown => format!("“{}”, which is no date", self.end_text),
        };
        let slip = match (self.slip(), self.end, self.agreed) {
            (Some(slip), ..) => format!(", {slip}"),
            (None, BarEnd::Open, Some(agreed)) => format!(", agreed first to end on {}", said(agreed)),
            _ => String::new(),
        };
        let late = if self.late { ", past its end" } else { "" };
        format!("{}: {status}, {from} to {to}{slip}{late}", self.name)
    }

    /// The day its end would be moved to: the one asked for, or the last of its month.
    #[must_use]
    pub fn end_near(&self, day: Date) -> Date {
        let day = day.clamp(EARLIEST, LATEST);
        if self.by_months { day.last_of_month() } else { day }
    }

    /// How much later or earlier it ends than was agreed first, in words.
    #[must_use]
    pub fn slip(&self) -> Option<String> {
        let (BarEnd::On(now), Some(agreed)) = (self.end, self.agreed) else { return None };
        let days = agreed.until(now).ok()?.get_days();
        let length = |days: i32| match days {
            1 => "1 day".to_owned(),
            days if days < 60 => format!("{days} days"),
            // To the nearest month.
            days => format!("{:.0} months", f64::from(days) / 30.44),
        };
        match days {
            0 => None,
            days if days > 0 => Some(format!("{} later than agreed first", length(days))),
            days => Some(format!("{} earlier than agreed first", length(-days))),
        }
    }
}

fn lines(bars: &[TimeBar], order: TimelineOrder) -> Vec<TimelineLine> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, bar) in bars.iter().enumerate() {
        let leads = || bar.lead.split(BETWEEN_LEADS).map(str::trim).filter(|lead| !lead.is_empty());
        let names: Vec<&str> = match order {
            TimelineOrder::Approach => vec![&bar.approach],
            TimelineOrder::Lead if leads().next().is_none() => vec!["No lead"],
            TimelineOrder::Lead => leads().collect(),
        };
        for name in names {
            let group = *known.entry(name.to_lowercase()).or_insert_with(|| {
                groups.push((name, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(at);
        }
    }
    if order == TimelineOrder::Lead {
        groups.sort_by_key(|(name, _)| name.to_lowercase());
    }
    let lines = groups.into_iter().flat_map(|(name, bars)| {
        let heading = (!name.is_empty()).then(|| TimelineLine::Heading(name.to_owned()));
        heading.into_iter().chain(bars.into_iter().map(TimelineLine::Bar))
    });
    lines.collect()
}

fn said(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn bar(table: &Table, at: usize, row: &Row, approach: &str, late: &HashSet<RowId>) -> TimeBar {
    let text = |role| table.cell(row, role).map(|cell| cell.text.replace('\n', " ")).filter(|text| !text.is_empty());
    let name = [text(Role::Ref), text(Role::Action)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let end = table.end_of(row);
    let own = table.role_position(Role::End).and_then(|at| row.cells.get(at)).filter(|cell| !cell.is_blank());
    let dated = |when: When| When::last_day(when).filter(|day| (EARLIEST..=LATEST).contains(day));
    // The lines of an action are one thing: it is as late, and stands as badly, as the worst of them.
    let lines = || table.rows.range(at..).into_iter().flatten().take_while(|other| other.id == row.id || other.kind == RowKind::Line);
    let statuses = lines().filter_map(|line| table.status_of(line));
    let agreed = earlier_end(table, row).filter(|_| end.is_some_and(|(column, ..)| table.columns[column].role == Some(Role::End)));
    TimeBar {
        row: row.id,
        name: if name.is_empty() { table.name_of(row) } else { name },
        approach: approach.to_owned(),
        lead: table.cell(row, Role::Lead).map_or_else(String::new, |cell| cell.text.to_string()),
        status: statuses.max_by_key(|status| crate::insight::badness(*status)),
        start: table.cell(row, Role::Start).and_then(|cell| cell.when()?.first_day()).filter(|day| (EARLIEST..=LATEST).contains(day)),
        end: match end.map(|(.., when)| when) {
            Some(When::Ongoing) => BarEnd::Open,
            Some(when) => dated(when).map_or(BarEnd::Unknown, BarEnd::On),
            None => BarEnd::Unknown,
        },
        end_column: end.map(|(column, ..)| table.columns[column].id),
        end_text: end.map(|(_, cell, _)| cell).or(own).map_or_else(String::new, |cell| cell.text.to_string()),
        by_months: end.is_some_and(|(.., when)| !matches!(when, When::On { grain: Grain::Day, .. } | When::Ongoing)),
        agreed: agreed.filter(|day| end.is_none_or(|(.., when)| dated(when) != Some(*day))),
        late: lines().any(|line| late.contains(&line.id)),
    }
}

/// The end that was agreed first.
fn earlier_end(table: &Table, row: &Row) -> Option<Date> {
    let columns = (0..table.columns.len()).filter(|&at| table.columns[at].role == Some(Role::EarlierEnd));
    columns.filter_map(|at| row.cells.get(at)?.when()?.last_day()).find(|day| (EARLIEST..=LATEST).contains(day))
}

/// The first and last day of all that is drawn, with some room.
fn span(bars: &[TimeBar], today: Option<Date>, judged: Option<Date>) -> (Date, Date) {
    let ends = bars.iter().filter_map(|bar| if let BarEnd::On(day) = bar.end { Some(day) } else { None });
    let mut days: Vec<Date> = bars.iter().flat_map(|bar| [bar.start, bar.agreed]).flatten().chain(ends).chain(judged).collect();
    let (first, last) = (days.iter().min().copied(), days.iter().max().copied());
    // Today is drawn unless the actions would shrink to less than half of the width.
    let near = |today: &Date| match (first, last) {
        (Some(first), Some(last)) => {
            let far = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
            far(last, *today).max(far(*today, first)) <= far(first, last)
        }
        _ => true,
    };
    days.extend(today.filter(near));
    let (first, last) = (days.iter().min().copied().unwrap_or(date(2000, 1, 1)), days.iter().max().copied().unwrap_or(date(2000, 12, 31)));
    let room = jiff::Span::new().days(first.until(last).map_or(30, |span| span.get_days() / 25 + 20));
    (first.checked_sub(room).unwrap_or(first), last.checked_add(room).unwrap_or(last))
}

fn remarks(bars: &[TimeBar]) -> Vec<String> {
    let mut remarks = Vec::new();
    let ends: Vec<Date> = bars.iter().filter_map(|bar| if let BarEnd::On(day) = bar.end { Some(day) } else { None }).collect();
    let mut years: Vec<i16> = ends.iter().filter(|day| (day.month(), day.day()) == (3, 31)).map(|day| day.year()).collect();
    years.sort_unstable();
    for year in years.chunk_by(|one, other| one == other) {
        if year.len() >= CLUSTER && year.len() as f64 >= ends.len() as f64 * CLUSTER_SHARE {
            remarks.push(format!("{} of {} dated ends are on 31 March {}, the end of a financial year", year.len(), ends.len(), year[0]));
        }
    }
    let count = |is: fn(&TimeBar) -> bool| bars.iter().filter(|bar| is(bar)).count();
    for (count, words) in [
        (count(|bar| bar.end == BarEnd::Open), "on-going, drawn without an end"),
        (count(|bar| bar.end == BarEnd::Unknown), "without a date as an end"),
        (count(|bar| bar.start.is_none() && matches!(bar.end, BarEnd::On(_))), "without a date as a start, drawn as an end alone"),
        (count(|bar| bar.agreed.is_some() && bar.slip().is_some_and(|slip| slip.contains("later"))), "later than agreed first"),
    ] {
        if count > 0 {
            remarks.push(format!("{count} of {} actions {} {words}", bars.len(), if count == 1 { "is" } else { "are" }));
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{AsOf, seed};
    use crate::model::{Cell, Column, Document, kinds::Kind};

    fn chart(table: Table) -> TimelineChart {
        let mut document = Document::default();
        document.append(vec![table]);
        let as_of = AsOf { given: None, today: Some(date(2019, 6, 1)) };
        let insight = Insight::of(&document, as_of);
        TimelineChart::of(&document.tables[0], &insight)
    }

    #[test]
    fn every_action_is_a_bar_with_its_end() {
        let chart = chart(seed::plan());
        assert_eq!(chart.bars.len(), 34);
        let bar = |name: &str| chart.bars.iter().find(|bar| bar.name.starts_with(name)).unwrap();
        assert_eq!((bar("1.1.1").start, bar("1.1.1").end), (Some(date(2017, 8, 1)), BarEnd::On(date(2018, 3, 31))));
        assert_eq!((bar("2.1.1").end, bar("1.2.2").start), (BarEnd::Open, None));
        assert_eq!(bar("1.2.1").status, Some(Status::InProgress), "the worst of its lines");
        assert!(bar("1.1.2").late && !bar("1.1.1").late);
        assert_eq!(chart.today, Some(date(2019, 6, 1)));
        let text = chart.text();
        assert!(text.contains("1.1.2") && text.contains("in progress, 1 May 2018 to 30 September 2018, past its end"), "{text}");
        assert!(text.contains("actions are on-going, drawn without an end"), "{text}");
        assert!((chart.span.0..=chart.span.1).contains(&date(2019, 6, 1)), "{:?}", chart.span);
    }

    #[test]
    fn what_slipped_and_what_clusters_is_said() {
        let mut table = seed::plan();
        let end = table.role_position(Role::End).unwrap();
        let earlier = Column {
            id: ColumnId(90),
            heading: "Original end".into(),
            role: Some(Role::EarlierEnd),
            kind: Kind::Date,
            ..Column::default()
        };
        table.columns.insert(end, earlier);
        for row in table.rows.iter_mut() {
            if row.cells.len() >= end {
                row.cells.insert(end, Cell::default());
            }
            if row.kind == RowKind::Entry {
                row.cells[end + 1] = Kind::Date.enter("31/03/2020");
            }
        }
        let at = table.rows.iter().position(|row| table.name_of(row) == "1.1.1").unwrap();
        table.rows[at].cells[end] = Kind::Date.enter("31/12/2019");
        let open = table.rows.iter().position(|row| table.name_of(row) == "1.1.2").unwrap();
        table.rows[open].cells[end] = Kind::Date.enter("30/06/2020");
        table.rows[open].cells[end + 1] = Kind::Date.enter("On-going");
        let chart = chart(table);
        assert!(chart.bars[1].text().ends_with("to on-going, agreed first to end on 30 June 2020"), "{}", chart.bars[1].text());
        assert_eq!(chart.bars[0].slip().as_deref(), Some("3 months later than agreed first"));
        assert_eq!(chart.bars[0].agreed, Some(date(2019, 12, 31)));
        assert!(chart.remarks[0].contains("33 of 33 dated ends are on 31 March 2020"), "{:?}", chart.remarks);
    }

    #[test]
    fn actions_stand_under_their_approach_or_each_of_their_leads() {
        let mut chart = chart(seed::plan());
        chart.bars.truncate(3);
        for (bar, (approach, lead)) in chart.bars.iter_mut().zip([("One", "Tess; Owen"), ("One", ""), ("Two", "owen")]) {
            (bar.approach, bar.lead) = (approach.to_owned(), lead.to_owned());
        }
        let told = |order| {
            let line = |line: TimelineLine| match line {
                TimelineLine::Heading(name) => name,
                TimelineLine::Bar(at) => at.to_string(),
            };
            lines(&chart.bars, order).into_iter().map(line).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(TimelineOrder::Approach), "One 0 1 Two 2");
        assert_eq!(told(TimelineOrder::Lead), "No lead 1 Owen 0 2 Tess 0");
    }
}
