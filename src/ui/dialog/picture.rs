//! The picture of a state in the dialog: seen, and saved as SVG or PNG.

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Event, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

use crate::experiment::poster::{Captions, SIZE, svg};
use crate::experiment::{Experiment, View, number};
use crate::plot::Palette;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;
use crate::ui::theme;
use crate::ui::widgets::Segmented;

/// Pixels of the PNG for one of the picture's.
const SCALE: u32 = 2;

/// A picture in the theme of the page, unless the other one is chosen, with the links that save it.
pub fn picture(experiment: &Experiment, captions: Captions) -> (El, El, Option<El>) {
    let dark = RwSignal::new(theme::is_dark());
    let name = experiment.loss.spec.torch;
    let (as_png, as_svg) = (file("Save PNG", name, "png"), file("Save SVG", name, "svg"));
    let image = el("img.sheet-view").set("alt", &words(experiment, &captions));
    let image = image.set("width", &SIZE.0.to_string()).set("height", &SIZE.1.to_string());
    let (shown, png): (HtmlImageElement, HtmlAnchorElement) = (image.cast(), as_png.cast());
    let image = image.on("load", move |_: Event| draw(&shown, png.clone()));
    let (shown, link): (HtmlImageElement, HtmlAnchorElement) = (image.cast(), as_svg.cast());
    let state = experiment.clone();
    effect(Box::new(move || {
        let palette = if dark.get() { &Palette::DARK } else { &Palette::LIGHT };
        if let Some(address) = address_of_text(&svg(&state, &captions, palette)) {
            replace(&link, &address);
            shown.set_src(&address);
        }
    }));
    let choice = Segmented {
        name: "share-theme",
        label: "Colours of the picture",
        options: vec![("".to_owned(), "Light".to_owned()), ("dark".to_owned(), "Dark".to_owned())],
        chosen: Signal::derive(move || if dark.get() { "dark" } else { "" }.to_owned()),
        on_choose: Callback::new(move |it: String| dark.set(!it.is_empty())),
    };
    let row = el("div.sheet-row").with((choice.view(), el("span.gap"), as_png, as_svg));
    let note = (experiment.shown_view() == View::Picture)
        .then(|| el("p.note").with("The picture shows the chart of the chosen element."));
    (image, row, note)
}

/// What the picture shows, for those who do not see it.
fn words(experiment: &Experiment, captions: &Captions) -> String {
    let answer = experiment.evaluate().unwrap_or_default();
    let loss = answer.output.get(0).unwrap_or(f64::NAN);
    let slope = experiment.gradient(&answer).map(|it| number::fixed(it, 4));
    let slope = slope.map_or_else(String::new, |it| format!(", gradient of {} {it}", captions.element));
    format!("Chart of {}: loss {}{slope}", captions.call, number::fixed(loss, 4))
}

fn file(label: &'static str, name: &str, ending: &str) -> El {
    el("a.sheet-file").set("download", &format!("{name}.{ending}")).with(label)
}

/// Gives a link another file; the one before is nobody's from then on.
fn replace(link: &HtmlAnchorElement, address: &str) {
    let _ = Url::revoke_object_url(&link.href());
    link.set_href(address);
}

fn address_of_text(text: &str) -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Draws the image larger, and gives the link the PNG when it is packed.
fn draw(image: &HtmlImageElement, link: HtmlAnchorElement) {
    let canvas: HtmlCanvasElement = el("canvas").cast();
    let (width, height) = (SIZE.0 * SCALE, SIZE.1 * SCALE);
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok()) else { return };
    let (width, height) = (f64::from(width), f64::from(height));
    let _ = context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height);
    let packed = Closure::once_into_js(move |blob: Option<Blob>| {
        let address = blob.and_then(|it| Url::create_object_url_with_blob(&it).ok());
        let _ = address.map(|it| replace(&link, &it));
    });
    let _ = canvas.to_blob(packed.unchecked_ref());
}
