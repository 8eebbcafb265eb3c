//! Calendars of other things than a practitioner's days: a patient's series, the clinic's closures.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Event, EventTime, Export, visit_event};
use crate::Language;
use crate::model::{Appointment, Clinic, Closure, NamesShown};

/// A patient's visits, for the patient: what, with whom, where; nobody else's name and no note.
///
/// Called-off visits are shown as such, so that a calendar that has them takes them out.
pub fn patient_export(clinic: &Clinic, visits: &[Appointment], language: Language) -> Export {
    let events = visits
        .iter()
        .map(|visit| patient_event(clinic, visit, language))
        .collect();
    let dates = visits.iter().map(|visit| visit.start.date());
    let from = dates.clone().min().unwrap_or_default();
    Export {
        name: format!("{} – {}", clinic.name, language.pick("visits", "rendez-vous")),
        time_zone: clinic.time_zone,
        color: None,
        from,
        to: dates.max().unwrap_or(from),
        events,
    }
}

fn patient_event(clinic: &Clinic, visit: &Appointment, language: Language) -> Event {
    // The same identity as in a practitioner's calendar, without anything that it says about the patient.
    let event = visit_event(clinic, visit, "", NamesShown::Initials, language);
    let practitioner = clinic
        .practitioners
        .iter()
        .find(|known| known.id == visit.practitioner);
    let with = practitioner.map_or_else(String::new, |known| match language {
        Language::English => format!("With {}.", known.name),
        Language::French => format!("Avec {}.", known.name),
    });
    let place = [clinic.name.as_str(), event.location.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.trim().is_empty()).collect();
    Event {
        location: place.join(", "),
        description: with,
        ..event
    }
}

/// The dates from one to another on which the clinic is closed.
pub fn closures_export(clinic: &Clinic, from: NaiveDate, to: NaiveDate, language: Language) -> Export {
    let within = |closure: &&Closure| (from..=to).contains(&closure.date);
    let events = clinic.closures.iter().filter(within);
    Export {
        name: format!("{} – {}", clinic.name, language.pick("closed", "fermé")),
        time_zone: clinic.time_zone,
        color: None,
        from,
        to,
        events: events.map(|closure| closure_event(closure, language)).collect(),
    }
}

fn closure_event(closure: &Closure, language: Language) -> Event {
    let name = closure.name.trim();
    let summary = match (name.is_empty(), language) {
        (true, Language::English) => "Closed".to_owned(),
        (true, Language::French) => "Fermé".to_owned(),
        (false, Language::English) => format!("Closed: {name}"),
        (false, Language::French) => format!("Fermé\u{a0}: {name}"),
    };
    Event {
        uid: format!("closure-{}@ordo", closure.date),
        time: EventTime::Between {
            from: closure.date.and_time(NaiveTime::MIN),
            to: (closure.date + Days::new(1)).and_time(NaiveTime::MIN),
        },
        summary,
        location: String::new(),
        description: String::new(),
        cancelled: false,
        occupies_time: true,
        out_of_office: true,
        revision: 0,
        changed_at: None,
        series: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ical::calendar_text;
    use crate::test_support::*;

    #[test]
    fn closures_are_whole_days() {
        let mut clinic = clinic();
        let date = |text: &str| text.parse().expect("a date");
        clinic.closures = vec![
            Closure {
                date: date("2026-04-03"),
                name: "Vendredi saint".to_owned(),
            },
            Closure {
                date: date("2027-01-01"),
                name: String::new(),
            },
        ];
        let text = calendar_text(&closures_export(
            &clinic,
            date("2026-01-01"),
            date("2026-12-31"),
            Language::French,
        ));
        assert!(text.contains("SUMMARY:Fermé\u{a0}: Vendredi saint\r\n"), "{text}");
        assert!(
            text.contains("DTSTART;VALUE=DATE:20260403\r\nDTEND;VALUE=DATE:20260404\r\n"),
            "{text}"
        );
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    }
}
