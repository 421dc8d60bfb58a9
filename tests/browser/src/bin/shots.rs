//! Takes the pictures of the README from the release build: `make shots`.

use losslens_browser_tests::{Site, browse};
use std::{fs, path::Path};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    fs::create_dir_all(&folder).expect("the folder docs/");
    browse(Site::release(), async |page| {
        page.resize(1440, 900).await?;
        page.goto("#/HuberLoss").await?;
        page.wait_for("the fonts", "return document.fonts.status === 'loaded'").await?;
        page.screenshot(&folder.join("losslens.png")).await
    })
    .await;
    println!("docs/losslens.png");
}
