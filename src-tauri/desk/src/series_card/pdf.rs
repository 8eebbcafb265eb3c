//! A card set on pages.

mod press;

use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use ordo_core::Language;

use self::press::{Block, Look, Press};
use super::words::Words;
use crate::view::series::SeriesCard;
use crate::{Code, Error, for_support};

/// Letter paper, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
const MARGIN: f32 = 45.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Where the foot of a page begins.
const FOOT: f32 = PAGE.1 - MARGIN - 14.0;
/// What stands between two columns.
const GAP: f32 = 10.0;

/// The widths of date, time, treatment and practitioner, with the gap behind each.
type Columns = [f32; 4];

/// Writes a card as a PDF.
pub(super) fn write(card: &SeriesCard, said: Language) -> Result<Vec<u8>, Error> {
    let mut press = Press::new();
    let language = Language::of_code(&card.language).unwrap_or_default();
    let pages = pages(&mut press, card);
    let count = pages.len();
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(card.title.clone())
            .language(card.language.clone()),
    );
    for (at, blocks) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| no_file(said, "page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for block in blocks {
            press.put(&mut surface, block);
        }
        if count > 1 {
            let words = Words(language).page(at + 1, count);
            let foot = press.block(&words, Look::small(), (MARGIN, FOOT), WIDTH);
            press.put(&mut surface, &foot);
        }
        surface.finish();
        page.finish();
    }
    if let Some(text) = press.unset {
        return Err(no_file(said, &no_font(said, &text)));
    }
    document.finish().map_err(|error| {
        let why = said.pick("it cannot be drawn", "elle ne peut être dessinée");
        no_file(said, &for_support(why, &format!("{error:?}"), said))
    })
}

fn no_file(said: Language, why: &str) -> Error {
    let text = match said {
        Language::English => format!("the card cannot be written as a file ({why}); print it instead"),
        Language::French => format!("la carte ne peut être écrite en fichier ({why}); imprimez-la"),
    };
    Error::new(Code::BadFile, text)
}

fn no_font(said: Language, text: &str) -> String {
    match said {
        Language::English => format!("no font of this computer has the letters of \"{text}\""),
        Language::French => {
            format!("aucune police de cet ordinateur n’a les lettres de «\u{a0}{text}\u{a0}»")
        }
    }
}

/// The card in blocks, page by page; no line of it is divided.
fn pages(press: &mut Press, card: &SeriesCard) -> Vec<Vec<Block>> {
    let mut pages = Vec::new();
    let mut blocks = Vec::new();
    let mut y = MARGIN;
    let heading = [
        (card.clinic.as_str(), Look::small(), 6.0),
        (card.title.as_str(), Look::bold(20.0), 2.0),
        (card.patient.as_str(), Look::bold(13.0), 4.0),
        (card.rule.as_deref().unwrap_or_default(), Look::small(), 14.0),
    ];
    for (text, look, gap) in heading {
        let block = press.block(text, look, (MARGIN, y), WIDTH);
        y += block.height() + gap;
        blocks.push(block);
    }
    let columns = columns(press, card);
    y = set_columns(press, card, columns, &mut blocks, y);
    for line in &card.lines {
        let cells = [&line.date, &line.time, &line.treatment, &line.practitioner];
        let row = set_row(press, cells.map(String::as_str), columns, Look::plain(), y);
        let height = row.iter().map(Block::height).fold(0.0, f32::max);
        let row = if y + height + 8.0 > FOOT - 8.0 {
            pages.push(std::mem::take(&mut blocks));
            y = set_columns(press, card, columns, &mut blocks, MARGIN);
            set_row(press, cells.map(String::as_str), columns, Look::plain(), y)
        } else {
            row
        };
        blocks.extend(row);
        y += height + 4.0;
        blocks.push(Block::rule((MARGIN, y), WIDTH));
        y += 4.0;
    }
    let mut closing = press.block(&card.closing, Look::small(), (MARGIN, y + 10.0), WIDTH);
    if y + 10.0 + closing.height() > FOOT {
        pages.push(std::mem::take(&mut blocks));
        closing.at = (MARGIN, MARGIN);
    }
    blocks.push(closing);
    pages.push(blocks);
    pages
}

/// Dates and times stand on one line, whatever the language and the clock; treatment and practitioner share the rest, neither
/// with less than half of it unless it needs less.
fn columns(press: &mut Press, card: &SeriesCard) -> Columns {
    let mut widest = [0.0_f32; 4];
    for (at, name) in card.columns.iter().enumerate().take(widest.len()) {
        widest[at] = press.width(name, Look::small());
    }
    for line in &card.lines {
        let cells = [&line.date, &line.time, &line.treatment, &line.practitioner];
        for (width, text) in widest.iter_mut().zip(cells) {
            *width = width.max(press.width(text, Look::plain()));
        }
    }
    let [date, time, treatment, practitioner] = widest.map(|width| width.ceil() + GAP);
    let rest = WIDTH - date - time;
    let treatment = treatment.min((rest - practitioner).max(rest / 2.0));
    [date, time, treatment, rest - treatment]
}

/// Sets the names of the columns; gives where the first line begins.
fn set_columns(
    press: &mut Press,
    card: &SeriesCard,
    columns: Columns,
    blocks: &mut Vec<Block>,
    y: f32,
) -> f32 {
    let names: [&str; 4] = std::array::from_fn(|column| card.columns.get(column).map_or("", String::as_str));
    let row = set_row(press, names, columns, Look::small(), y);
    let below = y + row.iter().map(Block::height).fold(0.0, f32::max) + 3.0;
    blocks.extend(row);
    blocks.push(Block::rule((MARGIN, below), WIDTH));
    below + 4.0
}

fn set_row(press: &mut Press, cells: [&str; 4], columns: Columns, look: Look, y: f32) -> Vec<Block> {
    let mut x = MARGIN;
    cells
        .into_iter()
        .zip(columns)
        .map(|(text, width)| {
            let block = press.block(text, look, (x, y), width - GAP);
            x += width;
            block
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::series::SeriesCardLine;

    fn card(patient: &str, lines: usize) -> SeriesCard {
        SeriesCard {
            language: "en".to_owned(),
            clinic: "Clinique du Fleuve".to_owned(),
            patient: patient.to_owned(),
            title: "Your appointments".to_owned(),
            rule: None,
            columns: ["Date", "Time", "Treatment", "With"].map(str::to_owned).to_vec(),
            lines: vec![
                SeriesCardLine {
                    date: "Monday, March 2, 2026".to_owned(),
                    time: "10:00–11:00".to_owned(),
                    treatment: "Massage therapy (Massage 60)".to_owned(),
                    practitioner: "Zoë Łukasiewicz".to_owned(),
                };
                lines
            ],
            closing: "Please tell us.".to_owned(),
        }
    }

    #[test]
    fn a_long_series_goes_over_pages_and_no_line_is_lost() {
        let mut press = Press::new();
        let pages = pages(&mut press, &card("Zoé Gagnon", 104));
        assert!(pages.len() > 3, "{} pages", pages.len());
        let dates = pages
            .iter()
            .flatten()
            .filter(|block| block.text == "Monday, March 2, 2026");
        assert_eq!(dates.count(), 104);
        for block in pages.iter().flatten() {
            assert!(block.at.1 + block.height() <= PAGE.1 - MARGIN, "{}", block.text);
        }
        let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(9);
        for patient in ["Zoé Gagnon", "Юрий Σωκράτης", "", long.trim()] {
            let bytes = write(&card(patient, 3), Language::English).expect("a file");
            assert!(bytes.starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn a_date_and_a_time_stand_on_one_line_and_names_have_the_rest() {
        for (date, time) in [
            ("Wednesday, September 30, 2026", "10:00\u{a0}am–11:00\u{a0}am"),
            ("Wednesday, September 30, 2026", "10:00–11:00"),
            (
                "mercredi 30 septembre 2026",
                "13\u{a0}h\u{a0}15 – 14\u{a0}h\u{a0}00",
            ),
        ] {
            let mut press = Press::new();
            let mut card = card("Zoé Gagnon", 2);
            card.lines[1] = SeriesCardLine {
                date: date.to_owned(),
                time: time.to_owned(),
                treatment: "Physiotherapy (Initial assessment)".to_owned(),
                practitioner: "Léa Tremblay-Desrosiers".to_owned(),
            };
            let one_line = press.block("10:00", Look::plain(), (0.0, 0.0), WIDTH).height();
            let pages = pages(&mut press, &card);
            for text in [date, time] {
                let block = pages[0].iter().find(|block| block.text == text).expect(text);
                assert!((block.height() - one_line).abs() < 0.1, "{text}");
            }
            let mut ends = |block: &Block| block.at.0 + press.width(&block.text, Look::plain());
            let last = pages[0].iter().filter(|block| block.text.starts_with("Zoë"));
            for block in last {
                assert!(
                    ends(block) <= PAGE.0 - MARGIN,
                    "{} goes past the page",
                    block.text
                );
            }
        }
    }

    /// Letters that the program does not carry come from the system; where it has none, that is said and no box is printed.
    #[test]
    fn letters_without_a_font_are_told_and_never_left_out() {
        for patient in ["مريم الحسن", "שרה לוי"] {
            match write(&card(patient, 3), Language::English) {
                Ok(bytes) => assert!(bytes.starts_with(b"%PDF-")),
                Err(error) => assert!(error.message.contains(patient), "{error}"),
            }
        }
        // No font has a letter for what is no character.
        let error = write(&card("\u{10fff0}", 1), Language::French).expect_err("no letter");
        assert!(error.message.contains("aucune police"), "{error}");
    }

    /// An emoji is no letter of a name: nobody waits for a font because of it, and no box or gap stands in its place.
    #[test]
    fn emoji_are_left_out_and_the_name_is_whole() {
        let mut press = Press::new();
        for (name, set) in [
            ("Zoé 👩🏽‍⚕️🇨🇦 Émond", "Zoé Émond"),
            ("👶Sam Serrano ❤️", "Sam Serrano"),
            ("Ann-Marie O’Neill, 2e", "Ann-Marie O’Neill, 2e"),
            ("Max \u{10fff0}Roy", "Max Roy"),
        ] {
            let block = press.block(name, Look::bold(13.0), (0.0, 0.0), 500.0);
            assert_eq!(block.text, set);
            assert!(press.unset.is_none(), "{name}");
            let bytes = write(&card(name, 1), Language::English).expect("a file");
            assert!(bytes.starts_with(b"%PDF-"));
        }
        let error = write(&card("🙂", 1), Language::English).expect_err("no letter is left");
        assert!(error.message.contains("print it instead"), "{error}");
    }
}
