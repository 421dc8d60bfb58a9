//! Pictures of all losses, and of states with words and numbers that are no good.

use super::*;
use crate::experiment::address::{self, Route, example};
use crate::loss::torch::LOSSES;

fn captions() -> Captions {
    Captions {
        call: "nn.Loss()".into(),
        element: "a, prediction".into(),
        link: "https://example.org/#/Loss?a&b".into(),
    }
}

/// Every tag is closed, and nothing but markup is a tag.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return false };
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            None if !tag.ends_with('/') => open.extend(tag.split(' ').next()),
            _ => {}
        }
    }
    open.is_empty()
}

#[test]
fn every_worked_example_has_a_picture() {
    for loss in LOSSES {
        let state = example(loss);
        let picture = svg(&state, &captions(), &Palette::LIGHT);
        assert!(is_balanced(&picture), "{picture}");
        for words in [loss.spec.title, "nn.Loss()", "https://example.org/#/Loss?a&amp;b", "Losslens"] {
            assert!(picture.contains(&format!(">{words}<")), "{}: {words}", loss.spec.torch);
        }
        assert!(picture.contains(&format!(">{}<", outputs(&state))), "{}", loss.spec.torch);
        assert!(picture.matches("<path").count() > 10 && !picture.contains("NaN"), "{}", loss.spec.torch);
        assert!(picture.len() < 60_000, "{}: {}", loss.spec.torch, picture.len());
        assert_ne!(picture, svg(&state, &captions(), &Palette::DARK));
    }
}

#[test]
fn numbers_are_those_of_the_state() {
    // By hand: the mean of 0.5 · 1² and 2 · (3 − 1); the slope of the first is 1, halved.
    let Route::Loss(state) = address::read("/HuberLoss?input=1,3&target=0,0&delta=2").route else { panic!() };
    let picture = svg(&state, &captions(), &Palette::LIGHT);
    assert!(picture.contains(">2.2500<") && picture.contains(">0.5000<"), "{picture}");
}

#[test]
fn odd_states_have_pictures_too() {
    for fragment in [
        "/MSELoss?input=nan,inf&target=0,-inf",
        "/MSELoss?input=1e300,2&target=0,0",
        "/MSELoss?input=0:&target=0:",
        "/MSELoss?input=1,2;3,4&target=1,2&view=batch&reduction=none",
        "/L1Loss?input=1&target=0&names=%3Cscript%3E%00&unit=%22%26",
    ] {
        let Route::Loss(state) = address::read(fragment).route else { panic!("{fragment}") };
        let words = Captions { element: "<b>\u{1}".repeat(30), ..captions() };
        let picture = svg(&state, &words, &Palette::DARK);
        assert!(is_balanced(&picture) && !picture.contains("<b>"), "{fragment}: {picture}");
        assert!(
            !picture.contains('\u{1}') && !picture.contains("\"nan") && !picture.contains("\"NaN"),
            "{picture}"
        );
    }
}

#[test]
fn a_long_link_is_cut() {
    let words = Captions { link: "https://example.org/".repeat(60), ..captions() };
    let picture = svg(&example(&LOSSES[0]), &words, &Palette::LIGHT);
    assert!(picture.contains('…'), "{picture}");
    assert_eq!(pieces("abcdefg", 3, 2), ["abc", "de…"]);
    assert_eq!(pieces("abcdef", 3, 3), ["abc", "def"]);
}
