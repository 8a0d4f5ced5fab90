//! Every integration test, in one binary so that linking happens once.

mod headless;
mod tidy;
