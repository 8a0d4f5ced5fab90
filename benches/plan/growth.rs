//! How the cost of what is done with a whole plan grows with it: from 1,000 to 1,000,000 cells, each ten times the one before.

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use plandesk::{
    app::{
        command::{Command, EditCommand, FileCommand, ViewCommand},
        find::Query,
        jobs::Wake,
        open::open_bytes,
        report,
        state::State,
    },
    insight::{AsOf, Insight},
    model::{Document, Role, TableKind},
    store::{self, Filter, Folder},
    writeback,
};

use crate::{
    exported,
    made::{Dress, Words, write_alone},
    read, verdict,
};

/// Actions, of eight cells each.
const SIZES: [usize; 4] = [125, 1_250, 12_500, 125_000];
/// At most this exponent between 10,000 and 1,000,000 cells; below that, what does not grow with the plan counts as well.
const BOUND: f64 = 1.1;
/// Something short is done again until it took so long, and the shortest of its times counts.
const LEAST: Duration = Duration::from_millis(60);

/// A plan of one size, in every form that something is done with.
struct Sized {
    file: Vec<u8>,
    document: Document,
    edited: Document,
    state: State,
    folder: tempfile::TempDir,
}

/// Something that is done with a plan.
type Done = (&'static str, fn(&mut Sized));

const ALL: [Done; 9] = [
    ("import", |plan| drop(black_box(read(&plan.file)))),
    ("check", |plan| {
        let opened = open_bytes("plan.xlsx", &plan.file, &|_| true).expect("it is a workbook");
        let insight = Insight::of(&opened.document, AsOf::default());
        black_box(report::text(&opened.document, &opened.notes, &insight));
    }),
    ("insight", |plan| drop(black_box(Insight::of(&plan.document, AsOf::default())))),
    ("filter", |plan| {
        plan.state.run(Command::View(ViewCommand::SetFilter(Filter { text: "partners".to_owned(), ..Filter::default() })));
        plan.state.run(Command::View(ViewCommand::ClearFilter));
    }),
    ("find", |plan| {
        let query = Query { text: "the review of".to_owned(), ..Query::default() };
        let table = plan.document.of_kind(TableKind::Plan).next().expect("the plan was read");
        black_box(query.pattern().map(|pattern| pattern.places(table)));
    }),
    ("sort", |plan| {
        let table = plan.state.workspace.document().of_kind(TableKind::Plan).next().expect("the plan is open");
        let column = table.columns[table.role_position(Role::Comment).expect("it has comments")].id;
        plan.state.run(Command::View(ViewCommand::Sort(column, false)));
        plan.state.run(Command::Edit(EditCommand::Undo));
    }),
    ("compare", |plan| drop(black_box(writeback::changes(&plan.document.tables, &plan.edited, (&[], &[]))))),
    ("save", |plan| drop(black_box(store::encode(&plan.document, &[]).expect("the document is JSON")))),
    ("export", |plan| {
        black_box(exported(&plan.document).len());
    }),
];

impl Sized {
    fn of(actions: usize) -> Self {
        let file = write_alone(&Words(7).plan(actions), Dress::AsReturn);
        let document = read(&file);
        let mut edited = document.clone();
        let table = edited.tables.iter_mut().find(|table| table.kind == TableKind::Plan).expect("the plan was read");
        let lead = table.role_position(Role::Lead).expect("it has leads");
        for at in (0..table.rows.len()).step_by(100) {
            table.rows[at].cells[lead] = table.columns[lead].enter("Tess Ilkley");
        }
        let folder = tempfile::tempdir().expect("a folder for the plan");
        let path = folder.path().join("plan.xlsx");
        std::fs::write(&path, &file).expect("the plan can be written");
        let mut state = State::new(Folder::nowhere(), Wake(Arc::new(|| {})));
        state.run(Command::File(FileCommand::OpenFiles(vec![path])));
        while state.tasks.job().is_some() {
            std::thread::park_timeout(Duration::from_millis(5));
            state.poll();
        }
        Self { file, document, edited, state, folder }
    }
}

/// Measures all of them; false when one grows faster than its bound.
pub(crate) fn measure() -> bool {
    let mut times = vec![Vec::new(); ALL.len()];
    for actions in SIZES {
        let mut plan = Sized::of(actions);
        for (times, (_, done)) in times.iter_mut().zip(ALL) {
            times.push(shortest(|| done(&mut plan)).as_secs_f64());
        }
        drop(plan.folder);
    }
    let mut within = true;
    for (times, (name, _)) in times.iter().zip(ALL) {
        let tens: Vec<f64> = times.windows(2).map(|pair| (pair[1] / pair[0]).log10()).collect();
        // Over both tens together, as the noise of one measurement moves each of them to and fro.
        let exponent = (times[3] / times[1]).log10() / 2.0;
        let is = exponent <= BOUND;
        within &= is;
        let each: Vec<String> = tens.iter().map(|ten| format!("{ten:.2}")).collect();
        println!("growth    {name:<8} exponent {exponent:.2} (bound {BOUND}), each ten times {}: {}", each.join(", "), verdict(is));
    }
    within
}

/// The shortest of several times.
fn shortest(mut done: impl FnMut()) -> Duration {
    let (begun, mut best) = (Instant::now(), Duration::MAX);
    while begun.elapsed() < LEAST || best == Duration::MAX {
        let one = Instant::now();
        done();
        best = best.min(one.elapsed());
    }
    best
}
