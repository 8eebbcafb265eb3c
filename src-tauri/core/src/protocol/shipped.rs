//! The protocols that a clinic starts with.

use super::{Condition, Need, Note, Protocols, Sensitivity};
use crate::Language;
use crate::model::{Discipline, DisciplineId, Frequency, Spacing};

/// A text in English and in French.
type Text = (&'static str, &'static str);

impl Protocols {
    /// The protocols that a clinic starts with, version 1, in English.
    pub fn shipped() -> Self {
        Self::shipped_in(Language::English)
    }

    /// The protocols that a clinic starts with, version 1, its names and reasons in one language.
    pub fn shipped_in(language: Language) -> Self {
        Self {
            version: 1,
            conditions: conditions(language),
            needs: needs(language),
            sensitivities: SENSITIVITIES
                .iter()
                .map(|&(id, name)| Sensitivity {
                    id: id.to_owned(),
                    name: text(language, name),
                })
                .collect(),
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

fn text(language: Language, (english, french): Text) -> String {
    language.pick(english, french).to_owned()
}

fn massage_first() -> [DisciplineId; 2] {
    [Discipline::MASSAGE.into(), Discipline::PHYSIOTHERAPY.into()]
}

fn physiotherapy_first() -> [DisciplineId; 2] {
    [Discipline::PHYSIOTHERAPY.into(), Discipline::MASSAGE.into()]
}

fn conditions(language: Language) -> Vec<Condition> {
    let condition = |id: &str, name: Text, order, reason: Text| Condition {
        id: id.to_owned(),
        name: text(language, name),
        order,
        reason: text(language, reason),
        notes: Vec::new(),
        optional: Vec::new(),
    };
    let mut post_surgical = condition(
        "post-surgical",
        (
            "After surgery (ACL, rotator cuff …)",
            "Après une chirurgie (LCA, coiffe des rotateurs …)",
        ),
        physiotherapy_first(),
        (
            "physiotherapy sets safe mobility and strength, massage then reduces scar tightness",
            "la physiothérapie établit une mobilité et une force sûres, le massage réduit ensuite la raideur cicatricielle",
        ),
    );
    post_surgical.notes.push(Note {
        discipline: Discipline::MASSAGE.into(),
        text: text(language, ("gentle", "en douceur")),
    });
    let mut stress = condition(
        "stress",
        ("Stress, anxiety, sleep", "Stress, anxiété, sommeil"),
        massage_first(),
        (
            "massage settles the nervous system, mobility work can follow",
            "le massage apaise le système nerveux, le travail de mobilité peut suivre",
        ),
    );
    stress.optional.push(Discipline::PHYSIOTHERAPY.into());
    vec![
        condition(
            "low-back-pain",
            ("Low back pain", "Lombalgie"),
            massage_first(),
            (
                "less muscle guarding makes core activation easier",
                "moins de défense musculaire facilite l’activation du tronc",
            ),
        ),
        condition(
            "neck-pain",
            ("Neck pain, tension headache", "Cervicalgie, céphalée de tension"),
            massage_first(),
            (
                "the upper traps and neck relax before posture work",
                "les trapèzes supérieurs et le cou se détendent avant le travail postural",
            ),
        ),
        condition(
            "shoulder-impingement",
            ("Shoulder impingement", "Accrochage de l’épaule"),
            massage_first(),
            (
                "loosen upper traps and pecs, then strengthen the rotator cuff",
                "détendre les trapèzes supérieurs et les pectoraux, puis renforcer la coiffe des rotateurs",
            ),
        ),
        condition(
            "knee-pain",
            (
                "Knee pain (patellofemoral)",
                "Douleur au genou (fémoro-patellaire)",
            ),
            physiotherapy_first(),
            (
                "activate quads and glutes, then massage the tight IT band and quads",
                "activer les quadriceps et les fessiers, puis masser la bandelette et les quadriceps tendus",
            ),
        ),
        post_surgical,
        condition(
            "sciatica",
            ("Sciatica", "Sciatique"),
            massage_first(),
            (
                "less piriformis tension makes core and glute strengthening work",
                "moins de tension au piriforme rend efficace le renforcement du tronc et des fessiers",
            ),
        ),
        stress,
    ]
}

const MASSAGE_FIRST: [(&str, Text); 8] = [
    ("muscle-tightness", ("Muscle tightness", "Tension musculaire")),
    ("chronic-tension", ("Chronic tension", "Tension chronique")),
    (
        "joint-stiffness",
        ("Stiffness around joints", "Raideur articulaire"),
    ),
    ("poor-flexibility", ("Poor flexibility", "Manque de souplesse")),
    ("stress-pain", ("Stress-related pain", "Douleur liée au stress")),
    (
        "posture-imbalance",
        ("Posture-related imbalance", "Déséquilibre postural"),
    ),
    ("low-back-tightness", ("Low back pain", "Lombalgie")),
    (
        "neck-shoulder-tightness",
        ("Neck and shoulder tightness", "Tension du cou et des épaules"),
    ),
];

const PHYSIOTHERAPY_FIRST: [(&str, Text); 5] = [
    ("building-strength", ("Building strength", "Renforcement")),
    (
        "post-surgical-rehab",
        ("Post-surgical rehabilitation", "Réadaptation postopératoire"),
    ),
    (
        "balance-coordination",
        (
            "Balance and coordination training",
            "Entraînement de l’équilibre et de la coordination",
        ),
    ),
    (
        "tendon-rehab",
        (
            "Tendon rehabilitation: Achilles, rotator cuff, patellar",
            "Réadaptation tendineuse\u{a0}: Achille, coiffe des rotateurs, rotule",
        ),
    ),
    (
        "sprain-strain-fracture",
        (
            "Recovery from a sprain, strain or fracture",
            "Récupération d’une entorse, d’une élongation ou d’une fracture",
        ),
    ),
];

const SENSITIVITIES: [(&str, Text); 5] = [
    ("tires-easily", ("Tires easily", "Se fatigue vite")),
    (
        "chronic-pain",
        (
            "Chronic pain such as fibromyalgia or arthritis",
            "Douleur chronique, comme la fibromyalgie ou l’arthrite",
        ),
    ),
    (
        "early-injury",
        (
            "Early injury rehabilitation",
            "Réadaptation précoce après une blessure",
        ),
    ),
    (
        "dizzy-after",
        (
            "Dizzy or lightheaded after treatment",
            "Étourdissements après un soin",
        ),
    ),
    (
        "overwhelmed",
        (
            "Back-to-back sessions are overwhelming",
            "Des séances consécutives sont trop éprouvantes",
        ),
    ),
];

fn needs(language: Language) -> Vec<Need> {
    let with = |order: fn() -> [DisciplineId; 2]| {
        move |&(id, name): &(&str, Text)| Need {
            id: id.to_owned(),
            name: text(language, name),
            order: order(),
        }
    };
    MASSAGE_FIRST
        .iter()
        .map(with(massage_first))
        .chain(PHYSIOTHERAPY_FIRST.iter().map(with(physiotherapy_first)))
        .collect()
}
