//! The tools of the other tests: they do what they say, and they fail when they should.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};

/// Puts a handle that reports how far it was dragged, and a box that reports what happens to it, into the page.
async fn props(page: &Page) -> WebDriverResult<()> {
    page.goto("#/").await?;
    let body = "document.body.innerHTML = `<main><h1>Props</h1><button id=handle>handle</button>
            <label>box <input id=box value=old></label><output id=said></output>
            <output data-role=loss data-value=0>0</output><output data-role=gradient data-value=0.5,nan,-inf>0.5</output></main>`;
        const find = css => document.querySelector(css);
        const handle = find('#handle'), box = find('#box'), said = find('#said'), loss = find('[data-role=loss]');
        let from = null;
        handle.addEventListener('pointerdown', event => { from = event.clientX; handle.setPointerCapture(event.pointerId); });
        handle.addEventListener('pointermove', event => { if (from !== null) loss.dataset.value = event.clientX - from; });
        handle.addEventListener('pointerup', () => { from = null; said.textContent = 'released'; });
        handle.addEventListener('keydown', event => { said.textContent = (event.shiftKey ? 'Shift ' : '') + event.key; });
        box.addEventListener('change', () => { said.textContent = 'committed ' + box.value; });
        box.addEventListener('paste', event => { said.textContent = 'pasted ' + event.clipboardData.getData('text/plain').length; });";
    page.script(body, vec![]).await.map(drop)
}

#[tokio::test]
async fn a_drag_moves_by_what_it_says() {
    browse(Site::release(), async |page| {
        props(page).await?;
        page.press("#handle").await?;
        page.move_by(37, 5).await?;
        page.expect_number("loss", 37.0, 0.0).await?;
        page.move_by(-50, 0).await?;
        page.expect_number("loss", -13.0, 0.0).await?;
        page.release().await?;
        assert_eq!(page.text("#said").await?, "released");
        page.drag("#handle", 8, 0).await?;
        page.expect_number("loss", 8.0, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn keys_text_and_pastes_arrive() {
    browse(Site::release(), async |page| {
        props(page).await?;
        page.keys("#handle", Key::Shift + Key::Right).await?;
        assert_eq!(page.text("#said").await?, "Shift ArrowRight");
        page.type_into("#box", "1.25").await?;
        assert_eq!(page.text("#said").await?, "committed 1.25");
        page.paste("#box", &"7,".repeat(50_000)).await?;
        assert_eq!(page.text("#said").await?, "pasted 100000");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn numbers_are_read_whole() {
    browse(Site::release(), async |page| {
        props(page).await?;
        let read = page.numbers("gradient").await?;
        assert!(matches!(read[..], [0.5, nan, f64::NEG_INFINITY] if nan.is_nan()), "{read:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "errors in the console")]
async fn an_error_in_the_console_fails_a_test() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.script("console.error('something went wrong')", vec![]).await.map(drop)
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "requests that leave the site")]
async fn a_request_that_leaves_the_site_fails_a_test() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.driver.goto(Site::release().address()).await
    })
    .await;
}

#[tokio::test]
async fn axe_finds_what_is_wrong() {
    browse(Site::release(), async |page| {
        props(page).await?;
        page.script("document.querySelector('main').append(document.createElement('input'))", vec![]).await?;
        let found = page.axe().await?;
        assert!(found.iter().any(|line| line.starts_with("label:")), "{found:?}");
        Ok(())
    })
    .await;
}
