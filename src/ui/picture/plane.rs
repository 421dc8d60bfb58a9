//! Triplets in the plane: rings around the anchor, and the region where nothing is left to pay.

use leptos::html;
use leptos::prelude::*;

use super::parts::{Figure, Rows, percent, row};
use super::point::Handle;
use crate::experiment::number;
use crate::experiment::picture::plane::{Plane as Triple, Point, plane, ring, together};
use crate::plot::Window;
use crate::ui::bench::Bench;

/// The length of a push by a gradient of 1, as a part of the picture's height.
const PUSH: f64 = 0.14;

/// The plane of the chosen triple.
#[component]
pub fn Plane(bench: Bench) -> impl IntoView {
    let row = row(bench);
    let triple = Memo::new(move |_| plane(&bench.experiment.read()).unwrap_or_default());
    let window = Memo::new(move |last: Option<&Window>| {
        plane(&bench.resting.read()).unwrap_or_default().window(last.copied())
    });
    let frame = NodeRef::<html::Div>::new();
    let width =
        Callback::new(move |()| frame.get_untracked().map_or(600.0, |it| f64::from(it.client_width())));
    let put_together = move |_| drop(bench.offer(together(&bench.now())));
    view! {
        <div class="picture-head">
            <Rows bench row/>
            <button type="button" class="quiet" on:click=put_together>"all three together"</button>
        </div>
        <div class="plane" node_ref=frame>
            <Drawing triple window/>
            <Distances triple window/>
            <Handle bench input=0 class="pred circle" window width/>
            <Handle bench input=1 class="target diamond" window width/>
            <Handle bench input=2 class="aside ring" window width/>
            <Names bench triple window/>
        </div>
        <p class="sum">{move || sum(triple)}</p>
        <p class="hidden" data-role="picture-summary">{move || summary(&triple.read())}</p>
        <figcaption>
            "Drag the negative out of the outer ring: in the shaded region its loss is 0 and all arrows are gone. An arrow "
            "is the push, minus the gradient."
        </figcaption>
    }
}

/// Shaded region, rings, distances and pushes, in the plane's own units.
#[component]
fn Drawing(triple: Memo<Triple>, window: Memo<Window>) -> impl IntoView {
    let view_box = move || {
        let (x, y) = (window.get().x(), window.get().y());
        format!("{} {} {} {}", x.0, -y.1, x.1 - x.0, y.1 - y.0)
    };
    let ground = move || {
        let (x, y) = (window.get().x(), window.get().y());
        path(&[[x.0, y.0], [x.1, y.0], [x.1, y.1], [x.0, y.1]])
    };
    let around = move |who: usize, radius: fn(&Triple) -> f64| {
        move || {
            let triple = triple.read();
            path(&ring(triple.points[who], radius(&triple), triple.order))
        }
    };
    let far = around(0, Triple::clear);
    let far_too = move || if triple.read().swap { around(1, Triple::clear)() } else { String::new() };
    let arrows = move || {
        let triple = triple.read();
        let scale = (window.get().y().1 - window.get().y().0) * PUSH;
        (0..3)
            .map(|who| arrow(triple.points[who], triple.pushes[who].map(|it| it * scale), scale))
            .collect::<String>()
    };
    let between = move |from: usize, to: usize| {
        move || {
            let points = triple.read().points;
            line(&[points[from], points[to]])
        }
    };
    view! {
        <svg viewBox=view_box aria-hidden="true" preserveAspectRatio="none">
            <path class="free" d=ground/>
            <path class="paying" d=far/>
            <path class="paying" d=far_too/>
            <path class="outer" d=far/>
            <path class="outer" d=far_too/>
            <path class="inner" d=around(0, |it| it.near)/>
            <path class="distance target" d=between(0, 1)/>
            <path class="distance" class:idle=move || triple.read().is_swapped() d=between(0, 2)/>
            <path class="distance" class:idle=move || !triple.read().is_swapped()
                class:none=move || !triple.read().swap d=between(1, 2)/>
            <path class="gauge" d=move || line(&triple.read().gauge())/>
            <path class="arrows" d=arrows/>
        </svg>
    }
}

/// A closed path.
fn path(points: &[Point]) -> String {
    if points.is_empty() { String::new() } else { line(points) + "Z" }
}

/// An open path; SVG counts downwards.
fn line(points: &[Point]) -> String {
    let corners: Vec<String> = points.iter().map(|[x, y]| format!("{x:.6} {:.6}", -y)).collect();
    format!("M{}", corners.join("L"))
}

/// A shaft with a head, if there is anything to show.
fn arrow([x, y]: Point, [dx, dy]: Point, scale: f64) -> String {
    let length = dx.hypot(dy);
    if length.is_nan() || length <= 0.0 {
        return String::new();
    }
    let head = scale * 0.16;
    let (ux, uy) = (dx / length * head, dy / length * head);
    let (tip_x, tip_y) = (x + dx, y + dy);
    let barb =
        |side: f64| format!("{:.6} {:.6}", tip_x - ux - side * uy * 0.6, -(tip_y - uy + side * ux * 0.6));
    format!(
        "M{x:.6} {:.6}L{tip_x:.6} {:.6}M{}L{tip_x:.6} {:.6}L{}",
        -y,
        -tip_y,
        barb(1.0),
        -tip_y,
        barb(-1.0)
    )
}

/// Something written beside a place of the plane, that many pixels away from it.
#[component]
fn Label(
    class: &'static str,
    window: Memo<Window>,
    #[prop(into)] at: Signal<Point>,
    #[prop(into)] side: Signal<Point>,
    pixels: f64,
    children: Children,
) -> impl IntoView {
    let beside = move |place: f64, pixels: f64| format!("calc({} + {pixels:.2}px)", percent(place));
    view! {
        <span class=format!("plane-label {class}")
            style:left=move || beside(window.get().across(at.get()[0]), side.get()[0] * pixels)
            style:top=move || beside(window.get().down(at.get()[1]), -side.get()[1] * pixels)
            style:transform=move || {
                // The box hangs by the side that looks at the place.
                let [x, y] = side.get();
                format!("translate({:.1}%, {:.1}%)", 50.0 * x - 50.0, -50.0 * y - 50.0)
            }>
            {children()}
        </span>
    }
}

/// The distances, each on its line; of both that lead to the negative, the one that counts.
#[component]
fn Distances(triple: Memo<Triple>, window: Memo<Window>) -> impl IntoView {
    let label = move |from: usize, to: usize, class: &'static str, of: fn(&Triple) -> f64| {
        // Nearer to the end, as the push of the anchor takes up the start.
        let middle = move || {
            let points = triple.read().points;
            [0, 1].map(|it| 0.4 * points[from][it] + 0.6 * points[to][it])
        };
        let value = Signal::derive(move || of(&triple.read()));
        view! {
            <Label class window at=Signal::derive(middle)
                side=Signal::derive(move || triple.read().beside(from, to)) pixels=9.0>
                <Figure value class/>
            </Label>
        }
    };
    let swapped = Memo::new(move |_| triple.read().is_swapped());
    let gauge = move || {
        let [inner, outer] = triple.read().gauge();
        [0, 1].map(|it| (inner[it] + outer[it]) / 2.0)
    };
    let across_gauge = move || {
        let [x, y] = triple.read().aside(0);
        [-y, x]
    };
    view! {
        {label(0, 1, "target", |it| it.near)}
        {move || match swapped.get() {
            true => label(1, 2, "", |it| it.across),
            false => label(0, 2, "", |it| it.far),
        }}
        <Label class="target" window at=Signal::derive(gauge) side=Signal::derive(across_gauge) pixels=6.0>
            "margin"
        </Label>
    }
}

/// What the points are called, beside them.
#[component]
fn Names(bench: Bench, triple: Memo<Triple>, window: Memo<Window>) -> impl IntoView {
    let name = move |who: usize, class: &'static str| {
        let id = bench.spec().inputs.get(who).map_or("", |it| it.id);
        view! {
            <Label class window at=Signal::derive(move || triple.read().points[who])
                side=Signal::derive(move || triple.read().aside(who)) pixels=13.0>{id}</Label>
        }
    };
    view! {
        {name(0, "pred")}
        {name(1, "target")}
        {name(2, "aside")}
        <span class="corner target">"loss 0 out here"</span>
    }
}

/// "1.0000 + margin 1 − 1.3000 = 0.7000", with the clamp where it acts.
fn sum(triple: Memo<Triple>) -> impl IntoView {
    let now = triple.get();
    let clamped = now.clear() - now.counted() <= 0.0;
    let part = |value: f64, class: &'static str, role: &'static str| {
        view! { <Figure value=Signal::derive(move || value) class role/> }
    };
    let (name, role) = match now.is_swapped() {
        true => ("positive to negative ", "across"),
        false => ("anchor to negative ", "far"),
    };
    view! {
        <span>{if clamped { "max(0, " } else { "" }}"anchor to positive "{part(now.near, "target", "near")}</span>
        <span>"+ margin "<b>{number::brief(now.margin)}</b></span>
        <span>"− "{name}{part(now.counted(), "", role)}{if clamped { ")" } else { "" }}</span>
        <span>"= "{part(now.loss, "loss", "row-loss")}</span>
    }
}

/// What the picture shows, in words.
fn summary(triple: &Triple) -> String {
    let point = |[x, y]: Point| format!("({}, {})", number::brief(x), number::brief(y));
    let [a, p, n] = triple.points.map(point);
    let from = if triple.is_swapped() { "positive" } else { "anchor" };
    format!(
        "Anchor at {a}, positive at {p}, negative at {n}. From anchor to positive {}; from {from} to negative {}. With \
         a margin of {} the loss is {}.",
        number::fixed(triple.near, 4),
        number::fixed(triple.counted(), 4),
        number::brief(triple.margin),
        number::fixed(triple.loss, 4)
    )
}
