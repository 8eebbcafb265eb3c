//! The rules by name.

use super::Violation;

/// The rules of `Legal`, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// 1: not in the past, not before the earliest date, on the slot grid.
    Start,
    /// 2: inside the practitioner's working time.
    WorkingHours,
    /// 3: a practitioner of the request's, who is free.
    Practitioner,
    /// 4: a fitting room is free.
    Room,
    /// 5: the patient can come and is free.
    Patient,
    /// 6: one visit of a discipline a day.
    SameDiscipline,
    /// 7: order and spacing against visits outside the series.
    OtherDiscipline,
    /// 8: near the usual day.
    Rhythm,
    /// 9: order and spacing of a pair.
    Pair,
    /// 10: spacing between sessions that are no pair.
    BetweenPairs,
    /// 11: one session of a discipline a day.
    OnePerDate,
    /// 12: two sessions on one date.
    SameDate,
}

impl Rule {
    /// Every rule, in order.
    pub const ALL: [Self; 12] = [
        Self::Start,
        Self::WorkingHours,
        Self::Practitioner,
        Self::Room,
        Self::Patient,
        Self::SameDiscipline,
        Self::OtherDiscipline,
        Self::Rhythm,
        Self::Pair,
        Self::BetweenPairs,
        Self::OnePerDate,
        Self::SameDate,
    ];

    /// Its number, 1 to 12.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::WorkingHours => "working-hours",
            Self::Practitioner => "practitioner",
            Self::Room => "room",
            Self::Patient => "patient",
            Self::SameDiscipline => "same-discipline",
            Self::OtherDiscipline => "other-discipline",
            Self::Rhythm => "rhythm",
            Self::Pair => "pair",
            Self::BetweenPairs => "between-pairs",
            Self::OnePerDate => "one-per-date",
            Self::SameDate => "same-date",
        }
    }
}

impl Violation {
    /// The rule that is broken.
    pub fn rule(&self) -> Rule {
        match self {
            Self::InThePast | Self::BeforeEarliest | Self::OffGrid { .. } => Rule::Start,
            Self::Closed { .. } | Self::Away | Self::OutsideWorkingHours => Rule::WorkingHours,
            Self::ServiceNotOffered | Self::PractitionerNotAskedFor | Self::PractitionerBusy { .. } => {
                Rule::Practitioner
            }
            Self::RoomUnfit { .. } | Self::RoomBusy { .. } | Self::NoRoomFree => Rule::Room,
            Self::PatientUnavailable | Self::PatientBusy { .. } => Rule::Patient,
            Self::SameDisciplineSameDate { .. } => Rule::SameDiscipline,
            Self::TooCloseToVisit { .. } | Self::WrongOrderWithVisit { .. } => Rule::OtherDiscipline,
            Self::OffRhythm { .. } | Self::UsualDateOutOfRange | Self::UsualDatesApart { .. } => Rule::Rhythm,
            Self::PairOnOneDate
            | Self::PairOnTwoDates
            | Self::PairInWrongOrder
            | Self::PairOverlaps
            | Self::PairTooClose { .. }
            | Self::PairTooFar { .. }
            | Self::WaitTooLong { .. } => Rule::Pair,
            Self::SessionsOnOneDate | Self::SessionsTooClose { .. } | Self::SessionsInWrongOrder => {
                Rule::BetweenPairs
            }
            Self::TwoOfOneDiscipline => Rule::OnePerDate,
            Self::SessionsOverlap | Self::BufferNotCovered | Self::OneRoomForTwo => Rule::SameDate,
        }
    }
}
