//! The losses of the second program: each address starts the one that has it, and the page goes from one to the other.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};
use serde_json::json;

/// Half of the last digit given, and a little for what was rounded down.
const ROUNDED: f64 = 5.1e-5;

/// Waits for a loss, by the number that its page must show; the page may be loaded again before.
async fn arrive(page: &Page, loss: &str, want: f64) -> WebDriverResult<()> {
    let there = format!(
        "const shown = document.querySelector('[data-role=loss]')?.dataset.value;
         return !document.getElementById('start') && document.querySelector('.signature')?.textContent.startsWith('nn.{loss}(')
            && Math.abs(shown - {want}) < {ROUNDED}"
    );
    page.wait_for(&format!("{loss} with {want}"), &there).await
}

/// What was fetched of the programs: late, and the one that the page names.
async fn fetched(page: &Page) -> WebDriverResult<Vec<&'static str>> {
    let body = "const names = performance.getEntriesByType('resource').map(it => it.name);
        return [names.some(it => it.includes('/late_bg.wasm')), names.includes(document.getElementById('app-wasm').href)]";
    let found = page.script(body, vec![]).await?;
    let both = ["late", "early"].into_iter().enumerate();
    Ok(both.filter(|it| found[it.0] == json!(true)).map(|it| it.1).collect())
}

#[tokio::test]
async fn a_page_of_its_own_downloads_its_own_program_alone() {
    browse(Site::release(), async |page| {
        page.goto("MultiMarginLoss/").await?;
        arrive(page, "MultiMarginLoss", 1.0 / 3.0).await?;
        assert_eq!(page.fragment().await?, "#/MultiMarginLoss");
        assert_eq!(fetched(page).await?, ["late"]);
        assert!(page.text(".prose").await?.contains("motorcycle"));
        page.goto("HuberLoss/").await?;
        arrive(page, "HuberLoss", 1.53125).await?;
        assert_eq!(fetched(page).await?, ["early"]);
        Ok(())
    })
    .await;
}

/// With leads of 2 asked for, photo 0 lacks 1 and 0.1, photo 1 nothing, photo 2 lacks 4 and 1; of three classes each.
#[tokio::test]
async fn any_address_of_it_starts_it() {
    browse(Site::release(), async |page| {
        for address in [
            "#/MultiMarginLoss?margin=2",
            "#MultiMarginLoss?margin=2",
            "#%2FMultiMarginLoss%3Fmargin%3D2",
            "#/MultiMargin%4coss?margin=2",
            "L1Loss/#/MultiMarginLoss?margin=2",
        ] {
            page.goto(address).await?;
            arrive(page, "MultiMarginLoss", 6.1 / 9.0).await?;
            assert!(fetched(page).await?.contains(&"late"), "{address}");
            assert_eq!((page.count(".notices").await?, page.count("header.top").await?), (0, 1), "{address}");
            assert!(page.fragment().await?.starts_with("#/MultiMarginLoss?input="), "{address}");
        }
        Ok(())
    })
    .await;
}

/// Nothing that an address holds is lost on the way, and the page comes to rest.
#[tokio::test]
async fn links_and_history_lead_from_one_program_to_the_other() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.type_into("#entry-0-3", "8").await?;
        arrive(page, "HuberLoss", 0.40625).await?;
        page.script("scrollTo(0, 500)", vec![]).await?;
        page.click(".rail a[href='#/MultiMarginLoss']").await?;
        arrive(page, "MultiMarginLoss", 1.0 / 3.0).await?;
        assert_eq!(page.script("return scrollY", vec![]).await?, json!(0));
        page.type_into("#cell-0-8", "4").await?;
        arrive(page, "MultiMarginLoss", 0.0).await?;

        // Within the program, and on pages of text, nothing is loaded again.
        page.script("window.stayed = true", vec![]).await?;
        page.follow("#/MultiLabelMarginLoss").await?;
        arrive(page, "MultiLabelMarginLoss", 0.2375).await?;
        page.follow("#/questions").await?;
        page.find(".contents").await?;
        assert_eq!(page.script("return window.stayed", vec![]).await?, json!(true));

        page.driver.back().await?;
        arrive(page, "MultiLabelMarginLoss", 0.2375).await?;
        page.driver.back().await?;
        arrive(page, "MultiMarginLoss", 0.0).await?;
        page.driver.back().await?;
        arrive(page, "HuberLoss", 0.40625).await?;
        page.script("window.stayed = true", vec![]).await?;
        page.follow("#/L1Loss").await?;
        arrive(page, "L1Loss", 1.875).await?;
        assert_eq!(page.script("return window.stayed", vec![]).await?, json!(true));
        page.driver.back().await?;
        arrive(page, "HuberLoss", 0.40625).await?;
        // Somebody's link, all of it encoded.
        page.follow("#%2FMultiMarginLoss%3Fmargin%3D2").await?;
        arrive(page, "MultiMarginLoss", 6.1 / 9.0).await?;
        page.driver.back().await?;
        arrive(page, "HuberLoss", 0.40625).await?;
        page.driver.forward().await?;
        arrive(page, "MultiMarginLoss", 6.1 / 9.0).await
    })
    .await;
}

#[tokio::test]
async fn everything_that_lists_losses_knows_them() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.click(".card[href='#/MultiLabelSoftMarginLoss']").await?;
        arrive(page, "MultiLabelSoftMarginLoss", 0.4586).await?;
        assert_eq!(page.count(".rail a[aria-current=page] use").await?, 1);
        page.click(".rail a[href='#/HuberLoss']").await?;
        arrive(page, "HuberLoss", 1.53125).await?;
        page.keys("body", "/").await?;
        page.keys(".find input", "crammer".to_owned() + Key::Enter).await?;
        arrive(page, "MultiMarginLoss", 1.0 / 3.0).await?;
        page.goto("#/which").await?;
        page.find(".which legend").await?;
        page.script("document.querySelector('.answer a[href=\"#/MultiLabelMarginLoss\"]').click()", vec![])
            .await?;
        arrive(page, "MultiLabelMarginLoss", 0.2375).await?;
        page.open("embed.html#/MultiLabelMarginLoss").await?;
        page.expect_number("loss", 0.2375, ROUNDED).await?;
        page.find("figure.picture[data-figure=margins]").await.map(drop)
    })
    .await;
}

/// The lessons' links go both ways, their figures need neither program.
#[tokio::test]
async fn lessons_lead_to_each_other() {
    browse(Site::release(), async |page| {
        page.goto("#/MultiMarginLoss").await?;
        page.find_hidden(".prose figure[data-of=let-go]").await?;
        page.script("document.querySelector('.prose figure[data-of=let-go]').scrollIntoView()", vec![])
            .await?;
        page.find("figure[data-of=let-go][data-live]").await?;
        page.script("document.querySelector('.prose a[href=\"#/CrossEntropyLoss\"]').click()", vec![])
            .await?;
        arrive(page, "CrossEntropyLoss", 0.9279).await
    })
    .await;
}

/// A comparison with a loss of the other program is left out, and said to be.
#[tokio::test]
async fn a_comparison_beyond_the_program_is_told() {
    browse(Site::release(), async |page| {
        for (here, there, loss) in
            [("CrossEntropyLoss", "MultiMarginLoss", 0.4170), ("MultiMarginLoss", "CrossEntropyLoss", 0.0)]
        {
            page.goto(&format!("#/{here}?input=2,1,0.1&target=0&with={there}")).await?;
            arrive(page, here, loss).await?;
            let told = page.text(".notices").await?;
            assert!(told.contains(&format!("{there} is in another part of this site")), "{told}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_program_is_explained_and_the_other_goes_on() {
    browse(Site::release_without("late_bg.wasm"), async |page| {
        page.open("#/MultiMarginLoss?margin=2").await?;
        assert_eq!(page.text("#trouble h2").await?, "Losslens could not be loaded");
        assert_eq!(page.fragment().await?, "#/MultiMarginLoss?margin=2");
        // The address bar leads on.
        page.follow("#/HuberLoss").await?;
        arrive(page, "HuberLoss", 1.53125).await?;
        page.click(".rail a[href='#/MultiMarginLoss']").await?;
        page.wait_for("the apology", "return document.getElementById('trouble')?.checkVisibility()").await?;
        page.driver.back().await?;
        arrive(page, "HuberLoss", 1.53125).await?;
        // The failed requests are what this test asks for.
        page.console_errors().await.map(drop)
    })
    .await;
}
