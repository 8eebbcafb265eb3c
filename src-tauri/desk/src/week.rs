//! A week of one practitioner, one room or the whole clinic.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::view::day::DayView;
use crate::{Desk, Error, Host};

impl<H: Host> Desk<H> {
    /// The seven days of the week of a date, from Monday; of one practitioner or room alone, if named.
    pub fn week(
        &self,
        date: NaiveDate,
        practitioner: Option<&str>,
        room: Option<&str>,
    ) -> Result<Vec<DayView>, Error> {
        let clinic = self.store.clinic()?;
        if let Some(id) =
            practitioner.filter(|id| clinic.practitioners.iter().all(|known| known.id.as_str() != *id))
        {
            return Err(Error::not_found("practitioner", id));
        }
        let room_name = match room {
            Some(id) => {
                let known = clinic.rooms.iter().find(|known| known.id.as_str() == id);
                Some(
                    known
                        .map(|known| known.name.clone())
                        .ok_or_else(|| Error::not_found("room", id))?,
                )
            }
            None => None,
        };
        let monday = date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
        (0..7)
            .map(|ahead| {
                let mut day = self.day(monday + TimeDelta::days(ahead))?;
                day.practitioners
                    .retain(|each| practitioner.is_none_or(|id| each.id == id));
                if let Some(name) = &room_name {
                    for each in &mut day.practitioners {
                        each.appointments
                            .retain(|appointment| appointment.room.as_ref() == Some(name));
                    }
                    day.practitioners.retain(|each| !each.appointments.is_empty());
                }
                day.totals = crate::view::day::DayTotals::of(&day.practitioners);
                Ok(day)
            })
            .collect()
    }
}
