//! From a patient with a condition to three proposals.

mod draft;
mod horizon;

use chrono::{NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{
    AvailabilityWindow, Clinic, DisciplineId, Frequency, InsuranceCover, PatientId, PractitionerId, Request,
    SeriesBasis, SeriesId, ServiceId,
};
use ordo_core::planner::{Plan, plan};
use ordo_core::protocol::{Case, CoverWarning, Decision, cover_warnings, weeks_within_cover};
use ordo_core::why::{Unplaced, explain_unplaced};
use ordo_store::Filter;

pub(crate) use self::draft::{draft, order_from};
pub(crate) use self::horizon::{touched, with_availability};
use crate::pins::{self, LostPin, Pin};
use crate::rest::Rest;
use crate::{Code, Desk, Error, Host, UseCase};

/// What the front desk asks for; what is left out is decided by the protocols and the clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Conditions, needs and sensitivities.
    pub case: Case,
    /// How many weeks; 6 when left out.
    pub weeks: Option<u32>,
    /// The discipline that comes first, where nothing else decides.
    pub first: Option<DisciplineId>,
    /// The frequency, when the patient wishes another than the clinic's usual.
    pub frequency: Option<Frequency>,
    /// One discipline alone.
    pub only: Option<DisciplineId>,
    /// The services, one a discipline at most.
    pub services: Vec<ServiceId>,
    /// The practitioners; nobody of a discipline means everybody.
    pub practitioners: Vec<PractitionerId>,
    /// When the patient can come this time, when other than the record says.
    pub availability: Option<Vec<AvailabilityWindow>>,
    /// The first date that may be used; today when left out.
    pub earliest: Option<NaiveDate>,
    /// The last date of the first week; 13 days after the first date when left out.
    pub latest_start: Option<NaiveDate>,
    /// Days around the usual day; the protocols' when left out.
    pub tolerance_days: Option<u32>,
    /// The longest wait on one day, in minutes.
    pub max_wait_minutes: Option<u32>,
    /// Shorten the series to what the insurance covers.
    pub within_cover: bool,
    /// Sessions that stay where somebody put them.
    pub pins: Vec<Pin>,
    /// Sessions that the series does without, by discipline and week.
    pub left_out: Vec<(DisciplineId, u32)>,
    /// The running series of which the rest is planned again; its past stays as it is.
    pub rest_of: Option<SeriesId>,
}

/// Three proposals and everything that explains them.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// What was decided and why.
    pub decision: Decision,
    /// What the planner was asked.
    pub request: Request,
    /// What the decision was made from, to be kept with the series.
    pub basis: SeriesBasis,
    /// The proposals.
    pub plan: Plan,
    /// Why sessions have no place, for each proposal.
    pub unplaced: [Vec<Unplaced>; 3],
    /// What the insurance does not cover.
    pub cover_warnings: Vec<CoverWarning>,
    /// Pins that the calendar no longer allows; planned as if they were not there.
    pub lost_pins: Vec<LostPin>,
    /// The running series, where its rest was planned.
    pub rest: Option<Rest>,
    /// The calendar that was planned on.
    pub calendar: Calendar,
    /// The journal's last entry at that moment.
    pub planned_at: u32,
}

/// A request on the calendar as it is now, and what led to it.
pub(crate) struct Question {
    pub decision: Decision,
    pub basis: SeriesBasis,
    pub request: Request,
    pub calendar: Calendar,
    pub planned_at: u32,
    pub cover_warnings: Vec<CoverWarning>,
    pub lost_pins: Vec<LostPin>,
    pub rest: Option<Rest>,
}

impl<H: Host> Desk<H> {
    /// Plans a series for a patient on the calendar as it is now.
    pub fn propose(&self, patient: &PatientId, ask: &Ask) -> Result<Proposed, Error> {
        self.allow(UseCase::SeriesProposals)?;
        self.allow_patient(patient)?;
        let question = self.question(patient, ask, None)?;
        let mut plan = plan(&question.calendar, &question.request)?;
        if let Some(rest) = &question.rest {
            rest.keep_rooms(&question.calendar, &question.request, &mut plan)?;
        }
        let unplaced = explain_unplaced(&question.calendar, &question.request, &plan)?;
        Ok(Proposed {
            decision: question.decision,
            basis: question.basis,
            request: question.request,
            plan,
            unplaced,
            cover_warnings: question.cover_warnings,
            lost_pins: question.lost_pins,
            rest: question.rest,
            calendar: question.calendar,
            planned_at: question.planned_at,
        })
    }

    /// What the planner is asked; the calendar reaches at least to a date, if one is named.
    pub(crate) fn question(
        &self,
        patient: &PatientId,
        ask: &Ask,
        near: Option<NaiveDate>,
    ) -> Result<Question, Error> {
        let now = self.now()?;
        let mut ask = ask.clone();
        ask.case.language = self.language;
        let ask = &ask;
        let (clinic, protocols, record, rest) = self.store.read(|view| {
            let record = view.patient(patient)?;
            let record = record.ok_or_else(|| Error::not_found("patient", patient))?;
            let rest = match &ask.rest_of {
                Some(series) => Some(Rest::load(view, series, patient, now, self.language)?),
                None => None,
            };
            Ok::<_, Error>((view.clinic()?, view.protocols()?, record, rest))
        })?;
        let draft = draft(&clinic, &protocols, &record, ask, rest.as_ref(), now)?;
        let mut request = draft.request;
        if let Some(rest) = &rest {
            rest.ask_for(&mut request, ask.earliest);
        }
        let pins = pins::ask_for(&mut request, &ask.pins);
        let covers = &record.covers;
        let mut used = Vec::with_capacity(covers.len());
        for cover in covers {
            let used_up = self.visits_used(&clinic, patient, cover)?;
            let again = rest
                .as_ref()
                .map_or(0, |rest| rest.planned_until(&cover.discipline, cover.until));
            used.push((cover, used_up.saturating_sub(again)));
        }
        let used = |cover: &InsuranceCover| {
            let counted = used.iter().find(|(counted, _)| *counted == cover);
            counted.map_or(0, |(_, used)| *used)
        };
        if ask.within_cover {
            request.weeks =
                weeks_within_cover(covers, &request.rhythms, request.weeks, request.earliest, used);
            if request.weeks == 0 {
                return Err(Error::new(Code::BadRequest, nothing_covered(self.language)));
            }
            let weeks = request.weeks;
            request.fixed.retain(|session| session.week < weeks);
            request.current.retain(|session| session.week < weeks);
        }
        let cover_warnings = cover_warnings(covers, &request.rhythms, request.weeks, request.earliest, used);
        let (mut calendar, planned_at) = self.horizon(&clinic, &request, near)?;
        if let Some(windows) = &ask.availability {
            calendar = with_availability(&calendar, patient, windows)?;
        }
        request
            .replaces
            .retain(|visit| calendar.appointment_index(visit).is_some());
        let lost_pins = pins::settle(&calendar, &mut request, &pins, self.speech())?;
        Ok(Question {
            decision: draft.decision,
            basis: draft.basis,
            request,
            calendar,
            planned_at,
            cover_warnings,
            lost_pins,
            rest,
        })
    }

    /// The calendar that a request can touch, and the journal's last entry at that moment.
    fn horizon(
        &self,
        clinic: &Clinic,
        request: &Request,
        near: Option<NaiveDate>,
    ) -> Result<(Calendar, u32), Error> {
        self.store
            .read(|view| Ok((touched(view, clinic, request, near)?, view.current_seq()?)))
    }

    /// Visits that a cover has paid for or will: those that occupy time, up to its date.
    pub(crate) fn visits_used(
        &self,
        clinic: &Clinic,
        patient: &PatientId,
        cover: &InsuranceCover,
    ) -> Result<u32, Error> {
        let filter = Filter {
            patient: Some(patient.clone()),
            ..Filter::default()
        };
        let year_before = cover
            .until
            .checked_sub_signed(TimeDelta::days(365))
            .unwrap_or(cover.until);
        let visits = self.store.appointments(year_before, cover.until, &filter)?;
        let of_discipline = |service: &ServiceId| {
            clinic
                .services
                .iter()
                .any(|known| &known.id == service && known.discipline == cover.discipline)
        };
        let counted = visits
            .iter()
            .filter(|visit| visit.status.occupies_time() && of_discipline(&visit.service));
        Ok(counted.count() as u32)
    }
}

fn nothing_covered(language: Language) -> &'static str {
    language.pick(
        "the insurance covers no further visit; plan without the cover, or change it",
        "l’assurance ne couvre plus aucun rendez-vous; planifiez sans elle, ou changez la couverture",
    )
}
