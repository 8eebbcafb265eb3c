//! Patients and protocols.

use super::{Check, Known};
use crate::model::{ClinicRecords, DisciplineId, Patient, Spacing};
use crate::said;

pub(super) fn check(check: &mut Check, records: &ClinicRecords, known: &Known<'_>) {
    check.identities("patients", records.patients.iter().map(|item| &item.id));
    for (index, patient) in records.patients.iter().enumerate() {
        check.at("patients", index, |check| patient_at(check, patient, known));
    }
    let disciplines: Vec<_> = records
        .clinic
        .disciplines
        .iter()
        .map(|discipline| discipline.id.clone())
        .collect();
    if records.protocols.is_empty() {
        check.fault(
            ".protocols",
            said!(
                "at least one version of the protocols is needed",
                "il faut au moins une version des protocoles"
            ),
        );
    }
    for (index, protocols) in records.protocols.iter().enumerate() {
        check.at("protocols", index, |check| {
            for fault in protocols.faults(&disciplines) {
                check.fault(&format!(".{}", fault.path), fault.text);
            }
        });
    }
    for (index, two) in records.protocols.windows(2).enumerate() {
        if two[1].version <= two[0].version {
            check.fault(
                &format!(".protocols[{}].version", index + 1),
                said!("versions must go up", "les versions doivent augmenter"),
            );
        }
    }
}

fn patient_at(check: &mut Check, patient: &Patient, known: &Known<'_>) {
    for (index, window) in patient.availability.iter().enumerate() {
        check.at("availability", index, |check| {
            check.before(".to", &window.from, &window.to)
        });
    }
    for (index, cover) in patient.covers.iter().enumerate() {
        check.at("covers", index, |check| {
            check.known(
                ".discipline",
                "discipline",
                cover.discipline.as_str(),
                &known.disciplines,
            );
            check.within(".visits", cover.visits, 0..=1000);
            check.year(".until", cover.until);
        });
    }
    for (index, decision) in patient.provider_decisions.iter().enumerate() {
        check.at("provider_decisions", index, |check| {
            if let Some(order) = &decision.order {
                order_at(check, order, known);
            }
            if let Some(spacing) = decision.spacing {
                spacing_at(check, spacing);
            }
        });
    }
}

pub(super) fn order_at(check: &mut Check, order: &[DisciplineId; 2], known: &Known<'_>) {
    for (index, discipline) in order.iter().enumerate() {
        check.known(
            &format!(".order[{index}]"),
            "discipline",
            discipline.as_str(),
            &known.disciplines,
        );
    }
    if order[0] == order[1] {
        check.fault(
            ".order",
            said!(
                "two different disciplines are needed",
                "il faut deux disciplines différentes"
            ),
        );
    }
}

pub(super) fn spacing_at(check: &mut Check, spacing: Spacing) {
    match spacing {
        Spacing::SameDay { max_wait_minutes } => check.within(
            ".spacing.max_wait_minutes",
            max_wait_minutes,
            0..=Spacing::MOST_WAIT_MINUTES,
        ),
        Spacing::SeparateDays { min_hours, max_hours } => {
            check.within(".spacing.min_hours", min_hours, 12..=120);
            check.within(".spacing.max_hours", max_hours, min_hours.clamp(12, 120)..=120);
        }
    }
}
