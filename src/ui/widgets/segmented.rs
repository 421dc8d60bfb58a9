//! One of several: a row of radio buttons that looks like a switch.

use web_sys::Event;

use crate::ui::dom::{El, el};
use crate::ui::reactive::*;

/// A choice among a few words. `name` must be unique on the page.
pub struct Segmented<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// The value and the word of each choice.
    pub options: Vec<(String, String)>,
    pub chosen: Signal<String>,
    pub on_choose: Callback<String>,
}

impl Segmented<'_> {
    /// The row of buttons.
    pub fn view(self) -> El {
        let Self { name, label, options, chosen, on_choose } = self;
        let button = |(value, word): (String, String)| {
            let input = el("input").set("type", "radio").set("name", name).set("value", &value);
            let to_choose = value.clone();
            el("label").with((
                input
                    .checked(move || chosen.get() == value)
                    .on("change", move |_: Event| on_choose.run(to_choose.clone())),
                el("span").with(word),
            ))
        };
        el("div.segmented")
            .set("role", "radiogroup")
            .set("aria-label", label)
            .with(options.into_iter().map(button).collect::<Vec<_>>())
    }
}
