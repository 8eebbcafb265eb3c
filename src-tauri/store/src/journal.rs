//! The journal's entries: who changed what, when and why, with the records before and after.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ordo_core::model::{
    Appointment, Clinic, Closure, Discipline, LockBox, Patient, Practitioner, Room, Series, Service, Sharing,
    User,
};
use ordo_core::protocol::Protocols;

/// Who does something, when and why; passed in with every change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: DateTime<Utc>,
    /// The signed-in user, or the program that acts by itself.
    pub actor: String,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// One entry of the journal; never changed once written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number; entries count up from 1 without gaps.
    pub seq: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// Why, in words; may be empty.
    pub reason: String,
    /// Every record that was changed, or looked at.
    pub changes: Vec<Change>,
}

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Records were changed.
    Change(Action),
    /// Records were looked at; its changes have neither before nor after.
    View,
    /// The changes of an entry were taken back.
    Undo {
        /// That entry.
        of: u32,
    },
    /// The changes of an undone entry were made again.
    Redo {
        /// That entry.
        of: u32,
    },
    /// Derived UTC times were computed again, because the rules of time zones changed; what was agreed is as it was.
    /// Its changes name the visits that lie at another instant now.
    Recompute,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Brought a whole clinic in.
    Import,
    /// Booked a visit or a series.
    Book,
    /// Moved visits.
    Reschedule,
    /// Called visits off.
    Cancel,
    /// Noted that a patient arrived, was treated or did not come.
    SetStatus,
    /// Changed something else about visits, such as a note.
    EditAppointment,
    /// Changed a series itself.
    EditSeries,
    /// Added, changed or removed a patient.
    EditPatient,
    /// Changed settings, disciplines, services, rooms, practitioners or closures.
    EditClinic,
    /// Wrote a new version of the protocols.
    EditProtocols,
    /// Put a backup back.
    Restore,
    /// Changed who may do or see what: people, lock-boxes, the time until the lock. Never undone.
    EditAccess,
    /// Brought in the absences of a practitioner from a calendar, or patients from a list.
    ImportList,
    /// Changed how a practitioner's calendar is shared. Never undone.
    EditSharing,
    /// Ordo itself became another version. Never undone.
    Update,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 15] = [
        Self::Import,
        Self::Book,
        Self::Reschedule,
        Self::Cancel,
        Self::SetStatus,
        Self::EditAppointment,
        Self::EditSeries,
        Self::EditPatient,
        Self::EditClinic,
        Self::EditProtocols,
        Self::Restore,
        Self::EditAccess,
        Self::ImportList,
        Self::EditSharing,
        Self::Update,
    ];

    /// Its word in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Book => "book",
            Self::Reschedule => "reschedule",
            Self::Cancel => "cancel",
            Self::SetStatus => "set-status",
            Self::EditAppointment => "edit-appointment",
            Self::EditSeries => "edit-series",
            Self::EditPatient => "edit-patient",
            Self::EditClinic => "edit-clinic",
            Self::EditProtocols => "edit-protocols",
            Self::Restore => "restore",
            Self::EditAccess => "edit-access",
            Self::ImportList => "import-list",
            Self::EditSharing => "edit-sharing",
            Self::Update => "update",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }
}

/// What happened to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of record.
    pub entity: Entity,
    /// Its identifier.
    pub id: String,
    /// As it was; `None` when it was added.
    pub before: Option<Record>,
    /// As it is; `None` when it was removed.
    pub after: Option<Record>,
}

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// Name, zone and slot length of the clinic; its only identifier is `clinic`.
    Settings,
    /// A discipline.
    Discipline,
    /// A service.
    Service,
    /// A room.
    Room,
    /// A practitioner with hours, extra hours and absences.
    Practitioner,
    /// A closure; its identifier is its date.
    Closure,
    /// A patient with availability, covers and provider's decisions.
    Patient,
    /// One version of the protocols; its identifier is the version.
    Protocols,
    /// A series.
    Series,
    /// How a practitioner's calendar is shared; its identifier is the practitioner's.
    Sharing,
    /// An appointment.
    Appointment,
    /// How long records are kept; its only identifier is `clinic`.
    Retention,
    /// Somebody who signs in.
    User,
    /// A lock-box; its identifier is the patient's.
    LockBox,
    /// How the program is locked; its only identifier is `access`.
    Access,
}

impl Entity {
    /// Every kind, in an order in which none refers to a later one.
    pub const ALL: [Self; 15] = [
        Self::Settings,
        Self::Discipline,
        Self::Service,
        Self::Room,
        Self::Practitioner,
        Self::Closure,
        Self::Patient,
        Self::Protocols,
        Self::Series,
        Self::Sharing,
        Self::Appointment,
        Self::Retention,
        Self::User,
        Self::LockBox,
        Self::Access,
    ];

    /// Its word in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Discipline => "discipline",
            Self::Service => "service",
            Self::Room => "room",
            Self::Practitioner => "practitioner",
            Self::Closure => "closure",
            Self::Patient => "patient",
            Self::Protocols => "protocols",
            Self::Series => "series",
            Self::Sharing => "sharing",
            Self::Appointment => "appointment",
            Self::Retention => "retention",
            Self::User => "user",
            Self::LockBox => "lock-box",
            Self::Access => "access",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.as_str() == word)
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A record of the clinic.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Name, zone and slot length of the clinic.
    Settings(Settings),
    /// A discipline.
    Discipline(Discipline),
    /// A service.
    Service(Service),
    /// A room.
    Room(Room),
    /// A practitioner.
    Practitioner(Practitioner),
    /// A closure.
    Closure(Closure),
    /// A patient.
    Patient(Patient),
    /// One version of the protocols.
    Protocols(Protocols),
    /// A series.
    Series(Series),
    /// How a practitioner's calendar is shared.
    Sharing(Sharing),
    /// An appointment.
    Appointment(Appointment),
    /// How long records are kept.
    Retention(Retention),
    /// Somebody who signs in; without what they sign in with.
    User(User),
    /// A lock-box.
    LockBox(LockBox),
    /// How the program is locked.
    Access(AccessSettings),
}

impl Record {
    /// What kind of record it is.
    pub fn entity(&self) -> Entity {
        match self {
            Self::Settings(_) => Entity::Settings,
            Self::Discipline(_) => Entity::Discipline,
            Self::Service(_) => Entity::Service,
            Self::Room(_) => Entity::Room,
            Self::Practitioner(_) => Entity::Practitioner,
            Self::Closure(_) => Entity::Closure,
            Self::Patient(_) => Entity::Patient,
            Self::Protocols(_) => Entity::Protocols,
            Self::Series(_) => Entity::Series,
            Self::Sharing(_) => Entity::Sharing,
            Self::Appointment(_) => Entity::Appointment,
            Self::Retention(_) => Entity::Retention,
            Self::User(_) => Entity::User,
            Self::LockBox(_) => Entity::LockBox,
            Self::Access(_) => Entity::Access,
        }
    }

    /// Its identifier among the records of its kind.
    pub fn id(&self) -> String {
        match self {
            Self::Settings(_) | Self::Retention(_) => "clinic".to_owned(),
            Self::Discipline(discipline) => discipline.id.to_string(),
            Self::Service(service) => service.id.to_string(),
            Self::Room(room) => room.id.to_string(),
            Self::Practitioner(practitioner) => practitioner.id.to_string(),
            Self::Closure(closure) => closure.date.to_string(),
            Self::Patient(patient) => patient.id.to_string(),
            Self::Protocols(protocols) => protocols.version.to_string(),
            Self::Series(series) => series.id.to_string(),
            Self::Sharing(sharing) => sharing.practitioner.to_string(),
            Self::Appointment(appointment) => appointment.id.to_string(),
            Self::User(user) => user.id.to_string(),
            Self::LockBox(lock_box) => lock_box.patient.to_string(),
            Self::Access(_) => "access".to_owned(),
        }
    }
}

/// How the program is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessSettings {
    /// After how many minutes without a key or a click the window locks itself.
    pub idle_minutes: u32,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self { idle_minutes: 10 }
    }
}

/// What the clinic is called and how its calendar is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the clinic is called.
    pub name: String,
    /// The zone of every wall-clock time.
    pub time_zone: Tz,
    /// Starts lie on multiples of this many minutes from local midnight; it divides 60.
    pub slot_minutes: u32,
}

impl Settings {
    /// The settings of a clinic.
    pub fn of(clinic: &Clinic) -> Self {
        Self {
            name: clinic.name.clone(),
            time_zone: clinic.time_zone,
            slot_minutes: clinic.slot_minutes,
        }
    }
}

/// How long records are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Years after the last visit, or after the 18th birthday where that comes later; 1 to 100.
    pub years: u32,
}

impl Default for Retention {
    /// Ten years, as Ontario's colleges ask of their members.
    fn default() -> Self {
        Self { years: 10 }
    }
}
