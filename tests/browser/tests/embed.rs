//! `<loss-lens>` in a page of another origin.

use losslens_browser_tests::{Page, Site, WebDriverResult, browse};
use serde_json::{Value as Json, json};

const HUBER: &str = r#"loss="HuberLoss" input="0.4,-1.5,2.3" target="0,1,1.25" delta="1""#;

/// (0.5 · 0.4² + (2.5 − 0.5) + (1.05 − 0.5)) ÷ 3.
const HUBER_LOSS: f64 = 2.63 / 3.0;

/// Opens a page that loads the element's script from the site and holds `body`.
async fn visit(page: &Page, body: &str, policy: &str) -> WebDriverResult<()> {
    let script = page.address("embed.js");
    page.visit(&Site::host(&format!(r#"{body}<script src="{script}"></script>"#), policy)).await
}

/// A promise's result, or its error's message.
async fn settled(page: &Page, expression: &str) -> WebDriverResult<Json> {
    let body = format!(
        "const done = arguments[arguments.length - 1];
         const it = selector => document.querySelector(selector);
         Promise.resolve().then(() => {expression}).then(done, error => done(error.message));"
    );
    Ok(page.driver.execute_async(&body, vec![]).await?.json().clone())
}

fn near(number: &Json, expected: f64) -> bool {
    number.as_f64().is_some_and(|it| (it - expected).abs() < 1e-12)
}

const READY: &str = "return [...document.querySelectorAll('loss-lens')].every(it => it.result)";

#[tokio::test]
async fn the_element_shows_reports_and_follows() {
    browse(Site::release(), async |page| {
        let body = format!(r#"<p id="before">before</p><loss-lens {HUBER}><a href="/">Huber loss</a></loss-lens>
            <loss-lens loss="MSELoss" show="readout" theme="dark" title="Squares"></loss-lens>"#);
        let listen = "<script>window.heights = [];
            for (const it of document.querySelectorAll('loss-lens')) it.addEventListener('resize', () => heights.push(it.offsetHeight))
            </script>";
        visit(page, &format!("{body}{listen}"), "").await?;
        page.wait_for("both elements", READY).await?;
        page.wait_for("both heights", "return heights.length > 1").await?;
        let first = page.script("return document.querySelector('loss-lens').result", vec![]).await?;
        assert!(near(&first["loss"], HUBER_LOSS), "{first}");
        // ½ · 0.4² has the slope 0.4; the mean divides it by 3.
        assert!(near(&first["gradients"]["input"]["data"][0], 0.4 / 3.0), "{first}");
        assert_eq!(first["case"]["loss"], "HuberLoss");
        let state = page.script("return document.querySelector('loss-lens').state", vec![]).await?;
        assert_eq!(state, "HuberLoss?input=0.4,-1.5,2.3&target=0,1,1.25");
        // What stood there for want of it is gone, nothing took the focus, and the second has its title.
        let body = "return [document.querySelector('loss-lens a').hidden, document.activeElement.tagName,
            document.querySelector('[theme] iframe').title]";
        assert_eq!(page.script(body, vec![]).await?, json!([true, "BODY", "Squares"]));

        // 0.5 · 0.4² + 2 · (2.5 − 1) + 0.5 · 1.05².
        let listen = "window.changes = []; const it = document.querySelector('loss-lens');
            it.addEventListener('change', ({ detail }) => changes.push(detail.state)); it.setAttribute('delta', '2')";
        page.script(listen, vec![]).await?;
        let loss = "const { loss } = document.querySelector('loss-lens').result; return Math.abs(loss - arguments0) < 1e-12";
        page.wait_for("the other delta", &loss.replace("arguments0", "3.63125 / 3")).await?;
        page.script("document.querySelector('loss-lens').state = 'L1Loss?input=3&target=1'", vec![]).await?;
        page.wait_for("another loss", &loss.replace("arguments0", "2")).await?;

        page.wait_for("both changes", "return changes.at(-1) === 'L1Loss?input=3&target=1'").await?;

        let case = "{ loss: 'L1Loss', inputs: { input: { shape: [], data: [3] }, target: { shape: [], data: [1] } } }";
        let answer = settled(page, &format!("it('[theme]').evaluate({case})")).await?;
        assert_eq!(answer["output"], json!({ "shape": [], "data": [2] }));
        assert_eq!(settled(page, "it('[theme]').get()").await?["state"], "MSELoss");

        // Room is kept from the beginning, and changes once.
        let heights = page.script("return heights", vec![]).await?;
        assert_eq!(heights.as_array().map(Vec::len), Some(2), "{heights}");

        page.enter("[theme] iframe").await?;
        let body = "return [document.documentElement.dataset.theme,
            document.documentElement.scrollHeight <= innerHeight, !!document.querySelector('.panel').offsetParent]";
        page.wait_for("the frame to be as high as its content", "return document.documentElement.scrollHeight <= innerHeight").await?;
        assert_eq!(page.script(body, vec![]).await?, json!(["dark", true, false]));
        page.leave().await
    })
    .await;
}

#[tokio::test]
async fn strangers_are_not_listened_to() {
    browse(Site::release(), async |page| {
        // A third page, between the two, that speaks to both in the form of the messages.
        let stranger = "<iframe id=stranger sandbox=allow-scripts srcdoc=\"<script>onmessage = () => {
            const more = { losslens: 1, loss: 13, state: 'MSELoss' };
            parent.postMessage({ type: 'ready', ...more }, '*');
            parent.postMessage({ type: 'resize', height: 9999, ...more }, '*');
            parent.frames[0].postMessage({ type: 'set', ...more }, '*');
            parent.postMessage('done', '*');
            }</script>\"></iframe>";
        visit(page, &format!("<loss-lens {HUBER}></loss-lens>{stranger}"), "").await?;
        page.wait_for("the element", READY).await?;
        let body = "addEventListener('message', it => { if (it.data === 'done') window.done = true });
            document.querySelector('#stranger').contentWindow.postMessage('go', '*');
            for (const data of [null, 3, {}, { losslens: 1 }, { losslens: 1, type: 'ready' }]) postMessage(data, '*');";
        page.wait_for("frames", "return frames.length === 2").await?;
        page.script(body, vec![]).await?;
        page.wait_for("the stranger", "return window.done").await?;
        let now = settled(page, "it('loss-lens').get()").await?;
        assert!(near(&now["loss"], HUBER_LOSS), "{now}");
        let body = "const it = document.querySelector('loss-lens'); return [it.result.loss === 13, it.offsetHeight === 9999]";
        assert_eq!(page.script(body, vec![]).await?, json!([false, false]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn attributes_as_authors_and_frameworks_write_them() {
    browse(Site::release(), async |page| {
        // A name with a space, HTML's way to say True, attributes of other tools, a height with a unit, bare text.
        let body = r#"<style>.away { display: none }</style>
            <loss-lens id=first loss="GaussianNLLLoss" input="[0.4, -1.5]" target="0,
                1" var="1,1" full names="flat,tall house" height="333px" _ngcontent-a-1 data-v-7 key-b="3">Loading…</loss-lens>
            <loss-lens id=gone loss="MSELoss" hidden></loss-lens><loss-lens id=away class=away loss="MSELoss"></loss-lens>"#;
        visit(page, body, "").await?;
        page.wait_for("the element", "return document.querySelector('#first').result").await?;
        let first = page.script("return document.querySelector('#first').result", vec![]).await?;
        assert_eq!(first["notices"], json!([]));
        // ½ (0.4² + 2.5²) ÷ 2 + ½ ln 2π.
        let expected = (0.16 + 6.25) / 4.0 + (2.0 * std::f64::consts::PI).ln() / 2.0;
        assert!(near(&first["loss"], expected), "{first}");
        assert_eq!(first["state"], "GaussianNLLLoss?input=0.4,-1.5&target=0,1&var=1,1&full=True&names=flat,tall%20house");
        let body = "return [document.querySelector('#first').textContent,
            ...['#gone', '#away'].map(it => document.querySelector(it).offsetHeight)]";
        assert_eq!(page.script(body, vec![]).await?, json!(["", 0, 0]));
        page.script("document.querySelector('#gone').hidden = false", vec![]).await?;
        page.wait_for("the one that was hidden", "return document.querySelector('#gone').result").await
    })
    .await;
}

#[tokio::test]
async fn what_a_hand_has_changed_stays_when_an_attribute_changes() {
    browse(Site::release(), async |page| {
        visit(
            page,
            r#"<loss-lens loss="HuberLoss" input="2" target="0" at="input" delta="1"></loss-lens>"#,
            "",
        )
        .await?;
        page.wait_for("the element", READY).await?;
        let steps = page.script("return history.length", vec![]).await?;
        page.enter("loss-lens iframe").await?;
        page.type_into("#entry-0-0", "4").await?;
        page.leave().await?;
        let loss = |what: f64| format!("return document.querySelector('loss-lens').result.loss === {what}");
        page.wait_for("the hand's number", &loss(3.5)).await?;
        let set = |name: &str, value: &str| {
            format!("document.querySelector('loss-lens').setAttribute('{name}', '{value}')")
        };
        // 2 (4 − 1), then 2 (6 − 1), and with more numbers the mean of ½ and ½ · 4.
        page.script(&set("delta", "2"), vec![]).await?;
        page.wait_for("the other delta", &loss(6.0)).await?;
        page.script(&set("input", "6"), vec![]).await?;
        page.wait_for("the other input", &loss(10.0)).await?;
        page.script(&format!("{}; {}", set("input", "1,2"), set("target", "0,0")), vec![]).await?;
        page.wait_for("two numbers", &loss(1.25)).await?;
        // Of another loss nothing stays.
        page.script(
            &format!(
                "{}; {}",
                set("loss", "L1Loss"),
                "document.querySelector('loss-lens').removeAttribute('delta')"
            ),
            vec![],
        )
        .await?;
        page.wait_for("another loss", &loss(1.5)).await?;
        let notices = "return document.querySelector('loss-lens').result.notices.length";
        assert_eq!(page.script(notices, vec![]).await?, json!(0));
        assert_eq!(page.script("return history.length", vec![]).await?, steps, "no step of the history");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_asks_need_not_scroll() {
    browse(Site::release(), async |page| {
        visit(page, &format!("<div style='height: 5000px'></div><loss-lens {HUBER}></loss-lens>"), "")
            .await?;
        let now = settled(page, "it('loss-lens').get()").await?;
        assert!(near(&now["loss"], HUBER_LOSS), "{now}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn silence_is_said() {
    browse(Site::release(), async |page| {
        let nowhere = page.address("icon.svg");
        let body = format!(r#"<loss-lens {HUBER} src="{nowhere}"></loss-lens>"#);
        visit(page, &body, "").await?;
        let listen = "document.querySelector('loss-lens').addEventListener('error', it => { window.said = it.detail.message })";
        page.script(listen, vec![]).await?;
        let said = format!("return window.said?.startsWith('no embed answers from {nowhere}')");
        page.wait_for("what is wrong", &said).await
    })
    .await;
}

#[tokio::test]
async fn a_page_on_the_disk_can_hold_an_element() {
    browse(Site::release(), async |page| {
        let site = Site::folder().canonicalize()?;
        let file = site.join("../target/host.html");
        let body = format!(r#"<!doctype html><title>Host</title><loss-lens {HUBER}></loss-lens><script src="{}/embed.js"></script>"#, site.display());
        std::fs::write(&file, body)?;
        page.driver.goto(format!("file://{}", file.display())).await?;
        page.wait_for("the element", READY).await?;
        let loss = page.script("return document.querySelector('loss-lens').result.loss", vec![]).await?;
        assert!(near(&loss, HUBER_LOSS), "{loss}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_element_that_goes_while_it_loads_leaves_no_trace() {
    browse(Site::release(), async |page| {
        visit(page, &format!("<loss-lens id=stays {HUBER}></loss-lens>"), "").await?;
        let body = "window.outcomes = [];
            for (const delay of [0, 30, 100, 300]) {
                const it = document.createElement('loss-lens');
                it.setAttribute('loss', 'MSELoss');
                document.body.prepend(it);
                it.get().catch(error => outcomes.push(error.message));
                setTimeout(() => it.remove(), delay);
            }";
        page.script(body, vec![]).await?;
        page.wait_for(
            "all answers",
            "return outcomes.length === 4 && outcomes.every(it => it.includes('removed'))",
        )
        .await?;
        page.wait_for("the one that stays", READY).await?;
        // Taken out and put elsewhere, it begins anew.
        page.script(
            "const it = document.querySelector('#stays'); it.remove(); document.body.append(it)",
            vec![],
        )
        .await?;
        page.wait_for("the element again", READY).await
    })
    .await;
}

#[tokio::test]
async fn a_strict_host_needs_to_allow_a_script_and_a_frame() {
    browse(Site::release(), async |page| {
        let site = page.address("");
        let policy = format!(
            "default-src 'none'; img-src data:; script-src {site}embed.js; frame-src {site}embed.html"
        );
        visit(page, &format!("<loss-lens {HUBER}></loss-lens>"), &policy).await?;
        page.wait_for("the element", READY).await
    })
    .await;
}
