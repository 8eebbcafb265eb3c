use std::time::Duration;

use ordo_core::planner::{candidates, resolve};
use ordo_testkit::fixtures;
use ordo_testkit::generator::{Class, Kind, instance};
use ordo_testkit::problem::Problem;

use crate::table::{Table, milliseconds, ratio};
use crate::{Failure, median_time};

/// Time to plan one problem and to list its candidates once.
struct Measured {
    name: String,
    candidates: u64,
    planning: Duration,
    listing: Duration,
}

fn measure_problem(name: String, problem: &Problem) -> Result<Measured, Failure> {
    let resolved = resolve(&problem.calendar, &problem.request).map_err(|error| error.to_string())?;
    Ok(Measured {
        name,
        candidates: candidates(&problem.calendar, &resolved),
        planning: median_time(201, || problem.plan())?,
        listing: median_time(201, || Ok(candidates(&problem.calendar, &resolved)))?,
    })
}

/// Planning against the recorded seconds, and on the largest kind of instance.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let mut public = Vec::new();
    let mut logarithms = 0.0;
    for example in fixtures::public()? {
        let problem = Problem::read(&example.clinic, &example.request)?;
        if problem.costs()? != example.costs {
            return Err(format!("{}: the costs are not the proven ones", example.name));
        }
        let measured = measure_problem(example.name, &problem)?;
        logarithms += (example.seconds.iter().sum::<f64>() / measured.planning.as_secs_f64()).ln();
        public.push(measured);
    }
    let mean = (logarithms / public.len() as f64).exp();
    table.add(
        format!(
            "planning {} public examples, times faster than recorded (geometric mean)",
            public.len()
        ),
        format!("{mean:.0} ×"),
        "at least 10000 ×",
    );
    add_slowest(table, "public example", &public, "under 2 ms");
    add_listing(table, "public examples", &public);

    let mut largest = Vec::new();
    for seed in 0..Kind::ALL.len() as u64 {
        let instance = instance(Class::Largest, seed);
        let problem = Problem::from_values(&instance.clinic, &instance.request)?;
        largest.push(measure_problem(instance.kind.name().to_owned(), &problem)?);
    }
    add_slowest(table, "largest kind", &largest, "under 100 ms");
    add_listing(table, "largest kind", &largest);
    for measured in &largest {
        table.add(
            format!("    {}, {} candidate starts", measured.name, measured.candidates),
            milliseconds(measured.planning),
            "",
        );
    }
    Ok(())
}

fn add_slowest(table: &mut Table, what: &str, all: &[Measured], goal: &str) {
    if let Some(slowest) = all.iter().max_by_key(|measured| measured.planning) {
        table.add(
            format!(
                "planning the slowest {what} ({}, {} candidate starts)",
                slowest.name, slowest.candidates
            ),
            milliseconds(slowest.planning),
            goal,
        );
    }
}

fn add_listing(table: &mut Table, what: &str, all: &[Measured]) {
    let mut ratios: Vec<f64> = all
        .iter()
        .map(|measured| ratio(measured.planning, measured.listing))
        .collect();
    ratios.sort_by(f64::total_cmp);
    table.add(
        format!("planning to listing the candidates once, {what} (median)"),
        format!("{:.1} ×", ratios[ratios.len() / 2]),
        "",
    );
}
