use ordo_core::model::Absence;
use ordo_store::Which;

use super::*;
use crate::test_support::{TestHost, local, small_desk};

const HOLIDAY: &str = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Pia\r\n\
    BEGIN:VEVENT\r\nUID:dentist\r\nDTSTART;TZID=Eastern Standard Time:20260310T090000\r\n\
    DURATION:PT1H\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:choir\r\nDTSTART;TZID=America/Toronto:20260106T180000\r\n\
    DTEND;TZID=America/Toronto:20260106T200000\r\nRRULE:FREQ=WEEKLY;UNTIL=20260324\r\n\
    SUMMARY:Choir\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:maybe\r\nDTSTART:20260312T090000Z\r\nDURATION:PT1H\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:broken\r\nDTSTART:soon\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

fn form(titles: bool) -> CalendarImportForm {
    CalendarImportForm {
        practitioner: "pia".to_owned(),
        titles,
        ..CalendarImportForm::default()
    }
}

fn absences(desk: &Desk<TestHost>) -> Vec<Absence> {
    desk.clinic().expect("a clinic").practitioners[1].absences.clone()
}

#[test]
fn a_calendar_becomes_absences_once_and_is_undone_as_one_step() {
    let (_folder, mut desk) = small_desk();
    let preview = desk
        .preview_calendar(&form(true), HOLIDAY.as_bytes())
        .expect("a preview");
    assert_eq!(preview.name.as_deref(), Some("Pia"));
    assert_eq!(
        preview.added.len(),
        5,
        "the dentist and four evenings from today on"
    );
    assert_eq!((preview.free, preview.entry), (1, None));
    assert_eq!(preview.skipped.len(), 1);
    assert_eq!(preview.skipped[0].line, 25);
    assert!(preview.skipped[0].why.contains("soon"), "{:?}", preview.skipped);
    let hit: Vec<_> = preview
        .affected
        .iter()
        .map(|hit| hit.patient_name.as_str())
        .collect();
    assert_eq!(hit, ["Zoé Gagnon"], "her visit at 9:00");
    assert_eq!(absences(&desk), []);

    let imported = desk
        .import_calendar(&form(true), HOLIDAY.as_bytes())
        .expect("an import");
    assert!(imported.entry.is_some());
    let made = absences(&desk);
    assert_eq!(made.len(), 5);
    let dentist = made
        .iter()
        .find(|absence| absence.reason == "Dentist")
        .expect("a title");
    assert_eq!(
        (dentist.from, dentist.to),
        (local("2026-03-10T09:00"), local("2026-03-10T10:00"))
    );
    assert_eq!(
        made.iter().filter(|absence| absence.reason.is_empty()).count(),
        4,
        "private titles stay private"
    );

    let again = desk
        .import_calendar(&form(true), HOLIDAY.as_bytes())
        .expect("an import");
    assert_eq!((again.entry, again.added.len(), again.unchanged), (None, 0, 5));

    desk.undo(Which::Last, "").expect("undone");
    assert_eq!(absences(&desk), []);
    desk.redo(Which::Last, "").expect("redone");
    assert_eq!(absences(&desk), made);
}

#[test]
fn a_newer_calendar_changes_what_differs_and_leaves_the_rest() {
    let (_folder, mut desk) = small_desk();
    desk.import_calendar(&form(false), HOLIDAY.as_bytes())
        .expect("an import");
    desk.host.set("2026-03-11T08:00");
    let newer = HOLIDAY
        .replace("RRULE:", "EXDATE;TZID=America/Toronto:20260317T180000\r\nRRULE:")
        .replace("DURATION:PT1H\r\nSUMMARY", "DURATION:PT2H\r\nSUMMARY");
    let before = absences(&desk);
    let done = desk
        .import_calendar(&form(false), newer.as_bytes())
        .expect("an import");
    assert_eq!(
        (
            done.added.len(),
            done.changed.len(),
            done.removed.len(),
            done.unchanged
        ),
        (0, 0, 1, 1)
    );
    let now = absences(&desk);
    assert_eq!(now.len(), before.len() - 1);
    assert!(
        now.iter().any(|absence| absence.to == local("2026-03-10T10:00")),
        "what is past stays as it was"
    );
    let other = newer.replace("UID:choir", "UID:other");
    let done = desk
        .import_calendar(&form(false), other.as_bytes())
        .expect("an import");
    assert_eq!(
        (done.added.len(), done.removed.len()),
        (1, 0),
        "another calendar takes nothing away"
    );
    let cancelled = other.replace("SUMMARY:Choir", "STATUS:CANCELLED");
    let done = desk
        .import_calendar(&form(false), cancelled.as_bytes())
        .expect("an import");
    assert_eq!((done.added.len(), done.removed.len()), (0, 1));
}

#[test]
fn what_is_no_calendar_and_who_is_nobody_are_told() {
    let (_folder, mut desk) = small_desk();
    let refused = desk
        .preview_calendar(&form(false), b"hello")
        .expect_err("no calendar");
    assert_eq!(refused.code, Code::BadFile);
    assert!(refused.message.contains("BEGIN:VCALENDAR"), "{refused}");
    desk.speak(ordo_core::Language::French);
    let refused = desk
        .preview_calendar(&form(false), b"hello")
        .expect_err("no calendar");
    assert!(
        refused.message.contains("ce n’est pas un calendrier"),
        "{refused}"
    );
    let nobody = CalendarImportForm {
        practitioner: "nobody".to_owned(),
        ..form(false)
    };
    assert_eq!(
        desk.import_calendar(&nobody, HOLIDAY.as_bytes())
            .expect_err("nobody")
            .code,
        Code::NotFound
    );
    let backwards = CalendarImportForm {
        from: Some(local("2026-03-10T00:00").date()),
        to: Some(local("2026-03-09T00:00").date()),
        ..form(false)
    };
    assert_eq!(
        desk.import_calendar(&backwards, HOLIDAY.as_bytes())
            .expect_err("dates")
            .code,
        Code::BadRequest
    );
}

#[test]
fn what_somebody_edits_stays_known_by_its_event() {
    use crate::view::setup::ClinicPart;
    let (_folder, mut desk) = small_desk();
    desk.import_calendar(&form(false), HOLIDAY.as_bytes())
        .expect("an import");
    let practitioner = desk.clinic().expect("a clinic").practitioners[1].clone();
    let original = ClinicPart::Practitioner(practitioner_form(&practitioner));
    let mut edited = practitioner_form(&practitioner);
    edited.absences[0].reason = "Teeth".to_owned();
    desk.save_part(Some(&original), Some(&ClinicPart::Practitioner(edited)))
        .expect("saved");
    let done = desk
        .import_calendar(&form(false), HOLIDAY.as_bytes())
        .expect("an import");
    assert_eq!((done.added.len(), done.unchanged), (0, 5));
    assert!(absences(&desk).iter().any(|absence| absence.reason == "Teeth"));
}

#[test]
fn dates_beyond_all_reason_are_refused() {
    let (_folder, desk) = small_desk();
    let (least, most) = (NaiveDate::MIN, NaiveDate::MAX);
    for (from, to) in [
        (None, Some(most)),
        (Some(least), None),
        (Some(most), None),
        (Some(least), Some(most)),
    ] {
        let form = CalendarImportForm {
            from,
            to,
            ..form(false)
        };
        let refused = desk
            .preview_calendar(&form, HOLIDAY.as_bytes())
            .expect_err("no such days");
        assert!(refused.message.contains("years 2000 to 2119"), "{refused}");
    }
}
