//! How long a step of a drag takes: from the input event to the end of drawing, in script, as the browser has it.
//!
//! The chart of MSELoss with its overlay: both charts, two curves of 400 points, the editor and the readout.

use losslens_browser_tests::{Site, browse};
use serde_json::json;

/// Steps that are measured, after as many that warm the browser up.
const STEPS: usize = 300;

/// Moves the handle to and fro; a message is answered when everything that a move set off has run.
const DRAG: &str = r#"
const [steps, done] = arguments;
const handle = document.querySelector('.handle');
const { left, top, width, height } = handle.getBoundingClientRect();
const at = { x: left + width / 2, y: top + height / 2 };
const send = (name, dx) => handle.dispatchEvent(new PointerEvent(name, {
  bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1,
  clientX: at.x + dx, clientY: at.y,
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

#[tokio::main(flavor = "current_thread")]
async fn main() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        page.find(".curve-name").await?;
        let times = page.driver.execute_async(DRAG, vec![json!(STEPS)]).await?;
        let times: Vec<f64> =
            times.json().as_array().into_iter().flatten().filter_map(|it| it.as_f64()).collect();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!("a step of a drag: median {:.2} ms, 95 % within {:.2} ms (budget: 3 ms)", at(0.5), at(0.95));
        Ok(())
    })
    .await;
}
