//! The services that a clinic starts with.

use ordo_core::Language;
use ordo_core::model::{Discipline, Service};

/// The kinds of room that the services ask for.
pub(super) const TREATMENT: &str = "treatment";
pub(super) const GYM: &str = "gym";
pub(super) const MASSAGE: &str = "massage";

/// The one for somebody who comes for the first time.
const FIRST_VISIT: &str = "physio-first";

/// The services that a clinic starts with, named in one language.
pub(crate) fn shipped_services(language: Language) -> Vec<Service> {
    let (physio, massage) = (Discipline::PHYSIOTHERAPY, Discipline::MASSAGE);
    [
        (
            FIRST_VISIT,
            physio,
            ("Physiotherapy, first visit", "Physiothérapie, première visite"),
            (60, 0),
            &[TREATMENT][..],
        ),
        (
            "physio-45",
            physio,
            ("Physiotherapy 45 min", "Physiothérapie 45 min"),
            (45, 0),
            &[TREATMENT, GYM],
        ),
        (
            "physio-30",
            physio,
            ("Physiotherapy 30 min", "Physiothérapie 30 min"),
            (30, 0),
            &[TREATMENT, GYM],
        ),
        (
            "rmt-30",
            massage,
            ("Massage therapy 30 min", "Massothérapie 30 min"),
            (30, 15),
            &[MASSAGE],
        ),
        (
            "rmt-45",
            massage,
            ("Massage therapy 45 min", "Massothérapie 45 min"),
            (45, 15),
            &[MASSAGE],
        ),
        (
            "rmt-60",
            massage,
            ("Massage therapy 60 min", "Massothérapie 60 min"),
            (60, 15),
            &[MASSAGE],
        ),
    ]
    .map(
        |(id, discipline, (english, french), (minutes, buffer_minutes), kinds)| Service {
            id: id.into(),
            discipline: discipline.into(),
            name: language.pick(english, french).to_owned(),
            minutes,
            buffer_minutes,
            room_kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
            first_visit: id == FIRST_VISIT,
        },
    )
    .into()
}
