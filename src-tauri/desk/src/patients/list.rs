//! Bringing patients in from a list (CSV): columns, a preview with who may be here already, one change.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ordo_core::model::{Patient, PatientId};
use ordo_store::{Action, fold};

use super::form::{check_form, write_form};
use crate::file::{PatientTable, patient_form};
use crate::view::patient_list::{ListPreview, ListRow, PatientListForm, RowState};
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// What a list would bring in; columns that are not named are guessed by their headings.
    pub fn preview_patient_list(&mut self, form: &PatientListForm, text: &str) -> Result<ListPreview, Error> {
        self.allow(UseCase::PreviewPatientList)?;
        let list = PatientTable::read(text, self.language)?;
        let columns = form.columns.unwrap_or_else(|| list.guessed());
        let order = form.date_order.or_else(|| list.date_order(columns));
        let (clinic, protocols) = self
            .store
            .read(|view| Ok::<_, Error>((view.clinic()?, view.protocols()?)))?;
        let (today, language) = (self.now()?.date(), self.language);
        let mut seen: HashMap<(String, Option<NaiveDate>), u32> = HashMap::new();
        let mut rows = Vec::with_capacity(list.rows.len());
        for (line, cells) in &list.rows {
            let (patient, unread) = patient_form(cells, columns, order);
            let fault = unread
                .map(|text| match language {
                    ordo_core::Language::English => {
                        format!("“{text}” is no date of birth; write it as 1984-03-12, or say which part comes first")
                    }
                    ordo_core::Language::French => format!(
                        "«\u{a0}{text}\u{a0}» n’est pas une date de naissance; écrivez-la 1984-03-12, ou dites quelle partie vient d’abord"
                    ),
                })
                .or_else(|| {
                    let checked = check_form(&patient, &clinic, &protocols, today, language);
                    checked.err().map(|error| error.message)
                });
            let key = (fold(&patient.name), patient.date_of_birth);
            let state = match (fault, seen.get(&key)) {
                (Some(why), _) => RowState::Faulty { why },
                (None, Some(&earlier)) => RowState::Repeated { line: earlier },
                (None, None) => {
                    seen.insert(key, *line);
                    let alike =
                        self.similar_patients(&patient.name, &patient.phone, patient.date_of_birth, None)?;
                    if alike.is_empty() {
                        RowState::New
                    } else {
                        RowState::Alike { patients: alike }
                    }
                }
            };
            rows.push(ListRow {
                line: *line,
                patient,
                state,
            });
        }
        let count = |is: fn(&RowState) -> bool| rows.iter().filter(|row| is(&row.state)).count() as u32;
        Ok(ListPreview {
            headings: list.headings,
            columns,
            date_order: order,
            new: count(|state| matches!(state, RowState::New)),
            alike: count(|state| matches!(state, RowState::Alike { .. } | RowState::Repeated { .. })),
            faulty: count(|state| matches!(state, RowState::Faulty { .. })),
            rows,
            entry: None,
        })
    }

    /// Brings in the patients of a list who are new, and of those who may be here already the lines named, as one change.
    pub fn import_patient_list(&mut self, form: &PatientListForm, text: &str) -> Result<ListPreview, Error> {
        self.allow(UseCase::ImportPatientList)?;
        let mut preview = self.preview_patient_list(form, text)?;
        let also: HashSet<u32> = form.also.iter().copied().collect();
        let is_wanted = |row: &&ListRow| match row.state {
            RowState::New => true,
            RowState::Alike { .. } | RowState::Repeated { .. } => also.contains(&row.line),
            RowState::Faulty { .. } => false,
        };
        let patients: Vec<Patient> = preview
            .rows
            .iter()
            .filter(is_wanted)
            .map(|row| {
                let mut patient = Patient::named(PatientId::new(self.host.new_id()), "");
                write_form(&row.patient, &mut patient);
                patient
            })
            .collect();
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::ImportList, |transaction| {
            patients
                .iter()
                .try_for_each(|patient| transaction.put_patient(patient))
        })?;
        preview.entry = done.entry.map(|entry: ordo_store::Entry| entry.seq);
        Ok(preview)
    }
}

#[cfg(test)]
mod tests {
    use ordo_store::Which;

    use super::*;
    use crate::Code;
    use crate::test_support::small_desk;
    use crate::view::patient_list::{DateOrder, ListColumns};

    const LIST: &str = "\u{feff}Prénom;Nom;Courriel;Téléphone;Date de naissance;Remarques\r\n\
        Ada;Lovelace;ada@example.ca;416 555 0199;23/12/1985;\"likes; semicolons\"\r\n\
        Zoé;Gagnon;;416 555 0143;12/03/1984;\r\n\
        ;;;;;\r\n\
        Bob;;no address;;;\r\n\
        Ada;Lovelace;;;23/12/1985;\r\n\
        Carl;Young;;;soon;\r\n";

    #[test]
    fn a_list_is_read_by_its_headings_and_who_is_here_already_is_told() {
        let (_folder, mut desk) = small_desk();
        let preview = desk
            .preview_patient_list(&PatientListForm::default(), LIST)
            .expect("a preview");
        assert_eq!(preview.date_order, Some(DateOrder::DayFirst));
        assert_eq!((preview.new, preview.alike, preview.faulty), (1, 2, 2));
        let ada = &preview.rows[0];
        assert_eq!((ada.line, ada.patient.name.as_str()), (2, "Ada Lovelace"));
        assert_eq!(ada.patient.notes, "likes; semicolons");
        assert_eq!(ada.patient.date_of_birth, "1985-12-23".parse().ok());
        assert!(matches!(&preview.rows[1].state, RowState::Alike { patients } if patients[0].id == "zoe"));
        assert!(matches!(&preview.rows[2].state, RowState::Faulty { .. }));
        assert_eq!(preview.rows[3].state, RowState::Repeated { line: 2 });
        assert!(matches!(&preview.rows[4].state, RowState::Faulty { why } if why.contains("soon")));
    }

    #[test]
    fn the_new_ones_are_brought_in_and_undone_as_one_step() {
        let (_folder, mut desk) = small_desk();
        let before = desk.records().expect("records").patients.len();
        let done = desk
            .import_patient_list(&PatientListForm::default(), LIST)
            .expect("an import");
        assert!(done.entry.is_some());
        assert_eq!(desk.records().expect("records").patients.len(), before + 1);
        let again = desk
            .import_patient_list(&PatientListForm::default(), LIST)
            .expect("an import");
        assert_eq!((again.entry, again.new), (None, 0), "they are here already");
        desk.undo(Which::Last, "").expect("undone");
        assert_eq!(desk.records().expect("records").patients.len(), before);
        let also = PatientListForm {
            also: vec![3, 6],
            ..PatientListForm::default()
        };
        desk.import_patient_list(&also, LIST).expect("an import");
        assert_eq!(desk.records().expect("records").patients.len(), before + 3);
    }

    #[test]
    fn columns_and_dates_can_be_said() {
        let (_folder, mut desk) = small_desk();
        let list = "who,when\nAda Lovelace,03/04/1985\n";
        let unsaid = desk
            .preview_patient_list(&PatientListForm::default(), list)
            .expect("a preview");
        assert_eq!(unsaid.faulty, 1, "nothing says where the name is");
        let form = PatientListForm {
            columns: Some(ListColumns {
                name: Some(0),
                date_of_birth: Some(1),
                ..ListColumns::default()
            }),
            ..PatientListForm::default()
        };
        let ambiguous = desk.preview_patient_list(&form, list).expect("a preview");
        assert!(matches!(&ambiguous.rows[0].state, RowState::Faulty { why } if why.contains("03/04/1985")));
        let said = PatientListForm {
            date_order: Some(DateOrder::MonthFirst),
            ..form
        };
        let preview = desk.preview_patient_list(&said, list).expect("a preview");
        assert_eq!(preview.rows[0].patient.date_of_birth, "1985-03-04".parse().ok());
        for bad in ["", "\n\n", ",,,\n"] {
            let refused = desk.preview_patient_list(&PatientListForm::default(), bad);
            assert_eq!(refused.expect_err("no list").code, Code::BadFile, "{bad:?}");
        }
    }
}
