//! The colours of the words, and what is said where words do not fit.

use super::*;
use crate::loss::torch::LOSSES;

fn picture(title: &str, text: &str) -> Picture {
    let foot = Foot::Text(text.to_owned());
    Picture { title: title.to_owned(), foot, art: Art::of_loss(&LOSSES[0]) }
}

#[test]
fn a_picture_that_cannot_be_drawn_names_itself() {
    let studio = Studio::open().unwrap();
    let error = studio.png(&picture("損", "")).unwrap_err();
    assert!(error.contains("“損”") && error.contains("lacks"), "{error}");
    let error = studio.png(&picture(&"word ".repeat(40), "")).unwrap_err();
    assert!(error.contains("does not fit"), "{error}");
    assert!(studio.png(&picture("A name", &"Many words. ".repeat(40))).is_ok());
}

#[test]
fn colours_are_those_of_the_style_sheet() {
    let sheet = include_str!("../../../style/tokens.css");
    let (light, _) = sheet.split_once("[data-theme=\"dark\"]").unwrap();
    for (name, colour) in [("--paper", PAPER), ("--ink", INK), ("--ink-2", INK_2)] {
        let line = format!("{name}: #{:02x}{:02x}{:02x};", colour.0, colour.1, colour.2);
        assert!(light.contains(&line), "{line}");
    }
}
