//! Random moves on a small grid with formulas, against a plain model that knows each row by itself.

use super::{
    super::{
        address::{cell, cell_name, column_name},
        adjust::displaced,
    },
    *,
};

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit.max(1))) as u32
    }
}

/// A part of a formula: one reference, or a range along the axis. The first number is along the axis.
#[derive(Clone, Copy)]
struct Term {
    from: u32,
    to: Option<u32>,
    across: u32,
    fixed: bool,
}

fn name(axis: Axis, along: u32, across: u32, fixed: bool) -> String {
    let (row, column) = axis.of((along, across), (across, along));
    let mark = |is: Axis| if fixed && axis == is { "$" } else { "" };
    format!("{}{}{}{}", mark(Axis::Columns), column_name(column), mark(Axis::Rows), row + 1)
}

impl Term {
    fn written(&self, axis: Axis) -> String {
        let from = name(axis, self.from, self.across, self.fixed);
        self.to.map_or(from.clone(), |to| format!("{from}:{}", name(axis, to, self.across, self.fixed)))
    }

    fn away(&self, steps: u32) -> Self {
        let steps = if self.fixed { 0 } else { steps };
        Self { from: self.from + steps, to: self.to.map(|to| to + steps), ..*self }
    }
}

fn written(terms: &[Term], axis: Axis) -> String {
    terms.iter().map(|term| term.written(axis)).collect::<Vec<_>>().join("+")
}

const SIZE: u32 = 14;

/// A cell, along and across the axis, and its formula.
type GridCell = ((u32, u32), Vec<Term>);

fn random_shift(random: &mut Random, axis: Axis) -> Shift {
    let first = random.below(SIZE);
    let count = random.below(SIZE - first);
    let mut order = old_range(first, count);
    match random.below(4) {
        0 => {
            (0..random.below(3)).for_each(|_| order.insert(0, NEW));
        }
        1 => order.retain(|_| random.below(3) > 0),
        2 if count > 1 => {
            let row = order.remove(random.below(count) as usize);
            order.insert(random.below(count) as usize, row);
        }
        _ => {
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at as u32 + 1) as usize);
            }
            if random.below(2) == 0 {
                order.insert(random.below(order.len() as u32 + 1) as usize, Placed::New { like: Some(first) });
            }
        }
    }
    Shift::new(axis, first, count, order).expect("a shift")
}

fn old_range(first: u32, count: u32) -> Vec<Placed> {
    (first..first + count).map(Placed::Old).collect()
}

/// Where every row stands after a change, by its old index; worked out by laying the rows out.
fn places(shift: &Shift) -> Vec<Option<u32>> {
    let mut line = old_range(0, shift.first);
    line.extend(shift.order.iter().copied());
    line.extend(old_range(shift.end(), 60 - shift.end()));
    (0..60).map(|old| line.iter().position(|placed| *placed == Placed::Old(old)).map(|at| at as u32)).collect()
}

/// Tells whether a term became what it should.
fn check(term: &Term, after: &str, shift: &Shift, places: &[Option<u32>]) -> Result<(), String> {
    let axis = shift.axis;
    let wrong = |why: &str| Err(format!("{} became {after}: {why}, {shift:?}", term.written(axis)));
    let Some(to) = term.to else {
        let expected = places[term.from as usize].map_or("#REF!".to_owned(), |place| name(axis, place, term.across, term.fixed));
        return if after == expected { Ok(()) } else { wrong(&expected) };
    };
    let images: Vec<u32> = (term.from..=to).filter_map(|old| places[old as usize]).collect();
    let (Some(low), Some(high)) = (images.iter().min(), images.iter().max()) else {
        return if after == "#REF!" { Ok(()) } else { wrong("nothing is left") };
    };
    let Some((from, to)) = after.split_once(':').and_then(|(from, to)| cell(from).zip(cell(to))) else { return wrong("no range") };
    let (from, to) = (axis.of(from.0, from.1), axis.of(to.0, to.1));
    let whole = term.from <= shift.first && term.to.is_some_and(|to| to + 1 >= shift.end());
    if !shift.reorders || whole {
        return if (from, to) == (*low, *high) { Ok(()) } else { wrong("not all of it") };
    }
    let covers = |place: u32| images.contains(&place);
    if !covers(from) || !covers(to) {
        return wrong("an end of another");
    }
    if covers(to + 1) || (from > 0 && covers(from - 1)) {
        return wrong("one beside it is left out");
    }
    Ok(())
}

/// The formula of each cell of a sheet, by row and column.
fn formulas(xml: &str) -> Vec<((u32, u32), String)> {
    let (mut found, mut shared) = (Vec::new(), std::collections::HashMap::new());
    for piece in xml.split("<c r=\"").skip(1) {
        let at = cell(piece.split('"').next().expect("an address")).expect("an address");
        let Some(formula) = piece.split_once("<f").map(|(_, rest)| rest) else { continue };
        let (attributes, text) = formula.split_once('>').expect("its end");
        let text = text.split("</f>").next().expect("a text");
        let number = attributes.split_once("si=\"").map(|(_, rest)| rest.split('"').next().expect("a number").to_owned());
        match number {
            Some(number) if attributes.contains("ref=") => {
                shared.insert(number, (at, text.to_owned()));
                found.push((at, text.to_owned()));
            }
            Some(number) => {
                let ((row, column), text) = &shared[&number];
                found.push((at, displaced(text, i64::from(at.0) - i64::from(*row), i64::from(at.1) - i64::from(*column))));
            }
            None => found.push((at, text.to_owned())),
        }
    }
    found
}

/// A sheet of a grid: in each row (or column) a formula of its own, and one that a stretch of them shares.
fn grid(random: &mut Random, axis: Axis) -> (String, Vec<GridCell>) {
    let mut term = |up_to: u32| {
        let from = random.below(up_to);
        let to = (random.below(2) == 0).then(|| from + random.below(5));
        Term { from, to, across: random.below(4), fixed: random.below(2) == 0 }
    };
    let mut cells = Vec::new();
    for along in 0..SIZE {
        cells.push(((along, 6), vec![term(SIZE), term(SIZE)], None));
    }
    let first = 2;
    let shared = [term(8), term(SIZE)];
    for along in first..first + 8 {
        let terms: Vec<Term> = shared.iter().map(|term| term.away(along - first)).collect();
        cells.push(((along, 7), terms, Some(along == first)));
    }
    let name_of = |(along, across): (u32, u32)| axis.of(cell_name(along, across), cell_name(across, along));
    cells.sort_by_key(|((along, across), _, _)| axis.of((*along, *across), (*across, *along)));
    let mut xml = String::from("<worksheet><sheetData>");
    let mut row = None;
    for (at, terms, is_shared) in &cells {
        let this = axis.of(at.0, at.1);
        if row != Some(this) {
            xml.push_str(if row.is_some() { "</row>" } else { "" });
            xml.push_str(&format!("<row r=\"{}\">", this + 1));
            row = Some(this);
        }
        let text = written(terms, axis);
        let formula = match is_shared {
            None => format!("<f>{text}</f>"),
            Some(true) => {
                let area = format!("{}:{}", name_of((first, 7)), name_of((first + 7, 7)));
                format!("<f t=\"shared\" ref=\"{area}\" si=\"0\">{text}</f>")
            }
            Some(false) => "<f t=\"shared\" si=\"0\"/>".to_owned(),
        };
        xml.push_str(&format!("<c r=\"{}\">{formula}<v>1</v></c>", name_of(*at)));
    }
    xml.push_str("</row></sheetData></worksheet>");
    (xml, cells.into_iter().map(|(at, terms, _)| (at, terms)).collect())
}

#[test]
fn every_formula_of_a_grid_says_the_same() {
    let mut random = Random(20_261_127);
    for run in 0..4_000 {
        let axis = if run % 2 == 0 { Axis::Rows } else { Axis::Columns };
        let (xml, cells) = grid(&mut random, axis);
        let shift = random_shift(&mut random, axis);
        let places = places(&shift);
        let out = text(PartKind::MovedSheet, &xml, &shift);
        let after: std::collections::HashMap<_, _> = formulas(&out).into_iter().collect();
        let left = cells.iter().filter(|(at, _)| places[at.0 as usize].is_some()).count();
        assert_eq!(after.len(), left, "{shift:?}\n{out}");
        let addresses: Vec<_> = formulas(&out).into_iter().map(|(at, _)| at).collect();
        assert!(addresses.is_sorted(), "{shift:?}\n{out}");
        for (at, terms) in &cells {
            let Some(place) = places[at.0 as usize] else { continue };
            let found = &after[&axis.of((place, at.1), (at.1, place))];
            let parts: Vec<&str> = found.split('+').collect();
            assert_eq!(parts.len(), terms.len());
            for (term, after) in terms.iter().zip(parts) {
                check(term, after, &shift, &places).unwrap_or_else(|why| panic!("{why}\n{xml}\n{out}"));
            }
        }
    }
}

#[test]
fn lists_of_ranges_cover_the_same_cells() {
    let mut random = Random(7);
    for _ in 0..20_000 {
        let shift = random_shift(&mut random, Axis::Rows);
        let places = places(&shift);
        let first = random.below(SIZE);
        let last = first + random.below(6);
        let covered: Vec<u32> = shift.images(first, last).into_iter().flat_map(|(low, high)| low..=high).collect();
        assert!(covered.is_sorted_by(|one, two| one < two), "{first} {last} {covered:?} {shift:?}");
        for old in 0..40 {
            let inside = (first..=last).contains(&old);
            assert!(places[old as usize].is_none_or(|place| covered.contains(&place) == inside), "{first} {last} {covered:?} {shift:?}");
        }
        let placed = |old: u32| places[old as usize];
        let images: Vec<u32> = (first..=last).filter_map(placed).collect();
        let step = images.first().map(|at| i64::from(*at) - i64::from(first));
        let as_one = images.len() == (last - first + 1) as usize && images.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        assert_eq!(shift.uniform(first, last), step.filter(|_| as_one), "{first} {last} {shift:?}");
        let together = images.windows(2).all(|pair| pair[0] < pair[1] && (pair[0] + 1..pair[1]).all(|between| shift.is_new(between)));
        assert_eq!(shift.keeps_together(first, last), together, "{first} {last} {shift:?}");
    }
}
