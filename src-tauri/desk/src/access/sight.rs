//! Whose visits and records somebody sees: a practitioner their own, everybody those outside lock-boxes.

use std::collections::{HashMap, HashSet};

use ordo_core::model::{Appointment, PatientId, PractitionerId, Role, SeriesId};

use super::Who;
use super::words::Words;
use crate::view::day::{DayAppointment, DayStatus, DayTotals, DayView};
use crate::{Desk, Error, Host};

/// What somebody sees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// Nobody's time but that of this practitioner, where somebody sees their own alone.
    own: Option<Own>,
    /// In lock-boxes that do not name them.
    hidden: HashSet<PatientId>,
    words: Words,
}

#[derive(Clone, Debug)]
struct Own {
    practitioner: Option<PractitionerId>,
}

/// By the identifier of each visit, its patient and practitioner.
pub(crate) type Whose = HashMap<String, (PatientId, PractitionerId)>;

/// Which patients somebody sees.
#[derive(Clone, Debug)]
pub(crate) struct PatientsSeen {
    /// Those they treat or treated, where they see no others.
    own: Option<HashSet<PatientId>>,
    /// In lock-boxes that do not name them.
    hidden: HashSet<PatientId>,
}

impl PatientsSeen {
    /// Whether a patient is one of them.
    pub(crate) fn sees(&self, patient: &PatientId) -> bool {
        !self.hidden.contains(patient) && self.own.as_ref().is_none_or(|own| own.contains(patient))
    }

    /// How many there are of so many, at most.
    pub(crate) fn of(&self, all: usize) -> usize {
        match &self.own {
            Some(own) => own.difference(&self.hidden).count(),
            None => all.saturating_sub(self.hidden.len()),
        }
    }
}

impl Sight {
    /// Whether a practitioner's time is shown as more than busy.
    pub(crate) fn sees_time_of(&self, practitioner: &PractitionerId) -> bool {
        let own = self.own.as_ref();
        own.is_none_or(|own| own.practitioner.as_ref() == Some(practitioner))
    }

    /// Refuses a practitioner's time that is somebody else's.
    pub(crate) fn allow_time_of(&self, practitioner: &PractitionerId) -> Result<(), Error> {
        match self.sees_time_of(practitioner) {
            true => Ok(()),
            false => Err(self.words.not_yours()),
        }
    }

    /// Refuses the content of a visit that is not for these eyes.
    pub(crate) fn allow_visit(&self, visit: &Appointment) -> Result<(), Error> {
        self.allow_time_of(&visit.practitioner)?;
        match self.hides(&visit.patient) {
            true => Err(self.words.in_a_lock_box()),
            false => Ok(()),
        }
    }

    /// Whether a patient is in a lock-box for somebody else.
    pub(crate) fn hides(&self, patient: &PatientId) -> bool {
        self.hidden.contains(patient)
    }

    /// Whose the visits of a day are, to narrow it by.
    pub(crate) fn whose(&self, visits: &[Appointment]) -> Whose {
        let one = |visit: &Appointment| {
            (
                visit.id.to_string(),
                (visit.patient.clone(), visit.practitioner.clone()),
            )
        };
        visits.iter().map(one).collect()
    }

    /// Makes busy time of what is not for these eyes.
    pub(crate) fn narrow_day(&self, day: &mut DayView, whose: &Whose) {
        if self.own.is_none() && self.hidden.is_empty() {
            return;
        }
        for practitioner in &mut day.practitioners {
            practitioner.appointments.retain_mut(|appointment| {
                let known = whose.get(&appointment.id);
                let Some((patient, with)) = known else {
                    return false;
                };
                if !self.sees_time_of(with) {
                    let takes_time = !matches!(appointment.status, DayStatus::Cancelled | DayStatus::NoShow);
                    hide(appointment, self.said(Words::busy));
                    appointment.busy = true;
                    appointment.status = DayStatus::Booked;
                    return takes_time;
                }
                if self.hidden.contains(patient) {
                    hide(appointment, self.said(Words::private));
                }
                true
            });
        }
        day.totals = DayTotals::of(&day.practitioners);
    }

    /// The name of a patient, or that it is not for these eyes.
    pub(crate) fn name_of(&self, patient: &PatientId, name: String) -> String {
        if self.hides(patient) {
            self.said(Words::private)
        } else {
            name
        }
    }

    /// Something else of a patient, or nothing where it is not for these eyes.
    pub(crate) fn if_seen(&self, patient: &PatientId, text: String) -> String {
        if self.hides(patient) { String::new() } else { text }
    }

    fn said(&self, word: impl FnOnce(Words) -> &'static str) -> String {
        word(self.words).to_owned()
    }
}

fn hide(appointment: &mut DayAppointment, said: String) {
    appointment.patient_name = said;
    appointment.service = String::new();
    appointment.discipline = String::new();
    appointment.room = None;
    appointment.room_id = None;
    appointment.first_visit = false;
    appointment.series_position = None;
    appointment.overbooked = false;
    appointment.note = false;
}

impl<H: Host> Desk<H> {
    /// What whoever is at the desk sees.
    pub(crate) fn sight(&self) -> Result<Sight, Error> {
        let words = Words(self.language);
        let Who::User(user) = self.who()? else {
            return Ok(Sight {
                words,
                ..Sight::default()
            });
        };
        let boxes = self.store.lock_boxes()?.into_iter();
        let closed = boxes.filter(|lock_box| !lock_box.users.contains(&user.id));
        Ok(Sight {
            hidden: closed.map(|lock_box| lock_box.patient).collect(),
            own: (user.role == Role::Practitioner).then_some(Own {
                practitioner: user.practitioner,
            }),
            words,
        })
    }

    /// Which patients whoever is at the desk sees.
    pub(crate) fn patients_seen(&self) -> Result<PatientsSeen, Error> {
        let sight = self.sight()?;
        let own = match sight.own {
            None => None,
            Some(Own { practitioner: None }) => Some(HashSet::new()),
            Some(Own {
                practitioner: Some(practitioner),
            }) => Some(self.store.patients_of(&practitioner)?.into_iter().collect()),
        };
        Ok(PatientsSeen {
            own,
            hidden: sight.hidden,
        })
    }

    /// Refuses a series of somebody whose record is not for whoever is at the desk.
    pub(crate) fn allow_series(&self, id: &SeriesId) -> Result<(), Error> {
        match self.store.series(id)? {
            Some(series) => self.allow_patient(&series.patient),
            None => Ok(()),
        }
    }

    /// Refuses a patient whose record is not for whoever is at the desk.
    pub(crate) fn allow_patient(&self, patient: &PatientId) -> Result<(), Error> {
        let seen = self.patients_seen()?;
        if seen.sees(patient) {
            return Ok(());
        }
        let words = Words(self.language);
        Err(match seen.own.is_some_and(|own| !own.contains(patient)) {
            true => words.not_yours(),
            false => words.in_a_lock_box(),
        })
    }
}
