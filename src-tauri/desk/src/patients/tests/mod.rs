use ordo_core::Language;
use ordo_store::{EntryKind, Which};

use super::*;
use crate::test_support::{TestHost, local, second_desk, small_desk};
use crate::view::patients::{AvailabilityForm, ConcernKind, CoverForm, PatientForm};
use crate::{Code, Error};

mod merge;

fn ids(hits: &PatientHits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Error {
    result.expect_err("a refusal")
}

fn form(desk: &mut Desk<TestHost>, id: &str) -> PatientForm {
    desk.patient_record(&id.into()).expect("a record").form
}

#[test]
fn what_is_typed_is_found_and_nothing_typed_gives_who_was_worked_on_lately() {
    let (folder, mut desk) = small_desk();
    let hits = desk.search_patients("gagnn zoe", 0, 10).expect("hits");
    assert_eq!((ids(&hits), hits.of, hits.recent), (vec!["zoe", "zoe2"], 4, 0));
    assert_eq!(hits.hits[0].next_visit, Some(local("2026-03-02T10:00")));
    assert_eq!(hits.hits[0].last_visit, None);
    assert_eq!(ids(&desk.search_patients("0177", 0, 10).expect("hits")), ["omar"]);

    let hits = desk.search_patients(" ", 0, 10).expect("hits");
    assert_eq!((ids(&hits), hits.recent), (vec!["new", "omar", "zoe", "zoe2"], 0));
    desk.patient_record(&"zoe2".into()).expect("a record");
    let hits = desk.search_patients("", 0, 3).expect("hits");
    assert_eq!((ids(&hits), hits.recent), (vec!["zoe2", "new", "omar"], 1));

    // What another window does is found here too.
    let mut other = second_desk(&folder);
    let added = PatientForm {
        name: "Ève Nadeau".to_owned(),
        ..PatientForm::default()
    };
    other.new_patient(&added).expect("added");
    other.remove_patient(&"new".into()).expect("removed");
    assert_eq!(desk.search_patients("nadeau", 0, 10).expect("hits").hits.len(), 1);
    assert_eq!(desk.search_patients("newly", 0, 10).expect("hits").hits, []);
    desk.undo(Which::Last, "").expect("undone");
    assert_eq!(ids(&desk.search_patients("newly", 0, 10).expect("hits")), ["new"]);
}

/// Whoever types asks with every letter: what is known of the patients is kept, and only who changed is read anew.
#[test]
fn a_search_reads_nobody_again_who_did_not_change() {
    let (_folder, mut desk) = small_desk();
    let mut kept_at = |text: &str, change: Option<&str>| {
        if let Some(id) = change {
            let original = form(&mut desk, id);
            let edited = PatientForm {
                phone: "905 555 0100".to_owned(),
                ..original.clone()
            };
            desk.save_patient(&id.into(), &original, &edited)
                .expect("changed");
        }
        desk.search_patients(text, 0, 10).expect("hits");
        let index = &desk.patients.found.as_ref().expect("it is kept").index;
        ["zoe", "omar"].map(|id| index.get(&id.into()).expect("a patient").name.as_ptr())
    };
    let first = kept_at("g", None);
    assert_eq!(kept_at("ga", None), first);
    let after = kept_at("gag", Some("omar"));
    assert_eq!(after[0], first[0]);
    assert_ne!(after[1], first[1]);
}

#[test]
fn a_record_tells_visits_covers_series_and_who_is_alike() {
    let (_folder, mut desk) = small_desk();
    desk.host.set("2026-03-02T10:30");
    let record = desk.patient_record(&"zoe".into()).expect("a record");
    let starts = |visits: &[crate::view::patients::VisitLine]| -> Vec<String> {
        visits.iter().map(|visit| visit.id.clone()).collect()
    };
    assert_eq!(starts(&record.past), ["m0"]);
    assert_eq!(starts(&record.ahead), ["p0", "m1", "p1"]);
    assert_eq!(record.ahead[0].practitioner, "Pia Côté");
    assert_eq!(record.ahead[0].note, "left knee");
    assert_eq!((record.covers[0].used, record.covers[0].left), (2, 8));
    assert_eq!(record.alike[0].id, "zoe2");
    assert!(!record.removable);
    let series = &record.series[0];
    assert_eq!(
        (series.done, series.booked, series.to_place, series.running),
        (0, 4, 2, true)
    );
    assert_eq!(
        series.rule,
        "massage first, then physiotherapy, on separate days, 24 to 48 h apart"
    );
    assert_eq!(
        series.gaps.iter().map(|gap| gap.as_asked).collect::<Vec<_>>(),
        [true, false]
    );
    let kinds: Vec<_> = series.concerns.iter().map(|concern| concern.kind).collect();
    assert_eq!(kinds, [ConcernKind::GapTooShort, ConcernKind::ToPlace]);
    assert!(
        series.concerns[0].text.contains("week 2"),
        "{}",
        series.concerns[0].text
    );
    assert!(desk.patient_record(&"new".into()).expect("a record").removable);
    assert_eq!(
        refusal(desk.patient_record(&"nobody".into())).code,
        Code::NotFound
    );
}

#[test]
fn a_series_with_nothing_ahead_says_so_until_it_is_over() {
    let (_folder, mut desk) = small_desk();
    for (now, kinds) in [
        (
            "2026-03-11T08:00",
            vec![ConcernKind::NothingAhead, ConcernKind::GapTooShort],
        ),
        (
            "2026-03-18T08:00",
            vec![ConcernKind::GapTooShort, ConcernKind::ToPlace],
        ),
    ] {
        desk.host.set(now);
        let series = desk
            .patient_record(&"zoe".into())
            .expect("a record")
            .series
            .remove(0);
        let found: Vec<_> = series.concerns.iter().map(|concern| concern.kind).collect();
        assert_eq!(found, kinds, "{now}");
    }
}

#[test]
fn looking_at_a_record_is_noted_once_a_look() {
    let (_folder, mut desk) = small_desk();
    let views = |desk: &Desk<TestHost>| {
        let entries = desk.journal(20).expect("entries");
        entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::View)
            .count()
    };
    for (now, expected) in [
        ("2026-03-02T08:00", 1),
        ("2026-03-02T08:09", 1),
        ("2026-03-02T08:11", 2),
    ] {
        desk.host.set(now);
        desk.patient_record(&"zoe".into()).expect("a record");
        assert_eq!(views(&desk), expected, "{now}");
    }
}

#[test]
fn an_edit_is_saved_and_undone() {
    let (_folder, mut desk) = small_desk();
    let original = form(&mut desk, "zoe");
    let edited = PatientForm {
        name: "  Zoé Gagnon-Roy ".to_owned(),
        phone: "416 555 0199".to_owned(),
        date_of_birth: None,
        availability: vec![AvailabilityForm {
            weekday: 6,
            from_minute: 0,
            to_minute: 1440,
        }],
        covers: Vec::new(),
        sensitivities: vec!["chronic-pain".to_owned()],
        notes: "Two lines\nof notes".to_owned(),
        ..original.clone()
    };
    let saved = desk
        .save_patient(&"zoe".into(), &original, &edited)
        .expect("saved");
    let kept = form(&mut desk, "zoe");
    assert_eq!(kept.name, "Zoé Gagnon-Roy");
    let again = desk
        .save_patient(&"zoe".into(), &kept, &kept)
        .expect("nothing to do");
    assert_eq!(again.entry, None);
    // Somebody's later change stays when just this one is taken back.
    let other = desk.new_patient(&original).expect("added");
    desk.take_back(saved.entry).expect("undone");
    assert_eq!(form(&mut desk, "zoe"), original);
    assert_eq!(form(&mut desk, &other.id).name, original.name);
}

#[test]
fn two_people_at_one_record_lose_nothing() {
    let (folder, mut desk) = small_desk();
    let mut other = second_desk(&folder);
    let original = form(&mut desk, "zoe");
    let theirs = PatientForm {
        phone: "1".to_owned(),
        notes: "theirs".to_owned(),
        ..original.clone()
    };
    other
        .save_patient(&"zoe".into(), &original, &theirs)
        .expect("saved");
    let mine = PatientForm {
        email: "mine@example.ca".to_owned(),
        ..original.clone()
    };
    desk.save_patient(&"zoe".into(), &original, &mine).expect("saved");
    let saved = form(&mut desk, "zoe");
    assert_eq!(
        (saved.phone.as_str(), saved.email.as_str()),
        ("1", "mine@example.ca")
    );
    let clashing = PatientForm {
        notes: "mine".to_owned(),
        ..original.clone()
    };
    let error = refusal(desk.save_patient(&"zoe".into(), &original, &clashing));
    assert_eq!(error.code, Code::ChangedMeanwhile);
    assert!(error.message.contains("notes"), "{error}");
    assert_eq!(form(&mut desk, "zoe").notes, "theirs");
}

#[test]
fn a_long_list_is_read_in_pages() {
    let (_folder, mut desk) = small_desk();
    let page = |desk: &mut Desk<TestHost>, text: &str, from| {
        let hits = desk.search_patients(text, from, 2).expect("hits");
        (
            hits.found,
            ids(&hits).into_iter().map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        page(&mut desk, "", 0),
        (4, vec!["new".to_owned(), "omar".to_owned()])
    );
    assert_eq!(
        page(&mut desk, "", 2),
        (4, vec!["zoe".to_owned(), "zoe2".to_owned()])
    );
    assert_eq!(page(&mut desk, "", 4), (4, Vec::new()));
    assert_eq!(page(&mut desk, "gagnon", 1), (2, vec!["zoe2".to_owned()]));
}

#[test]
fn what_pasting_brings_along_is_tidied() {
    let (_folder, mut desk) = small_desk();
    let pasted = PatientForm {
        name: " Zoé\tGagnon\u{a0} Roy ".to_owned(),
        phone: "\u{202d}tel:+1\u{a0}(416)\u{2011}555\u{2013}0143\u{202c}".to_owned(),
        email: "mailto:zoe@example.ca\u{200b} ".to_owned(),
        ..PatientForm::default()
    };
    let saved = desk.new_patient(&pasted).expect("added");
    let kept = form(&mut desk, &saved.id);
    assert_eq!(kept.name, "Zoé Gagnon Roy");
    assert_eq!(kept.phone, "+1 (416)-555-0143");
    assert_eq!(kept.email, "zoe@example.ca");
    assert_eq!(
        ids(&desk.search_patients("5550143", 0, 10).expect("hits")).len(),
        2
    );
}

#[test]
fn what_cannot_be_a_patient_is_refused_in_both_languages() {
    let (_folder, mut desk) = small_desk();
    let good = PatientForm {
        name: "Somebody <b>bold</b> 👩‍⚕️ שלום".to_owned(),
        ..PatientForm::default()
    };
    desk.new_patient(&good).expect("added");
    let cover = |visits, until: &str, discipline: &str| CoverForm {
        discipline: discipline.to_owned(),
        visits,
        until: until.parse().expect("a date"),
    };
    let born = |text: &str| Some(text.parse().expect("a date"));
    let window = |weekday, from_minute, to_minute| AvailabilityForm {
        weekday,
        from_minute,
        to_minute,
    };
    for (bad, says) in [
        (
            PatientForm {
                name: " ".to_owned(),
                ..good.clone()
            },
            "name",
        ),
        (
            PatientForm {
                name: "é".repeat(301),
                ..good.clone()
            },
            "300",
        ),
        (
            PatientForm {
                name: "a\u{7}b".to_owned(),
                ..good.clone()
            },
            "name",
        ),
        (
            PatientForm {
                email: "nobody".to_owned(),
                ..good.clone()
            },
            "@",
        ),
        (
            PatientForm {
                email: "a b@c".to_owned(),
                ..good.clone()
            },
            "@",
        ),
        (
            PatientForm {
                date_of_birth: born("2026-03-03"),
                ..good.clone()
            },
            "Mar 3, 2026",
        ),
        (
            PatientForm {
                date_of_birth: born("1899-12-31"),
                ..good.clone()
            },
            "Dec 31, 1899",
        ),
        (
            PatientForm {
                availability: vec![window(7, 0, 60)],
                ..good.clone()
            },
            "availability",
        ),
        (
            PatientForm {
                availability: vec![window(0, 60, 60)],
                ..good.clone()
            },
            "availability",
        ),
        (
            PatientForm {
                availability: vec![window(0, 60, 1441)],
                ..good.clone()
            },
            "availability",
        ),
        (
            PatientForm {
                covers: vec![cover(1, "2026-12-31", "reiki")],
                ..good.clone()
            },
            "reiki",
        ),
        (
            PatientForm {
                covers: vec![cover(1001, "2026-12-31", "physio")],
                ..good.clone()
            },
            "1001",
        ),
        (
            PatientForm {
                covers: vec![cover(1, "9999-12-31", "physio")],
                ..good.clone()
            },
            "9999",
        ),
        (
            PatientForm {
                sensitivities: vec!["none".to_owned()],
                ..good.clone()
            },
            "none",
        ),
    ] {
        desk.speak(Language::English);
        let english = refusal(desk.new_patient(&bad));
        assert_eq!(english.code, Code::BadRequest);
        assert!(english.message.contains(says), "{english}");
        desk.speak(Language::French);
        assert_ne!(refusal(desk.new_patient(&bad)).message, english.message);
    }
    assert_eq!(desk.search_patients("", 0, 99).expect("hits").of, 5);
}

#[test]
fn who_has_a_history_stays() {
    let (_folder, mut desk) = small_desk();
    let error = refusal(desk.remove_patient(&"omar".into()));
    assert_eq!(error.code, Code::HasHistory);
    // Whoever looks over a shoulder is not told who it is.
    assert!(!error.message.contains("Omar"), "{error}");
    desk.remove_patient(&"new".into()).expect("removed");
    assert_eq!(refusal(desk.remove_patient(&"new".into())).code, Code::NotFound);
}

#[test]
fn what_is_taken_back_of_a_record_is_said() {
    let (_folder, mut desk) = small_desk();
    let undone = |desk: &mut Desk<TestHost>| desk.take_back(None).expect("undone").words;
    let merged = desk.merge_patients(&"zoe2".into(), &"zoe".into());
    merged.expect("merged");
    assert_eq!(undone(&mut desk), "Undone: records merged");
    let ana = PatientForm {
        name: "Ana Lima".to_owned(),
        ..form(&mut desk, "zoe")
    };
    let added = desk.new_patient(&ana).expect("added").id;
    desk.remove_patient(&added.as_str().into()).expect("removed");
    assert_eq!(undone(&mut desk), "Undone: patient removed");
    assert_eq!(undone(&mut desk), "Undone: patient added");
}
