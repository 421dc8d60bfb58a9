//! What the embed dialog prints, rendered by the tools that it is for and opened on another origin: the embed lives there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use losslens_browser_tests::{Page, Site, WebDriverResult, browse};

/// A name with letters that HTML, Markdown and Python have uses for.
const STATE: &str =
    "#/HuberLoss?input=0.4,-1.5,2.3&target=0,1,1.25&delta=2&names=a,b%20%26%20%22c%22%20_%7Bd%7D_,%3Ce%3E";

/// (½ · 0.4² + 2 (2.5 − 1) + ½ · 1.05²) ÷ 3.
const LOSS: f64 = 3.63125 / 3.0;

/// What the dialog prints for a form.
async fn snippet(page: &Page, form: &str) -> WebDriverResult<String> {
    page.goto(STATE).await?;
    page.click("[data-dialog=embed]").await?;
    page.find(".embed-preview iframe").await?;
    page.script(
        "document.querySelector(`[name=embed-form][value=${arguments[0]}]`).click()",
        vec![form.into()],
    )
    .await?;
    page.text("dialog pre").await
}

/// Opens somebody's page with it, and finds the embed at work there.
async fn lives(page: &Page, host: &Site) -> WebDriverResult<()> {
    page.visit(host).await?;
    page.enter("iframe").await?;
    page.expect_number("loss", LOSS, 1e-12).await?;
    let name = page
        .script("return document.querySelector('.editor').textContent.includes(`b & \"c\" _{d}_`)", vec![]);
    assert_eq!(name.await?, true, "the name with odd letters");
    page.leave().await
}

/// An empty folder for a document.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/snippets").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the document");
    folder
}

/// What a program prints, given its standard input. It must end well.
fn printed(command: &mut Command, input: &str) -> String {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child =
        pipes.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}; `make browser` installs it"));
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("to write to it");
    let output = child.wait_with_output().expect("its end");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {complaint}");
    String::from_utf8(output.stdout).expect("text") + &*complaint
}

/// Python with the tools for books and notebooks.
fn python() -> Command {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/books/bin/python"))
}

#[tokio::test]
async fn html_with_the_element_and_with_a_frame() {
    browse(Site::release(), async |page| {
        for form in ["element", "iframe"] {
            let text = snippet(page, form).await?;
            lives(page, &Site::host(&format!("<p>before</p>{text}<p>after</p>"), "")).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn markdown_passes_it_through() {
    browse(Site::release(), async |page| {
        let text = format!("Some *text*.\n\n{}\n\nMore.\n", snippet(page, "markdown").await?);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
        assert!(html.contains("<em>text</em>") && html.ends_with("<p>More.</p>\n"), "{html}");
        lives(page, &Site::host(&html, "")).await
    })
    .await;
}

#[tokio::test]
async fn mdx_makes_an_element_of_react_of_it() {
    browse(Site::release(), async |page| {
        let text = format!("Some *text*.\n\n{}\n\nMore.\n", snippet(page, "markdown").await?);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("mdx.mjs");
        let html = printed(Command::new("node").arg(script), &text);
        // React complains of attributes that it does not know.
        assert!(html.starts_with("<p>Some <em>text</em>.</p>") && html.ends_with("<p>More.</p>"), "{html}");
        lives(page, &Site::host(&html, "")).await
    })
    .await;
}

#[tokio::test]
async fn sphinx_reads_it_as_myst() {
    browse(Site::release(), async |page| {
        let book = folder("book");
        fs::write(book.join("index.md"), format!("# Losses\n\n{}\n\nMore.\n", snippet(page, "myst").await?))?;
        fs::copy(Site::folder().join("icon.svg"), book.join("icon.svg"))?;
        let settings = "extensions = ['myst_parser']\nhtml_theme = 'basic'\nhtml_favicon = 'icon.svg'\n";
        fs::write(book.join("conf.py"), settings)?;
        let site = book.join("site");
        let said =
            printed(python().args(["-m", "sphinx", "-q", "-W", "-b", "html"]).arg(&book).arg(&site), "");
        assert_eq!(said, "", "Sphinx warns of nothing");
        lives(page, &Site::of(site)).await
    })
    .await;
}

#[tokio::test]
async fn a_notebook_runs_its_cell() {
    browse(Site::release(), async |page| {
        let folder = folder("notebook");
        let cell = serde_json::json!({ "cell_type": "code", "execution_count": null, "id": "cell", "metadata": {},
            "outputs": [], "source": snippet(page, "notebook").await? });
        let kernel = serde_json::json!({ "name": "python3", "display_name": "Python 3", "language": "python" });
        let notebook = serde_json::json!({ "cells": [cell], "metadata": { "kernelspec": kernel }, "nbformat": 4, "nbformat_minor": 5 });
        let file = folder.join("notebook.ipynb");
        fs::write(&file, notebook.to_string())?;
        let convert = ["-m", "nbconvert", "--execute", "--to", "html", "--template", "basic"];
        printed(python().args(convert).arg(&file), "");
        let html = fs::read_to_string(folder.join("notebook.html"))?;
        lives(page, &Site::host(&html, "")).await
    })
    .await;
}
