//! Patients from a list.

use std::fmt::Write;

use ordo_desk::view::patient_list::{DateOrder, ListColumns, ListPreview, PatientListForm, RowState};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::Failure;
use crate::open;
use crate::output::{Output, read_file};

/// Brings a list in, or tells what that would do.
pub fn import_patients(
    arguments: &Arguments,
    asked: &args::ImportPatients,
    output: Output,
) -> Result<(), Failure> {
    let text = read_file(&asked.file)?;
    let mut desk = open::open(arguments)?;
    let form = PatientListForm {
        columns: (!asked.columns.is_empty()).then(|| columns(&asked.columns)),
        date_order: asked.dates.as_deref().map(|order| match order {
            "day-first" => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        }),
        also: asked.also.clone(),
    };
    let done = if asked.preview {
        desk.preview_patient_list(&form, &text)?
    } else {
        desk.import_patient_list(&form, &text)?
    };
    output.answer(|| told(&done, asked.preview), || json!(done))
}

fn columns(named: &[(String, u32)]) -> ListColumns {
    let place = |what: &str| {
        let found = named.iter().find(|(known, _)| known == what);
        found.map(|(_, number)| number - 1)
    };
    ListColumns {
        name: place("name"),
        first_name: place("first-name"),
        last_name: place("last-name"),
        phone: place("phone"),
        email: place("email"),
        date_of_birth: place("date-of-birth"),
        notes: place("notes"),
    }
}

fn told(done: &ListPreview, is_preview: bool) -> String {
    let would = if is_preview { "would be new" } else { "new" };
    let mut text = format!(
        "{} {would}, {} may be here already, {} cannot be brought in.",
        done.new, done.alike, done.faulty
    );
    for row in &done.rows {
        let why = match &row.state {
            RowState::New => continue,
            RowState::Alike { patients } => {
                let names: Vec<String> = patients
                    .iter()
                    .map(|hit| format!("{} ({})", hit.name, hit.id))
                    .collect();
                format!("like {}", names.join(", "))
            }
            RowState::Repeated { line } => format!("as in line {line}"),
            RowState::Faulty { why } => why.clone(),
        };
        let _ = write!(text, "\n  line {}: {}: {why}", row.line, row.patient.name);
    }
    text
}
