//! Components with their properties, as far as they are of use.

use ical::PropertyParser;

use super::MOST_BYTES;
use super::fault::{Faults, ReadError, Skip};
use super::lines::{Line, lines};

/// Components may lie this deep in each other; what lies deeper is passed over.
const DEEPEST: usize = 8;

/// The properties that are of use; others are passed over once their names are sound.
const WANTED: [&str; 25] = [
    "CLASS",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "EXRULE",
    "FREEBUSY",
    "LAST-MODIFIED",
    "LOCATION",
    "NAME",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "UID",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-WR-CALNAME",
    "X-WR-TIMEZONE",
];

/// One component, such as a VEVENT.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// Its name in capital letters.
    pub name: String,
    /// The line of its BEGIN.
    pub line: usize,
    /// The wanted properties, in order.
    pub properties: Vec<Property>,
    /// The components inside it, in order.
    pub inner: Vec<Component>,
}

/// One property.
#[derive(Debug)]
pub(super) struct Property {
    /// Its name in capital letters.
    pub name: &'static str,
    /// Its parameters, names in capital letters, each with its first value.
    parameters: Vec<(String, String)>,
    /// Its value as it stands in the file.
    pub value: String,
    /// Its line.
    pub line: usize,
}

impl Component {
    /// The first property of a name.
    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.all(name).next()
    }

    /// Every property of a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Property> {
        self.properties
            .iter()
            .filter(move |property| property.name == name)
    }

    /// The text of the first property of a name; empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.property(name)
            .map_or_else(String::new, |property| super::value::text(&property.value))
    }

    /// Whether the first property of a name has a value, whatever its case.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.property(name)
            .is_some_and(|property| property.value.trim().eq_ignore_ascii_case(value))
    }
}

impl Property {
    /// The first value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads every calendar of a file into one component without a name.
pub(super) fn read(bytes: &[u8], faults: &mut Faults) -> Result<Component, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(ReadError::Utf16);
    }
    let mut open = vec![Component::default()];
    let mut is_calendar = false;
    let mut too_deep = 0_usize;
    for line in lines(bytes) {
        let (number, text) = (line.number, line.text.as_ref());
        if let Some(name) = after_colon(text, "BEGIN") {
            let name = name.to_ascii_uppercase();
            is_calendar |= name == "VCALENDAR" || name == "VEVENT";
            if is_never_inside_itself(&name) && open.iter().any(|component| component.name == name) {
                close(&mut open, number, &name, faults);
                if let Some(closed) = open.last().and_then(|outer| outer.inner.last()) {
                    faults.add(
                        closed.line,
                        Skip::NoEnd {
                            component: name.clone(),
                        },
                    );
                }
            }
            if open.len() > DEEPEST {
                too_deep += 1;
                faults.add(number, Skip::TooDeep);
                continue;
            }
            open.push(Component {
                name,
                line: number,
                ..Component::default()
            });
        } else if let Some(name) = after_colon(text, "END") {
            if too_deep > 0 {
                too_deep -= 1;
                continue;
            }
            close(&mut open, number, name, faults);
        } else if open.len() == 1 {
            faults.add(number, Skip::Outside);
        } else if too_deep == 0 {
            read_property(&line, &mut open, faults);
        }
    }
    while open.len() > 1 {
        if let Some(last) = open.last() {
            faults.add(
                last.line,
                Skip::NoEnd {
                    component: last.name.clone(),
                },
            );
        }
        close_last(&mut open);
    }
    if is_calendar {
        Ok(open.swap_remove(0))
    } else {
        Err(ReadError::NoCalendar)
    }
}

/// Whether a second BEGIN of a component says that the END of the first is missing.
fn is_never_inside_itself(name: &str) -> bool {
    matches!(
        name,
        "VEVENT" | "VTODO" | "VJOURNAL" | "VFREEBUSY" | "VTIMEZONE" | "STANDARD" | "DAYLIGHT"
    )
}

fn after_colon<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (before, after) = line.split_at_checked(name.len())?;
    let after = after.strip_prefix(':')?;
    before.eq_ignore_ascii_case(name).then(|| after.trim())
}

/// Closes the innermost component of a name, and with it what lies open inside it.
fn close(open: &mut Vec<Component>, number: usize, name: &str, faults: &mut Faults) {
    let place = open
        .iter()
        .rposition(|component| component.name.eq_ignore_ascii_case(name));
    match place {
        Some(place) if place > 0 => {
            while open.len() > place + 1 {
                if let Some(last) = open.last() {
                    faults.add(
                        last.line,
                        Skip::NoEnd {
                            component: last.name.clone(),
                        },
                    );
                }
                close_last(open);
            }
            close_last(open);
        }
        _ => faults.add(
            number,
            Skip::NoBegin {
                component: name.chars().take(40).collect(),
            },
        ),
    }
}

fn close_last(open: &mut Vec<Component>) {
    if let Some(done) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.inner.push(done);
    }
}

fn read_property(line: &Line<'_>, open: &mut [Component], faults: &mut Faults) {
    let name = line.text.split([':', ';']).next().unwrap_or_default().trim();
    let is_sound = !name.is_empty()
        && name.len() < line.text.len()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !is_sound {
        return faults.add(line.number, Skip::NoProperty);
    }
    let known = WANTED
        .iter()
        .copied()
        .find(|wanted| wanted.eq_ignore_ascii_case(name));
    let (Some(known), Some(component)) = (known, open.last_mut()) else {
        return;
    };
    if line.is_damaged {
        faults.add(line.number, Skip::NotUtf8);
    }
    match parsed(line.text.as_ref()) {
        Ok((parameters, value)) => component.properties.push(Property {
            name: known,
            parameters,
            value,
            line: line.number,
        }),
        Err(()) => faults.add(
            line.number,
            Skip::BadProperty {
                property: known.to_owned(),
            },
        ),
    }
}

/// Parameters and value of a line, by the parser of the `ical` crate.
fn parsed(line: &str) -> Result<(Vec<(String, String)>, String), ()> {
    let trimmed = line.trim();
    let mut parser = PropertyParser::from_reader(trimmed.as_bytes());
    let property = parser.next().ok_or(())?.map_err(|_| ())?;
    let parameters = property.params.unwrap_or_default().into_iter();
    let parameters = parameters
        .filter_map(|(name, values)| {
            let first = values.into_iter().next()?;
            Some((name.trim().to_owned(), super::value::parameter(&first)))
        })
        .collect();
    // The parser trims the value's end and drops every colon at its beginning; its place in the line tells them.
    let kept = property.value.map_or(0, |value| value.len());
    let before = &trimmed[..trimmed.len() - kept];
    let colons = before.len() - before.trim_end_matches(':').len();
    if colons == 0 {
        return Err(());
    }
    let start = line.len() - line.trim_start().len() + before.len() - (colons - 1);
    Ok((parameters, line[start..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_colons_and_blanks() {
        let value = |line: &str| parsed(line).map(|(_, value)| value);
        assert_eq!(value("SUMMARY:a b  "), Ok("a b  ".to_owned()));
        assert_eq!(value("SUMMARY:::a:b"), Ok("::a:b".to_owned()));
        assert_eq!(value("SUMMARY:"), Ok(String::new()));
        assert_eq!(value("SUMMARY: "), Ok(" ".to_owned()));
        assert_eq!(value("SUMMARY::"), Ok(":".to_owned()));
        let (parameters, value) = parsed("DTSTART;tzid=\"a:b;c\";VALUE=DATE-TIME:2026").expect("a property");
        assert_eq!(parameters[0], ("TZID".to_owned(), "a:b;c".to_owned()));
        assert_eq!((parameters.len(), value.as_str()), (2, "2026"));
        assert!(parsed("DTSTART;TZID=\"a:2026").is_err());
        assert!(parsed("DTSTART;TZID:2026").is_err());
    }
}
