//! Whatever a clinic's records are, they come out as they went in.

use chrono::{NaiveDate, TimeDelta, Weekday};
use ordo_core::model::{
    Absence, Appointment, AppointmentId, AppointmentStatus, AvailabilityWindow, ClinicRecords, Closure,
    Contact, Discipline, DisciplineId, ExtraHours, Frequency, ImportedFrom, InsuranceCover, Patient,
    PatientId, Practitioner, PractitionerId, ProviderDecision, Series, SeriesBasis, SessionLink, Spacing,
    WorkingHours,
};
use ordo_core::time::TimeOfDay;
use ordo_store::{Action, Store, StoreError, Which};
use proptest::option;
use proptest::prelude::*;

use crate::store_sample as sample;
use crate::store_story::{key, stamp};

/// Any text, also of other scripts, quotes and control characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Zé李' \"\\\\\n\t;%_{}]{0,12}",
        "\\PC{0,8}"
    ]
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..40_000i64).prop_map(|day| NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + TimeDelta::days(day))
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0..7u8).prop_map(|day| Weekday::try_from(day).unwrap())
}

fn stretch() -> impl Strategy<Value = (TimeOfDay, TimeOfDay)> {
    (0..1440u32, 1..=1440u32).prop_map(|(from, length)| {
        let to = (from + length).min(1440);
        (
            TimeOfDay::from_minutes(from).unwrap(),
            TimeOfDay::from_minutes(to).unwrap(),
        )
    })
}

fn discipline() -> impl Strategy<Value = DisciplineId> {
    prop::sample::select(vec![Discipline::MASSAGE, Discipline::PHYSIOTHERAPY]).prop_map(Into::into)
}

fn spacing() -> impl Strategy<Value = Spacing> {
    prop_oneof![
        (0..=240u32).prop_map(|max_wait_minutes| Spacing::SameDay { max_wait_minutes }),
        (12..=120u32, 12..=120u32).prop_map(|(one, two)| Spacing::SeparateDays {
            min_hours: one.min(two),
            max_hours: one.max(two)
        }),
    ]
}

fn frequency() -> impl Strategy<Value = Frequency> {
    prop::sample::select(vec![
        Frequency::Combined,
        Frequency::Alternating,
        Frequency::BothWeekly,
    ])
}

fn decision() -> impl Strategy<Value = ProviderDecision> {
    let order = Just(["massage".into(), "physio".into()]).prop_shuffle();
    (
        text(),
        date(),
        option::of(order),
        option::of(spacing()),
        option::of(frequency()),
        text(),
    )
        .prop_map(
            |(provider, date, order, spacing, frequency, note)| ProviderDecision {
                provider,
                date,
                order,
                spacing,
                frequency,
                note,
            },
        )
}

fn patient() -> impl Strategy<Value = Patient> {
    let window =
        (weekday(), stretch()).prop_map(|(weekday, (from, to))| AvailabilityWindow { weekday, from, to });
    let cover = (discipline(), 0..=1000u32, date()).prop_map(|(discipline, visits, until)| InsuranceCover {
        discipline,
        visits,
        until,
    });
    (
        (text(), text(), text(), text()),
        option::of(date()),
        prop::collection::vec(window, 0..3),
        prop::collection::vec(text(), 0..3),
        prop::collection::vec(cover, 0..3),
        prop::collection::vec(decision(), 0..3),
    )
        .prop_map(
            |((name, phone, email, notes), date_of_birth, availability, sensitivities, covers, decisions)| {
                Patient {
                    id: "set later".into(),
                    name,
                    contact: Contact { phone, email },
                    date_of_birth,
                    availability,
                    sensitivities,
                    covers,
                    provider_decisions: decisions,
                    notes,
                }
            },
        )
}

fn practitioner() -> impl Strategy<Value = Practitioner> {
    let hours = (
        weekday(),
        stretch(),
        option::of(date()),
        option::of(date()),
        1..9u32,
    )
        .prop_map(
            |(weekday, (from, to), valid_from, valid_to, every_weeks)| WorkingHours {
                weekday,
                from,
                to,
                valid_from,
                valid_to: valid_to.max(valid_from.and(valid_to).and(valid_from)),
                every_weeks: if valid_from.is_some() { every_weeks } else { 1 },
            },
        );
    let extra = (date(), stretch()).prop_map(|(date, (from, to))| ExtraHours { date, from, to });
    let imported = (text(), option::of(date())).prop_map(|(uid, date)| ImportedFrom {
        uid,
        occurrence: date.map(|date| TimeOfDay::MIDNIGHT.on(date)),
    });
    let absence =
        (date(), stretch(), text(), option::of(imported)).prop_map(|(date, (from, to), reason, imported)| {
            Absence {
                from: from.on(date),
                to: to.on(date),
                reason,
                imported,
            }
        });
    (
        text(),
        prop::collection::vec(prop::sample::select(vec!["rmt-60", "physio-45"]), 0..3),
        prop::collection::vec(hours, 0..3),
        prop::collection::vec(extra, 0..3),
        prop::collection::vec(absence, 0..3),
    )
        .prop_map(|(name, services, hours, extra_hours, absences)| Practitioner {
            id: "set later".into(),
            name,
            services: services.into_iter().map(Into::into).collect(),
            hours,
            extra_hours,
            absences,
        })
}

fn appointment() -> impl Strategy<Value = Appointment> {
    (
        (0..3usize, 0..2usize, option::of(0..2usize)),
        (date(), 0..48u32, 1..=1440u32, 0..=1440u32),
        prop::sample::select(&AppointmentStatus::ALL[..]),
        option::of(0..sample::series().weeks),
        (text(), text(), text()),
        any::<u32>(),
        option::of((0..4_000_000_000i64, 0..1_000_000_000u32)),
    )
        .prop_map(
            |(
                (patient, practitioner, room),
                (day, half_hour, minutes, buffer),
                status,
                week,
                texts,
                revision,
                at,
            )| {
                // Between 03:00 and 03:23, so that no clock goes forward over it.
                let start = day.and_hms_opt(3, half_hour % 24, 0).unwrap();
                Appointment {
                    id: "set later".into(),
                    practitioner: ["m1", "p1"][practitioner].into(),
                    patient: ["zoe", "omar", "li"][patient].into(),
                    service: ["rmt-60", "physio-45"][practitioner].into(),
                    room: room.map(|room| ["room1", "room2"][room].into()),
                    start,
                    minutes,
                    buffer_minutes: buffer,
                    status,
                    // The series is one of the first patient.
                    session: week.filter(|_| patient == 0).map(|week| SessionLink {
                        series: "s1".into(),
                        week,
                    }),
                    // Any two may overlap, so each says why it may.
                    override_reason: format!("because {}", texts.0),
                    cancel_reason: texts.1,
                    note: texts.2,
                    revision: revision / 2,
                    changed_at: at.map(|(seconds, nanoseconds)| {
                        chrono::DateTime::from_timestamp(seconds, nanoseconds).unwrap()
                    }),
                }
            },
        )
}

pub fn records() -> impl Strategy<Value = ClinicRecords> {
    (
        text(),
        prop::collection::vec(patient(), 0..4),
        prop::collection::vec(practitioner(), 0..3),
        prop::collection::vec(appointment(), 0..8),
        prop::collection::btree_map(date(), text(), 0..4),
        (
            spacing(),
            0..=3u32,
            prop::sample::select(&ordo_core::model::Strategy::ALL[..]),
            prop::collection::vec(text(), 0..3),
        ),
    )
        .prop_map(
            |(name, patients, practitioners, appointments, closures, series)| {
                let mut records = sample::records();
                records.clinic.name = name;
                for (number, mut patient) in patients.into_iter().enumerate() {
                    // Not in the order of their names.
                    patient.id = PatientId::new(format!("n{}", 100 - number));
                    records.patients.push(patient);
                }
                for (number, mut practitioner) in practitioners.into_iter().enumerate() {
                    practitioner.id = PractitionerId::new(format!("x{}", 100 - number));
                    records.clinic.practitioners.push(practitioner);
                }
                for (number, mut appointment) in appointments.into_iter().enumerate() {
                    appointment.id = AppointmentId::new(format!("y{}", 100 - number));
                    let taken = |other: &Appointment| {
                        other.session == appointment.session && other.service == appointment.service
                    };
                    if records.appointments.iter().any(taken) {
                        appointment.session = None;
                    }
                    records.appointments.push(appointment);
                }
                for (date, name) in closures.into_iter().rev() {
                    if !records.clinic.closures.iter().any(|closure| closure.date == date) {
                        records.clinic.closures.push(Closure { date, name });
                    }
                }
                let (spacing, tolerance_days, strategy, reasons) = series;
                records.series.push(Series {
                    id: "another".into(),
                    spacing,
                    tolerance_days,
                    strategy,
                    basis: SeriesBasis {
                        protocol_version: tolerance_days.min(2),
                        reasons,
                        ..SeriesBasis::default()
                    },
                    ..sample::series()
                });
                records
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn records_come_out_as_they_went_in(records in records()) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("clinic.ordo"), &key()).unwrap();
        let entry = store.fill(&records, &stamp(0)).unwrap();
        prop_assert_eq!(&store.records().unwrap(), &records);
        // The journal's images are the same records.
        prop_assert_eq!(&store.entry(1).unwrap().unwrap(), &entry);
        // Whatever is removed comes back whole.
        let victim = records.appointments.last().unwrap().clone();
        store
            .change::<_, StoreError>(&stamp(1), Action::EditPatient, |transaction| {
                transaction.delete_appointment(&victim.id)?;
                records.patients[3..].iter().try_for_each(|patient| transaction.delete_patient(&patient.id))
            })
            .unwrap();
        store.undo(&stamp(2), Which::Last).unwrap();
        let mut back = store.records().unwrap();
        let returned = back.appointments.last_mut().unwrap();
        prop_assert_eq!(returned.revision, victim.revision + 1);
        (returned.revision, returned.changed_at) = (victim.revision, victim.changed_at);
        prop_assert_eq!(back, records);
    }
}
