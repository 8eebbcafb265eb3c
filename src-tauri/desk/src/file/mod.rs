//!
//! Reading tells every fault at once, each with its path, and never half a result.

mod clinic_read;
mod clinic_write;
mod fault;
mod json;
mod patient_table;
mod place;
mod proposals;
mod reader;
mod request;
mod shared;

pub use clinic_read::{read_clinic, read_clinic_for_import};
pub use clinic_write::write_clinic;
pub use fault::FileFaults;
pub use patient_table::{PatientTable, patient_form};
pub(crate) use place::Places;
pub use proposals::proposals_json;
pub use request::{read_request, read_request_for};
pub(crate) use shared::in_years;
pub use shared::{frequency_name, parse_frequency, spacing_json};

/// The format of clinic files.
pub const CLINIC_FORMAT: &str = "ordo-clinic/1";
/// The format of request files.
pub const REQUEST_FORMAT: &str = "ordo-request/1";
/// The format of proposals.
pub const PROPOSALS_FORMAT: &str = "ordo-proposals/1";
