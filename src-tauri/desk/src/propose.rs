//! From a patient with a condition to three proposals.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{
    AvailabilityWindow, Clinic, DisciplineId, Frequency, InsuranceCover, Patient, PatientId, PractitionerId,
    Request, Rhythm, RoomId, SeriesBasis, SeriesId, ServiceId, Spacing,
};
use ordo_core::planner::{Plan, plan};
use ordo_core::protocol::{
    Case, CoverWarning, Decision, Protocols, cover_warnings, decide, rhythm_pattern, weeks_within_cover,
};
use ordo_core::rules;
use ordo_core::why::{Unplaced, explain_unplaced};
use ordo_store::{Filter, Reader};

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
        let used = |cover: &InsuranceCover| {
            let used = self.visits_used(&clinic, patient, cover).unwrap_or(0);
            let again = rest
                .as_ref()
                .map_or(0, |rest| rest.planned_until(&cover.discipline, cover.until));
            used.saturating_sub(again)
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
        let lost_pins = pins::settle(&calendar, &mut request, &pins, self.language)?;
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

/// The calendar that a request can touch, as the rows are; with a date it reaches at least there.
pub(crate) fn touched(
    view: &Reader,
    clinic: &Clinic,
    request: &Request,
    near: Option<NaiveDate>,
) -> Result<Calendar, Error> {
    let span = Horizon::of(clinic, request, near);
    let horizon = view.horizon(
        &request.patient,
        &span.practitioners,
        &span.rooms,
        span.from,
        span.to,
    )?;
    Ok(Calendar::new(
        horizon.clinic,
        vec![horizon.patient],
        horizon.appointments,
    )?)
}

/// What a request can touch.
pub(crate) struct Horizon {
    pub practitioners: Vec<PractitionerId>,
    pub rooms: Vec<RoomId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Horizon {
    /// Everybody who offers a service of the request, so that it can be said who else would help, and every room
    /// that would do; from a week before to a week after anything that the request can place.
    pub(crate) fn of(clinic: &Clinic, request: &Request, near: Option<NaiveDate>) -> Self {
        let services: Vec<_> = request.rhythms.iter().map(|rhythm| &rhythm.service).collect();
        let kinds: Vec<_> = clinic
            .services
            .iter()
            .filter(|service| services.contains(&&service.id))
            .flat_map(|service| &service.room_kinds)
            .collect();
        let reach = TimeDelta::minutes(i64::from(rules::REACH)) + TimeDelta::days(2);
        let last =
            request.latest_start + TimeDelta::weeks(i64::from(request.weeks)) + TimeDelta::days(9) + reach;
        let starts = request
            .fixed
            .iter()
            .chain(&request.current)
            .map(|session| session.start.date())
            .chain(near);
        let first = starts
            .clone()
            .chain([request.earliest])
            .min()
            .unwrap_or(request.earliest);
        let last = starts.chain([last]).max().unwrap_or(last);
        Self {
            practitioners: clinic
                .practitioners
                .iter()
                .filter(|practitioner| {
                    practitioner
                        .services
                        .iter()
                        .any(|service| services.contains(&service))
                })
                .map(|practitioner| practitioner.id.clone())
                .collect(),
            rooms: clinic
                .rooms
                .iter()
                .filter(|room| room.kinds.iter().any(|kind| kinds.contains(&kind)))
                .map(|room| room.id.clone())
                .collect(),
            from: first.checked_sub_signed(reach).unwrap_or(first),
            to: last,
        }
    }
}

fn nothing_covered(language: Language) -> &'static str {
    language.pick(
        "the insurance covers no further visit; plan without the cover, or change it",
        "l’assurance ne couvre plus aucun rendez-vous ; planifiez sans elle, ou changez la couverture",
    )
}

pub(crate) fn with_availability(
    calendar: &Calendar,
    patient: &PatientId,
    windows: &[AvailabilityWindow],
) -> Result<Calendar, Error> {
    let mut patients = calendar.patients().to_vec();
    for record in patients.iter_mut().filter(|record| &record.id == patient) {
        windows.clone_into(&mut record.availability);
    }
    Ok(Calendar::new(
        calendar.clinic().clone(),
        patients,
        calendar.appointments().to_vec(),
    )?)
}

pub(crate) struct Draft {
    pub decision: Decision,
    pub request: Request,
    pub basis: SeriesBasis,
}

/// Decides, and writes the request that follows.
pub(crate) fn draft(
    clinic: &Clinic,
    protocols: &Protocols,
    patient: &Patient,
    ask: &Ask,
    rest: Option<&Rest>,
    now: NaiveDateTime,
) -> Result<Draft, Error> {
    let mut case = ask.case.clone();
    case.sensitivities.extend(
        patient
            .sensitivities
            .iter()
            .filter(|known| !ask.case.sensitivities.contains(known))
            .cloned(),
    );
    case.provider_decisions
        .extend(patient.provider_decisions.iter().cloned());
    if let Some(first) = ask.first.as_ref().or(ask.only.as_ref()) {
        case.chosen_order = Some(order_from(clinic, first)?);
    }
    case.chosen_frequency = ask.frequency;
    let mut decision = decide(protocols, &case)?;
    if let Some(rest) = rest {
        rest.keep_decided(&mut decision, &case);
    }
    let frequency = decision.frequency;
    let order = decision.order.clone().ok_or_else(|| {
        let text = "nothing decides which treatment comes first; choose the first discipline";
        Error::new(Code::OrderNeeded, text)
    })?;
    let wanted: Vec<&DisciplineId> = match &ask.only {
        Some(only) if order.contains(only) => vec![only],
        Some(only) => return Err(Error::not_found("discipline of the order", only)),
        None => order.iter().collect(),
    };
    let mut rhythms = Vec::new();
    for discipline in wanted {
        let (every_weeks, first_week) = if ask.only.is_some() {
            (1, 0)
        } else {
            rhythm_pattern(frequency, &order, discipline)
        };
        rhythms.push(rhythm(clinic, discipline, ask, every_weeks, first_week)?);
    }
    let spacing = match (decision.spacing, ask.max_wait_minutes) {
        (Spacing::SameDay { .. }, Some(max_wait_minutes)) => Spacing::SameDay { max_wait_minutes },
        (spacing, _) => spacing,
    };
    let earliest = ask.earliest.unwrap_or(now.date());
    let request = Request {
        patient: patient.id.clone(),
        now,
        earliest,
        latest_start: ask.latest_start.unwrap_or_else(|| earliest + TimeDelta::days(13)),
        weeks: ask.weeks.unwrap_or(6),
        order,
        spacing,
        tolerance_days: ask.tolerance_days.unwrap_or(protocols.tolerance_days),
        rhythms,
        fixed: Vec::new(),
        current: Vec::new(),
        left_out: ask.left_out.clone(),
        replaces: Vec::new(),
    };
    let basis = SeriesBasis {
        protocol_version: decision.protocol_version,
        conditions: case.conditions,
        needs: case.needs,
        sensitivities: case.sensitivities,
        reasons: decision
            .reasons
            .iter()
            .map(|reason| reason.text.clone())
            .collect(),
    };
    Ok(Draft {
        decision,
        request,
        basis,
    })
}

/// The order that begins with a discipline; the clinic's first other one follows.
pub(crate) fn order_from(clinic: &Clinic, first: &DisciplineId) -> Result<[DisciplineId; 2], Error> {
    let unknown = || Error::not_found("discipline", first);
    clinic
        .disciplines
        .iter()
        .find(|known| &known.id == first)
        .ok_or_else(unknown)?;
    let second = clinic
        .disciplines
        .iter()
        .find(|known| &known.id != first)
        .ok_or_else(unknown)?;
    Ok([first.clone(), second.id.clone()])
}

fn rhythm(
    clinic: &Clinic,
    discipline: &DisciplineId,
    ask: &Ask,
    every_weeks: u32,
    first_week: u32,
) -> Result<Rhythm, Error> {
    for service in &ask.services {
        if clinic.services.iter().all(|known| &known.id != service) {
            return Err(Error::not_found("service", service));
        }
    }
    for practitioner in &ask.practitioners {
        if clinic.practitioners.iter().all(|known| &known.id != practitioner) {
            return Err(Error::not_found("practitioner", practitioner));
        }
    }
    let offering = |service: &ServiceId| {
        clinic
            .practitioners
            .iter()
            .filter(|practitioner| practitioner.services.contains(service))
            .count()
    };
    let of_discipline = || {
        clinic
            .services
            .iter()
            .filter(|service| &service.discipline == discipline)
    };
    let asked = of_discipline().find(|service| ask.services.contains(&service.id));
    // Unasked, the service that most can give; of several the one in the middle of the list by length.
    let usual = of_discipline().max_by_key(|service| {
        (
            offering(&service.id),
            std::cmp::Reverse(service.minutes.abs_diff(45)),
        )
    });
    let service = asked
        .or(usual)
        .ok_or_else(|| Error::not_found("service of discipline", discipline))?;
    let offers = |practitioner: &&ordo_core::model::Practitioner| practitioner.services.contains(&service.id);
    let named: Vec<_> = clinic
        .practitioners
        .iter()
        .filter(offers)
        .filter(|practitioner| ask.practitioners.contains(&practitioner.id))
        .map(|practitioner| practitioner.id.clone())
        .collect();
    let practitioners = if named.is_empty() {
        clinic
            .practitioners
            .iter()
            .filter(offers)
            .map(|practitioner| practitioner.id.clone())
            .collect()
    } else {
        named
    };
    Ok(Rhythm {
        discipline: discipline.clone(),
        service: service.id.clone(),
        every_weeks,
        first_week,
        practitioners,
    })
}
