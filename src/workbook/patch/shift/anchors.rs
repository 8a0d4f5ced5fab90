//! Where pictures, charts, shapes and controls stand over the cells. Changes neither them nor what is drawn.

use super::{
    CannotShift, Shift,
    adjust::Manner,
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
};

/// Attributes of shapes that refer to cells.
const LINKS: [&str; 2] = ["textlink", "cellRange"];

/// How something over the cells follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// Not at all.
    Nothing,
    /// Its place, at its own size.
    Place,
    /// With both corners.
    Corners,
}

/// A corner: a row or column, and whether it stands exactly at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub at: u32,
    pub flush: bool,
}

/// Where two corners go. A corner whose row is deleted comes to stand flush.
pub(super) fn corners(shift: &Shift, follows: Follows, from: Spot, to: Option<Spot>) -> (Spot, Option<Spot>) {
    let last = shift.axis.limit() - 1;
    if follows == Follows::Nothing {
        return (from, to);
    }
    let deleted = |at: u32| shift.place(at).is_none();
    let new_from = Spot { at: shift.near(from.at), flush: from.flush || deleted(from.at) };
    let Some(to) = to else { return (new_from, None) };
    let as_one = || {
        let at = i64::from(to.at) + i64::from(new_from.at) - i64::from(from.at);
        Spot { at: at.clamp(0, i64::from(last)) as u32, flush: to.flush }
    };
    let carried = !deleted(from.at) && !shift.stays(from.at);
    let new_to = if follows == Follows::Place || carried || to.at < from.at {
        as_one()
    } else if to.flush && to.at > from.at {
        let at = shift.range(from.at, to.at - 1).map_or(new_from.at, |(_, high)| high + 1);
        Spot { at: at.min(last), flush: true }
    } else if deleted(to.at) {
        Spot { at: shift.near(to.at).max(new_from.at), flush: true }
    } else {
        let at = shift.range(from.at, to.at).map_or(new_from.at, |(_, high)| high);
        Spot { at, flush: to.flush }
    };
    (new_from, Some(new_to))
}

/// A number of a corner and where it stands.
#[derive(Clone, Copy, Default)]
struct Number {
    value: i64,
    start: usize,
    end: usize,
}

/// The numbers of one corner along the axis.
#[derive(Clone, Copy, Default)]
struct Marker {
    at: Option<Number>,
    offset: Option<Number>,
}

/// An anchor that is open.
pub(super) struct Anchor {
    follows: Follows,
    pending: [Marker; 2],
    from: Option<[Marker; 2]>,
    to: Option<[Marker; 2]>,
}

impl Anchor {
    fn new(follows: Follows) -> Self {
        Self { follows, pending: Default::default(), from: None, to: None }
    }

    /// That of a control or an object of a worksheet.
    pub(super) fn of_control(tag: &Tag<'_>) -> Self {
        let says = |name: &str| tag.value(name).is_some_and(|value| matches!(value.trim(), "1" | "true"));
        Self::new(match (says("moveWithCells"), says("sizeWithCells")) {
            (true, true) => Follows::Corners,
            (true, false) => Follows::Place,
            (false, _) => Follows::Nothing,
        })
    }

    /// That of a drawing.
    fn of_drawing(tag: &Tag<'_>) -> Option<Self> {
        match tag.name {
            "twoCellAnchor" => Some(Self::new(match tag.value("editAs") {
                Some("absolute") => Follows::Nothing,
                Some("oneCell") => Follows::Place,
                _ => Follows::Corners,
            })),
            "oneCellAnchor" => Some(Self::new(Follows::Place)),
            _ => None,
        }
    }

    /// An element of it ends, whose text stands between two bytes.
    pub(super) fn see(&mut self, name: &str, content: (usize, usize), text: &str) {
        let number = || text.trim().parse().ok().map(|value| Number { value, start: content.0, end: content.1 });
        match name {
            "row" => self.pending[0].at = number(),
            "rowOff" => self.pending[0].offset = number(),
            "col" => self.pending[1].at = number(),
            "colOff" => self.pending[1].offset = number(),
            "from" if self.from.is_none() => self.from = Some(std::mem::take(&mut self.pending)),
            "to" if self.to.is_none() => self.to = Some(std::mem::take(&mut self.pending)),
            _ => {}
        }
    }

    /// It ends: writes where its corners go.
    pub(super) fn moved(self, job: &mut Job<'_>) {
        let shift = job.context.shift;
        let along = |markers: [Marker; 2]| shift.axis.of(markers[0], markers[1]);
        let spot = |marker: Marker| {
            let at = u32::try_from(marker.at?.value).ok().filter(|at| *at < shift.axis.limit())?;
            Some(Spot { at, flush: marker.offset.is_none_or(|offset| offset.value == 0) })
        };
        let Some((from, old_from)) = self.from.map(along).and_then(|from| Some((from, spot(from)?))) else { return };
        let to = self.to.map(along).and_then(|to| Some((to, spot(to)?)));
        let (new_from, new_to) = corners(shift, self.follows, old_from, to.map(|(_, spot)| spot));
        let mut write = |marker: Marker, old: Spot, new: Spot| {
            if let Some(at) = marker.at.filter(|_| old.at != new.at) {
                job.patch.replace_with_number(at.start, at.end, new.at);
            }
            if let Some(offset) = marker.offset.filter(|_| new.flush && !old.flush) {
                job.patch.replace_with_number(offset.start, offset.end, 0);
            }
        };
        write(from, old_from, new_from);
        if let (Some((to, old_to)), Some(new_to)) = (to, new_to) {
            write(to, old_to, new_to);
        }
    }
}

/// The drawing of a sheet.
///
/// # Errors
/// When it cannot be read, or a reference goes through several sheets.
pub(super) fn shifted(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(false, &mut Drawing { anchor: None })?;
    Ok(job)
}

struct Drawing {
    anchor: Option<Anchor>,
}

impl<'a> Visitor<'a> for Drawing {
    fn open(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        if job.context.own
            && let Some(anchor) = Anchor::of_drawing(&tag)
        {
            self.anchor = Some(anchor);
        }
        for attribute in LINKS.iter().filter_map(|name| tag.get(name)) {
            job.formula((attribute.start, attribute.end), Manner::Formula, &|| "a shape".to_owned())?;
        }
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        if matches!(tag.name, "twoCellAnchor" | "oneCellAnchor") {
            if let Some(anchor) = self.anchor.take() {
                anchor.moved(job);
            }
        } else if let Some(anchor) = &mut self.anchor {
            anchor.see(tag.name, content, job.raw(content));
        }
        Ok(())
    }
}
