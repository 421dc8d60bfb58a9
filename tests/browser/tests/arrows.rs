//! The arrows of a pair and the ruler of a triplet: turned by hand and by keys, chosen in the settings, kept in the address.

use losslens_browser_tests::{Key, Site, browse};

/// Half of the last digit given.
const ROUNDED: f64 = 5.1e-5;

/// The tip of the second arrow.
const TIP: &str = ".plane .knob.ring";

#[tokio::test]
async fn an_arrow_is_turned_until_it_is_free() {
    browse(Site::release(), async |page| {
        page.resize(1400, 900).await?;
        page.goto("#/CosineEmbeddingLoss").await?;
        page.expect_number("cosine", 0.6, 1e-11).await?;
        page.expect_number("row-loss", 0.6, 1e-11).await?;
        // To the left of the right angle: what is left is the first pair's 0.2, over 3.
        page.drag(TIP, -100, 0).await?;
        page.expect_number("row-loss", 0.0, 0.0).await?;
        page.expect_number("loss", 0.0667, ROUNDED).await?;
        page.wait_for("the address", "return location.hash.includes('input2=')").await?;
        page.driver.refresh().await?;
        page.expect_number("loss", 0.0667, ROUNDED).await
    })
    .await;
}

#[tokio::test]
async fn keys_turn_an_arrow() {
    browse(Site::release(), async |page| {
        page.goto("#/CosineEmbeddingLoss").await?;
        let slider = format!("{TIP} input");
        page.find_hidden(&slider).await?.focus().await?;
        page.find_hidden(&slider).await?.send_keys(Key::Home).await?;
        page.expect_number("loss", 0.0667, ROUNDED).await?;
        // Both ends of the first slider are far along the axis; the length of an arrow does not count, its side does.
        page.find_hidden(&slider).await?.send_keys(Key::End).await?;
        page.wait_for(
            "a sharp angle",
            "return +document.querySelector('[data-role=cosine]').dataset.value > 0.9",
        )
        .await
    })
    .await;
}

#[tokio::test]
async fn a_ruler_is_chosen_and_kept() {
    browse(Site::release(), async |page| {
        page.goto("#/TripletMarginWithDistanceLoss").await?;
        page.expect_number("near", 1.4, 1e-12).await?;
        page.expect_number("far", 1.7, 1e-12).await?;
        // Out from under the total, which stays at the bottom.
        let middle = "document.querySelector('[name=distance_function]').scrollIntoView({ block: 'center', behavior: 'instant' })";
        page.script(middle, vec![]).await?;
        page.click("label:has(input[value=chebyshev])").await?;
        page.expect_number("far", 1.2, 1e-12).await?;
        page.expect_number("loss", 0.6667, ROUNDED).await?;
        page.wait_for("the address", "return location.hash.includes('distance_function=chebyshev')").await?;
        page.driver.refresh().await?;
        page.expect_number("loss", 0.6667, ROUNDED).await?;
        // Angles at the origin: said beside the numbers.
        page.script(middle, vec![]).await?;
        page.click("label:has(input[value=cosine])").await?;
        page.expect_number("loss", 1.0, 1e-12).await?;
        page.wait_for("the note", "return document.body.textContent.includes('has no direction')").await
    })
    .await;
}
