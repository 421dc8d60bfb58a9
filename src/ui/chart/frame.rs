//! A canvas with its tick labels around it and live things above it.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, ResizeObserver};

use crate::plot::draw::{X_PARTS, Y_PARTS};
use crate::plot::ticks::{label, step, ticks};
use crate::plot::{Mark, Palette, Scene};
use crate::ui::canvas::{paint, paint_marks};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::theme::Theme;

/// The size of a canvas in CSS pixels, as last measured; for whatever is dragged over it.
#[derive(Clone, Copy)]
pub struct Width(RwSignal<(f64, f64)>);

impl Width {
    /// The width of the plotted rectangle in CSS pixels; never nothing.
    pub fn get(self) -> f64 {
        (self.0.get_untracked().0 - 2.0 * f64::from(crate::plot::draw::INSET)).max(1.0)
    }
}

/// A chart with ticks. What stands over the plotted rectangle is placed in percent of it.
pub struct Frame {
    pub scene: Signal<Scene>,
    /// What moves over the scene while the scene stays.
    pub moving: Signal<Vec<Mark>>,
    pub class: &'static str,
    /// How a tick of the lower axis reads, given the step between ticks.
    pub across_label: fn(f64, f64) -> String,
}

impl Frame {
    /// A chart whose ticks are plain numbers.
    pub fn new(class: &'static str, scene: Signal<Scene>, moving: Signal<Vec<Mark>>) -> Self {
        Self { scene, moving, class, across_label: label }
    }

    /// The chart. `fill` puts live things over it, given the layer for them and the width that they stand on.
    pub fn view(self, fill: impl FnOnce(El, Width) -> El) -> El {
        let Self { scene, moving, class, across_label } = self;
        let canvas = || el("canvas").set("aria-hidden", "true");
        let (still, over) = (canvas(), canvas());
        let size = RwSignal::new((0.0, 0.0));
        watch_size(still.cast(), size);
        let window = Memo::new(move |_| scene.get().window);
        let canvas: HtmlCanvasElement = still.cast();
        on_change(move |palette| paint(&canvas, size.get(), &scene.get(), palette));
        let canvas: HtmlCanvasElement = over.cast();
        on_change(move |palette| paint_marks(&canvas, size.get(), &window.get(), &moving.get(), palette));
        let across = move || {
            let window = window.get();
            let size = step(window.x().1 - window.x().0, X_PARTS);
            let tick =
                |it: f64| el("span").place("left", &percent(window.across(it))).with(across_label(it, size));
            ticks(window.x(), X_PARTS).into_iter().map(tick).collect::<Vec<_>>()
        };
        let up = move || {
            let window = window.get();
            let size = step(window.y().1 - window.y().0, Y_PARTS);
            let tick = |it: f64| el("span").place("top", &percent(window.down(it))).with(label(it, size));
            ticks(window.y(), Y_PARTS).into_iter().map(tick).collect::<Vec<_>>()
        };
        el("div.frame").add_class(class).with((
            (still, over),
            el("div.ticks-y").set("aria-hidden", "true").live(up),
            el("div.ticks-x").set("aria-hidden", "true").live(across),
            fill(el("div.over"), Width(size)),
        ))
    }
}

/// Draws once for each frame in which the theme has changed, or what is drawn.
fn on_change(draw: impl Fn(&Palette) + 'static) {
    let theme = use_context::<Theme>();
    effect(Box::new(move || {
        draw(if theme.is_some_and(Theme::is_dark) { &Palette::DARK } else { &Palette::LIGHT })
    }));
}

/// Keeps the size of a canvas in a signal, for as long as the owner lives.
fn watch_size(canvas: HtmlCanvasElement, size: RwSignal<(f64, f64)>) {
    let watched = canvas.clone();
    let measure = Closure::<dyn FnMut()>::new(move || {
        let now = (f64::from(watched.client_width()), f64::from(watched.client_height()));
        if size.try_get_untracked().is_some_and(|it| it != now) {
            size.set(now);
        }
    });
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
    observer.observe(&canvas);
    let watcher = StoredValue::new((observer, measure));
    on_cleanup(move || watcher.update_value(|it| it.0.disconnect()));
}
