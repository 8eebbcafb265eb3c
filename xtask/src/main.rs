//! Set-up, run, test, bench and bundle: `cargo xtask <task>`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::env;
use std::process::ExitCode;

use step::Failure;

mod bench;
mod browser;
mod bundle;
mod output;
mod prerequisites;
mod run;
mod step;
mod system;
mod test;
mod tools;
mod versions;

const HELP: &str = "\
cargo xtask <task>

  run            build the app and open it; the first start offers a demo clinic;
                 without a display, tour the same job on the command line
  test [STEP]…   every check and test, or only the named steps
  bench [PART]…  measure, and print the table: planning, growth, booking, calendars, feeds;
                 board, scale, window
  harness [PART]… [--count N]
                 kill, race, disk, page: show that nothing is lost, with figures
  gallery        take the pictures in docs anew, in Chromium
  bundle         build the installable packages of this system
  version-list FOLDER ADDRESS
                 write what the signed packages of a release tell the programs that look for updates
  setup          install what `run` and `test` need, or say what is missing

The steps of `test`, in their order:
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let task = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let done = match task.as_deref() {
        Some("run") => refuse_arguments("run", &rest).and_then(|()| run::run()),
        Some("test") => test::run(&rest),
        Some("bench") => bench::run(&rest),
        Some("harness") => run::harness(&rest),
        Some("gallery") => refuse_arguments("gallery", &rest).and_then(|()| browser::gallery()),
        Some("bundle") => refuse_arguments("bundle", &rest).and_then(|()| bundle::run()),
        Some("version-list") => versions::run(&rest),
        Some("setup") => refuse_arguments("setup", &rest).and_then(|()| test::setup()),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            test::list();
            Ok(())
        }
        Some(unknown) => Err(Failure::new(
            "cargo xtask",
            format!("there is no task {unknown:?}"),
            "Run `cargo xtask help` to see the tasks.",
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn refuse_arguments(task: &str, arguments: &[String]) -> Result<(), Failure> {
    match arguments.first() {
        None => Ok(()),
        Some(argument) => Err(Failure::new(
            task,
            format!("it takes no argument, but got {argument:?}"),
            format!("Run `cargo xtask {task}` alone."),
        )),
    }
}
