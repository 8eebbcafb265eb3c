//! Writes `ordo-clinic/1`: everything but the journal, defaults left out, equal records to equal bytes.

use std::fmt::Write;

use chrono::{NaiveDate, SecondsFormat, Weekday};
use ordo_core::model::{
    Appointment, ClinicRecords, Discipline, Patient, Practitioner, ProviderDecision, Series, Service,
    UsualSlot, WorkingHours,
};
use ordo_core::protocol::{Condition, Protocols};
use ordo_core::time::{TimeOfDay, format_local};
use serde_json::{Map, Value, json};

use super::CLINIC_FORMAT;
use super::reader::WEEKDAYS;
use super::shared::{frequency_name, spacing_json, write_rhythms};

/// Writes a clinic file: one record a line, so that two files can be compared line by line.
pub fn write_clinic(records: &ClinicRecords) -> String {
    let clinic = &records.clinic;
    let mut text = String::from("{\n");
    let settings = json!({
        "name": clinic.name,
        "time_zone": clinic.time_zone.name(),
        "slot_minutes": clinic.slot_minutes,
    });
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "  \"format\": {},\n  \"clinic\": {settings}",
        json!(CLINIC_FORMAT)
    );
    if clinic.disciplines != Discipline::shipped() {
        let write = |item: &Discipline| json!({"id": item.id.as_str(), "name": item.name});
        list(&mut text, "disciplines", clinic.disciplines.iter().map(write));
    }
    list(&mut text, "services", clinic.services.iter().map(service));
    let rooms = clinic
        .rooms
        .iter()
        .map(|room| json!({"id": room.id.as_str(), "name": room.name, "kinds": room.kinds}));
    list(&mut text, "rooms", rooms);
    list(
        &mut text,
        "practitioners",
        clinic.practitioners.iter().map(practitioner),
    );
    let closures = clinic
        .closures
        .iter()
        .map(|closure| json!({"date": date(closure.date), "name": closure.name}));
    list(&mut text, "closures", closures);
    if records.protocols != [Protocols::shipped()] {
        list(&mut text, "protocols", records.protocols.iter().map(protocols));
    }
    list(&mut text, "patients", records.patients.iter().map(patient));
    list(&mut text, "series", records.series.iter().map(series));
    let length_of: std::collections::HashMap<&str, (u32, u32)> = clinic
        .services
        .iter()
        .map(|service| (service.id.as_str(), (service.minutes, service.buffer_minutes)))
        .collect();
    let write = |item: &Appointment| appointment(item, length_of.get(item.service.as_str()).copied());
    list(&mut text, "appointments", records.appointments.iter().map(write));
    text.push_str("\n}\n");
    text
}

fn list(text: &mut String, key: &str, items: impl Iterator<Item = Value>) {
    let _ = write!(text, ",\n  \"{key}\": [");
    for (index, item) in items.enumerate() {
        let _ = write!(text, "{}\n    {item}", if index == 0 { "" } else { "," });
    }
    text.push(']');
}

/// An object that leaves out what is as it would be without being said.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn unless(self, default: bool, key: &str, value: impl Into<Value>) -> Self {
        if default { self } else { self.with(key, value) }
    }

    fn text(self, key: &str, value: &str) -> Self {
        self.unless(value.is_empty(), key, value)
    }

    fn items(self, key: &str, items: Vec<Value>) -> Self {
        self.unless(items.is_empty(), key, items)
    }

    fn some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn weekday(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize]
}

fn stretch(object: Object, from: TimeOfDay, to: TimeOfDay) -> Object {
    object.with("from", from.to_string()).with("to", to.to_string())
}

fn texts<T: ToString>(items: &[T]) -> Vec<Value> {
    items.iter().map(|item| Value::String(item.to_string())).collect()
}

fn service(service: &Service) -> Value {
    Object::default()
        .with("id", service.id.as_str())
        .with("discipline", service.discipline.as_str())
        .with("name", service.name.as_str())
        .with("minutes", service.minutes)
        .unless(
            service.buffer_minutes == 0,
            "buffer_minutes",
            service.buffer_minutes,
        )
        .items("room_kinds", texts(&service.room_kinds))
        .unless(!service.first_visit, "first_visit", service.first_visit)
        .done()
}

fn practitioner(practitioner: &Practitioner) -> Value {
    let extra = practitioner.extra_hours.iter().map(|extra| {
        stretch(
            Object::default().with("date", date(extra.date)),
            extra.from,
            extra.to,
        )
        .done()
    });
    let absences = practitioner.absences.iter().map(|absence| {
        Object::default()
            .with("from", format_local(absence.from))
            .with("to", format_local(absence.to))
            .text("reason", &absence.reason)
            .some(
                "imported",
                absence.imported.as_ref().map(|imported| {
                    Object::default()
                        .with("uid", imported.uid.as_str())
                        .some("occurrence", imported.occurrence.map(format_local))
                        .done()
                }),
            )
            .done()
    });
    Object::default()
        .with("id", practitioner.id.as_str())
        .with("name", practitioner.name.as_str())
        .with("services", texts(&practitioner.services))
        .items("hours", practitioner.hours.iter().map(hours).collect())
        .items("extra_hours", extra.collect())
        .items("absences", absences.collect())
        .done()
}

fn hours(hours: &WorkingHours) -> Value {
    stretch(
        Object::default().with("weekday", weekday(hours.weekday)),
        hours.from,
        hours.to,
    )
    .some("valid_from", hours.valid_from.map(date))
    .some("valid_to", hours.valid_to.map(date))
    .unless(hours.every_weeks == 1, "every_weeks", hours.every_weeks)
    .done()
}

fn patient(patient: &Patient) -> Value {
    let availability = patient.availability.iter().map(|window| {
        stretch(
            Object::default().with("weekday", weekday(window.weekday)),
            window.from,
            window.to,
        )
        .done()
    });
    let covers = patient.covers.iter().map(|cover| {
        json!({"discipline": cover.discipline.as_str(), "visits": cover.visits, "until": date(cover.until)})
    });
    Object::default()
        .with("id", patient.id.as_str())
        .with("name", patient.name.as_str())
        .text("phone", &patient.contact.phone)
        .text("email", &patient.contact.email)
        .some("date_of_birth", patient.date_of_birth.map(date))
        .items("availability", availability.collect())
        .items("sensitivities", texts(&patient.sensitivities))
        .items("covers", covers.collect())
        .items(
            "provider_decisions",
            patient.provider_decisions.iter().map(provider_decision).collect(),
        )
        .text("notes", &patient.notes)
        .done()
}

fn provider_decision(decision: &ProviderDecision) -> Value {
    Object::default()
        .with("provider", decision.provider.as_str())
        .with("date", date(decision.date))
        .some("order", decision.order.as_ref().map(|order| texts(order)))
        .some("spacing", decision.spacing.map(spacing_json))
        .some("frequency", decision.frequency.map(frequency_name))
        .text("note", &decision.note)
        .done()
}

fn protocols(protocols: &Protocols) -> Value {
    let needs = protocols
        .needs
        .iter()
        .map(|need| json!({"id": need.id, "name": need.name, "order": texts(&need.order)}));
    let sensitivities = protocols
        .sensitivities
        .iter()
        .map(|item| json!({"id": item.id, "name": item.name}));
    Object::default()
        .with("version", protocols.version)
        .with(
            "conditions",
            protocols.conditions.iter().map(condition).collect::<Vec<_>>(),
        )
        .with("needs", needs.collect::<Vec<_>>())
        .with("sensitivities", sensitivities.collect::<Vec<_>>())
        .with("separate_days", spacing_json(protocols.separate_days))
        .with("same_day", spacing_json(protocols.same_day))
        .with("tolerance_days", protocols.tolerance_days)
        .with("frequency", frequency_name(protocols.frequency))
        .done()
}

fn condition(condition: &Condition) -> Value {
    let notes = condition
        .notes
        .iter()
        .map(|note| json!({"discipline": note.discipline.as_str(), "text": note.text}));
    Object::default()
        .with("id", condition.id.as_str())
        .with("name", condition.name.as_str())
        .with("order", texts(&condition.order))
        .text("reason", &condition.reason)
        .items("notes", notes.collect())
        .items("optional", texts(&condition.optional))
        .done()
}

fn series(series: &Series) -> Value {
    let slot = |slot: &UsualSlot| {
        let value = json!({
            "practitioner": slot.practitioner.as_str(),
            "date": date(slot.date),
            "time": slot.time.to_string(),
        });
        (slot.discipline.to_string(), value)
    };
    let usual: Map<String, Value> = series.usual.iter().map(slot).collect();
    let basis = &series.basis;
    Object::default()
        .with("id", series.id.as_str())
        .with("patient", series.patient.as_str())
        .with("order", texts(&series.order))
        .with("spacing", spacing_json(series.spacing))
        .with("weeks", series.weeks)
        .with("tolerance_days", series.tolerance_days)
        .with("disciplines", write_rhythms(&series.rhythms))
        .unless(usual.is_empty(), "usual", usual)
        .with("strategy", series.strategy.as_str())
        .unless(
            basis.protocol_version == 0,
            "protocol_version",
            basis.protocol_version,
        )
        .items("conditions", texts(&basis.conditions))
        .items("needs", texts(&basis.needs))
        .items("sensitivities", texts(&basis.sensitivities))
        .items("reasons", texts(&basis.reasons))
        .done()
}

fn appointment(appointment: &Appointment, service: Option<(u32, u32)>) -> Value {
    let (minutes, buffer) = (appointment.minutes, appointment.buffer_minutes);
    let session = appointment.session.as_ref();
    Object::default()
        .with("id", appointment.id.as_str())
        .with("practitioner", appointment.practitioner.as_str())
        .with("patient", appointment.patient.as_str())
        .with("service", appointment.service.as_str())
        .some(
            "room",
            appointment.room.as_ref().map(ordo_core::model::RoomId::as_str),
        )
        .with("start", format_local(appointment.start))
        .unless(
            service.is_some_and(|(usual, _)| usual == minutes),
            "minutes",
            minutes,
        )
        .unless(
            service.is_some_and(|(_, usual)| usual == buffer),
            "buffer_minutes",
            buffer,
        )
        .with("status", appointment.status.as_str())
        .some(
            "session",
            session.map(|link| json!({"series": link.series.as_str(), "week": link.week})),
        )
        .text("override_reason", &appointment.override_reason)
        .text("cancel_reason", &appointment.cancel_reason)
        .text("note", &appointment.note)
        .unless(appointment.revision == 0, "revision", appointment.revision)
        .some(
            "changed_at",
            appointment
                .changed_at
                .map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        )
        .done()
}
