//! The user interface: the only code that names Leptos, web_sys or plotters_canvas.

mod bench;
mod canvas;
mod chart;
mod editor;
mod find;
mod hand;
mod home;
mod loss_page;
mod motion;
mod once;
mod picture;
mod place;
mod rail;
mod readout;
mod settings;
mod theme;
mod widgets;
mod words;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use place::{Location, Place};
use theme::Theme;

/// Puts the app into the page.
pub fn mount() {
    std::panic::set_hook(Box::new(|panic| announce("losslens:panic", &panic.to_string())));
    let frame = document().get_element_by_id("app").and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    match frame {
        Some(frame) => mount_to(frame, App).forget(),
        None => mount_to_body(App),
    }
    announce("losslens:ready", "");
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

#[component]
fn App() -> impl IntoView {
    let location = Location::follow();
    let theme = Theme::follow();
    provide_context(theme);
    view! {
        <header class="top">
            <a class="brand" href="#/">
                <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
                    <circle class="ring" cx="13" cy="13" r="11.5"/>
                    <path class="bowl" d="M5 8 C8 20 18 20 21 8"/>
                    <circle class="ball" cx="13" cy="17" r="2.6"/>
                </svg>
                "Losslens"
            </a>
            <span class="gap"></span>
            <find::Find/>
            <button type="button" class="quiet theme" on:click=move |_| theme.toggle()
                aria-label=move || if theme.is_dark() { "Light theme" } else { "Dark theme" }>
                {move || if theme.is_dark() { "☀" } else { "☼" }}
            </button>
        </header>
        <div class="shell">
            {move || match location.place.get() {
                Place::Home => view! { <main><Notices location/><home::Home/></main> }.into_any(),
                Place::Loss(bench) => view! {
                    <rail::Rail location/>
                    <main><Notices location/><loss_page::LossPage bench/></main>
                }.into_any(),
            }}
        </div>
    }
}

/// What could not be read of the address, each with its key and the reason.
#[component]
fn Notices(location: Location) -> impl IntoView {
    let notices = location.notices;
    view! {
        <div role="status">
            {move || (!notices.read().is_empty()).then(|| view! {
                <section class="notices" aria-label="Notices">
                    <p>"Some of the address could not be read; the rest is shown."</p>
                    <ul>
                        {notices.get().into_iter().map(|it| view! {
                            <li><code>{it.key}</code>" "{it.message}</li>
                        }).collect_view()}
                    </ul>
                    <button type="button" on:click=move |_| notices.set(Vec::new())>"Dismiss"</button>
                </section>
            })}
        </div>
    }
}
