//! Values of properties: texts, times, durations, offsets.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// Undoes the escaping of a TEXT value.
pub(super) fn text(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => text.push('\\'),
            },
            _ => text.push(character),
        }
    }
    text
}

/// Undoes the encoding of a parameter's value (RFC 6868).
pub(super) fn parameter(value: &str) -> String {
    if !value.contains('^') {
        return value.to_owned();
    }
    value
        .split("^^")
        .map(|part| part.replace("^n", "\n").replace("^'", "\""))
        .collect::<Vec<_>>()
        .join("^")
}

/// A date, or a time on some clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Date(NaiveDate),
    Local(NaiveDateTime),
    Utc(NaiveDateTime),
}

/// Reads `20260302`, `20260302T100000` or `20260302T100000Z`; seconds may be missing, dashes and colons are passed
/// over, and a leap second is the second before it.
pub(super) fn when(value: &str) -> Option<When> {
    let value = value.trim();
    let (value, is_utc) = match value.strip_suffix(['Z', 'z']) {
        Some(value) => (value, true),
        None => (value, false),
    };
    let (date, time) = match value.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (value, None),
    };
    let date = digits(date, 8)?;
    let date = NaiveDate::from_ymd_opt(
        number(&date[..4])? as i32,
        number(&date[4..6])?,
        number(&date[6..])?,
    )?;
    let Some(time) = time else {
        return (!is_utc).then_some(When::Date(date));
    };
    let time = digits(time, 6).or_else(|| digits(time, 4).map(|time| time + "00"))?;
    let second = number(&time[4..])?.min(59);
    let at = date.and_hms_opt(number(&time[..2])?, number(&time[2..4])?, second)?;
    Some(if is_utc { When::Utc(at) } else { When::Local(at) })
}

fn digits(text: &str, count: usize) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|character| !matches!(character, '-' | ':'))
        .collect();
    (kept.len() == count && kept.bytes().all(|byte| byte.is_ascii_digit())).then_some(kept)
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// Reads a duration such as `PT1H30M`, `P2DT3H` or `P1W`; longer than 100 years is none.
pub(super) fn duration(value: &str) -> Option<TimeDelta> {
    let value = value.trim();
    let (value, sign) = match value.strip_prefix('-') {
        Some(value) => (value, -1),
        None => (value.strip_prefix('+').unwrap_or(value), 1),
    };
    let mut rest = value.strip_prefix(['P', 'p'])?;
    let (mut seconds, mut parts) = (0_i64, 0);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix(['T', 't']) {
            rest = time;
            continue;
        }
        let end = rest.find(|character: char| !character.is_ascii_digit())?;
        let count: i64 = rest[..end].parse().ok()?;
        let unit = match rest.as_bytes()[end].to_ascii_uppercase() {
            b'W' => 604_800,
            b'D' => 86_400,
            b'H' => 3_600,
            b'M' => 60,
            b'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        parts += 1;
        rest = &rest[end + 1..];
    }
    (parts > 0 && seconds <= 100 * 366 * 86_400).then(|| TimeDelta::seconds(sign * seconds))
}

/// Reads an offset such as `-0500` or `+053000` as minutes east of UTC.
pub(super) fn offset(value: &str) -> Option<i32> {
    let value = value.trim();
    let sign = match value.as_bytes().first()? {
        b'-' => -1,
        b'+' => 1,
        _ => return None,
    };
    let digits = &value[1..];
    let is_sound = matches!(digits.len(), 4 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_sound {
        return None;
    }
    let minutes = digits[..2].parse::<i32>().ok()? * 60 + digits[2..4].parse::<i32>().ok()?;
    (minutes <= 18 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_what_programs_get_wrong() {
        let local = |text: &str| text.parse().map(When::Local).ok();
        assert_eq!(when("20260302T100000"), local("2026-03-02T10:00:00"));
        assert_eq!(when("2026-03-02T10:00"), local("2026-03-02T10:00:00"));
        assert_eq!(when(" 20260302t235960 "), local("2026-03-02T23:59:59"));
        assert_eq!(
            when("20260302T100000Z"),
            "2026-03-02T10:00:00".parse().map(When::Utc).ok()
        );
        assert_eq!(when("20260302"), "2026-03-02".parse().map(When::Date).ok());
        for bad in [
            "",
            "2026",
            "20260230",
            "20260302T2500",
            "20260302Z",
            "99999999",
            "２０２６0302",
            "T",
        ] {
            assert_eq!(when(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations_and_offsets() {
        assert_eq!(duration("PT1H30M"), Some(TimeDelta::minutes(90)));
        assert_eq!(duration("-P1DT2H"), Some(TimeDelta::hours(-26)));
        assert_eq!(duration("P2W"), Some(TimeDelta::weeks(2)));
        for bad in [
            "",
            "P",
            "PT",
            "1H",
            "PT1X",
            "P99999999999999999999D",
            "P99999999W",
        ] {
            assert_eq!(duration(bad), None, "{bad}");
        }
        assert_eq!((offset("-0330"), offset("+053000")), (Some(-210), Some(330)));
        for bad in ["", "0500", "+5", "+05:00", "+9900", "-é500"] {
            assert_eq!(offset(bad), None, "{bad}");
        }
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(text(r"a\, b\; c\\ d\ne\N\x\"), "a, b; c\\ d\ne\nx\\");
        assert_eq!(parameter("say ^'hi^'^n^^n"), "say \"hi\"\n^n");
    }
}
