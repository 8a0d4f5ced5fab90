//! Starts the window, and goes on as well as can be where it ended otherwise than by its user. Draws nothing itself.

use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use plandesk::{
    app::instance_inbox::InstanceInbox,
    store::{
        Folder, Renderer, log_path,
        single::{self, Start},
        start_log,
    },
    ui::{Ended, Wishes, tell},
};

use super::{Arguments, FAILED, console, fail, without_window};

/// A window that took another's place and lasted no longer than this is not started again.
const LASTING: Duration = Duration::from_secs(30);

/// Starts the window, or does the main job without one where none can be opened.
pub(crate) fn start(arguments: &Arguments) -> ExitCode {
    let files = &arguments.files;
    if let Some(reason) = no_window_system() {
        return without_window(&reason, files);
    }
    let folder = Folder::of_user();
    start_log(&folder);
    let calls = InstanceInbox::default();
    let first = if arguments.new_window {
        None
    } else {
        let heard = calls.clone();
        match single::start(&folder, files, move |files| heard.ask(files)) {
            Start::Taken => return ExitCode::SUCCESS,
            Start::First(first) => Some(first),
            Start::Alone => None,
        }
    };
    log::info!("plandesk {} on {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let begun = Instant::now();
    let wishes = Wishes {
        folder: folder.clone(),
        files: files.clone(),
        renderer: arguments.renderer,
        failed: arguments.failed.clone(),
        takes_over: arguments.recover,
        calls,
    };
    let ended = plandesk::ui::run(&wishes);
    // The next process is then the first.
    drop(first);
    end(arguments, &folder, ended, !arguments.recover || begun.elapsed() > LASTING)
}

/// Says how the window ended, where it was not by its user, and goes on as well as can be. One that did not last is not started again.
fn end(arguments: &Arguments, folder: &Folder, ended: Ended, lasted: bool) -> ExitCode {
    let next = if lasted { "plandesk now starts again where you were." } else { "Start plandesk again." };
    match ended {
        Ended::Closed => ExitCode::SUCCESS,
        Ended::DeviceLost { .. } if lasted => again(arguments, &[]),
        Ended::DeviceLost { kept } => {
            let words = format!("This computer no longer draws its window. {} {next}{}", what_was_kept(kept), where_more(folder));
            tell("plandesk has stopped", &words);
            ExitCode::from(FAILED)
        }
        Ended::Fault { reason, kept } => {
            let words = format!("A fault in plandesk stopped it ({reason}). {} {next}{}", what_was_kept(kept), where_more(folder));
            tell("plandesk has stopped", &words);
            if lasted { again(arguments, &[]) } else { ExitCode::from(FAILED) }
        }
        Ended::Undrawn(failed) => again(arguments, &failed),
        Ended::NoWindow(reason) => {
            log::error!("no window can be opened");
            tell("plandesk cannot draw its window", &format!("{}{}", cannot_draw(arguments.renderer, &reason), where_more(folder)));
            if cfg!(windows) { ExitCode::from(FAILED) } else { without_window(&reason, &arguments.files) }
        }
    }
}

/// Starts the program again in a process of its own: with the work that was handed on, or without the renderers that failed.
fn again(arguments: &Arguments, failed: &[Renderer]) -> ExitCode {
    let started = std::env::current_exe().and_then(|program| {
        let mut command = Command::new(program);
        if failed.is_empty() || arguments.recover {
            command.arg("--recover");
        }
        if arguments.new_window {
            command.arg("--new-window");
        }
        match arguments.renderer {
            // The only one to try has failed; the rest is better than nothing.
            Some(renderer) if failed.is_empty() => command.args(["--renderer", renderer.name()]),
            _ => command.args(failed.iter().flat_map(|renderer| ["--failed", renderer.name()])),
        };
        command.arg("--").args(&arguments.files).spawn()
    });
    match started {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => fail(&mut console::streams().err, &format!("it could not be started again ({error}). Start plandesk again.")),
    }
}

fn what_was_kept(kept: bool) -> &'static str {
    if kept { "Your work was kept." } else { "Changes that were not saved could not be kept." }
}

fn where_more(folder: &Folder) -> String {
    log_path(folder).map_or_else(String::new, |path| format!("\n\nWhat happened is in the log: {}", path.display()))
}

/// What to do where no renderer works, or not the one that was asked for.
fn cannot_draw(named: Option<Renderer>, reason: &str) -> String {
    match named {
        Some(renderer) => format!(
            "{} does not work on this computer ({reason}). Start plandesk without --renderer, and it takes what works.",
            renderer.words()
        ),
        None => "None of the ways to draw a window works on this computer.\n\nWhat to do: restart the computer or the remote session \
                 and try again. If that does not help, ask whoever looks after this computer to update its graphics driver."
            .to_owned(),
    }
}

/// Why there can be no window, where that is known without trying.
fn no_window_system() -> Option<String> {
    let session = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let none = cfg!(target_os = "linux") && session.iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty()));
    none.then(|| "there is no desktop session here".to_owned())
}
