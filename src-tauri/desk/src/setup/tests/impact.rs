use super::*;

#[test]
fn an_absence_tells_the_visits_it_hits_before_it_is_saved() {
    let (_folder, mut desk) = small_desk();
    let mut pia = practitioner(&desk, "pia");
    pia.absences.push(AbsenceForm {
        from: local("2026-03-03T11:30"),
        to: local("2026-03-11T00:00"),
        reason: "Course".to_owned(),
    });
    let hit = desk
        .part_impact(&ClinicPart::Practitioner(pia.clone()))
        .expect("an impact");
    let told: Vec<_> = hit
        .iter()
        .map(|hit| (hit.visit.id.as_str(), hit.patient_name.as_str()))
        .collect();
    assert_eq!(told, [("p0", "Zoé Gagnon"), ("p1", "Zoé Gagnon")]);
    assert_eq!(hit[0].phone, "416 555 0143");
    assert!(hit[0].why.contains("away"), "{}", hit[0].why);
    // What does not fit already is no news.
    save_practitioner(&mut desk, pia.clone()).expect("saved");
    pia.hours.clear();
    let hit = desk
        .part_impact(&ClinicPart::Practitioner(pia))
        .expect("an impact");
    let told: Vec<_> = hit.iter().map(|hit| hit.visit.id.as_str()).collect();
    assert_eq!(told, ["o2", "z2"]);
}

#[test]
fn visits_that_no_longer_fit_wait_until_they_are_moved_or_called_off() {
    let (_folder, mut desk) = small_desk();
    let waiting = |desk: &Desk<TestHost>| -> Vec<String> {
        let visits = desk.misplaced_visits().expect("a list");
        visits.into_iter().map(|each| each.visit.id).collect()
    };
    assert_eq!(waiting(&desk), [""; 0]);
    let mut pia = practitioner(&desk, "pia");
    pia.absences.push(AbsenceForm {
        from: local("2026-03-02T00:00"),
        to: local("2026-03-11T00:00"),
        reason: "Course".to_owned(),
    });
    let saved = save_practitioner(&mut desk, pia).expect("saved");
    assert_eq!(waiting(&desk), ["o2", "p0", "p1"]);
    desk.put_status(
        &"o2".into(),
        ordo_core::model::AppointmentStatus::Cancelled,
        "Course",
    )
    .expect("called off");
    let moved = crate::Move {
        start: local("2026-03-11T09:00"),
        practitioner: None,
        room: None,
        minutes: None,
        override_reason: "asked for it".to_owned(),
    };
    desk.move_visit(&"p1".into(), &moved, "").expect("moved");
    assert_eq!(waiting(&desk), ["p0"]);
    desk.take_back(saved.entry).expect("undone");
    assert_eq!(waiting(&desk), [""; 0]);
}

#[test]
fn other_parts_tell_what_they_hit_too() {
    let (_folder, desk) = small_desk();
    let setup = desk.setup().expect("a set-up");
    let ids = |part: &ClinicPart| -> Vec<String> {
        let hit = desk.part_impact(part).expect("an impact");
        hit.into_iter().map(|hit| hit.visit.id).collect()
    };
    let closed = ClinicPart::Closures(ClosuresForm {
        year: 2026,
        closures: vec![ClosureForm {
            date: "2026-03-09".parse().expect("a date"),
            name: "Works".to_owned(),
        }],
    });
    assert_eq!(ids(&closed), ["m1"]);
    let unfit = ClinicPart::Room(RoomForm {
        kinds: vec!["gym".to_owned()],
        ..setup.rooms[0].clone()
    });
    assert_eq!(ids(&unfit), ["m0", "m1"]);
    let mut max = practitioner(&desk, "max");
    max.services.clear();
    assert_eq!(ids(&ClinicPart::Practitioner(max)), ["m0", "m1"]);
    assert_eq!(ids(&ClinicPart::Settings(setup.settings)), [""; 0]);
    assert_eq!(ids(&ClinicPart::Room(room("Pool"))), [""; 0]);
}

#[test]
fn a_week_is_drawn_with_turns_single_dates_absences_and_closures() {
    let (_folder, desk) = small_desk();
    let mut pia = practitioner(&desk, "pia");
    // Good Friday, 3 April, is closed; Mondays take turns from the week before.
    pia.hours[0].every_weeks = 2;
    pia.hours[0].valid_from = Some("2026-03-23".parse().expect("a date"));
    pia.absences.push(AbsenceForm {
        from: local("2026-03-31T12:00"),
        to: local("2026-04-01T00:00"),
        reason: "Course".to_owned(),
    });
    let week = desk
        .practitioner_week(&pia, "2026-03-30".parse().expect("a date"))
        .expect("a week");
    let spans: Vec<Vec<(u32, u32)>> = week
        .iter()
        .map(|day| {
            day.working
                .iter()
                .map(|span| (span.from_minute, span.to_minute))
                .collect()
        })
        .collect();
    let whole = vec![(540, 1020)];
    assert_eq!(
        spans,
        [
            vec![],
            vec![(540, 720)],
            whole.clone(),
            whole,
            vec![],
            vec![],
            vec![]
        ]
    );
    assert_eq!(week[1].away[0].reason, "Course");
    assert_eq!(week[4].closed.as_deref(), Some("Good Friday"));
    let next = desk
        .practitioner_week(&pia, "2026-04-06".parse().expect("a date"))
        .expect("a week");
    assert_eq!(next[0].working.len(), 1);
}
