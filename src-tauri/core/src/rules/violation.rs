//! What a rule says when it is broken.

use crate::calendar::Calendar;

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

/// One broken rule, as plain data; numbers of visits, rooms and closures are the calendar's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Violation {
    /// The start lies before the present.
    InThePast,
    /// The date lies before the earliest one asked for.
    BeforeEarliest,
    /// The start is no multiple of the slot length.
    OffGrid {
        /// The slot length in minutes.
        slot_minutes: i32,
    },
    /// The clinic is closed.
    Closed {
        /// Index of the closure.
        closure: usize,
    },
    /// The practitioner is away.
    Away,
    /// The practitioner does not work then, or not for the whole treatment.
    OutsideWorkingHours,
    /// The practitioner does not offer the service.
    ServiceNotOffered,
    /// The practitioner is not one of those asked for.
    PractitionerNotAskedFor,
    /// The practitioner has another visit, or its buffer.
    PractitionerBusy {
        /// That visit.
        visit: usize,
    },
    /// The room is of no kind that the service names.
    RoomUnfit {
        /// The room.
        room: usize,
    },
    /// The room holds another visit, or its buffer.
    RoomBusy {
        /// The room.
        room: usize,
        /// That visit.
        visit: usize,
    },
    /// No fitting room is free.
    NoRoomFree,
    /// The patient cannot come then.
    PatientUnavailable,
    /// The patient has another visit.
    PatientBusy {
        /// That visit.
        visit: usize,
    },
    /// The patient has a visit of the same discipline on that date.
    SameDisciplineSameDate {
        /// That visit.
        visit: usize,
    },
    /// A visit of the other discipline is too close.
    TooCloseToVisit {
        /// That visit.
        visit: usize,
        /// The gap in elapsed minutes; negative when they overlap.
        gap_minutes: i32,
        /// The least gap in hours.
        min_hours: u32,
    },
    /// On that date the two disciplines would come in the wrong order.
    WrongOrderWithVisit {
        /// The visit of the other discipline.
        visit: usize,
    },
    /// The session lies too far from its usual day.
    OffRhythm {
        /// Days after the usual day; negative before it.
        days_off: i32,
        /// The most days allowed.
        tolerance_days: u32,
    },
    /// The usual date lies outside the range asked for.
    UsualDateOutOfRange,
    /// The usual dates of the two disciplines do not follow each other as they must.
    UsualDatesApart {
        /// Days from the first to the second.
        days: i32,
    },
    /// A pair lies on one date but must not.
    PairOnOneDate,
    /// A pair lies on two dates but must not.
    PairOnTwoDates,
    /// A pair lies in the wrong order.
    PairInWrongOrder,
    /// The gap of a pair is too short.
    PairTooClose {
        /// The gap in elapsed minutes.
        gap_minutes: i32,
        /// The least gap in hours.
        min_hours: u32,
    },
    /// The gap of a pair is too long.
    PairTooFar {
        /// The gap in elapsed minutes.
        gap_minutes: i32,
        /// The greatest gap in hours.
        max_hours: u32,
    },
    /// The wait between the two sessions of a pair is too long.
    WaitTooLong {
        /// The wait in minutes.
        wait_minutes: i32,
        /// The longest wait in minutes.
        max_wait_minutes: u32,
    },
    /// Sessions of two weeks are too close.
    SessionsTooClose {
        /// The gap in elapsed minutes; negative when they overlap.
        gap_minutes: i32,
        /// The least gap in hours.
        min_hours: u32,
    },
    /// Sessions of two weeks lie on one date in the wrong order.
    SessionsInWrongOrder,
    /// Two sessions of one discipline lie on one date.
    TwoOfOneDiscipline,
    /// Two sessions overlap.
    SessionsOverlap,
    /// One practitioner for both, and no time for the buffer between them.
    BufferNotCovered,
    /// One room for both, although the buffer of the earlier reaches into the later.
    OneRoomForTwo,
}

impl Violation {
    /// The violation in words; other patients are never named.
    pub fn words(&self, calendar: &Calendar) -> String {
        let when = |visit: usize| {
            let place = &calendar.visits()[visit].place;
            let clock = calendar.clock();
            let (from, to) = (
                clock.to_local(place.treatment.from),
                clock.to_local(place.treatment.to),
            );
            format!("{} to {}", from.format("%a %-d %b %H:%M"), to.format("%H:%M"))
        };
        let practitioner_of = |visit: usize| {
            let practitioner = calendar.visits()[visit].place.practitioner;
            &calendar.clinic().practitioners[practitioner].name
        };
        match *self {
            Self::InThePast => "it lies in the past".to_owned(),
            Self::BeforeEarliest => "it lies before the earliest date asked for".to_owned(),
            Self::OffGrid { slot_minutes } => format!("starts lie on every {slot_minutes} minutes"),
            Self::Closed { closure } => format!(
                "the clinic is closed: {}",
                calendar.clinic().closures[closure].name
            ),
            Self::Away => "the practitioner is away".to_owned(),
            Self::OutsideWorkingHours => {
                "the practitioner does not work for the whole of that time".to_owned()
            }
            Self::ServiceNotOffered => "the practitioner does not offer this service".to_owned(),
            Self::PractitionerNotAskedFor => "the practitioner is not one of those asked for".to_owned(),
            Self::PractitionerBusy { visit } => {
                format!(
                    "{} has another visit, {} and its buffer",
                    practitioner_of(visit),
                    when(visit)
                )
            }
            Self::RoomUnfit { room } => format!("{} is not fit for this service", calendar.room(room).name),
            Self::RoomBusy { room, visit } => {
                format!("{} is taken, {}", calendar.room(room).name, when(visit))
            }
            Self::NoRoomFree => "no room that fits is free".to_owned(),
            Self::PatientUnavailable => "the patient cannot come then".to_owned(),
            Self::PatientBusy { visit } => {
                format!("the patient is with {}, {}", practitioner_of(visit), when(visit))
            }
            Self::SameDisciplineSameDate { visit } => {
                format!(
                    "the patient has a visit of the same discipline that day, {}",
                    when(visit)
                )
            }
            Self::TooCloseToVisit {
                visit,
                gap_minutes,
                min_hours,
            } => format!(
                "{} from the patient's visit of {}, at least {min_hours} h are needed",
                hours(gap_minutes),
                when(visit)
            ),
            Self::WrongOrderWithVisit { visit } => {
                format!(
                    "the two treatments would be in the wrong order that day, see {}",
                    when(visit)
                )
            }
            Self::OffRhythm {
                days_off,
                tolerance_days,
            } => format!(
                "{} days {} the usual day, at most {tolerance_days} are allowed",
                days_off.abs(),
                if days_off < 0 { "before" } else { "after" }
            ),
            Self::UsualDateOutOfRange => "the usual day lies outside the dates asked for".to_owned(),
            Self::UsualDatesApart { days } => {
                format!(
                    "the usual days of the two treatments lie {days} days apart, which the spacing does not allow"
                )
            }
            Self::PairOnOneDate => "both treatments of the week lie on one day".to_owned(),
            Self::PairOnTwoDates => "the two treatments of the week do not lie on one day".to_owned(),
            Self::PairInWrongOrder => "the two treatments of the week are in the wrong order".to_owned(),
            Self::PairTooClose {
                gap_minutes,
                min_hours,
            } => {
                format!(
                    "{} between the two treatments, at least {min_hours} h are needed",
                    hours(gap_minutes)
                )
            }
            Self::PairTooFar {
                gap_minutes,
                max_hours,
            } => {
                format!(
                    "{} between the two treatments, at most {max_hours} h are allowed",
                    hours(gap_minutes)
                )
            }
            Self::WaitTooLong {
                wait_minutes,
                max_wait_minutes,
            } => {
                format!(
                    "a wait of {wait_minutes} min between the two treatments, at most {max_wait_minutes} are allowed"
                )
            }
            Self::SessionsTooClose {
                gap_minutes,
                min_hours,
            } => {
                format!(
                    "{} to a session of another week, at least {min_hours} h are needed",
                    hours(gap_minutes)
                )
            }
            Self::SessionsInWrongOrder => {
                "sessions of two weeks lie on one day in the wrong order".to_owned()
            }
            Self::TwoOfOneDiscipline => "two sessions of one discipline lie on one day".to_owned(),
            Self::SessionsOverlap => "two sessions of the series overlap".to_owned(),
            Self::BufferNotCovered => {
                "the practitioner gives both treatments and has no time for the buffer between them"
                    .to_owned()
            }
            Self::OneRoomForTwo => {
                "both treatments are in one room, and the first one's buffer reaches into the second"
                    .to_owned()
            }
        }
    }
}

/// Minutes as hours for people: `23 h 30`, or `no time` for less than none.
fn hours(minutes: i32) -> String {
    match minutes {
        ..=0 => "no time".to_owned(),
        _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
        _ => format!("{} h {:02}", minutes / 60, minutes % 60),
    }
}
