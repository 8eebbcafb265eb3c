//! Integration tests across the crates, one binary.

mod architecture;
mod caldav;
mod caldav_import;
mod clinic_files;
mod desk;
mod desk_series;
mod hostile;
mod ical_validators;
mod migration;
mod planner_examples;
mod planner_optimal;
mod planner_properties;
mod radicale;
mod stolen_folder;
mod store_processes;
mod store_refusals;
mod store_round_trip;
#[path = "../../src-tauri/store/src/sample.rs"]
mod store_sample;
mod store_story;
