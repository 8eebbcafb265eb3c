//! Reads `ordo-request/1`.

use ordo_core::model::{ClinicRecords, Request, Session};
use ordo_core::validate::{self, Fault};
use ordo_core::{Said, said};

use super::REQUEST_FORMAT;
use super::fault::FileFaults;
use super::reader::{Faults, Fields, Node, Path, parse};
use super::shared::{NO_SPACING, in_years, read_format, read_request_order, read_rhythms, read_spacing};

/// Reads a request file; whether it fits a clinic is for the planner to say.
pub fn read_request(text: &str) -> Result<Request, FileFaults> {
    read(text, |_| Vec::new())
}

/// Reads a request file that is asked of a clinic; what does not fit the clinic is a fault too.
pub fn read_request_for(records: &ClinicRecords, text: &str) -> Result<Request, FileFaults> {
    read(text, |request| validate::request_faults(records, request))
}

fn read(text: &str, more_faults: impl Fn(&Request) -> Vec<Fault>) -> Result<Request, FileFaults> {
    let json = parse(text).map_err(|fault| FileFaults { faults: vec![fault] })?;
    let faults = Faults::default();
    let root = Node {
        json: &json,
        path: &Path::Root,
        faults: &faults,
    };
    let keys = [
        "format",
        "patient",
        "now",
        "earliest",
        "latest_start",
        "weeks",
        "order",
        "spacing",
        "tolerance_days",
        "disciplines",
        "fixed",
        "current",
        "replaces",
    ];
    let request = root.object(&keys, request);
    let more = request.iter().flat_map(|request| {
        let out_of_range = out_of_range(request);
        out_of_range.into_iter().chain(more_faults(request))
    });
    let faults = faults.with(more);
    match request {
        Some(request) if faults.is_empty() => Ok(request),
        _ => Err(FileFaults { faults }),
    }
}

fn request(fields: &Fields<'_>) -> Request {
    read_format(fields, REQUEST_FORMAT);
    let order = read_request_order(fields);
    Request {
        patient: fields.text("patient").as_str().into(),
        now: fields.local_time("now"),
        earliest: fields.date("earliest"),
        latest_start: fields.date("latest_start"),
        weeks: fields.number("weeks", 1),
        spacing: fields.required("spacing", NO_SPACING, read_spacing),
        tolerance_days: fields.number("tolerance_days", 0),
        rhythms: fields.required("disciplines", Vec::new(), |node| read_rhythms(node, &order)),
        fixed: fields.list_or_empty("fixed", session),
        current: fields.list_or_empty("current", session),
        left_out: Vec::new(),
        replaces: fields.list_or_empty("replaces", |node| Some(node.text().as_str().into())),
        order,
    }
}

fn session(node: Node<'_>) -> Option<Session> {
    node.object(
        &["discipline", "week", "start", "practitioner", "room"],
        |fields| Session {
            discipline: fields.text("discipline").as_str().into(),
            week: fields.number("week", 0),
            start: fields.local_time("start"),
            practitioner: fields.text("practitioner").as_str().into(),
            room: fields.optional("room", |node| node.text().as_str().into()),
        },
    )
}

/// Ranges that need no clinic to be checked.
fn out_of_range(request: &Request) -> Vec<Fault> {
    use ordo_core::model::Spacing;
    let mut faults = Vec::new();
    let mut check = |path: &str, fits: bool, text: Said| {
        if !fits {
            faults.push(Fault {
                path: path.to_owned(),
                text,
            });
        }
    };
    check(
        "$.weeks",
        (1..=104).contains(&request.weeks),
        said!(
            "1 to 104 weeks are possible",
            "de 1 à 104 semaines sont possibles"
        ),
    );
    check(
        "$.tolerance_days",
        request.tolerance_days <= 3,
        said!("0 to 3 days are possible", "de 0 à 3 jours sont possibles"),
    );
    match request.spacing {
        Spacing::SameDay { max_wait_minutes } => {
            check(
                "$.spacing.max_wait_minutes",
                max_wait_minutes <= Spacing::MOST_WAIT_MINUTES,
                said!(
                    "0 to 240 minutes are possible",
                    "de 0 à 240 minutes sont possibles"
                ),
            );
        }
        Spacing::SeparateDays { min_hours, max_hours } => {
            check(
                "$.spacing.min_hours",
                (12..=120).contains(&min_hours),
                said!(
                    "12 to 120 hours are possible",
                    "de 12 à 120 heures sont possibles"
                ),
            );
            let fits = min_hours <= max_hours && max_hours <= 120;
            check(
                "$.spacing.max_hours",
                fits,
                said!(
                    "min_hours to 120 hours are possible",
                    "de min_hours à 120 heures sont possibles"
                ),
            );
        }
    }
    check(
        "$.now",
        in_years(request.now.date()),
        said!(
            "years 2000 to 2119 are possible",
            "les années 2000 à 2119 sont possibles"
        ),
    );
    check(
        "$.earliest",
        in_years(request.earliest),
        said!(
            "years 2000 to 2119 are possible",
            "les années 2000 à 2119 sont possibles"
        ),
    );
    check(
        "$.latest_start",
        in_years(request.latest_start),
        said!(
            "years 2000 to 2119 are possible",
            "les années 2000 à 2119 sont possibles"
        ),
    );
    let in_order = request.earliest <= request.latest_start;
    check(
        "$.latest_start",
        in_order,
        said!(
            "the latest start must not lie before earliest",
            "latest_start ne peut précéder earliest"
        ),
    );
    faults
}

#[cfg(test)]
mod tests;
