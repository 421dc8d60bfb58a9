//! A canvas with its tick labels around it and live things above it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, ResizeObserver};

use super::percent;
use crate::plot::draw::{X_PARTS, Y_PARTS};
use crate::plot::ticks::{label, step, ticks};
use crate::plot::{Palette, Scene};
use crate::ui::canvas::paint;
use crate::ui::theme::Theme;

/// The width of the plotted rectangle in CSS pixels, for whatever is dragged over it.
#[derive(Clone, Copy)]
pub struct Width(RwSignal<f64>);

impl Width {
    /// In CSS pixels; never nothing.
    pub fn get(self) -> f64 {
        self.0.get_untracked().max(1.0)
    }
}

impl Default for Width {
    fn default() -> Self {
        Self(RwSignal::new(600.0))
    }
}

/// A chart with ticks. Its children stand over the plotted rectangle, placed in percent of it.
#[component]
pub fn Frame(
    scene: Signal<Scene>,
    class: &'static str,
    /// How a tick of the lower axis reads, given the step between ticks; a plain number otherwise.
    #[prop(optional)]
    across_label: Option<fn(f64, f64) -> String>,
    children: Children,
) -> impl IntoView {
    let across_label = across_label.unwrap_or(label);
    let canvas = NodeRef::<html::Canvas>::new();
    let width = Width::default();
    provide_context(width);
    paint_on_change(canvas, scene);
    watch_width(canvas, width.0);
    let window = Memo::new(move |_| scene.read().window);
    let across = move || {
        let window = window.get();
        let size = step(window.x().1 - window.x().0, X_PARTS);
        let shown = ticks(window.x(), X_PARTS).into_iter();
        shown
            .map(|it| view! { <span style:left=percent(window.across(it))>{across_label(it, size)}</span> })
            .collect_view()
    };
    let up = move || {
        let window = window.get();
        let size = step(window.y().1 - window.y().0, Y_PARTS);
        let shown = ticks(window.y(), Y_PARTS).into_iter();
        shown
            .map(|it| view! { <span style:top=percent(window.down(it))>{label(it, size)}</span> })
            .collect_view()
    };
    view! {
        <div class=format!("frame {class}")>
            <canvas node_ref=canvas aria-hidden="true"></canvas>
            <div class="ticks-y" aria-hidden="true">{up}</div>
            <div class="ticks-x" aria-hidden="true">{across}</div>
            <div class="over">{children()}</div>
        </div>
    }
}

/// Draws once for each frame in which the scene, the theme or the canvas's size has changed.
fn paint_on_change(canvas: NodeRef<html::Canvas>, scene: Signal<Scene>) {
    let theme = use_context::<Theme>();
    let size = RwSignal::new(0.0);
    watch_width(canvas, size);
    Effect::new(move |_| {
        size.track();
        let palette = if theme.is_some_and(Theme::is_dark) { Palette::DARK } else { Palette::LIGHT };
        if let Some(canvas) = canvas.get() {
            scene.with(|it| paint(&canvas, it, &palette));
        }
    });
}

/// Keeps the width of a canvas in a signal, for as long as the owner lives.
fn watch_width(canvas: NodeRef<html::Canvas>, width: RwSignal<f64>) {
    let watcher = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let watched: HtmlCanvasElement = canvas.clone();
        let inset = 2.0 * f64::from(crate::plot::draw::INSET);
        let measure = Closure::<dyn FnMut()>::new(move || {
            let now = f64::from(watched.client_width()) - inset;
            if width.try_get_untracked().is_some_and(|it| it != now) {
                width.set(now);
            }
        });
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&canvas);
            watcher.set_value(Some((observer, measure)));
        }
    });
    on_cleanup(move || {
        watcher.try_update_value(|it| {
            if let Some((observer, _)) = it.take() {
                observer.disconnect();
            }
        });
    });
}
