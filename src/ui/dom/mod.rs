//! Elements of the page: one type for all of them, over the signals of Leptos.
//!
//! `view!` gives each element a type of its own and compiles its whole life anew for it, which was two thirds of the
//! program. Here an element is made at once, by calls, and a closure over signals keeps one fact of it up to date.
//!
//! ```ignore
//! el("p.result").with((
//!     "loss ",
//!     el("output.big").set("data-role", "loss").bind("data-value", full).say(short),
//! ))
//! ```

mod children;
mod value;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::decimal;
use crate::ui::reactive::*;
pub use children::Children;
use children::fragment;
use value::Says;
pub use value::Value;

/// An element under construction, or in the page. Clones are the same element.
#[derive(Clone, Debug)]
pub struct El(Element);

/// An HTML element, written like a selector: `button`, `p.result`, `output.big.loss`.
pub fn el(selector: &str) -> El {
    El::new("http://www.w3.org/1999/xhtml", selector)
}

/// An SVG element, written like a selector.
pub fn svg(selector: &str) -> El {
    El::new("http://www.w3.org/2000/svg", selector)
}

/// A button of HTML that does something.
pub fn button(classes: &str, press: impl FnMut() + 'static) -> El {
    el("button").set("type", "button").add_class(classes).click(press)
}

impl El {
    /// An element that is in the page already.
    pub fn of(element: Element) -> Self {
        Self(element)
    }

    fn new(space: &str, selector: &str) -> Self {
        let (tag, classes) = selector.split_once('.').unwrap_or((selector, ""));
        // Every tag is a literal of this program, so that a browser refuses none.
        let element = document().create_element_ns(Some(space), tag).unwrap_or_else(|it| it.unchecked_into());
        let element = Self(element);
        if classes.is_empty() { element } else { element.set("class", &classes.replace('.', " ")) }
    }

    /// The element as what its tag makes of it.
    pub fn cast<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// Sets an attribute that stays.
    pub fn set(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Adds classes, separated by spaces.
    pub fn add_class(self, names: &str) -> Self {
        let before = self.0.get_attribute("class").unwrap_or_default();
        if names.is_empty() { self } else { self.set("class", format!("{before} {names}").trim()) }
    }

    /// Sets the content from markup made at build time.
    pub fn html(self, markup: &str) -> Self {
        self.0.set_inner_html(markup);
        self
    }

    /// Appends children: elements, text, options and lists of them, and tuples of all these.
    pub fn with(self, children: impl Children) -> Self {
        children.append(&self.0);
        self
    }

    /// Keeps an attribute: absent for `None` and `false`.
    pub fn bind<V: Value>(self, name: &'static str, value: impl Fn() -> V + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(value), move |now| match now {
            Some(now) => drop(element.set_attribute(name, now)),
            None => drop(element.remove_attribute(name)),
        });
        self
    }

    /// Has a class while the condition holds.
    pub fn class(self, name: &'static str, is: impl Fn() -> bool + 'static) -> Self {
        let list = self.0.class_list();
        follow(Box::new(is), move |now| {
            let _ = list.toggle_with_force(name, now.is_some());
        });
        self
    }

    /// Sets a property of the style that stays.
    pub fn place(self, name: &str, value: &str) -> Self {
        let _ = self.cast::<HtmlElement>().style().set_property(name, value);
        self
    }

    /// Keeps a property of the style; the site's policy refuses style attributes.
    pub fn style<V: Value>(self, name: &'static str, value: impl Fn() -> V + 'static) -> Self {
        let style = self.cast::<HtmlElement>().style();
        follow(Box::new(value), move |now| {
            let _ = style.set_property(name, now.unwrap_or_default());
        });
        self
    }

    /// Keeps `value` of an input, also after somebody typed into it.
    pub fn value(self, value: impl Fn() -> String + 'static) -> Self {
        self.property("value", move || JsValue::from_str(&value()))
    }

    /// Keeps `checked` of an input, also after somebody clicked it.
    pub fn checked(self, is: impl Fn() -> bool + 'static) -> Self {
        self.property("checked", move || JsValue::from_bool(is()))
    }

    fn property(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        let element = self.0.clone();
        effect(Box::new(move || {
            let _ = js_sys::Reflect::set(&element, &JsValue::from_str(name), &value());
        }));
        self
    }

    /// Appends text that follows its signals.
    pub fn say<V: Value>(self, value: impl Fn() -> V + 'static) -> Self {
        let text = document().create_text_node("");
        let _ = self.0.append_child(&text);
        follow(Box::new(value), move |now| text.set_data(now.unwrap_or_default()));
        self
    }

    /// Appends children that are made anew whenever a signal that they were made from changes.
    pub fn live<C: Children>(self, make: impl Fn() -> C + 'static) -> Self {
        children::live(&self.0, Box::new(move |_| Some((fragment(&mut |it| make().append(it)), None))));
        self
    }

    /// Appends children that are made anew whenever their key changes, whatever else they are made from: so nothing
    /// else does that while a hand is on them.
    pub fn live_by<K, C>(self, key: impl Fn() -> K + 'static, make: impl Fn(&K) -> C + 'static) -> Self
    where
        K: PartialEq + 'static,
        C: Children,
    {
        let mut last = None;
        let made = move |parent: &Owner| {
            let now = key();
            if last.as_ref() == Some(&now) {
                return None;
            }
            let made = children::owned(parent, &mut |it| make(&now).append(it));
            last = Some(now);
            made
        };
        children::live(&self.0, Box::new(made));
        self
    }

    /// Appends `count()` children; those that stay are not made anew.
    pub fn each(self, count: impl Fn() -> usize + 'static, child: impl Fn(usize) -> El + 'static) -> Self {
        children::each(&self.0, Box::new(count), Box::new(child));
        self
    }

    /// Hears an event, as long as the element lives.
    pub fn on<E: JsCast>(self, name: &str, hear: impl FnMut(E) + 'static) -> Self {
        self.listen(name, boxed(hear), false)
    }

    /// Hears an event before the elements inside do.
    pub fn on_capture<E: JsCast>(self, name: &str, hear: impl FnMut(E) + 'static) -> Self {
        self.listen(name, boxed(hear), true)
    }

    /// Hears a click.
    pub fn click(self, mut hear: impl FnMut() + 'static) -> Self {
        self.on("click", move |_: Event| hear())
    }

    fn listen(self, name: &str, hear: Box<dyn FnMut(Event)>, first: bool) -> Self {
        // The function belongs to the element from here on, and is collected with it.
        let hear = Closure::wrap(hear).into_js_value();
        let _ = self.0.add_event_listener_with_callback_and_bool(name, hear.unchecked_ref(), first);
        self
    }
}

/// A share of a length for the style sheet: `12.500%`.
pub fn percent(share: f64) -> String {
    length(if share.is_nan() { 0.0 } else { share * 100.0 }, 3, "%")
}

/// A length for the style sheet: `12.5px`.
pub fn length(size: f64, decimals: usize, unit: &str) -> String {
    decimal::fixed(size, decimals) + unit
}

/// What stands in the input or text area that an event came from.
pub fn typed(event: &Event) -> String {
    from(event).map_or_else(String::new, |it| it.value())
}

/// Whether the input that an event came from is checked.
pub fn ticked(event: &Event) -> bool {
    from(event).is_some_and(|it| it.checked())
}

/// Moves the focus to the element of that name.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Of a text area this is no more than a way to its value.
fn from(event: &Event) -> Option<HtmlInputElement> {
    event.target().map(JsCast::unchecked_into)
}

fn boxed<E: JsCast>(mut hear: impl FnMut(E) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| hear(event.unchecked_into()))
}

/// Applies what a closure says, now and whenever that changes, for as long as the owner lives.
fn follow(value: Box<dyn Says>, mut apply: impl FnMut(Option<&str>) + 'static) {
    let mut last = None;
    effect(Box::new(move || {
        let now = Some(value.words());
        if now != last {
            apply(now.as_ref().and_then(|it| it.as_deref()));
            last = now;
        }
    }));
}
