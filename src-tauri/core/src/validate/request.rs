//! Whether a request fits the clinic that it is asked of.

use std::collections::HashSet;

use super::{Check, Fault, Known, step};
use crate::model::{ClinicRecords, Request, Rhythm, Session};
use crate::said;
use crate::time::ZoneClock;

/// Everything in a request that does not fit a clinic's records, with its place in a request file.
///
/// Numbers out of range are the reader's to find: they need no clinic.
pub fn request_faults(records: &ClinicRecords, request: &Request) -> Vec<Fault> {
    let mut check = Check::new();
    let clock = ZoneClock::new(records.clinic.time_zone);
    let known = Known::of(records);
    check.known(".patient", "patient", request.patient.as_str(), &known.patients);
    check.exists(".now", request.now, &clock);
    let [first, second] = &request.order;
    for (index, discipline) in [first, second].into_iter().enumerate() {
        // An order of one discipline holds it twice.
        if index == 0 || first != second {
            let field = format!(".order[{index}]");
            check.known(&field, "discipline", discipline.as_str(), &known.disciplines);
        }
    }
    for rhythm in &request.rhythms {
        rhythm_at(&mut check, rhythm, records, &known);
    }
    for (list, sessions) in [("fixed", &request.fixed), ("current", &request.current)] {
        let mut named = HashSet::new();
        for (index, session) in sessions.iter().enumerate() {
            check.at(list, index, |check| {
                session_at(check, session, request, &known, &clock);
                if !named.insert((&session.discipline, session.week)) {
                    check.fault(
                        "",
                        said!(
                            "this session stands here twice; keep one",
                            "cette séance figure deux fois ici; gardez-en une"
                        ),
                    );
                }
            });
        }
    }
    let appointments: HashSet<&str> = match request.replaces.is_empty() {
        true => HashSet::new(),
        false => records.appointments.iter().map(|item| item.id.as_str()).collect(),
    };
    for (index, id) in request.replaces.iter().enumerate() {
        if !appointments.contains(id.as_str()) {
            let id = id.as_str();
            let text = said!(
                "there is no appointment {id:?} in the clinic",
                "la clinique n’a pas de rendez-vous «\u{a0}{id}\u{a0}»"
            );
            check.fault(&format!(".replaces[{index}]"), text);
        }
    }
    check.faults
}

fn rhythm_at(check: &mut Check, rhythm: &Rhythm, records: &ClinicRecords, known: &Known<'_>) {
    let field = format!(".disciplines{}", step(rhythm.discipline.as_str()));
    let service = rhythm.service.as_str();
    let service_field = format!("{field}.service");
    check.known(
        &field,
        "discipline",
        rhythm.discipline.as_str(),
        &known.disciplines,
    );
    if let Some(found) = check.known(&service_field, "service", service, &known.services) {
        let of = &records.clinic.services[found].discipline;
        if *of != rhythm.discipline {
            let of = of.as_str();
            let text = said!(
                "service {service:?} is of {of:?}; choose one of this discipline",
                "le service «\u{a0}{service}\u{a0}» est de «\u{a0}{of}\u{a0}»; choisissez-en un de cette discipline"
            );
            check.fault(&service_field, text);
        }
    }
    if rhythm.practitioners.is_empty() {
        check.fault(
            &format!("{field}.practitioners"),
            said!(
                "at least one practitioner is needed",
                "il faut au moins un praticien"
            ),
        );
    }
    for (index, id) in rhythm.practitioners.iter().enumerate() {
        let field = format!("{field}.practitioners[{index}]");
        if let Some(found) = check.known(&field, "practitioner", id.as_str(), &known.practitioners)
            && known.services.contains_key(service)
            && !records.clinic.practitioners[found]
                .services
                .contains(&rhythm.service)
        {
            let id = id.as_str();
            let text = said!(
                "practitioner {id:?} does not offer service {service:?}",
                "le praticien «\u{a0}{id}\u{a0}» n’offre pas le service «\u{a0}{service}\u{a0}»"
            );
            check.fault(&field, text);
        }
    }
}

fn session_at(check: &mut Check, session: &Session, request: &Request, known: &Known<'_>, clock: &ZoneClock) {
    let rhythm = request
        .rhythms
        .iter()
        .find(|rhythm| rhythm.discipline == session.discipline);
    match rhythm {
        None => check.fault(
            ".discipline",
            said!(
                "the request does not ask for this discipline",
                "la demande ne porte pas sur cette discipline"
            ),
        ),
        Some(rhythm) if session.week >= request.weeks || !rhythm.has_session_in(session.week) => {
            check.fault(
                ".week",
                said!(
                    "the request has no session of this discipline in this week",
                    "la demande n’a pas de séance de cette discipline cette semaine-là"
                ),
            );
        }
        Some(_) => {}
    }
    let practitioner = session.practitioner.as_str();
    check.known(
        ".practitioner",
        "practitioner",
        practitioner,
        &known.practitioners,
    );
    if let Some(room) = &session.room {
        check.known(".room", "room", room.as_str(), &known.rooms);
    }
    check.year(".start", session.start.date());
    check.exists(".start", session.start, clock);
}
