//! When a backup is due, and which ones are kept: decided from times alone.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};

use crate::view::backup::BackupKind;

/// While something changes, so much time lies between two backups.
const BETWEEN: TimeDelta = TimeDelta::hours(1);

/// After one that failed, the next try waits so long.
const AFTER_FAILURE: TimeDelta = TimeDelta::minutes(10);

/// A backup: when it was taken and the newest entry of the journal in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub at: DateTime<Utc>,
    pub entry: u32,
}

/// Whether a backup is due: something was written since the newest one, an hour ago or more. A clock that was set
/// back does not put it off.
pub(crate) fn is_due(
    now: DateTime<Utc>,
    newest: Option<Taken>,
    entry: u32,
    failed: Option<DateTime<Utc>>,
) -> bool {
    let passed = |since: DateTime<Utc>, time: TimeDelta| (now - since).abs() >= time;
    if failed.is_some_and(|failed| !passed(failed, AFTER_FAILURE)) {
        return false;
    }
    match newest {
        None => entry > 0,
        Some(newest) => newest.entry != entry && passed(newest.at, BETWEEN),
    }
}

/// Of each span the newest backup is kept so long.
fn lasts(kind: BackupKind) -> TimeDelta {
    match kind {
        BackupKind::Hourly => TimeDelta::hours(48),
        BackupKind::Daily => TimeDelta::days(31),
        BackupKind::Weekly => TimeDelta::days(92),
        BackupKind::Monthly => TimeDelta::days(2 * 366),
        BackupKind::Yearly => TimeDelta::MAX,
    }
}

/// The span that a time lies in.
fn span(kind: BackupKind, at: NaiveDateTime) -> (i32, u32) {
    let date = at.date();
    match kind {
        BackupKind::Hourly => (date.num_days_from_ce(), at.hour()),
        BackupKind::Daily => (date.num_days_from_ce(), 0),
        BackupKind::Weekly => (date.iso_week().year(), date.iso_week().week()),
        BackupKind::Monthly => (date.year(), date.month()),
        BackupKind::Yearly => (date.year(), 0),
    }
}

/// Why each backup is kept, or that it is not: `times` on the clinic's clock, newest first.
///
/// The newest is always kept, and so is one from the future: a wrong clock must not cost a backup.
pub(crate) fn kept(times: &[NaiveDateTime], now: NaiveDateTime) -> Vec<Option<BackupKind>> {
    let mut seen: HashSet<(BackupKind, (i32, u32))> = HashSet::new();
    times
        .iter()
        .enumerate()
        .map(|(place, &at)| {
            let age = now - at;
            let mut reason = None;
            for kind in BackupKind::ALL {
                let is_newest_of_span = seen.insert((kind, span(kind, at)));
                if is_newest_of_span && age <= lasts(kind) && reason.is_none() {
                    reason = Some(kind);
                }
            }
            let always = place == 0 || age < TimeDelta::zero();
            reason.or(always.then_some(BackupKind::Hourly))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        local(text).and_utc()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn a_backup_is_due_an_hour_after_the_last_when_something_changed() {
        let taken = |text: &str, entry| {
            Some(Taken {
                at: moment(text),
                entry,
            })
        };
        for (now, newest, entry, failed, expected) in [
            ("2026-03-02T09:00", None, 0, None, false),
            ("2026-03-02T09:00", None, 1, None, true),
            ("2026-03-02T09:00", taken("2026-03-02T08:01", 5), 6, None, false),
            ("2026-03-02T09:00", taken("2026-03-02T08:00", 5), 6, None, true),
            ("2026-03-02T09:00", taken("2026-03-02T08:00", 5), 5, None, false),
            ("2026-03-02T09:00", taken("2026-02-02T08:00", 5), 5, None, false),
            ("2026-03-02T09:00", taken("2026-02-02T08:00", 5), 6, None, true),
            // An older copy was put back: another content, though fewer entries.
            ("2026-03-02T09:00", taken("2026-03-02T08:00", 5), 3, None, true),
            // The clock was set back by a year, by half an hour.
            ("2025-03-02T09:00", taken("2026-03-02T08:00", 5), 6, None, true),
            ("2026-03-02T07:30", taken("2026-03-02T08:00", 5), 6, None, false),
            ("2026-03-02T09:00", None, 1, Some("2026-03-02T08:51"), false),
            ("2026-03-02T09:00", None, 1, Some("2026-03-02T08:50"), true),
            ("2025-03-02T09:00", None, 1, Some("2026-03-02T08:50"), true),
        ] {
            let due = is_due(moment(now), newest, entry, failed.map(moment));
            assert_eq!(due, expected, "{now} {newest:?} {entry} {failed:?}");
        }
    }

    #[test]
    fn of_each_span_the_newest_is_kept() {
        use BackupKind::{Daily, Hourly, Monthly, Weekly, Yearly};
        let now = local("2026-03-04T12:00");
        let cases = [
            ("2026-03-04T11:40", Some(Hourly)),
            ("2026-03-04T11:20", None),
            ("2026-03-04T10:20", Some(Hourly)),
            ("2026-03-02T12:30", Some(Hourly)),
            ("2026-03-02T09:00", None),
            ("2026-03-01T18:00", Some(Daily)),
            ("2026-03-01T17:00", None),
            ("2026-02-02T18:00", Some(Daily)),
            ("2026-01-31T18:00", Some(Weekly)),
            ("2026-01-30T18:00", None),
            ("2025-12-20T18:00", Some(Weekly)),
            ("2025-12-03T18:00", Some(Weekly)),
            ("2025-12-02T18:00", None),
            ("2025-11-30T18:00", Some(Monthly)),
            ("2025-11-15T18:00", None),
            ("2024-04-30T18:00", Some(Monthly)),
            ("2023-12-31T18:00", Some(Yearly)),
            ("2023-11-30T18:00", None),
            ("2011-06-01T18:00", Some(Yearly)),
        ];
        let times: Vec<_> = cases.iter().map(|(at, _)| local(at)).collect();
        for ((at, expected), found) in cases.into_iter().zip(kept(&times, now)) {
            assert_eq!(found, expected, "{at}");
        }
    }

    #[test]
    fn the_newest_and_those_of_a_wrong_clock_stay() {
        let now = local("2026-03-04T12:00");
        let times = ["2031-01-01T10:30", "2031-01-01T10:20", "2026-03-04T11:00"].map(local);
        assert!(kept(&times, now).iter().all(Option::is_some));
        assert!(kept(&[], now).is_empty());
    }

    proptest! {
        /// Thinning what was thinned, later, never takes what a longer span needs.
        #[test]
        fn thinning_step_by_step_keeps_what_thinning_once_keeps(hours in proptest::collection::btree_set(0_i64..20_000, 1..120)) {
            let start = local("2024-01-01T00:30");
            let mut there: Vec<NaiveDateTime> = Vec::new();
            let mut all: Vec<NaiveDateTime> = Vec::new();
            for hour in &hours {
                let at = start + TimeDelta::hours(*hour);
                there.insert(0, at);
                all.insert(0, at);
                let keep = kept(&there, at);
                let mut each = keep.into_iter();
                there.retain(|_| each.next().flatten().is_some());
            }
            let now = all[0];
            let mut each = kept(&all, now).into_iter();
            all.retain(|_| each.next().flatten().is_some());
            for at in &all {
                prop_assert!(there.contains(at), "{at} is gone");
            }
        }
    }
}
