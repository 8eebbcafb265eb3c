//! Embeds what Tauri needs to know at compile time.

use std::error::Error;

/// Every command of the window; `src-tauri/capabilities/main.json` allows each.
const COMMANDS: &[&str] = &[
    "day",
    "show_menu",
    "speak",
    "last_change",
    "visit",
    "starts",
    "week",
    "week_starts",
    "next_free",
    "date_marks",
    "weigh",
    "services",
    "book_visit",
    "place_visit",
    "put_status",
    "put_note",
    "undo",
    "redo",
    "series_choices",
    "series_proposals",
    "book_series",
    "series_card",
    "save_series_card",
    "session_starts",
    "rest_of_series",
    "understand_availability",
    "note_provider_decision",
    "search_patients",
    "similar_patients",
    "patient_record",
    "patient_choices",
    "new_patient",
    "save_patient",
    "remove_patient",
    "merge_preview",
    "merge_patients",
    "practitioners",
    "practitioner_day",
    "save_calendar",
    "show_in_folder",
    "journal_choices",
    "journal_page",
    "save_journal",
    "check_journal",
    "accept_journal",
    "notices",
    "save_retention",
    "backups",
    "choose_backup_folder",
    "ask_for_folder",
    "back_up",
    "restore_backup",
    "is_first_start",
    "start_demo",
    "new_clinic_defaults",
    "start_new",
    "check_file",
    "start_file",
    "setup",
    "save_part",
    "practitioner_week",
    "part_impact",
    "misplaced_visits",
    "holidays",
    "protocols",
    "protocols_impact",
    "save_protocols",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=ui/dist");
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("src-tauri/capabilities/*.json")
            .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS)),
    )?;
    Ok(())
}
