//! Reads `ordo-clinic/1`.

use chrono_tz::Tz;
use ordo_core::model::{
    Absence, Appointment, AppointmentStatus, AvailabilityWindow, Clinic, ClinicRecords, Closure, Contact,
    Discipline, DisciplineId, ExtraHours, ImportedFrom, InsuranceCover, Patient, Practitioner,
    ProviderDecision, Room, Series, SeriesBasis, Service, SessionLink, Strategy, UsualSlot, WorkingHours,
};
use ordo_core::protocol::{Condition, Need, Note, Protocols, Sensitivity};
use ordo_core::time::TimeOfDay;
use ordo_core::validate::{self, Fault};

use super::CLINIC_FORMAT;
use super::fault::FileFaults;
use super::reader::{Faults, Fields, Node, Path, parse};
use super::shared::{
    NO_SPACING, read_format, read_frequency, read_order, read_order_node, read_rhythms, read_spacing,
};

/// Reads a clinic file. Appointments may overlap: planning copes with any calendar.
pub fn read_clinic(text: &str) -> Result<ClinicRecords, FileFaults> {
    read(text, validate::faults)
}

/// Reads a clinic file to be imported: overlaps without a reason are faults too.
pub fn read_clinic_for_import(text: &str) -> Result<ClinicRecords, FileFaults> {
    read(text, |records| {
        let mut faults = validate::faults(records);
        faults.extend(validate::overlaps(records));
        faults
    })
}

fn read(text: &str, faults_of: impl Fn(&ClinicRecords) -> Vec<Fault>) -> Result<ClinicRecords, FileFaults> {
    let json = parse(text).map_err(|fault| FileFaults { faults: vec![fault] })?;
    let faults = Faults::default();
    let root = Node {
        json: &json,
        path: &Path::Root,
        faults: &faults,
    };
    let records = root.object(
        &[
            "format",
            "clinic",
            "disciplines",
            "services",
            "rooms",
            "practitioners",
            "closures",
            "protocols",
            "patients",
            "series",
            "appointments",
        ],
        records,
    );
    let faults = faults.with(records.iter().flat_map(faults_of));
    match records {
        Some(records) if faults.is_empty() => Ok(records),
        _ => Err(FileFaults { faults }),
    }
}

fn records(fields: &Fields<'_>) -> ClinicRecords {
    read_format(fields, CLINIC_FORMAT);
    let (name, time_zone, slot_minutes) = fields
        .required("clinic", None, clinic_settings)
        .unwrap_or_default();
    let services: Vec<Service> = fields.list("services", service);
    let clinic = Clinic {
        name,
        time_zone,
        slot_minutes,
        disciplines: fields
            .optional("disciplines", |node| node.list(discipline))
            .unwrap_or_else(Discipline::shipped),
        rooms: fields.list("rooms", room),
        practitioners: fields.list("practitioners", practitioner),
        closures: fields.list_or_empty("closures", closure),
        services,
    };
    // A service with an absurd length is a fault already; its appointments need not repeat it.
    let lengths: std::collections::HashMap<&str, (u32, u32)> = clinic
        .services
        .iter()
        .map(|service| {
            (
                service.id.as_str(),
                (service.minutes.clamp(1, 1440), service.buffer_minutes.min(1440)),
            )
        })
        .collect();
    let appointments = fields.list("appointments", |node| {
        appointment(&node, |service| lengths.get(service).copied().unwrap_or((1, 0)))
    });
    ClinicRecords {
        protocols: fields
            .optional("protocols", |node| node.list(protocols))
            .unwrap_or_else(|| vec![Protocols::shipped()]),
        patients: fields.list("patients", patient),
        series: fields.list_or_empty("series", series),
        appointments,
        clinic,
    }
}

fn clinic_settings(node: Node<'_>) -> Option<(String, Tz, u32)> {
    node.object(&["name", "time_zone", "slot_minutes"], |fields| {
        let zone = |node: Node<'_>| {
            let what = (
                "an IANA time zone such as America/Toronto",
                "un fuseau IANA comme America/Toronto",
            );
            node.parsed(what, Tz::UTC, |text| text.parse().ok())
        };
        (
            fields.text("name"),
            fields.required("time_zone", Tz::UTC, zone),
            fields.number("slot_minutes", 15),
        )
    })
}

fn discipline(node: Node<'_>) -> Option<Discipline> {
    node.object(&["id", "name"], |fields| Discipline {
        id: fields.text("id").as_str().into(),
        name: fields.text("name"),
    })
}

fn service(node: Node<'_>) -> Option<Service> {
    node.object(
        &[
            "id",
            "discipline",
            "name",
            "minutes",
            "buffer_minutes",
            "room_kinds",
            "first_visit",
        ],
        |fields| Service {
            id: fields.text("id").as_str().into(),
            discipline: fields.text("discipline").as_str().into(),
            name: fields.text("name"),
            minutes: fields.number("minutes", 1),
            buffer_minutes: fields.number_or("buffer_minutes", 0),
            room_kinds: fields.list_or_empty("room_kinds", |node| Some(node.text())),
            first_visit: fields.holds("first_visit"),
        },
    )
}

fn room(node: Node<'_>) -> Option<Room> {
    node.object(&["id", "name", "kinds"], |fields| Room {
        id: fields.text("id").as_str().into(),
        name: fields.text("name"),
        kinds: fields.list_or_empty("kinds", |node| Some(node.text())),
    })
}

fn practitioner(node: Node<'_>) -> Option<Practitioner> {
    node.object(
        &["id", "name", "services", "hours", "extra_hours", "absences"],
        |fields| Practitioner {
            id: fields.text("id").as_str().into(),
            name: fields.text("name"),
            services: fields.list("services", |node| Some(node.text().as_str().into())),
            hours: fields.list_or_empty("hours", hours),
            extra_hours: fields.list_or_empty("extra_hours", |node| {
                node.object(&["date", "from", "to"], |fields| {
                    let (from, to) = fields.stretch();
                    ExtraHours {
                        date: fields.date("date"),
                        from,
                        to,
                    }
                })
            }),
            absences: fields.list_or_empty("absences", |node| {
                node.object(&["from", "to", "reason", "imported"], |fields| Absence {
                    from: fields.local_time("from"),
                    to: fields.local_time("to"),
                    reason: fields.text_or_empty("reason"),
                    imported: fields
                        .optional("imported", |node| {
                            node.object(&["uid", "occurrence"], |fields| ImportedFrom {
                                uid: fields.text("uid"),
                                occurrence: fields.optional("occurrence", |node| node.local_time()),
                            })
                        })
                        .flatten(),
                })
            }),
        },
    )
}

fn hours(node: Node<'_>) -> Option<WorkingHours> {
    node.object(
        &["weekday", "from", "to", "valid_from", "valid_to", "every_weeks"],
        |fields| {
            let (from, to) = fields.stretch();
            WorkingHours {
                weekday: fields.required("weekday", chrono::Weekday::Mon, |node| node.weekday()),
                from,
                to,
                valid_from: fields.optional("valid_from", |node| node.date()),
                valid_to: fields.optional("valid_to", |node| node.date()),
                every_weeks: fields.number_or("every_weeks", 1),
            }
        },
    )
}

fn closure(node: Node<'_>) -> Option<Closure> {
    node.object(&["date", "name"], |fields| Closure {
        date: fields.date("date"),
        name: fields.text_or_empty("name"),
    })
}

fn patient(node: Node<'_>) -> Option<Patient> {
    let keys = [
        "id",
        "name",
        "phone",
        "email",
        "date_of_birth",
        "availability",
        "sensitivities",
        "covers",
        "provider_decisions",
        "notes",
    ];
    node.object(&keys, |fields| Patient {
        id: fields.text("id").as_str().into(),
        name: fields.text("name"),
        contact: Contact {
            phone: fields.text_or_empty("phone"),
            email: fields.text_or_empty("email"),
        },
        date_of_birth: fields.optional("date_of_birth", |node| node.date()),
        availability: fields.list_or_empty("availability", |node| {
            node.object(&["weekday", "from", "to"], |fields| {
                let (from, to) = fields.stretch();
                let weekday = fields.required("weekday", chrono::Weekday::Mon, |node| node.weekday());
                AvailabilityWindow { weekday, from, to }
            })
        }),
        sensitivities: fields.list_or_empty("sensitivities", |node| Some(node.text())),
        covers: fields.list_or_empty("covers", |node| {
            node.object(&["discipline", "visits", "until"], |fields| InsuranceCover {
                discipline: fields.text("discipline").as_str().into(),
                visits: fields.number("visits", 0),
                until: fields.date("until"),
            })
        }),
        provider_decisions: fields.list_or_empty("provider_decisions", provider_decision),
        notes: fields.text_or_empty("notes"),
    })
}

fn provider_decision(node: Node<'_>) -> Option<ProviderDecision> {
    node.object(
        &["provider", "date", "order", "spacing", "frequency", "note"],
        |fields| ProviderDecision {
            provider: fields.text("provider"),
            date: fields.date("date"),
            order: fields.optional("order", read_order_node),
            spacing: fields.optional("spacing", read_spacing),
            frequency: fields.optional("frequency", read_frequency),
            note: fields.text_or_empty("note"),
        },
    )
}

fn protocols(node: Node<'_>) -> Option<Protocols> {
    let keys = [
        "version",
        "conditions",
        "needs",
        "sensitivities",
        "separate_days",
        "same_day",
        "tolerance_days",
        "frequency",
    ];
    let shipped = Protocols::shipped();
    node.object(&keys, |fields| Protocols {
        version: fields.number("version", 1),
        conditions: fields.list("conditions", condition),
        needs: fields.list("needs", |node| {
            node.object(&["id", "name", "order"], |fields| Need {
                id: fields.text("id"),
                name: fields.text("name"),
                order: read_order(fields, "order"),
            })
        }),
        sensitivities: fields.list("sensitivities", |node| {
            node.object(&["id", "name"], |fields| Sensitivity {
                id: fields.text("id"),
                name: fields.text("name"),
            })
        }),
        separate_days: fields.required("separate_days", shipped.separate_days, read_spacing),
        same_day: fields.required("same_day", shipped.same_day, read_spacing),
        tolerance_days: fields.number("tolerance_days", shipped.tolerance_days),
        frequency: fields.required("frequency", shipped.frequency, read_frequency),
    })
}

fn condition(node: Node<'_>) -> Option<Condition> {
    node.object(
        &["id", "name", "order", "reason", "notes", "optional"],
        |fields| Condition {
            id: fields.text("id"),
            name: fields.text("name"),
            order: read_order(fields, "order"),
            reason: fields.text_or_empty("reason"),
            notes: fields.list_or_empty("notes", |node| {
                node.object(&["discipline", "text"], |fields| Note {
                    discipline: fields.text("discipline").as_str().into(),
                    text: fields.text("text"),
                })
            }),
            optional: fields.list_or_empty("optional", |node| Some(node.text().as_str().into())),
        },
    )
}

fn series(node: Node<'_>) -> Option<Series> {
    let keys = [
        "id",
        "patient",
        "order",
        "spacing",
        "weeks",
        "tolerance_days",
        "disciplines",
        "usual",
        "strategy",
        "protocol_version",
        "conditions",
        "needs",
        "sensitivities",
        "reasons",
    ];
    node.object(&keys, |fields| {
        let order = read_order(fields, "order");
        let texts = |key: &str| fields.list_or_empty(key, |node| Some(node.text()));
        let mut usual = fields
            .optional("usual", |node| usual_slots(node, &order))
            .unwrap_or_default();
        usual.sort_by_key(|slot| slot.discipline != order[0]);
        Series {
            id: fields.text("id").as_str().into(),
            patient: fields.text("patient").as_str().into(),
            spacing: fields.required("spacing", NO_SPACING, read_spacing),
            weeks: fields.number("weeks", 1),
            tolerance_days: fields.number("tolerance_days", 0),
            rhythms: fields.required("disciplines", Vec::new(), |node| read_rhythms(node, &order)),
            usual,
            strategy: fields.required("strategy", Strategy::SamePractitioner, |node| {
                let what = (
                    "same-practitioner, soonest or same-time",
                    "same-practitioner, soonest ou same-time",
                );
                node.parsed(what, Strategy::SamePractitioner, Strategy::parse)
            }),
            basis: SeriesBasis {
                protocol_version: fields.number_or("protocol_version", 0),
                conditions: texts("conditions"),
                needs: texts("needs"),
                sensitivities: texts("sensitivities"),
                reasons: texts("reasons"),
            },
            order,
        }
    })
}

fn usual_slots(node: Node<'_>, order: &[DisciplineId; 2]) -> Vec<UsualSlot> {
    let names = [order[0].as_str(), order[1].as_str()];
    node.object(&names, |fields| {
        let slot = |name: &&str| {
            fields.optional(name, |node| {
                node.object(&["practitioner", "date", "time"], |fields| UsualSlot {
                    discipline: (*name).into(),
                    practitioner: fields.text("practitioner").as_str().into(),
                    date: fields.date("date"),
                    time: fields.required("time", TimeOfDay::MIDNIGHT, |node| {
                        node.time_of_day(TimeOfDay::MIDNIGHT)
                    }),
                })
            })?
        };
        names.iter().filter_map(slot).collect()
    })
    .unwrap_or_default()
}

fn appointment(node: &Node<'_>, length_of: impl Fn(&str) -> (u32, u32)) -> Option<Appointment> {
    let keys = [
        "id",
        "practitioner",
        "patient",
        "service",
        "room",
        "start",
        "minutes",
        "buffer_minutes",
        "status",
        "session",
        "override_reason",
        "cancel_reason",
        "note",
        "revision",
        "changed_at",
    ];
    node.object(&keys, |fields| {
        let service = fields.text("service");
        let (minutes, buffer_minutes) = length_of(&service);
        Appointment {
            id: fields.text("id").as_str().into(),
            practitioner: fields.text("practitioner").as_str().into(),
            patient: fields.text("patient").as_str().into(),
            room: fields.optional("room", |node| node.text().as_str().into()),
            start: fields.local_time("start"),
            minutes: fields.number_or("minutes", minutes),
            buffer_minutes: fields.number_or("buffer_minutes", buffer_minutes),
            status: fields.required("status", AppointmentStatus::Booked, |node| {
                let what = (
                    "booked, arrived, fulfilled, cancelled or noshow",
                    "booked, arrived, fulfilled, cancelled ou noshow",
                );
                node.parsed(what, AppointmentStatus::Booked, AppointmentStatus::parse)
            }),
            session: fields.optional("session", session_link).flatten(),
            override_reason: fields.text_or_empty("override_reason"),
            cancel_reason: fields.text_or_empty("cancel_reason"),
            note: fields.text_or_empty("note"),
            revision: fields.number_or("revision", 0),
            changed_at: fields.optional("changed_at", |node| node.instant()).flatten(),
            service: service.as_str().into(),
        }
    })
}

fn session_link(node: Node<'_>) -> Option<SessionLink> {
    node.object(&["series", "week"], |fields| SessionLink {
        series: fields.text("series").as_str().into(),
        week: fields.number("week", 0),
    })
}

#[cfg(test)]
mod tests;
