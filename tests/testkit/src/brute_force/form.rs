//! The parts of the two files, as their form names them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use serde_json::Value;
use thiserror::Error;

/// Says which part of a file is not of the planner's form.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Malformed(pub String);

pub(super) fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, Malformed> {
    value[key].as_str().ok_or_else(|| Malformed(key.to_owned()))
}

pub(super) fn number(value: &Value, key: &str) -> Result<i64, Malformed> {
    value[key].as_i64().ok_or_else(|| Malformed(key.to_owned()))
}

pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn entry<'a>(value: &'a Value, key: &str, id: &str) -> Result<&'a Value, Malformed> {
    list(value, key)
        .iter()
        .find(|entry| entry["id"] == id)
        .ok_or_else(|| Malformed(format!("{key}: {id}")))
}

pub(super) fn date(text: &str) -> Result<NaiveDate, Malformed> {
    text.parse().map_err(|_| Malformed(text.to_owned()))
}

pub(super) fn date_time(text: &str) -> Result<NaiveDateTime, Malformed> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| Malformed(text.to_owned()))
}

pub(super) fn instant(zone: Tz, local: NaiveDateTime) -> Result<i64, Malformed> {
    let moment = zone.from_local_datetime(&local).earliest();
    moment
        .map(|moment| minutes_since_1970(&moment))
        .ok_or_else(|| Malformed(local.to_string()))
}

pub(super) fn minutes_since_1970(moment: &DateTime<Tz>) -> i64 {
    moment.timestamp() / 60
}

pub(super) fn minute_of_day(local: NaiveDateTime) -> i64 {
    (local.time() - NaiveTime::MIN).num_minutes()
}

pub(super) fn is_weekday(date: NaiveDate, name: &str) -> bool {
    date.format("%a").to_string().to_lowercase() == name
}
