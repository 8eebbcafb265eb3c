//! Series.

use super::people::{order_at, spacing_at};
use super::{Check, Known, step};
use crate::model::{ClinicRecords, Series};
use crate::said;

pub(super) fn check(check: &mut Check, records: &ClinicRecords, known: &Known<'_>) {
    check.identities("series", records.series.iter().map(|item| &item.id));
    for (index, series) in records.series.iter().enumerate() {
        check.at("series", index, |check| series_at(check, series, records, known));
    }
}

fn series_at(check: &mut Check, series: &Series, records: &ClinicRecords, known: &Known<'_>) {
    check.known(".patient", "patient", series.patient.as_str(), &known.patients);
    order_at(check, &series.order, known);
    spacing_at(check, series.spacing);
    check.within(".weeks", series.weeks, 1..=104);
    check.within(".tolerance_days", series.tolerance_days, 0..=3);
    let version = series.basis.protocol_version;
    let is_known = records
        .protocols
        .iter()
        .any(|protocols| protocols.version == version);
    if version != 0 && !is_known {
        check.fault(
            ".protocol_version",
            said!(
                "there is no version {version} of the protocols; leave it out, or add that version",
                "il n’y a pas de version {version} des protocoles; omettez-la ou ajoutez cette version"
            ),
        );
    }
    if series.rhythms.is_empty() || series.rhythms.len() > 2 {
        check.fault(
            ".disciplines",
            said!(
                "one or both disciplines of the order are needed",
                "il faut une ou les deux disciplines de l’ordre"
            ),
        );
    }
    for (index, rhythm) in series.rhythms.iter().enumerate() {
        let field = format!(".disciplines{}", step(rhythm.discipline.as_str()));
        if !series.order.contains(&rhythm.discipline) {
            check.fault(
                &field,
                said!(
                    "the discipline is not one of the order",
                    "cette discipline n’est pas de l’ordre"
                ),
            );
        }
        if series.rhythms[..index]
            .iter()
            .any(|earlier| earlier.discipline == rhythm.discipline)
        {
            check.fault(
                &field,
                said!(
                    "the discipline stands here twice",
                    "cette discipline figure ici deux fois"
                ),
            );
        }
        check.within(&format!("{field}.every_weeks"), rhythm.every_weeks, 1..=104);
        if let Some(service) = check.known(
            &format!("{field}.service"),
            "service",
            rhythm.service.as_str(),
            &known.services,
        ) && records.clinic.services[service].discipline != rhythm.discipline
        {
            check.fault(
                &format!("{field}.service"),
                said!(
                    "the service is of another discipline",
                    "ce service est d’une autre discipline"
                ),
            );
        }
        for (index, practitioner) in rhythm.practitioners.iter().enumerate() {
            let field = format!("{field}.practitioners[{index}]");
            check.known(
                &field,
                "practitioner",
                practitioner.as_str(),
                &known.practitioners,
            );
        }
    }
    for (index, usual) in series.usual.iter().enumerate() {
        let field = format!(".usual{}", step(usual.discipline.as_str()));
        if !series
            .rhythms
            .iter()
            .any(|rhythm| rhythm.discipline == usual.discipline)
        {
            check.fault(
                &field,
                said!(
                    "the series has no such discipline",
                    "la série n’a pas cette discipline"
                ),
            );
        }
        if series.usual[..index]
            .iter()
            .any(|earlier| earlier.discipline == usual.discipline)
        {
            check.fault(
                &field,
                said!(
                    "the discipline stands here twice",
                    "cette discipline figure ici deux fois"
                ),
            );
        }
        check.year(&format!("{field}.date"), usual.date);
        check.known(
            &format!("{field}.practitioner"),
            "practitioner",
            usual.practitioner.as_str(),
            &known.practitioners,
        );
    }
}
