//! What was done, in each language.

use ordo_core::Language;
use ordo_core::model::AppointmentStatus;
use ordo_store::{Action, Entry, EntryKind, Record};

use crate::{Code, Error};

/// Says what the board did in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    pub fn nothing(self) -> String {
        self.0.pick("Nothing changed", "Rien n’a changé").to_owned()
    }

    pub fn nothing_to_undo(self) -> Error {
        let text = self.0.pick("there is nothing to undo", "il n’y a rien à annuler");
        Error::new(Code::CannotUndo, text)
    }

    pub fn no_length(self, minutes: u32, most: u32) -> Error {
        let text = match self.0 {
            Language::English => format!("a visit lasts 1 to {most} minutes, not {minutes}"),
            Language::French => format!("un rendez-vous dure de 1 à {most} minutes, pas {minutes}"),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn too_many_dates(self, most: i64) -> Error {
        let text = match self.0 {
            Language::English => format!("at most {most} dates are marked at once"),
            Language::French => format!("au plus {most} dates sont marquées à la fois"),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn request_is_taken(self) -> Error {
        let text = self.0.pick(
            "this request has booked another visit already; open the booking card again",
            "cette demande a déjà réservé un autre rendez-vous; rouvrez la fiche de réservation",
        );
        Error::new(Code::ChangedMeanwhile, text)
    }

    pub fn note_changed_meanwhile(self) -> Error {
        let text = self.0.pick(
            "somebody else has written another note meanwhile; yours is still here: read theirs, then save again",
            "quelqu’un d’autre a écrit une autre note entre-temps; la vôtre est toujours là\u{a0}: lisez la leur, puis \
             enregistrez de nouveau",
        );
        Error::new(Code::ChangedMeanwhile, text)
    }

    pub fn note_too_long(self, most: usize) -> Error {
        let text = match self.0 {
            Language::English => format!("the note is too long; at most {most} characters are kept"),
            Language::French => format!("la note est trop longue; {most} caractères au plus"),
        };
        Error::new(Code::BadRequest, text)
    }
}

/// What an entry did; `undone` is the entry that it took back or made again.
pub(super) fn done_words(language: Language, entry: &Entry, undone: Option<&Entry>) -> String {
    let what = deed(language, undone.unwrap_or(entry));
    match entry.kind {
        EntryKind::Undo { .. } => format!("{}{what}", language.pick("Undone: ", "Annulé\u{a0}: ")),
        EntryKind::Redo { .. } => format!("{}{what}", language.pick("Done again: ", "Rétabli\u{a0}: ")),
        _ => what.to_owned(),
    }
}

/// What a change did.
pub(crate) fn deed(language: Language, entry: &Entry) -> &'static str {
    let EntryKind::Change(action) = entry.kind else {
        return language.pick("change", "modification");
    };
    match action {
        Action::Import => language.pick("clinic brought in", "clinique importée"),
        Action::Book if entry.changes.len() > 1 => language.pick("series booked", "série réservée"),
        Action::Book => language.pick("visit booked", "rendez-vous réservé"),
        Action::Reschedule if has_other_length_alone(entry) => {
            language.pick("length of a visit changed", "durée d’un rendez-vous modifiée")
        }
        Action::Reschedule => language.pick("visit moved", "rendez-vous déplacé"),
        Action::Cancel => language.pick("visit cancelled", "rendez-vous annulé"),
        Action::SetStatus => match status_after(entry) {
            Some(AppointmentStatus::Arrived) => language.pick("arrived", "arrivée notée"),
            Some(AppointmentStatus::Fulfilled) => language.pick("done", "soin terminé"),
            Some(AppointmentStatus::NoShow) => language.pick("did not come", "absence notée"),
            _ => language.pick("back to booked", "de nouveau réservé"),
        },
        Action::EditAppointment => language.pick("visit changed", "rendez-vous modifié"),
        Action::EditSeries => language.pick("series changed", "série modifiée"),
        Action::EditPatient => patient_deed(language, entry),
        Action::EditClinic => language.pick("set-up changed", "réglages modifiés"),
        Action::EditProtocols => language.pick("protocols changed", "protocoles modifiés"),
        Action::Restore => language.pick("backup put back", "sauvegarde restaurée"),
        Action::EditAccess => language.pick("access changed", "accès modifiés"),
        Action::ImportList => language.pick("file brought in", "fichier importé"),
        Action::EditSharing => {
            language.pick("sharing of a calendar changed", "partage d’un calendrier modifié")
        }
        Action::Update => language.pick("Ordo updated", "Ordo mis à jour"),
    }
}

/// What was done with the record of a patient. One that goes leaves nothing behind, unless it was merged into another.
fn patient_deed(language: Language, entry: &Entry) -> &'static str {
    let is_patient = |record: &Option<Record>| matches!(record, Some(Record::Patient(_)));
    let changes = || entry.changes.iter();
    if changes().any(|change| is_patient(&change.before) && change.after.is_none()) {
        if changes().any(|change| change.after.is_some()) {
            language.pick("records merged", "dossiers fusionnés")
        } else {
            language.pick("patient removed", "patient retiré")
        }
    } else if changes().any(|change| change.before.is_none() && is_patient(&change.after)) {
        language.pick("patient added", "patient ajouté")
    } else {
        language.pick("patient changed", "patient modifié")
    }
}

/// Whether a visit stayed where it was and lasts longer or shorter.
fn has_other_length_alone(entry: &Entry) -> bool {
    entry
        .changes
        .iter()
        .any(|change| match (&change.before, &change.after) {
            (Some(Record::Appointment(before)), Some(Record::Appointment(after))) => {
                before.minutes != after.minutes
                    && before.start == after.start
                    && before.practitioner == after.practitioner
            }
            _ => false,
        })
}

fn status_after(entry: &Entry) -> Option<AppointmentStatus> {
    entry.changes.iter().find_map(|change| match &change.after {
        Some(Record::Appointment(visit)) => Some(visit.status),
        _ => None,
    })
}
