//! The one list of commands; each body is one call into `ordo_desk`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands state and arguments to a command by value"
)]

use chrono::NaiveDate;
use ordo_desk::Error;
use ordo_desk::view::day::DayView;
use tauri::{Runtime, State};
use tauri_specta::{Builder, collect_commands};

use crate::clinic::OpenClinic;

mod access;
mod backup;
mod board;
mod calendars;
mod journal;
mod keys;
mod patients;
mod practitioner;
mod series;
mod setup;
mod updates;
mod window;

/// Every command of the window, on any runtime.
pub fn commands<R: Runtime>() -> Builder<R> {
    Builder::new().commands(collect_commands![
        access::session,
        access::sign_in_choices,
        access::sign_in,
        access::sign_out,
        access::change_own_secret,
        access::people,
        access::save_user,
        access::lift_lock_out,
        access::set_idle_minutes,
        access::lock_box,
        access::put_lock_box,
        access::lock_boxes,
        day,
        window::show_menu,
        window::hold_open,
        window::close_window,
        board::speak,
        board::last_change,
        board::ahead_of_utc,
        board::visit,
        board::starts,
        board::week,
        board::week_starts,
        board::next_free,
        board::date_marks,
        board::weigh,
        board::services,
        board::proposed_service,
        board::book_visit,
        board::place_visit,
        board::put_status,
        board::put_note,
        board::undo,
        board::redo,
        series::series_choices,
        series::series_proposals,
        series::session_starts,
        series::rest_of_series,
        series::understand_availability,
        series::book_series,
        series::series_card,
        series::save_series_card,
        series::note_provider_decision,
        patients::search_patients,
        patients::similar_patients,
        patients::patient_record,
        patients::patient_choices,
        patients::new_patient,
        patients::save_patient,
        patients::remove_patient,
        patients::merge_preview,
        patients::merge_patients,
        practitioner::practitioners,
        practitioner::practitioner_day,
        practitioner::save_calendar,
        practitioner::show_in_folder,
        journal::journal_choices,
        journal::journal_page,
        journal::save_journal,
        journal::check_journal,
        journal::accept_journal,
        journal::notices,
        journal::save_retention,
        keys::unlock_clinic,
        keys::key_state,
        keys::draft_recovery_key,
        keys::protect_key,
        keys::renew_recovery_key,
        keys::move_key,
        calendars::preview_calendar,
        calendars::import_calendar,
        calendars::preview_patient_list,
        calendars::import_patient_list,
        calendars::save_series_calendar,
        calendars::save_closures,
        calendars::sharing,
        calendars::share_names,
        calendars::share_feed,
        calendars::serve_feeds,
        calendars::share_folder,
        calendars::share_account,
        calendars::end_account,
        calendars::account_calendars,
        calendars::account_calendar,
        backup::backups,
        backup::choose_backup_folder,
        backup::ask_for_folder,
        backup::back_up,
        backup::restore_backup,
        updates::updates,
        updates::look_for_update,
        updates::look_daily,
        updates::fetch_update,
        updates::install_update,
        setup::is_first_start,
        setup::start_demo,
        setup::new_clinic_defaults,
        setup::start_new,
        setup::check_file,
        setup::start_file,
        setup::setup,
        setup::save_part,
        setup::practitioner_week,
        setup::part_impact,
        setup::misplaced_visits,
        setup::holidays,
        setup::protocols,
        setup::protocols_impact,
        setup::save_protocols,
    ])
}

/// One day of the clinic.
#[tauri::command(async)]
#[specta::specta]
fn day(clinic: State<'_, OpenClinic>, date: NaiveDate) -> Result<DayView, Error> {
    clinic.ask(|desk| desk.day(date))
}

#[cfg(test)]
mod walk;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use ordo_desk::key::{NoKeychain, Vault};
    use serde_json::{Value, json};
    use specta_typescript::Typescript;
    use tauri::ipc::{CallbackFn, InvokeBody};
    use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
    use tauri::webview::InvokeRequest;
    use tauri::{WebviewWindow, WebviewWindowBuilder};

    use super::*;
    use crate::{Place, Saving, init};

    /// With `ORDO_UPDATE_BINDINGS` set it writes the file instead of comparing.
    #[test]
    fn the_committed_bindings_are_the_generated_ones() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/bindings.ts");
        let folder = tempfile::tempdir().unwrap();
        let generated = folder.path().join("bindings.ts");
        commands::<MockRuntime>()
            .export(Typescript::default(), &generated)
            .unwrap();
        let generated = fs::read_to_string(generated).unwrap();
        if std::env::var_os("ORDO_UPDATE_BINDINGS").is_some() {
            fs::write(&committed, &generated).unwrap();
        }
        assert!(
            fs::read_to_string(&committed).unwrap() == generated,
            "run `ORDO_UPDATE_BINDINGS=1 cargo test -p ordo-app bindings` and commit the file"
        );
    }

    #[test]
    fn the_window_may_call_every_command() {
        let at = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let bindings = at("ui/src/lib/bindings.ts");
        let called: Vec<&str> = bindings
            .split("__TAURI_INVOKE(\"")
            .skip(1)
            .filter_map(|call| call.split('"').next())
            .collect();
        let capability: Value = serde_json::from_str(&at("src-tauri/capabilities/main.json")).unwrap();
        let build = at("src-tauri/build.rs");
        assert!(called.contains(&"day"), "{called:?}");
        for command in called {
            let permission = Value::from(format!("allow-{}", command.replace('_', "-")));
            let allowed = capability["permissions"]
                .as_array()
                .unwrap()
                .contains(&permission);
            assert!(
                allowed,
                "src-tauri/capabilities/main.json does not allow {command}"
            );
            let declared = build.contains(&format!("\"{command}\""));
            assert!(declared, "src-tauri/build.rs does not name {command}");
        }
    }

    /// A window without a display, over the clinic in `folder`.
    pub(super) fn window(folder: PathBuf, key: Option<&str>) -> WebviewWindow<MockRuntime> {
        let app = mock_builder()
            .invoke_handler(commands().invoke_handler())
            .build(mock_context(noop_assets()))
            .unwrap();
        let saving = Saving::Folder(folder.join("saved"));
        init(
            &app,
            Place {
                folder,
                key: key.map(str::to_owned),
                vault: Vault {
                    keychain: &NoKeychain,
                    random: ordo_keychain::random,
                },
            },
            saving,
        );
        WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap()
    }

    pub(super) fn ask(
        window: &WebviewWindow<MockRuntime>,
        command: &str,
        values: Value,
    ) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(values),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
    }

    #[test]
    fn the_first_start_is_asked_for_and_a_day_crosses_with_its_appointments() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path().to_owned(), None);
        assert_eq!(ask(&window, "is_first_start", json!({})).unwrap(), true);
        let refusal = ask(&window, "day", json!({ "date": "2026-11-23" })).unwrap_err();
        assert_eq!(refusal["code"], "no-clinic");
        ask(&window, "start_demo", json!({})).unwrap();
        assert_eq!(ask(&window, "is_first_start", json!({})).unwrap(), false);
        let today = ordo_desk::demo::today(chrono::Utc::now());
        let days: Vec<Value> = (0..7)
            .map(|later| {
                ask(
                    &window,
                    "day",
                    json!({ "date": today + chrono::Days::new(later) }),
                )
                .unwrap()
            })
            .collect();
        assert_eq!(days[0]["date"], today.to_string());
        let appointments: usize = days
            .iter()
            .flat_map(|day| day["practitioners"].as_array().unwrap())
            .map(|practitioner| practitioner["appointments"].as_array().unwrap().len())
            .sum();
        assert!(
            appointments > 100,
            "a week of the demo clinic has {appointments} appointments"
        );
    }

    #[test]
    fn a_refusal_crosses_with_code_and_message_and_nothing_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = folder.path().join("clinic.ordo");
        fs::write(&clinic, "no database of ours, but long enough to have a header").unwrap();
        let window = window(folder.path().to_owned(), Some("correct horse"));
        let refusal = ask(&window, "day", json!({ "date": "2026-11-23" })).unwrap_err();
        assert_eq!(refusal["code"], "database");
        assert!(
            refusal["message"].as_str().unwrap().contains("clinic.ordo"),
            "{refusal}"
        );
        assert!(fs::read_to_string(&clinic).unwrap().starts_with("no database"));
    }

    #[test]
    fn asking_again_after_the_fault_is_mended_works() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = folder.path().join("clinic.ordo");
        fs::write(&clinic, "a shopping list").unwrap();
        let window = window(folder.path().to_owned(), Some("correct horse"));
        let question = json!({ "date": "2026-11-23" });
        ask(&window, "day", question.clone()).unwrap_err();
        fs::remove_file(&clinic).unwrap();
        ask(&window, "start_demo", json!({})).unwrap();
        assert_eq!(ask(&window, "day", question).unwrap()["date"], "2026-11-23");
    }

    /// A server has threads of its own, which may not be begun or ended on those that answer the window.
    #[test]
    fn the_feed_server_begins_and_ends_when_the_window_says() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path().to_owned(), None);
        ask(&window, "start_demo", json!({})).unwrap();
        for serves in [true, false] {
            ask(
                &window,
                "serve_feeds",
                json!({"serves": serves, "network": false}),
            )
            .unwrap();
            let view = ask(&window, "sharing", json!({})).unwrap();
            // The port may be taken on a machine that serves already; then that is told.
            let is_told = !view["address"].is_null() || !view["problem"].is_null();
            assert_eq!(is_told, serves, "{view}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path().to_owned(), None);
        let refusal = ask(&window, "day", json!({ "date": "2026-02-30" })).unwrap_err();
        assert!(refusal.to_string().contains("date"), "{refusal}");
    }
}
