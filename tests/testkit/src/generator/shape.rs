use chrono::NaiveDate;

use crate::random::Random;

/// How large an instance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// One or two weeks and few starts: every combination can be tried.
    Tiny,
    /// A few weeks in which the patient's hours hardly hold a pair, so that the rules between sessions decide.
    Tight,
    /// Two to six practitioners and up to six weeks.
    Small,
    /// Four to eight practitioners and up to ten weeks.
    Medium,
    /// Nine to fifteen practitioners and up to fourteen weeks.
    Large,
    /// Up to sixteen practitioners a discipline, twenty-six weeks, five-minute slots.
    Largest,
    /// Any of the others' sizes with every habit drawn anew: what the planner is searched for slow answers with.
    Varied,
}

impl Class {
    /// Every class, the smallest first.
    pub const ALL: [Self; 7] = [
        Self::Tiny,
        Self::Tight,
        Self::Small,
        Self::Medium,
        Self::Large,
        Self::Largest,
        Self::Varied,
    ];

    /// The word for the class in file names and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Tight => "tight",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Largest => "largest",
            Self::Varied => "varied",
        }
    }

    /// The class of a word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    pub(super) fn salt(self) -> u64 {
        match self {
            Self::Tiny => 0x11,
            Self::Tight => 0x7777,
            Self::Small => 0x2222,
            Self::Medium => 0x0033_3333,
            Self::Large => 0x4444_4444,
            Self::Largest => 0x55_5555_5555,
            Self::Varied => 0x6666_6666_6666,
        }
    }
}

/// What makes an instance hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing in particular.
    Ordinary,
    /// Separate days with long minimum gaps and tolerance 3, so that weeks interact.
    WideSpacing,
    /// Practitioners of both disciplines, and pairs on one day.
    DuallyQualified,
    /// Hardly any rooms, and buffers that reach into the next session.
    ScarceRooms,
    /// An empty calendar with equal hours: very many equally good plans.
    EqualOptions,
    /// Disciplines that begin in different weeks and come every second or third week.
    Staggered,
    /// One discipline asked for, the other among the patient's other appointments.
    OneOfTwo,
    /// A running series: fixed and current sessions, a practitioner sick.
    Repair,
    /// A patient with few free hours.
    NarrowAvailability,
    /// Weeks around a change of the clocks.
    ClockChange,
    /// Every hour of every week booked but for a few cancellations.
    FullyBooked,
    /// A repair whose fixed sessions break every habit: other practitioners, dates, orders and rooms.
    OddRepair,
}

impl Kind {
    /// Every kind, in the order of the seeds.
    pub const ALL: [Self; 12] = [
        Self::Ordinary,
        Self::WideSpacing,
        Self::DuallyQualified,
        Self::ScarceRooms,
        Self::EqualOptions,
        Self::Staggered,
        Self::OneOfTwo,
        Self::Repair,
        Self::NarrowAvailability,
        Self::ClockChange,
        Self::FullyBooked,
        Self::OddRepair,
    ];

    /// The kind that a seed gives.
    pub fn of_seed(seed: u64) -> Self {
        Self::ALL[usize::try_from(seed % Self::ALL.len() as u64).unwrap_or(0)]
    }

    /// The word for the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::WideSpacing => "wide-spacing",
            Self::DuallyQualified => "dually-qualified",
            Self::ScarceRooms => "scarce-rooms",
            Self::EqualOptions => "equal-options",
            Self::Staggered => "staggered",
            Self::OneOfTwo => "one-of-two",
            Self::Repair => "repair",
            Self::NarrowAvailability => "narrow-availability",
            Self::ClockChange => "clock-change",
            Self::FullyBooked => "fully-booked",
            Self::OddRepair => "odd-repair",
        }
    }

    /// Whether the request repairs a running series.
    pub fn is_repair(self) -> bool {
        matches!(self, Self::Repair | Self::OddRepair)
    }
}

/// How the two sessions of a pair follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spacing {
    SameDay { max_wait_minutes: i64 },
    SeparateDays { min_hours: i64, max_hours: i64 },
}

/// How often a discipline of the request has a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frequency {
    pub every_weeks: i64,
    pub first_week: i64,
}

/// The sizes and habits of one instance, drawn before anything is built.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub class: Class,
    pub kind: Kind,
    pub zone: &'static str,
    pub slot: i64,
    pub earliest: NaiveDate,
    pub window: i64,
    pub weeks: i64,
    pub tolerance: i64,
    pub spacing: Spacing,
    /// Index into `DISCIPLINES` of the first and the second discipline.
    pub order: [usize; 2],
    /// Per discipline, as in `DISCIPLINES`: absent when the request does not hold it.
    pub frequencies: [Option<Frequency>; 2],
    pub practitioners: [i64; 2],
    pub requested: [i64; 2],
    /// Percent of practitioners who offer both disciplines.
    pub dual: i64,
    pub rooms: i64,
    /// Percent of working time that is booked.
    pub load: i64,
    /// Percent of appointments off the grid.
    pub off_grid: i64,
    /// Percent of appointments without a room.
    pub without_room: i64,
    /// Whether the clinic works at weekends as on any other day.
    pub all_week: bool,
    /// Whether treatments are of any length, also longer than anybody works at a stretch.
    pub any_length: bool,
}

pub(super) const DISCIPLINES: [&str; 2] = ["physio", "massage"];

/// Zones with the dates of 2026 on which their clocks change.
const ZONES: [(&str, [&str; 2]); 7] = [
    ("America/Toronto", ["2026-03-08", "2026-11-01"]),
    ("America/St_Johns", ["2026-03-08", "2026-11-01"]),
    ("Europe/Paris", ["2026-03-29", "2026-10-25"]),
    ("Europe/London", ["2026-03-29", "2026-10-25"]),
    ("Australia/Sydney", ["2026-04-05", "2026-10-04"]),
    ("Australia/Lord_Howe", ["2026-04-05", "2026-10-04"]),
    ("Pacific/Auckland", ["2026-04-05", "2026-09-27"]),
];

/// Draws the sizes and habits of an instance.
pub(super) fn draw(class: Class, kind: Kind, random: &mut Random) -> Shape {
    if class == Class::Varied {
        return vary(kind, random);
    }
    let (zone, changes) = random.pick(&ZONES);
    let near_change = kind == Kind::ClockChange || random.chance(25);
    let earliest = if near_change {
        date(random.pick(&changes)) - chrono::Duration::days(random.between(0, 9))
    } else {
        date("2026-01-05") + chrono::Duration::days(random.between(0, 330))
    };
    let weeks = match class {
        Class::Tiny => random.between(1, 2),
        Class::Tight => random.between(1, 5),
        Class::Small => random.between(2, 6),
        Class::Medium => random.between(3, 10),
        Class::Large => random.between(8, 14),
        Class::Largest | Class::Varied => 26,
    };
    let mut shape = Shape {
        class,
        kind,
        zone,
        slot: match class {
            Class::Tiny => random.pick(&[30, 60]),
            Class::Tight => random.pick(&[15, 15, 30]),
            Class::Small | Class::Medium => random.pick(&[5, 10, 15, 15, 20, 30]),
            Class::Large => random.pick(&[10, 15]),
            Class::Largest | Class::Varied => 5,
        },
        earliest,
        window: match class {
            Class::Tiny => random.between(0, 2),
            Class::Tight => random.between(0, 3),
            Class::Largest => random.pick(&[6, 13]),
            _ => random.pick(&[3, 6, 13]),
        },
        weeks,
        tolerance: match class {
            Class::Tiny => random.between(0, 1),
            Class::Largest => random.between(2, 3),
            _ => random.between(0, 3),
        },
        spacing: spacing(kind, random),
        order: if random.chance(50) { [0, 1] } else { [1, 0] },
        frequencies: frequencies(class, kind, weeks, random),
        practitioners: [0, 0],
        requested: [0, 0],
        dual: match kind {
            Kind::DuallyQualified => 80,
            Kind::ScarceRooms | Kind::OddRepair => 25,
            _ => random.pick(&[0, 0, 15]),
        },
        rooms: match kind {
            Kind::ScarceRooms => random.between(0, 1),
            _ => random.between(0, 6),
        },
        load: match kind {
            Kind::EqualOptions => 0,
            Kind::FullyBooked => 98,
            _ if random.chance(12) => 0,
            _ => random.between(35, 90),
        },
        off_grid: random.pick(&[0, 0, 10, 30]),
        without_room: random.pick(&[0, 0, 8, 100]),
        all_week: false,
        any_length: false,
    };
    if kind == Kind::WideSpacing && class != Class::Tiny {
        shape.tolerance = 3;
    }
    for discipline in 0..2 {
        let (staff, asked) = match class {
            Class::Tiny | Class::Tight => (random.between(1, 2), 2),
            Class::Small => (random.between(1, 3), random.between(1, 3)),
            Class::Medium => (random.between(2, 5), random.between(1, 4)),
            Class::Large => (random.between(5, 8), random.between(1, 4)),
            Class::Largest | Class::Varied => (random.between(14, 16), random.between(8, 16)),
        };
        shape.practitioners[discipline] = staff;
        shape.requested[discipline] = asked.min(staff);
    }
    if class == Class::Tight {
        tighten(&mut shape, random);
    }
    if class == Class::Largest {
        shape.rooms = random.between(20, 30);
        shape.without_room = random.pick(&[0, 8]);
        if kind == Kind::ScarceRooms {
            shape.rooms = 8;
        }
    }
    shape
}

/// Draws the size of another class and then every habit by itself, so that habits meet that no kind brings together.
fn vary(kind: Kind, random: &mut Random) -> Shape {
    let class = random.pick(&[Class::Small, Class::Medium, Class::Large, Class::Largest]);
    let mut shape = draw(class, kind, random);
    shape.slot = random.pick(&[5, 5, 10, 15, 15, 20, 30, 60]);
    shape.weeks = match class {
        Class::Small => random.between(1, 8),
        Class::Medium => random.between(4, 12),
        Class::Large => random.between(8, 18),
        _ => random.pick(&[26, 26, 30, 52]),
    };
    shape.window = random.pick(&[0, 1, 3, 6, 6, 13, 20]);
    shape.tolerance = random.between(0, 3);
    shape.spacing = if random.chance(30) {
        Spacing::SameDay {
            max_wait_minutes: random.pick(&[0, 0, 15, 60, 240]),
        }
    } else {
        let min_hours = random.pick(&[12, 18, 24, 24, 36, 48, 60, 72, 84, 96, 108, 120]);
        Spacing::SeparateDays {
            min_hours,
            max_hours: random.pick(&[
                min_hours,
                (min_hours + 24).min(120),
                (min_hours + 48).min(120),
                120,
            ]),
        }
    };
    for frequency in shape.frequencies.iter_mut().flatten() {
        if random.chance(60) {
            frequency.every_weeks = random.pick(&[1, 1, 1, 2, 2, 3, 4]);
            frequency.first_week = random.pick(&[0, 0, 0, 1, 2, 3]).min(shape.weeks - 1);
        }
    }
    if random.chance(40) {
        let most = random.pick(&[1, 1, 2, 3]);
        shape.requested = shape.requested.map(|asked| asked.min(most));
    }
    shape.load = random.pick(&[0, 10, 30, 50, 60, 70, 80, 85, 90, 93, 96, 98]);
    shape.dual = random.pick(&[0, 0, 15, 50, 100]);
    shape.all_week = random.chance(40);
    shape.any_length = random.chance(15);
    shape
}

/// Takes away the ways round the rules between sessions.
fn tighten(shape: &mut Shape, random: &mut Random) {
    shape.rooms = shape.rooms.min(1);
    shape.load = random.pick(&[0, 0, 30]);
    match shape.kind {
        Kind::FullyBooked => shape.load = 70,
        Kind::WideSpacing => {
            shape.window = random.pick(&[0, 0, 1]);
            shape.practitioners = [1, 1];
            shape.requested = [1, 1];
            shape.spacing = Spacing::SeparateDays {
                min_hours: random.pick(&[36, 60, 72, 72, 96]),
                max_hours: random.pick(&[96, 120, 120]),
            };
        }
        Kind::DuallyQualified => {
            shape.practitioners = [1, 1];
            shape.requested = [1, 1];
            shape.dual = 100;
            shape.spacing = Spacing::SameDay {
                max_wait_minutes: random.pick(&[0, 15, 15, 30]),
            };
        }
        Kind::ScarceRooms => {
            shape.spacing = Spacing::SameDay {
                max_wait_minutes: random.pick(&[0, 15, 15, 30]),
            };
        }
        Kind::OddRepair => {
            shape.tolerance = random.pick(&[0, 0, 1]);
            shape.window = random.pick(&[0, 1]);
            if random.chance(70) {
                shape.spacing = Spacing::SameDay {
                    max_wait_minutes: random.pick(&[0, 0, 15, 30]),
                };
            }
        }
        _ => {}
    }
}

fn spacing(kind: Kind, random: &mut Random) -> Spacing {
    let same_day = match kind {
        Kind::WideSpacing => false,
        Kind::DuallyQualified | Kind::ScarceRooms => true,
        Kind::ClockChange => random.chance(20),
        _ => random.chance(50),
    };
    if same_day {
        return Spacing::SameDay {
            max_wait_minutes: random.pick(&[0, 15, 15, 30, 60, 60, 120, 240]),
        };
    }
    let (min_hours, max_hours) = match kind {
        Kind::WideSpacing => {
            let low = random.pick(&[12, 24, 48, 72, 96, 120]);
            (low, random.pick(&[low, (low + 24).min(120), 120, 120]))
        }
        Kind::ClockChange => random.pick(&[(24, 24), (24, 48), (47, 49), (23, 25), (12, 24)]),
        _ => random.pick(&[(24, 48), (24, 48), (12, 48), (24, 96), (36, 36)]),
    };
    Spacing::SeparateDays { min_hours, max_hours }
}

fn frequencies(class: Class, kind: Kind, weeks: i64, random: &mut Random) -> [Option<Frequency>; 2] {
    let mut drawn = match kind {
        Kind::WideSpacing if class == Class::Tight => {
            let (one, two) = random.pick(&[
                ((1, 0), (1, 0)),
                ((2, 0), (2, 0)),
                ((1, 0), (2, 1)),
                ((2, 1), (1, 0)),
                ((3, 0), (1, 0)),
            ]);
            [one, two].map(|(every_weeks, first_week)| {
                Some(Frequency {
                    every_weeks,
                    first_week,
                })
            })
        }
        Kind::Staggered => [0, 1].map(|_| {
            Some(Frequency {
                every_weeks: random.between(1, 3),
                first_week: random.between(0, (weeks - 1).min(3)),
            })
        }),
        Kind::OneOfTwo => {
            let mut one = [None, None];
            one[usize::from(random.chance(50))] = Some(Frequency {
                every_weeks: random.between(1, 2),
                first_week: 0,
            });
            one
        }
        _ => {
            let (one, two) = if class == Class::Largest {
                ((1, 0), random.pick(&[(1, 0), (1, 0), (2, 0)]))
            } else {
                random.pick(&[
                    ((1, 0), (1, 0)),
                    ((1, 0), (2, 0)),
                    ((2, 0), (2, 1)),
                    ((1, 0), (1, 0)),
                    ((2, 0), (1, 0)),
                ])
            };
            [one, two].map(|(every_weeks, first_week)| {
                Some(Frequency {
                    every_weeks,
                    first_week,
                })
            })
        }
    };
    let single = !matches!(
        kind,
        Kind::WideSpacing | Kind::DuallyQualified | Kind::ScarceRooms | Kind::Staggered
    );
    if class != Class::Largest && single && random.chance(10) {
        drawn[usize::from(random.chance(50))] = None;
        if drawn == [None, None] {
            drawn[0] = Some(Frequency {
                every_weeks: 1,
                first_week: 0,
            });
        }
    }
    drawn
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or(NaiveDate::MIN)
}
