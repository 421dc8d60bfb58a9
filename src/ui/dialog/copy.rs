//! Copying with one click, and what is said of it. Where the clipboard is refused, the text is selected instead.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlTextAreaElement, Navigator};

use crate::ui::dom::{El, button, el};
use crate::ui::reactive::*;

/// What was done last, in words for eyes and screen readers. One for each dialog or figure.
#[derive(Clone, Copy)]
pub struct Said(RwSignal<String>);

impl Said {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// Says it, also if it was the last thing said.
    pub fn say(self, words: impl Into<String>) {
        let words = words.into();
        // A screen reader hears a change only.
        let again = self.0.try_get_untracked().is_some_and(|it| it == words);
        self.0.set(if again { words + "\u{a0}" } else { words });
    }

    /// The line that says it.
    pub fn view(self) -> El {
        el("p.sheet-said").set("role", "status").say(move || self.0.get())
    }

    /// A button that copies what stands in an element: a field, or any other that has text. `what` is its name in a
    /// sentence: "the link".
    pub fn copy(self, classes: &str, label: &'static str, what: &'static str, from: &El) -> El {
        let from: Element = from.cast();
        button(classes, move || self.copy_from(what, from.clone())).with(label)
    }

    fn copy_from(self, what: &'static str, from: Element) {
        let text = match from.dyn_ref::<HtmlTextAreaElement>() {
            Some(area) => area.value(),
            None => field(&from).map_or_else(|| from.text_content().unwrap_or_default(), |it| it.value()),
        };
        Executor::spawn_local(async move {
            match write(&text).await {
                Some(()) => self.say(format!("Copied {what}.")),
                None => {
                    select(&from);
                    self.say(format!(
                        "The browser keeps the clipboard to itself: {what} is selected, copy it from there."
                    ));
                }
            }
        });
    }
}

/// The browser, for what may be missing in it.
pub fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator())
}

/// Whether something of the browser is there: the clipboard is not on pages that came over a plain connection.
pub fn has(owner: &JsValue, name: &str) -> bool {
    js_sys::Reflect::get(owner, &JsValue::from_str(name)).is_ok_and(|it| !it.is_undefined())
}

async fn write(text: &str) -> Option<()> {
    let navigator = navigator().filter(|it| has(it, "clipboard"))?;
    JsFuture::from(navigator.clipboard().write_text(text)).await.ok().map(drop)
}

fn field(element: &Element) -> Option<web_sys::HtmlInputElement> {
    element.dyn_ref().cloned()
}

fn select(element: &Element) {
    match (element.dyn_ref::<HtmlTextAreaElement>(), field(element)) {
        (Some(area), _) => {
            let _ = area.focus();
            area.select();
        }
        (_, Some(input)) => {
            let _ = input.focus();
            input.select();
        }
        _ => {
            let selection = web_sys::window().and_then(|it| it.get_selection().ok().flatten());
            let _ = selection.map(|it| it.select_all_children(element));
        }
    }
}
