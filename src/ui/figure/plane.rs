//! Points of a plane that one drags, over a drawing in the plane's own units.

use crate::figure::dial::Dial;
use crate::plot::Window;
use crate::ui::dom::{El, el, length, percent, svg};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob, Slider};

use super::parts::Turn;

/// A plane: what it spans, and on which numbers its points stand.
#[derive(Clone, Copy)]
pub struct Plane {
    pub x: &'static Dial,
    pub y: &'static Dial,
}

impl Plane {
    /// The part of the plane that is shown.
    pub fn window(self) -> Window {
        Window::new((self.x.from, self.x.to), (self.y.from, self.y.to))
    }

    /// An SVG that fills its parent and counts in the plane's units; upwards is minus.
    pub fn drawing(self) -> El {
        let (x, y) = (self.window().x(), self.window().y());
        let number = |it: f64| length(it, 4, " ");
        let view_box = number(x.0) + &number(-y.1) + &number(x.1 - x.0) + &number(y.1 - y.0);
        svg("svg")
            .set("viewBox", view_box.trim())
            .set("aria-hidden", "true")
            .set("preserveAspectRatio", "none")
    }

    /// A point under a hand: the pointer moves both numbers, and each has a slider of its own. `field` is the element
    /// that it stands in.
    pub fn point(
        self,
        field: &El,
        class: &'static str,
        name: &str,
        at: [Signal<f64>; 2],
        set: Callback<[f64; 2]>,
    ) -> El {
        let field = StoredValue::new(field.cast::<web_sys::HtmlElement>());
        let size = move || {
            let field = field.get_value();
            (f64::from(field.client_width()), f64::from(field.client_height()))
        };
        let turn_x = Turn::new(self.x, at[0], move |x| set.run([x, at[1].get_untracked()]));
        let turn_y = Turn::new(self.y, at[1], move |y| set.run([at[0].get_untracked(), y]));
        let both = move |gesture: Gesture| match gesture {
            Gesture::Start | Gesture::Move(_) | Gesture::End | Gesture::Cancel => {
                turn_x.act(gesture, size().0, false);
                turn_y.act(gesture, size().1, true);
            }
            keys => turn_x.act(keys, size().0, false),
        };
        let window = self.window();
        let text = |it: Signal<f64>| Signal::derive(move || crate::experiment::number::brief(it.get()));
        let knob = Knob {
            class,
            label: Signal::stored(format!("{name}, {}", self.x.label)),
            value: at[0],
            range: Signal::stored((self.x.from, self.x.to)),
            text: text(at[0]),
            x: Signal::derive(move || window.across(at[0].get()).clamp(0.0, 1.0)),
            y: Signal::derive(move || window.down(at[1].get()).clamp(0.0, 1.0)),
            vertical: false,
            on: Callback::new(both),
        };
        let second = Slider {
            label: Signal::stored(format!("{name}, {}", self.y.label)),
            value: at[1],
            range: Signal::stored((self.y.from, self.y.to)),
            text: text(at[1]),
            vertical: true,
            on: Callback::new(move |it| turn_y.act(it, size().1, true)),
        };
        el("span.point").with(knob.view().with(second.view()))
    }
}

/// `M x y L x y` in an SVG of the plane.
pub fn path(points: &[[f64; 2]]) -> String {
    let corner = |[x, y]: &[f64; 2]| length(*x, 5, " ") + &length(-y, 5, "");
    format!("M{}", points.iter().map(corner).collect::<Vec<_>>().join("L"))
}

/// A line from one end to the other, kept up to date.
pub fn segment(class: &str, ends: impl Fn() -> [[f64; 2]; 2] + 'static) -> El {
    svg("path").add_class(class).bind("d", move || path(&ends()))
}

/// Words at a place of the plane.
pub fn label(window: Window, at: impl Fn() -> [f64; 2] + Clone + 'static) -> El {
    let (x, y) = (at.clone(), at);
    el("span.plane-label")
        .style("left", move || percent(window.across(x()[0])))
        .style("top", move || percent(window.down(y()[1]).clamp(0.02, 0.98)))
}
