//! One day of the clinic.

use chrono::NaiveDate;
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentStatus, SeriesId};
use ordo_core::time::{TimeOfDay, date_of};
use ordo_store::NearestVisits;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::board::RoomName;

/// One day of the whole clinic; times are wall-clock minutes from local midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DayView {
    /// The day.
    pub date: NaiveDate,
    /// Its weekday, as in `Monday`.
    pub weekday: String,
    /// The clinic's name.
    pub clinic_name: String,
    /// Why the clinic is closed, such as a holiday's name; absent when it is open.
    pub closed: Option<String>,
    /// The disciplines that the clinic offers, in its order.
    pub disciplines: Vec<DayDiscipline>,
    /// Everybody who works or has an appointment that day, in the clinic's order.
    pub practitioners: Vec<DayPractitioner>,
    /// Every room of the clinic, in its order.
    pub rooms: Vec<RoomName>,
    /// The day in numbers.
    pub totals: DayTotals,
    /// Starts lie on multiples of this many minutes.
    pub slot_minutes: u32,
}

/// A discipline by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DayDiscipline {
    /// Its identifier.
    pub id: String,
    /// What the clinic calls it.
    pub name: String,
}

/// One practitioner's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DayPractitioner {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The identifiers of the disciplines they give.
    pub disciplines: Vec<String>,
    /// When they work, without absences, in order and apart.
    pub working: Vec<DaySpan>,
    /// Their appointments of every status, by time.
    pub appointments: Vec<DayAppointment>,
}

/// A stretch of the day; one that ends the next day ends past 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DaySpan {
    /// Its first minute.
    pub from_minute: u32,
    /// The minute after its last.
    pub to_minute: u32,
}

/// One appointment as the front desk reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DayAppointment {
    /// Its identifier.
    pub id: String,
    /// Who is treated.
    pub patient_name: String,
    /// The name of the service.
    pub service: String,
    /// The identifier of the service's discipline.
    pub discipline: String,
    /// The name of the room, where there is one.
    pub room: Option<String>,
    /// The identifier of the room, where there is one.
    pub room_id: Option<String>,
    /// When it starts.
    pub from_minute: u32,
    /// When the treatment ends, without the buffer after it.
    pub to_minute: u32,
    /// Where it stands.
    pub status: DayStatus,
    /// Which visit of its series it is.
    pub series_position: Option<SeriesPosition>,
    /// Whether the patient was never here before.
    pub first_visit: bool,
    /// Whether it is a deliberate double booking.
    pub overbooked: bool,
    /// Whether it carries a note.
    pub note: bool,
    /// Whether it is shown as busy time alone, because it is not for whoever looks.
    pub busy: bool,
}

/// Which visit of a series an appointment is, as in 4 of 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesPosition {
    /// Counted from 1, by time.
    pub number: u32,
    /// How many visits the series has.
    pub of: u32,
}

/// Where an appointment stands, in FHIR's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum DayStatus {
    /// Agreed.
    Booked,
    /// The patient is here.
    Arrived,
    /// The treatment took place.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The patient did not come.
    NoShow,
}

impl From<AppointmentStatus> for DayStatus {
    fn from(status: AppointmentStatus) -> Self {
        match status {
            AppointmentStatus::Booked => Self::Booked,
            AppointmentStatus::Arrived => Self::Arrived,
            AppointmentStatus::Fulfilled => Self::Fulfilled,
            AppointmentStatus::Cancelled => Self::Cancelled,
            AppointmentStatus::NoShow => Self::NoShow,
        }
    }
}

impl From<DayStatus> for AppointmentStatus {
    fn from(status: DayStatus) -> Self {
        match status {
            DayStatus::Booked => Self::Booked,
            DayStatus::Arrived => Self::Arrived,
            DayStatus::Fulfilled => Self::Fulfilled,
            DayStatus::Cancelled => Self::Cancelled,
            DayStatus::NoShow => Self::NoShow,
        }
    }
}

/// How many appointments of the day stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct DayTotals {
    /// Agreed and still to come.
    pub booked: u32,
    /// Here.
    pub arrived: u32,
    /// Done.
    pub fulfilled: u32,
    /// Called off.
    pub cancelled: u32,
    /// Did not come.
    pub noshow: u32,
}

impl DayTotals {
    /// Counts the appointments of all practitioners of a day.
    pub fn of(practitioners: &[DayPractitioner]) -> Self {
        let mut totals = Self::default();
        for appointment in practitioners
            .iter()
            .flat_map(|practitioner| &practitioner.appointments)
        {
            *match appointment.status {
                DayStatus::Booked => &mut totals.booked,
                DayStatus::Arrived => &mut totals.arrived,
                DayStatus::Fulfilled => &mut totals.fulfilled,
                DayStatus::Cancelled => &mut totals.cancelled,
                DayStatus::NoShow => &mut totals.noshow,
            } += 1;
        }
        totals
    }
}

/// What a day is drawn with besides its own calendar.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// Every appointment of each series that the day touches.
    pub series: &'a [(SeriesId, Vec<Appointment>)],
    /// The visits of the day's patients nearest to its first minute.
    pub nearest: &'a [NearestVisits],
}

impl Around<'_> {
    /// Whether nothing came before the visit, neither on an earlier day nor on this one.
    fn is_first(&self, calendar: &Calendar, visit: &Appointment) -> bool {
        let near = self.nearest.iter().find(|near| near.patient == visit.patient);
        let is_earlier = |other: &Appointment| {
            other.patient == visit.patient
                && (other.start, &other.id) < (visit.start, &visit.id)
                && other.status.occupies_time()
        };
        visit.status.occupies_time()
            && near.is_some_and(|near| near.before.is_none())
            && !calendar.appointments().iter().any(is_earlier)
    }
}

/// Draws one day of a calendar.
pub(crate) fn day_view(calendar: &Calendar, day: i32, around: Around<'_>) -> DayView {
    let clinic = calendar.clinic();
    let date = date_of(day);
    let midnight = calendar.clock().to_utc_on(day, 0);
    let practitioners: Vec<DayPractitioner> = (0..clinic.practitioners.len())
        .map(|index| practitioner_day(calendar, index, day, midnight, around))
        .filter(|practitioner| !practitioner.working.is_empty() || !practitioner.appointments.is_empty())
        .collect();
    DayView {
        date,
        weekday: Language::English.weekday(date),
        clinic_name: clinic.name.clone(),
        closed: calendar
            .closure_on(day)
            .map(|closure| clinic.closures[closure].name.clone()),
        disciplines: clinic
            .disciplines
            .iter()
            .map(|discipline| DayDiscipline {
                id: discipline.id.to_string(),
                name: discipline.name.clone(),
            })
            .collect(),
        rooms: clinic
            .rooms
            .iter()
            .map(|room| RoomName {
                id: room.id.to_string(),
                name: room.name.clone(),
            })
            .collect(),
        totals: DayTotals::of(&practitioners),
        slot_minutes: clinic.slot_minutes,
        practitioners,
    }
}

fn practitioner_day(
    calendar: &Calendar,
    index: usize,
    day: i32,
    midnight: i32,
    around: Around<'_>,
) -> DayPractitioner {
    let clinic = calendar.clinic();
    let practitioner = &clinic.practitioners[index];
    let mut disciplines: Vec<usize> = calendar
        .services_offered(index)
        .iter()
        .map(|&service| calendar.discipline_of(service))
        .collect();
    disciplines.sort_unstable();
    disciplines.dedup();
    let mut appointments: Vec<&Appointment> = calendar
        .appointments()
        .iter()
        .filter(|appointment| appointment.practitioner == practitioner.id)
        .filter(|appointment| appointment.start.date() == date_of(day))
        .collect();
    appointments.sort_by_key(|appointment| (appointment.start, appointment.id.clone()));
    DayPractitioner {
        id: practitioner.id.to_string(),
        name: practitioner.name.clone(),
        disciplines: disciplines
            .into_iter()
            .map(|index| clinic.disciplines[index].id.to_string())
            .collect(),
        working: working_spans(calendar, index, day, midnight),
        appointments: appointments
            .into_iter()
            .map(|appointment| day_appointment(calendar, appointment, around))
            .collect(),
    }
}

/// When a practitioner works on a day that begins at an instant.
pub(crate) fn working_spans(
    calendar: &Calendar,
    practitioner: usize,
    day: i32,
    midnight: i32,
) -> Vec<DaySpan> {
    let mut working = Vec::new();
    calendar.working_time(practitioner, day, &mut working);
    let minute = |instant: i32| (instant - midnight).max(0).unsigned_abs();
    working
        .iter()
        .map(|stretch| DaySpan {
            from_minute: minute(stretch.from),
            to_minute: minute(stretch.to),
        })
        .collect()
}

fn day_appointment(calendar: &Calendar, appointment: &Appointment, around: Around<'_>) -> DayAppointment {
    let service = calendar
        .service_index(&appointment.service)
        .map(|index| calendar.service(index));
    let patient = calendar
        .patient_index(&appointment.patient)
        .and_then(|index| calendar.patients().get(index));
    let room = appointment
        .room
        .as_ref()
        .and_then(|room| calendar.room_index(room));
    let from_minute = TimeOfDay::of(appointment.start).minutes().unsigned_abs();
    DayAppointment {
        id: appointment.id.to_string(),
        patient_name: patient.map_or_else(|| appointment.patient.to_string(), |patient| patient.name.clone()),
        service: service.map_or_else(String::new, |service| service.name.clone()),
        discipline: service.map_or_else(String::new, |service| service.discipline.to_string()),
        room: room.map(|room| calendar.room(room).name.clone()),
        room_id: appointment.room.as_ref().map(ToString::to_string),
        from_minute,
        to_minute: from_minute + appointment.minutes,
        status: appointment.status.into(),
        series_position: position(appointment, around.series),
        first_visit: around.is_first(calendar, appointment),
        overbooked: !appointment.override_reason.is_empty(),
        note: !appointment.note.is_empty(),
        busy: false,
    }
}

/// Counted among the visits of the series that take or took place.
pub(crate) fn position(
    appointment: &Appointment,
    series: &[(SeriesId, Vec<Appointment>)],
) -> Option<SeriesPosition> {
    let link = appointment.session.as_ref()?;
    let (_, visits) = series.iter().find(|(id, _)| *id == link.series)?;
    let counted = || visits.iter().filter(|visit| visit.status.occupies_time());
    let before = counted()
        .filter(|visit| (visit.start, &visit.id) < (appointment.start, &appointment.id))
        .count();
    appointment.status.occupies_time().then(|| SeriesPosition {
        number: before as u32 + 1,
        of: counted().count() as u32,
    })
}
