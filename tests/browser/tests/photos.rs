//! The losses of torchvision: boxes held by their corners, and scores that are turned down.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};

/// Half of the last digit given, and a little for what was rounded down.
const ROUNDED: f64 = 5.1e-5;

/// One dog, and the box that was drawn for it.
const DOG: &str = "?boxes1=20,52,40,72&boxes2=70,60,90,80";

/// A handle of one of the boxes.
fn handle(of: &str) -> String {
    format!(".photo .knob:has(input[aria-label='{of}, x'])")
}

/// From the middle of one handle to that of another, in CSS pixels.
async fn way(page: &Page, from: &str, to: &str) -> WebDriverResult<(i64, i64)> {
    page.find(&handle(from)).await?;
    let body = "const [a, b] = [...arguments].map(it => document.querySelector(it).getBoundingClientRect());
        return [Math.round(b.x - a.x), Math.round(b.y - a.y)]";
    let value = page.script(body, vec![handle(from).into(), handle(to).into()]).await?;
    Ok(serde_json::from_value(value)?)
}

#[tokio::test]
async fn every_page_opens_on_its_story() {
    browse(Site::release(), async |page| {
        // The first three with the gradient of a side of the chosen box.
        for (loss, value, gradient, row) in [
            ("generalized_box_iou_loss", 0.9854, -0.0034, 1.5918),
            ("distance_box_iou_loss", 0.8502, -0.0029, 1.4511),
            ("complete_box_iou_loss", 0.8614, 0.0022, 0.7004),
            ("sigmoid_focal_loss", 0.4641, -0.1921, 0.1755),
        ] {
            page.goto(&format!("#/{loss}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
            page.expect_number("gradient", gradient, ROUNDED).await?;
            page.expect_number("row-loss", row, ROUNDED).await?;
            let signature = page.text("code.signature").await?;
            assert!(signature.starts_with(&format!("torchvision.ops.{loss}(")), "{signature}");
            assert_eq!(page.count(".notices").await?, 0, "{loss}");
        }
        Ok(())
    })
    .await;
}

/// From (40, 72) onto the true box's corner (90, 80): of 70 × 28 pixels 400 are shared, and nothing around is empty.
#[tokio::test]
async fn a_corner_is_dragged_onto_another() {
    browse(Site::release(), async |page| {
        page.goto(&format!("#/generalized_box_iou_loss{DOG}")).await?;
        page.expect_number("row-loss", 1.5918, ROUNDED).await?;
        page.expect_number("plain-push", 0.0, 0.0).await?;
        let (dx, dy) = way(page, "boxes1, bottom right", "boxes2, bottom right").await?;
        page.drag(&handle("boxes1, bottom right"), dx, dy).await?;
        page.expect_number("row-loss", 1.0 - 400.0 / 1960.0, 1e-9).await?;
        page.expect_number("empty", 0.0, 1e-9).await?;
        page.expect_number("loss", 1.0 - 400.0 / 1960.0, 1e-9).await?;
        page.wait_for("the address to follow", "return location.hash.includes('boxes1=20,52,90,80&')")
            .await?;
        let plain = page.number("plain-push").await?;
        assert!(plain > 0.001, "where they overlap 1 − IoU pulls too: {plain}");
        page.keys("body", Key::Control + "z").await?;
        page.expect_number("row-loss", 1.5918, ROUNDED).await
    })
    .await;
}

#[tokio::test]
async fn a_box_is_dragged_by_its_middle() {
    browse(Site::release(), async |page| {
        page.goto(&format!("#/distance_box_iou_loss{DOG}")).await?;
        page.expect_number("apart", 0.4511, ROUNDED).await?;
        let (dx, dy) = way(page, "boxes1, middle", "boxes2, middle").await?;
        page.drag(&handle("boxes1, middle"), dx, dy).await?;
        page.expect_number("row-loss", 0.0, 1e-9).await?;
        page.wait_for("the box to keep its size", "return location.hash.includes('boxes1=70,60,90,80&')")
            .await
    })
    .await;
}

#[tokio::test]
async fn arrow_keys_move_a_corner_where_they_point() {
    browse(Site::release(), async |page| {
        page.goto(&format!("#/complete_box_iou_loss{DOG}")).await?;
        page.expect_number("shape", 0.0, 1e-12).await?;
        let across = "input[aria-label='boxes1, bottom right, x']";
        page.find_hidden(across).await?.send_keys(Key::Shift + Key::Right).await?;
        let sides = "const sides = location.hash.match(/boxes1=([^&]*)/)?.[1].split(',').map(Number) ?? [];";
        page.wait_for("the right side to move", &format!("{sides} return sides[2] > 40 && sides[3] === 72"))
            .await?;
        let wider = page.number("shape").await?;
        assert!(wider > 0.0, "wider than high: {wider}");
        // Up is less, as in photos; the slider of the other direction takes the focus.
        page.find_hidden(across).await?.send_keys(Key::Up).await?;
        page.wait_for("the bottom to move", &format!("{sides} return sides[3] < 72 && sides[1] === 52"))
            .await?;
        let focus = "return document.activeElement.getAttribute('aria-label') === 'boxes1, bottom right, y'";
        page.wait_for("the focus to follow", focus).await?;
        let middle = "input[aria-label='boxes1, middle, y']";
        page.find_hidden(middle).await?.send_keys(Key::Down).await?;
        page.wait_for("the whole box to move", &format!("{sides} return sides[1] > 52")).await
    })
    .await;
}

#[tokio::test]
async fn the_overlap_alone_has_no_arrows_from_afar() {
    browse(Site::release(), async |page| {
        page.goto("#/generalized_box_iou_loss").await?;
        let drawn = "return document.querySelector('.photo .arrows').getAttribute('d') !== ''";
        page.wait_for("arrows of the loss", drawn).await?;
        page.click(".picture .switch input").await?;
        page.wait_for("no arrows", &drawn.replace("!==", "===")).await?;
        // The car's boxes overlap.
        page.find_hidden(".picture-rows input[value='0']").await?.click().await?;
        page.expect_number("iou", 0.5831, ROUNDED).await?;
        page.wait_for("arrows of the overlap", drawn).await
    })
    .await;
}

#[tokio::test]
async fn what_torchvision_does_in_silence_is_said() {
    browse(Site::release(), async |page| {
        for (address, said) in [
            ("generalized_box_iou_loss?boxes1=40,52,20,72&boxes2=70,60,90,80", "x2 should be larger"),
            ("sigmoid_focal_loss?inputs=1,2&targets=1,0&alpha=-1", "At −1 neither is weighted"),
            ("sigmoid_focal_loss?inputs=1,2&targets=1.5,0", "targets holds 1.5"),
        ] {
            page.goto(&format!("#/{address}")).await?;
            let text = page.text(".warnings").await?;
            assert!(text.contains(said), "{address}: {text}");
        }
        Ok(())
    })
    .await;
}

/// By hand: (1 − σ(−1))¹ · −ln σ(−1), and σ(½)¹ · −ln(1 − σ(½)), unweighted and not reduced.
#[tokio::test]
async fn an_address_comes_back_as_it_was() {
    browse(Site::release(), async |page| {
        let address = "#/sigmoid_focal_loss?inputs=-1,0.5&targets=1,0&alpha=-1&gamma=1";
        page.goto(address).await?;
        let shown = page.numbers("loss").await?;
        for (shown, want) in shown.iter().zip([0.9601, 0.6063]) {
            assert!((shown - want).abs() < ROUNDED, "{shown} is not {want}");
        }
        assert_eq!((shown.len(), page.fragment().await?.as_str()), (2, address));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_right_is_turned_down() {
    browse(Site::release(), async |page| {
        page.goto("#/sigmoid_focal_loss").await?;
        page.expect_number("plain-sum", 1.4543, ROUNDED).await?;
        page.expect_number("kept-sum", 0.4641, ROUNDED).await?;
        page.expect_number("left", 0.5344, ROUNDED).await?;
        page.type_into("#arg-gamma", "0").await?;
        page.expect_number("kept-sum", 1.4543, ROUNDED).await?;
        page.expect_number("left", 1.0, 0.0).await?;
        page.type_into("#arg-gamma", "2").await?;
        // To the right the pedestrian is recognised.
        let dot = ".focus-chart .knob:has(input[aria-label^='pedestrian'])";
        page.drag(dot, 150, 0).await?;
        page.wait_for(
            "little to be left",
            "return +document.querySelector('[data-role=left]').dataset.value < 0.1",
        )
        .await?;
        let kept = page.number("kept-sum").await?;
        page.find_hidden(&format!("{dot} input")).await?.send_keys(Key::Left).await?;
        page.wait_for(
            "more to be left",
            &format!("return +document.querySelector('[data-role=kept-sum]').dataset.value > {kept}"),
        )
        .await
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_a_corner_is_still_dragged() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        for loss in ["generalized_box_iou_loss", "distance_box_iou_loss", "complete_box_iou_loss"] {
            page.goto(&format!("#/{loss}{DOG}")).await?;
            let (dx, dy) = way(page, "boxes1, bottom right", "boxes2, bottom right").await?;
            page.drag(&handle("boxes1, bottom right"), dx, dy).await?;
            page.expect_number("iou", 400.0 / 1960.0, 1e-9).await?;
            assert_eq!(page.overflow().await?, 0, "{loss}");
        }
        Ok(())
    })
    .await;
}
