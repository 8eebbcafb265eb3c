//! Bringing patients in from a list (CSV): columns, a preview with who may be here already, one change.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ordo_core::model::{Contact, Patient, PatientId};
use ordo_store::{Action, fold};

use super::form::{check_form, write_form};
use crate::view::patient_list::{DateOrder, ListColumns, ListPreview, ListRow, PatientListForm, RowState};
use crate::view::patients::PatientForm;
use crate::{Code, Desk, Error, Host, UseCase};

/// The most rows of one list.
const MOST_ROWS: usize = 20_000;

/// The largest list, in octets.
const MOST_BYTES: usize = 16 << 20;

impl<H: Host> Desk<H> {
    /// What a list would bring in; columns that are not named are guessed by their headings.
    pub fn preview_patient_list(&mut self, form: &PatientListForm, text: &str) -> Result<ListPreview, Error> {
        self.allow(UseCase::PreviewPatientList)?;
        let list = self.read_list(text)?;
        let columns = form.columns.unwrap_or_else(|| guessed(&list.headings));
        let order = form.date_order.or_else(|| date_order(&list, columns));
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
                        "« {text} » n’est pas une date de naissance; écrivez-la 1984-03-12, ou dites quelle partie vient d’abord"
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
                let mut patient = nobody(PatientId::new(self.host.new_id()));
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

    fn read_list(&self, text: &str) -> Result<List, Error> {
        let refuse = |english: String, french: String| {
            Err(Error::new(Code::BadFile, self.language.pick(english, french)))
        };
        if text.len() > MOST_BYTES {
            return refuse(
                "the list is larger than 16 MB; split it".to_owned(),
                "la liste dépasse 16 Mo; divisez-la".to_owned(),
            );
        }
        let text = text.trim_start_matches('\u{feff}');
        let delimiter = delimiter(text.lines().next().unwrap_or_default());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headings: Vec<String> = match reader.headers() {
            Ok(headings) => headings.iter().map(str::to_owned).collect(),
            Err(_) => Vec::new(),
        };
        if headings.iter().all(String::is_empty) {
            return refuse(
                "the list has no first line with the names of its columns".to_owned(),
                "la liste n’a pas de première ligne avec les noms de ses colonnes".to_owned(),
            );
        }
        let mut rows = Vec::new();
        let mut lines = Lines::default();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    return refuse(
                        format!("the list cannot be read: {error}; save it as CSV in UTF-8"),
                        format!("la liste est illisible : {error}; enregistrez-la en CSV UTF-8"),
                    );
                }
            };
            if record.iter().all(str::is_empty) {
                continue;
            }
            if rows.len() == MOST_ROWS {
                return refuse(
                    format!("the list has more than {MOST_ROWS} rows; split it"),
                    format!("la liste a plus de {MOST_ROWS} lignes; divisez-la"),
                );
            }
            let start = record.position().map_or(0, csv::Position::byte);
            let line = lines.of(text, usize::try_from(start).unwrap_or(text.len()));
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(List { headings, rows })
    }
}

/// Counts lines; the reader's own count is one behind where lines end in two characters.
#[derive(Default)]
struct Lines {
    counted: usize,
    before: u32,
}

impl Lines {
    /// The line, from 1, of what begins at an octet or behind the line ends there; asked from the top to the end.
    fn of(&mut self, text: &str, start: usize) -> u32 {
        let bytes = text.as_bytes();
        let ends = bytes[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        let start = start + ends.count();
        let passed = bytes[self.counted..start].iter().filter(|&&byte| byte == b'\n');
        self.before = self.before.saturating_add(passed.count() as u32);
        self.counted = start;
        self.before + 1
    }
}

/// A list as it stands in its file.
struct List {
    headings: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// A patient of whom nothing is known yet.
pub(super) fn nobody(id: PatientId) -> Patient {
    Patient {
        id,
        name: String::new(),
        contact: Contact::default(),
        date_of_birth: None,
        availability: Vec::new(),
        sensitivities: Vec::new(),
        covers: Vec::new(),
        provider_decisions: Vec::new(),
        notes: String::new(),
    }
}

/// The delimiter that stands most often in the first line; a comma where none does.
fn delimiter(line: &str) -> u8 {
    let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if count(&delimiter) > count(&best) {
            best = delimiter;
        }
    }
    best
}

/// The columns by the words in their headings, English and French; each column serves once.
fn guessed(headings: &[String]) -> ListColumns {
    let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
    let mut taken = HashSet::new();
    let mut find = |words: &[&str]| {
        let place = words.iter().find_map(|word| {
            (0..folded.len()).find(|place| !taken.contains(place) && folded[*place].contains(word))
        })?;
        taken.insert(place);
        u32::try_from(place).ok()
    };
    let first_name = find(&["first name", "firstname", "given", "prenom"]);
    let last_name = find(&["last name", "lastname", "surname", "family", "nom de famille"]);
    let date_of_birth = find(&["birth", "naissance", "dob", "born"]);
    let email = find(&["mail", "courriel"]);
    let phone = find(&["mobile", "cell", "phone", "tel"]);
    let notes = find(&["note", "comment", "remarque"]);
    let name = find(&["full name", "patient", "client", "name", "nom"]);
    // "Nom" beside "Prénom" is the family name.
    let (name, last_name) = if first_name.is_some() && last_name.is_none() {
        (None, name)
    } else if first_name.is_some() {
        (None, last_name)
    } else {
        (name.or(last_name), None)
    };
    ListColumns {
        name,
        first_name,
        last_name,
        phone,
        email,
        date_of_birth,
        notes,
    }
}

/// Which part of a date comes first, where the dates of the list themselves tell.
fn date_order(list: &List, columns: ListColumns) -> Option<DateOrder> {
    let column = columns.date_of_birth? as usize;
    let dates = list
        .rows
        .iter()
        .filter_map(|(_, cells)| parts(cells.get(column)?));
    let mut order = None;
    for [first, second, _] in dates {
        let said = match (first, second) {
            (32.., _) => continue,
            (13.., _) => DateOrder::DayFirst,
            (_, 13..) => DateOrder::MonthFirst,
            _ => continue,
        };
        match order {
            None => order = Some(said),
            Some(known) if known != said => return None,
            Some(_) => {}
        }
    }
    order
}

/// The three numbers of a date.
fn parts(text: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = text
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    numbers.try_into().ok()
}

fn date(text: &str, order: Option<DateOrder>) -> Option<NaiveDate> {
    let [first, second, third] = parts(text)?;
    let (year, month, day) = if first > 31 {
        (first, second, third)
    } else {
        match order? {
            DateOrder::DayFirst => (third, second, first),
            DateOrder::MonthFirst => (third, first, second),
        }
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| year > 999)
}

/// A row as a patient, and its date of birth where that cannot be read.
fn patient_form(
    cells: &[String],
    columns: ListColumns,
    order: Option<DateOrder>,
) -> (PatientForm, Option<String>) {
    let cell = |column: Option<u32>| {
        let text = column.and_then(|column| cells.get(column as usize));
        text.map_or_else(String::new, |text| text.trim().to_owned())
    };
    let names = [
        cell(columns.name),
        cell(columns.first_name),
        cell(columns.last_name),
    ];
    let name: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    let born = cell(columns.date_of_birth);
    let date_of_birth = date(&born, order);
    let patient = PatientForm {
        name: name.join(" "),
        phone: cell(columns.phone),
        email: cell(columns.email),
        date_of_birth,
        availability: Vec::new(),
        sensitivities: Vec::new(),
        covers: Vec::new(),
        notes: cell(columns.notes),
    };
    let unread = (!born.is_empty() && date_of_birth.is_none()).then_some(born);
    (patient, unread)
}

#[cfg(test)]
mod tests {
    use ordo_store::Which;

    use super::*;
    use crate::test_support::small_desk;

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

    #[test]
    fn headings_of_other_programs_are_known() {
        let columns = |headings: &str| {
            let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
            let columns = guessed(&headings);
            [
                columns.name,
                columns.first_name,
                columns.last_name,
                columns.phone,
                columns.email,
                columns.date_of_birth,
            ]
        };
        let some = Some::<u32>;
        assert_eq!(
            columns("First Name,Last Name,Mobile Phone,Email,Birth Date"),
            [None, some(0), some(1), some(2), some(3), some(4)]
        );
        assert_eq!(
            columns("Patient,DOB,Home phone,E-mail"),
            [some(0), None, None, some(2), some(3), some(1)]
        );
        assert_eq!(
            columns("Nom,Prénom,Courriel,Tél."),
            [None, some(1), some(0), some(3), some(2), None]
        );
    }
}
