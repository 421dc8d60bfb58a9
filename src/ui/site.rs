//! The site's other files, fetched when they are wanted.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, Response};

use super::dom::{El, el};
use crate::ui::reactive::*;

/// Fetches a file of the site as text and hands it on; `None` if it cannot be had.
pub fn fetch(file: &str, then: impl FnOnce(Option<String>) + 'static) {
    start(format!("{}{file}", base()), Box::new(then));
}

/// The folder that the site lies in. The page itself may lie one below.
pub fn base() -> String {
    let program =
        document().get_element_by_id("app-js").map(|it| it.unchecked_into::<HtmlLinkElement>().href());
    program.and_then(|it| Some(it.rsplit_once('/')?.0.to_owned() + "/")).unwrap_or_default()
}

fn start(address: String, then: Box<dyn FnOnce(Option<String>)>) {
    Executor::spawn_local(async move { then(text(&address).await) });
}

async fn text(address: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let response: Response = response.unchecked_into();
    let text = response.text().ok().filter(|_| response.ok())?;
    JsFuture::from(text).await.ok()?.as_string()
}

/// The pictures of all losses in one size, out of sight, for others to point at: `menu.svg`, `cards.svg`.
pub fn pictures(file: &str) -> El {
    let place = el("div.hidden");
    let here = place.clone();
    fetch(file, move |file| {
        here.html(&file.unwrap_or_default());
    });
    place
}
