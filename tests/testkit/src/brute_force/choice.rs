//! Rules 8 to 12 and the costs, for chosen places of several sessions.

use serde_json::Value;

use super::Malformed;
use super::facts::{Facts, Session};
use super::form::list;
use super::places::Place;
use super::pricing::Usual;
use super::spans::meet;

/// The costs that depend on the usual slots.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AgainstUsual {
    pub changes: i64,
    pub days_off: i64,
    pub minutes_off: i64,
}

impl Facts<'_> {
    /// Rules 9 to 12 between two sessions but for more than two in one room; two fixed ones always stand together.
    pub fn stand_together(&self, one: &Session, a: &Place, two: &Session, b: &Place) -> bool {
        if a.fixed && b.fixed {
            return true;
        }
        if one.position == two.position {
            return a.date != b.date;
        }
        let (first, a, b) = if one.position == 0 {
            (one, a, b)
        } else {
            (two, b, a)
        };
        let gap = b.start - a.end;
        let pair = one.week == two.week;
        if !self.same_day {
            return if pair {
                a.date < b.date && self.gap.0 <= gap && gap <= self.gap.1
            } else {
                a.date != b.date && (gap >= self.gap.0 || a.start - b.end >= self.gap.0)
            };
        }
        if a.date != b.date {
            return !pair;
        }
        if gap < 0 || (pair && gap > self.max_wait) {
            return false;
        }
        if gap >= first.buffer {
            return true;
        }
        let two_rooms = match (&a.rooms, &b.rooms) {
            (Some(one), Some(two)) => one.iter().any(|room| two.iter().any(|other| other != room)),
            _ => true,
        };
        a.practitioner != b.practitioner && two_rooms
    }

    /// Whether the buffer of the earlier of two sessions reaches into the later one.
    pub fn buffers_meet(&self, one: &Session, a: &Place, two: &Session, b: &Place) -> bool {
        meet((a.start, a.end + one.buffer), (b.start, b.end + two.buffer))
    }

    /// Rule 8 with given usual slots, and the costs against them.
    pub fn measure(&self, chosen: &[(Session, &Place)], usual: &[Usual]) -> Result<AgainstUsual, Malformed> {
        let mut dates = Vec::new();
        let mut sums = AgainstUsual::default();
        for (position, discipline) in self.order.into_iter().enumerate() {
            let wanted = &self.request["disciplines"][discipline];
            if wanted.is_null() {
                continue;
            }
            let slot = usual
                .iter()
                .find(|slot| slot.discipline == discipline)
                .ok_or_else(|| Malformed(format!("{discipline} has no usual slot")))?;
            if !list(wanted, "practitioners")
                .iter()
                .any(|id| *id == slot.practitioner)
            {
                return Err(Malformed(format!(
                    "the usual practitioner of {discipline} is not asked for"
                )));
            }
            dates.push(slot.date);
            for (session, place) in chosen.iter().filter(|(session, _)| session.position == position) {
                let off = ((place.date - slot.date).num_days() - 7 * session.week).abs();
                if !place.fixed && off > self.tolerance {
                    return Err(Malformed(format!(
                        "{discipline} of week {} is off its rhythm",
                        session.week
                    )));
                }
                sums.changes += i64::from(place.practitioner != slot.practitioner);
                sums.days_off += off;
                sums.minutes_off += (place.minute - slot.minute).abs();
            }
        }
        if !self.usual_dates().contains(&dates[0]) {
            return Err(Malformed("the first usual date is out of range".to_owned()));
        }
        if dates.len() == 2 && !self.steps().contains(&(dates[1] - dates[0]).num_days()) {
            return Err(Malformed("the usual dates are too far apart".to_owned()));
        }
        Ok(sums)
    }

    pub fn moved(&self, chosen: &[(Session, &Place)]) -> i64 {
        chosen.iter().map(|(_, place)| i64::from(place.moved)).sum()
    }

    /// The least number of changes over every choice of usual practitioners.
    pub fn least_changes(&self, chosen: &[(Session, &Place)]) -> i64 {
        self.sum_by_discipline(chosen, |wanted, mine| {
            list(wanted, "practitioners")
                .iter()
                .map(|usual| {
                    count(
                        mine.iter()
                            .filter(|place| Some(place.practitioner.as_str()) != usual.as_str()),
                    )
                })
                .min()
                .unwrap_or(0)
        })
    }

    /// The least minutes over every usual time of the day; a sum of distances is least at one of its points.
    pub fn least_minutes_off(&self, chosen: &[(Session, &Place)]) -> i64 {
        self.sum_by_discipline(chosen, |_, mine| {
            mine.iter()
                .map(|usual| usual.minute)
                .map(|usual| mine.iter().map(|place| (place.minute - usual).abs()).sum())
                .min()
                .unwrap_or(0)
        })
    }

    fn sum_by_discipline(
        &self,
        chosen: &[(Session, &Place)],
        least: impl Fn(&Value, &[&Place]) -> i64,
    ) -> i64 {
        [0, 1]
            .into_iter()
            .map(|position| {
                let mine: Vec<&Place> = chosen
                    .iter()
                    .filter(|(session, _)| session.position == position)
                    .map(|(_, place)| *place)
                    .collect();
                if mine.is_empty() {
                    0
                } else {
                    least(&self.request["disciplines"][self.order[position]], &mine)
                }
            })
            .sum()
    }

    /// The least days over every pair of usual dates that rule 8 allows; `None` when it allows none.
    pub fn least_days_off(&self, chosen: &[(Session, &Place)]) -> Option<i64> {
        let mut least = None;
        for usual in self.usual_dates() {
            for step in self.steps() {
                let mut total = Some(0);
                for (session, place) in chosen {
                    let behind = if session.position == self.first_held() {
                        0
                    } else {
                        step
                    };
                    let off = ((place.date - usual).num_days() - behind - 7 * session.week).abs();
                    total = total
                        .filter(|_| place.fixed || off <= self.tolerance)
                        .map(|sum| sum + off);
                }
                least = [least, total].into_iter().flatten().min();
            }
        }
        least
    }

    pub fn start_delay(&self, chosen: &[(Session, &Place)]) -> i64 {
        chosen
            .iter()
            .map(|(_, place)| (place.date - self.earliest).num_days())
            .min()
            .unwrap_or(0)
    }

    pub fn wait(&self, chosen: &[(Session, &Place)]) -> i64 {
        let mut total = 0;
        for (one, a) in chosen {
            for (two, b) in chosen {
                let pair = one.position == 0 && two.position == 1 && one.week == two.week;
                if self.same_day && pair && a.date == b.date {
                    total += (b.start - a.end).max(a.start - b.end).max(0);
                }
            }
        }
        total
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}
