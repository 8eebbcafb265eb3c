//! Identifiers: short texts, unique within their kind, chosen by whoever creates the thing.

use std::fmt;

macro_rules! identifier {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes any text as an identifier.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )+};
}

identifier! {
    /// Identifies a discipline, such as `massage`.
    DisciplineId
    /// Identifies a service.
    ServiceId
    /// Identifies a room.
    RoomId
    /// Identifies a practitioner.
    PractitionerId
    /// Identifies a patient.
    PatientId
    /// Identifies an appointment; stable for its whole life.
    AppointmentId
    /// Identifies a series.
    SeriesId
    /// Identifies somebody who signs in.
    UserId
}
