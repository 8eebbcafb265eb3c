//! What a rule says when it is broken.

mod english;
mod french;

use chrono::{NaiveDate, NaiveDateTime};

use crate::calendar::Calendar;
use crate::{Language, Speech};

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
    /// The two treatments of a pair overlap, the first one begins first.
    PairOverlaps,
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
    /// Sessions of two weeks and disciplines lie on one date but must not.
    SessionsOnOneDate,
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
    /// Whether somebody at the desk may break the rule this once, if they say why: what is only unusual, or a
    /// deliberate double booking. Never what harms the patient or cannot be.
    pub fn yields_to_a_reason(&self) -> bool {
        matches!(
            self,
            Self::BeforeEarliest
                | Self::OutsideWorkingHours
                | Self::PractitionerNotAskedFor
                | Self::PractitionerBusy { .. }
                | Self::RoomBusy { .. }
                | Self::NoRoomFree
                | Self::PatientUnavailable
                | Self::OffRhythm { .. }
                | Self::UsualDateOutOfRange
                | Self::UsualDatesApart { .. }
                | Self::PairOnOneDate
                | Self::PairOnTwoDates
                | Self::PairTooFar { .. }
                | Self::WaitTooLong { .. }
                | Self::SessionsOnOneDate
                | Self::BufferNotCovered
        )
    }

    /// The violation in words; other patients are never named.
    pub fn words(&self, calendar: &Calendar, speech: impl Into<Speech>) -> String {
        self.said(&Seen {
            calendar,
            speech: speech.into(),
            under: None,
        })
    }

    /// The violation in words that stand under the practitioner's name (an index of the calendar's) and the date, and
    /// say neither again.
    pub fn words_under(
        &self,
        practitioner: usize,
        date: NaiveDate,
        calendar: &Calendar,
        speech: impl Into<Speech>,
    ) -> String {
        self.said(&Seen {
            calendar,
            speech: speech.into(),
            under: Some((practitioner, date)),
        })
    }

    fn said(&self, seen: &Seen<'_>) -> String {
        match seen.speech.language {
            Language::English => english::words(self, seen),
            Language::French => french::words(self, seen),
        }
    }
}

/// What violations say about the calendar.
struct Seen<'a> {
    calendar: &'a Calendar,
    speech: Speech,
    /// Under which practitioner and date the words stand.
    under: Option<(usize, NaiveDate)>,
}

impl Seen<'_> {
    fn practitioner(&self, visit: usize) -> &str {
        let practitioner = self.calendar.visits()[visit].place.practitioner;
        &self.calendar.clinic().practitioners[practitioner].name
    }

    fn is_under_practitioner_of(&self, visit: usize) -> bool {
        let practitioner = self.calendar.visits()[visit].place.practitioner;
        self.under.is_some_and(|(under, _)| under == practitioner)
    }

    fn is_under_date_of(&self, visit: usize) -> bool {
        let date = self.treatment(visit).0.date();
        self.under.is_some_and(|(_, under)| under == date)
    }

    fn room(&self, room: usize) -> &str {
        &self.calendar.room(room).name
    }

    fn closure(&self, closure: usize) -> &str {
        &self.calendar.clinic().closures[closure].name
    }

    fn treatment(&self, visit: usize) -> (NaiveDateTime, NaiveDateTime) {
        let treatment = self.calendar.visits()[visit].place.treatment;
        let clock = self.calendar.clock();
        (clock.to_local(treatment.from), clock.to_local(treatment.to))
    }

    /// Until when the buffer after a visit lasts; `None` without one.
    fn buffer_end(&self, visit: usize) -> Option<NaiveDateTime> {
        let place = &self.calendar.visits()[visit].place;
        (place.busy_until != place.treatment.to).then(|| self.calendar.clock().to_local(place.busy_until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock;
    use crate::rules::Rule;
    use crate::test_support::calendar;

    /// One of each violation; a variant that is missing here does not compile.
    macro_rules! one_of_each {
        ($($variant:ident $({ $($field:ident: $value:expr),+ })?,)+) => {
            fn one_of_each() -> Vec<Violation> {
                let every = vec![$(Violation::$variant $({ $($field: $value),+ })?),+];
                for violation in &every {
                    match violation {
                        $(Violation::$variant { .. } => {})+
                    }
                }
                every
            }
        };
    }

    one_of_each! {
        InThePast,
        BeforeEarliest,
        OffGrid { slot_minutes: 15 },
        Closed { closure: 0 },
        Away,
        OutsideWorkingHours,
        ServiceNotOffered,
        PractitionerNotAskedFor,
        PractitionerBusy { visit: 0 },
        RoomUnfit { room: 0 },
        RoomBusy { room: 1, visit: 0 },
        NoRoomFree,
        PatientUnavailable,
        PatientBusy { visit: 0 },
        SameDisciplineSameDate { visit: 0 },
        TooCloseToVisit { visit: 0, gap_minutes: 1410, min_hours: 24 },
        WrongOrderWithVisit { visit: 0 },
        OffRhythm { days_off: -3, tolerance_days: 2 },
        UsualDateOutOfRange,
        UsualDatesApart { days: 3 },
        PairOnOneDate,
        PairOnTwoDates,
        PairInWrongOrder,
        PairOverlaps,
        PairTooClose { gap_minutes: 1380, min_hours: 24 },
        PairTooFar { gap_minutes: 2885, max_hours: 48 },
        WaitTooLong { wait_minutes: 75, max_wait_minutes: 60 },
        SessionsOnOneDate,
        SessionsTooClose { gap_minutes: 45, min_hours: 24 },
        SessionsInWrongOrder,
        TwoOfOneDiscipline,
        SessionsOverlap,
        BufferNotCovered,
        OneRoomForTwo,
    }

    #[test]
    fn words_of_every_violation() {
        let calendar = calendar(&["bo else m quiet 2026-03-02T10:00"]);
        let lines = |language| -> Vec<String> {
            one_of_each()
                .iter()
                .map(|violation| {
                    let (rule, words) = (violation.rule(), violation.words(&calendar, language));
                    format!("{:>2} {}: {words}", rule.number(), rule.as_str())
                })
                .collect()
        };
        insta::assert_snapshot!(lines(Language::English).join("\n"));
        insta::assert_snapshot!(
            "words_of_every_violation_in_french",
            lines(Language::French).join("\n")
        );
    }

    #[test]
    fn every_rule_has_a_violation_and_they_are_declared_in_its_order() {
        let every = one_of_each();
        assert!(every.is_sorted());
        let mut rules: Vec<_> = every.iter().map(Violation::rule).collect();
        assert!(rules.is_sorted());
        rules.dedup();
        assert_eq!(rules, Rule::ALL);
    }

    #[test]
    fn what_harms_or_cannot_be_yields_to_no_reason() {
        let firm: Vec<_> = one_of_each()
            .into_iter()
            .filter(|violation| !violation.yields_to_a_reason())
            .map(|violation| {
                format!("{violation:?}")
                    .split(' ')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        insta::assert_snapshot!(firm.join("\n"));
    }

    #[test]
    fn one_of_something_is_no_plural() {
        let calendar = calendar(&[]);
        for (violation, words) in [
            (
                Violation::OffRhythm {
                    days_off: 1,
                    tolerance_days: 0,
                },
                "1 day after the usual day, none is allowed",
            ),
            (
                Violation::OffRhythm {
                    days_off: -2,
                    tolerance_days: 1,
                },
                "2 days before the usual day, at most 1 is allowed",
            ),
            (
                Violation::UsualDatesApart { days: 1 },
                "the usual days of the two treatments lie 1 day apart, which the spacing does not allow",
            ),
            (
                Violation::UsualDatesApart { days: 0 },
                "the usual days of the two treatments are the same, which the spacing does not allow",
            ),
            (
                Violation::UsualDatesApart { days: -2 },
                "the usual day of the second treatment lies 2 days before that of the first",
            ),
            (
                Violation::SessionsTooClose {
                    gap_minutes: -5,
                    min_hours: 24,
                },
                "no time to a session of another week, at least 24 h are needed",
            ),
        ] {
            assert_eq!(violation.words(&calendar, Language::English), words);
        }
    }

    #[test]
    fn under_a_name_and_a_date_neither_is_said_again() {
        let calendar = calendar(&["bo else m quiet 2026-03-02T10:00"]);
        let lines = |practitioner, day| -> Vec<String> {
            let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("a date");
            Language::ALL
                .into_iter()
                .flat_map(|language| {
                    one_of_each()
                        .into_iter()
                        .map(move |violation| (violation, language))
                })
                .map(|(violation, language)| {
                    (
                        violation.words(&calendar, language),
                        violation.words_under(practitioner, date, &calendar, language),
                    )
                })
                .filter(|(words, under)| words != under)
                .map(|(_, under)| under)
                .collect()
        };
        let bo = calendar.visits()[0].place.practitioner;
        insta::assert_snapshot!(lines(bo, 2).join("\n"));
        assert_eq!(lines(bo + 1, 9), [""; 0]);
    }

    #[test]
    fn a_visit_without_buffer_is_not_said_to_have_one() {
        let mut clinic = crate::test_support::clinic();
        clinic.services[1].buffer_minutes = 0;
        let mut visit = crate::test_support::visit("bo else m quiet 2026-03-02T10:00");
        visit.buffer_minutes = 0;
        let calendar =
            Calendar::new(clinic, crate::test_support::patients(), vec![visit]).expect("a calendar");
        let busy = Violation::PractitionerBusy { visit: 0 };
        assert_eq!(
            busy.words(&calendar, Language::English),
            "bo has another visit, Mon, Mar 2, 10:00 to 11:00"
        );
        let by_twelve = Speech {
            language: Language::English,
            clock: Clock::Of12,
        };
        assert_eq!(
            busy.words(&calendar, by_twelve),
            "bo has another visit, Mon, Mar 2, 10:00\u{a0}am to 11:00\u{a0}am"
        );
    }
}
