//! What a calendar shows: visits and absences as events, with as much of a name as is wanted.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::Export;
use super::initials::initials;
use crate::Language;
use crate::model::{
    Absence, Appointment, AppointmentStatus, Clinic, NamesShown, PatientId, Practitioner, PractitionerId,
    SeriesId,
};

/// What an export holds besides a practitioner's visits, and how it shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub to: NaiveDate,
    /// How much is told of patients.
    pub names: NamesShown,
    /// The language of its few words.
    pub language: Language,
    /// Whether absences are shown.
    pub absences: bool,
    /// Cancelled visits that last changed before this are left out; `None` keeps them all.
    pub cancelled_since: Option<DateTime<Utc>>,
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stable for the life of what it shows, and different from every other.
    pub uid: String,
    /// When it is.
    pub time: EventTime,
    /// Its title.
    pub summary: String,
    /// Where it is; empty when not told.
    pub location: String,
    /// More about it; empty when there is none.
    pub description: String,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether it takes the time it lies in.
    pub occupies_time: bool,
    /// Whether it is a time away from work.
    pub out_of_office: bool,
    /// Goes up when time, place or status changes.
    pub revision: u32,
    /// When it last changed; where that is unknown, 2000-01-01T00:00Z is written, which lies before every change.
    pub changed_at: Option<DateTime<Utc>>,
    /// The series whose visits it is tied to.
    pub series: Option<SeriesId>,
}

/// When an event is, on the wall clock of the calendar's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventTime {
    /// From a start for a number of elapsed minutes.
    For {
        /// The start; one that occurs twice means the first.
        start: NaiveDateTime,
        /// How long.
        minutes: u32,
    },
    /// From one wall-clock time up to another; whole days when both are midnights.
    Between {
        /// The first minute.
        from: NaiveDateTime,
        /// The minute after the last.
        to: NaiveDateTime,
    },
}

/// The calendar of one practitioner. Absences that were imported stay out.
///
/// Of the visits given, those with the practitioner that begin within the options' dates are shown; of the
/// absences those that reach into these dates. `patient_name` answers for the patients of the visits.
pub fn practitioner_export<'visit, 'name>(
    clinic: &Clinic,
    practitioner: &Practitioner,
    visits: impl IntoIterator<Item = &'visit Appointment>,
    patient_name: impl Fn(&PatientId) -> Option<&'name str>,
    options: &ExportOptions,
) -> Export {
    let is_wanted = |visit: &&Appointment| {
        visit.practitioner == practitioner.id
            && (options.from..=options.to).contains(&visit.start.date())
            && stays(visit, options.cancelled_since)
    };
    let mut events: Vec<Event> = visits
        .into_iter()
        .filter(is_wanted)
        .map(|visit| {
            let name = patient_name(&visit.patient).unwrap_or_default();
            visit_event(clinic, visit, name, options.names, options.language)
        })
        .collect();
    if options.absences {
        // What was read from the practitioner's own calendar is there already.
        let reaches_in = |absence: &&Absence| {
            absence.imported.is_none()
                && absence.from < absence.to
                && absence.from.date() <= options.to
                && absence.to > options.from.and_time(chrono::NaiveTime::MIN)
        };
        events.extend(
            practitioner
                .absences
                .iter()
                .filter(reaches_in)
                .map(|absence| absence_event(&practitioner.id, absence, options.names, options.language)),
        );
    }
    Export {
        name: format!("{} – {}", clinic.name, practitioner.name),
        time_zone: clinic.time_zone,
        color: None,
        from: options.from,
        to: options.to,
        events,
    }
}

/// A visit as an event.
pub fn visit_event(
    clinic: &Clinic,
    visit: &Appointment,
    patient_name: &str,
    names: NamesShown,
    language: Language,
) -> Event {
    let service = clinic
        .services
        .iter()
        .find(|service| service.id == visit.service)
        .map_or(visit.service.as_str(), |service| service.name.as_str());
    let room = visit.room.as_ref().map_or("", |id| {
        clinic
            .rooms
            .iter()
            .find(|room| room.id == *id)
            .map_or(id.as_str(), |room| room.name.as_str())
    });
    let summary = match names {
        NamesShown::Busy => language.pick("Busy", "Occupé").to_owned(),
        NamesShown::Initials => title(&initials(patient_name), service, language),
        NamesShown::Full => title(patient_name, service, language),
    };
    let is_open = names != NamesShown::Busy;
    Event {
        uid: format!("appointment-{}@ordo", visit.id),
        time: EventTime::For {
            start: visit.start,
            minutes: visit.minutes,
        },
        summary,
        location: if is_open { room.to_owned() } else { String::new() },
        // A note is free text and may hold the name.
        description: if names == NamesShown::Full {
            visit.note.clone()
        } else {
            String::new()
        },
        cancelled: visit.status == AppointmentStatus::Cancelled,
        occupies_time: visit.status.occupies_time(),
        out_of_office: false,
        revision: visit.revision,
        changed_at: visit.changed_at,
        series: visit
            .session
            .as_ref()
            .filter(|_| is_open)
            .map(|session| session.series.clone()),
    }
}

/// An absence as an event; its reason is told only with full names.
pub fn absence_event(
    practitioner: &PractitionerId,
    absence: &Absence,
    names: NamesShown,
    language: Language,
) -> Event {
    let stamp = |local: NaiveDateTime| local.format("%Y%m%dT%H%M").to_string();
    Event {
        uid: format!(
            "absence-{practitioner}-{}-{}@ordo",
            stamp(absence.from),
            stamp(absence.to)
        ),
        time: EventTime::Between {
            from: absence.from,
            to: absence.to,
        },
        summary: language.pick("Away", "Absence").to_owned(),
        location: String::new(),
        description: if names == NamesShown::Full {
            absence.reason.clone()
        } else {
            String::new()
        },
        cancelled: false,
        occupies_time: true,
        out_of_office: true,
        revision: 0,
        changed_at: None,
        series: None,
    }
}

fn stays(visit: &Appointment, cancelled_since: Option<DateTime<Utc>>) -> bool {
    let Some(since) = cancelled_since.filter(|_| visit.status == AppointmentStatus::Cancelled) else {
        return true;
    };
    visit.changed_at.is_some_and(|changed_at| changed_at >= since)
}

/// Never empty, because some calendars refuse an event without a title.
fn title(who: &str, service: &str, language: Language) -> String {
    match (who.trim(), service.trim()) {
        ("", "") => language.pick("Appointment", "Rendez-vous").to_owned(),
        (one, "") | ("", one) => one.to_owned(),
        (who, service) => format!("{who} · {service}"),
    }
}
