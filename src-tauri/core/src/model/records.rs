//! Everything that a clinic keeps.

use super::{Appointment, Clinic, Patient, Series};
use crate::protocol::Protocols;

/// All records of a clinic but the journal: what a clinic file carries and a database holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ClinicRecords {
    /// The clinic.
    pub clinic: Clinic,
    /// Every version of its protocols, the one in force last; at least one.
    pub protocols: Vec<Protocols>,
    /// Its patients.
    pub patients: Vec<Patient>,
    /// Its series.
    pub series: Vec<Series>,
    /// Its appointments.
    pub appointments: Vec<Appointment>,
}
