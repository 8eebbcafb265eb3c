//! The service that the card of a new visit begins with.

use std::collections::HashSet;

use ordo_core::model::{Appointment, Clinic, PatientId, PractitionerId, Service};

use crate::patients::all_visits;
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// The service that a new visit with a practitioner most likely is for; none where they offer nothing.
    ///
    /// With a length in minutes, what comes nearest to it of what would do. Without a patient as for a new one.
    pub fn proposed_service(
        &self,
        patient: Option<&PatientId>,
        practitioner: &PractitionerId,
        minutes: Option<u32>,
    ) -> Result<Option<String>, Error> {
        self.allow(UseCase::ProposedService)?;
        if let Some(patient) = patient {
            self.allow_patient(patient)?;
        }
        self.store.read(|view| {
            let clinic = view.clinic()?;
            let visits = match patient {
                Some(patient) => all_visits(view, patient)?,
                None => Vec::new(),
            };
            let proposed = proposed(&clinic, practitioner, &visits, minutes);
            Ok(proposed.map(|service| service.id.to_string()))
        })
    }
}

/// The service to propose, of those that a practitioner offers, to somebody with these visits, by start.
///
/// A first visit is for nobody who came for its discipline before. Of the rest it is what comes nearest to the length, if
/// one is given; then what is of a discipline that they come for, what they had last, a first visit, the first of the list.
fn proposed<'a>(
    clinic: &'a Clinic,
    practitioner: &PractitionerId,
    visits: &[Appointment],
    minutes: Option<u32>,
) -> Option<&'a Service> {
    let giver = clinic
        .practitioners
        .iter()
        .find(|each| &each.id == practitioner)?;
    let taken = || visits.iter().filter(|visit| visit.status.occupies_time());
    let discipline_of = |visit: &Appointment| {
        let service = clinic.services.iter().find(|each| each.id == visit.service)?;
        Some(&service.discipline)
    };
    let known: HashSet<_> = taken().filter_map(discipline_of).collect();
    let last = |service: &Service| {
        let last = taken().rfind(|visit| visit.service == service.id);
        last.map(|visit| visit.start)
    };
    let mut offered: Vec<&Service> = clinic
        .services
        .iter()
        .filter(|service| giver.services.contains(&service.id))
        .collect();
    // Sorting keeps the order of the list among equals.
    offered.sort_by_key(|service| {
        let is_known = known.contains(&service.discipline);
        let off = minutes.map(|minutes| service.minutes.abs_diff(minutes));
        (
            is_known && service.first_visit,
            off,
            std::cmp::Reverse(is_known),
            std::cmp::Reverse(last(service)),
            !service.first_visit,
        )
    });
    offered.first().copied()
}

#[cfg(test)]
mod tests {
    use ordo_core::model::{AppointmentId, AppointmentStatus};

    use crate::Desk;
    use crate::test_support::{CLINIC, TestHost, empty_desk};

    /// Pia assesses for an hour and treats for 45 or 30 minutes, and massages as Max does.
    fn clinic() -> String {
        CLINIC
            .replace(
                r#"{"id": "physio-45","#,
                r#"{"id": "physio-30", "discipline": "physio", "name": "Physio 30", "minutes": 30},
    {"id": "physio-first", "discipline": "physio", "name": "First", "minutes": 60, "first_visit": true},
    {"id": "physio-45","#,
            )
            .replace(
                r#""services": ["physio-45"]"#,
                r#""services": ["physio-first", "physio-30", "physio-45", "rmt-60"]"#,
            )
    }

    fn desk_of(clinic: &str) -> (tempfile::TempDir, Desk<TestHost>) {
        let (folder, mut desk) = empty_desk();
        desk.import(clinic, "").expect("a clinic");
        (folder, desk)
    }

    fn proposed(desk: &Desk<TestHost>, patient: Option<&str>, with: &str, minutes: Option<u32>) -> String {
        let patient = patient.map(Into::into);
        let answer = desk.proposed_service(patient.as_ref(), &with.into(), minutes);
        answer.expect("an answer").expect("a service")
    }

    #[test]
    fn somebody_new_begins_with_a_first_visit_and_nobody_else_does() {
        let (_folder, mut desk) = desk_of(&clinic());
        assert_eq!(proposed(&desk, Some("new"), "pia", None), "physio-first");
        assert_eq!(proposed(&desk, None, "pia", None), "physio-first");
        assert_eq!(proposed(&desk, Some("new"), "max", None), "rmt-60");
        // Omar was here for physiotherapy, and goes on with what he had.
        assert_eq!(proposed(&desk, Some("omar"), "pia", None), "physio-45");
        // Max offers nothing that he had.
        assert_eq!(proposed(&desk, Some("omar"), "max", None), "rmt-60");

        // A visit that did not take place makes nobody known.
        for visit in ["o1", "o2"] {
            let visit = AppointmentId::from(visit);
            desk.put_status(&visit, AppointmentStatus::Cancelled, "ill")
                .expect("called off");
        }
        assert_eq!(proposed(&desk, Some("omar"), "pia", None), "physio-first");
    }

    #[test]
    fn after_a_first_visit_alone_comes_the_first_of_the_others() {
        let assessed = clinic().replace(
            r#""patient": "omar", "service": "physio-45""#,
            r#""patient": "omar", "service": "physio-first""#,
        );
        let (_folder, desk) = desk_of(&assessed);
        assert_eq!(proposed(&desk, Some("omar"), "pia", None), "physio-30");
    }

    #[test]
    fn a_drawn_length_chooses_among_what_would_do() {
        let (_folder, desk) = desk_of(&clinic());
        assert_eq!(proposed(&desk, Some("omar"), "pia", Some(30)), "physio-30");
        // An hour would be the first visit, which he had: the massage is as long.
        assert_eq!(proposed(&desk, Some("omar"), "pia", Some(60)), "rmt-60");
        assert_eq!(proposed(&desk, Some("new"), "pia", Some(60)), "physio-first");
        assert_eq!(proposed(&desk, Some("new"), "pia", Some(45)), "physio-45");
    }

    #[test]
    fn who_offers_nothing_has_nothing_proposed() {
        let (_folder, desk) = desk_of(&clinic());
        let none = desk.proposed_service(None, &"nobody".into(), None);
        assert_eq!(none.expect("an answer"), None);
    }
}
