//! Violations in English.

use super::{Seen, Violation};
use crate::Language;

pub(super) fn words(violation: &Violation, seen: &Seen<'_>) -> String {
    match *violation {
        Violation::InThePast => "it lies in the past".to_owned(),
        Violation::BeforeEarliest => "it lies before the earliest date asked for".to_owned(),
        Violation::OffGrid { slot_minutes } => format!("starts lie on every {slot_minutes} minutes"),
        Violation::Closed { closure } => format!("the clinic is closed: {}", seen.closure(closure)),
        Violation::Away => "the practitioner is away".to_owned(),
        Violation::OutsideWorkingHours => {
            "the practitioner does not work for the whole of that time".to_owned()
        }
        Violation::ServiceNotOffered => "the practitioner does not offer this service".to_owned(),
        Violation::PractitionerNotAskedFor => "the practitioner is not one of those asked for".to_owned(),
        Violation::PractitionerBusy { visit } if seen.is_under_practitioner_of(visit) => {
            format!("another visit, {}", occupied(seen, visit))
        }
        Violation::PractitionerBusy { visit } => {
            format!(
                "{} has another visit, {}",
                seen.practitioner(visit),
                occupied(seen, visit)
            )
        }
        Violation::RoomUnfit { room } => format!("{} is not fit for this service", seen.room(room)),
        Violation::RoomBusy { room, visit } => {
            format!("{} is taken, {}", seen.room(room), occupied(seen, visit))
        }
        Violation::NoRoomFree => "no room that fits is free".to_owned(),
        Violation::PatientUnavailable => "the patient cannot come then".to_owned(),
        Violation::PatientBusy { visit } => {
            format!(
                "the patient is with {}, {}",
                seen.practitioner(visit),
                when(seen, visit)
            )
        }
        Violation::SameDisciplineSameDate { visit } => {
            format!(
                "the patient has a visit of the same discipline that day, {}",
                when(seen, visit)
            )
        }
        Violation::TooCloseToVisit {
            visit,
            gap_minutes,
            min_hours,
        } => format!(
            "{} from the patient’s visit of {}, at least {min_hours} h are needed",
            hours(gap_minutes),
            dated(seen, visit)
        ),
        Violation::WrongOrderWithVisit { visit } => {
            format!(
                "the two treatments would be in the wrong order that day, see {}",
                when(seen, visit)
            )
        }
        Violation::OffRhythm {
            days_off,
            tolerance_days,
        } => format!(
            "{} {} the usual day, {}",
            days(days_off),
            if days_off < 0 { "before" } else { "after" },
            match tolerance_days {
                0 => "none is allowed".to_owned(),
                1 => "at most 1 is allowed".to_owned(),
                _ => format!("at most {tolerance_days} are allowed"),
            }
        ),
        Violation::UsualDateOutOfRange => "the usual day lies outside the dates asked for".to_owned(),
        Violation::UsualDatesApart { days: 0 } => {
            "the usual days of the two treatments are the same, which the spacing does not allow".to_owned()
        }
        Violation::UsualDatesApart { days: apart @ 1.. } => format!(
            "the usual days of the two treatments lie {} apart, which the spacing does not allow",
            days(apart)
        ),
        Violation::UsualDatesApart { days: apart } => format!(
            "the usual day of the second treatment lies {} before that of the first",
            days(apart)
        ),
        Violation::PairOnOneDate => "both treatments of the week lie on one day".to_owned(),
        Violation::PairOnTwoDates => "the two treatments of the week do not lie on one day".to_owned(),
        Violation::PairInWrongOrder => "the two treatments of the week are in the wrong order".to_owned(),
        Violation::PairOverlaps => "the two treatments of the week overlap".to_owned(),
        Violation::PairTooClose {
            gap_minutes,
            min_hours,
        } => {
            format!(
                "{} between the two treatments, at least {min_hours} h are needed",
                hours(gap_minutes)
            )
        }
        Violation::PairTooFar {
            gap_minutes,
            max_hours,
        } => {
            format!(
                "{} between the two treatments, at most {max_hours} h are allowed",
                hours(gap_minutes)
            )
        }
        Violation::WaitTooLong {
            wait_minutes,
            max_wait_minutes,
        } => {
            format!(
                "a wait of {wait_minutes} min between the two treatments, at most {max_wait_minutes} are allowed"
            )
        }
        Violation::SessionsOnOneDate => {
            "treatments of two weeks lie on one day, the spacing asks for separate days".to_owned()
        }
        Violation::SessionsTooClose {
            gap_minutes,
            min_hours,
        } => {
            format!(
                "{} to a session of another week, at least {min_hours} h are needed",
                hours(gap_minutes)
            )
        }
        Violation::SessionsInWrongOrder => {
            "sessions of two weeks lie on one day in the wrong order".to_owned()
        }
        Violation::TwoOfOneDiscipline => "two sessions of one discipline lie on one day".to_owned(),
        Violation::SessionsOverlap => "two sessions of the series overlap".to_owned(),
        Violation::BufferNotCovered => {
            "the practitioner gives both treatments and has no time for the buffer between them".to_owned()
        }
        Violation::OneRoomForTwo => {
            "both treatments are in one room, and the first one’s buffer reaches into the second".to_owned()
        }
    }
}

/// The treatment of a visit: `Mon, Mar 2, 10:00 to 11:00`, or `10:00 to 11:00` under its date.
fn when(seen: &Seen<'_>, visit: usize) -> String {
    if seen.is_under_date_of(visit) {
        times(seen, visit)
    } else {
        dated(seen, visit)
    }
}

fn dated(seen: &Seen<'_>, visit: usize) -> String {
    let day = Language::English.short_date(seen.treatment(visit).0.date());
    format!("{day}, {}", times(seen, visit))
}

fn times(seen: &Seen<'_>, visit: usize) -> String {
    let (from, to) = seen.treatment(visit);
    format!("{} to {}", seen.speech.time_of(from), seen.speech.time_of(to))
}

fn occupied(seen: &Seen<'_>, visit: usize) -> String {
    match seen.buffer_end(visit) {
        Some(until) => format!(
            "{} and its buffer to {}",
            when(seen, visit),
            seen.speech.time_of(until)
        ),
        None => when(seen, visit),
    }
}

/// Minutes for people: `23 h 30`, `45 min`, or `no time` for none or less.
fn hours(minutes: i32) -> String {
    match minutes {
        ..=0 => "no time".to_owned(),
        1..60 => format!("{minutes} min"),
        _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
        _ => format!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A number of days in either direction: `1 day`, `2 days`.
fn days(number: i32) -> String {
    match number.abs() {
        1 => "1 day".to_owned(),
        number => format!("{number} days"),
    }
}
