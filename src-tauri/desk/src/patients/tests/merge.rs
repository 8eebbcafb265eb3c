//! Merging two records.

use super::*;

#[test]
fn merging_moves_everything_and_can_be_undone() {
    let (_folder, mut desk) = small_desk();
    let before = desk.records().expect("records");
    let preview = desk
        .merge_preview(&"zoe2".into(), &"zoe".into())
        .expect("a preview");
    assert_eq!((preview.visits, preview.series, preview.clashes.len()), (4, 1, 0));
    desk.merge_patients(&"zoe2".into(), &"zoe".into())
        .expect("merged");
    let record = desk.patient_record(&"zoe2".into()).expect("a record");
    assert_eq!(record.form, preview.form);
    assert_eq!(record.form.name, "Zoe Gagnon");
    assert_eq!(record.form.phone, "416 555 0143");
    assert_eq!(
        record.form.notes,
        "Prefers the quiet room.\n\nMerged record: Zoé Gagnon"
    );
    assert_eq!(record.form.sensitivities, ["chronic-pain"]);
    assert_eq!(
        (record.ahead.len(), record.series.len(), record.covers.len()),
        (5, 1, 1)
    );
    assert_eq!(record.series[0].booked, 4);
    assert_eq!(refusal(desk.patient_record(&"zoe".into())).code, Code::NotFound);
    let entry = desk.undo(Which::Last, "").expect("undone");
    assert!(matches!(entry.kind, EntryKind::Undo { .. }));
    let mut after = desk.records().expect("records");
    for (after, before) in after.appointments.iter_mut().zip(&before.appointments) {
        (after.revision, after.changed_at) = (before.revision, before.changed_at);
    }
    assert_eq!(after, before);
}

#[test]
fn merging_loses_nothing_that_differs_and_doubts_two_dates_of_birth() {
    let (_folder, mut desk) = small_desk();
    let kept = PatientForm {
        name: "Ana Lima".to_owned(),
        phone: "416-555-0199".to_owned(),
        email: "ana@example.org".to_owned(),
        date_of_birth: Some(local("1984-03-12T00:00").date()),
        notes: String::new(),
        ..form(&mut desk, "zoe")
    };
    let other = PatientForm {
        name: "Ana Roy".to_owned(),
        phone: "416 555 0177".to_owned(),
        email: "roy@example.org".to_owned(),
        date_of_birth: Some(local("1984-03-21T00:00").date()),
        ..kept.clone()
    };
    let as_before = PatientForm {
        phone: "(416) 555 0199".to_owned(),
        ..kept.clone()
    };
    for (other, is_doubtful, english, french) in [
        (
            other.clone(),
            true,
            "Merged record: Ana Roy · 416 555 0177 · roy@example.org · born Mar 21, 1984",
            "Dossier fusionné\u{a0}: Ana Roy · 416 555 0177 · roy@example.org · date de naissance 21 mars 1984",
        ),
        (
            PatientForm {
                date_of_birth: None,
                name: kept.name.clone(),
                email: String::new(),
                ..other.clone()
            },
            false,
            "Merged record: 416 555 0177",
            "Dossier fusionné\u{a0}: 416 555 0177",
        ),
        (
            PatientForm {
                phone: "ask her sister".to_owned(),
                ..kept.clone()
            },
            false,
            "Merged record: ask her sister",
            "Dossier fusionné\u{a0}: ask her sister",
        ),
        (as_before, false, "", ""),
    ] {
        let [kept, merged] = [&kept, &other].map(|form| desk.new_patient(form).expect("added").id);
        for (language, notes) in [(Language::French, french), (Language::English, english)] {
            desk.speak(language);
            let preview = desk
                .merge_preview(&kept.as_str().into(), &merged.as_str().into())
                .expect("a preview");
            assert_eq!(preview.is_doubtful, is_doubtful, "{english}");
            assert_eq!(preview.form.notes, notes);
        }
        desk.merge_patients(&kept.as_str().into(), &merged.as_str().into())
            .expect("merged");
        assert_eq!(form(&mut desk, &kept).notes, english);
    }
}

#[test]
fn records_whose_visits_clash_are_not_merged() {
    let (_folder, mut desk) = small_desk();
    let before = desk.records().expect("records");
    // Zoé comes at 10:00 on 9 March; so does Omar, once moved there.
    let moved = crate::Move {
        start: local("2026-03-09T10:30"),
        practitioner: None,
        room: None,
        minutes: None,
        override_reason: String::new(),
    };
    desk.move_visit(&"o2".into(), &moved, "").expect("moved");
    let preview = desk
        .merge_preview(&"zoe".into(), &"omar".into())
        .expect("a preview");
    assert_eq!(preview.clashes[0].kept.id, "m1");
    assert_eq!(preview.clashes[0].merged.id, "o2");
    let error = refusal(desk.merge_patients(&"zoe".into(), &"omar".into()));
    assert_eq!(error.code, Code::NoLongerFits);
    assert_eq!(desk.records().expect("records").patients, before.patients);
    let error = refusal(desk.merge_patients(&"zoe".into(), &"zoe".into()));
    assert_eq!(error.code, Code::BadRequest);
    assert_eq!(
        refusal(desk.merge_preview(&"zoe".into(), &"nobody".into())).code,
        Code::NotFound
    );
}
