//! Every page at a phone's width, in the dark, and under axe.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};

/// Home and every loss, as the menu lists them.
async fn places(page: &Page) -> WebDriverResult<Vec<String>> {
    page.goto("#/").await?;
    let body = "return ['#/', ...[...document.querySelectorAll('.card')].map(it => it.getAttribute('href'))]";
    let places: Vec<String> = serde_json::from_value(page.script(body, vec![]).await?)?;
    assert_eq!(places.len(), 28, "{places:?}");
    Ok(places)
}

/// One half of them, so that each test has time enough.
async fn half(page: &Page, second: bool) -> WebDriverResult<Vec<String>> {
    let mut places = places(page).await?;
    let rest = places.split_off(places.len() / 2);
    Ok(if second { rest } else { places })
}

/// Chart, then total, in the upper 45 % of the window.
#[tokio::test]
async fn on_a_phone_chart_and_total_stay_in_view() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        page.goto("#/HuberLoss").await?;
        page.find("#entry-0-3").await?;
        let body = "document.getElementById('entry-0-3').scrollIntoView({ block: 'center' });
            const edges = it => document.querySelector(it).getBoundingClientRect();
            return scrollY > 0 && edges('.loss-chart').top >= edges('.top').bottom
                && edges('.result').top >= edges('.loss-chart').bottom && edges('.result').bottom <= 0.45 * innerHeight";
        page.wait_for("the chart above the last row", body).await
    })
    .await;
}

#[tokio::test]
async fn no_page_is_wider_than_a_phone() {
    browse(Site::release(), async |page| {
        let places = places(page).await?;
        page.resize(360, 780).await?;
        for place in places {
            page.goto(&place).await?;
            page.find("[data-role=loss]").await?;
            assert_eq!(page.overflow().await?, 0, "{place}");
        }
        Ok(())
    })
    .await;
}

/// What axe finds on one half of the pages, in the light or in the dark.
async fn axe_finds_nothing(second: bool, dark: bool) {
    browse(Site::release(), async |page| {
        let places = half(page, second).await?;
        if dark {
            page.prefer_dark().await?;
        }
        let theme = if dark { "dark" } else { "light" };
        let themed = format!("return document.documentElement.dataset.theme === '{theme}'");
        let mut found = Vec::new();
        for place in places {
            page.goto(&place).await?;
            page.find("[data-role=loss]").await?;
            page.wait_for(theme, &themed).await?;
            found.extend(page.axe().await?.into_iter().map(|it| format!("{place} {it}")));
        }
        assert_eq!(found, Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_by_day() {
    axe_finds_nothing(false, false).await;
}

#[tokio::test]
async fn axe_finds_nothing_by_day_further_down() {
    axe_finds_nothing(true, false).await;
}

#[tokio::test]
async fn axe_finds_nothing_by_night() {
    axe_finds_nothing(false, true).await;
}

#[tokio::test]
async fn axe_finds_nothing_by_night_further_down() {
    axe_finds_nothing(true, true).await;
}

#[tokio::test]
async fn a_loss_is_found_by_what_it_is_called() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.keys("body", "/").await?;
        page.keys(".find input", "l2".to_owned() + Key::Enter).await?;
        page.wait_for("the page of MSE", "return location.hash === '#/MSELoss'").await?;
        page.expect_number("loss", 7.3125, 0.0).await
    })
    .await;
}
