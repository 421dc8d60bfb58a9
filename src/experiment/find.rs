//! Finding a loss by its name, by what else it is called, or by what it is for.

use crate::loss::spec::Name;
use crate::loss::torch::menu;

/// How well a text fits a loss, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The whole text is a name.
    Exact,
    /// It is a word of a name.
    Word,
    /// A name begins with it.
    Start,
    /// It is within a name: `l1` in SmoothL1Loss.
    Within,
    /// A word of its question or its sentence begins with it.
    Told,
}

/// The losses that answer to every word of a text, the best first; all of them, in menu order, to an empty one.
pub fn find(text: &str) -> Vec<&'static Name> {
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
    let text = words.join(" ");
    let fit = |loss: &Name| {
        if names(loss).contains(&text) {
            return Some(Fit::Exact);
        }
        // A text is as good as the worst of its words.
        words.iter().map(|word| fit(loss, word)).try_fold(Fit::Exact, |worst, it| Some(worst.max(it?)))
    };
    let mut found: Vec<((bool, Fit), &'static Name)> = Vec::new();
    for loss in menu() {
        let Some(fit) = fit(loss) else { continue };
        // A whole name beats a word of one: BCE is not BCE with logits. Equals stay in menu order.
        let key = (!is_named(loss, text.trim()), fit);
        found.insert(found.partition_point(|it| it.0 <= key), (key, loss));
    }
    found.into_iter().map(|it| it.1).collect()
}

fn is_named(loss: &Name, text: &str) -> bool {
    [loss.torch, loss.title, loss.short].iter().any(|it| it.to_ascii_lowercase() == text)
}

fn fit(loss: &Name, word: &str) -> Option<Fit> {
    let names = names(loss);
    let told = [loss.group.title(), loss.brief].map(str::to_ascii_lowercase);
    let begins = |text: &String| parts(text).any(|it| it.starts_with(word));
    let within =
        |text: &String| text.char_indices().any(|it| text.get(it.0..).is_some_and(|it| it.starts_with(word)));
    if names.iter().any(|it| parts(it).any(|it| it == word)) {
        Some(Fit::Word)
    } else if names.iter().any(begins) {
        Some(Fit::Start)
    } else if names.iter().any(within) {
        Some(Fit::Within)
    } else {
        told.iter().any(begins).then_some(Fit::Told)
    }
}

/// Everything that the loss is called.
fn names(loss: &Name) -> Vec<String> {
    let names = [loss.torch, loss.title, loss.short].into_iter().chain(loss.also.iter().copied());
    names.map(str::to_ascii_lowercase).collect()
}

/// The words of a text: what stands between spaces and hyphens.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&'static str> {
        find(text).first().map(|it| it.torch)
    }

    #[test]
    fn an_empty_text_finds_all() {
        assert_eq!(find("  ").len(), menu().count());
    }

    #[test]
    fn every_loss_answers_to_its_names() {
        for loss in menu() {
            for name in [loss.torch, loss.short, loss.title] {
                assert_eq!(first(name), Some(loss.torch), "{name}");
            }
            for name in loss.also {
                let found = find(name).iter().any(|it| it.torch == loss.torch);
                assert!(found, "{} {name}", loss.torch);
            }
        }
    }

    #[test]
    fn people_have_other_names() {
        for (text, want) in [
            ("l2", "MSELoss"),
            ("mae", "L1Loss"),
            ("ce", "CrossEntropyLoss"),
            ("Softmax", "CrossEntropyLoss"),
            ("outl", "HuberLoss"),
            ("predict count", "PoissonNLLLoss"),
            ("speech", "CTCLoss"),
            ("iou", "generalized_box_iou_loss"),
            ("RetinaNet", "sigmoid_focal_loss"),
        ] {
            assert_eq!(first(text), Some(want), "{text}");
        }
        let binary: Vec<_> = find("binary").iter().map(|it| it.torch).collect();
        assert_eq!(
            binary,
            [
                "BCEWithLogitsLoss",
                "BCELoss",
                "SoftMarginLoss",
                "MultiLabelSoftMarginLoss",
                "sigmoid_focal_loss"
            ]
        );
        assert!(find("log loss").len() >= 3);
        assert!(find("dice").is_empty());
    }
}
