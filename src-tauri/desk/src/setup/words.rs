//! What the desk says while a clinic is set up, in each language.

use chrono::NaiveDate;
use ordo_core::Language;
use ordo_core::validate::Fault;

pub(super) fn nothing_to_save(language: Language) -> &'static str {
    language.pick("there is nothing to save", "il n’y a rien à enregistrer")
}

pub(super) fn changed_meanwhile(language: Language) -> &'static str {
    language.pick(
        "somebody else has changed this meanwhile; what you made is still here: open it again to see theirs, then \
         make your change",
        "quelqu’un d’autre l’a changé entre-temps; votre saisie est toujours là\u{a0}: rouvrez pour voir la leur, puis \
         refaites votre changement",
    )
}

pub(super) fn name_needed(language: Language) -> &'static str {
    language.pick("a name is needed", "il faut un nom")
}

pub(super) fn practitioner_needed(language: Language) -> &'static str {
    language.pick(
        "a clinic needs somebody who treats; add one practitioner at least",
        "il faut quelqu’un qui traite; ajoutez au moins un praticien",
    )
}

pub(super) fn no_zone(zone: &str, language: Language) -> String {
    match language {
        Language::English => format!("\"{zone}\" is no time zone; choose one from the list"),
        Language::French => {
            format!("«\u{a0}{zone}\u{a0}» n’est pas un fuseau horaire; choisissez-en un dans la liste")
        }
    }
}

pub(super) fn other_year(date: NaiveDate, year: i32, language: Language) -> String {
    let date = language.plain_date(date);
    match language {
        Language::English => format!("{date} does not lie in {year}; add it to its own year"),
        Language::French => format!("le {date} n’est pas en {year}; ajoutez-le à son année"),
    }
}

pub(super) fn still_named(name: &str, language: Language) -> String {
    match language {
        Language::English => {
            format!("{name} is named by visits, series or services and is kept; their history needs it")
        }
        Language::French => format!(
            "{name} figure dans des rendez-vous, des séries ou des services et est conservé\u{a0}: leur historique en dépend"
        ),
    }
}

pub(super) fn demo(language: Language) -> &'static str {
    language.pick("the demo clinic", "la clinique de démonstration")
}

pub(super) fn new_clinic(language: Language) -> &'static str {
    language.pick("a new clinic", "une nouvelle clinique")
}

pub(super) fn clinic_file(language: Language) -> &'static str {
    language.pick("a clinic file", "un fichier de clinique")
}

/// A fault of a part, by the field that it lies in.
pub(super) fn fault(fault: &Fault, language: Language) -> String {
    let field = fault.path.rsplit('.').next().unwrap_or_default();
    let field = field.split('[').next().unwrap_or_default();
    let (english, french) = match field {
        "to" => ("the end", "la fin"),
        "from" => ("the beginning", "le début"),
        "valid_from" => ("the first date", "la première date"),
        "valid_to" => ("the last date", "la dernière date"),
        "every_weeks" => ("the rhythm", "le rythme"),
        "minutes" => ("the length", "la durée"),
        "buffer_minutes" => ("the time after it", "le temps qui suit"),
        "slot_minutes" => ("the grid", "la grille"),
        "discipline" => ("the discipline", "la discipline"),
        "services" => ("the services", "les services"),
        "date" => ("the date", "la date"),
        "min_hours" | "max_hours" | "separate_days" => {
            ("the gap on separate days", "l’écart en jours distincts")
        }
        "max_wait_minutes" | "same_day" => ("the longest wait", "la plus longue attente"),
        "tolerance_days" => ("the tolerance", "la tolérance"),
        "name" => ("the name", "le nom"),
        "reason" => ("the reason", "la raison"),
        "text" => ("the note", "la note"),
        "optional" => ("what may be left out", "ce qui peut être omis"),
        "order" => ("the order", "l’ordre"),
        _ => (field, field),
    };
    let text = fault.text.pick(language);
    match language {
        Language::English => format!("{english}: {text}"),
        Language::French => format!("{french}\u{a0}: {text}"),
    }
}

/// A condition, need or sensitivity that a series was decided from is no longer there.
pub(super) fn no_longer_known(id: &str, language: Language) -> String {
    match language {
        Language::English => format!("\"{id}\" is no longer among the protocols"),
        Language::French => format!("«\u{a0}{id}\u{a0}» n’est plus dans les protocoles"),
    }
}

/// A part of a decision that would be another one.
pub(super) fn instead(now: &str, before: &str, language: Language) -> String {
    match language {
        Language::English => format!("{now} (was: {before})"),
        Language::French => format!("{now} (avant\u{a0}: {before})"),
    }
}

pub(super) fn needs_two_disciplines(language: Language) -> &'static str {
    language.pick(
        "protocols need two disciplines; the clinic has fewer",
        "les protocoles ont besoin de deux disciplines; la clinique en a moins",
    )
}

#[cfg(test)]
mod tests {
    use ordo_core::said;

    use super::*;

    #[test]
    fn everything_said_while_setting_up() {
        let date = NaiveDate::from_ymd_opt(2026, 2, 3).expect("a date");
        let fields = [
            "to",
            "from",
            "valid_from",
            "valid_to",
            "every_weeks",
            "minutes",
            "buffer_minutes",
            "slot_minutes",
            "discipline",
            "services[1]",
            "date",
            "separate_days",
            "same_day",
            "tolerance_days",
            "name",
            "reason",
            "text",
            "optional",
            "order",
            "else",
        ];
        let said: Vec<String> = Language::ALL
            .into_iter()
            .flat_map(|language| {
                let mut said: Vec<String> = [
                    nothing_to_save(language),
                    changed_meanwhile(language),
                    name_needed(language),
                    practitioner_needed(language),
                    demo(language),
                    new_clinic(language),
                    clinic_file(language),
                    needs_two_disciplines(language),
                ]
                .map(str::to_owned)
                .into();
                said.push(no_zone("Mars/Base", language));
                said.push(other_year(date, 2027, language));
                said.push(still_named("Room 1", language));
                said.push(no_longer_known("low-back-pain", language));
                said.push(instead("massage first", "physiotherapy first", language));
                said.extend(fields.map(|field| {
                    let fault = Fault {
                        path: format!("$.practitioners[0].{field}"),
                        text: said!("…", "…"),
                    };
                    super::fault(&fault, language)
                }));
                said
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
