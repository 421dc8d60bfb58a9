//! The page starts, from its own files alone, and says so when it cannot.

use losslens_browser_tests::{Browser, Page, Site, WebDriverResult, browse};
use serde_json::json;

const NO_VIOLATION: Vec<String> = vec![];

#[tokio::test]
async fn the_program_takes_the_place_of_the_start_frame() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        assert!(page.driver.title().await?.contains("Losslens"));
        assert_eq!(page.count("#app h1").await?, 1);
        assert_eq!(page.count("main").await?, 1);
        assert!(!page.find_hidden("#trouble").await?.is_displayed().await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn home_has_no_accessibility_violation_in_light_and_dark() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        assert_eq!(page.axe().await?, NO_VIOLATION, "light");
        page.prefer_dark().await?;
        page.goto("#/").await?;
        assert_eq!(theme(page).await?, "dark");
        assert_eq!(page.axe().await?, NO_VIOLATION, "dark");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_stored_theme_overrides_the_system() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        assert_eq!(theme(page).await?, "light");
        page.script("localStorage.setItem('losslens-theme', 'dark')", vec![]).await?;
        page.goto("#/").await?;
        assert_eq!(theme(page).await?, "dark");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn home_fits_a_phone() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        page.goto("#/").await?;
        assert_eq!(page.script("return innerWidth", vec![]).await?, json!(360));
        assert_eq!(page.overflow().await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_four_fonts_load_from_the_site() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        let load = "const done = arguments[arguments.length - 1];
            Promise.all([...document.fonts].map(font => font.load()))
                .then(fonts => done(fonts.map(font => font.family.replaceAll('\"', '')).sort()), error => done([String(error)]))";
        let loaded: Vec<String> = page.driver.execute_async(load, vec![]).await?.convert()?;
        assert_eq!(loaded, ["Inter", "JetBrains Mono", "STIX Two Math", "Source Serif 4"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_lesson_and_the_pictures_arrive() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.find(".head .formula math").await?;
        assert!(page.text(".prose").await?.contains("mansion"));
        let drawn = "return document.querySelector('.rail a[aria-current] use').getBBox().width > 0";
        page.wait_for("the picture in the menu", drawn).await
    })
    .await;
}

#[tokio::test]
async fn a_missing_lesson_says_so_and_the_bench_goes_on() {
    browse(Site::release_without("lesson.html"), async |page| {
        page.goto("#/HuberLoss").await?;
        assert!(page.text(".prose").await?.contains("could not be loaded"));
        assert_eq!(page.text(".prose button").await?, "Try again");
        page.expect_number("loss", 1.53125, 1e-12).await?;
        // The failed request is what this test asks for.
        page.console_errors().await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn missing_figures_say_so_and_the_page_goes_on() {
    browse(Site::release_without("extras_bg.wasm"), async |page| {
        page.goto("#/").await?;
        page.wait_for("the apology", "return !!document.querySelector('figure[data-figure=house] .note')")
            .await?;
        page.find(".card[href='#/HuberLoss']").await?.click().await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        page.find_hidden(".prose figure[data-figure=outliers]").await?;
        page.script("document.querySelector('.prose [data-figure=outliers]').scrollIntoView()", vec![])
            .await?;
        page.wait_for(
            "the next page's",
            "return document.querySelector('.prose [data-figure=outliers] .note')",
        )
        .await?;
        // The failed request is what this test asks for.
        page.console_errors().await.map(drop)
    })
    .await;
}

/// What a shared link unfolds to, and what is read without scripts.
#[tokio::test]
async fn a_file_of_its_own_becomes_the_program() {
    browse(Site::release(), async |page| {
        page.open("HuberLoss/").await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        assert_eq!(page.fragment().await?, "#/HuberLoss");
        page.find(".prose math").await?;
        page.find(".head .formula math").await?;
        assert_eq!(page.driver.title().await?, "Huber loss · Losslens");
        page.goto("MSELoss/#/L1Loss").await?;
        assert_eq!(page.text("h1").await?, "L1 loss");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_program_is_explained() {
    browse(Site::release_without(".wasm"), async |page| {
        page.open("#/HuberLoss?delta=2").await?;
        assert_eq!(page.text("#trouble h2").await?, "Losslens could not be loaded");
        assert_eq!(page.text("[data-do=reload]").await?, "Reload");
        assert_eq!(page.fragment().await?, "#/HuberLoss?delta=2");
        assert_eq!(page.axe().await?, NO_VIOLATION);
        let errors = page.console_errors().await?;
        assert!(
            page.browser != Browser::Chromium || errors.iter().any(|error| error.contains("404")),
            "{errors:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so() {
    browse(Site::release(), async |page| {
        if page.browser != Browser::Chromium {
            return Ok(()); // Only Chromium lets a test take it away before the page loads.
        }
        let without = json!({ "source": "delete globalThis.WebAssembly" });
        page.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", without).await?;
        page.open("#/").await?;
        assert_eq!(page.text("#trouble h2").await?, "This browser cannot run Losslens");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_explained_and_reload_goes_on_from_there() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss?delta=2").await?;
        let panic = "dispatchEvent(new CustomEvent('losslens:panic', { detail: arguments[0] }))";
        page.script(panic, vec![json!("index out of bounds")]).await?;
        assert_eq!(page.text("#trouble h2").await?, "Losslens has stopped");
        assert_eq!(page.text("#trouble code").await?, "index out of bounds");
        page.script("window.before = true", vec![]).await?;
        page.click("[data-do=reload]").await?;
        page.wait_for("the reload", "return !window.before && !document.getElementById('start')").await?;
        assert!(!page.find_hidden("#trouble").await?.is_displayed().await?);
        assert!(page.fragment().await?.starts_with("#/HuberLoss"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_release_refuses_inline_scripts() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        let inline = "const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            return !!window.ran";
        assert_eq!(page.script(inline, vec![]).await?, json!(false));
        let errors = page.console_errors().await?;
        assert!(
            page.browser != Browser::Chromium
                || errors.iter().any(|error| error.contains("Content Security Policy")),
            "{errors:?}"
        );
        Ok(())
    })
    .await;
}

async fn theme(page: &Page) -> WebDriverResult<String> {
    Ok(page.find_hidden("html").await?.attr("data-theme").await?.unwrap_or_default())
}
