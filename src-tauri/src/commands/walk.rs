//! Every command of the window, asked by every role, by nobody, and where the clinic knows no people: each is refused
//! exactly where the desk's table says so, and no answer names a patient who is not for whoever asks.

use std::fs;
use std::path::Path;

use ordo_desk::{Right, Role, UseCase};
use serde_json::{Value, json};
use tauri::WebviewWindow;
use tauri::test::MockRuntime;

use super::tests::{ask, window};

const SECRET: &str = "quiet-otter";

/// An address on this machine at which nobody listens.
const NOWHERE: &str = "http://127.0.0.1:9/pia/";

/// Pia treats Olive and Max treats Strange; Boxed is in a lock-box that names the owner alone.
const CLINIC: &str = r#"{
  "format": "ordo-clinic/1",
  "clinic": {"name": "Riverside", "time_zone": "America/Toronto", "slot_minutes": 15},
  "services": [
    {"id": "rmt-60", "discipline": "massage", "name": "Massage 60", "minutes": 60},
    {"id": "physio-45", "discipline": "physio", "name": "Physio 45", "minutes": 45}
  ],
  "rooms": [],
  "practitioners": [
    {"id": "max", "name": "Max Roy", "services": ["rmt-60"], "hours": [{"weekday": "mon", "from": "09:00", "to": "17:00"}]},
    {"id": "pia", "name": "Pia Roy", "services": ["physio-45"], "hours": [{"weekday": "mon", "from": "09:00", "to": "17:00"}]}
  ],
  "patients": [
    {"id": "olive", "name": "Olive Known", "phone": "416 555 0143"},
    {"id": "strange", "name": "Xaver Strange", "phone": "416 555 0144", "notes": "Xaver Strange snores"},
    {"id": "third", "name": "Xaver Strange", "phone": "416 555 0144"},
    {"id": "boxed", "name": "Bea Hidden", "phone": "416 555 0145"}
  ],
  "appointments": [
    {"id": "visit-olive", "practitioner": "pia", "patient": "olive", "service": "physio-45", "start": "2031-03-03T10:00", "status": "booked"},
    {"id": "visit-strange", "practitioner": "max", "patient": "strange", "service": "rmt-60", "start": "2031-03-03T10:00", "status": "booked", "note": "Xaver Strange is late"},
    {"id": "visit-boxed", "practitioner": "max", "patient": "boxed", "service": "rmt-60", "start": "2031-03-03T13:00", "status": "booked"}
  ]
}"#;

/// What a command is asked with, about Olive; the walk asks the same about others.
fn values(command: &str, forms: &Forms) -> Value {
    let place = json!({"date": "2031-03-03", "minute": 900, "practitioner": "pia", "room": null, "minutes": null, "override_reason": ""});
    let wanted = json!({"kind": "new", "patient": "olive", "service": "physio-45"});
    let ask = json!({
        "patient": "olive", "series": null, "conditions": [], "needs": [], "sensitivities": [], "first": "physio", "only": null,
        "frequency": null, "weeks": 2, "services": [], "practitioners": [], "availability": null, "earliest": null,
        "tolerance_days": null, "max_wait_minutes": null, "within_cover": false, "pins": [], "left_out": []
    });
    let user = json!({
        "name": "Nora New", "role": "owner", "practitioner": null, "active": true, "secret": "password", "new_secret": SECRET
    });
    let journal = json!({"person": null, "patient": null, "kind": null, "from": null, "to": null});
    match command {
        "unlock_clinic" => json!({"secret": "nothing", "language": "en"}),
        "protect_key" => json!({"group": "00000", "passphrase": null}),
        "renew_recovery_key" => json!({"group": "00000"}),
        "move_key" => json!({"passphrase": null}),
        "look_daily" => json!({"daily": true}),
        "install_update" => json!({"discard": false}),
        "speak" => json!({"language": "en", "clock": "24"}),
        "session"
        | "sign_in_choices"
        | "sign_out"
        | "people"
        | "last_change"
        | "ahead_of_utc"
        | "services"
        | "series_choices"
        | "patient_choices"
        | "practitioners"
        | "misplaced_visits"
        | "lock_boxes"
        | "notices"
        | "sharing"
        | "journal_choices"
        | "check_journal"
        | "accept_journal"
        | "backups"
        | "key_state"
        | "draft_recovery_key"
        | "back_up"
        | "updates"
        | "look_for_update"
        | "fetch_update"
        | "is_first_start"
        | "start_demo"
        | "new_clinic_defaults"
        | "setup" => json!({}),
        "sign_in" => json!({"person": "Olga", "secret": SECRET}),
        "change_own_secret" => json!({"present": SECRET, "next": SECRET}),
        "save_user" => json!({"id": null, "form": user}),
        "lift_lock_out" => json!({"id": forms.front}),
        "journal_page" => json!({"ask": journal, "before": null, "limit": 50}),
        "save_journal" => json!({ "ask": journal }),
        "choose_backup_folder" => json!({"folder": ""}),
        "restore_backup" => json!({"name": "none"}),
        "preview_calendar" | "import_calendar" => json!({
            "form": {"practitioner": "pia", "titles": true, "from": "2031-01-01", "to": "2031-12-31"},
            "text": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20310303T150000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"
        }),
        "preview_patient_list" | "import_patient_list" => {
            json!({"form": {"columns": null, "date_order": null, "also": []}, "text": "Name\nOlive Known\n"})
        }
        "save_series_calendar" => json!({"series": "series-olive", "language": "en"}),
        "save_closures" => json!({"from": "2031-01-01", "to": "2031-12-31"}),
        "share_names" => json!({"practitioner": "pia", "names": "busy"}),
        "share_feed" => json!({"practitioner": "pia", "feed": true}),
        "serve_feeds" => json!({"serves": false, "network": false}),
        "share_folder" => json!({"folder": null}),
        "share_account" => json!({
            "practitioner": "pia", "address": NOWHERE, "user": "pia", "password": "secret"
        }),
        "end_account" => json!({"practitioner": "pia", "removes": true}),
        "account_calendars" | "account_calendar" => {
            json!({"address": NOWHERE, "user": "pia", "password": "secret"})
        }
        "save_retention" => json!({"years": 12}),
        "set_idle_minutes" => json!({"minutes": 5}),
        "day" => json!({"date": "2031-03-03"}),
        "week" => json!({"date": "2031-03-03", "practitioner": null, "room": null}),
        "week_starts" => json!({"wanted": wanted, "date": "2031-03-03", "practitioner": "pia", "room": null}),
        "next_free" => {
            json!({"service": "physio-45", "practitioner": null, "date": "2031-03-03", "minute": 540})
        }
        "date_marks" => json!({"from": "2031-03-01", "to": "2031-03-31"}),
        "proposed_service" => json!({"patient": "olive", "practitioner": "pia", "minutes": null}),
        "visit" => json!({"id": "visit-olive"}),
        "starts" => json!({"wanted": wanted, "date": "2031-03-03", "minutes": null}),
        "weigh" => json!({"wanted": wanted, "place": place}),
        "book_visit" => {
            json!({"visit": {"request": "a-request-of-olive", "patient": "olive", "service": "physio-45", "note": "", "place": place}})
        }
        "place_visit" => json!({"id": "visit-olive", "place": place}),
        "put_status" => json!({"id": "visit-olive", "status": "arrived", "reason": ""}),
        "put_note" => json!({"id": "visit-olive", "original": "", "note": "a knee"}),
        "undo" | "redo" => json!({"entry": null}),
        "series_proposals" => json!({"ask": ask}),
        "book_series" => {
            json!({"booking": {"request": "a-series-of-olive", "ask": ask, "choice": 0, "visits": []}})
        }
        "note_provider_decision" => json!({
            "patient": "olive",
            "form": {"provider": "Dr. Roy", "date": "2031-03-03", "first": "physio", "spacing": null, "frequency": null, "note": ""}
        }),
        "search_patients" => json!({"text": "", "from": 0, "limit": 50}),
        "similar_patients" => json!({"name": "Olive Known", "phone": "416 555 0144", "dateOfBirth": null}),
        "patient_record" | "remove_patient" => json!({"id": "olive"}),
        "new_patient" => json!({"form": forms.patient}),
        "save_patient" => json!({"id": "olive", "original": forms.patient, "edited": forms.patient}),
        "merge_preview" | "merge_patients" => json!({"kept": "olive", "merged": "third"}),
        "practitioner_day" => json!({"practitioner": "pia", "date": "2031-03-03"}),
        "save_calendar" => {
            json!({"practitioner": "pia", "from": "2031-03-03", "to": "2031-03-03", "names": "full"})
        }
        "start_new" => json!({"form": forms.clinic}),
        "check_file" | "start_file" => json!({"text": CLINIC}),
        "save_part" => {
            json!({"original": null, "edited": {"part": "room", "form": {"id": "", "name": "Gym", "kinds": []}}})
        }
        "part_impact" => json!({"part": {"part": "practitioner", "form": forms.practitioner}}),
        "series_card" | "save_series_card" => json!({"series": "series-olive", "language": "en"}),
        "rest_of_series" => json!({"series": "series-olive"}),
        "session_starts" => {
            json!({"ask": ask, "session": {"discipline": "physio", "week": 0}, "date": "2031-03-03"})
        }
        "understand_availability" => json!({"text": "mon 9-12"}),
        "practitioner_week" => json!({"form": forms.practitioner, "monday": "2031-03-03"}),
        "lock_box" => json!({"patient": "olive"}),
        "put_lock_box" => json!({"patient": "olive", "users": null}),
        "holidays" => json!({"year": 2031}),
        "protocols" => json!({"version": null}),
        "protocols_impact" => json!({"form": forms.protocols}),
        "save_protocols" => json!({"beganWith": 1, "form": forms.protocols}),
        other => panic!("say in {} what `{other}` is asked with", file!()),
    }
}

/// What the program itself offers to be sent back.
struct Forms {
    patient: Value,
    clinic: Value,
    practitioner: Value,
    protocols: Value,
    front: Value,
}

/// The window over a clinic, and what its people are called.
struct Walk {
    _folder: tempfile::TempDir,
    window: WebviewWindow<MockRuntime>,
    forms: Forms,
}

impl Walk {
    fn begin(with_people: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path().to_owned(), Some("00".repeat(32).as_str()));
        let must = |command: &str, values: Value| ask(&window, command, values).unwrap();
        must("start_file", json!({ "text": CLINIC }));
        let setup = must("setup", json!({}));
        let mut forms = Forms {
            patient: must("patient_record", json!({"id": "olive"}))["form"].clone(),
            clinic: must("new_clinic_defaults", json!({})),
            practitioner: setup["practitioners"][0].clone(),
            protocols: must("protocols", json!({"version": null}))["form"].clone(),
            front: "nobody".into(),
        };
        if with_people {
            let person = |name: &str, role: &str, practitioner: Value| {
                json!({"id": null, "form": {"name": name, "role": role, "practitioner": practitioner, "active": true,
                       "secret": "password", "new_secret": SECRET}})
            };
            must("save_user", person("Olga", "owner", Value::Null));
            forms.front = must("save_user", person("Fred", "front-desk", Value::Null));
            must("save_user", person("Pia", "practitioner", "pia".into()));
            must("sign_out", json!({}));
        }
        Self {
            _folder: folder,
            window,
            forms,
        }
    }

    fn sign_in(&self, person: &str) {
        ask(
            &self.window,
            "sign_in",
            json!({"person": person, "secret": SECRET}),
        )
        .unwrap();
    }
}

/// The commands of the window; those that leave another clinic or session behind come last.
fn commands() -> Vec<String> {
    let bindings =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/bindings.ts")).unwrap();
    let mut commands: Vec<String> = bindings
        .split("__TAURI_INVOKE(\"")
        .skip(1)
        .filter_map(|call| call.split('"').next())
        .map(str::to_owned)
        .collect();
    // They move the window, not the clinic.
    let aside = [
        "show_menu",
        "hold_open",
        "close_window",
        "show_in_folder",
        "ask_for_folder",
    ];
    commands.retain(|command| !aside.contains(&command.as_str()));
    let last = [
        "save_user",
        "merge_patients",
        "remove_patient",
        "sign_in",
        "sign_out",
    ];
    commands.sort_by_key(|command| {
        last.iter()
            .position(|last| last == command)
            .map_or(0, |place| place + 1)
    });
    commands
}

fn use_case(command: &str) -> UseCase {
    let named = |case: &&UseCase| serde_json::to_value(case).unwrap() == command;
    *UseCase::ALL.iter().find(named).unwrap_or_else(|| {
        panic!("`{command}` needs a line in the table of src-tauri/desk/src/access/table.rs: its use case and right")
    })
}

fn refusal(answer: &Result<Value, Value>) -> Option<&str> {
    let code = answer.as_ref().err()?.get("code")?.as_str()?;
    ["not-allowed", "signed-out"].contains(&code).then_some(code)
}

#[test]
fn each_role_may_what_the_table_says_and_nothing_else() {
    for (person, role) in [
        ("Olga", Role::Owner),
        ("Fred", Role::FrontDesk),
        ("Pia", Role::Practitioner),
    ] {
        let walk = Walk::begin(true);
        walk.sign_in(person);
        for command in commands() {
            let answer = ask(&walk.window, &command, values(&command, &walk.forms));
            let may = use_case(&command).right().roles().contains(&role);
            let expected = (!may).then_some("not-allowed");
            assert_eq!(refusal(&answer), expected, "{command} as {role:?}: {answer:?}");
            assert!(
                may || answer.is_err(),
                "{command} answered {role:?}, who may not ask"
            );
            if ["sign_in", "sign_out"].contains(&command.as_str()) {
                walk.sign_in(person);
            }
        }
    }
}

#[test]
fn signed_out_nothing_of_the_clinic_is_told() {
    let walk = Walk::begin(true);
    for command in commands() {
        let answer = ask(&walk.window, &command, values(&command, &walk.forms));
        let expected = (use_case(&command).right() != Right::Open).then_some("signed-out");
        assert_eq!(refusal(&answer), expected, "{command}: {answer:?}");
        if command == "sign_in" {
            ask(&walk.window, "sign_out", json!({})).unwrap();
        }
    }
}

#[test]
fn a_clinic_without_people_is_its_owner_s() {
    let walk = Walk::begin(false);
    for command in commands() {
        let answer = ask(&walk.window, &command, values(&command, &walk.forms));
        assert_eq!(refusal(&answer), None, "{command}: {answer:?}");
        if command == "save_user" {
            break;
        }
    }
}

/// Asks every command about somebody else's patients as well, and looks for their names in what is answered.
#[test]
fn a_practitioner_hears_no_name_of_anybody_else_s_patient() {
    let walk = Walk::begin(true);
    walk.sign_in("Pia");
    for command in commands() {
        let own = values(&command, &walk.forms).to_string();
        for about in ["olive", "strange", "boxed"] {
            let other = if about == "olive" { "pia" } else { "max" };
            let values = own
                .replace("olive", about)
                .replace("\"pia\"", &format!("\"{other}\""));
            // The text of a clinic file that is checked is the asker's own.
            if ["check_file", "start_file"].contains(&command.as_str()) {
                continue;
            }
            let answer = format!(
                "{:?}",
                ask(&walk.window, &command, serde_json::from_str(&values).unwrap())
            );
            for name in ["Strange", "Xaver", "Hidden", "0144", "0145", "snores"] {
                assert!(!answer.contains(name), "{command} with {values}: {answer}");
            }
        }
        if ["sign_in", "sign_out"].contains(&command.as_str()) {
            walk.sign_in("Pia");
        }
    }
}
