//! The user interface: the only code that names Leptos or web_sys.

mod bench;
mod canvas;
mod chart;
mod dialog;
mod dom;
mod editor;
pub mod embed;
pub mod figure;
mod hand;
mod lesson;
mod loss_page;
mod motion;
mod once;
mod picture;
mod place;
mod rail;
mod reactive;
mod readout;
mod settings;
mod site;
mod theme;
mod widgets;
mod words;

use wasm_bindgen::{JsCast, JsValue};

use dom::{El, button, el, svg};
use place::{Location, Place};
use theme::Theme;

use crate::experiment::address;
use crate::ui::reactive::*;

/// Puts the app into the page.
pub fn mount() {
    put(app);
}

/// Puts into the page what a first look does not need: figures, and dialogs when they are asked for.
pub fn extras() {
    report_panics();
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let theme = Theme::follow();
        provide_context(theme);
        figure::fill_places(theme);
        dialog::answer();
    });
    std::mem::forget(owner);
}

fn put(app: fn(El)) {
    report_panics();
    let frame = document().get_element_by_id("app").and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    let frame = frame.or_else(|| document().body());
    let Some(frame) = frame else { return };
    // Effects run as tasks of the browser; whatever the page needs lives as long as it does.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| app(El::of(frame.into())));
    std::mem::forget(owner);
    announce("losslens:ready", "");
}

/// Hands what a panic says to the start-up script.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| announce("losslens:panic", &panic.to_string())));
}

/// Tells the start-up script, which lives outside of the app so that it outlives it.
fn announce(name: &str, detail: &str) {
    let options = web_sys::CustomEventInit::new();
    options.set_detail(&JsValue::from_str(detail));
    if let (Some(window), Ok(event)) =
        (web_sys::window(), web_sys::CustomEvent::new_with_event_init_dict(name, &options))
    {
        let _ = window.dispatch_event(&event);
    }
}

fn app(frame: El) {
    let location = Location::follow();
    let theme = Theme::follow();
    provide_context(theme);
    let page = move |place: &Place| match *place {
        Place::Text(name) => {
            let main =
                el("main").with((notices(location.notices), lesson::page(name), site::pictures("cards.svg")));
            (None, main)
        }
        Place::Loss(bench) => {
            let main = el("main").with((notices(location.notices), loss_page::loss_page(bench)));
            (Some(rail::rail(location)), main)
        }
    };
    frame.with((
        site::pictures("menu.svg"),
        top(theme),
        el("div.shell").live_by(move || location.place.get(), page),
    ));
}

/// The bar at the top of every page.
fn top(theme: Theme) -> El {
    let logo = svg("svg")
        .set("width", "26")
        .set("height", "26")
        .set("viewBox", "0 0 26 26")
        .set("aria-hidden", "true");
    let logo = logo.with((
        svg("circle.ring").set("cx", "13").set("cy", "13").set("r", "11.5"),
        svg("path.bowl").set("d", "M5 8 C8 20 18 20 21 8"),
        svg("circle.ball").set("cx", "13").set("cy", "17").set("r", "2.6"),
    ));
    el("header.top").with((
        el("a.brand").set("href", "#/").with((logo, "Losslens")),
        el("span.gap"),
        el("a.top-link").set("href", "#/questions").with("Questions"),
        opener(),
        el("button.quiet.theme")
            .set("type", "button")
            .bind("aria-label", move || if theme.is_dark() { "Light theme" } else { "Dark theme" })
            .say(move || if theme.is_dark() { "☀" } else { "☼" }),
    ))
}

/// The button that opens the list of all losses, which is a dialog of the program `extras`.
fn opener() -> El {
    let glass = svg("svg").set("width", "15").set("height", "15").set("viewBox", "0 0 15 15").with((
        svg("circle").set("cx", "6.2").set("cy", "6.2").set("r", "4.7"),
        svg("path").set("d", "M9.8 9.8L14 14"),
    ));
    el("button.quiet.find-button")
        .set("type", "button")
        .set("aria-haspopup", "dialog")
        .set("data-dialog", "find")
        .with((glass.set("aria-hidden", "true"), "Find a loss", el("kbd").with("/")))
}

/// What could not be read of the address, each with its key and the reason.
fn notices(notices: RwSignal<Vec<address::Notice>>) -> El {
    let notice = |it: address::Notice| el("li").with((el("code").with(it.key), " ", it.message));
    el("div").set("role", "status").live(move || {
        let read = notices.get();
        (!read.is_empty()).then(|| {
            el("section.notices").set("aria-label", "Notices").with((
                el("p").with("Some of the address could not be read; the rest is shown."),
                el("ul").with(read.into_iter().map(notice).collect::<Vec<_>>()),
                button("", move || notices.set(Vec::new())).with("Dismiss"),
            ))
        })
    })
}
