//! A card set on pages: text shaped and ordered as its script wants, in the fonts that the program carries, and for
//! other scripts in those of the system.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use ordo_core::Language;
use parley::layout::{Alignment, AlignmentOptions};
use parley::style::{FontFamily, FontFamilyName, FontWeight, GenericFamily, LineHeight, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

use super::words::Words;
use crate::view::series::SeriesCard;
use crate::{Code, Error, for_support};

/// Letter paper, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
const MARGIN: f32 = 54.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Where the foot of a page begins.
const FOOT: f32 = PAGE.1 - MARGIN - 14.0;
/// The widths of date, time, treatment and practitioner.
const COLUMNS: [f32; 4] = [150.0, 88.0, 142.0, 124.0];
const BLACK: u8 = 0;
const GREY: u8 = 96;

/// What a card is set in, the same on every computer: Latin, Greek and Cyrillic letters.
const CARRIED: [&[u8]; 2] = [
    include_bytes!("../../fonts/Inter-Regular.otf"),
    include_bytes!("../../fonts/Inter-Bold.otf"),
];

/// The name of that family, and where its letters end the one that the system reads best.
const FAMILIES: [FontFamilyName<'static>; 2] = [
    FontFamilyName::named("Inter"),
    FontFamilyName::Generic(GenericFamily::SansSerif),
];

/// Writes a card as a PDF.
pub(super) fn write(card: &SeriesCard, said: Language) -> Result<Vec<u8>, Error> {
    let mut press = Press::new();
    let language = Language::of_code(&card.language).unwrap_or_default();
    let pages = press.pages(card);
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
        Language::French => format!("la carte ne peut être écrite en fichier ({why}) ; imprimez-la"),
    };
    Error::new(Code::BadFile, text)
}

fn no_font(said: Language, text: &str) -> String {
    match said {
        Language::English => format!("no font of this computer has the letters of \"{text}\""),
        Language::French => format!("aucune police de cet ordinateur n’a les lettres de « {text} »"),
    }
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Look {
    size: f32,
    is_bold: bool,
    grey: u8,
}

impl Look {
    const fn small() -> Self {
        Self {
            size: 9.0,
            is_bold: false,
            grey: GREY,
        }
    }

    const fn plain() -> Self {
        Self {
            size: 10.5,
            is_bold: false,
            grey: BLACK,
        }
    }

    const fn bold(size: f32) -> Self {
        Self {
            size,
            is_bold: true,
            grey: BLACK,
        }
    }
}

/// A text with its place, or a line across the page.
struct Block {
    text: String,
    layout: Option<Layout<()>>,
    at: (f32, f32),
    grey: u8,
}

impl Block {
    fn height(&self) -> f32 {
        self.layout.as_ref().map_or(0.0, Layout::height)
    }

    const fn rule(y: f32) -> Self {
        Self {
            text: String::new(),
            layout: None,
            at: (MARGIN, y),
            grey: GREY,
        }
    }
}

/// A font by its file, its place in there, and the variation that is asked of it.
type FontName = (u64, u32, Vec<(Tag, u32)>);

/// The fonts that can be used, and those that were.
struct Press {
    fonts: FontContext,
    shaper: LayoutContext<()>,
    used: HashMap<FontName, Option<Font>>,
    /// A text that was put on a page and for which there is no font.
    unset: Option<String>,
}

impl Press {
    fn new() -> Self {
        let mut fonts = FontContext::new();
        for font in CARRIED {
            fonts.collection.register_fonts(font.to_vec().into(), None);
        }
        Self {
            fonts,
            shaper: LayoutContext::new(),
            used: HashMap::new(),
            unset: None,
        }
    }

    /// A text at its place. What is no letter and cannot be set alike everywhere is left out of it, as an emoji in a name.
    fn block(&mut self, text: &str, look: Look, at: (f32, f32), width: f32) -> Block {
        let mut text = Cow::Borrowed(text);
        let mut layout = self.layout(&text, look, width);
        let pictures = pictures(&layout, &text);
        if !pictures.is_empty() {
            let rest = without(&text, &pictures);
            if rest.is_empty() {
                self.unset.get_or_insert_with(|| text.clone().into_owned());
            } else {
                layout = self.layout(&rest, look, width);
                text = Cow::Owned(rest);
            }
        }
        Block {
            text: text.into_owned(),
            layout: Some(layout),
            at,
            grey: look.grey,
        }
    }

    fn layout(&mut self, text: &str, look: Look, width: f32) -> Layout<()> {
        let mut builder = self.shaper.ranged_builder(&mut self.fonts, text, 1.0, false);
        let family = FontFamily::List(Cow::Borrowed(&FAMILIES));
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(look.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.35)));
        if look.is_bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::new(700.0)));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        // Names that are written from the right still stand where the reader looks for them.
        layout.align(Alignment::Left, AlignmentOptions::default());
        layout
    }

    /// The card in blocks, page by page; no line of it is divided.
    fn pages(&mut self, card: &SeriesCard) -> Vec<Vec<Block>> {
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
            let block = self.block(text, look, (MARGIN, y), WIDTH);
            y += block.height() + gap;
            blocks.push(block);
        }
        y = self.columns(card, &mut blocks, y);
        for line in &card.lines {
            let cells = [&line.date, &line.time, &line.treatment, &line.practitioner];
            let row = self.row(cells.map(String::as_str), Look::plain(), y);
            let height = row.iter().map(Block::height).fold(0.0, f32::max);
            let row = if y + height + 8.0 > FOOT - 8.0 {
                pages.push(std::mem::take(&mut blocks));
                y = self.columns(card, &mut blocks, MARGIN);
                self.row(cells.map(String::as_str), Look::plain(), y)
            } else {
                row
            };
            blocks.extend(row);
            y += height + 4.0;
            blocks.push(Block::rule(y));
            y += 4.0;
        }
        let mut closing = self.block(&card.closing, Look::small(), (MARGIN, y + 10.0), WIDTH);
        if y + 10.0 + closing.height() > FOOT {
            pages.push(std::mem::take(&mut blocks));
            closing.at = (MARGIN, MARGIN);
        }
        blocks.push(closing);
        pages.push(blocks);
        pages
    }

    /// The names of the columns; gives where the first line begins.
    fn columns(&mut self, card: &SeriesCard, blocks: &mut Vec<Block>, y: f32) -> f32 {
        let names: [&str; 4] =
            std::array::from_fn(|column| card.columns.get(column).map_or("", String::as_str));
        let row = self.row(names, Look::small(), y);
        let below = y + row.iter().map(Block::height).fold(0.0, f32::max) + 3.0;
        blocks.extend(row);
        blocks.push(Block::rule(below));
        below + 4.0
    }

    fn row(&mut self, cells: [&str; 4], look: Look, y: f32) -> Vec<Block> {
        let mut x = MARGIN;
        cells
            .into_iter()
            .zip(COLUMNS)
            .map(|(text, width)| {
                let block = self.block(text, look, (x, y), width - 8.0);
                x += width;
                block
            })
            .collect()
    }

    fn put(&mut self, surface: &mut Surface<'_>, block: &Block) {
        let Some(layout) = &block.layout else {
            line_across(surface, block.at.1);
            return;
        };
        for line in layout.lines() {
            let metrics = line.metrics();
            let y = block.at.1 + metrics.baseline;
            let mut x = block.at.0 + metrics.offset;
            for run in line.runs() {
                let start = x;
                let size = run.font_size();
                let mut glyphs: Vec<KrillaGlyph> = Vec::new();
                for cluster in run.visual_clusters() {
                    if cluster.is_ligature_continuation() {
                        if let Some(last) = glyphs.last_mut() {
                            last.text_range.end = last.text_range.end.max(cluster.text_range().end);
                            last.text_range.start = last.text_range.start.min(cluster.text_range().start);
                        }
                        continue;
                    }
                    for glyph in cluster.glyphs() {
                        if glyph.id == 0 {
                            // An empty box would stand in the place of a name.
                            self.unset.get_or_insert_with(|| block.text.clone());
                        }
                        glyphs.push(KrillaGlyph::new(
                            GlyphId::new(glyph.id),
                            glyph.advance / size,
                            glyph.x / size,
                            glyph.y / size,
                            0.0,
                            cluster.text_range(),
                            None,
                        ));
                        x += glyph.advance;
                    }
                }
                let synthesis = run.synthesis();
                let variations: Vec<_> = synthesis
                    .variation_settings()
                    .iter()
                    .map(|(tag, value)| (Tag::new(&tag.into_bytes()), *value))
                    .collect();
                if let Some(font) = self.font(run.font(), &variations) {
                    surface.set_fill(Some(Fill {
                        paint: luma::Color::new(block.grey).into(),
                        opacity: NormalizedF32::ONE,
                        rule: krilla::paint::FillRule::default(),
                    }));
                    surface.draw_glyphs(Point::from_xy(start, y), &glyphs, font, &block.text, size, false);
                }
            }
        }
    }

    fn font(&mut self, font: &parley::FontData, variations: &[(Tag, f32)]) -> Option<Font> {
        let (data, id) = font.data.clone().into_raw_parts();
        let key: Vec<_> = variations
            .iter()
            .map(|(tag, value)| (*tag, value.to_bits()))
            .collect();
        self.used
            .entry((id, font.index, key))
            .or_insert_with(|| Font::new_variable(data.into(), font.index, variations))
            .clone()
    }
}

/// Where a text has emoji, and whatever else is no letter and in no font.
fn pictures(layout: &Layout<()>, text: &str) -> Vec<Range<usize>> {
    let runs = layout.lines().flat_map(|line| line.runs());
    runs.flat_map(|run| run.clusters())
        .filter(|cluster| {
            let said = text.get(cluster.text_range()).unwrap_or_default();
            let is_missing = || cluster.glyphs().any(|glyph| glyph.id == 0);
            cluster.is_emoji() || (is_missing() && !said.contains(char::is_alphanumeric))
        })
        .map(|cluster| cluster.text_range())
        .collect()
}

/// A text without some of it, its words one space apart.
fn without(text: &str, gone: &[Range<usize>]) -> String {
    let kept: String = text
        .char_indices()
        .filter(|(at, _)| !gone.iter().any(|range| range.contains(at)))
        .map(|(_, letter)| letter)
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_across(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(MARGIN, y);
    path.line_to(PAGE.0 - MARGIN, y);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: luma::Color::new(200).into(),
        width: 0.5,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
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

    /// Every glyph that a text is set in, by number; 0 stands for a character that no font has.
    fn glyphs(text: &str) -> Vec<u32> {
        let mut press = Press::new();
        let block = press.block(text, Look::plain(), (0.0, 0.0), 500.0);
        let layout = block.layout.expect("a text");
        let mut found = Vec::new();
        for line in layout.lines() {
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    found.extend(cluster.glyphs().map(|glyph| glyph.id));
                }
            }
        }
        found
    }

    #[test]
    fn a_long_series_goes_over_pages_and_no_line_is_lost() {
        let mut press = Press::new();
        let pages = press.pages(&card("Zoé Gagnon", 104));
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

    #[test]
    fn cards_are_set_in_the_same_letters_on_every_computer() {
        let mut press = Press::new();
        for look in [Look::plain(), Look::bold(20.0)] {
            let block = press.block("Zoé Łukasz Юрий Σωκράτης, 10:00–11:00", look, (0.0, 0.0), 900.0);
            let layout = block.layout.expect("a text");
            for line in layout.lines() {
                for run in line.runs() {
                    let font = run.font().data.clone();
                    assert!(CARRIED.contains(&font.as_ref()), "a run in another font");
                }
            }
        }
    }

    #[test]
    fn names_from_the_right_are_set_from_the_right_and_joined() {
        if cfg!(windows) && glyphs("مريم שרה").contains(&0) {
            // A Windows that is played by another system may have no font for them, which a card says: see above.
            return;
        }
        // In visual order the first letter of the name comes last, and letters that join take other shapes.
        let together = glyphs("مريم");
        let apart: Vec<u32> = "مريم"
            .chars()
            .map(|letter| glyphs(&letter.to_string())[0])
            .collect();
        let reversed: Vec<u32> = apart.iter().rev().copied().collect();
        assert_ne!(together, apart);
        assert_ne!(together, reversed, "the letters are not joined");
        let hebrew = glyphs("שרה");
        let letters: Vec<u32> = "שרה"
            .chars()
            .map(|letter| glyphs(&letter.to_string())[0])
            .collect();
        assert_eq!(hebrew, letters.into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn accents_have_glyphs_of_their_own() {
        for name in ["Zoë", "Łukasz", "Đặng", "Ñuñez", "Σωκράτης", "Юрий"] {
            assert!(!glyphs(name).contains(&0), "{name}");
        }
    }
}
