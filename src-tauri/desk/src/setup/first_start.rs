//! A clinic's first start: the demo, a new clinic, or a clinic file.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use ordo_core::model::{
    Clinic, ClinicRecords, Closure, Discipline, Practitioner, PractitionerId, Service, WorkingHours,
};
use ordo_core::protocol::Protocols;
use ordo_core::time::TimeOfDay;
use ordo_core::{Language, holidays, validate};

use super::forms::room_of;
use super::services::{GYM, MASSAGE, TREATMENT, shipped_services};
use super::words;
use crate::file::{Places, read_clinic_for_import};
use crate::view::setup::{
    FileContents, FileFault, FileReport, NewClinicForm, NewPractitionerForm, OpeningForm, RoomForm,
    SettingsForm,
};
use crate::{Code, Desk, Error, Host, UseCase, demo};

impl<H: Host> Desk<H> {
    /// Fills an empty database with the demo clinic, laid around today.
    pub fn start_demo(&mut self) -> Result<(), Error> {
        self.allow(UseCase::StartDemo)?;
        let records = demo::records(demo::today(self.host.now()), self.language)?;
        self.import_records(&records, words::demo(self.language))
    }

    /// Whether the clinic began as the demo, whose people are invented.
    pub(crate) fn is_demo(&self) -> Result<bool, Error> {
        let first = self.store.entry_head(1)?;
        Ok(first.is_some_and(|first| {
            [Language::English, Language::French]
                .into_iter()
                .any(|language| first.reason == words::demo(language))
        }))
    }

    /// What the guided set-up of a new clinic offers at first: an Ontario clinic's usual.
    pub fn new_clinic_defaults(&self) -> NewClinicForm {
        let language = self.language;
        let room = |name: &str, kinds: &[&str]| RoomForm {
            id: String::new(),
            name: name.to_owned(),
            kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
        };
        NewClinicForm {
            settings: SettingsForm {
                name: String::new(),
                time_zone: Tz::America__Toronto.name().to_owned(),
                slot_minutes: 15,
            },
            opening: (0..5)
                .map(|weekday| OpeningForm {
                    weekday,
                    from_minute: 9 * 60,
                    to_minute: 17 * 60,
                })
                .collect(),
            practitioners: [Discipline::PHYSIOTHERAPY, Discipline::MASSAGE]
                .map(|discipline| NewPractitionerForm {
                    name: String::new(),
                    disciplines: vec![discipline.to_owned()],
                })
                .into(),
            rooms: vec![
                room(language.pick("Room 1", "Salle 1"), &[TREATMENT]),
                room(language.pick("Room 2", "Salle 2"), &[MASSAGE, TREATMENT]),
                room(language.pick("Gym", "Gymnase"), &[GYM, TREATMENT]),
            ],
            holidays: true,
        }
    }

    /// Fills an empty database with a new clinic.
    pub fn start_new(&mut self, form: &NewClinicForm) -> Result<(), Error> {
        self.allow(UseCase::StartNew)?;
        let today = self.host.now().date_naive();
        let records = new_clinic(form, today, self.language, || self.host.new_id())?;
        if let Some(fault) = validate::faults(&records).first() {
            return Err(Error::new(Code::BadRequest, words::fault(fault, self.language)));
        }
        self.import_records(&records, words::new_clinic(self.language))
    }

    /// Fills an empty database with a clinic file.
    pub fn start_file(&mut self, text: &str) -> Result<(), Error> {
        self.allow(UseCase::StartFile)?;
        self.import(text, words::clinic_file(self.language))
    }

    /// Reads a clinic file without bringing it in: what it holds, or everything that is wrong with it.
    pub fn check_file(&self, text: &str) -> FileReport {
        match read_clinic_for_import(text) {
            Ok(records) => FileReport {
                faults: Vec::new(),
                holds: Some(FileContents {
                    name: records.clinic.name,
                    practitioners: records.clinic.practitioners.len() as u32,
                    patients: records.patients.len() as u32,
                    appointments: records.appointments.len() as u32,
                    series: records.series.len() as u32,
                }),
            },
            Err(faults) => {
                let places = Places::of(text);
                FileReport {
                    faults: faults
                        .faults
                        .into_iter()
                        .map(|fault| FileFault {
                            place: places.words(&fault.path, self.language),
                            text: fault.text.pick(self.language).to_owned(),
                            path: fault.path,
                        })
                        .collect(),
                    holds: None,
                }
            }
        }
    }
}

fn new_clinic(
    form: &NewClinicForm,
    today: NaiveDate,
    language: Language,
    new_id: impl Fn() -> String,
) -> Result<ClinicRecords, Error> {
    let refuse = |text: String| Error::new(Code::BadRequest, text);
    let settings = &form.settings;
    let rooms_named = form.rooms.iter().all(|room| !room.name.trim().is_empty());
    let people_named = form
        .practitioners
        .iter()
        .all(|person| !person.name.trim().is_empty());
    if settings.name.trim().is_empty() || !rooms_named || !people_named {
        return Err(refuse(words::name_needed(language).to_owned()));
    }
    if form.practitioners.is_empty() {
        return Err(refuse(words::practitioner_needed(language).to_owned()));
    }
    let time_zone: Tz = settings
        .time_zone
        .parse()
        .map_err(|_| refuse(words::no_zone(&settings.time_zone, language)))?;
    let services = shipped_services(language);
    Ok(ClinicRecords {
        clinic: Clinic {
            name: settings.name.trim().to_owned(),
            time_zone,
            slot_minutes: settings.slot_minutes,
            disciplines: Discipline::shipped_in(language),
            rooms: form
                .rooms
                .iter()
                .map(|room| RoomForm {
                    id: new_id(),
                    ..room.clone()
                })
                .map(|room| room_of(&room))
                .collect(),
            practitioners: form
                .practitioners
                .iter()
                .map(|person| practitioner(person, &form.opening, &services, new_id()))
                .collect(),
            closures: if form.holidays {
                closures(today, language)
            } else {
                Vec::new()
            },
            services,
        },
        protocols: vec![Protocols::shipped_in(language)],
        patients: Vec::new(),
        series: Vec::new(),
        appointments: Vec::new(),
    })
}

fn practitioner(
    form: &NewPractitionerForm,
    opening: &[OpeningForm],
    services: &[Service],
    id: String,
) -> Practitioner {
    let time = |minute| TimeOfDay::from_minutes(minute).unwrap_or(TimeOfDay::MIDNIGHT);
    Practitioner {
        id: PractitionerId::new(id),
        name: form.name.trim().to_owned(),
        services: services
            .iter()
            .filter(|service| {
                form.disciplines
                    .iter()
                    .any(|id| id == service.discipline.as_str())
            })
            .map(|service| service.id.clone())
            .collect(),
        hours: opening
            .iter()
            .map(|opening| WorkingHours {
                weekday: Weekday::try_from(opening.weekday % 7).unwrap_or(Weekday::Mon),
                from: time(opening.from_minute),
                to: time(opening.to_minute),
                valid_from: None,
                valid_to: None,
                every_weeks: 1,
            })
            .collect(),
        extra_hours: Vec::new(),
        absences: Vec::new(),
    }
}

/// The public holidays of a year and the next.
fn closures(today: NaiveDate, language: Language) -> Vec<Closure> {
    [today.year(), today.year() + 1]
        .into_iter()
        .flat_map(holidays::ontario)
        .filter(|holiday| holiday.statutory)
        .map(|holiday| Closure {
            date: holiday.date,
            name: language.pick(holiday.name, holiday.name_fr).to_owned(),
        })
        .collect()
}
