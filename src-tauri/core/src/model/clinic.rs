//! The clinic itself and what it offers.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{DisciplineId, Practitioner, RoomId, ServiceId};
use crate::Language;

/// A clinic with everything that its calendar is drawn on, but no patients and no appointments.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    /// What the clinic is called.
    pub name: String,
    /// The zone of every wall-clock time of the clinic.
    pub time_zone: Tz,
    /// Starts lie on multiples of this many minutes from local midnight; it divides 60.
    pub slot_minutes: u32,
    /// The kinds of treatment the clinic gives.
    pub disciplines: Vec<Discipline>,
    /// What can be booked.
    pub services: Vec<Service>,
    /// Where treatments take place; the order is the order of preference.
    pub rooms: Vec<Room>,
    /// Who treats.
    pub practitioners: Vec<Practitioner>,
    /// Dates on which nobody works.
    pub closures: Vec<Closure>,
}

/// A kind of treatment, such as physiotherapy or massage therapy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discipline {
    /// Its identifier.
    pub id: DisciplineId,
    /// Its name as the front desk says it.
    pub name: String,
}

impl Discipline {
    /// The identifier of massage therapy.
    pub const MASSAGE: &'static str = "massage";
    /// The identifier of physiotherapy.
    pub const PHYSIOTHERAPY: &'static str = "physio";

    /// The two disciplines that a clinic starts with, in English.
    pub fn shipped() -> Vec<Self> {
        Self::shipped_in(Language::English)
    }

    /// The two disciplines that a clinic starts with, their names in one language.
    pub fn shipped_in(language: Language) -> Vec<Self> {
        [
            (
                Self::PHYSIOTHERAPY,
                language.pick("Physiotherapy", "Physiothérapie"),
            ),
            (Self::MASSAGE, language.pick("Massage therapy", "Massothérapie")),
        ]
        .map(|(id, name)| Self {
            id: id.into(),
            name: name.to_owned(),
        })
        .into()
    }
}

/// Something that can be booked: a treatment of one discipline with its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its identifier.
    pub id: ServiceId,
    /// The discipline it belongs to.
    pub discipline: DisciplineId,
    /// Its name.
    pub name: String,
    /// Length of the treatment, in minutes; at least 1.
    pub minutes: u32,
    /// Time the practitioner and the room need after it, in minutes.
    pub buffer_minutes: u32,
    /// The kinds of room that will do; empty when it needs none.
    pub room_kinds: Vec<RoomKind>,
    /// Whether it is for somebody who comes for its discipline for the first time, such as an assessment.
    pub first_visit: bool,
}

/// What a room is fit for, such as `massage` or `gym`; a word of the clinic's own.
pub type RoomKind = String;

/// A room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its identifier.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// What it is fit for.
    pub kinds: Vec<RoomKind>,
}

/// A date on which the clinic is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The date.
    pub date: NaiveDate,
    /// Why, such as the name of the holiday.
    pub name: String,
}
