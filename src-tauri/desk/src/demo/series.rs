//! Running series of every kind, planned by the planner around each other.

use chrono::{NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{
    Appointment, AppointmentId, Clinic, Discipline, Frequency, InsuranceCover, Patient, ProviderDecision,
    Series, Spacing,
};
use ordo_core::planner::plan;
use ordo_core::protocol::{Case, Protocols};
use ordo_core::time::TimeOfDay;

use crate::Error;
use crate::book::{appointment_of, series_of, sessions_of};
use crate::propose::{Ask, draft};

/// What one demo patient comes with.
struct Story {
    conditions: &'static [&'static str],
    needs: &'static [&'static str],
    sensitivities: &'static [&'static str],
    frequency: Option<Frequency>,
    only: Option<&'static str>,
    weeks: u32,
    /// Weeks from today to the first week; negative for series that run already.
    starts: i64,
    /// Which of the three proposals was taken.
    choice: usize,
}

const fn story(conditions: &'static [&'static str], weeks: u32, starts: i64, choice: usize) -> Story {
    Story {
        conditions,
        needs: &[],
        sensitivities: &[],
        frequency: None,
        only: None,
        weeks,
        starts,
        choice,
    }
}

const fn tender(mut story: Story, sensitivities: &'static [&'static str]) -> Story {
    story.sensitivities = sensitivities;
    story
}

const fn often(mut story: Story, frequency: Frequency) -> Story {
    story.frequency = Some(frequency);
    story
}

const fn alone(mut story: Story, discipline: &'static str) -> Story {
    story.only = Some(discipline);
    story
}

const fn needing(needs: &'static [&'static str], weeks: u32, starts: i64, choice: usize) -> Story {
    let mut story = story(&[], weeks, starts, choice);
    story.needs = needs;
    story
}

const STORIES: [Story; 20] = [
    tender(story(&["low-back-pain"], 8, -3, 0), &["tires-easily"]),
    story(&["neck-pain"], 6, -2, 1),
    often(story(&["knee-pain"], 8, -4, 2), Frequency::BothWeekly),
    tender(story(&["post-surgical"], 12, -5, 0), &["early-injury"]),
    often(story(&["sciatica"], 10, -6, 1), Frequency::Alternating),
    alone(story(&["stress"], 6, -1, 2), Discipline::MASSAGE),
    tender(story(&["shoulder-impingement"], 8, -7, 0), &["chronic-pain"]),
    needing(&["building-strength"], 6, -2, 1),
    needing(&["muscle-tightness", "poor-flexibility"], 6, 0, 2),
    tender(story(&["neck-pain", "stress"], 8, -10, 0), &["dizzy-after"]),
    often(story(&["low-back-pain"], 6, 1, 1), Frequency::Alternating),
    tender(
        often(story(&["knee-pain"], 6, -1, 2), Frequency::BothWeekly),
        &["overwhelmed"],
    ),
    story(&["post-surgical"], 10, 1, 0),
    alone(
        needing(&["balance-coordination"], 8, -3, 1),
        Discipline::PHYSIOTHERAPY,
    ),
    tender(story(&["sciatica"], 4, -8, 2), &["tires-easily", "chronic-pain"]),
    often(story(&["shoulder-impingement"], 8, 0, 0), Frequency::BothWeekly),
    needing(&["tendon-rehab"], 10, -9, 1),
    tender(story(&["low-back-pain"], 6, 2, 2), &["early-injury"]),
    often(story(&["stress"], 8, -4, 0), Frequency::Alternating),
    story(&["neck-pain"], 4, -11, 1),
];

/// How many patients have a series: the first ones of the list.
pub(super) const COUNT: usize = STORIES.len();

/// Notes in the patients' records what their series is made from.
pub(super) fn prepare(patients: &mut [Patient], today: NaiveDate, language: Language) {
    for (patient, story) in patients.iter_mut().zip(&STORIES) {
        patient.availability.clear();
        patient.sensitivities = story.sensitivities.iter().map(|&word| word.to_owned()).collect();
    }
    if let Some(patient) = patients.get_mut(6) {
        patient.covers = [Discipline::PHYSIOTHERAPY, Discipline::MASSAGE]
            .map(|discipline| InsuranceCover {
                discipline: discipline.into(),
                visits: 12,
                until: today + TimeDelta::days(120),
            })
            .into();
    }
    if let Some(patient) = patients.get_mut(11) {
        patient.provider_decisions.push(ProviderDecision {
            provider: "Dr. Imogen Hale".to_owned(),
            date: today - TimeDelta::days(20),
            order: None,
            spacing: Some(Spacing::SeparateDays {
                min_hours: 36,
                max_hours: 72,
            }),
            frequency: None,
            note: language
                .pick(
                    "needs a full day between treatments",
                    "il lui faut un jour entier entre les soins",
                )
                .to_owned(),
        });
    }
}

/// Plans and books every series, one after the other.
pub(super) fn book(
    clinic: &Clinic,
    patients: &[Patient],
    today: NaiveDate,
    language: Language,
) -> Result<(Vec<Series>, Vec<Appointment>), Error> {
    let protocols = Protocols::shipped_in(language);
    let (mut series, mut appointments) = (Vec::new(), Vec::new());
    for (index, (story, patient)) in STORIES.iter().zip(patients).enumerate() {
        let earliest = today + TimeDelta::weeks(story.starts);
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let ask = Ask {
            case: Case {
                conditions: words(story.conditions),
                needs: words(story.needs),
                language,
                ..Case::default()
            },
            weeks: Some(story.weeks),
            frequency: story.frequency,
            only: story.only.map(Into::into),
            earliest: Some(earliest),
            ..Ask::default()
        };
        let draft = draft(
            clinic,
            &protocols,
            patient,
            &ask,
            None,
            TimeOfDay::MIDNIGHT.on(earliest),
        )?;
        let calendar = Calendar::new(clinic.clone(), patients.to_vec(), appointments.clone())?;
        let plan = plan(&calendar, &draft.request)?;
        let proposal = &plan.proposals[story.choice % plan.proposals.len()];
        let booked = series_of(
            &format!("series-{:02}", index + 1),
            &draft.request,
            &draft.basis,
            proposal,
        );
        for (number, session) in sessions_of(&calendar, proposal).iter().enumerate() {
            let id = AppointmentId::new(format!("session-{:02}-{:02}", index + 1, number + 1));
            let place = proposal.sessions[number].place;
            let mut appointment = appointment_of(&calendar, &draft.request, session, &id, &place, &booked.id);
            let notes = draft
                .decision
                .notes
                .iter()
                .filter(|note| note.discipline == session.discipline);
            appointment.note = notes
                .map(|note| note.text.as_str())
                .collect::<Vec<_>>()
                .join("; ");
            appointments.push(appointment);
        }
        series.push(booked);
    }
    Ok((series, appointments))
}
