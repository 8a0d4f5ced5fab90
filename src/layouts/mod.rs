//! One file per import layout: recognise a sheet, read it into tables. What no layout takes becomes a note, never nothing.
