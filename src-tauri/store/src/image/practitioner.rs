//! Practitioners with their hours.

use chrono::{NaiveDate, NaiveDateTime};
use ordo_core::model::{
    Absence, ExtraHours, ImportedFrom, Practitioner, PractitionerId, ServiceId, WorkingHours,
};
use ordo_core::time::TimeOfDay;
use serde::{Deserialize, Serialize};

use super::words::{WeekdayHours, texts, time_of_day};

#[derive(Serialize, Deserialize)]
pub(super) struct PractitionerImage {
    id: String,
    name: String,
    services: Vec<String>,
    hours: Vec<WorkingHoursImage>,
    extra_hours: Vec<ExtraHoursImage>,
    absences: Vec<AbsenceImage>,
}

#[derive(Serialize, Deserialize)]
struct WorkingHoursImage {
    #[serde(flatten)]
    hours: WeekdayHours,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    every_weeks: u32,
}

#[derive(Serialize, Deserialize)]
struct ExtraHoursImage {
    date: NaiveDate,
    #[serde(with = "time_of_day")]
    from: TimeOfDay,
    #[serde(with = "time_of_day")]
    to: TimeOfDay,
}

#[derive(Serialize, Deserialize)]
struct AbsenceImage {
    from: NaiveDateTime,
    to: NaiveDateTime,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    imported: Option<ImportedImage>,
}

#[derive(Serialize, Deserialize)]
struct ImportedImage {
    uid: String,
    occurrence: Option<NaiveDateTime>,
}

impl From<&Practitioner> for PractitionerImage {
    fn from(practitioner: &Practitioner) -> Self {
        let hours = practitioner.hours.iter().map(|hours| WorkingHoursImage {
            hours: WeekdayHours {
                weekday: hours.weekday,
                from: hours.from,
                to: hours.to,
            },
            valid_from: hours.valid_from,
            valid_to: hours.valid_to,
            every_weeks: hours.every_weeks,
        });
        let extra_hours = practitioner.extra_hours.iter().map(|extra| ExtraHoursImage {
            date: extra.date,
            from: extra.from,
            to: extra.to,
        });
        let absences = practitioner.absences.iter().map(|absence| AbsenceImage {
            from: absence.from,
            to: absence.to,
            reason: absence.reason.clone(),
            imported: absence.imported.as_ref().map(|imported| ImportedImage {
                uid: imported.uid.clone(),
                occurrence: imported.occurrence,
            }),
        });
        Self {
            id: practitioner.id.to_string(),
            name: practitioner.name.clone(),
            services: texts(&practitioner.services),
            hours: hours.collect(),
            extra_hours: extra_hours.collect(),
            absences: absences.collect(),
        }
    }
}

impl From<PractitionerImage> for Practitioner {
    fn from(image: PractitionerImage) -> Self {
        let hours = image.hours.into_iter().map(|image| WorkingHours {
            weekday: image.hours.weekday,
            from: image.hours.from,
            to: image.hours.to,
            valid_from: image.valid_from,
            valid_to: image.valid_to,
            every_weeks: image.every_weeks,
        });
        let extra_hours = image.extra_hours.into_iter().map(|image| ExtraHours {
            date: image.date,
            from: image.from,
            to: image.to,
        });
        let absences = image.absences.into_iter().map(|image| Absence {
            from: image.from,
            to: image.to,
            reason: image.reason,
            imported: image.imported.map(|image| ImportedFrom {
                uid: image.uid,
                occurrence: image.occurrence,
            }),
        });
        Self {
            id: PractitionerId::new(image.id),
            name: image.name,
            services: image.services.into_iter().map(ServiceId::new).collect(),
            hours: hours.collect(),
            extra_hours: extra_hours.collect(),
            absences: absences.collect(),
        }
    }
}
