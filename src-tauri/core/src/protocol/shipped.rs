//! The protocols that a clinic starts with.

use super::{Condition, Need, Note, Protocols, Sensitivity};
use crate::model::{Discipline, DisciplineId, Frequency, Spacing};

impl Protocols {
    /// The protocols that a clinic starts with, version 1.
    pub fn shipped() -> Self {
        Self {
            version: 1,
            conditions: conditions(),
            needs: needs(),
            sensitivities: sensitivities(),
            separate_days: Spacing::SeparateDays {
                min_hours: 24,
                max_hours: 48,
            },
            same_day: Spacing::SameDay { max_wait_minutes: 60 },
            tolerance_days: 2,
            frequency: Frequency::Combined,
        }
    }
}

fn massage_first() -> [DisciplineId; 2] {
    [Discipline::MASSAGE.into(), Discipline::PHYSIOTHERAPY.into()]
}

fn physiotherapy_first() -> [DisciplineId; 2] {
    [Discipline::PHYSIOTHERAPY.into(), Discipline::MASSAGE.into()]
}

fn conditions() -> Vec<Condition> {
    let condition = |id: &str, name: &str, order, reason: &str| Condition {
        id: id.to_owned(),
        name: name.to_owned(),
        order,
        reason: reason.to_owned(),
        notes: Vec::new(),
        optional: Vec::new(),
    };
    let mut post_surgical = condition(
        "post-surgical",
        "After surgery (ACL, rotator cuff …)",
        physiotherapy_first(),
        "physiotherapy sets safe mobility and strength, massage then reduces scar tightness",
    );
    post_surgical.notes.push(Note {
        discipline: Discipline::MASSAGE.into(),
        text: "gentle".to_owned(),
    });
    let mut stress = condition(
        "stress",
        "Stress, anxiety, sleep",
        massage_first(),
        "massage settles the nervous system, mobility work can follow",
    );
    stress.optional.push(Discipline::PHYSIOTHERAPY.into());
    vec![
        condition(
            "low-back-pain",
            "Low back pain",
            massage_first(),
            "less muscle guarding makes core activation easier",
        ),
        condition(
            "neck-pain",
            "Neck pain, tension headache",
            massage_first(),
            "the upper traps and neck relax before posture work",
        ),
        condition(
            "shoulder-impingement",
            "Shoulder impingement",
            massage_first(),
            "loosen upper traps and pecs, then strengthen the rotator cuff",
        ),
        condition(
            "knee-pain",
            "Knee pain (patellofemoral)",
            physiotherapy_first(),
            "activate quads and glutes, then massage the tight IT band and quads",
        ),
        post_surgical,
        condition(
            "sciatica",
            "Sciatica",
            massage_first(),
            "less piriformis tension makes core and glute strengthening work",
        ),
        stress,
    ]
}

fn needs() -> Vec<Need> {
    const MASSAGE_FIRST: [(&str, &str); 8] = [
        ("muscle-tightness", "Muscle tightness"),
        ("chronic-tension", "Chronic tension"),
        ("joint-stiffness", "Stiffness around joints"),
        ("poor-flexibility", "Poor flexibility"),
        ("stress-pain", "Stress-related pain"),
        ("posture-imbalance", "Posture-related imbalance"),
        ("low-back-tightness", "Low back pain"),
        ("neck-shoulder-tightness", "Neck and shoulder tightness"),
    ];
    const PHYSIOTHERAPY_FIRST: [(&str, &str); 5] = [
        ("building-strength", "Building strength"),
        ("post-surgical-rehab", "Post-surgical rehabilitation"),
        ("balance-coordination", "Balance and coordination training"),
        (
            "tendon-rehab",
            "Tendon rehabilitation: Achilles, rotator cuff, patellar",
        ),
        (
            "sprain-strain-fracture",
            "Recovery from a sprain, strain or fracture",
        ),
    ];
    let with = |order: fn() -> [DisciplineId; 2]| {
        move |&(id, name): &(&str, &str)| Need {
            id: id.to_owned(),
            name: name.to_owned(),
            order: order(),
        }
    };
    MASSAGE_FIRST
        .iter()
        .map(with(massage_first))
        .chain(PHYSIOTHERAPY_FIRST.iter().map(with(physiotherapy_first)))
        .collect()
}

fn sensitivities() -> Vec<Sensitivity> {
    const ALL: [(&str, &str); 5] = [
        ("tires-easily", "Tires easily"),
        ("chronic-pain", "Chronic pain such as fibromyalgia or arthritis"),
        ("early-injury", "Early injury rehabilitation"),
        ("dizzy-after", "Dizzy or lightheaded after treatment"),
        ("overwhelmed", "Back-to-back sessions are overwhelming"),
    ];
    ALL.iter()
        .map(|&(id, name)| Sensitivity {
            id: id.to_owned(),
            name: name.to_owned(),
        })
        .collect()
}
