//! Decides order, spacing and frequency for a patient.

use ordo_core::model::PatientId;
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
            let known: Vec<_> = patient
                .sensitivities
                .into_iter()
                .filter(|known| !case.sensitivities.contains(known))
                .collect();
            case.sensitivities.extend(known);
            case.provider_decisions.extend(patient.provider_decisions);
        }
        Ok(decide(&self.store.protocols()?, &case)?)
    }
}
