//! Parts that clinic and request files share, read and written.

use ordo_core::model::{DisciplineId, Frequency, Rhythm, Spacing};
use ordo_core::said;
use ordo_core::time::YEARS;
use serde_json::{Map, Value, json};

use super::reader::{Fields, Node};

pub(super) fn read_format(fields: &Fields<'_>, format: &str) {
    fields.required("format", (), |node| {
        let found = node.text();
        if found != format {
            node.fault(said!(
                "{format:?} is expected here, not {found:?}",
                "on attend ici «\u{a0}{format}\u{a0}», pas «\u{a0}{found}\u{a0}»"
            ));
        }
    });
}

pub(super) fn read_order(fields: &Fields<'_>, key: &str) -> [DisciplineId; 2] {
    fields.required(key, no_order(), read_order_node)
}

/// Reads the order of a request; one that names a single discipline stands for a series of it alone.
pub(super) fn read_request_order(fields: &Fields<'_>) -> [DisciplineId; 2] {
    fields.required("order", no_order(), |node| {
        let names = node.list(|item| Some(DisciplineId::new(item.text())));
        match names.as_slice() {
            [only] => [only.clone(), only.clone()],
            [first, second] if first != second => [first.clone(), second.clone()],
            _ => {
                node.fault(said!(
                    "one discipline or two different ones are expected here",
                    "on attend ici une discipline ou deux différentes"
                ));
                no_order()
            }
        }
    })
}

pub(super) fn no_order() -> [DisciplineId; 2] {
    ["".into(), "".into()]
}

pub(super) fn read_order_node(node: Node<'_>) -> [DisciplineId; 2] {
    let names = node.list(|item| Some(DisciplineId::new(item.text())));
    <[DisciplineId; 2]>::try_from(names).unwrap_or_else(|names| {
        let found = names.len();
        node.fault(said!(
            "two disciplines are expected here, not {found}",
            "on attend ici deux disciplines, pas {found}"
        ));
        no_order()
    })
}

pub(super) const NO_SPACING: Spacing = Spacing::SameDay { max_wait_minutes: 60 };

pub(super) fn read_spacing(node: Node<'_>) -> Spacing {
    node.object(
        &["kind", "max_wait_minutes", "min_hours", "max_hours"],
        |fields| {
            let kind = fields.required("kind", None, |node| {
                node.parsed(
                    ("same-day or separate-days", "same-day ou separate-days"),
                    None,
                    |word| match word {
                        "same-day" => Some(Some(true)),
                        "separate-days" => Some(Some(false)),
                        _ => None,
                    },
                )
            });
            let unfit = |key: &str| {
                fields.optional(key, |node| {
                    node.fault(said!(
                        "this key does not go with this kind of spacing",
                        "cette clé ne va pas avec ce genre d’espacement"
                    ))
                });
            };
            match kind {
                Some(true) => {
                    unfit("min_hours");
                    unfit("max_hours");
                    Spacing::SameDay {
                        max_wait_minutes: fields.number("max_wait_minutes", 60),
                    }
                }
                Some(false) => {
                    unfit("max_wait_minutes");
                    Spacing::SeparateDays {
                        min_hours: fields.number("min_hours", 24),
                        max_hours: fields.number("max_hours", 48),
                    }
                }
                None => NO_SPACING,
            }
        },
    )
    .unwrap_or(NO_SPACING)
}

/// A spacing as files write it.
pub fn spacing_json(spacing: Spacing) -> Value {
    match spacing {
        Spacing::SameDay { max_wait_minutes } => {
            json!({"kind": "same-day", "max_wait_minutes": max_wait_minutes})
        }
        Spacing::SeparateDays { min_hours, max_hours } => {
            json!({"kind": "separate-days", "min_hours": min_hours, "max_hours": max_hours})
        }
    }
}

/// Every frequency and its name.
const FREQUENCIES: [(Frequency, &str); 3] = [
    (Frequency::Combined, "combined"),
    (Frequency::Alternating, "alternating"),
    (Frequency::BothWeekly, "both-weekly"),
];

pub(super) fn read_frequency(node: Node<'_>) -> Frequency {
    node.parsed(
        (
            "combined, alternating or both-weekly",
            "combined, alternating ou both-weekly",
        ),
        Frequency::Combined,
        parse_frequency,
    )
}

/// Reads a frequency's name.
pub fn parse_frequency(word: &str) -> Option<Frequency> {
    FREQUENCIES
        .iter()
        .find(|(_, name)| *name == word)
        .map(|&(frequency, _)| frequency)
}

/// A frequency's name.
pub fn frequency_name(frequency: Frequency) -> &'static str {
    FREQUENCIES
        .iter()
        .find(|(known, _)| *known == frequency)
        .map_or("", |&(_, name)| name)
}

/// Reads the object `disciplines` of a request or a series; rhythms come out in the order.
pub(super) fn read_rhythms(node: Node<'_>, order: &[DisciplineId; 2]) -> Vec<Rhythm> {
    let super::json::Json::Object(entries) = node.json else {
        node.fault(said!(
            "an object with one or both disciplines is expected here",
            "on attend ici un objet avec une ou deux disciplines"
        ));
        return Vec::new();
    };
    let mut names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    if names.is_empty() {
        node.fault(said!(
            "one or both disciplines of the order are expected here",
            "on attend ici une ou les deux disciplines de l’ordre"
        ));
    }
    let mut rhythms = node
        .object(&names, |fields| {
            let read = |&name: &&str| {
                fields
                    .optional(name, |node| read_rhythm(&node, name, order))
                    .flatten()
            };
            names.iter().filter_map(read).collect::<Vec<_>>()
        })
        .unwrap_or_default();
    rhythms.sort_by_key(|rhythm| rhythm.discipline != order[0]);
    rhythms
}

fn read_rhythm(node: &Node<'_>, name: &str, order: &[DisciplineId; 2]) -> Option<Rhythm> {
    let discipline = DisciplineId::from(name);
    if !order.contains(&discipline) {
        node.fault(said!(
            "this discipline is not one of the order",
            "cette discipline n’est pas de l’ordre"
        ));
    }
    node.object(
        &["service", "every_weeks", "first_week", "practitioners"],
        |fields| Rhythm {
            discipline,
            service: fields.text("service").as_str().into(),
            every_weeks: fields.required("every_weeks", 1, |node| {
                let every_weeks = node.number(1);
                if every_weeks == 0 {
                    node.fault(said!("at least 1 is expected here", "on attend ici au moins 1"));
                }
                every_weeks
            }),
            first_week: fields.number("first_week", 0),
            practitioners: fields.list("practitioners", |node| Some(node.text().as_str().into())),
        },
    )
}

pub(super) fn write_rhythms(rhythms: &[Rhythm]) -> Value {
    let write = |rhythm: &Rhythm| {
        let practitioners: Vec<_> = rhythm.practitioners.iter().map(ToString::to_string).collect();
        let value = json!({
            "service": rhythm.service.as_str(),
            "every_weeks": rhythm.every_weeks,
            "first_week": rhythm.first_week,
            "practitioners": practitioners,
        });
        (rhythm.discipline.to_string(), value)
    };
    Value::Object(rhythms.iter().map(write).collect::<Map<_, _>>())
}

/// Whether a date lies where a clinic's dates do.
pub(crate) fn in_years(date: chrono::NaiveDate) -> bool {
    YEARS.contains(&chrono::Datelike::year(&date))
}
