//! The article's samples and what a loss is: pages of text that lead to the bench, at a phone's width too, under axe.

use losslens_browser_tests::{Site, browse};

const PAGES: [&str; 2] = ["article", "start"];

#[tokio::test]
async fn a_sample_leads_to_the_bench_with_its_number() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.click(".hero-words a[href='#/article']").await?;
        page.find(".sample").await?;
        assert_eq!(page.driver.title().await?, "The article’s twelve, in order · Losslens");
        for (sample, loss) in [("mse", "MSELoss"), ("cross-entropy", "CrossEntropyLoss")] {
            page.follow(&format!("#/article/{sample}")).await?;
            page.find(&format!("#{sample} ~ .sample a")).await?;
            let shown = page
                .script(
                    &format!(
                        "return Number(document.querySelector('#{sample} ~ .sample output').dataset.value)"
                    ),
                    vec![],
                )
                .await?;
            page.click(&format!("#{sample} ~ .sample a")).await?;
            page.wait_for("its loss", &format!("return location.hash.startsWith('#/{loss}?')")).await?;
            page.expect_number("loss", shown.as_f64().unwrap(), 0.0).await?;
            assert_eq!(page.count(".notices").await?, 0);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_address_leads_to_a_sample() {
    browse(Site::release(), async |page| {
        page.goto("#/article/hinge").await?;
        let body = "const top = document.getElementById('hinge')?.getBoundingClientRect().top;
            return top >= 0 && top < innerHeight / 2";
        page.wait_for("the heading at the top", body).await
    })
    .await;
}

#[tokio::test]
async fn they_fit_a_phone() {
    browse(Site::release(), async |page| {
        page.resize(360, 780).await?;
        for name in PAGES {
            page.goto(&format!("#/{name}")).await?;
            page.find(".prose h1").await?;
            page.script("document.querySelector('figure[data-figure]').scrollIntoView()", vec![]).await?;
            page.find("figure[data-live]").await?;
            assert_eq!(page.overflow().await?, 0, "{name}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing() {
    browse(Site::release(), async |page| {
        for name in PAGES {
            page.goto(&format!("#/{name}")).await?;
            page.find(".prose h1").await?;
            page.script("document.querySelector('figure[data-figure]').scrollIntoView()", vec![]).await?;
            page.find("figure[data-live]").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "{name}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn each_is_a_page_of_its_own() {
    browse(Site::release(), async |page| {
        for name in PAGES {
            page.goto(&format!("{name}/")).await?;
            page.find(".prose h1").await?;
            assert_eq!(page.fragment().await?, format!("#/{name}"));
        }
        Ok(())
    })
    .await;
}
