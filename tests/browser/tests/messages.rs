//! The messages between an embed and its host, in the strictest sandbox that runs scripts.

use losslens_browser_tests::{Page, Site, browse};
use serde_json::json;

/// A host that keeps every message, in the strictest sandbox that runs scripts.
fn strict(page: &Page, fragment: &str) -> String {
    format!(
        r#"<p>before</p><iframe sandbox="allow-scripts" width="700" height="900" src="{}"></iframe><p>after</p><script>
        window.seen = [];
        window.frame = document.querySelector('iframe');
        addEventListener('message', ({{ source, data }}) => source === frame.contentWindow && seen.push(data));
        window.post = message => frame.contentWindow.postMessage({{ losslens: 1, ...message }}, '*');
        window.last = type => seen.findLast(it => it.type === type);
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
        assert!(
            ready["loss"].as_f64().is_some_and(|it| (it - 2.63 / 3.0).abs() < 1e-12)
                && ready["losslens"] == 1,
            "{ready}"
        );

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
        page.find(".foot input").await?;
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
async fn whoever_asks_is_answered() {
    browse(Site::release(), async |page| {
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
