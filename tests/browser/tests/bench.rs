//! The bench under a hand: pointer, keys, typing, pasting, undo, addresses.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};
use serde_json::json;

const HANDLE: &str = ".handle";
const MANSION: &str = "#entry-0-3";

/// The ticks of the chart that is shown, as one text.
async fn ticks(page: &Page) -> WebDriverResult<String> {
    let body = "return [...document.querySelectorAll('.gradient-chart .ticks-x span')].map(it => it.textContent).join()";
    Ok(page.script(body, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_handle_is_dragged_and_nothing_jumps() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        let before = ticks(page).await?;
        page.press(HANDLE).await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        page.move_by(60, 0).await?;
        page.wait_for(
            "the loss to fall",
            "return +document.querySelector('[data-role=loss]').dataset.value < 1.5",
        )
        .await?;
        assert_eq!(ticks(page).await?, before, "the window stands still during a drag");
        page.release().await?;
        let shown = page.script(&format!("return document.querySelector('{MANSION}').value"), vec![]).await?;
        let text = shown.as_str().unwrap_or_default().to_owned();
        assert!(
            text.trim_start_matches('-').replace('.', "").len() <= 4,
            "a dragged value reads well: {text}"
        );
        page.wait_for("the address to follow", &format!("return location.hash.includes('{text}&')")).await
    })
    .await;
}

#[tokio::test]
async fn escape_puts_the_drag_back() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        page.press(HANDLE).await?;
        page.move_by(80, 0).await?;
        page.wait_for("the loss to fall", "return +document.querySelector('[data-role=loss]').dataset.value < 7")
            .await?;
        page.script(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))",
            vec![],
        )
        .await?;
        page.expect_number("loss", 7.3125, 1e-12).await?;
        page.release().await
    })
    .await;
}

#[tokio::test]
async fn a_drag_that_ends_near_the_target_ends_on_it() {
    browse(Site::release(), async |page| {
        page.goto("#/L1Loss?input=3&target=5").await?;
        let body = "const over = document.querySelector('.loss-chart .over').getBoundingClientRect();
            const handle = document.querySelector('.handle').getBoundingClientRect();
            const best = document.querySelector('.best').getBoundingClientRect();
            return Math.round(best.x + best.width / 2 - handle.x - handle.width / 2)";
        let pixels = page.script(body, vec![]).await?.as_i64().unwrap_or_default();
        assert!(pixels > 20, "the target is to the right: {pixels}");
        // The first three pixels are the slop, so four are missing in the end.
        page.drag(HANDLE, pixels - 1, 0).await?;
        page.expect_number("loss", 0.0, 0.0).await?;
        page.expect_number("gradient", 0.0, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn keys_move_and_leave_the_browser_its_own() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        let slider = ".handle input";
        let step = "return +document.querySelector('.handle input').value";
        page.find_hidden(slider).await?.focus().await?;
        page.find_hidden(slider).await?.send_keys(Key::Right).await?;
        page.wait_for("a step", &format!("{step} > 3")).await?;
        let one = page.script(step, vec![]).await?.as_f64().unwrap_or_default() - 3.0;
        page.find_hidden(slider).await?.send_keys(Key::Shift + Key::Right).await?;
        page.wait_for("ten steps", &format!("{step} >= {} - 1e-9", 3.0 + 11.0 * one)).await?;
        let before = page.script(step, vec![]).await?;
        let body = "const event = new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true });
            return document.querySelector('.handle input').dispatchEvent(event)";
        assert_eq!(page.script(body, vec![]).await?, json!(true), "Alt+Left is the browser's");
        assert_eq!(page.script(step, vec![]).await?, before);
        // The two presses were one run, and one step of undo.
        page.script("document.activeElement.blur()", vec![]).await?;
        page.click("[aria-label=Undo]").await?;
        page.expect_number("loss", 7.3125, 1e-12).await
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_taken_or_answered_where_it_stands() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.type_into(MANSION, "8").await?;
        page.expect_number("loss", 0.40625, 1e-12).await?;
        for bad in ["", "many", "1.2.3"] {
            page.type_into(MANSION, bad).await?;
            let said = page.text("#entry-0-3-note").await?;
            assert!(!said.is_empty() && (bad.is_empty() || said.contains(bad)), "{bad}: {said}");
            page.expect_number("loss", 0.40625, 1e-12).await?;
        }
        page.type_into(MANSION, "nan").await?;
        page.expect_number("loss", f64::NAN, 0.0).await?;
        page.type_into(MANSION, "-inf").await?;
        page.expect_number("loss", f64::INFINITY, 0.0).await?;
        page.type_into(MANSION, "1e308").await?;
        page.wait_for(
            "a huge loss",
            "return +document.querySelector('[data-role=loss]').dataset.value > 1e300",
        )
        .await?;
        page.type_into("#arg-delta", "0").await?;
        let said = page.text("#arg-delta-note").await?;
        assert!(said.contains("huber_loss does not support non-positive values for delta."), "{said}");
        page.goto("#/BCELoss").await?;
        page.type_into("#entry-1-3", "1.3").await?;
        let said = page.text("#entry-1-3-note").await?;
        assert!(said.contains("all elements of target should be between 0 and 1"), "{said}");
        page.expect_number("loss", 1.1449, 5.1e-5).await
    })
    .await;
}

#[tokio::test]
async fn a_vector_is_pasted_and_nonsense_stays_in_its_box() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        page.click("[aria-expanded]").await?;
        page.paste(".paste textarea", "tensor([2., 3.5, 4., 8.], dtype=torch.float64)").await?;
        page.click(".paste .primary").await?;
        page.expect_number("loss", 1.0625, 1e-12).await?;
        page.click("[aria-expanded]").await?;
        page.paste(".paste textarea", "[[1, 2], [3]]").await?;
        page.click(".paste .primary").await?;
        assert!(!page.text(".paste .complaint").await?.is_empty());
        let kept = page.script("return document.querySelector('.paste textarea').value", vec![]).await?;
        assert_eq!(kept, json!("[[1, 2], [3]]"));
        let body = "const box = document.querySelector('.paste textarea');
            box.value = '7,'.repeat(5_000_000); box.dispatchEvent(new Event('input', { bubbles: true }))";
        page.script(body, vec![]).await?;
        page.click(".paste .primary").await?;
        page.wait_for(
            "an answer",
            "return document.querySelector('.paste .complaint').textContent.includes('10.0 MB')",
        )
        .await?;
        page.expect_number("loss", 1.0625, 1e-12).await
    })
    .await;
}

#[tokio::test]
async fn the_address_is_the_state() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss?input=1,2&target=0,5&delta=2&reduction=none&at=input.1").await?;
        assert_eq!(page.numbers("loss").await?, [0.5, 4.0]);
        page.click("label:has(input[value=sum])").await?;
        page.expect_number("loss", 4.5, 0.0).await?;
        page.wait_for("the address", "return location.hash.includes('reduction=sum')").await?;
        page.driver.refresh().await?;
        page.expect_number("loss", 4.5, 0.0).await?;
        page.follow("#/MSELoss").await?;
        page.expect_number("loss", 7.3125, 0.0).await?;
        page.driver.back().await?;
        page.expect_number("loss", 4.5, 0.0).await?;
        page.driver.forward().await?;
        page.expect_number("loss", 7.3125, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn a_bad_address_is_answered_and_never_blank() {
    browse(Site::release(), async |page| {
        for (address, named) in [
            ("#/HuberLoss?delta=-1", "delta"),
            ("#/HuberLos", "HuberLos"),
            ("#/MSELoss?input=1,2,x&target=1,2,3", "x"),
            ("#/MSELoss?colour=red", "colour"),
            ("#/CrossEntropyLoss?input=1,2,3,4,5&target=9", "9"),
            ("#/L1Loss?input=1,2&target=1,2&reduction=batchmean", "batchmean"),
            ("#/%E0%A4%A?;;;=&&&=%", ""),
        ] {
            page.goto(address).await?;
            let said = page.text(".notices").await?;
            assert!(said.contains(named), "{address}: {said}");
            page.wait_for("a number", "return document.querySelector('[data-role=loss]')?.dataset.value")
                .await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_overlay_is_drawn_and_written() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss?input=1,2&target=0,5").await?;
        page.click("label:has(input[name=overlay][value=L1Loss])").await?;
        page.wait_for("its name", "return document.querySelector('.curve-name')?.textContent === 'L1'")
            .await?;
        page.wait_for("the address", "return location.hash.includes('with=L1Loss')").await
    })
    .await;
}

#[tokio::test]
async fn a_class_chosen_by_keys_keeps_the_focus() {
    browse(Site::release(), async |page| {
        page.goto("#/CrossEntropyLoss").await?;
        page.find_hidden("input[name=picture-class]:checked").await?.send_keys(Key::Left).await?;
        // From truck to motorcycle.
        page.wait_for("the other class", "return location.hash.includes('target=0,1,1')").await?;
        let focused = page.script("return document.activeElement.name", vec![]).await?;
        assert_eq!(focused, json!("picture-class"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_rows_add_up_after_a_class_was_added() {
    browse(Site::release(), async |page| {
        page.goto("#/KLDivLoss").await?;
        page.click("[aria-label='Add one class']").await?;
        page.wait_for("the class", "return document.querySelectorAll('.matrix.pred thead th').length === 4")
            .await?;
        page.wait_for(
            "rows that add up",
            "const number = it => Number(it.title.replace('−', '-'));
            const rows = [...document.querySelectorAll('.matrix.pred td.loss span[title]')].map(number);
            const loss = Number(document.querySelector('[data-role=loss]').dataset.value);
            return rows.length === 2 && Math.abs((rows[0] + rows[1]) / 2 - loss) < 1e-12",
        )
        .await
    })
    .await;
}
