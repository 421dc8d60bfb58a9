//! The embed and `<loss-lens>` in a page of another origin.

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
        let listen = "<script>const heights = [];
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

/// A host that keeps every message, in the strictest sandbox that runs scripts.
fn strict(page: &Page, fragment: &str) -> String {
    format!(
        r#"<p>before</p><iframe sandbox="allow-scripts" width="700" height="900" src="{}"></iframe><p>after</p><script>
        const seen = [];
        const frame = document.querySelector('iframe');
        addEventListener('message', ({{ source, data }}) => source === frame.contentWindow && seen.push(data));
        const post = message => frame.contentWindow.postMessage({{ losslens: 1, ...message }}, '*');
        const last = type => seen.findLast(it => it.type === type);
        </script><div style="height:3000px"></div>"#,
        page.address(&format!("embed.html{fragment}"))
    )
}

#[tokio::test]
async fn the_messages_work_in_a_strict_sandbox() {
    browse(Site::release(), async |page| {
        page.visit(&Site::host(
            &strict(page, "#/HuberLoss?input=0.4,-1.5,2.3&target=0,1,1.25&show=chart,editor,readout"),
            "",
        ))
        .await?;
        page.wait_for("ready", "return last('ready') && last('resize')").await?;
        let ready = page.script("return last('ready')", vec![]).await?;
        assert!(near(&ready["loss"], HUBER_LOSS) && ready["losslens"] == 1, "{ready}");

        page.script("post({ type: 'set', id: 7, state: 'HuberLoss?input=2&target=0&delta=1' })", vec![])
            .await?;
        page.wait_for("the answer to set", "return last('state')?.id === 7").await?;
        assert_eq!(page.script("return last('state').loss", vec![]).await?, json!(1.5));
        page.script("post({ type: 'set', id: 8, show: 'readout' })", vec![]).await?;
        page.wait_for("fewer panels", "return last('state')?.id === 8").await?;
        assert_eq!(page.script("return last('state').loss", vec![]).await?, json!(1.5), "the state stays");
        page.script("post({ type: 'set', show: '' })", vec![]).await?;

        for (message, part) in [
            ("{ type: 'set', id: 1, state: 3 }", "state must be a string"),
            ("{ type: 'dance', id: 1 }", "no answer to"),
            ("{ losslens: 2, type: 'get', id: 1 }", "version 1"),
            ("{ type: 'set', state: 'HuperLoss' }", "did you mean HuberLoss"),
            ("{ type: 'set', state: 'HuberLoss?input=1,2,&tar' }", "no such argument"),
        ] {
            page.script(&format!("seen.length = 0; post({message})"), vec![]).await?;
            let said = format!(
                "return seen.some(it => it.type === 'error' && it.message.includes({}))",
                json!(part)
            );
            page.wait_for(part, &said).await?;
        }
        // What is no message of ours is passed over in silence.
        page.script("post({ type: 'set', state: 'HuberLoss?input=2&target=0' }); seen.length = 0", vec![])
            .await?;
        for other in [
            "3",
            "null",
            "'losslens'",
            "{ losslens: '1', type: 'get' }",
            "{ losslens: 1 }",
            "{ losslens: 1, type: 7 }",
        ] {
            page.script(&format!("frame.contentWindow.postMessage({other}, '*')"), vec![]).await?;
        }
        page.script("post({ type: 'get', id: 'x' })", vec![]).await?;
        // The answer to the `set` before may come after it.
        let answered = "return seen.some(it => it.type === 'state' && it.id === 'x')";
        page.wait_for("the answer to get", answered).await?;
        assert_eq!(page.script("return seen.filter(it => it.type === 'error')", vec![]).await?, json!([]));

        // A hand inside: the host hears of it.
        page.enter("iframe").await?;
        page.type_into("#entry-0-0", "3").await?;
        assert_eq!(
            page.script("try { localStorage; return 'stored' } catch { return origin }", vec![]).await?,
            "null"
        );
        page.leave().await?;
        page.wait_for("change", "return last('change')?.loss === 2.5").await
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_without_forms_and_windows_degrades() {
    browse(Site::release(), async |page| {
        page.visit(&Site::host(&strict(page, "#/HuberLoss"), "")).await?;
        page.wait_for("ready", "return last('ready')").await?;
        page.enter("iframe").await?;
        page.script("document.querySelector('.actions [aria-expanded]').click()", vec![]).await?;
        page.type_into(".paste textarea", "1, 2, 3, 4").await?;
        page.script("document.querySelector('.paste [type=submit]').click()", vec![]).await?;
        page.expect_number("loss", 1.03125, 1e9).await?;
        page.wait_for("the pasted numbers", "return document.querySelector('#entry-0-3').value === '4'")
            .await?;
        // The way to the whole page becomes an address to copy.
        page.script("document.querySelector('a.whole').click()", vec![]).await?;
        let address = page.script("return document.querySelector('.foot input').value", vec![]).await?;
        assert!(
            address.as_str().is_some_and(|it| it.starts_with(&page.address("#/HuberLoss?input=1,2,3,4"))),
            "{address}"
        );
        page.leave().await?;
        // Chromium says that it kept the window shut.
        let errors = page.console_errors().await?;
        assert!(errors.iter().all(|it| it.contains("sandboxed frame")), "{errors:?}");
        Ok(())
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
async fn who_asks_need_not_scroll_and_is_always_answered() {
    browse(Site::release(), async |page| {
        visit(page, &format!("<div style='height: 5000px'></div><loss-lens {HUBER}></loss-lens>"), "")
            .await?;
        let now = settled(page, "it('loss-lens').get()").await?;
        assert!(near(&now["loss"], HUBER_LOSS), "{now}");
        // Letters that an address encodes: the second time nothing changes, and that is an answer too.
        page.visit(&Site::host(&strict(page, "#/HuberLoss"), "")).await?;
        page.wait_for("ready", "return last('ready')").await?;
        for id in [1, 2, 3] {
            let state = r#"HuberLoss?input=1&target=0&names=a b "c" <d>&unit=€"#;
            page.script(&format!("post({{ type: 'set', id: {id}, state: '{state}' }})"), vec![]).await?;
            page.wait_for("the answer", &format!("return last('state')?.id === {id}")).await?;
        }
        page.script("post({ type: 'set', id: 4, keys: { delta: 0.25, unit: null, names: 'a&b' } })", vec![])
            .await?;
        page.wait_for("the answer", "return last('state')?.id === 4").await?;
        let state = page.script("return last('state').state", vec![]).await?;
        assert_eq!(state, "HuberLoss?input=1&target=0&delta=0.25&names=a%26b");
        page.script("post({ type: 'set', id: 5, keys: { delta: {} } })", vec![]).await?;
        page.wait_for("a refusal", "return last('error')?.message.includes('keys must be strings')").await
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

#[tokio::test]
async fn the_wheel_goes_on_to_the_host() {
    browse(Site::release(), async |page| {
        page.visit(&Site::host(&strict(page, "#/HuberLoss?show=chart"), "")).await?;
        page.wait_for("ready", "return last('ready')").await?;
        if page.browser == losslens_browser_tests::Browser::Chromium {
            let wheel = json!({ "type": "mouseWheel", "x": 300, "y": 250, "deltaX": 0, "deltaY": 400 });
            page.driver.cdp().send_raw("Input.dispatchMouseEvent", wheel).await?;
            page.wait_for("the host to scroll", "return scrollY > 100").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_locked_cannot_be_changed() {
    browse(Site::release(), async |page| {
        page.goto(
            "embed.html#/HuberLoss?input=2,1&target=0,0&lock=delta,target&show=editor,settings,readout",
        )
        .await?;
        // (1.5 + 0.5) ÷ 2.
        page.expect_number("loss", 1.0, 0.0).await?;
        let body = "return ['#arg-delta', '#entry-1-0', '#entry-0-0', '[name=reduction]']
            .map(it => document.querySelector(it).disabled)";
        page.wait_for("the locks", "return document.querySelector('#arg-delta').disabled").await?;
        assert_eq!(page.script(body, vec![]).await?, json!([true, true, false, false]));
        // Neither by its knob: the state itself refuses.
        page.drag(".knob.target", 20, 0).await?;
        page.expect_number("loss", 1.0, 0.0).await?;
        page.type_into("#entry-0-0", "1").await?;
        page.expect_number("loss", 0.5, 0.0).await?;
        assert!(page.fragment().await?.ends_with("&lock=delta,target&show=editor,settings,readout"));
        let shown = "return ['.charts', '.editor', '.settings', '.readout', '.foot .signature']
            .map(it => !!document.querySelector(it)?.offsetParent)";
        assert_eq!(page.script(shown, vec![]).await?, json!([false, true, true, true, false]));
        page.follow("#/HuberLoss?input=2,1&target=0,0&lock=editor").await?;
        page.wait_for("the other locks", "return !document.querySelector('#arg-delta').disabled").await?;
        assert_eq!(page.script(body, vec![]).await?, json!([false, true, true, false]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bad_address_is_said_and_the_rest_works() {
    browse(Site::release(), async |page| {
        page.goto("embed.html#/HuperLoss").await?;
        assert!(page.text(".notices").await?.contains("did you mean HuberLoss?"));
        page.follow("#/HuberLoss?input=1,2&targ").await?;
        page.find("[data-role=loss]").await?;
        assert!(page.text(".notices").await?.contains("targ"));
        page.goto("embed.html").await?;
        assert!(page.text(".notices").await?.contains("embed.html#/HuberLoss"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_still_waits_for_a_click() {
    browse(Site::release(), async |page| {
        page.open("embed.html#/HuberLoss?load=click").await?;
        page.find("#start button").await?;
        assert_eq!(page.count("#app *").await?, 0);
        page.click("#start button").await?;
        page.expect_number("loss", 1.53125, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn it_opens_from_disk() {
    browse(Site::release(), async |page| {
        let file = Site::folder().join("embed.html").canonicalize()?;
        page.driver.goto(format!("file://{}#/HuberLoss", file.display())).await?;
        page.expect_number("loss", 1.53125, 0.0).await?;
        page.type_into("#entry-0-0", "2.5").await?;
        page.expect_number("loss", 1.5, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn embeds_fit_and_pass_axe() {
    browse(Site::release(), async |page| {
        for (width, fragment) in [
            (320, "#/HuberLoss"),
            (320, "#/CrossEntropyLoss?theme=dark"),
            (600, "#/CTCLoss"),
            (900, "#/TripletMarginLoss?theme=dark"),
        ] {
            page.resize(width, 700).await?;
            page.goto(&format!("embed.html{fragment}")).await?;
            page.find("[data-role=loss]").await?;
            assert_eq!(page.overflow().await?, 0, "{width} {fragment}");
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{width} {fragment}");
        }
        Ok(())
    })
    .await;
}
