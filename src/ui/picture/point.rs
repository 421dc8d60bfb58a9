//! A point of the plane under a hand, moved over what PyTorch takes.

use web_sys::HtmlElement;

use crate::experiment::bar::Bar;
use crate::experiment::picture::plane::{self, ASPECT};
use crate::plot::Window;
use crate::plot::ticks::{snap, within};
use crate::ui::bench::Bench;
use crate::ui::dom::El;
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Move, PlaneKnob};

/// One of the three points on the plane that `frame` shows.
pub fn point(bench: Bench, input: usize, class: &'static str, window: Memo<Window>, frame: &El) -> El {
    let frame = StoredValue::new(frame.cast::<HtmlElement>());
    let width = move || f64::from(frame.get_value().client_width()).max(1.0);
    let id = bench.spec().inputs.get(input).map_or("", |it| it.id);
    let at = Memo::new(move |_| plane::elements(&bench.experiment.read(), input));
    let coordinate = move |axis: usize| Signal::derive(move || bench.number(at.get()[axis]));
    let size = move || (width(), width() / ASPECT);

    let along = move |(axis, gesture): (usize, Gesture)| match gesture {
        Gesture::Move(by) => {
            let Some(before) = bench.before.get_untracked() else { return };
            let [from_x, from_y] = plane::elements(&before, input)
                .map(|at| before.inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN));
            let to = dragged([from_x, from_y], by, &window.get_untracked(), size());
            // A drag passes only through places that PyTorch takes.
            let _ = bench.offer(plane::moved(&bench.now(), input, to));
        }
        other => {
            let (window, (across, up)) = (window.get_untracked(), size());
            let measure = if axis == 0 { Axis::across(window.x(), across) } else { Axis::up(window.y(), up) };
            Grip { bench, at: at.get_untracked()[axis], bar: Bar::Plain, axis: measure }.act(other, &[]);
        }
    };
    PlaneKnob {
        class,
        labels: ["x", "y"].map(|axis| format!("{id} {axis}")),
        place: [coordinate(0), coordinate(1)],
        window,
        down: false,
        on: Callback::new(along),
    }
    .view()
}

/// Where a drag takes a point: on round numbers, and within the window.
fn dragged([x, y]: plane::Point, by: Move, window: &Window, (width, height): (f64, f64)) -> plane::Point {
    let moved = |from: f64, (low, high): (f64, f64), pixels: f64, length: f64| {
        let per_pixel = (high - low) / length;
        within(snap(from + pixels * per_pixel, per_pixel), low, high)
    };
    [moved(x, window.x(), by.dx, width), moved(y, window.y(), -by.dy, height)]
}
