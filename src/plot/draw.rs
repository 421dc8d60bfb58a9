//! Draws a scene on any backend of plotters.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::clip::clip;
use super::ticks::{ticks, within};
use super::{Mark, Palette, Scene, Stroke, Window};

/// The plotted rectangle, in the window's coordinates. (plotters' own chart has axes and text, which the page sets.)
type Chart<DB> = DrawingArea<DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// The room around the plotted rectangle, in CSS pixels, so that what lies on its border is not cut.
pub const INSET: u32 = 10;

/// At most so many parts between the grid's lines.
pub const X_PARTS: usize = 8;
/// The same upwards.
pub const Y_PARTS: usize = 5;

/// Draws a scene on a blank ground. `unit` is how many of the backend's pixels make one CSS pixel.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scene: &Scene,
    palette: &Palette,
    unit: u32,
) -> Drawn<DB> {
    area.fill(&palette.surface)?;
    let (x, y) = (scene.window.x(), scene.window.y());
    let chart = chart(area, &scene.window, unit);
    let pen = Pen { palette, unit };
    for tick in ticks(x, X_PARTS) {
        pen.line(&chart, [(tick, y.0), (tick, y.1)], pen.grid(tick), 1)?;
    }
    for tick in ticks(y, Y_PARTS) {
        pen.line(&chart, [(x.0, tick), (x.1, tick)], pen.grid(tick), 1)?;
    }
    let (below, above): (Vec<&Mark>, Vec<&Mark>) = scene.marks.iter().partition(|it| it.is_below());
    below.into_iter().try_for_each(|mark| pen.mark(&chart, &scene.window, mark))?;
    for curve in &scene.curves {
        for piece in clip(curve.points.iter().copied(), x, y) {
            match curve.stroke {
                Stroke::Overlay => pen.dashed(&chart, piece, palette.quiet, 2)?,
                Stroke::Loss => pen.line(&chart, piece, palette.loss, 2)?,
                Stroke::Gradient => pen.line(&chart, piece, palette.gradient, 2)?,
            }
        }
    }
    above.into_iter().try_for_each(|mark| pen.mark(&chart, &scene.window, mark))?;
    area.present()
}

/// Draws marks alone, over whatever is there: those that move while the rest of a scene stays.
pub fn draw_marks<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    window: &Window,
    marks: &[Mark],
    palette: &Palette,
    unit: u32,
) -> Drawn<DB> {
    let (chart, pen) = (chart(area, window, unit), Pen { palette, unit });
    marks.iter().try_for_each(|mark| pen.mark(&chart, window, mark))?;
    area.present()
}

fn chart<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, window: &Window, unit: u32) -> Chart<DB> {
    let (x, y) = (window.x(), window.y());
    let inset = INSET * unit;
    let inner = area.margin(inset, inset, inset, inset);
    let (across, down) = inner.get_pixel_range();
    // Pixels count downwards.
    inner.apply_coord_spec(Cartesian2d::new(x.0..x.1, y.0..y.1, (across, down.end..down.start)))
}

impl Mark {
    /// Whether the curves are drawn over it.
    fn is_below(&self) -> bool {
        matches!(self, Mark::Others { .. } | Mark::Best { .. } | Mark::Level { .. } | Mark::Drop { .. })
    }
}

struct Pen<'p> {
    palette: &'p Palette,
    unit: u32,
}

impl Pen<'_> {
    fn grid(&self, tick: f64) -> RGBColor {
        if tick == 0.0 { self.palette.axis } else { self.palette.line }
    }

    fn line<DB: DrawingBackend>(
        &self,
        chart: &Chart<DB>,
        points: impl IntoIterator<Item = (f64, f64)>,
        colour: RGBColor,
        width: u32,
    ) -> Drawn<DB> {
        let style = colour.stroke_width(width * self.unit);
        chart.draw(&PathElement::new(points.into_iter().collect::<Vec<_>>(), style))
    }

    fn dashed<DB: DrawingBackend>(
        &self,
        chart: &Chart<DB>,
        points: Vec<(f64, f64)>,
        colour: RGBColor,
        width: u32,
    ) -> Drawn<DB> {
        let style = colour.stroke_width(width * self.unit);
        let (dash, gap) = (5 * self.unit, 5 * self.unit);
        DashedLineSeries::new(points, dash, gap, style).into_iter().try_for_each(|it| chart.draw(&it))
    }

    fn ring<DB: DrawingBackend>(
        &self,
        chart: &Chart<DB>,
        at: (f64, f64),
        radius: u32,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let radius = radius * self.unit;
        chart.draw(&Circle::new(at, radius, self.palette.surface.filled()))?;
        chart.draw(&Circle::new(at, radius, colour.stroke_width(2 * self.unit)))
    }

    fn mark<DB: DrawingBackend>(&self, chart: &Chart<DB>, window: &Window, mark: &Mark) -> Drawn<DB> {
        let (x, y) = (window.x(), window.y());
        let green = self.palette.target;
        let inside = |(px, py): (f64, f64)| (x.0..=x.1).contains(&px) && (y.0..=y.1).contains(&py);
        match *mark {
            Mark::Tangent { x: at, y: height, slope } => {
                let reach = (x.1 - x.0) * 0.14;
                let ends = [(at - reach, height - slope * reach), (at + reach, height + slope * reach)];
                for piece in clip(ends, x, y) {
                    self.line(chart, piece, self.palette.gradient, 2)?;
                }
                Ok(())
            }
            Mark::Drop { x: at, y: height } => {
                for piece in clip([(at, y.0.max(0.0_f64.min(y.1))), (at, within(height, y.0, y.1))], x, y) {
                    self.line(chart, piece, self.palette.prediction, 1)?;
                }
                Ok(())
            }
            Mark::Best { x: at } if (x.0..=x.1).contains(&at) => {
                self.dashed(chart, vec![(at, y.0), (at, y.1)], green, 1)
            }
            Mark::Best { .. } => Ok(()),
            Mark::BestBetween { from, to } => {
                let (from, to) = (from.max(x.0), to.min(x.1));
                if from < to { self.line(chart, [(from, y.0), (to, y.0)], green, 5) } else { Ok(()) }
            }
            Mark::BestBeyond { above } => {
                let (edge, way) = if above { (x.1, -1.0) } else { (x.0, 1.0) };
                let (dx, dy) = ((x.1 - x.0) * 0.012 * way, (y.1 - y.0) * 0.025);
                self.line(chart, [(edge + dx * 5.0, y.0), (edge, y.0)], green, 3)?;
                self.line(chart, [(edge + dx, y.0 + dy), (edge, y.0), (edge + dx, y.0 - dy)], green, 3)
            }
            Mark::Kink { x: at, y: height } if inside((at, height)) => {
                self.ring(chart, (at, height), 3, self.palette.loss)
            }
            Mark::Kink { .. } => Ok(()),
            Mark::Level { y: level } if (y.0..=y.1).contains(&level) => {
                self.dashed(chart, vec![(x.0, level), (x.1, level)], self.palette.quiet, 1)
            }
            Mark::Level { .. } => Ok(()),
            Mark::Others { y: level } => {
                let top = within(level, y.0, y.1);
                let fill = self.palette.quiet.mix(0.12).filled();
                chart.draw(&Rectangle::new([(x.0, y.0), (x.1, top)], fill))
            }
            Mark::Ghost { x: at, y: height } if inside((at, height)) => {
                self.ring(chart, (at, height), 6, self.palette.prediction)
            }
            Mark::Ghost { .. } => Ok(()),
        }
    }
}
