//! Decides order, spacing and frequency for a patient.

use ordo_core::model::{Patient, PatientId};
use ordo_core::protocol::{Case, Decision, decide};

use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// The decision by the protocols in force, in the desk's language; what the record says of the patient counts too.
    pub fn decide(&self, patient: Option<&PatientId>, mut case: Case) -> Result<Decision, Error> {
        self.allow(UseCase::Decide)?;
        case.language = self.language;
        if let Some(id) = patient {
            self.allow_patient(id)?;
            let patient = self
                .store
                .patient(id)?
                .ok_or_else(|| Error::not_found("patient", id))?;
            case = with_record(case, &patient);
        }
        Ok(decide(&self.store.protocols()?, &case)?)
    }
}

/// A case with what the patient's record says besides.
pub(crate) fn with_record(mut case: Case, patient: &Patient) -> Case {
    for known in &patient.sensitivities {
        if !case.sensitivities.contains(known) {
            case.sensitivities.push(known.clone());
        }
    }
    case.provider_decisions
        .extend(patient.provider_decisions.iter().cloned());
    case
}
