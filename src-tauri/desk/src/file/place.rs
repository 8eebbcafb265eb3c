//! Where in a clinic file something stands, in words for people who do not read paths.

use ordo_core::Language;

use super::json::Json;
use super::reader::parse;

/// A clinic file in which places can be named.
pub(crate) struct Places(Option<Json>);

impl Places {
    /// Of a text; of one that is no JSON no place has a name.
    pub(crate) fn of(text: &str) -> Self {
        Self(parse(text).ok())
    }

    /// What a path such as `$.practitioners[3].hours[0].to` leads to, such as `practitioner “Anna Alvarez”, hours 1`;
    /// empty where that says nothing more than the path does.
    pub(crate) fn words(&self, path: &str, language: Language) -> String {
        let mut here = self.0.as_ref();
        let mut said: Vec<String> = Vec::new();
        let mut list = "";
        for step in steps(path) {
            match step {
                Step::Key(key) => {
                    here = here.and_then(|json| field(json, key));
                    list = key;
                    if key == "clinic" {
                        said.push(language.pick("the clinic", "la clinique").to_owned());
                    }
                }
                Step::Index(index) => {
                    here = here.and_then(|json| item(json, index));
                    let Some(noun) = noun(list, language) else {
                        continue;
                    };
                    said.push(match here.and_then(name) {
                        Some(name) => {
                            language.pick(format!("{noun} “{name}”"), format!("{noun} «\u{a0}{name}\u{a0}»"))
                        }
                        None => format!("{noun} {}", index + 1),
                    });
                }
            }
        }
        said.join(", ")
    }
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The steps of a path; what is no step ends it.
fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    std::iter::from_fn(move || {
        if let Some(after) = rest.strip_prefix('[') {
            let (inside, after) = after.split_once(']')?;
            rest = after;
            return inside.parse().ok().map(Step::Index);
        }
        let after = rest.strip_prefix('.')?;
        let end = after.find(['.', '[']).unwrap_or(after.len());
        rest = &after[end..];
        Some(Step::Key(&after[..end]))
    })
}

fn field<'a>(json: &'a Json, key: &str) -> Option<&'a Json> {
    let Json::Object(entries) = json else { return None };
    entries
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}

fn item(json: &Json, index: usize) -> Option<&Json> {
    let Json::List(items) = json else { return None };
    items.get(index)
}

/// What an item calls itself.
fn name(json: &Json) -> Option<&str> {
    ["name", "id"].iter().find_map(|key| match field(json, key)? {
        Json::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
        _ => None,
    })
}

/// What an item of a list is.
fn noun(list: &str, language: Language) -> Option<&'static str> {
    let (english, french) = match list {
        "disciplines" => ("discipline", "discipline"),
        "services" => ("service", "service"),
        "rooms" => ("room", "salle"),
        "practitioners" => ("practitioner", "praticien"),
        "closures" => ("closure", "fermeture"),
        "protocols" => ("version of the protocols", "version des protocoles"),
        "patients" => ("patient", "patient"),
        "series" => ("series", "série"),
        "appointments" => ("appointment", "rendez-vous"),
        "hours" => ("hours", "heures"),
        "extra_hours" => ("extra hours", "heures supplémentaires"),
        "absences" => ("absence", "absence"),
        "availability" => ("availability", "disponibilité"),
        "covers" => ("insurance cover", "couverture"),
        "provider_decisions" => ("provider’s decision", "décision d’un soignant"),
        "conditions" => ("condition", "affection"),
        "needs" => ("need", "besoin"),
        "sensitivities" => ("sensitivity", "sensibilité"),
        _ => return None,
    };
    Some(language.pick(english, french))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"clinic":{"slot_minutes":7},
      "practitioners":[{"id":"a","name":"Anna Alvarez","hours":[{},{}]},{"id":"b"},{}],"odd":[1]}"#;

    #[test]
    fn places_are_named_as_people_know_them() {
        let places = Places::of(FILE);
        for (path, english, french) in [
            ("$.clinic.slot_minutes", "the clinic", "la clinique"),
            (
                "$.practitioners[0].hours[1].to",
                "practitioner “Anna Alvarez”, hours 2",
                "praticien «\u{a0}Anna Alvarez\u{a0}», heures 2",
            ),
            (
                "$.practitioners[1].name",
                "practitioner “b”",
                "praticien «\u{a0}b\u{a0}»",
            ),
            ("$.practitioners[2]", "practitioner 3", "praticien 3"),
            ("$.practitioners[9]", "practitioner 10", "praticien 10"),
            ("$.odd[0]", "", ""),
            ("$[\"strange key\"][0]", "", ""),
            ("$", "", ""),
        ] {
            assert_eq!(places.words(path, Language::English), english, "{path}");
            assert_eq!(places.words(path, Language::French), french, "{path}");
        }
        assert_eq!(Places::of("{").words("$.rooms[0]", Language::English), "room 1");
    }
}
