//! Lists of patients that are brought in.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::patients::{PatientForm, PatientHit};

/// How a list is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PatientListForm {
    /// Which column holds what; guessed by the headings when absent.
    pub columns: Option<ListColumns>,
    /// Which part of a date comes first where the year does not; guessed by the dates when absent.
    pub date_order: Option<DateOrder>,
    /// The lines that are brought in although somebody alike is here already.
    pub also: Vec<u32>,
}

/// Which column of a list, from 0, holds what of a patient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListColumns {
    /// The whole name.
    pub name: Option<u32>,
    /// The given name.
    pub first_name: Option<u32>,
    /// The family name.
    pub last_name: Option<u32>,
    /// The telephone number.
    pub phone: Option<u32>,
    /// The e-mail address.
    pub email: Option<u32>,
    /// The date of birth.
    pub date_of_birth: Option<u32>,
    /// Notes.
    pub notes: Option<u32>,
}

/// Which part of a date comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// As in 31/12/1984.
    DayFirst,
    /// As in 12/31/1984.
    MonthFirst,
}

/// What bringing a list in would do, or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ListPreview {
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// Which column holds what.
    pub columns: ListColumns,
    /// Which part of a date comes first, where that is known.
    pub date_order: Option<DateOrder>,
    /// Every row that is not empty.
    pub rows: Vec<ListRow>,
    /// How many are new.
    pub new: u32,
    /// How many may be here already, or stand in the list before.
    pub alike: u32,
    /// How many cannot be brought in.
    pub faulty: u32,
    /// The entry of the journal, once it is done and anybody was added.
    pub entry: Option<u32>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ListRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The patient as it tells.
    pub patient: PatientForm,
    /// What becomes of it.
    pub state: RowState,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum RowState {
    /// Somebody new.
    New,
    /// Somebody who may be here already.
    Alike {
        /// Who that may be.
        patients: Vec<PatientHit>,
    },
    /// Somebody who stands in the list before.
    Repeated {
        /// In which line.
        line: u32,
    },
    /// It cannot be brought in.
    Faulty {
        /// Why.
        why: String,
    },
}
