//! A window that the processor draws: only what changed since the frame before, and nothing while it stands still. Means nothing by it.

mod canvas;
mod event_loop;
mod running;
mod surface;
mod wheel;

pub(super) use event_loop::run;
pub(super) use running::Content;
pub(super) use wheel::unsmoothed;

#[cfg(test)]
mod tests;
