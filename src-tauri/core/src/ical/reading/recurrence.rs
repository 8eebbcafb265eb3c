//! Rules of recurrence, expanded on the wall clock and bounded in count and time.

use chrono::{NaiveDateTime, TimeDelta};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

use super::value::{When, when};

/// How many times all rules of one calendar may give together, wanted or not.
const STEPS: u32 = 300_000;

/// What a rule costs that goes on without ever giving a time: it was looked at day by day for centuries.
const SILENT: u32 = 20_000;

/// A rule that names more times of a day than this comes back too often to be an appointment.
const TIMES_OF_DAY: usize = 24;

/// What is left of the steps of one calendar.
pub(super) struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(STEPS)
    }
}

/// The times of a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Times {
    /// Those in the wanted stretch, sorted.
    pub times: Vec<NaiveDateTime>,
    /// Whether there may be more.
    pub is_cut: bool,
}

/// Expands a rule from its start, keeping the times in `from..to`; `None` when it cannot be followed.
///
/// Everything is on one wall clock. `local` tells an UNTIL on it; an UNTIL that is a date holds to the end of that day.
pub(super) fn expand(
    rule: &str,
    start: NaiveDateTime,
    (from, to): (NaiveDateTime, NaiveDateTime),
    local: impl Fn(When) -> NaiveDateTime,
    budget: &mut Budget,
) -> Option<Times> {
    let cut = Times {
        times: Vec::new(),
        is_cut: true,
    };
    if !rule.is_ascii() {
        return None;
    }
    let rule = with_local_until(rule, local)?;
    let parsed: RRule<Unvalidated> = rule.parse().ok()?;
    let times_of_day = [
        parsed.get_by_hour().len(),
        parsed.get_by_minute().len(),
        parsed.get_by_second().len(),
    ]
    .into_iter()
    .map(|count| count.max(1))
    .product::<usize>();
    let is_frequent = matches!(
        parsed.get_freq(),
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly
    );
    if is_frequent || times_of_day > TIMES_OF_DAY || budget.0 == 0 {
        return Some(cut);
    }
    let start = start.and_utc().with_timezone(&Tz::UTC);
    let ends = parsed.get_count().is_some() || parsed.get_until().is_some();
    let set: RRuleSet = parsed.build(start).ok()?.limit();
    let mut found = Times {
        times: Vec::new(),
        is_cut: false,
    };
    let mut is_past = false;
    for time in &set {
        let time = time.naive_utc();
        if time >= to {
            is_past = true;
            break;
        }
        if budget.0 == 0 {
            found.is_cut = true;
            break;
        }
        budget.0 -= 1;
        if time >= from {
            found.times.push(time);
        }
    }
    if !is_past && !ends {
        budget.0 = budget.0.saturating_sub(SILENT);
    }
    Some(found)
}

/// The rule with its UNTIL on the wall clock, and without what other programs add.
fn with_local_until(rule: &str, local: impl Fn(When) -> NaiveDateTime) -> Option<String> {
    let mut parts = Vec::new();
    for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let name = name.trim().to_ascii_uppercase();
        if name.starts_with("X-") {
            continue;
        }
        if name != "UNTIL" {
            parts.push(format!("{name}={}", value.trim().to_ascii_uppercase()));
            continue;
        }
        let until = match when(value)? {
            When::Date(date) => date.and_hms_opt(23, 59, 59)?,
            time => local(time),
        };
        parts.push(format!("UNTIL={}Z", until.format("%Y%m%dT%H%M%S")));
    }
    Some(parts.join(";"))
}

/// A stretch of so many years around two times, as far as the calendar reaches.
pub(super) fn widened(
    from: NaiveDateTime,
    to: NaiveDateTime,
    by: TimeDelta,
) -> (NaiveDateTime, NaiveDateTime) {
    (
        from.checked_sub_signed(by).unwrap_or(NaiveDateTime::MIN),
        to.checked_add_signed(by).unwrap_or(NaiveDateTime::MAX),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    fn expanded(rule: &str, start: &str) -> Option<Times> {
        let wanted = (local("2026-01-01T00:00:00"), local("2027-01-01T00:00:00"));
        let as_is = |time| match time {
            When::Local(time) | When::Utc(time) => time,
            When::Date(date) => date.and_time(chrono::NaiveTime::MIN),
        };
        expand(rule, local(start), wanted, as_is, &mut Budget::default())
    }

    #[test]
    fn rules_are_followed_within_the_wanted_dates() {
        let count =
            |rule: &str, start: &str| expanded(rule, start).map(|found| (found.times.len(), found.is_cut));
        let start = "2025-12-01T09:00:00";
        assert_eq!(count("FREQ=WEEKLY;BYDAY=MO,WE", start), Some((104, false)));
        assert_eq!(
            count("freq=weekly;byday=mo;x-evolution-enddate=20260101;", start),
            Some((52, false))
        );
        assert_eq!(
            count("FREQ=DAILY;UNTIL=20260103", start),
            Some((3, false)),
            "the last day counts whole"
        );
        assert_eq!(
            count("FREQ=DAILY;UNTIL=20260103T080000Z", start),
            Some((2, false))
        );
        assert_eq!(count("FREQ=DAILY;COUNT=1000000", start), Some((365, false)));
        assert_eq!(count("FREQ=DAILY", "1601-01-01T09:00:00"), Some((365, false)));
        assert_eq!(count("FREQ=MONTHLY;BYDAY=-1FR", start), Some((12, false)));
        assert_eq!(
            count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", start),
            Some((0, false))
        );
        assert_eq!(count("FREQ=DAILY", "9999-01-01T09:00:00"), Some((0, false)));
    }

    #[test]
    fn what_comes_back_too_often_is_cut_and_what_is_no_rule_is_refused() {
        let every_second = format!(
            "FREQ=YEARLY;BYSECOND={}",
            (0..60)
                .map(|second| second.to_string())
                .collect::<Vec<_>>()
                .join(",")
        );
        for rule in ["FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=3", every_second.as_str()] {
            assert_eq!(
                expanded(rule, "2026-01-01T09:00:00").map(|found| found.is_cut),
                Some(true)
            );
        }
        for rule in [
            "",
            "FREQ",
            "FREQ=",
            "FREQ=SOMETIMES",
            "INTERVAL=2",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=DAILY;BYDAY=é",
        ] {
            assert_eq!(expanded(rule, "2026-01-01T09:00:00"), None, "{rule}");
        }
        assert_eq!(expanded("FREQ=DAILY;UNTIL=20200101", "2026-01-01T09:00:00"), None);
        let mut spent = Budget(10);
        let wanted = (local("2026-01-01T00:00:00"), local("2027-01-01T00:00:00"));
        let found = expand("FREQ=DAILY", wanted.0, wanted, |_| wanted.1, &mut spent).expect("a rule");
        assert_eq!((found.times.len(), found.is_cut), (10, true));
    }

    proptest! {
        #[test]
        fn no_rule_panics(
            parts in prop::collection::vec((
                prop::sample::select(vec!["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY",
                    "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYHOUR", "WKST", "X"]),
                prop_oneof![
                    prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "MO", "-1SU", "53TU", "0", "65535",
                        "99999999999", "-366", "366", "1,2,3", "", "20260401", "99991231T235959Z"]).prop_map(str::to_owned),
                    "[-0-9A-Z,]{0,8}",
                ],
            ), 0..6),
            year in prop::sample::select(vec![1, 1601, 2026, 9999]),
        ) {
            let rule: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let _ = expanded(&rule.join(";"), &format!("{year:04}-02-28T10:00:00"));
        }
    }
}
