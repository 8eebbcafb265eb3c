//! A planning problem in the product's own terms.

use ordo_core::calendar::Calendar;
use ordo_core::model::{ClinicRecords, Request, Strategy};
use ordo_core::planner::{self, Plan, Proposal};
use ordo_desk::file::{read_clinic, read_request};
use serde_json::Value;

use crate::brute_force::{self, CostList, PlacedSession, Usual};

/// A clinic's calendar and a request, read from the two files.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What the clinic file holds.
    pub records: ClinicRecords,
    /// The calendar of the clinic.
    pub calendar: Calendar,
    /// The request.
    pub request: Request,
}

impl Problem {
    /// Reads the texts of the two files.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them, in words.
    pub fn read(clinic: &str, request: &str) -> Result<Self, String> {
        let records = read_clinic(clinic).map_err(|faults| faults.to_string())?;
        let request = read_request(request).map_err(|faults| faults.to_string())?;
        Self::new(records, request)
    }

    /// Takes the values of the two files.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them, in words.
    pub fn from_values(clinic: &Value, request: &Value) -> Result<Self, String> {
        Self::read(&clinic.to_string(), &request.to_string())
    }

    /// Loads the calendar of a clinic.
    ///
    /// # Errors
    ///
    /// Why the records make no calendar.
    pub fn new(records: ClinicRecords, request: Request) -> Result<Self, String> {
        let calendar = Calendar::new(
            records.clinic.clone(),
            records.patients.clone(),
            records.appointments.clone(),
        )
        .map_err(|error| error.to_string())?;
        Ok(Self {
            records,
            calendar,
            request,
        })
    }

    /// Plans the request.
    ///
    /// # Errors
    ///
    /// Why the request is refused.
    pub fn plan(&self) -> Result<Plan, String> {
        planner::plan(&self.calendar, &self.request).map_err(|error| error.to_string())
    }

    /// The cost list of each proposal, in the order of its strategy.
    ///
    /// # Errors
    ///
    /// Why the request is refused.
    pub fn costs(&self) -> Result<[CostList; 3], String> {
        Ok(cost_lists(&self.plan()?))
    }
}

/// The cost list of each proposal of a plan, in the order of its strategy.
pub fn cost_lists(plan: &Plan) -> [CostList; 3] {
    plan.proposals
        .each_ref()
        .map(|proposal| proposal.cost.list(proposal.strategy))
}

/// Checks a proposal by the literal reading of the files and counts its costs anew.
///
/// # Errors
///
/// What makes the proposal illegal.
pub fn price(
    problem: &Problem,
    clinic: &Value,
    request: &Value,
    proposal: &Proposal,
) -> Result<CostList, String> {
    let own = &problem.records.clinic;
    let sessions: Vec<PlacedSession> = proposal
        .sessions
        .iter()
        .map(|session| PlacedSession {
            discipline: session.discipline.as_str().to_owned(),
            week: i64::from(session.week),
            start: problem.calendar.local_start(&session.place),
            practitioner: own.practitioners[session.place.practitioner]
                .id
                .as_str()
                .to_owned(),
            room: session
                .place
                .room
                .map(|room| own.rooms[room].id.as_str().to_owned()),
        })
        .collect();
    let usual: Vec<Usual> = proposal
        .usual
        .iter()
        .map(|usual| Usual {
            discipline: usual.discipline.as_str().to_owned(),
            practitioner: usual.practitioner.as_str().to_owned(),
            date: usual.date,
            minute: i64::from(usual.time.minutes()),
        })
        .collect();
    let strategy = Strategy::ALL
        .iter()
        .position(|strategy| *strategy == proposal.strategy)
        .unwrap_or(0);
    brute_force::price(clinic, request, &sessions, &usual, strategy).map_err(|error| error.to_string())
}
