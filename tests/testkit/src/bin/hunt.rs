//! Searches generated instances for slow or wrong answers of the planner.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ordo_core::audit::audit_proposal;
use ordo_testkit::brute_force::optimum;
use ordo_testkit::generator::{Class, instance};
use ordo_testkit::problem::{Problem, cost_lists, price};

const USAGE: &str = "usage: hunt CLASS FIRST_SEED COUNT [SLOW_MS]
plans every instance once, audits and prices every proposal and, where it is tiny enough, tries every combination;
names each that takes longer than SLOW_MS (100) or is wrong, and says how the times are spread";

/// At most this many combinations are tried.
const COMBINATIONS: u64 = 20_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let ended = hunt(&arguments);
    let (line, code) = match ended {
        Ok((line, true)) => (line, ExitCode::SUCCESS),
        Ok((line, false)) => (line, ExitCode::FAILURE),
        Err(message) => (message, ExitCode::from(2)),
    };
    let _ = writeln!(std::io::stdout(), "{line}");
    code
}

/// The summary, and whether every answer is right.
fn hunt(arguments: &[String]) -> Result<(String, bool), String> {
    let [class, first, count, rest @ ..] = arguments else {
        return Err(USAGE.to_owned());
    };
    let class = Class::named(class).ok_or(USAGE)?;
    let first: u64 = first.parse().map_err(|_| USAGE)?;
    let count: u64 = count.parse().map_err(|_| USAGE)?;
    if count == 0 {
        return Err(format!("no instances: COUNT is at least 1\n{USAGE}"));
    }
    let slow = match rest {
        [] => 100,
        [slow, ..] => slow.parse().map_err(|_| USAGE)?,
    };
    let slow = Duration::from_millis(slow);
    let mut times = Vec::new();
    let (mut wrong, mut tried) = (0, 0);
    for seed in first..first + count {
        let (time, faults, all_tried) = examine(class, seed)?;
        tried += u64::from(all_tried);
        wrong += u64::from(!faults.is_empty());
        if time > slow || !faults.is_empty() {
            let mut out = std::io::stdout().lock();
            let milliseconds = time.as_secs_f64() * 1000.0;
            let _ = writeln!(
                out,
                "{}-{seed}: {milliseconds:.1} ms {}",
                class.name(),
                faults.join("; ")
            );
            let _ = out.flush();
        }
        times.push(time);
    }
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    let line = format!(
        "{count} instances, {wrong} wrong, {tried} against every combination; ms: median {:.2}, 99 % {:.2}, 99.9 % {:.2}, most {:.2}",
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
    Ok((line, wrong == 0))
}

/// How long planning takes, what is wrong with the answer, and whether every combination was tried.
fn examine(class: Class, seed: u64) -> Result<(Duration, Vec<String>, bool), String> {
    let instance = instance(class, seed);
    let name = format!("{}-{seed}", class.name());
    let problem = Problem::from_values(&instance.clinic, &instance.request)
        .map_err(|error| format!("{name}: {error}"))?;
    let begun = Instant::now();
    let plan = problem.plan().map_err(|error| format!("{name}: {error}"))?;
    let time = begun.elapsed();
    let costs = cost_lists(&plan);
    let mut faults = Vec::new();
    for (proposal, costs) in plan.proposals.iter().zip(costs) {
        let found = audit_proposal(&problem.calendar, &problem.request, proposal)
            .map_err(|error| error.to_string())?;
        if !found.is_empty() {
            faults.push(format!("the audit finds {found:?}"));
        }
        match price(&problem, &instance.clinic, &instance.request, proposal) {
            Ok(priced) if priced == costs => {}
            Ok(priced) => faults.push(format!("says {costs:?}, costs {priced:?}")),
            Err(error) => faults.push(error),
        }
    }
    // Merely listing the places of a larger one takes longer than planning it.
    let may_be_tiny = matches!(class, Class::Tiny | Class::Tight | Class::Small);
    let least = if may_be_tiny {
        optimum(&instance.clinic, &instance.request, COMBINATIONS).map_err(|error| error.to_string())?
    } else {
        None
    };
    if let Some(least) = least
        && least != costs
    {
        faults.push(format!("costs {costs:?}, least {least:?}"));
    }
    Ok((time, faults, least.is_some()))
}
