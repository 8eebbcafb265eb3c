use chrono::TimeZone as _;
use ordo_core::Language;
use ordo_core::model::AppointmentStatus;
use ordo_core::time::Span;
use ordo_core::validate;

use super::*;
use crate::CalendarAudit;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn it_is_a_clinic_in_order_whatever_the_date() {
    for today in ["2026-11-23", "2026-03-06", "2024-02-29", "2027-07-01"] {
        let records = records(date(today), Language::English).expect("a clinic");
        assert_eq!(validate::faults(&records), [], "{today}");
        assert_eq!(validate::overlaps(&records), [], "{today}");
        let audit = CalendarAudit::of(records).expect("an audit");
        let faults: Vec<_> = audit
            .findings
            .iter()
            .filter(|finding| !finding.deliberate)
            .map(|finding| finding.violation.words(&audit.calendar, Language::English))
            .collect();
        assert_eq!(faults, [""; 0], "{today}");
        assert_eq!(
            audit.findings.iter().filter(|finding| finding.deliberate).count(),
            audit.findings.len()
        );
    }
}

#[test]
fn no_visit_was_settled_before_it_began() {
    let today = date("2026-03-02");
    let records = records(today, Language::English).unwrap();
    let began = |visit: &Appointment| roster::TIME_ZONE.from_local_datetime(&visit.start).unwrap();
    let settled = records
        .appointments
        .iter()
        .filter(|visit| visit.status == AppointmentStatus::Fulfilled && visit.start.date() < today);
    assert!(settled.clone().count() > 100);
    for visit in settled {
        assert!(visit.changed_at.is_some_and(|at| at >= began(visit)), "{visit:?}");
    }
}

#[test]
fn it_has_the_size_of_a_real_clinic() {
    let today = date("2026-11-23");
    let records = records(today, Language::English).expect("a clinic");
    assert_eq!(records.clinic.practitioners.len(), 8);
    assert_eq!(records.clinic.rooms.len(), 7);
    assert_eq!(records.patients.len(), 400);
    assert_eq!(records.series.len(), 20);
    let count = |status| {
        records
            .appointments
            .iter()
            .filter(|visit| visit.status == status)
            .count()
    };
    for status in AppointmentStatus::ALL {
        assert!(count(status) > 0, "{status:?}");
    }
    let share = booked_share(&records, day_number(today) + 1..day_number(today) + 85);
    assert!((0.75..0.85).contains(&share), "{share}");
}

/// The share of working time that is occupied over some days.
fn booked_share(records: &ClinicRecords, days: std::ops::Range<i32>) -> f64 {
    let calendar = Calendar::new(
        records.clinic.clone(),
        records.patients.clone(),
        records.appointments.clone(),
    )
    .expect("a calendar");
    let (mut worked, mut occupied) = (0, 0);
    for day in days {
        for practitioner in 0..records.clinic.practitioners.len() {
            let mut stretches = Vec::new();
            calendar.working_time(practitioner, day, &mut stretches);
            for stretch in stretches {
                worked += stretch.minutes();
                let taken = calendar.practitioner_occupancy(practitioner).meeting(stretch);
                occupied += taken
                    .map(|taken| {
                        Span::new(taken.span.from.max(stretch.from), taken.span.to.min(stretch.to)).minutes()
                    })
                    .sum::<i32>();
            }
        }
    }
    f64::from(occupied) / f64::from(worked)
}

#[test]
fn it_is_the_same_every_time() {
    let today = date("2026-11-23");
    assert_eq!(
        records(today, Language::English).expect("a clinic"),
        records(today, Language::English).expect("a clinic")
    );
}

#[test]
fn in_french_everything_but_people_is_french() {
    let today = date("2026-11-23");
    let [english, french] = Language::ALL.map(|language| records(today, language).expect("a clinic"));
    assert_eq!(validate::faults(&french), []);
    let said = |records: &ClinicRecords| {
        let clinic = &records.clinic;
        let mut said = vec![clinic.name.clone()];
        said.extend(clinic.disciplines.iter().map(|each| each.name.clone()));
        said.extend(clinic.services.iter().map(|each| each.name.clone()));
        said.extend(clinic.rooms.iter().map(|each| each.name.clone()));
        said.extend(clinic.closures.iter().map(|each| each.name.clone()));
        let absences = clinic.practitioners.iter().flat_map(|each| &each.absences);
        said.extend(absences.map(|each| each.reason.clone()));
        said.extend(records.patients.iter().map(|each| each.notes.clone()));
        for visit in &records.appointments {
            said.extend([&visit.note, &visit.cancel_reason, &visit.override_reason].map(Clone::clone));
        }
        said.retain(|words| !words.is_empty());
        said
    };
    let (english_words, french_words) = (said(&english), said(&french));
    assert_eq!(english_words.len(), french_words.len());
    let same: std::collections::BTreeSet<_> = english_words
        .iter()
        .zip(&french_words)
        .filter(|(english, french)| english == french)
        .map(|(english, _)| english.as_str())
        .collect();
    assert_eq!(same, std::collections::BTreeSet::new());
    let names = |records: &ClinicRecords| -> Vec<String> {
        records
            .patients
            .iter()
            .map(|patient| patient.name.clone())
            .collect()
    };
    assert_eq!(names(&english), names(&french));
    let starts = |records: &ClinicRecords| -> Vec<_> {
        records
            .appointments
            .iter()
            .map(|visit| (visit.start, visit.status))
            .collect()
    };
    assert_eq!(starts(&english), starts(&french));
}
