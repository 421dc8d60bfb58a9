//! A point of the plane under a hand: the pointer moves both coordinates, and each has a slider of its own.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::experiment::bar::Bar;
use crate::experiment::number;
use crate::experiment::picture::plane::{self, ASPECT};
use crate::plot::Window;
use crate::plot::ticks::{snap, within};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob, Move, Slider};

/// One of the three points on the plane that `frame` shows.
pub fn point(bench: Bench, input: usize, class: &'static str, window: Memo<Window>, frame: &El) -> El {
    let frame = StoredValue::new(frame.cast::<HtmlElement>());
    let width = move || f64::from(frame.get_value().client_width()).max(1.0);
    let id = bench.spec().inputs.get(input).map_or("", |it| it.id);
    let at = Memo::new(move |_| plane::elements(&bench.experiment.read(), input));
    let coordinate = move |axis: usize| Signal::derive(move || bench.number(at.get()[axis]));
    let (x, y) = (coordinate(0), coordinate(1));
    let size = move || (width(), width() / ASPECT);

    let along = move |axis: usize, gesture: Gesture| {
        let (window, (across, up)) = (window.get_untracked(), size());
        let measure = if axis == 0 { Axis::across(window.x(), across) } else { Axis::up(window.y(), up) };
        Grip { bench, at: at.get_untracked()[axis], bar: Bar::Plain, axis: measure }.act(gesture, &[]);
    };
    let hand = move |gesture: Gesture| match gesture {
        Gesture::Move(by) => {
            let Some(before) = bench.before.get_untracked() else { return };
            let [from_x, from_y] = plane::elements(&before, input)
                .map(|at| before.inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN));
            let to = dragged([from_x, from_y], by, &window.get_untracked(), size());
            // A drag passes only through places that PyTorch takes.
            let _ = bench.offer(plane::moved(&bench.now(), input, to));
        }
        other => along(0, other),
    };
    // Arrows across move x, arrows up and down move y, whichever slider has the focus.
    let redirect = move |event: KeyboardEvent| {
        let wanted = match event.key().as_str() {
            "ArrowLeft" | "ArrowRight" => 0,
            "ArrowUp" | "ArrowDown" => 1,
            _ => return,
        };
        let knob = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        let slider = knob.and_then(|it| it.query_selector_all("input").ok()?.get(wanted));
        if let Some(slider) = slider.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            if event.target().as_ref() != Some(slider.as_ref()) {
                let _ = slider.focus();
            }
            if let Some(gesture) = crate::ui::widgets::read_key(&event) {
                event.stop_propagation();
                event.prevent_default();
                along(wanted as usize, gesture);
            }
        }
    };
    let text = |it: Signal<f64>| Signal::derive(move || number::show(it.get()));
    let label = |axis: &str| Signal::stored(format!("{id} {axis}"));
    let knob = Knob {
        class,
        label: label("x"),
        value: x,
        range: Signal::derive(move || window.get().x()),
        text: text(x),
        x: Signal::derive(move || window.get().across(x.get())),
        y: Signal::derive(move || window.get().down(y.get())),
        vertical: false,
        on: Callback::new(hand),
    };
    let second = Slider {
        label: label("y"),
        value: y,
        range: Signal::derive(move || window.get().y()),
        text: text(y),
        vertical: true,
        on: Callback::new(move |it| along(1, it)),
    };
    el("span.point").on_capture("keydown", redirect).with(knob.view().with(second.view()))
}

/// Where a drag takes a point: on round numbers, and within the window.
fn dragged([x, y]: plane::Point, by: Move, window: &Window, (width, height): (f64, f64)) -> plane::Point {
    let moved = |from: f64, (low, high): (f64, f64), pixels: f64, length: f64| {
        let per_pixel = (high - low) / length;
        within(snap(from + pixels * per_pixel, per_pixel), low, high)
    };
    [moved(x, window.x(), by.dx, width), moved(y, window.y(), -by.dy, height)]
}
