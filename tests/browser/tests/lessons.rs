//! Lessons: their numbers to turn, what every figure owes to every reader, and how they read without scripts.

use losslens_browser_tests::{Browser, Key, Page, Site, WebDriverResult, browse};

/// The paragraph whose numbers live with the bench.
const TOLD: &str = "[data-figure=told]";

/// Opens a lesson and brings its paragraph into sight, so that its numbers come alive.
async fn open(page: &Page, fragment: &str) -> WebDriverResult<()> {
    page.goto(fragment).await?;
    page.wait_for("the lesson", &format!("return !!document.querySelector('{TOLD}')")).await?;
    page.script(&format!("document.querySelector('{TOLD}').scrollIntoView({{ block: 'center' }})"), vec![])
        .await?;
    page.wait_for("the numbers", &format!("return !!document.querySelector('{TOLD}[data-live]')")).await
}

/// What the paragraph says.
async fn says(page: &Page, words: &str) -> WebDriverResult<()> {
    let body = format!("return document.querySelector('{TOLD}').innerText.includes('{words}')");
    page.wait_for(&format!("the paragraph to say {words}"), &body).await
}

#[tokio::test]
async fn a_number_of_the_text_moves_the_bench() {
    browse(Site::release(), async |page| {
        open(page, "#/L1Loss").await?;
        says(page, "guessed at 3 and sold for 8, so it costs 5").await?;
        let guess = format!("{TOLD} .pred .scrub b");
        page.keys(&guess, Key::Right).await?;
        // A tenth less, by four houses.
        page.expect_number("loss", 1.85, 1e-12).await?;
        says(page, "guessed at 3.1 and sold for 8, so it costs 4.9").await?;
        page.drag(&guess, 43, 0).await?;
        // Ten steps of four pixels, from where the hand was taken for one.
        page.expect_number("loss", 1.6, 1e-12).await?;
        says(page, "guessed at 4.1 and sold for 8, so it costs 3.9").await?;
        page.wait_for("the address", "return location.hash.includes('input=2,3.5,4,4.1')").await?;
        // A gesture is one step of undo.
        page.keys(&guess, Key::Control + "z").await?;
        page.expect_number("loss", 1.85, 1e-12).await?;
        says(page, "guessed at 3.1").await?;
        // The bench moves the text as well.
        page.follow(
            "#/L1Loss?input=2,3.5,4,7&target=2.5,3.5,2,8&names=flat,terrace,cottage,mansion&with=MSELoss",
        )
        .await?;
        says(page, "guessed at 7 and sold for 8, so it costs 1").await
    })
    .await;
}

#[tokio::test]
async fn a_probability_is_turned_as_one_and_typed() {
    browse(Site::release(), async |page| {
        open(page, "#/KLDivLoss").await?;
        says(page, "the forecast gave it 0.4").await?;
        let share = format!("{TOLD} .pred .scrub");
        page.keys(&format!("{share} b"), Key::Enter).await?;
        page.type_into(&format!("{share} input"), "0.7").await?;
        // Cloud and rain share the rest as 2 to 1, and so Q meets P.
        page.expect_number("loss", 0.0, 1e-12).await?;
        says(page, "the forecast gave it 0.7").await
    })
    .await;
}

#[tokio::test]
async fn other_things_on_the_bench_are_another_story() {
    browse(Site::release(), async |page| {
        open(page, "#/HuberLoss").await?;
        page.find(&format!("{TOLD} .scrub b")).await?;
        page.follow("#/HuberLoss?input=0.5,2&target=1,1").await?;
        let plain = format!("return !document.querySelector('{TOLD} .scrub b').checkVisibility()");
        page.wait_for("the text as it was written", &plain).await?;
        says(page, "guessed at 3 and sold for 8: it costs 4.5").await
    })
    .await;
}

/// Every figure of every lesson says in words what it shows, and can be had by the keyboard.
#[tokio::test]
async fn every_figure_has_words_and_keys() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        let cards = "return [...document.querySelectorAll('.card')].map(it => it.getAttribute('href'))";
        page.wait_for("the cards", "return !!document.querySelector('.card')").await?;
        let lessons: Vec<String> = serde_json::from_value(page.script(cards, vec![]).await?)?;
        assert!(lessons.len() > 20 && lessons.iter().all(|it| it.starts_with("#/")), "{lessons:?}");
        for lesson in lessons {
            page.goto(&lesson).await?;
            page.wait_for("the figures", "const all = [...document.querySelectorAll('#app figure[data-figure]:not(.picture)')];
                all.find(it => it.dataset.live === undefined)?.scrollIntoView({ block: 'center' });
                return all.length && all.every(it => it.dataset.live !== undefined)").await?;
            let lacking = "return [...document.querySelectorAll('#app figure[data-live]:not(.code)')].filter(figure => {
                const words = [...figure.querySelectorAll('[data-role$=summary]')].some(it => it.textContent.trim());
                const keys = figure.querySelector('input, [role=spinbutton], button');
                return !words || !keys || !figure.querySelector('figcaption')?.textContent.trim();
            }).map(it => it.dataset.figure)";
            let lacking: Vec<String> = serde_json::from_value(page.script(lacking, vec![]).await?)?;
            assert_eq!(lacking, Vec::<String>::new(), "{lesson}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_little_is_to_move_playing_is_stepping() {
    browse(Site::release(), async |page| {
        if page.browser != Browser::Chromium {
            return Ok(());
        }
        page.prefer_stillness().await?;
        page.goto("#/MSELoss").await?;
        let figure = "figure[data-figure=descent]";
        page.wait_for("the text", &format!("document.querySelector('{figure}')?.scrollIntoView(); return !!document.querySelector('{figure}[data-live]')")).await?;
        assert_eq!(page.count(&format!("{figure} .learn button")).await?, 1);
        assert_eq!(page.text(&format!("{figure} .learn button")).await?, "One step");
        page.click(&format!("{figure} .learn button")).await?;
        assert_eq!(page.text(&format!("{figure} .learn-step")).await?, "new = 3 − 1 × (−2.5) = 5.5");
        let moved = format!("return Number(document.querySelector('{figure} [data-role=descent-gradient]').dataset.value)");
        // Half of the way: 2 × (5.5 − 8), by four.
        assert_eq!(page.script(&moved, vec![]).await?.as_f64(), Some(-1.25));
        Ok(())
    })
    .await;
}

/// The bench of any loss learns: the figure begins with its numbers, a step at a time.
#[tokio::test]
async fn the_numbers_of_the_bench_learn() {
    browse(Site::release(), async |page| {
        let figure = "figure[data-figure=descent]";
        let (step, words) = (format!("{figure} .learn button + button"), format!("{figure} .learn-step"));
        page.goto("#/HuberLoss?input=2&target=8").await?;
        page.find_hidden(figure).await?;
        page.script(&format!("document.querySelector('{figure}').scrollIntoView()"), vec![]).await?;
        page.click(&step).await?;
        assert_eq!(page.text(&words).await?, "new = 2 − 2 × (−1) = 4");
        page.click(&step).await?;
        assert_eq!(page.text(&words).await?, "new = 4 − 2 × (−1) = 6");
        // Where it was, at 2 and 4; where it goes, to 8 twice.
        let traces = "return ['.past', ':not(.past)'].map(it => document.querySelectorAll('.descent .step-ghost' + it).length)";
        assert_eq!(page.script(traces, vec![]).await?, serde_json::json!([2, 4]));
        page.type_into("#entry-0-0", "7.5").await?;
        let gradient = format!(
            "return document.querySelector('{figure} [data-role=descent-gradient]').dataset.value === '-0.5'"
        );
        page.wait_for("the bench's new number", &gradient).await?;
        page.click(&step).await?;
        assert_eq!(page.text(&words).await?, "new = 7.5 − 2 × (−0.5) = 8.5");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_scripts_figures_are_stills_and_cards_lead_to_pages() {
    browse(Site::release(), async |page| {
        if page.browser != Browser::Chromium {
            return Ok(());
        }
        page.switch_scripts_off().await?;
        page.open("").await?;
        assert!(page.text(".hero .still").await?.contains("new = 3 − 0.1 × (−4) = 3.4"));
        page.click(".card[href^='HuberLoss/']").await?;
        page.find(".loss-page h1").await?;
        let slopes = page.text("figure[data-figure=outliers] .still").await?;
        assert!(slopes.contains("MSELoss: slope 1.55"), "{slopes}");
        assert!(page.text("blockquote").await?.contains("beyond δ its gradient stays"));
        page.click(".prose a[href^='../MSELoss/']").await?;
        assert!(page.text("figure[data-figure=broadcast] .still").await?.contains("1.3333"));
        assert_eq!(page.overflow().await?, 0);
        Ok(())
    })
    .await;
}
