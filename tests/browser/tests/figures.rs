//! The figures of the texts: each is moved once, and says the number that it must.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};

/// Opens a page and brings its first figure of that name into sight, so that the figures come.
async fn open(page: &Page, fragment: &str, figure: &str) -> WebDriverResult<()> {
    page.goto(fragment).await?;
    page.wait_for("the text", &format!("return !!document.querySelector(`{figure}`)")).await?;
    page.script(&format!("document.querySelector(`{figure}`).scrollIntoView({{ block: 'center' }})"), vec![])
        .await?;
    page.wait_for("the figure", &format!("return !!document.querySelector(`{figure}[data-live]`)")).await
}

/// The number of that role within a figure.
async fn number(page: &Page, figure: &str, role: &str) -> WebDriverResult<f64> {
    let read =
        format!("return Number(document.querySelector(`{figure} [data-role=\"{role}\"]`).dataset.value)");
    Ok(page.script(&read, vec![]).await?.as_f64().unwrap_or(f64::NAN))
}

/// Waits until a number is what it must be.
async fn expect(page: &Page, figure: &str, role: &str, want: f64) -> WebDriverResult<()> {
    let read = format!(
        "return Math.abs(Number(document.querySelector(`{figure} [data-role=\"{role}\"]`).dataset.value) - {want}) < 5e-5"
    );
    let reached = page.wait_for(&format!("{role} of {figure} to be {want}"), &read).await;
    if reached.is_err() {
        panic!("{role} of {figure} is {}, not {want}", number(page, figure, role).await?);
    }
    reached
}

/// Presses a key on a slider, which one does not see.
async fn press(page: &Page, css: &str, key: Key) -> WebDriverResult<()> {
    page.find_hidden(css).await?.send_keys(key).await
}

fn of(figure: &str, of: &str) -> String {
    format!("figure[data-figure={figure}][data-of=\"{of}\"]")
}

#[tokio::test]
async fn comparisons_answer_to_their_dials() {
    browse(Site::release(), async |page| {
        let figure = of("compare", "softmax-twice");
        open(page, "#/questions/softmax-twice", &figure).await?;
        expect(page, &figure, "loss-1", 0.7444).await?;
        let dial = |place: usize| format!("{figure} .dial:nth-of-type({place}) input[type=range]");
        press(page, &dial(1), Key::End).await?;
        // The floor of four classes, and at the far left both calls of ten equal ones.
        expect(page, &figure, "loss-1", 0.7437).await?;
        for _ in 0..6 {
            press(page, &dial(2), Key::Right).await?;
        }
        expect(page, &figure, "loss-1", 1.4612).await?;

        let figure = of("compare", "stability");
        open(page, "#/questions/stability", &figure).await?;
        press(page, &format!("{figure} .dial input[type=range]"), Key::Home).await?;
        expect(page, &figure, "loss-0", 150.0).await?;
        expect(page, &figure, "loss-1", 100.0).await?;
        expect(page, &figure, "gradient-0", -1.0).await?;
        expect(page, &figure, "gradient-1", 0.0).await
    })
    .await;
}

/// Every number that the questions speak of.
#[tokio::test]
async fn every_question_shows_its_number_untouched() {
    browse(Site::release(), async |page| {
        open(page, "#/questions", &of("compare", "softmax-twice")).await?;
        for (name, role, want) in [
            ("sigmoid-twice", "loss-1", 0.6944),
            ("log-probabilities", "loss-0", 0.1838),
            ("log-probabilities", "loss-1", -1.1818),
            ("kl-direction", "loss-1", 0.1920),
            ("nll-probabilities", "loss-1", -0.9),
            ("labels", "loss-1", 1.0),
            ("reduction", "loss-0", 58.5),
            ("reduction", "loss-1", 7.3125),
            ("beta-delta", "loss-0", 4.0),
            ("beta-delta", "loss-1", 8.0),
            ("stuck", "loss-0", std::f64::consts::LN_10),
            ("tag-lists", "loss-1", -0.6818),
            ("tag-marks", "loss-0", 0.25),
        ] {
            expect(page, &of("compare", name), role, want).await?;
        }
        expect(page, "figure[data-figure=broadcast]", "broadcast-loss", 1.3333).await?;
        expect(page, "figure[data-figure=paths]", "ways", 1.0).await?;
        expect(page, "figure[data-figure=counts]", "count-loss", -8.5448).await?;
        let sections = page.count(".prose h2[id]").await?;
        assert_eq!(sections, 26);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_outlier_pulls_one_line_and_not_the_other() {
    browse(Site::release(), async |page| {
        let figure = "figure[data-figure=outliers]";
        open(page, "#/HuberLoss", figure).await?;
        let (before, slope) =
            (number(page, figure, "fit-loss").await?, number(page, figure, "fit-slope").await?);
        page.drag(&format!("{figure} .point:last-of-type .knob"), 0, 60).await?;
        let moved = number(page, figure, "fit-slope").await?;
        assert!(moved < slope - 0.1, "MSE's line follows: {slope} to {moved}");
        assert!(number(page, figure, "fit-loss").await? < before);
        page.find_hidden(&format!("{figure} input[value=HuberLoss]")).await?.click().await?;
        let huber = number(page, figure, "fit-slope").await?;
        page.drag(&format!("{figure} .point:last-of-type .knob"), 0, -60).await?;
        assert!((number(page, figure, "fit-slope").await? - huber).abs() < 0.05, "Huber's lets go");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn sticks_squares_and_steps_downhill() {
    browse(Site::release(), async |page| {
        let figure = "figure[data-figure=squares]";
        open(page, "#/MSELoss", figure).await?;
        expect(page, figure, "squares", 7.3125).await?;
        expect(page, figure, "sticks", 1.875).await?;
        press(page, &format!("{figure} .error-row:nth-of-type(4) input[type=range]"), Key::Home).await?;
        // The mansion guessed at 0: 0.25 + 4 + 64, and 0.5 + 2 + 8, by four.
        expect(page, figure, "squares", 17.0625).await?;
        expect(page, figure, "sticks", 2.625).await?;

        let figure = "figure[data-figure=descent]";
        expect(page, figure, "descent-gradient", -2.5).await?;
        page.click(&format!("{figure} .learn button")).await?;
        page.wait_for("a step", &format!("return document.querySelector('{figure} .learn-step').textContent.includes('new = ')"))
            .await?;
        page.wait_for("the loss to fall", &format!("return Number(document.querySelector('{figure} [data-role=descent-loss]').dataset.value) < 0.01"))
            .await
    })
    .await;
}

#[tokio::test]
async fn parts_of_a_cross_entropy_and_bars_of_a_rate() {
    browse(Site::release(), async |page| {
        let figure = "figure[data-figure=split]";
        open(page, "#/KLDivLoss", figure).await?;
        let entropy = number(page, figure, "entropy").await?;
        press(page, &format!("{figure} .pair:first-of-type .pred input[type=range]"), Key::Up).await?;
        expect(page, figure, "entropy", entropy).await?;
        let parts = number(page, figure, "cross-entropy").await? - number(page, figure, "divergence").await?;
        assert!((parts - entropy).abs() < 1e-9);

        let figure = "figure[data-figure=counts]";
        open(page, "#/PoissonNLLLoss", figure).await?;
        press(page, &format!("{figure} .dial:nth-of-type(2) input[type=range]"), Key::Home).await?;
        // No calls: the loss is the rate itself.
        expect(page, figure, "count-loss", 1.4_f64.exp()).await?;

        let figure = "figure[data-figure=bell]";
        open(page, "#/GaussianNLLLoss", figure).await?;
        // The sofa of the worked example: ½ (ln 0.25 + 9 / 0.25).
        expect(page, figure, "bell-loss", 17.306_852_819_440_055).await?;
        press(page, &format!("{figure} .dial:nth-of-type(2) input[type=range]"), Key::End).await?;
        // Too wide now, at 16: ½ (1/16 − 9/16²).
        expect(page, figure, "bell-gradient", 0.013_671_875).await?;
        // With the constant: ½ (ln 16 + 9/16 + ln 2π).
        page.find_hidden(&format!("{figure} input[value=true]")).await?.click().await?;
        expect(page, figure, "bell-loss", 2.586_482_7).await?;
        press(page, &format!("{figure} .dial:nth-of-type(2) input[type=range]"), Key::Home).await?;
        press(page, &format!("{figure} .dial:nth-of-type(4) input[type=range]"), Key::End).await?;
        // A variance of 0.05 counts as 4: ½ (ln 4 + 9/4 + ln 2π).
        expect(page, figure, "bell-loss", 2.737_085_7).await
    })
    .await;
}

#[tokio::test]
async fn lines_planes_and_ways() {
    browse(Site::release(), async |page| {
        let figure = "figure[data-figure=line]";
        open(page, "#/HingeEmbeddingLoss", figure).await?;
        expect(page, figure, "line-loss", 0.425).await?;
        press(page, &format!("{figure} .line-row:nth-of-type(3) input[type=range]"), Key::End).await?;
        expect(page, figure, "line-loss", 0.275).await?;
        page.click(&format!("{figure} .line-row:nth-of-type(1) .label-flip")).await?;
        // Ana–Ana as strangers: 0.8 instead of 0.2.
        expect(page, figure, "line-loss", 0.425).await?;

        let figure = "figure[data-figure=bench]";
        open(page, "#/TripletMarginLoss", figure).await?;
        expect(page, figure, "figure-loss", 0.7).await?;
        press(page, &format!("{figure} .dial input[type=range]"), Key::Left).await?;
        // 1 + 0.9 − 1.3
        expect(page, figure, "figure-loss", 0.6).await?;
        page.find_hidden(&format!("{figure} input[value=true]")).await?.click().await?;
        let swapped =
            format!("return document.querySelector('{figure} .call').textContent.includes('swap=True')");
        page.wait_for("the call with swap", &swapped).await?;

        let figure = "figure[data-figure=logits]";
        open(page, "#/CrossEntropyLoss", figure).await?;
        expect(page, figure, "logit-loss", 1.3133).await?;
        press(page, &format!("{figure} .point input[type=range]"), Key::Right).await?;
        // ln(1 + e^(2.5 − 1.6))
        expect(page, figure, "logit-loss", 1.2412).await?;

        let figure = "figure[data-figure=paths]";
        open(page, "#/CTCLoss", figure).await?;
        press(page, &format!("{figure} .dial input[type=range]"), Key::Left).await?;
        expect(page, figure, "ways", 0.0).await?;
        let infinite =
            format!("return document.querySelector('{figure} [data-role=ctc-loss]').dataset.value === 'inf'");
        page.wait_for("an infinite loss", &infinite).await
    })
    .await;
}

#[tokio::test]
async fn a_guess_is_told_and_a_task_is_checked() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        let told = "return document.querySelector('.prose blockquote p:last-child').checkVisibility()";
        page.wait_for("the guess", "return !!document.querySelector('.prose blockquote a')").await?;
        assert_eq!(page.script(told, vec![]).await?, false);
        page.click(".prose blockquote li:last-child a").await?;
        page.wait_for("the answer", told).await?;
        page.expect_number("loss", 3.03125, 1e-12).await?;

        let figure = "figure[data-figure=task]";
        open(page, "#/HuberLoss", figure).await?;
        let says = |text: &str| format!("return document.querySelector('{figure} [data-role=progress]').textContent.includes('{text}')");
        page.wait_for("the task", &says("not yet: 1.53")).await?;
        press(page, &format!("{figure} .loss-chart .handle input"), Key::PageUp).await?;
        page.wait_for("some way", &says("not yet")).await?;
        let solve = format!(
            "const knob = document.querySelector('{figure} .loss-chart .handle input');
             knob.value = 8; knob.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        );
        page.script(&solve, vec![]).await?;
        page.wait_for("the end", &says("done: 0.406")).await?;
        let why = format!("return document.querySelector('{figure} .why').checkVisibility()");
        page.wait_for("the reason", &why).await
    })
    .await;
}

/// Axe on these texts with their figures.
async fn axe_finds_nothing(fragments: &[&str]) {
    browse(Site::release(), async |page| {
        for fragment in fragments {
            open(page, fragment, "figure[data-figure]:not(.picture)").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{fragment}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_questions_have_no_accessibility_violation() {
    axe_finds_nothing(&["#/questions"]).await;
}

#[tokio::test]
async fn lessons_with_figures_have_no_accessibility_violation() {
    axe_finds_nothing(&[
        "#/CrossEntropyLoss",
        "#/KLDivLoss",
        "#/HingeEmbeddingLoss",
        "#/MSELoss",
        "#/CTCLoss",
        "#/MultiMarginLoss",
        "#/MultiLabelMarginLoss",
        "#/MultiLabelSoftMarginLoss",
    ])
    .await;
}

#[tokio::test]
async fn texts_with_figures_fit_a_phone() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        for fragment in [
            "#/questions",
            "#/HuberLoss",
            "#/MSELoss",
            "#/CTCLoss",
            "#/MarginRankingLoss",
            "#/MultiMarginLoss",
            "#/MultiLabelMarginLoss",
            "#/MultiLabelSoftMarginLoss",
        ] {
            open(page, fragment, "figure[data-figure]:not(.picture)").await?;
            assert_eq!(page.overflow().await?, 0, "{fragment}");
        }
        Ok(())
    })
    .await;
}

/// Choices of the same name are one group in a browser, unless a form is between them.
#[tokio::test]
async fn figures_leave_the_choices_of_the_bench_alone() {
    browse(Site::release(), async |page| {
        let chosen = "return [...document.querySelectorAll('.bench input[type=radio]:checked')].map(it => it.name + it.value).join()";
        page.goto("#/HuberLoss").await?;
        page.expect_number("loss", 1.53125, 1e-12).await?;
        let before = page.script(chosen, vec![]).await?;
        assert!(before.as_str().is_some_and(|it| it.contains("overlayMSELoss")), "{before}");
        open(page, "#/HuberLoss", "figure[data-figure=task]").await?;
        assert_eq!(page.script(chosen, vec![]).await?, before);
        Ok(())
    })
    .await;
}
