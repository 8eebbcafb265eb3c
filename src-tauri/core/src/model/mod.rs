//! What a clinic is made of, as plain data.
//!
//! Values refer to each other by identifier; [`crate::model`] itself checks nothing.

mod appointment;
mod clinic;
mod ids;
mod patient;
mod practitioner;
mod records;
mod request;
mod series;
mod sharing;
mod user;

pub use appointment::{Appointment, AppointmentStatus, SessionLink};
pub use clinic::{Clinic, Closure, Discipline, Room, RoomKind, Service};
pub use ids::{AppointmentId, DisciplineId, PatientId, PractitionerId, RoomId, SeriesId, ServiceId, UserId};
pub use patient::{AvailabilityWindow, Contact, InsuranceCover, Patient, ProviderDecision};
pub use practitioner::{Absence, ExtraHours, ImportedFrom, Practitioner, WorkingHours};
pub use records::ClinicRecords;
pub use request::{Request, Session};
pub use series::{Frequency, Rhythm, Series, SeriesBasis, Spacing, Strategy, UsualSlot};
pub use sharing::{CalendarAccount, NamesShown, Sharing};
pub use user::{LockBox, Role, SecretKind, User};
