//! Every path ends at a loss, and every answer is true of PyTorch as the core knows it.

use std::collections::BTreeSet;

use super::tree::{Answer, Next, Question, ROOT, Tensors};
use super::which;
use crate::experiment::Experiment;
use crate::experiment::address::example;
use crate::experiment::address::{self, Route};
use crate::lessons::html::{balanced, tags, text};
use crate::loss::args::{Args, Value};
use crate::loss::evaluation::Want;
use crate::loss::spec::{Role, Spec};
use crate::loss::tensor::Tensor;
use crate::loss::torch::{LOSSES, Loss};

/// What is said on the way to each answer. A tree that never ends would not either.
fn paths() -> Vec<(Vec<&'static str>, &'static Answer)> {
    fn walk(at: &Question, said: &[&'static str], paths: &mut Vec<(Vec<&'static str>, &'static Answer)>) {
        for choice in at.choices {
            let said: Vec<&str> = said.iter().copied().chain([choice.label]).collect();
            match choice.next {
                Next::Ask(question) => walk(question, &said, paths),
                Next::End(answer) => paths.push((said, answer)),
            }
        }
    }
    let mut paths = Vec::new();
    walk(&ROOT, &[], &mut paths);
    paths
}

fn questions() -> Vec<&'static Question> {
    let mut found = vec![&ROOT];
    let mut place = 0;
    while let Some(question) = found.get(place).copied() {
        found.extend(question.choices.iter().filter_map(|it| match it.next {
            Next::Ask(question) => Some(question),
            Next::End(_) => None,
        }));
        place += 1;
    }
    found
}

#[test]
fn every_path_ends_at_a_loss_after_a_few_questions() {
    for (said, answer) in paths() {
        assert!((2..=4).contains(&said.len()), "{said:?}");
        assert!(Loss::known(answer.loss).is_some(), "{said:?} {}", answer.loss);
    }
}

#[test]
fn every_loss_with_a_page_is_reached() {
    let reached: BTreeSet<&str> = paths().iter().map(|it| it.1.loss).collect();
    for loss in LOSSES {
        assert!(reached.contains(loss.spec.torch), "{}", loss.spec.torch);
    }
}

#[test]
fn no_two_paths_end_at_the_same_answer() {
    let answers: BTreeSet<*const Answer> = paths().iter().map(|it| std::ptr::from_ref(it.1)).collect();
    assert_eq!(answers.len(), paths().len());
}

/// The sheet has a rule for each place that a choice can stand at.
#[test]
fn every_choice_is_followed_by_what_the_sheet_shows() {
    let sheet = include_str!("../../../style/which.css");
    let most = questions().iter().map(|it| it.choices.len()).max().unwrap_or_default();
    for place in 1..=most {
        let rule = format!("nth-of-type({place}) > input:checked) > .next:nth-of-type({place})");
        assert!(sheet.contains(&rule), "{rule}");
    }
    for question in questions() {
        assert!(question.text.ends_with('?') && question.choices.len() > 1, "{}", question.text);
    }
}

#[test]
fn tags_are_balanced_and_names_are_given_once() {
    let html = which().unwrap();
    assert!(balanced(&html));
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for refused in [" style=", " on"] {
        assert!(!tags(&html).any(|tag| tag.contains(refused)), "{refused}");
    }
}

#[test]
fn links_lead_to_states_and_every_answer_shows_one() {
    let html = which().unwrap();
    for part in html.split("<section class=\"answer\">").skip(1) {
        let links = part.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
        let links: Vec<String> = links.map(|it| it.replace("&amp;", "&")).collect();
        for link in links.iter().filter(|it| it.starts_with("#/")) {
            let read = address::read(link);
            assert!(read.notices.is_empty() && matches!(read.route, Route::Loss(_)), "{link} {read:?}");
        }
        assert!(links.iter().any(|it| it.contains('?')), "{part}");
        // A word that explains itself takes the focus, as the link does.
        let mut insides = part.split("<a ").skip(1).filter_map(|it| it.split("</a>").next());
        assert!(!insides.any(|it| it.contains("class=\"term\"")), "{part}");
    }
}

#[test]
fn the_texts_are_short_and_plain() {
    for (said, it) in paths() {
        for words in [it.why, it.wrong] {
            for refused in ["simply", "just ", "obviously", "magic", "powerful"] {
                assert!(!words.contains(refused), "{said:?}: {refused}");
            }
        }
    }
    for trace in ["$", "\\", "{loss", "{grad", "](", "`", "**"] {
        assert!(!text(&which().unwrap()).contains(trace), "{trace}");
    }
}

/// PyTorch would take the call as it stands there: the arguments exist, and tensors of those shapes are no error.
#[test]
fn every_call_is_one_that_pytorch_accepts() {
    for (said, it) in paths() {
        let loss = Loss::known(it.loss).unwrap();
        let (inputs, args) = call(loss.spec, it);
        let names: Vec<&str> =
            it.tensors.iter().map(|it| it.0).filter(|it| loss.spec.input(it).is_some()).collect();
        let told = loss.spec.inputs.iter().filter(|it| it.role != Role::Parameter);
        assert_eq!(names, told.map(|it| it.id).collect::<Vec<_>>(), "{said:?}");
        let answer = loss.evaluate(&args, &inputs.iter().collect::<Vec<_>>(), Want::ALL);
        assert!(answer.is_ok(), "{said:?}: {answer:?}");
    }
}

fn call(spec: &Spec, it: &Answer) -> (Vec<Tensor>, Args) {
    let of = |given: bool| -> Vec<(String, Tensor)> {
        let tensors: Tensors = it.tensors;
        let some = tensors.iter().filter(|it| spec.input(it.0).is_some() == given);
        some.map(|it| (it.0.to_owned(), tensor(it.1, it.2))).collect()
    };
    // The layers that a module makes for itself are those of its example, and so are their sizes.
    let example = Loss::find(spec.torch).map(example);
    let layers = example.iter().flat_map(|it| it.inputs.iter().zip(spec.inputs));
    let layers = layers.filter(|it| it.1.role == Role::Parameter).map(|it| it.0.clone());
    let sizes: Vec<String> = example.iter().flat_map(Experiment::sizes).collect();
    let is_size = |(id, value): &(&str, &str)| sizes.contains(&format!("{id}={value}"));
    let given = it.args.iter().filter(|it| it.1 != "distance" && !is_size(it));
    let numbers = given.map(|(id, value)| {
        let value = match value.trim_matches('\'') {
            "True" => Value::Flag(true),
            "False" => Value::Flag(false),
            text => text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Real),
        };
        ((*id).to_owned(), value)
    });
    assert!(it.args.iter().all(|it| is_size(it) || spec.param(it.0).is_some()), "{:?}", it.args);
    let own = of(false).into_iter().map(|(id, tensor)| (id, Value::Tensor(tensor)));
    let args = Args::new(spec, own.chain(numbers)).unwrap();
    (of(true).into_iter().map(|it| it.1).chain(layers).collect(), args)
}

/// Halves or ones, in a tensor whose sizes are named; no two names have the same size.
fn tensor(dimensions: &str, holds: &str) -> Tensor {
    let size = |name: &str| match name.trim() {
        "N" => 2,
        "C" => 3,
        "D" => 4,
        "T" => 6,
        "S" => 5,
        other => other.parse().unwrap(),
    };
    let shape: Vec<usize> = dimensions.split(',').map(size).collect();
    let count = shape.iter().product();
    match holds.split(',').next().unwrap_or_default() {
        "int64" => Tensor::int(shape, vec![1; count]).unwrap(),
        "float" => Tensor::new(shape, vec![0.5; count]).unwrap(),
        other => panic!("{other} is no dtype"),
    }
}
