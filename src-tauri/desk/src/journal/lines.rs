//! Entries of the journal in words.

use std::collections::HashMap;

use ordo_core::model::{
    Appointment, Clinic, LockBox, Patient, PatientId, PractitionerId, Sharing, User, UserId,
};
use ordo_core::{Language, Speech};
use ordo_store::{Change, Entity, Entry, EntryKind, Record, Trace};

use super::words::{Field, Words};
use crate::view::journal::{JournalLine, JournalPatient};

/// How many patients of an entry are named.
const NAMED: usize = 4;

/// How many changed records of an entry are described.
const DESCRIBED: usize = 8;

/// What the words of an entry are made from.
pub(super) struct Told<'a> {
    pub clinic: &'a Clinic,
    /// What patients were called last.
    pub names: &'a HashMap<PatientId, String>,
    /// The entries that others took back or made again.
    pub turned: &'a HashMap<u32, Entry>,
    /// What the people who sign in are called.
    pub users: &'a HashMap<UserId, String>,
    pub words: Words,
    /// How dates and times are told.
    pub speech: Speech,
}

/// The patients whom an entry is about, each once, in its order; a few more than are named.
pub(super) fn patients_of(entry: &Entry) -> Vec<PatientId> {
    let mut found: Vec<PatientId> = Vec::new();
    for change in &entry.changes {
        for id in patients_in(change) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        if found.len() > NAMED {
            break;
        }
    }
    found
}

/// Whether an entry is about a patient of some kind, among others.
pub(super) fn is_about(entry: &Entry, any: impl Fn(&PatientId) -> bool) -> bool {
    entry.changes.iter().flat_map(patients_in).any(|id| any(&id))
}

fn patients_in(change: &Change) -> impl Iterator<Item = PatientId> {
    let of_record = |record: &Record| match record {
        Record::Patient(patient) => Some(patient.id.clone()),
        Record::Appointment(visit) => Some(visit.patient.clone()),
        Record::Series(series) => Some(series.patient.clone()),
        Record::LockBox(lock_box) => Some(lock_box.patient.clone()),
        _ => None,
    };
    let looked_at = (change.entity == Entity::Patient).then(|| PatientId::new(change.id.as_str()));
    let both = [&change.before, &change.after];
    both.into_iter().flatten().filter_map(of_record).chain(looked_at)
}

impl Told<'_> {
    pub(super) fn line(&self, trace: &Trace) -> JournalLine {
        let entry = &trace.entry;
        let patients = patients_of(entry);
        let about = patients.iter().take(NAMED).map(|id| JournalPatient {
            id: id.to_string(),
            name: self.names.get(id).cloned().unwrap_or_else(|| id.to_string()),
        });
        let turned = match entry.kind {
            EntryKind::Undo { of } | EntryKind::Redo { of } => self.turned.get(&of),
            _ => None,
        };
        // A series says less of itself than its visits do.
        let (series, others): (Vec<&Change>, Vec<&Change>) = entry
            .changes
            .iter()
            .partition(|change| change.entity == Entity::Series);
        let mut details: Vec<String> = others
            .into_iter()
            .chain(series)
            .filter_map(|change| self.detail(change))
            .take(DESCRIBED)
            .collect();
        if trace.records as usize > DESCRIBED && details.len() == DESCRIBED {
            details.push(self.words.more_records(trace.records as usize - DESCRIBED));
        }
        JournalLine {
            entry: entry.seq,
            at: entry.at.with_timezone(&self.clinic.time_zone).naive_local(),
            person: self.words.person(&entry.actor),
            what: self.words.what(entry, turned),
            kind: entry.kind.into(),
            about: about.collect(),
            more_patients: patients.len() > NAMED,
            records: trace.records,
            details,
            reason: entry.reason.clone(),
        }
    }

    /// What happened to one record; nothing where it was only looked at.
    fn detail(&self, change: &Change) -> Option<String> {
        let words = self.words;
        match (&change.before, &change.after) {
            (None, None) => None,
            (Some(Record::Appointment(before)), Some(Record::Appointment(after))) => {
                let fields = self.visit_fields(before, after);
                Some(words.fields_of(&self.visit(after), &fields))
            }
            (_, Some(Record::Appointment(after))) => Some(words.added(&self.visit(after))),
            (Some(Record::Appointment(before)), None) => Some(words.removed(&self.visit(before))),
            (Some(Record::Patient(before)), Some(Record::Patient(after))) => {
                let fields = patient_fields(before, after, self.speech.language);
                Some(words.fields_of(&after.name, &fields))
            }
            (Some(Record::Retention(before)), Some(Record::Retention(after))) => {
                Some(words.fields(&[(Field::Years, before.years.to_string(), after.years.to_string())]))
            }
            (Some(Record::User(before)), Some(Record::User(after))) => {
                let fields = self.user_fields(before, after);
                Some(words.fields_of(&after.name, &fields))
            }
            (Some(Record::LockBox(before)), Some(Record::LockBox(after))) => {
                let fields = [(Field::Named, self.named(before), self.named(after))];
                Some(words.fields(&fields))
            }
            (before, Some(Record::Sharing(after))) => {
                let none = Sharing::none(after.practitioner.clone());
                let before = match before {
                    Some(Record::Sharing(before)) => before,
                    _ => &none,
                };
                let name = self.practitioner_name(&after.practitioner);
                Some(words.fields_of(&name, &self.sharing_fields(before, after)))
            }
            (Some(Record::Access(before)), Some(Record::Access(after))) => {
                let [before, after] = [before, after].map(|access| access.idle_minutes.to_string());
                Some(words.fields(&[(Field::IdleMinutes, before, after)]))
            }
            (before, after) => {
                let record = after.as_ref().or(before.as_ref())?;
                let name = match record {
                    Record::LockBox(lock_box) => self.named(lock_box),
                    Record::Sharing(sharing) => self.practitioner_name(&sharing.practitioner),
                    Record::User(user) => format!("{} ({})", user.name, words.role(user.role)),
                    record => name(record, self.speech.language),
                };
                let name = format!("{} {name}", words.entity(record.entity()));
                Some(match (before, after) {
                    (None, _) => words.added(&name),
                    (_, None) => words.removed(&name),
                    _ => words.changed(&name),
                })
            }
        }
    }

    /// Who may see a record in a lock-box.
    fn named(&self, lock_box: &LockBox) -> String {
        let name = |id: &UserId| self.users.get(id).cloned().unwrap_or_else(|| id.to_string());
        let names: Vec<String> = lock_box.users.iter().map(name).collect();
        names.join(", ")
    }

    fn user_fields(&self, before: &User, after: &User) -> Vec<(Field, String, String)> {
        let words = self.words;
        let practitioner = |user: &User| {
            let id = user.practitioner.as_ref();
            id.map_or_else(String::new, |id| self.practitioner_name(id))
        };
        let both = |of: fn(&User) -> bool| [before, after].map(|user| words.yes_or_no(of(user)).to_owned());
        let [signed, signs] = both(|user| user.active);
        let [was_out, is_out] = both(|user| user.locked_out);
        let mut fields = vec![
            (Field::Name, before.name.clone(), after.name.clone()),
            (
                Field::Role,
                words.role(before.role).to_owned(),
                words.role(after.role).to_owned(),
            ),
            (Field::Practitioner, practitioner(before), practitioner(after)),
            (Field::SignsIn, signed, signs),
            (Field::LockedOut, was_out, is_out),
        ];
        fields.retain(|(_, before, after)| before != after);
        if before.secret_set != after.secret_set {
            fields.push((Field::Secret, String::new(), String::new()));
        }
        fields
    }

    /// How a calendar is shared; the secret of a feed is never told.
    fn sharing_fields(&self, before: &Sharing, after: &Sharing) -> Vec<(Field, String, String)> {
        let words = self.words;
        let names = |sharing: &Sharing| words.names_shown(sharing.names).to_owned();
        let feed = |sharing: &Sharing| words.yes_or_no(sharing.feed_secret.is_some()).to_owned();
        let account = |sharing: &Sharing| {
            let account = sharing.account.as_ref();
            account.map_or_else(String::new, |account| {
                format!("{} ({})", account.address, account.user)
            })
        };
        let ends = |sharing: &Sharing| words.yes_or_no(sharing.account_ends).to_owned();
        let mut fields = vec![
            (Field::NamesShown, names(before), names(after)),
            (Field::Account, account(before), account(after)),
            (Field::AccountEnds, ends(before), ends(after)),
        ];
        fields.retain(|(_, before, after)| before != after);
        if before.feed_secret != after.feed_secret {
            fields.push((Field::Feed, feed(before), feed(after)));
        }
        fields
    }

    /// A visit as one knows it: what, when, with whom.
    fn visit(&self, visit: &Appointment) -> String {
        let service = self.service(visit);
        format!(
            "{service}, {}, {}",
            self.speech.moment(visit.start),
            self.practitioner(visit)
        )
    }

    fn service(&self, visit: &Appointment) -> String {
        let mut services = self.clinic.services.iter();
        let found = services.find(|service| service.id == visit.service);
        found.map_or_else(|| visit.service.to_string(), |service| service.name.clone())
    }

    fn practitioner(&self, visit: &Appointment) -> String {
        self.practitioner_name(&visit.practitioner)
    }

    fn practitioner_name(&self, id: &PractitionerId) -> String {
        let mut practitioners = self.clinic.practitioners.iter();
        let found = practitioners.find(|practitioner| practitioner.id == *id);
        found.map_or_else(|| id.to_string(), |practitioner| practitioner.name.clone())
    }

    fn room(&self, visit: &Appointment) -> String {
        let Some(id) = &visit.room else {
            return "–".to_owned();
        };
        let found = self.clinic.rooms.iter().find(|room| &room.id == id);
        found.map_or_else(|| id.to_string(), |room| room.name.clone())
    }

    fn visit_fields(&self, before: &Appointment, after: &Appointment) -> Vec<(Field, String, String)> {
        let patient = |visit: &Appointment| {
            let name = self.names.get(&visit.patient);
            name.cloned().unwrap_or_else(|| visit.patient.to_string())
        };
        let status = |visit: &Appointment| self.words.status(visit.status).to_owned();
        let fields = [
            (
                Field::Time,
                self.speech.moment(before.start),
                self.speech.moment(after.start),
            ),
            (
                Field::Minutes,
                before.minutes.to_string(),
                after.minutes.to_string(),
            ),
            (
                Field::Practitioner,
                self.practitioner(before),
                self.practitioner(after),
            ),
            (Field::Room, self.room(before), self.room(after)),
            (Field::Service, self.service(before), self.service(after)),
            (Field::Patient, patient(before), patient(after)),
            (Field::Status, status(before), status(after)),
            (Field::Note, before.note.clone(), after.note.clone()),
            (
                Field::CancelReason,
                before.cancel_reason.clone(),
                after.cancel_reason.clone(),
            ),
            (
                Field::Override,
                before.override_reason.clone(),
                after.override_reason.clone(),
            ),
        ];
        fields
            .into_iter()
            .filter(|(_, before, after)| before != after)
            .collect()
    }
}

fn patient_fields(before: &Patient, after: &Patient, language: Language) -> Vec<(Field, String, String)> {
    let birth = |patient: &Patient| {
        patient
            .date_of_birth
            .map_or_else(String::new, |date| language.plain_date(date))
    };
    let mut fields = vec![
        (Field::Name, before.name.clone(), after.name.clone()),
        (
            Field::Phone,
            before.contact.phone.clone(),
            after.contact.phone.clone(),
        ),
        (
            Field::Email,
            before.contact.email.clone(),
            after.contact.email.clone(),
        ),
        (Field::Birth, birth(before), birth(after)),
        (Field::Notes, before.notes.clone(), after.notes.clone()),
        (
            Field::Sensitivities,
            before.sensitivities.join(", "),
            after.sensitivities.join(", "),
        ),
    ];
    fields.retain(|(_, before, after)| before != after);
    // Lists that say little in one line are only named.
    for (field, differs) in [
        (Field::Availability, before.availability != after.availability),
        (Field::Covers, before.covers != after.covers),
        (
            Field::Decisions,
            before.provider_decisions != after.provider_decisions,
        ),
    ] {
        if differs {
            fields.push((field, String::new(), String::new()));
        }
    }
    fields
}

/// What a record is called among those of its kind.
fn name(record: &Record, language: Language) -> String {
    match record {
        Record::Settings(settings) => settings.name.clone(),
        Record::Discipline(discipline) => discipline.name.clone(),
        Record::Service(service) => service.name.clone(),
        Record::Room(room) => room.name.clone(),
        Record::Practitioner(practitioner) => practitioner.name.clone(),
        Record::Closure(closure) => format!("{} {}", language.plain_date(closure.date), closure.name),
        Record::Patient(patient) => patient.name.clone(),
        Record::Retention(retention) => retention.years.to_string(),
        Record::Access(access) => access.idle_minutes.to_string(),
        record => record.id(),
    }
}
