//! Sharing: the link, the picture, the numbers, and the programs that follow the bench.

use losslens_browser_tests::{Key, Page, Site, WebDriverResult, browse};
use serde_json::{Value, json};

const SHARE: &str = "[data-dialog=share]";
const MANSION: &str = "#entry-0-3";

/// Keeps what is copied, instead of the clipboard, which belongs to whoever runs the tests.
async fn keep_copies(page: &Page) -> WebDriverResult<()> {
    let body = "Object.defineProperty(navigator, 'clipboard',
        { configurable: true, value: { writeText: async text => { window.copied = text } } })";
    page.script(body, vec![]).await.map(drop)
}

/// Keeps the files that are made, by their addresses: the page's policy lets nobody fetch them.
async fn keep_files(page: &Page) -> WebDriverResult<()> {
    let body = "window.files = {};
        const make = URL.createObjectURL;
        URL.createObjectURL = blob => { const address = make.call(URL, blob); window.files[address] = blob; return address }";
    page.script(body, vec![]).await.map(drop)
}

async fn share(page: &Page) -> WebDriverResult<()> {
    page.click(SHARE).await?;
    page.find("dialog.sheet").await.map(drop)
}

/// Presses the button with those words and waits until it says that it has done its work.
async fn copy(page: &Page, within: &str, label: &str, said: &str) -> WebDriverResult<String> {
    let body = format!(
        "[...document.querySelectorAll('{within} button')].find(it => it.textContent === '{label}').click()"
    );
    page.script(&body, vec![]).await?;
    let heard =
        format!("return document.querySelector('{within} .sheet-said').textContent.includes('{said}')");
    page.wait_for(said, &heard).await?;
    Ok(page.script("return window.copied ?? ''", vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// What follows the site's own address in a link.
fn rest<'l>(page: &Page, link: &'l str) -> &'l str {
    link.strip_prefix(&page.address("")).unwrap_or_else(|| panic!("{link} leads elsewhere"))
}

#[tokio::test]
async fn a_copied_link_leads_back_to_what_was_shown() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        keep_copies(page).await?;
        share(page).await?;
        let link = copy(page, "dialog", "Copy link", "Copied the link.").await?;
        // Also where nothing was changed: the example may become another one.
        assert!(rest(page, &link).starts_with("HuberLoss/#/HuberLoss?input=2,3.5,4,3&target="), "{link}");
        page.keys("dialog", Key::Escape).await?;
        page.type_into(MANSION, "8").await?;
        page.expect_number("loss", 0.40625, 1e-12).await?;
        share(page).await?;
        let link = copy(page, "dialog", "Copy link", "Copied the link.").await?;
        page.goto(rest(page, &link)).await?;
        page.expect_number("loss", 0.40625, 1e-12).await?;
        // The same link from a page that lies in the loss's own folder.
        keep_copies(page).await?;
        share(page).await?;
        assert_eq!(copy(page, "dialog", "Copy link", "Copied the link.").await?, link);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_the_clipboard_is_refused_the_text_is_selected() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        for clipboard in ["undefined", "{ writeText: () => Promise.reject(new Error('refused')) }"] {
            let body = format!(
                "Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }})"
            );
            page.script(&body, vec![]).await?;
            share(page).await?;
            copy(page, "dialog", "Copy link", "the link is selected").await?;
            let selected = "const it = document.activeElement;
                return it.value.slice(it.selectionStart, it.selectionEnd)";
            let selected = page.script(selected, vec![]).await?;
            assert!(
                selected.as_str().is_some_and(|it| it.ends_with("&unit=$100k")),
                "{clipboard}: {selected}"
            );
            page.keys("dialog", Key::Escape).await?;
        }
        // And a program.
        live_code(page).await?;
        copy(page, "[data-of=torch]", "Copy", "the program is selected").await?;
        let selected = page.script("return getSelection().toString()", vec![]).await?;
        assert!(selected.as_str().is_some_and(|it| it.contains("torch.nn.HuberLoss()")), "{selected}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_phone_shares_by_its_own_sheet() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        let body = "const asked = window.matchMedia.bind(window);
            window.matchMedia = query => query === '(pointer: coarse)' ? { matches: true } : asked(query);
            navigator.share = async data => { window.shared = data }";
        page.script(body, vec![]).await?;
        share(page).await?;
        copy(page, "dialog", "Share…", "Handed over.").await?;
        let shared = page.script("return window.shared", vec![]).await?;
        assert_eq!(shared["title"], "Huber loss");
        assert!(
            shared["url"].as_str().is_some_and(|it| rest(page, it).starts_with("HuberLoss/#/HuberLoss?"))
        );
        page.script("navigator.share = () => Promise.reject(new Error('no'))", vec![]).await?;
        copy(page, "dialog", "Share…", "Not shared.").await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn the_picture_has_names_numbers_and_its_size() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss?input=1,3&target=0,0&delta=2&names=cat%20%26%20dog,").await?;
        keep_files(page).await?;
        share(page).await?;
        page.wait_for("the PNG", "return !!document.querySelector('dialog a[download$=png][href]')").await?;
        let body = "const link = ending => document.querySelector(`dialog a[download='HuberLoss.${ending}']`).href;
            const run = async () => {
              const text = await window.files[link('svg')].text();
              const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
              const png = window.files[link('png')];
              const bitmap = await createImageBitmap(png);
              const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
              canvas.drawImage(bitmap, 0, 0);
              const colours = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
              // Vermilion, the loss.
              let loss = 0;
              for (let k = 0; k < colours.length; k += 4) loss += colours[k] === 0xd5 && colours[k + 1] === 0x5e && colours[k + 2] === 0;
              const words = [...xml.querySelectorAll('text, tspan')].map(it => it.textContent);
              return { words, error: !!xml.querySelector('parsererror'), paths: xml.querySelectorAll('path').length,
                type: png.type, width: bitmap.width, height: bitmap.height, loss };
            };
            run().then(it => { window.found = it }, error => { window.found = { error: String(error) } });";
        page.script(body, vec![]).await?;
        page.wait_for("the files to be read", "return !!window.found").await?;
        let found = page.script("return window.found", vec![]).await?;
        assert_eq!(found["error"], json!(false), "{found}");
        // By hand: the mean of 0.5 · 1² and 2 · (3 − 1); the slope of the first is 1, halved.
        for words in ["Huber loss", "nn.HuberLoss(delta=2.0)", "2.2500", "0.5000", "cat & dog, prediction"] {
            let said = found["words"].as_array().is_some_and(|it| {
                it.iter().any(|it| it.as_str().is_some_and(|it| it.contains(words)))
            });
            assert!(said, "{words}: {found}");
        }
        assert!(found["words"].to_string().contains(&page.address("HuberLoss/#/HuberLoss?input=1,3")));
        assert!(found["paths"].as_u64().is_some_and(|it| it > 10), "{found}");
        assert_eq!(found["type"], "image/png");
        assert_eq!((found["width"].as_u64(), found["height"].as_u64()), (Some(2400), Some(1600)));
        assert!(found["loss"].as_u64().is_some_and(|it| it > 2000), "the curve is drawn: {found}");
        // The other theme is another picture.
        let before = page.script("return document.querySelector('dialog img').src", vec![]).await?;
        page.script("document.querySelector('[name=share-theme][value=dark]').click()", vec![]).await?;
        page.wait_for("the dark picture", &format!("return document.querySelector('dialog img').src !== {before}"))
            .await
    })
    .await;
}

#[tokio::test]
async fn numbers_are_copied_as_a_table_and_as_a_case() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss?input=1,3&target=0,0&delta=2").await?;
        keep_copies(page).await?;
        share(page).await?;
        let table = copy(page, "dialog", "Copy numbers", "Copied the numbers.").await?;
        assert!(
            table.starts_with("call\tnn.HuberLoss(delta=2.0)\nloss\t2.25\n\nelement\tinput\ttarget\t"),
            "{table}"
        );
        page.script("document.querySelector('[name=share-numbers][value=json]').click()", vec![]).await?;
        page.wait_for("the case", "return document.querySelector('dialog textarea').value.startsWith('{')")
            .await?;
        let case = copy(page, "dialog", "Copy numbers", "Copied the numbers.").await?;
        let case: Value = serde_json::from_str(&case)?;
        assert_eq!(case["loss"], "HuberLoss");
        assert_eq!(case["args"], json!({ "delta": 2.0 }));
        assert_eq!(case["output"], json!({ "shape": [], "data": [2.25] }));
        assert_eq!(case["grads"]["input"]["data"], json!([0.5, 1.0]));
        Ok(())
    })
    .await;
}

/// Brings the programs of the lesson into sight and waits until they follow the bench.
async fn live_code(page: &Page) -> WebDriverResult<()> {
    page.wait_for("the lesson", "return !!document.querySelector('figure.code')").await?;
    page.script("document.querySelector('figure.code').scrollIntoView()", vec![]).await?;
    page.wait_for("live programs", "return document.querySelectorAll('figure.code[data-live]').length === 2")
        .await
}

#[tokio::test]
async fn programs_follow_a_drag() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        keep_copies(page).await?;
        live_code(page).await?;
        let before = page.text("[data-of=torch] pre").await?;
        assert!(before.contains("torch.tensor([2., 3.5, 4., 3.])") && before.contains("# 1.53125"), "{before}");
        page.script("scrollTo(0, 0)", vec![]).await?;
        page.drag(".handle", 60, 0).await?;
        // Both programs say the number that the page shows, and hold the one that was dragged.
        let follows = format!(
            "const loss = document.querySelector('[data-role=loss]').dataset.value, x = document.querySelector('{MANSION}').value;
            return loss !== '1.53125' && [...document.querySelectorAll('figure.code pre')].every(it =>
              it.textContent.includes(`# ${{loss}}`) && it.textContent.includes(`[2., 3.5, 4., ${{x.includes('.') ? x : x + '.'}}]`))"
        );
        page.wait_for("the programs to follow", &follows).await?;
        let program = copy(page, "[data-of=huber_loss]", "Copy", "Copied the program.").await?;
        assert!(program.starts_with("import numpy as np\n\n\ndef huber_loss("), "{program}");
        assert!(program.contains("\n\n\ninput = np.array([2., 3.5, 4., "), "{program}");
        page.follow("#/HuberLoss?input=nan&target=0&reduction=none&delta=inf").await?;
        page.wait_for(
            "the programs to follow a link",
            "const text = document.querySelector('[data-of=torch] pre').textContent;
            return text.includes('torch.tensor(torch.nan)') && text.includes(`delta=float('inf'), reduction='none'`)",
        )
        .await
    })
    .await;
}

#[tokio::test]
async fn it_works_by_keyboard_alone() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        keep_copies(page).await?;
        page.find(SHARE).await?.focus().await?;
        page.keys(SHARE, Key::Enter).await?;
        page.find("dialog.sheet").await?;
        let focused = "return document.activeElement.textContent";
        assert_eq!(page.script(focused, vec![]).await?, "Copy link");
        page.keys("dialog .primary", Key::Enter).await?;
        page.wait_for("the copy", "return window.copied?.includes('/#/HuberLoss?')").await?;
        // Everything in the dialog can be reached.
        page.wait_for("the PNG", "return !!document.querySelector('dialog a[download$=png][href]')").await?;
        let mut reached = Vec::new();
        for _ in 0..7 {
            page.find_hidden(":focus").await?.send_keys(Key::Tab).await?;
            let body = "const it = document.activeElement; return it.textContent || it.getAttribute('aria-label') || it.value";
            reached.push(page.script(body, vec![]).await?.as_str().unwrap_or_default().to_owned());
        }
        for name in ["Save PNG", "Save SVG", "table", "Copy numbers", "Numbers", "Put it into your page…"] {
            assert!(reached.iter().any(|it| it == name), "{name} among {reached:?}");
        }
        page.find_hidden(":focus").await?.send_keys(Key::Escape).await?;
        page.wait_for("the dialog to go", "return !document.querySelector('dialog')").await?;
        page.wait_for("the focus to come back", &format!("return document.activeElement.matches('{SHARE}')")).await
    })
    .await;
}

#[tokio::test]
async fn it_fits_a_phone_and_passes_axe() {
    browse(Site::release(), async |page| {
        for (width, height, dark) in [(1440, 900, false), (360, 780, false), (360, 780, true)] {
            page.resize(width, height).await?;
            page.goto("#/CrossEntropyLoss").await?;
            if dark {
                page.prefer_dark().await?;
                page.goto("#/CrossEntropyLoss").await?;
            }
            live_code(page).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{width} {dark}");
            page.script("scrollTo(0, 0)", vec![]).await?;
            share(page).await?;
            page.wait_for("the PNG", "return !!document.querySelector('dialog a[download$=png][href]')").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{width} {dark}");
            assert_eq!(page.overflow().await?, 0, "{width}");
            let beyond = "const box = document.querySelector('dialog').getBoundingClientRect(), body = document.querySelector('.sheet-body');
                return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight || body.scrollWidth > body.clientWidth";
            assert_eq!(page.script(beyond, vec![]).await?, json!(false), "{width}");
        }
        assert_eq!(page.console_errors().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}
