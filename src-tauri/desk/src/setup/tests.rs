use ordo_core::Language;
use ordo_store::Which;

use crate::test_support::{CLINIC, TestHost, empty_desk, local, second_desk, small_desk};
use crate::view::board::Saved;
use crate::view::protocols::{NoteForm, ProtocolsForm};
use crate::view::setup::{
    AbsenceForm, ClinicPart, ClosureForm, ClosuresForm, HoursForm, PractitionerForm, RoomForm, ServiceForm,
};
use crate::{Code, Desk, Error};

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Error {
    result.expect_err("a refusal")
}

fn practitioner(desk: &Desk<TestHost>, id: &str) -> PractitionerForm {
    let setup = desk.setup().expect("a set-up");
    setup
        .practitioners
        .into_iter()
        .find(|known| known.id == id)
        .expect("a practitioner")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "tests make the parts where they name them"
)]
fn save(
    desk: &mut Desk<TestHost>,
    original: Option<ClinicPart>,
    edited: Option<ClinicPart>,
) -> Result<Saved, Error> {
    desk.save_part(original.as_ref(), edited.as_ref())
}

fn save_practitioner(desk: &mut Desk<TestHost>, edited: PractitionerForm) -> Result<Saved, Error> {
    let original = practitioner(desk, &edited.id);
    save(
        desk,
        Some(ClinicPart::Practitioner(original)),
        Some(ClinicPart::Practitioner(edited)),
    )
}

fn room(name: &str) -> RoomForm {
    RoomForm {
        id: String::new(),
        name: name.to_owned(),
        kinds: vec![" gym ".to_owned(), "gym".to_owned(), " ".to_owned()],
    }
}

#[test]
fn parts_are_added_changed_removed_and_undone() {
    let (_folder, mut desk) = small_desk();
    let before = desk.records().expect("records").clinic;
    let Saved { id, .. } = save(&mut desk, None, Some(ClinicPart::Room(room("Pool")))).expect("added");
    let pool = desk.setup().expect("a set-up").rooms.pop().expect("a room");
    assert_eq!(
        (pool.id.as_str(), pool.kinds.as_slice()),
        (id.as_str(), &["gym".to_owned()][..])
    );
    let renamed = RoomForm {
        name: "Warm pool".to_owned(),
        ..pool.clone()
    };
    save(
        &mut desk,
        Some(ClinicPart::Room(pool)),
        Some(ClinicPart::Room(renamed.clone())),
    )
    .expect("changed");
    save(&mut desk, Some(ClinicPart::Room(renamed)), None).expect("removed");
    assert_eq!(desk.clinic().expect("a clinic"), before);
    for _ in 0..3 {
        desk.undo(Which::Last, "").expect("undone");
    }
    assert_eq!(desk.clinic().expect("a clinic"), before);

    let mut settings = desk.setup().expect("a set-up").settings;
    let original = ClinicPart::Settings(settings.clone());
    settings.name = "Lakeside".to_owned();
    settings.time_zone = "America/Vancouver".to_owned();
    save(&mut desk, Some(original), Some(ClinicPart::Settings(settings))).expect("changed");
    let clinic = desk.clinic().expect("a clinic");
    assert_eq!(
        (clinic.name.as_str(), clinic.time_zone.name()),
        ("Lakeside", "America/Vancouver")
    );
    assert!(
        desk.setup()
            .expect("a set-up")
            .time_zones
            .contains(&"America/Toronto".to_owned())
    );
}

#[test]
fn what_history_names_is_kept() {
    let (_folder, mut desk) = small_desk();
    let setup = desk.setup().expect("a set-up");
    for part in [
        ClinicPart::Room(setup.rooms[0].clone()),
        ClinicPart::Service(setup.services[0].clone()),
        ClinicPart::Practitioner(setup.practitioners[0].clone()),
    ] {
        assert_eq!(refusal(save(&mut desk, Some(part), None)).code, Code::HasHistory);
    }
    assert_eq!(desk.setup().expect("a set-up"), setup);
}

#[test]
fn two_people_at_one_part_do_not_overwrite_each_other() {
    let (folder, mut desk) = small_desk();
    let original = ClinicPart::Room(desk.setup().expect("a set-up").rooms.remove(0));
    let named = |name: &str| {
        let ClinicPart::Room(form) = &original else {
            panic!("a room")
        };
        Some(ClinicPart::Room(RoomForm {
            name: name.to_owned(),
            ..form.clone()
        }))
    };
    save(&mut second_desk(&folder), Some(original.clone()), named("Theirs")).expect("changed");
    let error = refusal(save(&mut desk, Some(original.clone()), named("Mine")));
    assert_eq!(error.code, Code::ChangedMeanwhile);
    assert_eq!(desk.setup().expect("a set-up").rooms[0].name, "Theirs");
}

#[test]
fn faults_are_named_in_both_languages() {
    let (_folder, mut desk) = small_desk();
    let setup = desk.setup().expect("a set-up");
    let max = practitioner(&desk, "max");
    let hours = HoursForm {
        weekday: 4,
        from_minute: 540,
        to_minute: 540,
        valid_from: None,
        valid_to: None,
        every_weeks: 1,
    };
    let with_hours = |hours: HoursForm| {
        ClinicPart::Practitioner(PractitionerForm {
            hours: vec![hours],
            ..max.clone()
        })
    };
    let with_absence = |from: &str, to: &str| {
        ClinicPart::Practitioner(PractitionerForm {
            absences: vec![AbsenceForm {
                from: local(from),
                to: local(to),
                reason: String::new(),
            }],
            ..max.clone()
        })
    };
    let closures = |dates: &[&str]| {
        ClinicPart::Closures(ClosuresForm {
            year: 2026,
            closures: dates
                .iter()
                .map(|date| ClosureForm {
                    date: date.parse().expect("a date"),
                    name: "Closed".to_owned(),
                })
                .collect(),
        })
    };
    let service = |minutes| {
        ClinicPart::Service(ServiceForm {
            minutes,
            ..setup.services[0].clone()
        })
    };
    let mut settings = setup.settings.clone();
    settings.slot_minutes = 7;
    let mut lost = setup.settings.clone();
    lost.time_zone = "Mars/Base".to_owned();
    for (bad, says) in [
        (with_hours(hours.clone()), "the end"),
        (
            with_hours(HoursForm {
                to_minute: 2000,
                ..hours.clone()
            }),
            "the end",
        ),
        (
            with_hours(HoursForm {
                to_minute: 600,
                every_weeks: 2,
                ..hours.clone()
            }),
            "first date",
        ),
        (
            with_hours(HoursForm {
                to_minute: 600,
                every_weeks: 99,
                ..hours.clone()
            }),
            "rhythm",
        ),
        (with_absence("2026-03-02T10:00", "2026-03-02T10:00"), "the end"),
        (with_absence("2026-03-08T02:30", "2026-03-08T10:00"), "beginning"),
        (service(0), "length"),
        (
            ClinicPart::Room(RoomForm {
                name: "  ".to_owned(),
                ..setup.rooms[0].clone()
            }),
            "name",
        ),
        (ClinicPart::Settings(settings), "grid"),
        (ClinicPart::Settings(lost), "Mars/Base"),
        (closures(&["2027-01-01"]), "2026"),
        (closures(&["2026-01-01", "2026-01-01"]), "date"),
    ] {
        let original = super::forms::present(&desk.clinic().expect("a clinic"), &bad);
        desk.speak(Language::English);
        let error = refusal(save(&mut desk, original.clone(), Some(bad.clone())));
        assert_eq!(error.code, Code::BadRequest, "{error}");
        assert!(error.message.contains(says), "{error}");
        desk.speak(Language::French);
        assert_ne!(
            refusal(save(&mut desk, original, Some(bad))).message,
            error.message
        );
    }
    desk.speak(Language::English);
    assert_eq!(refusal(save(&mut desk, None, None)).code, Code::BadRequest);
    assert_eq!(desk.setup().expect("a set-up"), setup);
}

#[test]
fn holidays_are_proposed_and_closures_saved_by_year() {
    let (_folder, mut desk) = small_desk();
    let lines = desk.holidays(2026).expect("holidays");
    assert_eq!(lines.iter().filter(|line| line.statutory).count(), 9);
    let closed: Vec<_> = lines
        .iter()
        .filter(|line| line.closed)
        .map(|line| line.name.as_str())
        .collect();
    assert_eq!(closed, ["Good Friday"]);
    let year = |year, closures| ClinicPart::Closures(ClosuresForm { year, closures });
    let closure = |date: &str| ClosureForm {
        date: date.parse().expect("a date"),
        name: "Closed".to_owned(),
    };
    let setup = desk.setup().expect("a set-up");
    let original = year(2026, setup.closures);
    let edited = year(2026, vec![closure("2026-07-01"), closure("2026-12-25")]);
    save(&mut desk, Some(original.clone()), Some(edited)).expect("saved");
    save(
        &mut desk,
        Some(year(2027, Vec::new())),
        Some(year(2027, vec![closure("2027-01-01")])),
    )
    .expect("saved");
    let dates: Vec<_> = desk
        .setup()
        .expect("a set-up")
        .closures
        .iter()
        .map(|closure| closure.date.to_string())
        .collect();
    assert_eq!(dates, ["2026-07-01", "2026-12-25", "2027-01-01"]);
    assert_eq!(
        refusal(save(&mut desk, Some(original), None)).code,
        Code::ChangedMeanwhile
    );
    desk.speak(Language::French);
    assert_eq!(desk.holidays(2026).expect("holidays")[0].name, "Jour de l’An");
}

#[test]
fn a_first_start_is_a_demo_a_new_clinic_or_a_file() {
    let (_folder, mut desk) = empty_desk();
    assert!(desk.is_empty().expect("read"));
    desk.start_demo().expect("a demo");
    assert_eq!(desk.records().expect("records").patients.len(), 400);
    assert_eq!(refusal(desk.start_demo()).code, Code::NotEmpty);

    let (_folder, mut desk) = empty_desk();
    let report = desk.check_file(CLINIC);
    assert_eq!(report.faults, []);
    assert_eq!(
        report
            .holds
            .map(|holds| (holds.name, holds.patients, holds.appointments)),
        Some(("Riverside".to_owned(), 4, 7))
    );
    let broken = CLINIC.replace("\"to\": \"17:00\"", "\"to\": \"07:00\"");
    let report = desk.check_file(&broken);
    assert_eq!(report.holds, None);
    let first = &report.faults[0];
    assert_eq!(first.path, "$.practitioners[0].hours[0].to");
    assert_eq!(first.place, "practitioner “Max Roy”, hours 1");
    assert_eq!(first.text, "the end, 07:00, must come after the start, 09:00");
    assert_eq!(report.faults.len(), 7);
    assert_eq!(refusal(desk.start_file(&broken)).code, Code::BadFile);
    desk.speak(Language::French);
    let french = &desk.check_file(&broken).faults[0];
    assert_eq!(french.place, "praticien «\u{a0}Max Roy\u{a0}», heures 1");
    assert_eq!(french.text, "la fin, 07:00, doit venir après le début, 09:00");
    let error = refusal(desk.start_file(&broken));
    assert!(error.message.starts_with("le fichier a 7 erreurs"), "{error}");
    desk.speak(Language::English);
    assert_eq!(desk.check_file("").faults.len(), 1);
    assert!(desk.is_empty().expect("read"));
    desk.start_file(CLINIC).expect("a clinic");
    assert_eq!(desk.clinic().expect("a clinic").name, "Riverside");
}

#[test]
fn a_new_clinic_starts_with_what_ontario_needs() {
    for language in Language::ALL {
        let (_folder, mut desk) = empty_desk();
        desk.speak(language);
        let mut form = desk.new_clinic_defaults();
        assert_eq!(
            refusal(desk.start_new(&form)).code,
            Code::BadRequest,
            "names are missing"
        );
        form.settings.name = " Lakeside ".to_owned();
        form.practitioners[0].name = "Ana".to_owned();
        form.practitioners[1].name = "Ben".to_owned();
        let mut nobody = form.clone();
        nobody.practitioners.clear();
        let mut lost = form.clone();
        lost.settings.time_zone = "Mars/Base".to_owned();
        let mut backwards = form.clone();
        backwards.opening[0].to_minute = 0;
        for bad in [nobody, lost, backwards] {
            assert_eq!(refusal(desk.start_new(&bad)).code, Code::BadRequest);
            assert!(desk.is_empty().expect("read"));
        }
        desk.start_new(&form).expect("a clinic");
        let clinic = desk.clinic().expect("a clinic");
        assert_eq!(
            (clinic.name.as_str(), clinic.time_zone.name()),
            ("Lakeside", "America/Toronto")
        );
        assert_eq!(
            (clinic.rooms.len(), clinic.closures.len(), clinic.services.len()),
            (3, 18, 6)
        );
        assert_eq!(clinic.practitioners[0].hours.len(), 5);
        assert_eq!(clinic.practitioners[1].services[0].as_str(), "rmt-30");
        let kinds: Vec<_> = clinic
            .services
            .iter()
            .flat_map(|service| &service.room_kinds)
            .collect();
        let fits = |kind: &&String| clinic.rooms.iter().any(|room| room.kinds.contains(kind));
        assert!(kinds.iter().all(fits), "every service has a room");
    }
}

#[test]
fn protocols_go_on_in_versions_and_tell_what_they_affect() {
    let (_folder, desk) = small_desk();
    let mut records = desk.records().expect("records");
    records.series[0].basis.conditions = vec!["low-back-pain".to_owned()];
    records.series[0].basis.protocol_version = 1;
    let (_folder, mut desk) = {
        drop(desk);
        empty_desk()
    };
    desk.import_records(&records, "").expect("a clinic");
    let view = desk.protocols_view(None).expect("protocols");
    assert_eq!(
        (
            view.version,
            view.versions[0].series,
            view.versions[0].by.as_str()
        ),
        (1, 1, "front desk")
    );
    let mut form: ProtocolsForm = view.form.clone();
    assert_eq!(desk.protocols_impact(&form).expect("an impact"), []);
    assert_eq!(
        refusal(desk.save_protocols(1, &form)).code,
        Code::BadRequest,
        "nothing is changed"
    );
    let back = form
        .conditions
        .iter_mut()
        .find(|condition| condition.id == "low-back-pain")
        .expect("a condition");
    back.first = "physio".to_owned();
    let effects = desk.protocols_impact(&form).expect("an impact");
    assert_eq!(effects[0].patient_name, "Zoé Gagnon");
    assert_eq!(
        effects[0].changes,
        ["physiotherapy first, then massage (was: massage first, then physiotherapy)"]
    );
    assert_eq!(desk.save_protocols(1, &form).expect("saved").id, "2");
    assert_eq!(
        refusal(desk.save_protocols(1, &form)).code,
        Code::ChangedMeanwhile
    );
    let view = desk.protocols_view(None).expect("protocols");
    assert_eq!(
        view.versions
            .iter()
            .map(|line| (line.version, line.series))
            .collect::<Vec<_>>(),
        [(2, 0), (1, 1)]
    );
    assert_ne!(desk.protocols_view(Some(1)).expect("protocols").form, view.form);
    assert_eq!(refusal(desk.protocols_view(Some(7))).code, Code::NotFound);
    form.conditions
        .retain(|condition| condition.id != "low-back-pain");
    assert!(desk.protocols_impact(&form).expect("an impact")[0].changes[0].contains("low-back-pain"));
    desk.host.set("2026-04-01T08:00");
    assert_eq!(
        desk.protocols_impact(&form).expect("an impact"),
        [],
        "the series is over"
    );
    desk.undo(Which::Last, "").expect("undone");
    assert_eq!(desk.protocols_view(None).expect("protocols").version, 1);
}

#[test]
fn protocols_that_make_no_sense_are_refused() {
    let (_folder, mut desk) = small_desk();
    let good = desk.protocols_view(None).expect("protocols").form;
    let mut nameless = good.clone();
    nameless.needs[0].name = " ".to_owned();
    let mut wordless = good.clone();
    wordless.conditions[0].notes.push(NoteForm {
        discipline: "physio".to_owned(),
        text: String::new(),
    });
    let mut none_left = good.clone();
    none_left.conditions[0].optional = vec!["physio".to_owned(), "massage".to_owned()];
    for bad in [
        ProtocolsForm {
            min_hours: 11,
            ..good.clone()
        },
        ProtocolsForm {
            min_hours: 60,
            ..good.clone()
        },
        ProtocolsForm {
            max_wait_minutes: 241,
            ..good.clone()
        },
        ProtocolsForm {
            tolerance_days: 4,
            ..good.clone()
        },
        nameless,
        wordless,
        none_left,
    ] {
        assert_eq!(refusal(desk.save_protocols(1, &bad)).code, Code::BadRequest);
        assert_eq!(refusal(desk.protocols_impact(&bad)).code, Code::BadRequest);
    }
    assert_eq!(desk.protocols_view(None).expect("protocols").version, 1);
}

mod impact;
