//! Sets text: shaped and ordered as its script wants, in the fonts that the program carries, and for other scripts in
//! those of the system.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use krilla::color::luma;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use parley::layout::{Alignment, AlignmentOptions};
use parley::style::{FontFamily, FontFamilyName, FontWeight, GenericFamily, LineHeight, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

/// What a card is set in, the same on every computer: Latin, Greek and Cyrillic letters.
const CARRIED: [&[u8]; 2] = [
    include_bytes!("../../../fonts/Inter-Regular.otf"),
    include_bytes!("../../../fonts/Inter-Bold.otf"),
];

/// The name of that family, and where its letters end the one that the system reads best.
const FAMILIES: [FontFamilyName<'static>; 2] = [
    FontFamilyName::named("Inter"),
    FontFamilyName::Generic(GenericFamily::SansSerif),
];

/// How dark it prints, from 0.
const BLACK: u8 = 0;
const GREY: u8 = 96;
const PALE: u8 = 200;

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Look {
    size: f32,
    is_bold: bool,
    grey: u8,
}

impl Look {
    pub const fn small() -> Self {
        Self {
            size: 9.0,
            is_bold: false,
            grey: GREY,
        }
    }

    pub const fn plain() -> Self {
        Self {
            size: 10.5,
            is_bold: false,
            grey: BLACK,
        }
    }

    pub const fn bold(size: f32) -> Self {
        Self {
            size,
            is_bold: true,
            grey: BLACK,
        }
    }
}

/// A text with its place, or a line across the page.
pub(super) struct Block {
    pub text: String,
    layout: Option<Layout<()>>,
    /// Its left upper corner, in points from that of the page.
    pub at: (f32, f32),
    width: f32,
    grey: u8,
}

impl Block {
    pub fn height(&self) -> f32 {
        self.layout.as_ref().map_or(0.0, Layout::height)
    }

    pub const fn rule(at: (f32, f32), width: f32) -> Self {
        Self {
            text: String::new(),
            layout: None,
            at,
            width,
            grey: PALE,
        }
    }
}

/// A font by its file, its place in there, and the variation that is asked of it.
type FontName = (u64, u32, Vec<(Tag, u32)>);

/// The fonts that can be used, and those that were.
pub(super) struct Press {
    fonts: FontContext,
    shaper: LayoutContext<()>,
    used: HashMap<FontName, Option<Font>>,
    /// A text that was put on a page and for which there is no font.
    pub unset: Option<String>,
}

impl Press {
    pub fn new() -> Self {
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
    pub fn block(&mut self, text: &str, look: Look, at: (f32, f32), width: f32) -> Block {
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
            width,
            grey: look.grey,
        }
    }

    /// How wide a text is on one line, in points.
    pub fn width(&mut self, text: &str, look: Look) -> f32 {
        self.layout(text, look, f32::MAX).width()
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

    pub fn put(&mut self, surface: &mut Surface<'_>, block: &Block) {
        let Some(layout) = &block.layout else {
            draw_rule(surface, block);
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
                        rule: FillRule::default(),
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

fn draw_rule(surface: &mut Surface<'_>, rule: &Block) {
    let (x, y) = rule.at;
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + rule.width, y);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: luma::Color::new(rule.grey).into(),
        width: 0.5,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

#[cfg(test)]
mod tests {
    use super::*;

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
            // A Windows that is played by another system may have no font for them, which a card says.
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
