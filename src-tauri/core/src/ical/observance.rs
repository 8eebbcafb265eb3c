//! A zone's changes of the clock as the yearly rules of a VTIMEZONE.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::{OffsetComponents, OffsetName};

use crate::time::{UtcMinute, ZoneClock};

/// The zone database says nothing about changes after the year 2099; a rule that holds then holds on.
const LAST_KNOWN_YEAR: i32 = 2099;

/// A change of the clock must come back this many years on one rule to be called regular.
const REGULAR_YEARS: usize = 3;

/// An offset that holds longer than this, in minutes, needs no rule: it is no half of a year's pair.
const LASTING: UtcMinute = 400 * 1440;

/// An offset of a zone and when it begins: one STANDARD or DAYLIGHT of a VTIMEZONE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Observance {
    /// Whether it is daylight saving time.
    pub daylight: bool,
    /// Its first onset, on the wall clock as it was before the change.
    pub onset: NaiveDateTime,
    /// The offset before, in minutes east of UTC.
    pub offset_from: i32,
    /// The offset that it brings, in minutes east of UTC.
    pub offset_to: i32,
    /// The abbreviation, such as `EST`.
    pub name: String,
    /// When it comes back.
    pub rule: Option<YearlyRule>,
}

/// The n-th weekday of a month, every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YearlyRule {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 5, or −1 for the last.
    pub nth: i32,
    /// The weekday.
    pub weekday: Weekday,
    /// The last onset; absent when it goes on.
    pub until: Option<DateTime<Utc>>,
}

/// The observances in force from the start of one year to the end of another, sorted by onset.
///
/// `None` when the zone changes its clock by no yearly rule of one weekday in that time.
pub(super) fn observances(clock: &ZoneClock, first_year: i32, last_year: i32) -> Option<Vec<Observance>> {
    let changes = clock.changes();
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(|date| clock.to_utc(date.into()));
    let (from, to) = (new_year(first_year)?, new_year(last_year.checked_add(1)?)?);
    let first = changes.partition_point(|&(minute, _)| minute <= from).max(1) - 1;
    let end = changes.partition_point(|&(minute, _)| minute < to).max(first + 1);
    let onsets: Vec<Onset> = (1..changes.len()).map(|index| onset(clock, index)).collect();
    let mut observances = Vec::new();
    if first == 0 {
        observances.push(always(clock));
    }
    let groups = groups(&onsets);
    for group in &groups {
        let mut in_force = group
            .members
            .iter()
            .filter(|&&member| (first..end).contains(&onsets[member].index));
        match (in_force.next(), in_force.next()) {
            (None, _) => {}
            (Some(&only), None) if onsets[only].lasts.is_none_or(|minutes| minutes > LASTING) => {
                observances.push(without_rule(&onsets[only]));
            }
            _ => observances.push(with_rule(group, &groups, &onsets, last_year)?),
        }
    }
    observances.sort_by_key(|observance| (observance.onset, observance.daylight));
    Some(observances)
}

/// One change of the clock.
struct Onset {
    index: usize,
    minute: UtcMinute,
    local: NaiveDateTime,
    offset_from: i32,
    offset_to: i32,
    daylight: bool,
    name: String,
    /// How long its offset holds; `None` when no change follows.
    lasts: Option<UtcMinute>,
}

/// Onsets of consecutive years that one rule describes.
struct Group {
    members: Vec<usize>,
    /// The positions in the month that fit every member.
    nths: Vec<i32>,
}

fn groups(onsets: &[Onset]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, onset) in onsets.iter().enumerate() {
        let nths = positions_in_month(onset.local.date());
        let joined = groups.iter_mut().rev().find_map(|group| {
            let last = &onsets[*group.members.last()?];
            let shared: Vec<i32> = group
                .nths
                .iter()
                .copied()
                .filter(|nth| nths.contains(nth))
                .collect();
            (continues(last, onset) && !shared.is_empty()).then_some((group, shared))
        });
        match joined {
            Some((group, shared)) => {
                group.members.push(position);
                group.nths = shared;
            }
            None => groups.push(Group {
                members: vec![position],
                nths,
            }),
        }
    }
    groups
}

fn continues(last: &Onset, next: &Onset) -> bool {
    last.local.year() + 1 == next.local.year()
        && last.local.month() == next.local.month()
        && last.daylight == next.daylight
        && last.name == next.name
        && is_alike(last, next)
}

fn is_alike(one: &Onset, other: &Onset) -> bool {
    let key = |onset: &Onset| {
        (
            onset.local.weekday(),
            onset.local.time(),
            onset.offset_from,
            onset.offset_to,
        )
    };
    key(one) == key(other)
}

fn positions_in_month(date: NaiveDate) -> Vec<i32> {
    let nth = i32::try_from(date.day0() / 7).unwrap_or_default() + 1;
    let is_last = (date + TimeDelta::days(7)).month() != date.month();
    if is_last { vec![nth, -1] } else { vec![nth] }
}

fn with_rule(group: &Group, groups: &[Group], onsets: &[Onset], last_year: i32) -> Option<Observance> {
    let first = &onsets[*group.members.first()?];
    let last = &onsets[*group.members.last()?];
    let is_regular = group.members.len() >= REGULAR_YEARS
        && !groups
            .iter()
            .any(|other| is_part_of_one_rule(group, other, onsets));
    let goes_on = last.local.year() >= LAST_KNOWN_YEAR && last_year <= LAST_KNOWN_YEAR;
    let rule = YearlyRule {
        month: first.local.month(),
        nth: *group.nths.last()?,
        weekday: first.local.weekday(),
        until: if goes_on { None } else { instant(last.minute) },
    };
    is_regular.then(|| Observance {
        rule: Some(rule),
        ..without_rule(first)
    })
}

/// Whether two groups of neighbouring years are pieces of one rule that no n-th weekday describes, such as "the
/// Sunday on or after the 2nd": then their dates lie within seven days of the year.
fn is_part_of_one_rule(group: &Group, other: &Group, onsets: &[Onset]) -> bool {
    let members = |group: &Group| {
        group
            .members
            .iter()
            .map(|&member| &onsets[member])
            .collect::<Vec<_>>()
    };
    let (one, two) = (members(group), members(other));
    let year = |onset: Option<&&Onset>| onset.map_or(0, |onset| onset.local.year());
    let are_neighbours =
        year(one.last()) + 1 == year(two.first()) || year(two.last()) + 1 == year(one.first());
    if !are_neighbours || !is_alike(one[0], two[0]) {
        return false;
    }
    // 31 days to each month, so that leap years move nothing; a short month only makes a window look longer.
    let days = one
        .iter()
        .chain(&two)
        .map(|onset| onset.local.month() * 31 + onset.local.day());
    let (first, last) = days.fold((u32::MAX, 0), |(first, last), day| {
        (first.min(day), last.max(day))
    });
    last - first < 7
}

fn without_rule(onset: &Onset) -> Observance {
    Observance {
        daylight: onset.daylight,
        onset: onset.local,
        offset_from: onset.offset_from,
        offset_to: onset.offset_to,
        name: onset.name.clone(),
        rule: None,
    }
}

/// The offset from before the table's first change, as an observance without an onset of its own.
fn always(clock: &ZoneClock) -> Observance {
    let (minute, offset) = (
        clock.changes().get(1).map_or(0, |&(minute, _)| minute - 1),
        clock.changes()[0].1,
    );
    let (daylight, name) = kind(clock, minute);
    Observance {
        daylight,
        onset: DateTime::<Utc>::UNIX_EPOCH.naive_utc(),
        offset_from: offset,
        offset_to: offset,
        name,
        rule: None,
    }
}

fn onset(clock: &ZoneClock, index: usize) -> Onset {
    let (minute, offset_to) = clock.changes()[index];
    let offset_from = clock.changes()[index - 1].1;
    let (mut daylight, name) = kind(clock, minute);
    // Ireland's database entry calls the winter "negative daylight saving"; readers expect the summer to be it.
    if saving(clock, minute - 1) < 0 && offset_to > offset_from {
        daylight = true;
    }
    Onset {
        index,
        minute,
        local: instant(minute + offset_from).unwrap_or_default().naive_utc(),
        offset_from,
        offset_to,
        daylight,
        name,
        lasts: clock.changes().get(index + 1).map(|&(next, _)| next - minute),
    }
}

fn kind(clock: &ZoneClock, minute: UtcMinute) -> (bool, String) {
    let offset = clock
        .zone()
        .offset_from_utc_datetime(&instant(minute).unwrap_or_default().naive_utc());
    let name = offset
        .abbreviation()
        .map_or_else(|| utc_offset(clock.offset(minute)), str::to_owned);
    (saving(clock, minute) > 0, name)
}

fn saving(clock: &ZoneClock, minute: UtcMinute) -> i64 {
    clock
        .zone()
        .offset_from_utc_datetime(&instant(minute).unwrap_or_default().naive_utc())
        .dst_offset()
        .num_minutes()
}

fn instant(minute: UtcMinute) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::from(minute) * 60, 0)
}

/// An offset as `+HHMM`.
pub(super) fn utc_offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let size = minutes.abs();
    format!("{sign}{:02}{:02}", size / 60, size % 60)
}

#[cfg(test)]
mod tests {
    use chrono_tz::{TZ_VARIANTS, Tz};

    use super::*;

    /// The offset at a minute, read literally from observances.
    fn offset_by(observances: &[Observance], minute: UtcMinute) -> Option<i32> {
        let utc = instant(minute).expect("an instant").naive_utc();
        observances
            .iter()
            .filter_map(|observance| Some((last_onset(observance, utc)?, observance.offset_to)))
            .max()
            .map(|(_, offset)| offset)
    }

    fn last_onset(observance: &Observance, utc: NaiveDateTime) -> Option<NaiveDateTime> {
        let to_utc = |local: NaiveDateTime| local - TimeDelta::minutes(i64::from(observance.offset_from));
        let Some(rule) = &observance.rule else {
            return Some(to_utc(observance.onset)).filter(|&onset| onset <= utc);
        };
        (observance.onset.year()..=utc.year() + 1)
            .map(|year| {
                let matching: Vec<NaiveDate> = (1..=31)
                    .filter_map(|day| NaiveDate::from_ymd_opt(year, rule.month, day))
                    .filter(|date| date.weekday() == rule.weekday)
                    .collect();
                let place = if rule.nth > 0 {
                    rule.nth as usize - 1
                } else {
                    matching.len() - 1
                };
                to_utc(matching[place].and_time(observance.onset.time()))
            })
            .filter(|&onset| onset <= utc && rule.until.is_none_or(|until| onset <= until.naive_utc()))
            .max()
    }

    #[test]
    fn every_zone_is_said_exactly_or_not_at_all() {
        let mut unsaid = Vec::new();
        for zone in TZ_VARIANTS {
            let clock = ZoneClock::new(zone);
            for (first, last) in [(2026, 2027), (2005, 2009), (2000, 2030), (2098, 2103)] {
                let Some(said) = observances(&clock, first, last) else {
                    if first == 2026 {
                        unsaid.push(zone.name());
                    }
                    continue;
                };
                let new_year =
                    |year| clock.to_utc(NaiveDate::from_ymd_opt(year, 1, 1).expect("a date").into());
                let (from, to) = (new_year(first), new_year(last + 1));
                let near_changes = clock
                    .changes()
                    .iter()
                    .flat_map(|&(minute, _)| [minute.saturating_sub(1), minute]);
                for minute in (from..to)
                    .step_by(17 * 1440)
                    .chain(near_changes)
                    .filter(|minute| (from..to).contains(minute))
                {
                    assert_eq!(
                        offset_by(&said, minute),
                        Some(clock.offset(minute)),
                        "{zone} {first} {:?}",
                        instant(minute)
                    );
                }
            }
        }
        insta::assert_snapshot!(unsaid.join("\n"));
    }

    #[test]
    fn summer_is_daylight_saving_time_and_rules_end_where_the_law_changed() {
        let said = |zone, first, last| {
            observances(&ZoneClock::new(zone), first, last)
                .expect("regular")
                .into_iter()
                .map(|observance| {
                    let rule = observance.rule.map_or_else(String::new, |rule| {
                        format!(
                            " {}/{}{} {}",
                            rule.month,
                            rule.nth,
                            rule.weekday,
                            rule.until.map_or("on".to_owned(), |until| until.to_string())
                        )
                    });
                    let kind = if observance.daylight {
                        "DAYLIGHT"
                    } else {
                        "STANDARD"
                    };
                    format!("{kind} {} {}{rule}", observance.onset, observance.name)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said(Tz::America__Toronto, 2007, 2026),
            [
                "STANDARD 2000-10-29 02:00:00 EST 10/-1Sun 2006-10-29 06:00:00 UTC",
                "DAYLIGHT 2007-03-11 02:00:00 EDT 3/2Sun on",
                "STANDARD 2007-11-04 02:00:00 EST 11/1Sun on",
            ]
        );
        assert_eq!(
            said(Tz::Europe__Dublin, 2026, 2026),
            [
                "DAYLIGHT 2000-03-26 01:00:00 IST 3/-1Sun on",
                "STANDARD 2000-10-29 02:00:00 GMT 10/-1Sun on",
            ]
        );
        assert_eq!(
            said(Tz::Asia__Kathmandu, 2026, 2026),
            ["STANDARD 1970-01-01 00:00:00 +0545"]
        );
    }
}
