//! A small clinic and a request in it, as files.

use serde_json::{Value, json};

/// A clinic of two practitioners.
pub fn clinic() -> Value {
    json!({
        "format": "ordo-clinic/1",
        "clinic": {"name": "Small", "time_zone": "America/Toronto", "slot_minutes": 15},
        "services": [
            {"id": "rmt-60", "discipline": "massage", "name": "Massage", "minutes": 60, "room_kinds": ["massage"]},
            {"id": "physio-45", "discipline": "physio", "name": "Physiotherapy", "minutes": 45}],
        "rooms": [{"id": "r1", "name": "Room 1", "kinds": ["massage"]}],
        "practitioners": [
            {"id": "m1", "name": "Mo", "services": ["rmt-60"], "hours": [{"weekday": "tue", "from": "09:00", "to": "17:00"}]},
            {"id": "p1", "name": "Pia", "services": ["physio-45"], "hours": [{"weekday": "tue", "from": "09:00", "to": "17:00"}]}],
        "patients": [{"id": "pt1", "name": "Pat One"}, {"id": "pt2", "name": "Kim Two"}],
        "appointments": [
            {"id": "a1", "practitioner": "m1", "patient": "pt2", "service": "rmt-60", "room": "r1", "start": "2026-03-03T09:00", "status": "booked"}]
    })
}

/// A request that fits it.
pub fn request() -> Value {
    json!({
        "format": "ordo-request/1", "patient": "pt1", "now": "2026-03-02T08:00", "earliest": "2026-03-03",
        "latest_start": "2026-03-16", "weeks": 2, "order": ["massage", "physio"],
        "spacing": {"kind": "same-day", "max_wait_minutes": 60}, "tolerance_days": 2,
        "disciplines": {
            "massage": {"service": "rmt-60", "every_weeks": 1, "first_week": 0, "practitioners": ["m1"]},
            "physio": {"service": "physio-45", "every_weeks": 1, "first_week": 0, "practitioners": ["p1"]}}
    })
}

/// The value with what lies at a pointer replaced.
pub fn with(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = to,
        object => object[last] = to,
    }
    value
}
