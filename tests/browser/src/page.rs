//! What a test does to the page and reads from it. Everything waits for a condition; nothing waits for a time.

use crate::{Browser, Site, WebDriverResult};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    fs,
    path::Path,
    time::Duration,
};
use thirtyfour::{
    By, TypingData, WebDriver, WebElement, action_chain::ActionChain, extensions::query::ElementQueryable,
};

/// How long a condition may take to come true, and how often it is looked at.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(20);
/// The time that the driver gives each movement of the pointer.
const STEP: Duration = Duration::from_millis(15);

/// The site in one browser.
pub struct Page {
    /// For what the methods below do not cover.
    pub driver: WebDriver,
    /// Which engine this is: some things can be emulated in Chromium only.
    pub browser: Browser,
    site: Site,
    /// Where the pointer is, in CSS pixels of the viewport.
    pointer: Cell<(i64, i64)>,
    /// Where other pages lie that a test visited.
    hosts: RefCell<Vec<String>>,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, browser: Browser, site: Site) -> Self {
        Self { driver, browser, site, pointer: Cell::new((0, 0)), hosts: RefCell::default() }
    }

    pub(crate) async fn quit(&self) {
        // After a failure the session may be gone already.
        let _ = self.driver.clone().quit().await;
    }

    /// The address of the page with this fragment (`#/HuberLoss?delta=2`).
    pub fn address(&self, fragment: &str) -> String {
        format!("{}{fragment}", self.site.address())
    }

    /// Opens the page anew with this fragment and waits until the program runs.
    pub async fn goto(&self, fragment: &str) -> WebDriverResult<()> {
        self.open(fragment).await?;
        self.wait_for("the program to start", "return !document.getElementById('start')").await
    }

    /// Opens the page anew with this fragment, whether or not it starts.
    pub async fn open(&self, fragment: &str) -> WebDriverResult<()> {
        // From the same page a new fragment alone would not load it again.
        self.driver.goto("about:blank").await?;
        self.driver.goto(self.address(fragment)).await
    }

    /// Changes the fragment in the running page, as a link does.
    pub async fn follow(&self, fragment: &str) -> WebDriverResult<()> {
        self.script("location.hash = arguments[0]", vec![json!(fragment)]).await.map(drop)
    }

    /// The fragment that the address bar shows, with its `#`.
    pub async fn fragment(&self) -> WebDriverResult<String> {
        self.read("return location.hash").await
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> WebDriverResult<Value> {
        Ok(self.driver.execute(body, arguments).await?.json().clone())
    }

    async fn read(&self, body: &str) -> WebDriverResult<String> {
        let value = self.script(body, vec![]).await?;
        Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// Waits until `condition`, the body of a script, returns something true.
    pub async fn wait_for(&self, what: &str, condition: &str) -> WebDriverResult<()> {
        let mut looks = tokio::time::interval(LOOK);
        let waiting = async {
            while self.script(&format!("return !!(() => {{ {condition} }})()"), vec![]).await? != json!(true)
            {
                looks.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
    }

    /// Waits until `losslens.evaluate` can be called in the page.
    pub async fn until_evaluate(&self) -> WebDriverResult<()> {
        self.script("losslens.ready.then(() => { window.canEvaluate = true })", vec![]).await?;
        self.wait_for("losslens.ready", "return window.canEvaluate").await
    }

    /// Opens somebody else's page, which may load what is in it from there and from the site.
    pub async fn visit(&self, host: &Site) -> WebDriverResult<()> {
        self.hosts.borrow_mut().push(host.address().to_owned());
        self.driver.goto(host.address()).await
    }

    /// Goes into the frame of a CSS selector: what follows happens there, until [`Page::leave`].
    pub async fn enter(&self, css: &str) -> WebDriverResult<()> {
        self.find(css).await?.enter_frame().await
    }

    /// Goes back to the page around all frames.
    pub async fn leave(&self) -> WebDriverResult<()> {
        self.driver.enter_default_frame().await
    }

    /// The element of a CSS selector, once it is there and visible.
    pub async fn find(&self, css: &str) -> WebDriverResult<WebElement> {
        self.driver.query(By::Css(css)).wait(PATIENCE, LOOK).and_displayed().desc(css).first().await
    }

    /// The element of a CSS selector, visible or not.
    pub async fn find_hidden(&self, css: &str) -> WebDriverResult<WebElement> {
        self.driver.query(By::Css(css)).wait(PATIENCE, LOOK).first().await
    }

    /// Its visible text.
    pub async fn text(&self, css: &str) -> WebDriverResult<String> {
        self.find(css).await?.text().await
    }

    /// How many elements match.
    pub async fn count(&self, css: &str) -> WebDriverResult<usize> {
        Ok(self.driver.find_all(By::Css(css)).await?.len())
    }

    /// The full-precision numbers of the element with this `data-role`: `loss`, `gradient`, …
    pub async fn numbers(&self, role: &str) -> WebDriverResult<Vec<f64>> {
        let element =
            self.driver.query(By::Css(format!("[data-role={role}]"))).wait(PATIENCE, LOOK).first().await?;
        let text = element.attr("data-value").await?.unwrap_or_default();
        let number = |part: &str| {
            part.trim().parse().unwrap_or_else(|_| panic!("[data-role={role}] has data-value=\"{text}\""))
        };
        Ok(text.split(',').map(number).collect())
    }

    /// The only number of the element with this `data-role`.
    pub async fn number(&self, role: &str) -> WebDriverResult<f64> {
        let numbers = self.numbers(role).await?;
        assert_eq!(numbers.len(), 1, "[data-role={role}] shows {numbers:?}");
        Ok(numbers[0])
    }

    /// Waits until the number of this `data-role` is within `tolerance` of `expected` (NaN for NaN).
    pub async fn expect_number(&self, role: &str, expected: f64, tolerance: f64) -> WebDriverResult<()> {
        let near = |seen: f64| {
            seen == expected || (seen - expected).abs() <= tolerance || (seen.is_nan() && expected.is_nan())
        };
        let mut looks = tokio::time::interval(LOOK);
        let mut seen = f64::NAN;
        let waiting = async {
            loop {
                seen = self.number(role).await?;
                if near(seen) {
                    return Ok(());
                }
                looks.tick().await;
            }
        };
        let outcome = tokio::time::timeout(PATIENCE, waiting).await;
        outcome.unwrap_or_else(|_| panic!("{role} is {seen}, not {expected}"))
    }

    /// Presses the pointer on the middle of an element.
    pub async fn press(&self, css: &str) -> WebDriverResult<()> {
        let element = self.find(css).await?;
        let body = "const [element] = arguments;
            element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
            const { x, y, width, height } = element.getBoundingClientRect();
            return [Math.round(x + width / 2), Math.round(y + height / 2)]";
        let middle = serde_json::from_value(self.script(body, vec![element.to_json()?]).await?)?;
        self.pointer.set(middle);
        if self.browser == Browser::Chromium {
            self.mouse(Mouse::Hover).await?;
            return self.mouse(Mouse::Press).await;
        }
        self.actions().move_to(middle.0, middle.1).click_and_hold().perform().await
    }

    /// Moves the pressed pointer by CSS pixels, in four steps as a hand would.
    pub async fn move_by(&self, dx: i64, dy: i64) -> WebDriverResult<()> {
        let (x, y) = self.pointer.get();
        let mut chain = self.actions();
        // Only Chromium's pointer leaves its window.
        let window = match self.browser {
            Browser::Chromium => (i64::MAX, i64::MAX),
            _ => serde_json::from_value(
                self.script("return [innerWidth - 1, innerHeight - 1]", vec![]).await?,
            )?,
        };
        for step in 1..=4 {
            let point = (x + dx * step / 4, y + dy * step / 4);
            let point = match self.browser {
                Browser::Chromium => point,
                _ => (point.0.clamp(0, window.0), point.1.clamp(0, window.1)),
            };
            self.pointer.set(point);
            if self.browser == Browser::Chromium {
                self.mouse(Mouse::Drag).await?;
            } else {
                chain = chain.move_to(point.0, point.1);
            }
        }
        if self.browser == Browser::Chromium { Ok(()) } else { chain.perform().await }
    }

    /// Lets the pointer go.
    pub async fn release(&self) -> WebDriverResult<()> {
        if self.browser == Browser::Chromium {
            return self.mouse(Mouse::Release).await;
        }
        self.actions().release().perform().await
    }

    fn actions(&self) -> ActionChain {
        self.driver.action_chain_with_delay(None, Some(STEP))
    }

    /// One event of Chromium's mouse, where the pointer is. The actions of WebDriver will not do there: when a
    /// command ends, chromedriver ends the pointer capture that the page took (seen in 156), and the next command
    /// moves a pointer that leaves the handle.
    async fn mouse(&self, act: Mouse) -> WebDriverResult<()> {
        let (x, y) = self.pointer.get();
        let (kind, button, buttons, clicks) = match act {
            Mouse::Hover => ("mouseMoved", "none", 0, 0),
            Mouse::Press => ("mousePressed", "left", 1, 1),
            Mouse::Drag => ("mouseMoved", "left", 1, 0),
            Mouse::Release => ("mouseReleased", "left", 0, 1),
        };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": clicks });
        self.driver.cdp().send_raw("Input.dispatchMouseEvent", event).await.map(drop)
    }

    /// Drags from the middle of an element by CSS pixels.
    pub async fn drag(&self, css: &str, dx: i64, dy: i64) -> WebDriverResult<()> {
        self.press(css).await?;
        self.move_by(dx, dy).await?;
        self.release().await
    }

    /// Clicks an element.
    pub async fn click(&self, css: &str) -> WebDriverResult<()> {
        self.find(css).await?.click().await
    }

    /// Gives an element the focus and presses keys on it (`Key::Shift + Key::Right`).
    pub async fn keys(&self, css: &str, keys: impl Into<TypingData>) -> WebDriverResult<()> {
        self.find(css).await?.send_keys(keys).await
    }

    /// Replaces the content of a box by typing, and commits it with Enter.
    pub async fn type_into(&self, css: &str, text: &str) -> WebDriverResult<()> {
        let element = self.find(css).await?;
        element.focus().await?;
        self.script("arguments[0].select()", vec![element.to_json()?]).await?;
        // Backspace first: an empty text must empty the box too.
        element.send_keys(format!("\u{e003}{text}\u{e007}")).await
    }

    /// Pastes text into an element, as from the clipboard: its paste event first, then, if nobody took it, the text.
    pub async fn paste(&self, css: &str, text: &str) -> WebDriverResult<()> {
        let element = self.find(css).await?;
        let body = "const [element, text] = arguments;
            element.focus();
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
            if (element.dispatchEvent(event)) document.execCommand('insertText', false, text);";
        self.script(body, vec![element.to_json()?, json!(text)]).await.map(drop)
    }

    /// Gives the page a viewport of this size in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> WebDriverResult<()> {
        if self.browser == Browser::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            return self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.map(drop);
        }
        self.driver.set_window_rect(0, 0, width, height).await?;
        let frame =
            self.script("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await?;
        let extra =
            |index: usize| frame[index].as_u64().and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
        self.driver.set_window_rect(0, 0, width + extra(0), height + extra(1)).await
    }

    /// How many CSS pixels the page is wider than its viewport: 0, or it scrolls sideways.
    pub async fn overflow(&self) -> WebDriverResult<i64> {
        let body = "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
        Ok(self.script(body, vec![]).await?.as_i64().unwrap_or(i64::MAX))
    }

    /// Makes the system prefer dark pages. Elsewhere than in Chromium, where that cannot be emulated, the reader's
    /// own choice is stored; call it with the site open, then [`Page::goto`].
    pub async fn prefer_dark(&self) -> WebDriverResult<()> {
        if self.browser == Browser::Chromium {
            let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
            return self.driver.cdp().send_raw("Emulation.setEmulatedMedia", dark).await.map(drop);
        }
        self.script("localStorage.setItem('losslens-theme', 'dark')", vec![]).await.map(drop)
    }

    /// Makes the system ask for little motion (Chromium; elsewhere there is no way to ask).
    pub async fn prefer_stillness(&self) -> WebDriverResult<()> {
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", still).await.map(drop)
    }

    /// Switches the scripts of all pages off (Chromium; elsewhere there is no way to ask).
    pub async fn switch_scripts_off(&self) -> WebDriverResult<()> {
        let off = json!({ "value": true });
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await.map(drop)
    }

    /// The errors of the console since the last call (Chromium; elsewhere there is no way to ask).
    pub async fn console_errors(&self) -> WebDriverResult<Vec<String>> {
        if self.browser != Browser::Chromium {
            return Ok(vec![]);
        }
        let entries = self.driver.browser_log().await?;
        Ok(entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// The requests that left the site since the last call. Chromium lists every request; the others those that
    /// the page now shown has made.
    pub async fn requests_elsewhere(&self) -> WebDriverResult<Vec<String>> {
        let requests: Vec<String> = if self.browser == Browser::Chromium {
            let entries = self.driver.get_log("performance").await?;
            entries.iter().filter_map(|entry| requested(&entry.message)).collect()
        } else {
            let names = "return performance.getEntriesByType('resource').map(entry => entry.name)";
            serde_json::from_value(self.script(names, vec![]).await?)?
        };
        let leaves = |address: &String| {
            let network = ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| address.starts_with(scheme));
            let known = |it: &String| address.starts_with(it.as_str());
            network && !address.starts_with(self.site.address()) && !self.hosts.borrow().iter().any(known)
        };
        Ok(requests.into_iter().filter(leaves).collect())
    }

    /// What axe-core finds wrong with the page as it is now, a line for each violation.
    pub async fn axe(&self) -> WebDriverResult<Vec<String>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&file).expect("axe-core: `make browser` fetches it");
        self.script(&source, vec![]).await?;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document).then(
                result => done(result.violations.map(violation => violation.id + ': ' + violation.help + ' at '
                    + violation.nodes.map(node => node.target.join(' ')).join(', '))),
                error => done([String(error)]));";
        let found = self.driver.execute_async(run, vec![]).await?;
        found.convert()
    }

    /// Writes a picture of the viewport as PNG.
    pub async fn screenshot(&self, file: &Path) -> WebDriverResult<()> {
        self.driver.screenshot(file).await
    }
}

/// What the left button of a mouse can do.
enum Mouse {
    Hover,
    Press,
    Drag,
    Release,
}

/// The address that a line of Chromium's performance log says was requested.
fn requested(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = &line["message"];
    if message["method"] != "Network.requestWillBeSent" {
        return None;
    }
    message["params"]["request"]["url"].as_str().map(str::to_owned)
}
