//! Which loss do I need: answered by keyboard, read without scripts' help, at a phone's width.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};

/// The questions and answers that are to be seen, by their first lines.
async fn shown(page: &Page) -> WebDriverResult<Vec<String>> {
    let body = "return [...document.querySelectorAll('.which legend, .which .answer h2')]
        .filter(it => it.checkVisibility()).map(it => it.textContent)";
    Ok(serde_json::from_value(page.script(body, vec![]).await?)?)
}

/// Presses keys on whatever has the focus.
async fn press(page: &Page, keys: Key) -> WebDriverResult<()> {
    page.driver.active_element().await?.send_keys(keys).await
}

#[tokio::test]
async fn the_keyboard_leads_to_a_loss_and_back() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.click(".which-link").await?;
        page.find(".which legend").await?;
        assert_eq!(page.driver.title().await?, "Which loss do I need? · Losslens");
        // A number; one each; not all of them right.
        page.keys("#which-1", Key::Space).await?;
        press(page, Key::Tab).await?;
        press(page, Key::Space).await?;
        press(page, Key::Tab).await?;
        press(page, Key::Down).await?;
        press(page, Key::Tab).await?;
        press(page, Key::Space).await?;
        let said = shown(page).await?;
        assert_eq!(said.len(), 5, "{said:?}");
        assert_eq!(said[4], "Huber loss");
        press(page, Key::Tab).await?;
        press(page, Key::Enter).await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;

        page.driver.back().await?;
        page.wait_for("the answers given", "return document.querySelector('#which-1-1-2-1')?.checked")
            .await?;
        assert_eq!(shown(page).await?, said);
        page.click(".which > button").await?;
        assert_eq!(shown(page).await?, ["What do you predict?"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn every_answer_fits_a_phone() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        page.goto("#/which").await?;
        page.find(".which legend").await?;
        let body = "const wide = [];
            const choose = step => {
                for (const box of step.querySelectorAll(':scope > fieldset input')) {
                    box.click();
                    const page = document.documentElement;
                    if (page.scrollWidth > page.clientWidth) wide.push(box.id);
                    const low = [...step.querySelectorAll('.choice')].filter(it => it.checkVisibility() && it.offsetHeight < 44);
                    if (low.length) wide.push(box.id + ' is too low');
                    const next = [...step.querySelectorAll(':scope > .next')].filter(it => it.checkVisibility());
                    if (next.length !== 1) wide.push(`${box.id} is followed by ${next.length}`);
                    next.flatMap(it => [...it.children]).filter(it => it.matches('.step')).forEach(choose);
                }
            };
            choose(document.querySelector('.which > .step'));
            return wide";
        let wide: Vec<String> = serde_json::from_value(page.script(body, vec![]).await?)?;
        assert_eq!(wide, Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing() {
    browse(Site::release(), async |page| {
        page.goto("#/which").await?;
        for choice in ["", "#which-4", "#which-4-1", "#which-4-1-1", "#which-4-1-4", "#which-6-2-1"] {
            if !choice.is_empty() {
                let body = format!("document.querySelector('{choice}').click()");
                page.script(&body, vec![]).await?;
            }
            page.find(".which legend").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{choice}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_page_of_its_own_becomes_the_app() {
    browse(Site::release(), async |page| {
        page.goto("which/").await?;
        page.find(".which legend").await?;
        assert_eq!(page.fragment().await?, "#/which");
        page.script(
            "document.querySelector('#which-2').click(); document.querySelector('#which-2-1').click()",
            vec![],
        )
        .await?;
        page.click(".answer .found a").await?;
        page.wait_for("the page of Poisson", "return location.hash === '#/PoissonNLLLoss'").await?;
        page.find("[data-role=loss]").await.map(drop)
    })
    .await;
}
