//! The pages of margins and of several labels: their numbers, their pictures under a hand, tags by pointer and keyboard.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};
use serde_json::json;

/// Half of the last digit given, and a little for what was rounded down.
const ROUNDED: f64 = 5.1e-5;

/// Loss, its number on opening, the gradient of the chosen element, the chosen row's own loss.
const OPENING: [(&str, f64, f64, f64); 3] = [
    ("MultiMarginLoss", 0.3333, -0.1111, 1.0),
    ("MultiLabelMarginLoss", 0.2375, -0.125, 0.4),
    ("MultiLabelSoftMarginLoss", 0.4586, -0.0778, 0.5433),
];

/// The change, as an address, and the loss that it leads to; worked out by hand or with PyTorch.
const CHANGED: [(&str, f64); 8] = [
    ("MultiMarginLoss?input=2,1,0.1;0.5,2.5,0;3,0,4&target=0,1,2", 0.0),
    ("MultiMarginLoss?input=2,1,0.1;0.5,2.5,0;3,0,1&target=0,1,2&p=2", 1.0),
    ("MultiMarginLoss?input=2,1,0.1;0.5,2.5,0;3,0,1&target=0,1,2&weight=1,1,5", 1.6667),
    ("MultiLabelMarginLoss?input=2,0.5,0.8,-0.2;-1,-2,-0.3,1.5&target=0,1,2,-1;2,3,-1,-1", 0.075),
    ("MultiLabelMarginLoss?input=0.1,0.2,0.4,0.8&target=3,0,-1,1", 0.85),
    ("MultiLabelMarginLoss?input=2,0.5,-0.5,-0.2;-1,-2,-0.3,1.5&target=-1,-1,-1,-1;2,3,-1,-1", 0.0375),
    ("MultiLabelSoftMarginLoss?input=0,0&target=1,0", std::f64::consts::LN_2),
    ("MultiLabelSoftMarginLoss?input=8,-2,-3,3&target=3,0,-1,-1", -3.1939),
];

async fn fragment_has(page: &Page, part: &str) -> WebDriverResult<()> {
    page.wait_for(part, &format!("return location.hash.includes('{part}')")).await
}

#[tokio::test]
async fn every_page_opens_on_its_story_and_goes_on_as_told() {
    browse(Site::release(), async |page| {
        page.goto("#/MultiMarginLoss").await?;
        for (loss, value, gradient, row) in OPENING {
            page.follow(&format!("#/{loss}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
            page.expect_number("gradient", gradient, ROUNDED).await?;
            page.expect_number("row-loss", row, ROUNDED).await?;
            assert!(page.count(".notices, .warnings p").await? == 0, "{loss}");
        }
        for (address, value) in CHANGED {
            page.follow(&format!("#/{address}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
        }
        Ok(())
    })
    .await;
}

/// The truck of photo 2 goes from 1 to 4, one beyond the car, and nothing is missing.
#[tokio::test]
async fn a_true_class_is_dragged_until_it_leads() {
    browse(Site::release(), async |page| {
        page.goto("#/MultiMarginLoss").await?;
        page.find(".margin-row.truth .knob").await?;
        let tick =
            "const middle = it => { const { x, width } = it.getBoundingClientRect(); return x + width / 2; };
            const tick = [...document.querySelectorAll('.margins .tick')].find(it => it.textContent === '4');
            return Math.round(middle(tick) - middle(document.querySelector('.margin-row.truth .knob')))";
        let pixels = page.script(tick, vec![]).await?.as_i64().unwrap_or_default();
        assert!(pixels > 40, "the 4 is to the right: {pixels}");
        page.drag(".margin-row.truth .knob", pixels + 2, 0).await?;
        page.expect_number("loss", 0.0, 0.0).await?;
        page.expect_number("gradient", 0.0, 0.0).await?;
        assert_eq!(page.count(".margin-short").await?, 0);
        fragment_has(page, "3,0,4&").await?;
        page.click("[aria-label=Undo]").await?;
        page.expect_number("row-loss", 1.0, 0.0).await
    })
    .await;
}

#[tokio::test]
async fn keys_move_scores_and_tick_tags() {
    browse(Site::release(), async |page| {
        page.goto("#/MultiLabelMarginLoss").await?;
        let sky = ".margin-row:nth-of-type(5) .knob input";
        let label = page.find_hidden(sky).await?.attr("aria-label").await?;
        assert_eq!(label.as_deref(), Some("score of sky"));
        page.find_hidden(sky).await?.send_keys(Key::Shift + Key::Right).await?;
        let less = "return +document.querySelector('[data-role=loss]').dataset.value < 0.2375";
        page.wait_for("the loss to fall", less).await?;
        page.goto("#/MultiLabelMarginLoss").await?;
        // The tree too: nothing can be missing in the harbour.
        page.find_hidden(".margin-row:nth-of-type(6) .class-choice input")
            .await?
            .send_keys(Key::Space)
            .await?;
        page.expect_number("loss", 0.0375, ROUNDED).await?;
        fragment_has(page, "target=0,1,2,3;2,3,-1,-1").await?;
        // And in the editor, the sky out of the forest.
        page.find_hidden("[aria-label='forest: sky is true']").await?.send_keys(Key::Space).await?;
        page.expect_number("loss", 0.0, 0.0).await?;
        fragment_has(page, "target=0,1,2,3;3,-1,-1,-1").await
    })
    .await;
}

#[tokio::test]
async fn a_sigmoid_moves_alone() {
    browse(Site::release(), async |page| {
        page.goto("#/MultiLabelSoftMarginLoss").await?;
        let costs = "return [...document.querySelectorAll('[data-role=cost]')].map(it => it.dataset.value)";
        page.find("[data-role=cost]").await?;
        let before = page.script(costs, vec![]).await?;
        page.drag(".column.logit.chosen .knob", 0, -40).await?;
        page.wait_for(
            "the loss to fall",
            "return +document.querySelector('[data-role=loss]').dataset.value < 0.44",
        )
        .await?;
        let after = page.script(costs, vec![]).await?;
        let moved: Vec<usize> = (0..4).filter(|it| before[*it] != after[*it]).collect();
        assert_eq!(moved, [2]);
        page.goto("#/MultiLabelSoftMarginLoss").await?;
        page.find_hidden(".bands .class-choice:last-child input").await?.send_keys(Key::Space).await?;
        fragment_has(page, "target=1,1,1,1;0,0,1,1").await
    })
    .await;
}

#[tokio::test]
async fn what_is_read_otherwise_than_meant_is_said() {
    browse(Site::release(), async |page| {
        for (address, note) in [
            ("#/MultiLabelMarginLoss?input=1,2,3&target=1,0,1", "lists 1 twice"),
            ("#/MultiLabelMarginLoss?input=1,2,3&target=1,-1,2", "reads no further than the first −1"),
            ("#/MultiLabelSoftMarginLoss?input=1,2&target=1,-1", "should be a probability"),
            ("#/MultiMarginLoss?input=1,nan,3&target=0", "leaves out each comparison"),
        ] {
            page.goto(address).await?;
            let said = page.text(".warnings").await?;
            assert!(said.contains(note), "{address}: {said}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn addresses_come_back_as_they_were() {
    browse(Site::release(), async |page| {
        for address in [
            "#/MultiMarginLoss?input=2,1;0,3&target=1,0&p=2&margin=0.5&weight=1,2&at=input.1.0&with=margin:2&view=curve",
            "#/MultiLabelMarginLoss?input=2,1,0;0,3,1&target=1,-1,-1;2,0,-1&reduction=sum&at=input.1.2&names=a,b;x,y,z",
            "#/MultiLabelSoftMarginLoss?input=2,1;0,3&target=1,0.5;0,0&weight=1,3&at=input.0.1&view=batch",
        ] {
            page.goto(address).await?;
            page.find("[data-role=loss]").await?;
            assert_eq!(page.count(".notices").await?, 0, "{address}");
            assert_eq!(page.fragment().await?, address);
        }
        Ok(())
    })
    .await;
}

/// Both pictures, touched at a phone's width: every tag is high enough for a finger, nothing is cut.
#[tokio::test]
async fn on_a_phone_tags_can_be_touched() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        for (loss, ..) in OPENING {
            page.goto(&format!("#/{loss}")).await?;
            page.find(".picture .class-choice").await?;
            let low = "return [...document.querySelectorAll('.picture .class-choice')].filter(it => it.offsetHeight < 44).length";
            assert_eq!(page.script(low, vec![]).await?, json!(0), "{loss}");
            assert_eq!(page.overflow().await?, 0, "{loss}");
        }
        Ok(())
    })
    .await;
}
