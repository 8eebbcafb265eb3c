//! A zone's offsets as a table, because a lookup per candidate start must cost nanoseconds.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::{Strides, UtcMinute};

/// The years whose dates a calendar accepts.
pub const YEARS: RangeInclusive<i32> = 2000..=2119;

/// The years covered by the table of offsets; outside them the nearest offset holds.
const TABLE: RangeInclusive<i32> = 2000..=2121;

/// Converts between a zone's wall clock and elapsed minutes.
///
/// A wall-clock time that occurs twice means the first. One that does not exist is known by
/// [`ZoneClock::exists`]; where a recurring one (working hours, availability) falls into such a gap, the offset
/// before the gap holds.
#[derive(Clone, Debug)]
pub struct ZoneClock {
    zone: Tz,
    /// (the minute from which the offset holds, the offset east of UTC in minutes), sorted.
    offsets: Arc<[(UtcMinute, i32)]>,
    /// Into the offsets after the first.
    strides: Arc<Strides>,
}

/// The clocks made so far: to find all changes of a zone takes longer than to plan a series.
static KNOWN: Mutex<BTreeMap<&'static str, ZoneClock>> = Mutex::new(BTreeMap::new());

impl ZoneClock {
    /// Reads a zone's offsets, once for each zone.
    pub fn new(zone: Tz) -> Self {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(zone.name())
            .or_insert_with(|| Self::read(zone))
            .clone()
    }

    fn read(zone: Tz) -> Self {
        let mut offsets = vec![(UtcMinute::MIN, offset_at(zone, start_of_month(*TABLE.start(), 1)))];
        let mut before = start_of_month(*TABLE.start(), 1);
        for year in TABLE {
            for month in 1..=12 {
                let next = if month == 12 {
                    start_of_month(year + 1, 1)
                } else {
                    start_of_month(year, month + 1)
                };
                push_transitions(zone, before, next, &mut offsets);
                before = next;
            }
        }
        let strides = Strides::new(offsets[1..].iter().map(|&(from, _)| from));
        Self {
            zone,
            offsets: offsets.into(),
            strides: strides.into(),
        }
    }

    /// The zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The minute of a wall-clock time; the first one where it occurs twice.
    pub fn to_utc(&self, local: NaiveDateTime) -> UtcMinute {
        self.minute_of(local_minutes(local))
    }

    /// The minute at which a date's midnight lies, plus minutes on the wall clock.
    pub fn to_utc_on(&self, day: i32, minute_of_day: i32) -> UtcMinute {
        self.minute_of(day * 1440 + minute_of_day)
    }

    /// The moment of a wall-clock time, seconds kept; the first one where it occurs twice. Where the clocks go forward over
    /// it, as over midnight in some zones, as if they had not yet: for midnight the first moment of its date.
    pub fn moment_of(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let seconds = i64::from(self.to_utc(local)) * 60 + i64::from(local.second());
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// Whether a wall-clock time exists in the zone.
    pub fn exists(&self, local: NaiveDateTime) -> bool {
        let wanted = local_minutes(local);
        let minute = self.minute_of(wanted);
        minute.saturating_add(self.offset(minute)) == wanted
    }

    /// Whether the wall clock shows the same time at another minute.
    pub fn comes_twice(&self, minute: UtcMinute) -> bool {
        let holding = self.holding_at(minute);
        let local = minute.saturating_add(self.offsets[holding].1);
        let beside = [holding.checked_sub(1), holding.checked_add(1)];
        beside.into_iter().flatten().any(|index| {
            self.offsets
                .get(index)
                .is_some_and(|&(_, offset)| self.holding_at(local.saturating_sub(offset)) == index)
        })
    }

    /// The wall-clock time of a minute.
    pub fn to_local(&self, minute: UtcMinute) -> NaiveDateTime {
        date_time(minute.saturating_add(self.offset(minute)))
    }

    /// The date of a minute on the wall clock, as days since 1970-01-01.
    pub fn local_day(&self, minute: UtcMinute) -> i32 {
        minute.saturating_add(self.offset(minute)).div_euclid(1440)
    }

    /// The offset east of UTC at a minute, in minutes.
    pub fn offset(&self, minute: UtcMinute) -> i32 {
        self.offsets[self.holding_at(minute)].1
    }

    /// Each minute from which an offset holds, with that offset east of UTC in minutes, sorted.
    ///
    /// The first entry holds from before the first year of the table.
    pub fn changes(&self) -> &[(UtcMinute, i32)] {
        &self.offsets
    }

    /// Which of the offsets holds at a minute.
    fn holding_at(&self, minute: UtcMinute) -> usize {
        let after = minute.saturating_add(1);
        let near = self.strides.near(after);
        let changes = &self.offsets[1..];
        near.start + changes[near].partition_point(|&(from, _)| from < after)
    }

    fn minute_of(&self, local: i32) -> UtcMinute {
        // The first offset under which the wall clock shows `local` before the next transition is the earliest
        // occurrence; where the clock jumped over it, the offset before the jump.
        let mut index = self.holding_at(local.saturating_sub(1560));
        loop {
            let minute = local.saturating_sub(self.offsets[index].1);
            match self.offsets.get(index + 1) {
                Some(&(until, _)) if minute >= until => {
                    let after = local.saturating_sub(self.offsets[index + 1].1);
                    if after < until {
                        return minute;
                    }
                    index += 1;
                }
                _ => return minute,
            }
        }
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// The date of a number of days since 1970-01-01.
pub fn date_of(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(719_163)).unwrap_or(NaiveDate::MAX)
}

fn local_minutes(local: NaiveDateTime) -> i32 {
    let of_day = (local.hour() * 60 + local.minute()) as i32;
    // A file may name any year.
    day_number(local.date())
        .saturating_mul(1440)
        .saturating_add(of_day)
}

fn date_time(minutes: i32) -> NaiveDateTime {
    date_of(minutes.div_euclid(1440)).and_time(chrono::NaiveTime::MIN)
        + TimeDelta::minutes(i64::from(minutes.rem_euclid(1440)))
}

fn start_of_month(year: i32, month: u32) -> UtcMinute {
    NaiveDate::from_ymd_opt(year, month, 1).map_or(0, |date| day_number(date) * 1440)
}

fn offset_at(zone: Tz, minute: UtcMinute) -> i32 {
    let instant = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(i64::from(minute));
    zone.offset_from_utc_datetime(&instant.naive_utc())
        .fix()
        .local_minus_utc()
        .div_euclid(60)
}

/// Adds the transitions between two minutes, found by halving; several within a month are found as long as
/// the offset at the middle of some half differs.
fn push_transitions(zone: Tz, from: UtcMinute, to: UtcMinute, offsets: &mut Vec<(UtcMinute, i32)>) {
    const WEEK: i32 = 7 * 1440;
    let mut start = from;
    while start < to {
        let end = (start + WEEK).min(to);
        let (before, after) = (offset_at(zone, start), offset_at(zone, end));
        if before != after {
            let (mut low, mut high) = (start, end);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if offset_at(zone, middle) == before {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            offsets.push((high, after));
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use chrono::MappedLocalTime;
    use proptest::prelude::*;

    use super::*;

    const ZONES: [Tz; 6] = [
        Tz::America__Toronto,
        Tz::America__St_Johns,
        Tz::Europe__Paris,
        Tz::Australia__Lord_Howe,
        Tz::Asia__Kathmandu,
        Tz::Africa__Casablanca,
    ];

    proptest! {
        #[test]
        fn agrees_with_the_zone_database(zone in prop::sample::select(&ZONES[..]), minute in 16_000_000..39_000_000i32) {
            let clock = ZoneClock::new(zone);
            let instant = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(i64::from(minute));
            prop_assert_eq!(clock.to_local(minute), instant.with_timezone(&zone).naive_local());
        }

        #[test]
        fn reads_a_wall_clock_time_as_its_first_occurrence(
            zone in prop::sample::select(&ZONES[..]),
            minute in 16_000_000..39_000_000i32,
        ) {
            let clock = ZoneClock::new(zone);
            let local = date_time(minute);
            match zone.from_local_datetime(&local) {
                MappedLocalTime::Single(first) | MappedLocalTime::Ambiguous(first, _) => {
                    prop_assert!(clock.exists(local));
                    prop_assert_eq!(i64::from(clock.to_utc(local)), first.timestamp() / 60);
                }
                MappedLocalTime::None => prop_assert!(!clock.exists(local)),
            }
        }
    }

    #[test]
    fn a_moment_keeps_its_seconds_and_a_date_begins_where_midnight_is_skipped() {
        for (zone, local, moment) in [
            (
                Tz::America__Toronto,
                "2026-03-02T08:00:07",
                "2026-03-02T13:00:07Z",
            ),
            // It comes twice.
            (
                Tz::America__Toronto,
                "2026-11-01T01:30:59",
                "2026-11-01T05:30:59Z",
            ),
            // The clocks go from 00:00 to 01:00.
            (Tz::Asia__Beirut, "2026-03-29T00:00:00", "2026-03-28T22:00:00Z"),
            (Tz::Asia__Beirut, "2026-03-29T01:00:00", "2026-03-28T22:00:00Z"),
        ] {
            let local: NaiveDateTime = local.parse().unwrap();
            let moment: DateTime<Utc> = moment.parse().unwrap();
            assert_eq!(ZoneClock::new(zone).moment_of(local), moment, "{zone} {local}");
        }
    }

    /// A file may name any year; whoever reads it says that it is none of a calendar.
    #[test]
    fn a_year_far_off_is_no_reason_to_fail() {
        for zone in ZONES {
            let clock = ZoneClock::new(zone);
            for year in [-262_143, 1, 9532, 262_142] {
                let date = NaiveDate::from_ymd_opt(year, 6, 2).unwrap();
                let local = date.and_hms_opt(10, 0, 0).unwrap();
                let _ = clock.exists(local);
                let minute = clock.to_utc(local);
                let _ = (
                    clock.local_day(minute),
                    clock.to_local(minute),
                    clock.moment_of(local),
                );
            }
        }
    }

    #[test]
    fn knows_both_minutes_of_a_time_that_comes_twice_around_every_change() {
        for zone in ZONES {
            let clock = ZoneClock::new(zone);
            for &(change, _) in clock.changes().iter().skip(1) {
                for minute in (change - 200..change + 200).step_by(10) {
                    let found = zone.from_local_datetime(&clock.to_local(minute));
                    let is_ambiguous = matches!(found, MappedLocalTime::Ambiguous(..));
                    assert_eq!(clock.comes_twice(minute), is_ambiguous, "{zone} {minute}");
                }
            }
        }
    }

    #[test]
    fn knows_the_hour_that_is_skipped_and_the_hour_that_comes_twice() {
        let clock = ZoneClock::new(Tz::America__Toronto);
        let at = |day, hour, minute| {
            NaiveDate::from_ymd_opt(2026, if day == 8 { 3 } else { 11 }, day)
                .and_then(|date| date.and_hms_opt(hour, minute, 0))
                .expect("a date")
        };
        assert!(!clock.exists(at(8, 2, 30)));
        assert!(clock.exists(at(8, 3, 0)));
        assert_eq!(clock.to_utc(at(8, 3, 0)) - clock.to_utc(at(8, 1, 0)), 60);
        assert!(clock.exists(at(1, 1, 30)));
        assert_eq!(clock.to_utc(at(1, 2, 0)) - clock.to_utc(at(1, 1, 30)), 90);
    }
}
