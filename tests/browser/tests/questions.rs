//! The questions: a list of them, a link to each, and each as a page of its own that becomes the app.

use losslens_browser_tests::{Page, Site, WebDriverResult, browse};

/// How far the heading of that question is below the top of the window.
async fn distance(page: &Page, id: &str) -> WebDriverResult<f64> {
    let body = format!("return document.querySelector('#app #{id}').getBoundingClientRect().top");
    Ok(page.script(&body, vec![]).await?.as_f64().unwrap_or(f64::NAN))
}

async fn wait_for_question(page: &Page, id: &str) -> WebDriverResult<()> {
    let near = format!(
        "const it = document.querySelector('#app #{id}'); return it && Math.abs(it.getBoundingClientRect().top - 72) < 240"
    );
    page.wait_for(&format!("the question {id}"), &near).await
}

#[tokio::test]
async fn a_question_of_its_own_becomes_the_app_there() {
    browse(Site::release(), async |page| {
        page.goto("questions/stuck/").await?;
        assert_eq!(page.fragment().await?, "#/questions/stuck");
        wait_for_question(page, "stuck").await?;
        // From there the app goes anywhere.
        page.follow("#/HuberLoss").await?;
        page.expect_number("loss", 1.53125, 1e-12).await
    })
    .await;
}

#[tokio::test]
async fn a_question_of_its_own_reads_without_the_program() {
    browse(Site::release_without("_bg.wasm"), async |page| {
        page.open("questions/softmax-twice/").await?;
        page.find("#trouble").await?;
        let text = page.text("#start .prose").await?;
        assert!(text.contains("It takes the softmax itself") && !text.contains("ln 10"), "{text}");
        assert!(page.driver.title().await?.starts_with("Does CrossEntropyLoss want"), "the title");
        let styled = "return getComputedStyle(document.querySelector('#start .prose')).fontFamily.includes('Source Serif')";
        page.wait_for("the style sheet, two folders up", styled).await?;
        // The missing program is what this test asks for.
        page.console_errors().await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn the_list_leads_to_each_question() {
    browse(Site::release(), async |page| {
        page.resize(1400, 900).await?;
        page.goto("#/questions").await?;
        page.click(".contents a[href='#/questions/ctc']").await?;
        wait_for_question(page, "ctc").await?;
        let before = distance(page, "ctc").await?;
        page.script("scrollTo(0, 0)", vec![]).await?;
        // Once more, from where it leads.
        page.click(".contents a[href='#/questions/ctc']").await?;
        wait_for_question(page, "ctc").await?;
        assert!((distance(page, "ctc").await? - before).abs() < 200.0);
        assert_eq!(page.count("#app h2 .own-link").await?, page.count(".contents a").await?);
        let middle = "document.querySelector('#app #labels .own-link').scrollIntoView({ block: 'center' })";
        page.script(middle, vec![]).await?;
        page.click("#app #labels .own-link").await?;
        wait_for_question(page, "labels").await?;
        assert_eq!(page.fragment().await?, "#/questions/labels");
        assert_eq!(page.axe().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_the_list_is_folded() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        page.goto("#/questions").await?;
        page.find(".contents summary").await?;
        let folded =
            "return !document.querySelector('.contents a').checkVisibility({ contentVisibilityAuto: true })";
        page.wait_for("the folded list", folded).await?;
        page.click(".contents summary").await?;
        page.find(".contents a").await?;
        assert_eq!(page.overflow().await?, 0);
        assert_eq!(page.axe().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}
