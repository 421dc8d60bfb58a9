//! The charts, drawn as SVG by the code that draws them on the page's canvas.

use losslens::experiment::address::example;
use losslens::experiment::samples::Samples;
use losslens::experiment::scene::{Moving, Still};
use losslens::experiment::windows::Windows;
use losslens::experiment::{Experiment, View};
use losslens::loss::marks::Best;
use losslens::loss::torch::{LOSSES, Loss};
use losslens::plot::draw::INSET;
use losslens::plot::{Palette, Scene, Window, draw, draw_marks};
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use plotters::style::RGBColor;

const SIZE: (u32, u32) = (620, 320);

/// The points of an SVG in one colour, line by line.
type Lines = Vec<Vec<(f64, f64)>>;

struct Drawn {
    still: String,
    moving: String,
    window: Window,
}

fn chart(experiment: &Experiment) -> (Drawn, Samples, Moving) {
    let windows = Windows::of(experiment, None);
    let samples = Samples::take(&experiment.held(), &windows.loss);
    let (still, moving) = (Still::of(&samples, &windows), Moving::of(&samples, experiment, None));
    let drawn = Drawn {
        still: svg(&still.loss),
        moving: {
            let mut out = String::new();
            let area = SVGBackend::with_string(&mut out, SIZE).into_drawing_area();
            draw_marks(&area, &windows.loss, &moving.loss, &Palette::LIGHT, 1)
                .expect("a string takes anything");
            drop(area);
            out
        },
        window: windows.loss,
    };
    (drawn, samples, moving)
}

fn svg(scene: &Scene) -> String {
    let mut out = String::new();
    let area = SVGBackend::with_string(&mut out, SIZE).into_drawing_area();
    draw(&area, scene, &Palette::LIGHT, 1).expect("a string takes anything");
    drop(area);
    out
}

fn lines(svg: &str, colour: RGBColor) -> Lines {
    let stroke = format!("stroke=\"#{:02X}{:02X}{:02X}\"", colour.0, colour.1, colour.2);
    let own = svg.lines().filter(|it| it.starts_with("<polyline") && it.contains(&stroke));
    own.map(|line| {
        let points = line.split("points=\"").nth(1).and_then(|it| it.split('"').next()).unwrap_or_default();
        let numbers: Vec<f64> = points.split([' ', ',']).filter_map(|it| it.parse().ok()).collect();
        numbers.chunks(2).map(|it| (it[0], it[1])).collect()
    })
    .collect()
}

/// Where a point of the window must be drawn.
fn pixel(window: &Window, (x, y): (f64, f64)) -> (f64, f64) {
    let inset = f64::from(INSET);
    let (width, height) = (f64::from(SIZE.0) - 2.0 * inset, f64::from(SIZE.1) - 2.0 * inset);
    (inset + window.across(x) * width, inset + window.down(y) * height)
}

/// plotters draws on whole pixels.
fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() <= 1.5 && (a.1 - b.1).abs() <= 1.5
}

#[test]
fn the_curve_is_drawn_where_it_is() {
    for loss in LOSSES {
        let experiment = Experiment { view: Some(View::Curve), ..example(loss) };
        let (drawn, samples, _) = chart(&experiment);
        let pixels: Vec<(f64, f64)> =
            lines(&drawn.still, Palette::LIGHT.loss).into_iter().flatten().collect();
        let (y0, y1) = drawn.window.y();
        let inside = samples.shown.xs.iter().copied().zip(samples.shown.losses.iter().copied());
        let inside: Vec<_> = inside.filter(|it| (y0..=y1).contains(&it.1)).collect();
        assert!(inside.len() > 50, "{}: hardly a curve", loss.spec.torch);
        for point in inside {
            let place = pixel(&drawn.window, point);
            assert!(pixels.iter().any(|it| near(*it, place)), "{}: {point:?}", loss.spec.torch);
        }
    }
}

#[test]
fn higher_losses_stand_higher() {
    let experiment = example(Loss::find("MSELoss").expect("MSELoss"));
    let (drawn, samples, _) = chart(&experiment);
    let Best::Point(best) = samples.marks.best else { panic!("a square has a least value") };
    let curve: Vec<(f64, f64)> = lines(&drawn.still, Palette::LIGHT.loss).concat();
    let (x, y) = pixel(&drawn.window, (best, 0.0));
    let lowest = curve.iter().map(|it| it.1).fold(0.0, f64::max);
    assert!((lowest - y).abs() <= 1.5, "pixels count downwards: {lowest} is not {y}");
    assert!(curve.iter().filter(|it| it.1 < y - 20.0).all(|it| (it.0 - x).abs() > 20.0));
}

/// The drop line ends at the dot, and the tangent passes through it, wherever the dot is inside.
#[test]
fn what_moves_is_drawn_at_the_dot() {
    let mut seen = 0;
    for loss in LOSSES {
        let (drawn, _, moving) = chart(&Experiment { view: Some(View::Curve), ..example(loss) });
        let (down, dot) = (drawn.window.down(moving.point.1), pixel(&drawn.window, moving.point));
        if !(0.0..=1.0).contains(&down) {
            continue;
        }
        let drop = lines(&drawn.moving, Palette::LIGHT.prediction).concat();
        assert!(drop.iter().any(|it| near(*it, dot)), "{}: {drop:?} {dot:?}", loss.spec.torch);
        if moving.slope.is_some() {
            let tangent = lines(&drawn.moving, Palette::LIGHT.gradient).concat();
            let (first, last) = (tangent[0], tangent[tangent.len() - 1]);
            // How far the dot is off the line, whose ends are on whole pixels.
            let (dx, dy) = (last.0 - first.0, last.1 - first.1);
            let off = (dx * (dot.1 - first.1) - dy * (dot.0 - first.0)).abs() / dx.hypot(dy);
            assert!(off <= 1.5, "{}: {tangent:?} {dot:?}", loss.spec.torch);
        }
        seen += 1;
    }
    assert!(seen > LOSSES.len() / 2, "{seen}");
}

/// A drag must not change what stays.
#[test]
fn only_what_moves_changes_with_the_dot() {
    for loss in LOSSES {
        let before = Experiment { view: Some(View::Curve), ..example(loss) };
        let windows = Windows::of(&before, None);
        let after = before.with_number(before.at, before.x().expect("a number") + 0.01);
        if before.held() != after.held() {
            continue;
        }
        // Written out, because a gap in a curve is NaN, which equals nothing.
        let still =
            |it: &Experiment| format!("{:?}", Still::of(&Samples::take(&it.held(), &windows.loss), &windows));
        assert!(still(&before) == still(&after), "{}", loss.spec.torch);
        let moving = |it: &Experiment| Moving::of(&Samples::take(&it.held(), &windows.loss), it, None);
        assert_ne!(moving(&before), moving(&after), "{}", loss.spec.torch);
    }
}
