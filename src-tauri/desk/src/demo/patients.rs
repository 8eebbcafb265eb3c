//! The demo clinic's patients.

use chrono::{NaiveDate, TimeDelta, Weekday};
use ordo_core::Language;
use ordo_core::model::{AvailabilityWindow, Contact, Patient};
use ordo_core::time::TimeOfDay;

use super::names::patient_name;
use super::random::Random;

/// How many patients there are.
pub(super) const COUNT: usize = 400;

/// All patients, always the same ones.
pub(super) fn patients(language: Language) -> Vec<Patient> {
    let mut random = Random::new(0x0a11_ce00);
    (0..COUNT)
        .map(|index| patient(index, language, &mut random))
        .collect()
}

fn patient(index: usize, language: Language, random: &mut Random) -> Patient {
    let notes_offered = [
        language.pick("Prefers the quiet room.", "Préfère la salle calme."),
        language.pick(
            "Needs a few extra minutes to change.",
            "A besoin de quelques minutes pour se changer.",
        ),
        language.pick(
            "Please call, does not read e-mail.",
            "Téléphoner; ne lit pas ses courriels.",
        ),
        language.pick("Comes with a service dog.", "Vient avec un chien d’assistance."),
        language.pick("Latex allergy.", "Allergie au latex."),
        language.pick("Préfère le français.", "Prefers English."),
    ];
    let phone = format!("613-555-{:04}", 100 + index);
    let email = if random.percent(70) {
        format!("patient{}@example.org", index + 1)
    } else {
        String::new()
    };
    let birth =
        NaiveDate::from_ymd_opt(1938, 1, 1).map(|first| first + TimeDelta::days(random.below(26_000) as i64));
    let availability = if random.percent(12) {
        after_work(random)
    } else {
        Vec::new()
    };
    let notes = if random.percent(15) {
        random.pick(&notes_offered).copied().unwrap_or_default()
    } else {
        ""
    };
    Patient {
        contact: Contact { phone, email },
        date_of_birth: birth,
        availability,
        notes: notes.to_owned(),
        ..Patient::named(format!("pt{:03}", index + 1).as_str().into(), patient_name(index))
    }
}

/// Weekday afternoons from 14:00 or 15:00, Saturdays all day.
fn after_work(random: &mut Random) -> Vec<AvailabilityWindow> {
    let from = TimeOfDay::from_minutes(if random.percent(50) { 14 * 60 } else { 15 * 60 });
    let window = |weekday, from| AvailabilityWindow {
        weekday,
        from,
        to: TimeOfDay::END_OF_DAY,
    };
    [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ]
    .into_iter()
    .map(|weekday| window(weekday, from.unwrap_or(TimeOfDay::MIDNIGHT)))
    .chain([window(Weekday::Sat, TimeOfDay::MIDNIGHT)])
    .collect()
}
