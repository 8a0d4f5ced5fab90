//! A chart of a page as Excel's own, for the library that writes it. Decides nothing that it shows.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSeries,
    ChartSolidFill, ChartType, Color,
};

use super::{plain, shortened};
use crate::workbook::page::{Area, Page, PageChart, PageChartKind, Series};

/// The size of the words along the axes, in points.
const LABELS: u8 = 9;

/// The chart; `number` tells it from every other of the workbook by its name, as two may have the same title.
pub(super) fn native_chart(page: &Page<'_>, chart: &PageChart, number: usize) -> Chart {
    let sheet = chart.data_sheet.as_deref().unwrap_or(&page.name);
    let mut native = Chart::new(match chart.kind {
        PageChartKind::StackedColumns => ChartType::ColumnStacked,
        PageChartKind::StackedBar => ChartType::BarStacked,
        PageChartKind::BarsAgainstTarget => ChartType::Column,
    });
    let (bars, marks) = match (chart.kind, chart.series.split_last()) {
        (PageChartKind::BarsAgainstTarget, Some((target, bars))) => (bars, Some(target)),
        _ => (&chart.series[..], None),
    };
    // A single bar as wide as its chart would not look like one.
    let few = chart.series.iter().all(|series| series.categories.last_row - series.categories.first_row < 2) && marks.is_some();
    for series in bars {
        set_series(native.add_series(), sheet, series).set_gap(if few { 220 } else { 60 }).set_format(&mut filled(series.colour));
    }
    if let Some(target) = marks {
        let mut line = Chart::new(ChartType::Line);
        // Set after the series is added: `push_series` takes a line chart's markers away.
        set_series(line.add_series(), sheet, target)
            .set_marker(ChartMarker::new().set_type(ChartMarkerType::LongDash).set_size(14).set_format(&mut filled(target.colour)))
            .set_format(ChartFormat::new().set_line(ChartLine::new().set_hidden(true)));
        native.combine(&line);
    }
    let labels = || {
        let mut font = ChartFont::new();
        font.set_size(LABELS);
        font
    };
    native.title().set_name(plain(&chart.title).as_str()).set_font(ChartFont::new().set_size(12).set_bold());
    native.y_axis().set_name(plain(&chart.value_title).as_str()).set_num_format(&chart.value_format).set_font(&labels());
    if chart.from_zero {
        native.y_axis().set_min(0);
    }
    // Below the chart and not along the line of zero, where bars that go down would cover them.
    native.x_axis().set_name(plain(&chart.category_title).as_str()).set_font(&labels()).set_label_position(ChartAxisLabelPosition::Low);
    native.legend().set_position(ChartLegendPosition::Bottom);
    native.set_alt_text(shortened(&chart.alt_text)).set_name(plain(&format!("Chart {number}: {}", chart.title)));
    native.set_width(chart.width).set_height(chart.height);
    native
}

fn set_series<'chart>(native: &'chart mut ChartSeries, sheet: &str, series: &Series) -> &'chart mut ChartSeries {
    let range = |area: Area| (sheet, area.first_row, area.first_column, area.last_row, area.last_column);
    native.set_name(plain(&series.name).as_str()).set_categories(range(series.categories)).set_values(range(series.values))
}

fn filled(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format
        .set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)))
        .set_border(ChartLine::new().set_color(Color::RGB(0x0059_5959)).set_width(0.75));
    format
}
