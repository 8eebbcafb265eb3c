//! Setting a clinic up: its first start, and its parts as forms.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::day::DaySpan;
use super::patients::{Named, VisitLine};
use super::practitioner::AwaySpan;

/// Everything of a clinic that the set-up screens edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SetupView {
    /// Name, zone and slot length.
    pub settings: SettingsForm,
    /// The disciplines.
    pub disciplines: Vec<Named>,
    /// What can be booked.
    pub services: Vec<ServiceForm>,
    /// Where; in the order of preference.
    pub rooms: Vec<RoomForm>,
    /// Who treats.
    pub practitioners: Vec<PractitionerForm>,
    /// The dates on which the clinic is closed, by date.
    pub closures: Vec<ClosureForm>,
    /// The kinds of room that rooms or services name.
    pub room_kinds: Vec<String>,
    /// The zones that a clinic may lie in.
    pub time_zones: Vec<String>,
}

/// A part of the clinic that is added, changed or removed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "part", content = "form", rename_all = "kebab-case")]
pub enum ClinicPart {
    /// Name, zone and slot length.
    Settings(SettingsForm),
    /// A service.
    Service(ServiceForm),
    /// A room.
    Room(RoomForm),
    /// A practitioner with hours and absences.
    Practitioner(PractitionerForm),
    /// The closures of a year.
    Closures(ClosuresForm),
}

/// What the clinic is called and how its calendar is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SettingsForm {
    /// What the clinic is called.
    pub name: String,
    /// The zone's IANA name.
    pub time_zone: String,
    /// Starts lie on multiples of this many minutes; it divides 60.
    pub slot_minutes: u32,
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceForm {
    /// Its identifier; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The discipline's identifier.
    pub discipline: String,
    /// Length of the treatment.
    pub minutes: u32,
    /// Time that practitioner and room need after it.
    pub buffer_minutes: u32,
    /// The kinds of room that will do; empty when it needs none.
    pub room_kinds: Vec<String>,
    /// Whether it is for somebody who comes for its discipline for the first time.
    pub first_visit: bool,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RoomForm {
    /// Its identifier; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is fit for.
    pub kinds: Vec<String>,
}

/// Somebody who treats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PractitionerForm {
    /// Their identifier; empty for a new one.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The identifiers of the services they offer.
    pub services: Vec<String>,
    /// The hours they work week after week.
    pub hours: Vec<HoursForm>,
    /// Hours on single dates, besides the weekly ones.
    pub extra_hours: Vec<ExtraHoursForm>,
    /// When they are away.
    pub absences: Vec<AbsenceForm>,
}

/// A stretch of work that comes back every week or every few weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HoursForm {
    /// The day of the week, Monday 0 to Sunday 6.
    pub weekday: u8,
    /// When it begins, from local midnight.
    pub from_minute: u32,
    /// When it ends; at most 1440.
    pub to_minute: u32,
    /// The first date on which it may hold; needed when it does not come every week.
    pub valid_from: Option<NaiveDate>,
    /// The last date on which it may hold.
    pub valid_to: Option<NaiveDate>,
    /// Holds in every n-th week, counted from the week of `valid_from`.
    pub every_weeks: u32,
}

/// Work on one date outside the weekly hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExtraHoursForm {
    /// The date.
    pub date: NaiveDate,
    /// When it begins, from local midnight.
    pub from_minute: u32,
    /// When it ends; at most 1440.
    pub to_minute: u32,
}

/// A time away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AbsenceForm {
    /// Its first minute, local.
    pub from: NaiveDateTime,
    /// When work may go on, local.
    pub to: NaiveDateTime,
    /// Why; may be empty.
    pub reason: String,
}

/// The closures of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClosuresForm {
    /// The year.
    pub year: i32,
    /// Every closure of that year; others of it are opened again.
    pub closures: Vec<ClosureForm>,
}

/// A date on which the clinic is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClosureForm {
    /// The date.
    pub date: NaiveDate,
    /// Why, such as the name of the holiday.
    pub name: String,
}

/// A holiday of Ontario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct HolidayLine {
    /// The date.
    pub date: NaiveDate,
    /// Its name.
    pub name: String,
    /// Whether it is a public holiday by law.
    pub statutory: bool,
    /// Whether the clinic is closed on it.
    pub closed: bool,
}

/// A booked visit that a change would leave without a practitioner, a room or working hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AffectedVisit {
    /// The visit.
    pub visit: VisitLine,
    /// The patient's identifier.
    pub patient: String,
    /// The patient's name.
    pub patient_name: String,
    /// The patient's telephone number; empty when unknown.
    pub phone: String,
    /// What would no longer fit, in words.
    pub why: String,
}

/// A practitioner's working time on one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct WeekDay {
    /// The date.
    pub date: NaiveDate,
    /// When they work, without absences.
    pub working: Vec<DaySpan>,
    /// When they are away.
    pub away: Vec<AwaySpan>,
    /// Why the clinic is closed; absent when it is open.
    pub closed: Option<String>,
}

/// What a new clinic starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewClinicForm {
    /// Name, zone and slot length.
    pub settings: SettingsForm,
    /// When the clinic is open; everybody's first hours.
    pub opening: Vec<OpeningForm>,
    /// Who treats; at least one.
    pub practitioners: Vec<NewPractitionerForm>,
    /// Where.
    pub rooms: Vec<RoomForm>,
    /// Whether the public holidays of this year and the next are closures.
    pub holidays: bool,
}

/// A stretch of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OpeningForm {
    /// The day of the week, Monday 0 to Sunday 6.
    pub weekday: u8,
    /// When it begins, from local midnight.
    pub from_minute: u32,
    /// When it ends; at most 1440.
    pub to_minute: u32,
}

/// Somebody who treats, at a first start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewPractitionerForm {
    /// Their name.
    pub name: String,
    /// The identifiers of the disciplines they give.
    pub disciplines: Vec<String>,
}

/// What a clinic file holds, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FileReport {
    /// What is wrong; the file can be brought in when there is nothing.
    pub faults: Vec<FileFault>,
    /// What it holds, when nothing is wrong.
    pub holds: Option<FileContents>,
}

/// Something wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FileFault {
    /// Where, such as `$.practitioners[3].hours[0].to`.
    pub path: String,
    /// Where in words, such as `practitioner “Anna Alvarez”, hours 1`; empty where the path says as much.
    pub place: String,
    /// What is wrong and what would be right.
    pub text: String,
}

/// How much a clinic file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FileContents {
    /// The clinic's name.
    pub name: String,
    /// How many practitioners.
    pub practitioners: u32,
    /// How many patients.
    pub patients: u32,
    /// How many appointments.
    pub appointments: u32,
    /// How many series.
    pub series: u32,
}
