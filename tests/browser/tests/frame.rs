//! The page that an embed holds, `embed.html`, by itself.

use losslens_browser_tests::{Site, browse};
use serde_json::json;

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
async fn the_program_unfolds_and_follows() {
    browse(Site::release(), async |page| {
        page.goto("embed.html#/HuberLoss?input=2,1&target=0,0").await?;
        let text = "return document.querySelector('.program pre').checkVisibility()
            && document.querySelector('.program pre').textContent";
        assert_eq!(page.script(text, vec![]).await?, false);
        page.click(".program summary").await?;
        page.wait_for(
            "the program",
            &text.replace("pre').textContent", "pre').textContent.includes('[2., 1.]')"),
        )
        .await?;
        page.follow("#/HuberLoss?input=2,1&target=0,0&show=editor,code&delta=2").await?;
        page.type_into("#entry-0-0", "1.5").await?;
        let now = "const it = document.querySelector('.program[open] pre')?.textContent;
            return it?.includes('[1.5, 1.]') && it.includes('HuberLoss(delta=2.0)')";
        page.wait_for("the numbers of now", now).await
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
