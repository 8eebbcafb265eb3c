//! Values that several images share.

use chrono::Weekday;
use ordo_core::model::{DisciplineId, Frequency, Spacing};
use ordo_core::time::TimeOfDay;
use serde::{Deserialize, Serialize};

/// A spacing.
#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub(crate) enum SpacingImage {
    SameDay { max_wait_minutes: u32 },
    SeparateDays { min_hours: u32, max_hours: u32 },
}

impl From<Spacing> for SpacingImage {
    fn from(spacing: Spacing) -> Self {
        match spacing {
            Spacing::SameDay { max_wait_minutes } => Self::SameDay { max_wait_minutes },
            Spacing::SeparateDays { min_hours, max_hours } => Self::SeparateDays { min_hours, max_hours },
        }
    }
}

impl From<SpacingImage> for Spacing {
    fn from(image: SpacingImage) -> Self {
        match image {
            SpacingImage::SameDay { max_wait_minutes } => Self::SameDay { max_wait_minutes },
            SpacingImage::SeparateDays { min_hours, max_hours } => {
                Self::SeparateDays { min_hours, max_hours }
            }
        }
    }
}

/// A frequency.
#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FrequencyImage {
    Combined,
    Alternating,
    BothWeekly,
}

impl FrequencyImage {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Combined => "combined",
            Self::Alternating => "alternating",
            Self::BothWeekly => "both-weekly",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Combined, Self::Alternating, Self::BothWeekly]
            .into_iter()
            .find(|frequency| frequency.as_str() == word)
    }
}

impl From<Frequency> for FrequencyImage {
    fn from(frequency: Frequency) -> Self {
        match frequency {
            Frequency::Combined => Self::Combined,
            Frequency::Alternating => Self::Alternating,
            Frequency::BothWeekly => Self::BothWeekly,
        }
    }
}

impl From<FrequencyImage> for Frequency {
    fn from(image: FrequencyImage) -> Self {
        match image {
            FrequencyImage::Combined => Self::Combined,
            FrequencyImage::Alternating => Self::Alternating,
            FrequencyImage::BothWeekly => Self::BothWeekly,
        }
    }
}

/// A stretch of a day of the week.
#[derive(Serialize, Deserialize)]
pub(super) struct WeekdayHours {
    pub(super) weekday: Weekday,
    #[serde(with = "time_of_day")]
    pub(super) from: TimeOfDay,
    #[serde(with = "time_of_day")]
    pub(super) to: TimeOfDay,
}

/// The identifiers of two disciplines in order.
pub(super) type OrderImage = [String; 2];

pub(super) fn order_image(order: &[DisciplineId; 2]) -> OrderImage {
    [order[0].to_string(), order[1].to_string()]
}

pub(super) fn order(image: OrderImage) -> [DisciplineId; 2] {
    image.map(DisciplineId::new)
}

/// Identifiers as texts.
pub(super) fn texts<Id: ToString>(ids: &[Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// Times of day as `HH:MM`.
pub(super) mod time_of_day {
    use ordo_core::time::TimeOfDay;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(time: &TimeOfDay, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(time)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeOfDay, D::Error> {
        let text = String::deserialize(deserializer)?;
        TimeOfDay::parse(&text).ok_or_else(|| D::Error::custom(format!("\"{text}\" is no time of day")))
    }
}
