//! How long a call takes in a browser, beside what the native benchmark found: `make bench` has run it before.

use losslens_browser_tests::{Page, Site, WebDriverResult, browse};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// The libraries beside the losses have imports for wasm-bindgen's glue; nobody calls them.
const PAGE: &str = r#"<!doctype html><html lang="en"><title>Speed</title><link rel="icon" href="data:,"><script>
WebAssembly.compileStreaming(fetch('speed.wasm')).then(async module => {
  const unused = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (unused[from] ??= {})[name] = () => 0;
  window.speed = (await WebAssembly.instantiate(module, unused)).exports;
});
</script></html>"#;

/// What there is to measure.
const LIST: &str = r#"
const { memory, name, name_length, size } = window.speed;
const upTo = (of, make) => { const all = []; while (of(all.length)) all.push(make(all.length)); return all; };
const text = it => new TextDecoder().decode(new Uint8Array(memory.buffer, name(it), name_length(it)));
return [upTo(name_length, text), upTo(size, size)];
"#;

/// Nanoseconds of a call: the median of samples that each take long enough for the browser's coarse clock.
const MEASURE: &str = r#"
const [loss, size] = arguments;
const { prepare, run } = window.speed;
prepare(loss, size);
const time = times => {
  const start = performance.now();
  run(times);
  return performance.now() - start;
};
let times = 1;
while (time(times) < 5) times *= 2;
const samples = [];
for (let spent = 0; samples.length < 5 || spent < 150;) {
  const sample = time(times);
  spent += sample;
  samples.push(sample * 1e6 / times);
}
return samples.sort((a, b) => a - b)[samples.length >> 1];
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let folder = target.join("wasm32-unknown-unknown/release/examples");
    fs::write(folder.join("index.html"), PAGE).expect("a folder of examples: run `make bench`");
    browse(Site::of(folder), async |page| table(page, &target.join("criterion")).await).await;
}

async fn table(page: &Page, native: &Path) -> WebDriverResult<()> {
    page.open("").await?;
    page.wait_for("the module", "return window.speed").await?;
    let list = page.script(LIST, vec![]).await?;
    let list = |place: usize| list[place].as_array().cloned().unwrap_or_default();
    let (names, sizes) = (list(0), list(1));
    println!("{:36}{:>9}{:>12}{:>12}{:>8}", "loss", "elements", "native", "wasm", "ratio");
    let mut ratios = Vec::new();
    for (loss, name) in names.iter().filter_map(Value::as_str).enumerate() {
        for size in sizes.iter().filter_map(Value::as_u64) {
            let wasm = page.script(MEASURE, vec![json!(loss), json!(size)]).await?.as_f64();
            let file = native.join(format!("{name}/{size}/new/estimates.json"));
            let native = fs::read_to_string(file).ok().and_then(|it| estimate(&it));
            let ratio = wasm.zip(native).map(|(wasm, native)| wasm / native);
            ratios.extend(ratio);
            let ratio = ratio.map_or_else(|| "-".to_owned(), |it| format!("{it:.2}"));
            println!("{name:36}{size:>9}{:>12}{:>12}{ratio:>8}", shown(native), shown(wasm));
        }
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(middle) = ratios.get(ratios.len() / 2) {
        println!("wasm takes {middle:.2} times as long as native code in the middle of the {}", ratios.len());
    }
    Ok(())
}

/// Criterion's median, in nanoseconds.
fn estimate(text: &str) -> Option<f64> {
    serde_json::from_str::<Value>(text).ok()?["median"]["point_estimate"].as_f64()
}

fn shown(nanoseconds: Option<f64>) -> String {
    match nanoseconds {
        None => "-".to_owned(),
        Some(it) if it < 1e3 => format!("{it:.0} ns"),
        Some(it) if it < 1e6 => format!("{:.1} µs", it / 1e3),
        Some(it) => format!("{:.1} ms", it / 1e6),
    }
}
