//! The audit of everything that is booked.

use std::path::Path;
use std::process::ExitCode;

use ordo_core::Language;
use ordo_core::time::format_local;
use ordo_desk::CalendarAudit;
use ordo_desk::file::read_clinic;
use serde_json::{Value, json};

use crate::args::Arguments;
use crate::commands::calendar::series_json;
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::{Output, read_file};

/// Audits the database or a clinic file; exit code 1 when anything is wrong that is not deliberate.
pub fn audit(arguments: &Arguments, clinic: Option<&Path>, output: Output) -> Result<ExitCode, Failure> {
    let records = match clinic {
        Some(path) => read_clinic(&read_file(path)?).map_err(|faults| Failure::faults(path, faults))?,
        None => open::open(arguments)?.records()?,
    };
    let series = records.series.clone();
    let audit = CalendarAudit::of(records)?;
    output.answer(
        || audit_text(&audit),
        || {
            let health: Vec<_> = series
                .iter()
                .zip(&audit.series)
                .map(|(series, health)| series_json(series, health))
                .collect();
            json!({"faults": audit.faults(), "findings": findings_json(&audit), "series": health})
        },
    )?;
    Ok(if audit.faults() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::No as u8)
    })
}

/// The audit in words.
pub fn audit_text(audit: &CalendarAudit) -> String {
    let calendar = &audit.calendar;
    let mut text = String::new();
    for finding in &audit.findings {
        let visit = calendar.appointment(finding.visit);
        text.push_str(&format!(
            "{}  rule {:>2}  {} ({} with {}){}\n",
            visit.start.format("%Y-%m-%d %H:%M"),
            finding.rule().number(),
            finding.violation.words(calendar, Language::English),
            visit.id,
            visit.practitioner,
            if finding.deliberate { ", on purpose" } else { "" },
        ));
    }
    let deliberate = audit.findings.len() - audit.faults();
    let off = audit
        .series
        .iter()
        .flat_map(|series| &series.pairs)
        .filter(|pair| !pair.as_asked)
        .count();
    let pairs: usize = audit.series.iter().map(|series| series.pairs.len()).sum();
    text.push_str(&format!(
        "{} visits checked: {} faults, {deliberate} on purpose. {} series, {pairs} pairs, {off} of them not spaced as asked.\n",
        calendar.visits().len(),
        audit.faults(),
        audit.series.len(),
    ));
    text
}

fn findings_json(audit: &CalendarAudit) -> Vec<Value> {
    let calendar = &audit.calendar;
    let one = |finding: &ordo_core::audit::Finding| {
        let visit = calendar.appointment(finding.visit);
        json!({"appointment": visit.id.as_str(), "start": format_local(visit.start),
               "other": finding.other.map(|other| calendar.appointment(other).id.to_string()),
               "rule": finding.rule().as_str(), "number": finding.rule().number(),
               "text": finding.violation.words(calendar, Language::English), "deliberate": finding.deliberate})
    };
    audit.findings.iter().map(one).collect()
}
