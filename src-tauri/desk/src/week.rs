//! A week of one practitioner, one room or the whole clinic.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::desk::day_of;
use crate::view::day::{DayTotals, DayView};
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// The seven days of the week of a date, from Monday; of one practitioner or room alone, if named.
    pub fn week(
        &self,
        date: NaiveDate,
        practitioner: Option<&str>,
        room: Option<&str>,
    ) -> Result<Vec<DayView>, Error> {
        self.allow(UseCase::Week)?;
        let sight = self.sight()?;
        self.store.read(|view| {
            let clinic = view.clinic()?;
            if let Some(id) =
                practitioner.filter(|id| clinic.practitioners.iter().all(|known| known.id.as_str() != *id))
            {
                return Err(Error::not_found("practitioner", id));
            }
            if let Some(id) = room.filter(|id| clinic.rooms.iter().all(|known| known.id.as_str() != *id)) {
                return Err(Error::not_found("room", id));
            }
            week_of(date)
                .map(|date| {
                    let mut day = day_of(view, date, &sight)?;
                    day.practitioners
                        .retain(|each| practitioner.is_none_or(|id| each.id == id));
                    if room.is_some() {
                        for each in &mut day.practitioners {
                            each.appointments
                                .retain(|appointment| appointment.room_id.as_deref() == room);
                        }
                        day.practitioners.retain(|each| !each.appointments.is_empty());
                    }
                    day.totals = DayTotals::of(&day.practitioners);
                    Ok(day)
                })
                .collect()
        })
    }
}

/// The seven dates of the week of a date, from Monday.
pub(crate) fn week_of(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let monday = date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
    (0..7).map(move |ahead| monday + TimeDelta::days(ahead))
}
