//! Patients: finding, reading, editing and merging their records.

mod distance;
mod edit;
mod form;
mod index;
mod list;
mod merge;
mod record;
mod series_line;
mod words;

pub(crate) use record::{VisitNames, all_visits, visit_line};
pub(crate) use series_line::pair_of;

use ordo_core::model::PatientId;
use ordo_store::{Hash, PatientLine, StoreError};

use crate::view::patients::{Named, PatientChoices, PatientHit, PatientHits};
use crate::{Desk, Error, Host, UseCase};
use index::PatientIndex;

/// How many patients count as worked on lately.
const RECENT: u32 = 30;

/// What the desk keeps in mind about patients between two questions.
#[derive(Debug, Default)]
pub(crate) struct PatientMemory {
    found: Option<Searchable>,
}

/// Every patient as the search sees them, as of an entry of the journal.
#[derive(Debug)]
struct Searchable {
    seq: u32,
    hash: Hash,
    index: PatientIndex,
    recent: Vec<PatientId>,
}

impl<H: Host> Desk<H> {
    /// Patients that fit what is typed: parts of names in any order, with or without accents and with typing errors,
    /// parts of a telephone number, a date or year of birth, an e-mail address. For nothing typed, those worked on
    /// lately, then others by name. Of all of them those from the place `from` on are given, `limit` at most.
    pub fn search_patients(&mut self, text: &str, from: u32, limit: u32) -> Result<PatientHits, Error> {
        self.allow(UseCase::SearchPatients)?;
        let seen = self.patients_seen()?;
        let (from, limit) = (from as usize, limit.clamp(1, 200) as usize);
        self.refresh_patients()?;
        let Some(Searchable { index, recent, .. }) = &self.patients.found else {
            return Err(StoreError::NoClinic.into());
        };
        let mut lines: Vec<&PatientLine> = Vec::new();
        let mut recent_count = 0;
        if text.trim().is_empty() {
            let recent_seen = recent.iter().filter(|id| seen.sees(id));
            lines.extend(recent_seen.filter_map(|id| index.get(id)));
            recent_count = lines.len() as u32;
            if lines.len() < from + limit {
                let rest = index.by_name();
                let rest = rest.into_iter().filter(|line| seen.sees(&line.id));
                lines.extend(rest.filter(|line| !recent.contains(&line.id)));
            }
        } else {
            lines = index.search(text, recent);
            lines.retain(|line| seen.sees(&line.id));
        }
        let found = if text.trim().is_empty() {
            seen.of(index.len())
        } else {
            lines.len()
        };
        let lines: Vec<&PatientLine> = lines.into_iter().skip(from).take(limit).collect();
        Ok(PatientHits {
            hits: self.hits(&lines)?,
            found: found as u32,
            recent: recent_count,
            of: seen.of(index.len()) as u32,
        })
    }

    /// Patients who may be the same person as somebody of this name, telephone number and date of birth.
    pub fn similar_patients(
        &mut self,
        name: &str,
        phone: &str,
        date_of_birth: Option<chrono::NaiveDate>,
        besides: Option<&PatientId>,
    ) -> Result<Vec<PatientHit>, Error> {
        self.allow(UseCase::SimilarPatients)?;
        self.alike(name, phone, date_of_birth, besides)
    }

    /// Patients who may be the same person, of those who are seen.
    fn alike(
        &mut self,
        name: &str,
        phone: &str,
        date_of_birth: Option<chrono::NaiveDate>,
        besides: Option<&PatientId>,
    ) -> Result<Vec<PatientHit>, Error> {
        let seen = self.patients_seen()?;
        self.refresh_patients()?;
        let Some(Searchable { index, .. }) = &self.patients.found else {
            return Err(StoreError::NoClinic.into());
        };
        let mut lines = index.alike(name, phone, date_of_birth);
        lines.retain(|line| Some(&line.id) != besides && seen.sees(&line.id));
        lines.truncate(5);
        self.hits(&lines)
    }

    /// What the lists of a patient's form offer.
    pub fn patient_choices(&self) -> Result<PatientChoices, Error> {
        self.allow(UseCase::PatientChoices)?;
        let (clinic, protocols) = self
            .store
            .read(|view| Ok::<_, StoreError>((view.clinic()?, view.protocols()?)))?;
        let named = |id: String, name: String| Named { id, name };
        Ok(PatientChoices {
            disciplines: clinic
                .disciplines
                .into_iter()
                .map(|discipline| named(discipline.id.to_string(), discipline.name))
                .collect(),
            sensitivities: protocols
                .sensitivities
                .into_iter()
                .map(|sensitivity| named(sensitivity.id, sensitivity.name))
                .collect(),
        })
    }

    /// Takes in what the journal says has changed since the last search.
    fn refresh_patients(&mut self) -> Result<(), Error> {
        let Self { store, patients, .. } = self;
        store.read(|view| {
            let seq = view.current_seq()?;
            // Another window may have put a backup back: then what is known hangs on entries that are gone.
            if let Some(found) = &patients.found
                && view.chain_at(found.seq)? != Some(found.hash)
            {
                patients.found = None;
            }
            match &mut patients.found {
                Some(found) if found.seq == seq => {}
                Some(found) => {
                    let changed = view.patients_changed_after(found.seq)?;
                    for id in &changed {
                        found.index.remove(id);
                    }
                    for line in view.patient_lines_of(&changed)? {
                        found.index.put(line);
                    }
                    found.recent = view.recent_patients(RECENT)?;
                    found.seq = seq;
                    found.hash = view.chain_at(seq)?.unwrap_or(Hash::NONE);
                }
                None => {
                    patients.found = Some(Searchable {
                        seq,
                        hash: view.chain_at(seq)?.unwrap_or(Hash::NONE),
                        index: PatientIndex::new(view.patient_lines()?),
                        recent: view.recent_patients(RECENT)?,
                    });
                }
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(())
    }

    fn hits(&self, lines: &[&PatientLine]) -> Result<Vec<PatientHit>, Error> {
        let ids: Vec<PatientId> = lines.iter().map(|line| line.id.clone()).collect();
        let nearest = self.store.nearest_visits(&ids, self.now()?)?;
        let hit = |(line, nearest): (&&PatientLine, ordo_store::NearestVisits)| PatientHit {
            id: line.id.to_string(),
            name: line.name.clone(),
            phone: line.phone.clone(),
            email: line.email.clone(),
            date_of_birth: line.date_of_birth,
            last_visit: nearest.before,
            next_visit: nearest.after,
        };
        Ok(lines.iter().zip(nearest).map(hit).collect())
    }

    fn hit_of(&mut self, id: &PatientId) -> Result<PatientHit, Error> {
        self.refresh_patients()?;
        let found = self.patients.found.as_ref();
        let line = found.and_then(|found| found.index.get(id));
        let line = line.ok_or_else(|| Error::not_found("patient", id))?;
        let hit = self.hits(&[line])?.pop();
        hit.ok_or_else(|| Error::not_found("patient", id))
    }
}

#[cfg(test)]
mod tests;
