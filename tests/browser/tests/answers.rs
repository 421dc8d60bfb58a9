//! How the bench answers: links that leap and can be taken back, windows that follow, words that explain themselves.

use losslens_browser_tests::{Key, Site, browse};

/// Whether an element is shown.
fn shown(css: &str) -> String {
    format!("return (it => !!it && it.checkVisibility())(document.querySelector('{css}'))")
}

fn says(css: &str, text: &str) -> String {
    format!("return [...document.querySelectorAll('{css}')].some(it => it.textContent.includes('{text}'))")
}

#[tokio::test]
async fn a_link_shows_what_it_changed_and_can_be_taken_back() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.type_into("#entry-0-3", "4").await?;
        // (3 − 0.5) more than at 3: the mansion costs 3.5 instead of 4.5.
        page.expect_number("loss", 1.28125, 1e-12).await?;
        page.follow("#/HuberLoss?input=2,3.5,4,4&target=2.5,3.5,2,14&delta=2").await?;
        // 0.125 + 0 + 2 + 2·(10 − 1) = 20.125, by four.
        page.expect_number("loss", 5.03125, 1e-12).await?;
        page.wait_for("the mansion to glow", "return document.querySelector('tr.glow #entry-1-3') !== null")
            .await?;
        page.wait_for("delta to glow", "return document.querySelector('.setting.glow #arg-delta') !== null")
            .await?;
        assert_eq!(page.count("tbody tr.glow").await?, 1, "what did not change does not glow");
        page.wait_for("a way back", &shown("button.back")).await?;
        page.click("button.back").await?;
        page.expect_number("loss", 1.28125, 1e-12).await?;
        page.wait_for("no way back any more", "return document.querySelector('button.back').hidden").await?;
        page.follow("#/HuberLoss?input=2,3.5,4,5&target=2.5,3.5,2,8").await?;
        page.wait_for("a way back", &shown("button.back")).await?;
        page.type_into("#entry-0-3", "6").await?;
        page.wait_for("no way back", "return document.querySelector('button.back').hidden").await
    })
    .await;
}

#[tokio::test]
async fn a_window_follows_the_dot_after_the_drag() {
    browse(Site::release(), async |page| {
        page.goto("#/MSELoss").await?;
        let middle = "const over = document.querySelector('.loss-chart .over').getBoundingClientRect();
            const handle = document.querySelector('.handle').getBoundingClientRect();
            return Math.round((handle.x + handle.width / 2 - over.x) / over.width * 100)";
        page.drag(".handle", 2000, 0).await?;
        page.wait_for("the drag to arrive", "return location.hash.includes(',14&')").await?;
        page.wait_for("the windows to rest", "return !document.querySelector('.gliding')").await?;
        let place = page.script(middle, vec![]).await?.as_i64().unwrap_or_default();
        assert!((8..=92).contains(&place), "the handle is at {place} %");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_dot_says_what_it_stands_on() {
    browse(Site::release(), async |page| {
        page.goto("#/L1Loss?input=5,1&target=5,3").await?;
        page.wait_for("the target", &says(".bubble", "5 on the target: gradient 0")).await?;
        page.follow("#/HuberLoss?input=4,1&target=5,3").await?;
        page.wait_for("the kink", &says(".bubble", "4 on the kink: gradient −1")).await
    })
    .await;
}

#[tokio::test]
async fn a_label_drags_its_number() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        // Ten steps of 4 px after a slop of 3, each the slider's own step.
        page.drag(".setting:has(#arg-delta) .setting-name", 43, 0).await?;
        let step = "const it = document.querySelector('.setting:has(#arg-delta) input[type=range]');
            return Math.abs(it.value - 1 - 10 * it.step) < 1e-9";
        page.wait_for("delta to move by ten steps", step).await?;
        page.keys("body", Key::Control + "z").await?;
        page.expect_number("loss", 1.53125, 1e-12).await
    })
    .await;
}

#[tokio::test]
async fn a_word_explains_itself_until_escape() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        let tip = shown(".slope .meaning");
        assert_eq!(page.script(&tip, vec![]).await?, false);
        page.script("document.querySelector('.slope .term').focus()", vec![]).await?;
        page.wait_for("the meaning of gradient", &tip).await?;
        page.keys(".slope .term", Key::Escape).await?;
        page.wait_for("Escape to put it away", &tip.replace("return", "return !")).await
    })
    .await;
}

#[tokio::test]
async fn the_bill_shows_weights_and_who_is_ignored() {
    browse(Site::release(), async |page| {
        page.goto("#/BCELoss?input=0.5,0.5&target=1,0&weight=2,0.5").await?;
        page.wait_for("a column of weights", &says("tbody .weight", "0.5")).await?;
        page.wait_for("the way back", &says(".bill .divisor .grad", "× 1/2")).await?;
        page.goto("#/CrossEntropyLoss?input=1,0;0,1;0,0&target=0,1,1&weight=1,3&ignore_index=0").await?;
        page.wait_for("the ignored row", &says(".matrix tr.ignored .figure", "ignored")).await?;
        page.wait_for("the weight of a row", &says(".matrix tr:not(.ignored) .figure", "with × 3")).await?;
        assert_eq!(page.count(".matrix tr.ignored").await?, 1);
        page.wait_for("what divides", &says(".bill .divisor", "sum of the weights÷ 6")).await?;
        page.goto("#/HuberLoss?reduction=none").await?;
        page.wait_for("PyTorch's refusal", &says(".bill q", "only for scalar outputs")).await
    })
    .await;
}

#[tokio::test]
async fn of_two_knobs_the_nearer_one_takes_the_hand() {
    browse(Site::release(), async |page| {
        page.goto("#/L1Loss?input=5,1&target=5.1,3").await?;
        page.resize(360, 780).await?;
        // The target's diamond lies half under the prediction's area; a press on its middle means it.
        page.drag("tbody tr:first-child .knob.target", 60, 0).await?;
        let moved = "return [0, 1].map(it => document.querySelector(`#entry-${it}-0`).value).join()";
        let moved = page.script(moved, vec![]).await?.as_str().unwrap_or_default().to_owned();
        assert!(moved.starts_with("5,") && !moved.ends_with(",5.1"), "{moved}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_state_in_the_text_is_set_and_shows_its_number() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        let link = ".prose h2 ~ ul li:nth-child(2) a[href*='?']";
        page.wait_for("the lesson", &format!("return document.querySelector(\"{link}\") !== null")).await?;
        let body = "return document.querySelector('.prose h2 ~ ul li:nth-child(2) output').dataset.value";
        let told = page.script(body, vec![]).await?.as_str().unwrap_or_default().to_owned();
        page.click(link).await?;
        page.expect_number("loss", told.parse().unwrap_or(f64::NAN), 0.0).await?;
        let copy = "const it = document.querySelector('.beside [data-role=figure-loss]');
            return it && it.dataset.value";
        page.wait_for(
            "a copy of the bench beside the text",
            &copy.replace("it && it.dataset.value", &format!("it?.dataset.value === '{told}'")),
        )
        .await?;
        page.wait_for("a way back", &shown("button.back")).await
    })
    .await;
}

#[tokio::test]
async fn a_number_is_copied_with_all_its_digits() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        let body = "getSelection().selectAllChildren(document.querySelector(arguments[0]));
            const clipboardData = new DataTransfer();
            document.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
            return clipboardData.getData('text/plain')";
        for (number, digits) in
            [("[data-role=loss]", "1.53125"), (".sum .loss", ""), ("tbody tr:last-child .loss", "4.5"), ("h1", "")]
        {
            assert_eq!(page.script(body, vec![number.into()]).await?, digits, "{number}");
        }
        Ok(())
    })
    .await;
}
