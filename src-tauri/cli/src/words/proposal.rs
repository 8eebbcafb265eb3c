//! Proposals: the usual slots, a picture of the rhythm, the costs, what is missing.

use chrono::{Datelike, NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{Spacing, Strategy};
use ordo_core::planner::{Cost, Plan, PlannedSession, Proposal};
use ordo_core::rules::Rule;
use ordo_core::why::{Change, Unplaced};

use super::counted;

/// All three proposals; equal ones are told once.
pub fn plan_text(calendar: &Calendar, plan: &Plan, unplaced: &[Vec<Unplaced>; 3]) -> String {
    let mut text = String::new();
    for (index, proposal) in plan.proposals.iter().enumerate() {
        let same = plan.proposals[..index]
            .iter()
            .position(|earlier| earlier.sessions == proposal.sessions);
        text.push_str(&format!("{}  {}\n", index + 1, strategy(proposal.strategy)));
        match same {
            Some(same) => text.push_str(&format!("   the same visits as proposal {}\n", same + 1)),
            None => text.push_str(&proposal_text(calendar, proposal, &unplaced[index])),
        }
        text.push('\n');
    }
    text
}

/// One proposal.
pub fn proposal_text(calendar: &Calendar, proposal: &Proposal, unplaced: &[Unplaced]) -> String {
    let mut text = String::new();
    for usual in &proposal.usual {
        let practitioner = calendar.practitioner_index(&usual.practitioner);
        let name = practitioner.map_or("", |index| calendar.clinic().practitioners[index].name.as_str());
        let discipline = discipline_name(calendar, usual.discipline.as_str());
        text.push_str(&format!(
            "   {discipline:<16} {} {} with {name}\n",
            format_args!("{}s", Language::English.weekday(usual.date)),
            usual.time
        ));
    }
    text.push_str(&format!(
        "   {}\n",
        cost_words(&proposal.cost, proposal.sessions.len())
    ));
    text.push_str(&rhythm(calendar, proposal));
    for missing in unplaced {
        text.push_str(&unplaced_words(calendar, missing));
    }
    text
}

fn strategy(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::SamePractitioner => "Same practitioner",
        Strategy::Soonest => "Soonest",
        Strategy::SameTime => "Same day and time",
    }
}

fn discipline_name<'a>(calendar: &'a Calendar, id: &'a str) -> &'a str {
    let known = calendar
        .clinic()
        .disciplines
        .iter()
        .find(|discipline| discipline.id.as_str() == id);
    known.map_or(id, |discipline| discipline.name.as_str())
}

fn cost_words(cost: &Cost, placed: usize) -> String {
    let mut parts = vec![match cost.unplaced {
        0 => format!("all {} placed", counted(placed, "visit")),
        missing => format!(
            "{placed} of {} placed",
            counted(placed + missing as usize, "visit")
        ),
    }];
    let mut add = |count: u32, noun: &str, what: &str| {
        if count > 0 {
            parts.push(format!("{} {what}", counted(count as usize, noun)));
        }
    };
    add(cost.moved, "visit", "moved");
    add(cost.changes, "visit", "with somebody else");
    add(cost.days_off, "day", "off the usual days");
    add(cost.minutes_off, "minute", "off the usual times");
    add(cost.wait, "minute", "of waiting");
    if cost.start_delay > 0 {
        parts.push(format!(
            "begins {} after the earliest date",
            counted(cost.start_delay as usize, "day")
        ));
    }
    parts.join(", ")
}

/// Weeks as lines, days as columns, the gap of each pair behind them.
fn rhythm(calendar: &Calendar, proposal: &Proposal) -> String {
    let monday = |date: NaiveDate| date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
    let date_of = |session: &PlannedSession| calendar.local_start(&session.place).date();
    let (Some(first), Some(last)) = (
        proposal.sessions.iter().map(date_of).min().map(monday),
        proposal.sessions.iter().map(date_of).max(),
    ) else {
        return String::new();
    };
    let mut text = String::from("   week of     Mon      Tue      Wed      Thu      Fri      Sat      Sun\n");
    let mut week = first;
    while week <= last {
        let mut line = format!("   {}", week.format("%Y-%m-%d"));
        for day in 0..7 {
            let date = week + TimeDelta::days(day);
            let cell: Vec<String> = proposal
                .sessions
                .iter()
                .filter(|session| date_of(session) == date)
                .map(|session| cell(calendar, session))
                .collect();
            line.push_str(&format!("  {:<7}", cell.join("+")));
        }
        let gaps: Vec<String> = proposal
            .sessions
            .iter()
            .filter(|session| monday(date_of(session)) == week)
            .filter_map(|session| gap_after(proposal, session))
            .collect();
        text.push_str(format!("{line}  {}", gaps.join(", ")).trim_end());
        text.push('\n');
        week += TimeDelta::days(7);
    }
    text
}

/// The first letter of the discipline and the time.
fn cell(calendar: &Calendar, session: &PlannedSession) -> String {
    let letter = discipline_name(calendar, session.discipline.as_str())
        .chars()
        .next()
        .unwrap_or('?');
    format!(
        "{letter} {}",
        calendar.local_start(&session.place).format("%H:%M")
    )
}

fn gap_after(proposal: &Proposal, session: &PlannedSession) -> Option<String> {
    let partner = proposal.sessions.iter().find(|other| {
        other.week == session.week
            && other.discipline != session.discipline
            && other.place.treatment.from > session.place.treatment.from
    })?;
    Some(gap_words(&session.place, &partner.place))
}

fn gap_words(first: &Placement, second: &Placement) -> String {
    const MOST_WAIT: i32 = Spacing::MOST_WAIT_MINUTES as i32;
    let minutes = second.treatment.from - first.treatment.to;
    match minutes {
        ..=MOST_WAIT => format!("{minutes} min wait"),
        _ if minutes % 60 == 0 => format!("{} h between", minutes / 60),
        _ => format!("{} h {:02} between", minutes / 60, minutes % 60),
    }
}

fn unplaced_words(calendar: &Calendar, missing: &Unplaced) -> String {
    let discipline = discipline_name(calendar, missing.discipline.as_str());
    let removed: Vec<String> = missing
        .removed_by()
        .iter()
        .take(4)
        .map(|(rule, count)| format!("{} {count}", rule_words(*rule)))
        .collect();
    let mut text = format!(
        "   ! {discipline} of week {} has no place ({})\n",
        missing.week + 1,
        removed.join(", ")
    );
    for help in &missing.would_help {
        let change = match &help.change {
            Change::Practitioners { to, .. } => {
                format!("anybody who offers it ({})", counted(to.len(), "practitioner"))
            }
            Change::ToleranceDays { to } => format!("{} around the usual day", counted(*to as usize, "day")),
            Change::Availability => "the patient’s availability set aside".to_owned(),
            Change::MaxWaitMinutes { to } => format!("a wait of up to {to} min"),
            Change::MaxHours { to } => format!("a gap of up to {to} h"),
        };
        text.push_str(&format!(
            "       would help: {change}, {} more\n",
            counted(help.places as usize, "visit")
        ));
    }
    text
}

fn rule_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Start => "past or too early",
        Rule::WorkingHours => "outside working hours",
        Rule::Practitioner => "practitioner busy",
        Rule::Room => "no room",
        Rule::Patient => "patient cannot",
        Rule::SameDiscipline => "same treatment that day",
        Rule::OtherDiscipline => "too close to another visit",
        Rule::Rhythm => "off the rhythm",
        Rule::Pair => "does not fit its pair",
        Rule::BetweenPairs => "too close to another week",
        Rule::OnePerDate => "two of a kind that day",
        Rule::SameDate => "clashes that day",
    }
}
