//! A corner of a box, or its middle, under a hand: the pointer moves it over the photo, and each direction has a slider.

use web_sys::HtmlElement;

use crate::experiment::Experiment;
use crate::experiment::picture::boxes::Hold;
use crate::plot::Window;
use crate::plot::ticks::{snap, step_below, within};
use crate::ui::bench::Bench;
use crate::ui::dom::El;
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Move, PlaneKnob};

/// One handle of the box that is the input at that place, on the photo that `frame` shows.
pub fn hold(
    bench: Bench,
    input: usize,
    hold: Hold,
    class: &'static str,
    window: Memo<Window>,
    frame: &El,
) -> El {
    let frame = StoredValue::new(frame.cast::<HtmlElement>());
    let span = move |axis: usize| {
        let window = window.get_untracked();
        if axis == 0 { window.x() } else { window.y() }
    };
    let pixel = move |axis: usize| {
        let frame = frame.get_value();
        let pixels = if axis == 0 { frame.client_width() } else { frame.client_height() };
        let (low, high) = span(axis);
        (high - low) / f64::from(pixels).max(1.0)
    };
    let place = move |axis: usize| Signal::derive(move || hold.place(&bench.experiment.read(), input)[axis]);
    let chosen = move |now: &Experiment, axis: usize| hold.elements(now, input)[axis];
    // Keys and what assistive technology sets move one direction.
    let nudge = move |axis: usize, of: &dyn Fn(f64) -> f64| {
        let now = bench.now();
        let mut to = hold.place(&now, input);
        to[axis] = of(to[axis]);
        bench.nudge(Experiment { at: chosen(&now, axis), ..hold.moved(&now, input, to) });
    };
    let step = move |axis: usize, steps: f64| {
        let step = step_below(pixel(axis) * 4.0);
        nudge(axis, &|from| snap(from + steps * step, step * steps.abs().min(1.0) / 1.5));
    };
    let along = move |(axis, gesture): (usize, Gesture)| match gesture {
        Gesture::Start => {
            bench.choose(chosen(&bench.now(), axis));
            bench.begin();
        }
        Gesture::Move(by) => {
            let Some(before) = bench.before.get_untracked() else { return };
            let from = hold.place(&before, input);
            let sticky = hold.sticky(&before, input);
            let to = |axis: usize, pixels: f64| {
                dragged(from[axis], pixels * pixel(axis), (span(axis), pixel(axis)), by, &sticky[axis])
            };
            // A drag passes only through places that PyTorch takes.
            let _ = bench.offer(hold.moved(&bench.now(), input, [to(0, by.dx), to(1, by.dy)]));
        }
        Gesture::End => bench.end(),
        Gesture::Cancel => bench.cancel(),
        Gesture::Step(steps) => step(axis, steps),
        Gesture::Edge(last) => nudge(axis, &|_| if last { span(axis).1 } else { span(axis).0 }),
        Gesture::Set(value) => nudge(axis, &|_| value),
    };
    let id = bench.spec().inputs.get(input).map_or("", |it| it.id);
    PlaneKnob {
        class,
        labels: ["x", "y"].map(|axis| format!("{id}, {}, {axis}", hold.name())),
        place: [place(0), place(1)],
        window,
        down: true,
        on: Callback::new(along),
    }
    .view()
}

/// Where a drag by that much takes a coordinate: on a line with the other box if that is near, or on a round number,
/// and within the window.
fn dragged(from: f64, moved: f64, ((low, high), pixel): ((f64, f64), f64), by: Move, sticky: &[f64]) -> f64 {
    let to = within(from + moved, low, high);
    let near = sticky.iter().copied().filter(|it| !by.free && (it - to).abs() <= by.reach * pixel);
    let nearest = near.min_by(|a, b| (a - to).abs().total_cmp(&(b - to).abs()));
    // A direction that the hand has not gone in stays as it was.
    match nearest {
        _ if moved == 0.0 => from,
        Some(sticky) => sticky,
        None => within(snap(to, pixel), low, high),
    }
}
