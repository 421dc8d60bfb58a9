//! Losses with parameters: the tree, and weights under the hand.
//!
//! The numbers are those of the lessons' NumPy functions, which are held against PyTorch's recorded calls.

use losslens_browser_tests::{Key, Site, browse};

/// Half of the last digit given, and a little for what was rounded down.
const ROUNDED: f64 = 5.1e-5;

#[tokio::test]
async fn each_opens_on_its_story() {
    browse(Site::release(), async |page| {
        for (loss, value, gradient, output) in [
            ("LinearCrossEntropyLoss", 0.4845, -0.3495, -1.1572),
            ("AdaptiveLogSoftmaxWithLoss", 0.9446, -0.6167, -2.2327),
        ] {
            page.goto(&format!("#/{loss}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
            page.expect_number("gradient", gradient, ROUNDED).await?;
            page.expect_number("row-output", output, ROUNDED).await?;
            page.expect_number("row-loss", -output, ROUNDED).await?;
            assert_eq!(page.count(".notices").await?, 0, "{loss}: the example of the page has notices");
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{loss}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_press_in_the_tree_makes_another_target() {
    browse(Site::release(), async |page| {
        page.goto("#/AdaptiveLogSoftmaxWithLoss").await?;
        // The axolotl, behind the same entry of the head as the ocelot.
        page.keys(".layers > li:last-child li:last-child .entry-name", Key::Enter).await?;
        page.expect_number("loss", 1.5696, ROUNDED).await?;
        page.wait_for("the address to follow", "return location.hash.includes('target=0,2,5&')").await?;
        let lit = "return document.querySelectorAll('.layers .lit').length === 2";
        page.wait_for("the way to it", lit).await
    })
    .await;
}

#[tokio::test]
async fn weights_are_dragged_typed_and_written_into_the_address() {
    browse(Site::release(), async |page| {
        page.goto("#/LinearCrossEntropyLoss").await?;
        // Without the car's bias of 0.5.
        page.type_into("#cell-3-0", "0").await?;
        page.wait_for("the address to follow", "return location.hash.includes('linear_bias=0,0,-0.5&')")
            .await?;
        let typed = page.number("loss").await?;
        page.keys("#cell-3-0", Key::Up).await?;
        page.wait_for("a step up", "return +document.querySelector('#cell-3-0').value > 0").await?;
        let stepped = page.number("loss").await?;
        page.drag("td:has(#cell-2-4) .tip", 0, -12).await?;
        page.wait_for("the weight to grow", "return +document.querySelector('#cell-2-4').value > 1.5")
            .await?;
        // More for long vehicles helps the truck.
        assert!(page.number("loss").await? < stepped, "{typed} {stepped}");
        let fragment = page.fragment().await?;
        let loss = page.number("loss").await?;
        page.goto(&fragment).await?;
        page.expect_number("loss", loss, 1e-12).await?;
        page.goto("#/AdaptiveLogSoftmaxWithLoss?at=tail.1.1.weight.1.0").await?;
        assert!(page.text(".slope").await?.contains("axolotl, 0, tail.1.1.weight"));
        assert_eq!(page.count(".notices").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_phone_holds_both() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        for loss in ["LinearCrossEntropyLoss", "AdaptiveLogSoftmaxWithLoss"] {
            page.goto(&format!("#/{loss}")).await?;
            page.find(".layers").await?;
            assert_eq!(page.overflow().await?, 0, "{loss}");
        }
        Ok(())
    })
    .await;
}
