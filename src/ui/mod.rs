//! The window: draws a document and sends commands. Holds no plan of its own and changes none.

pub mod grid;
pub mod plot;
pub mod theme;
