//! The colours of a chart: those of `style/tokens.css`, because a canvas does not see the style sheet.

use plotters::style::RGBColor;

/// One colour per idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// What a picture with words stands on.
    pub paper: RGBColor,
    /// Its words.
    pub ink: RGBColor,
    /// The ground.
    pub surface: RGBColor,
    /// Lines of the grid.
    pub line: RGBColor,
    /// Axes.
    pub axis: RGBColor,
    /// What the rest is compared with.
    pub quiet: RGBColor,
    /// What the model said.
    pub prediction: RGBColor,
    /// What was true.
    pub target: RGBColor,
    /// What a mistake costs.
    pub loss: RGBColor,
    /// The slope of the loss.
    pub gradient: RGBColor,
}

impl Palette {
    /// Dark ink on paper.
    pub const LIGHT: Palette = Palette {
        paper: RGBColor(0xfb, 0xfa, 0xf7),
        ink: RGBColor(0x1c, 0x1b, 0x20),
        surface: RGBColor(0xff, 0xff, 0xff),
        line: RGBColor(0xe4, 0xe0, 0xd6),
        axis: RGBColor(0xcf, 0xca, 0xbd),
        quiet: RGBColor(0x6d, 0x6a, 0x76),
        prediction: RGBColor(0x00, 0x72, 0xb2),
        target: RGBColor(0x00, 0x79, 0x5a),
        loss: RGBColor(0xd5, 0x5e, 0x00),
        gradient: RGBColor(0xb0, 0x54, 0x9a),
    };

    /// Light ink at night.
    pub const DARK: Palette = Palette {
        paper: RGBColor(0x15, 0x15, 0x18),
        ink: RGBColor(0xf0, 0xee, 0xe9),
        surface: RGBColor(0x1c, 0x1c, 0x21),
        line: RGBColor(0x2f, 0x2f, 0x37),
        axis: RGBColor(0x45, 0x45, 0x4f),
        quiet: RGBColor(0x96, 0x93, 0x8e),
        prediction: RGBColor(0x5d, 0xb7, 0xea),
        target: RGBColor(0x3f, 0xc7, 0x9c),
        loss: RGBColor(0xff, 0x8a, 0x3d),
        gradient: RGBColor(0xd2, 0x7f, 0xbd),
    };
}

#[cfg(test)]
mod tests {
    use super::Palette;

    /// The style sheet and the canvas must show one colour per idea.
    #[test]
    fn colours_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../style/tokens.css");
        let (light, dark) = sheet.split_once("[data-theme=\"dark\"]").unwrap_or((sheet, ""));
        for (palette, part) in [(Palette::LIGHT, light), (Palette::DARK, dark)] {
            let named = [
                ("--paper", palette.paper),
                ("--ink", palette.ink),
                ("--surface", palette.surface),
                ("--line", palette.line),
                ("--line-2", palette.axis),
                ("--ink-3", palette.quiet),
                ("--pred", palette.prediction),
                ("--target", palette.target),
                ("--loss-curve", palette.loss),
                ("--grad-curve", palette.gradient),
            ];
            for (name, colour) in named {
                let line = format!("{name}: #{:02x}{:02x}{:02x};", colour.0, colour.1, colour.2);
                assert!(part.contains(&line), "{line}");
            }
        }
    }
}
