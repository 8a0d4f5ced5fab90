//! Closing a period, worked out: what it is called and when it ends, and what is recorded where. Makes no edit and writes no file.

mod heading;
mod sequence;
