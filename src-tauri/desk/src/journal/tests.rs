use ordo_core::Language;
use ordo_core::model::NamesShown;

use crate::test_support::{TestHost, local, second_desk, small_desk};
use crate::view::journal::{JournalAsk, JournalKind, JournalLine};
use crate::view::patients::Named;
use crate::{Desk, Which, unsigned};

fn lines(desk: &Desk<TestHost>, ask: &JournalAsk) -> Vec<JournalLine> {
    desk.journal_page(ask, None, 100).expect("a page").lines
}

fn views(desk: &Desk<TestHost>) -> Vec<Vec<String>> {
    let ask = JournalAsk {
        kind: Some(JournalKind::View),
        ..JournalAsk::default()
    };
    let mut found: Vec<Vec<String>> = lines(desk, &ask)
        .iter()
        .map(|line| line.about.iter().map(|patient| patient.id.clone()).collect())
        .collect();
    found.reverse();
    found
}

#[test]
fn whatever_shows_a_record_is_noted_once() {
    let (_folder, mut desk) = small_desk();
    let monday = local("2026-03-02T00:00").date();
    desk.day(monday).expect("the board shows names alone");
    desk.search_patients("zoe", 0, 10).expect("a search");
    assert!(views(&desk).is_empty());

    desk.practitioner_day(&"max".into(), monday).expect("Max’s day");
    assert_eq!(views(&desk), [["zoe"]]);
    desk.visit(&"p0".into()).expect("a card of Zoé’s");
    desk.patient_record(&"zoe".into()).expect("her record");
    assert_eq!(views(&desk).len(), 1, "the same look");
    desk.visit(&"o1".into()).expect("Omar’s card");
    desk.merge_preview(&"zoe".into(), &"zoe2".into()).expect("both");
    assert_eq!(views(&desk), [["zoe"], ["omar"], ["zoe2"]]);

    desk.host.set("2026-03-02T08:10");
    desk.merge_preview(&"zoe".into(), &"zoe2".into())
        .expect("both again");
    assert_eq!(views(&desk)[3], ["zoe", "zoe2"]);
    desk.export_calendar(&"pia".into(), monday, monday, Some(NamesShown::Full))
        .expect("a calendar with names");
    assert_eq!(views(&desk)[4], ["omar"]);
    desk.export_calendar(&"max".into(), monday, monday, None)
        .expect("a calendar with initials");
    assert_eq!(views(&desk)[5], [""; 0], "initials name nobody");
}

#[test]
fn the_whole_clinic_does_not_leave_unnoticed() {
    let (_folder, mut desk) = small_desk();
    desk.export().expect("a file");
    let newest = &lines(&desk, &JournalAsk::default())[0];
    assert_eq!(newest.kind, JournalKind::View);
    assert_eq!(
        (newest.what.as_str(), newest.reason.as_str()),
        ("taken out", "clinic saved as a file")
    );
}

#[test]
fn lines_say_what_was_changed_from_what_to_what() {
    let (_folder, mut desk) = small_desk();
    desk.set_status(
        &"m0".into(),
        ordo_core::model::AppointmentStatus::Cancelled,
        "ill",
    )
    .expect("cancelled");
    let form = desk.patient_record(&"zoe".into()).expect("a record").form;
    let mut edited = form.clone();
    edited.phone = "416 555 0199".to_owned();
    edited.notes = String::new();
    desk.save_patient(&"zoe".into(), &form, &edited).expect("saved");
    desk.undo(Which::Last, "").expect("undone");
    let told: Vec<String> = lines(&desk, &JournalAsk::default())
        .iter()
        .map(|line| {
            let names: Vec<&str> = line.about.iter().map(|patient| patient.name.as_str()).collect();
            format!(
                "{} {} [{}] {}",
                line.entry,
                line.what,
                names.join(", "),
                line.details.join(" | ")
            )
        })
        .collect();
    assert_eq!(
        told[..4],
        [
            "5 undone: patient changed (entry 4) [Zoé Gagnon] Zoé Gagnon: phone 416 555 0199 → 416 555 0143",
            "4 patient changed [Zoé Gagnon] Zoé Gagnon: phone 416 555 0143 → 416 555 0199",
            "3 record viewed [Zoé Gagnon] ",
            "2 visit cancelled [Zoé Gagnon] Massage 60, Mon, Mar 2, 2026, 10:00, Max Roy: status booked → cancelled; why cancelled – → ill",
        ]
    );
    assert!(told[4].starts_with("1 clinic brought in"), "{}", told[4]);
    desk.speak(Language::French);
    let french = lines(&desk, &JournalAsk::default());
    assert!(
        french[3].details[0].ends_with("statut réservé → annulé; motif de l’annulation – → ill"),
        "{french:?}"
    );
}

#[test]
fn dates_are_the_clinics() {
    let (_folder, mut desk) = small_desk();
    desk.host.set("2026-03-02T23:30");
    desk.patient_record(&"omar".into()).expect("a record");
    let on = |text: &str| {
        let date = local(text).date();
        JournalAsk {
            from: Some(date),
            to: Some(date),
            kind: Some(JournalKind::View),
            ..JournalAsk::default()
        }
    };
    let found = lines(&desk, &on("2026-03-02T00:00"));
    assert_eq!(found[0].at, local("2026-03-02T23:30"));
    assert!(lines(&desk, &on("2026-03-03T00:00")).is_empty());
}

#[test]
fn pages_end_where_nothing_is_left() {
    let (_folder, mut desk) = small_desk();
    for id in ["zoe", "omar", "new"] {
        desk.patient_record(&id.into()).expect("a record");
    }
    let ask = JournalAsk::default();
    let first = desk.journal_page(&ask, None, 3).expect("a page");
    assert!(first.more && first.lines.len() == 3);
    let last = desk
        .journal_page(&ask, Some(first.lines[2].entry), 3)
        .expect("a page");
    assert!(!last.more && last.lines.len() == 1);
}

#[test]
fn a_file_holds_every_entry_and_is_noted_itself() {
    let (_folder, mut desk) = small_desk();
    desk.patient_record(&"zoe".into()).expect("a record");
    let file = desk.journal_file(&JournalAsk::default()).expect("a file");
    assert_eq!(file.name, "journal-2026-03-02.csv");
    let rows: Vec<&str> = file.text.lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].starts_with(
        "2,2026-03-02 08:00:00,2026-03-02T13:00:00Z,front desk,record viewed,Zoé Gagnon,zoe,1,"
    ));
    let newest = &lines(&desk, &JournalAsk::default())[0];
    assert_eq!(newest.reason, "journal saved as a file");
}

#[test]
fn a_removed_patient_is_still_named() {
    let (_folder, mut desk) = small_desk();
    desk.remove_patient(&"new".into()).expect("removed");
    let ask = JournalAsk {
        patient: Some("new".to_owned()),
        ..JournalAsk::default()
    };
    let found = lines(&desk, &ask);
    assert_eq!(found[0].about[0].name, "Newly Added");
    assert_eq!(found[0].details, ["removed: patient Newly Added"]);
}

#[test]
fn the_choices_name_everybody_and_every_kind() {
    let (_folder, desk) = small_desk();
    let choices = desk.journal_choices().expect("choices");
    let front_desk = Named {
        id: unsigned::DESK.to_owned(),
        name: "front desk".to_owned(),
    };
    assert_eq!(choices.people, [front_desk]);
    assert_eq!(choices.kinds.len(), JournalKind::ALL.len());
    assert_eq!(choices.years, 10);
    for kind in choices.kinds {
        assert!(JournalKind::parse(&kind.id).is_some_and(|read| read.as_str() == kind.id));
    }
}

#[test]
fn somebody_without_a_name_is_named_in_the_language_of_the_reader() {
    let (_folder, mut desk) = small_desk();
    desk.patient_record(&"zoe".into()).expect("a record");
    desk.speak(Language::French);
    let ask = JournalAsk {
        person: Some(unsigned::DESK.to_owned()),
        ..JournalAsk::default()
    };
    let found = lines(&desk, &ask);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|line| line.person == "réception"), "{found:?}");
    let people = desk.journal_choices().expect("choices").people;
    assert_eq!(
        (people[0].id.as_str(), people[0].name.as_str()),
        ("front desk", "réception")
    );
}

#[test]
fn a_check_of_the_whole_counts_entries_and_finds_nothing() {
    let (folder, mut desk) = small_desk();
    desk.patient_record(&"zoe".into()).expect("a record");
    desk.check_newest().expect("the start");
    let check = second_desk(&folder).check_journal().expect("a check");
    assert_eq!((check.checked, check.faults.len(), check.end.len()), (2, 0, 64));
}
