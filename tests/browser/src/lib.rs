//! Losslens in a real browser: what every browser test stands on.
//!
//! A test is one async function around [`browse`], in a file of its own under `tests/`:
//!
//! ```no_run
//! # use losslens_browser_tests::*;
//! #[tokio::test]
//! async fn the_arrow_keys_move_the_prediction() {
//!     browse(Site::release(), async |page| {
//!         page.goto("#/HuberLoss").await?;
//!         page.keys("[data-role=handle]", Key::Right).await?;
//!         page.expect_number("loss", 1.5, 1e-12).await
//!     })
//!     .await;
//! }
//! ```
//!
//! It gets the release build in `dist/` (`make build`), a static server, a driver and a browser of its own, and
//! fails at its end if the console said an error that the test did not ask for ([`Page::console_errors`]) or if
//! a request left the site. `BROWSER` is `chromium` (the default), `firefox` or `webkit`.

mod driver;
mod page;
mod site;

pub use driver::Browser;
pub use page::Page;
pub use site::Site;
pub use thirtyfour::{Key, error::WebDriverResult};

use driver::Driver;
use futures_util::FutureExt;
use std::{panic, panic::AssertUnwindSafe, path::Path, time::Duration};

/// The longest that one test may take.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs `test` on a page of its own, and quits the browser however it ends.
///
/// # Panics
/// The test fails, takes too long, leaves an error in the console, or made the page reach out of the site.
pub async fn browse(site: Site, test: impl AsyncFnOnce(&Page) -> WebDriverResult<()>) {
    let driver = Driver::start().await;
    let page = Page::new(driver.session().await, driver.browser, site);
    let checked = async {
        test(&page).await?;
        assert_eq!(page.console_errors().await?, Vec::<String>::new(), "errors in the console");
        assert_eq!(page.requests_elsewhere().await?, Vec::<String>::new(), "requests that leave the site");
        WebDriverResult::Ok(())
    };
    let outcome = AssertUnwindSafe(tokio::time::timeout(LIMIT, checked)).catch_unwind().await;
    if !matches!(outcome, Ok(Ok(Ok(())))) {
        picture_of_failure(&page).await;
    }
    page.quit().await;
    drop(driver);
    match outcome {
        Err(panicked) => panic::resume_unwind(panicked),
        Ok(Err(_)) => panic!("the test took longer than {LIMIT:?}"),
        Ok(Ok(Err(error))) => panic!("{error}"),
        Ok(Ok(Ok(()))) => {}
    }
}

/// Leaves a screenshot named after the test, whose thread carries its name.
async fn picture_of_failure(page: &Page) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-failures");
    let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let file = folder.join(format!("{name}.png"));
    if std::fs::create_dir_all(&folder).is_ok() && page.screenshot(&file).await.is_ok() {
        eprintln!("what the page showed: {}", file.display());
    }
}
