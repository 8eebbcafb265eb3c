//! Runs a command with its output shown, and keeps the last lines for a log that is read from its end.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, IsTerminal, PipeReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// How many lines are kept: the failures of a test program with what they say.
const KEPT: usize = 100;

/// How long the rest of the output is waited for once the command has ended. A service that it left behind may hold
/// the pipe open for ever.
const REST: Duration = Duration::from_secs(2);

/// Runs `command`; its output is shown as it comes. In a terminal nothing is kept: the command writes there itself, in
/// colour, and who reads can scroll.
pub fn run(command: &mut Command) -> io::Result<(ExitStatus, Vec<String>)> {
    if io::stdout().is_terminal() {
        return command.status().map(|status| (status, Vec::new()));
    }
    run_piped(command, io::stdout())
}

fn run_piped(
    command: &mut Command,
    shown: impl Write + Send + 'static,
) -> io::Result<(ExitStatus, Vec<String>)> {
    let (output, input) = io::pipe()?;
    let mut child = command.stdout(input.try_clone()?).stderr(input).spawn()?;
    // The end of the pipe is seen only once nobody here can write into it.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let kept = Arc::new(Mutex::new(VecDeque::with_capacity(KEPT)));
    let (ended, end) = mpsc::channel::<()>();
    let lines = Arc::clone(&kept);
    thread::spawn(move || {
        show(output, shown, &lines);
        drop(ended);
    });
    let status = child.wait()?;
    // Either way what was kept is right: the reader is at the end, or something that was left behind is still writing.
    let _ = end.recv_timeout(REST);
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((status, kept.iter().cloned().collect()))
}

/// Shows each line and keeps it. A line may be of any bytes, and the last one need not end.
fn show(output: PipeReader, mut shown: impl Write, kept: &Mutex<VecDeque<String>>) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while let Ok(1..) = output.read_until(b'\n', &mut line) {
        // A log that cannot be written is no reason to stop the command.
        let _ = shown.write_all(&line).and_then(|()| shown.flush());
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_words(words: &[&str]) -> (ExitStatus, Vec<String>) {
        run_piped(Command::new(words[0]).args(&words[1..]), io::sink()).unwrap()
    }

    #[test]
    fn both_outputs_are_kept_and_the_exit_code_is_the_commands() {
        let (status, lines) = run_words(&["rustc", "--no-such-flag-of-rustc"]);
        assert!(!status.success());
        assert!(lines.join("\n").contains("no-such-flag-of-rustc"), "{lines:?}");
        let (status, lines) = run_words(&["rustc", "--version"]);
        assert!(status.success());
        assert!(lines.join("\n").contains("rustc"), "{lines:?}");
    }

    #[test]
    fn of_a_long_output_the_end_is_kept() {
        let all = Command::new("rustc")
            .args(["--print", "target-list"])
            .output()
            .unwrap();
        let all = String::from_utf8(all.stdout).unwrap();
        let all: Vec<&str> = all.lines().collect();
        let (_, lines) = run_words(&["rustc", "--print", "target-list"]);
        assert_eq!(lines, all[all.len() - KEPT..]);
    }
}
