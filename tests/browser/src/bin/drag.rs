//! How long a step of a drag takes: from the input event to the end of drawing, in script, as the browser has it.
//!
//! The chart of MSELoss with its overlay: both charts, two curves of 400 points, the editor and the readout. Then every
//! figure of the texts, by its first handle.

use losslens_browser_tests::{Page, Site, WebDriverResult, browse};
use serde_json::json;
use std::collections::HashSet;

/// Steps that are measured, after as many that warm the browser up.
const STEPS: usize = 300;

/// The same for a figure, of which there are many.
const STEPS_OF_FIGURE: usize = 40;

/// Where the figures are: each is measured where it comes first.
const PAGES: [&str; 12] = [
    "#/",
    "#/questions",
    "#/HuberLoss",
    "#/MSELoss",
    "#/CrossEntropyLoss",
    "#/KLDivLoss",
    "#/PoissonNLLLoss",
    "#/GaussianNLLLoss",
    "#/HingeEmbeddingLoss",
    "#/MarginRankingLoss",
    "#/TripletMarginLoss",
    "#/CTCLoss",
];

/// Moves the handle to and fro; a message is answered when everything that a move set off has run.
const DRAG: &str = r#"
const [steps, css, place, done] = arguments;
const handle = (place === null ? document : document.querySelectorAll('#app figure[data-live]')[place]).querySelector(css);
if (!handle) return done([]);
handle.scrollIntoView({ block: 'center' });
const { left, top, width, height } = handle.getBoundingClientRect();
const at = { x: left + width / 2, y: top + height / 2 };
// Upwards, too, for what stands.
const send = (name, dx) => handle.dispatchEvent(new PointerEvent(name, {
  bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1,
  clientX: at.x + dx, clientY: at.y - dx / 2,
}));
const { port1, port2 } = new MessageChannel();
const rest = () => new Promise(resolve => { port1.onmessage = resolve; port2.postMessage(0); });
const frame = () => new Promise(requestAnimationFrame);
(async () => {
  const times = [];
  send('pointerdown', 0);
  for (let k = 0; k < 2 * steps; k++) {
    // Once the browser has laid out and painted the step before, which is not the page's script.
    await frame();
    await rest();
    const start = performance.now();
    send('pointermove', 10 + (k * 7) % 90);
    await rest();
    times.push(performance.now() - start);
  }
  send('pointerup', 0);
  done(times.slice(steps).sort((a, b) => a - b));
})();
"#;

/// Brings every figure of the page, and gives the name of each.
const FIGURES: &str = r#"
const [done] = arguments;
(async () => {
  for (let tries = 0; tries < 200; tries++) {
    const waits = document.querySelector('#app figure[data-figure]:not([data-live], .picture)');
    if (!waits && document.querySelector('#app figure[data-live]')) break;
    waits?.scrollIntoView({ block: 'center' });
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
  done([...document.querySelectorAll('#app figure[data-live]')].map(it => `${it.dataset.figure} ${it.dataset.of ?? ''}`.trim()));
})();
"#;

/// The times of the steps in milliseconds, the shortest first.
async fn drag(page: &Page, steps: usize, css: &str, figure: Option<usize>) -> WebDriverResult<Vec<f64>> {
    let times = page.driver.execute_async(DRAG, vec![json!(steps), json!(css), json!(figure)]).await?;
    Ok(times.json().as_array().into_iter().flatten().filter_map(|it| it.as_f64()).collect())
}

fn report(what: &str, times: &[f64]) {
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {:.2} ms, 95 % within {:.2} ms", at(0.5), at(0.95));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        page.find(".curve-name").await?;
        report("a step of a drag (budget: 3 ms)", &drag(page, STEPS, ".handle", None).await?);
        Ok(())
    })
    .await;
    let mut seen = HashSet::new();
    for fragment in PAGES {
        let seen = &mut seen;
        browse(Site::release(), async |page| {
            page.goto(fragment).await?;
            page.wait_for(
                "a figure",
                "return !!document.querySelector('#app figure[data-figure]:not(.picture)')",
            )
            .await?;
            let figures = page.driver.execute_async(FIGURES, vec![]).await?;
            let figures: Vec<String> = serde_json::from_value(figures.json().clone())?;
            for (place, figure) in figures.into_iter().enumerate() {
                if !seen.insert(figure.clone()) {
                    continue;
                }
                let times = drag(page, STEPS_OF_FIGURE, ".knob, .scrub b", Some(place)).await?;
                if !times.is_empty() {
                    report(&format!("{figure} (budget: 16 ms)"), &times);
                }
            }
            let times = drag(page, STEPS_OF_FIGURE, "[data-figure=told] .scrub b", None).await?;
            if !times.is_empty() {
                report(&format!("the first paragraph of {fragment} (budget: 16 ms)"), &times);
            }
            Ok(())
        })
        .await;
    }
}
