//! From what the front desk asks for to the request that the planner is asked.

use std::cmp::Reverse;

use chrono::{NaiveDateTime, TimeDelta};
use ordo_core::model::{
    Clinic, DisciplineId, Patient, Practitioner, Request, Rhythm, SeriesBasis, ServiceId, Spacing,
};
use ordo_core::protocol::{Decision, Protocols, decide, rhythm_pattern};
use ordo_core::said;

use super::Ask;
use crate::decide::with_record;
use crate::rest::Rest;
use crate::{Code, Error};

/// A request, and what led to it.
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
    let mut case = with_record(ask.case.clone(), patient);
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
        let said = said!(
            "nothing decides which treatment comes first; choose the first discipline",
            "rien ne décide du soin qui vient en premier; choisissez la première discipline"
        );
        Error::said(Code::OrderNeeded, said)
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
    // Unasked, the service that most can give, one for a first visit last; of several the one in the middle by length.
    let usual = of_discipline().max_by_key(|service| {
        let middle = Reverse(service.minutes.abs_diff(45));
        (!service.first_visit, offering(&service.id), middle)
    });
    let service = asked
        .or(usual)
        .ok_or_else(|| Error::not_found("service of discipline", discipline))?;
    let offers = |practitioner: &&Practitioner| practitioner.services.contains(&service.id);
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
