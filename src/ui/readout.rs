//! The readout: the number, the arithmetic that leads to it, and the gradient of the chosen element.

use super::bench::Bench;
use super::dom::{El, el};
use super::widgets::term;
use super::words::element_name;
use crate::experiment::{Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::reduce;
use crate::ui::reactive::*;

/// From this many units on, the sum is printed with gaps.
const MOST_TERMS: usize = 6;

/// A part of the printed sum: a loss, or a sign between two.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    text: String,
    class: &'static str,
}

impl Term {
    fn sign(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: "" }
    }

    fn class(&self) -> &'static str {
        self.class
    }
}

/// Loss, arithmetic, gradient.
pub fn readout(bench: Bench) -> El {
    let loss = Memo::new(move |_| outputs(&bench.evaluation.read()));
    let full = move || loss.read().iter().map(|it| number::show(*it)).collect::<Vec<_>>().join(",");
    let short = move || match loss.read().as_slice() {
        [one] => number::fixed(*one, 4),
        many => {
            many.iter().take(4).map(|it| number::fixed(*it, 4)).collect::<Vec<_>>().join(", ")
                + gap(many.len())
        }
    };
    let gradient = Memo::new(move |_| bench.experiment.read().gradient(&bench.evaluation.read()));
    let gradient_full = move || gradient.get().map_or_else(String::new, number::show);
    let was = move || {
        let before = bench.before.get()?;
        let evaluation = before.evaluate().ok()?;
        let was = evaluation.output.get(0).filter(|_| evaluation.output.len() == 1)?;
        (Some(was) != bench.evaluation.read().output.get(0)).then(|| format!("was {}", number::fixed(was, 4)))
    };
    let (unit, at) = (
        move || bench.experiment.read().unit.clone(),
        move || element_name(&bench.resting.read(), bench.resting.read().at),
    );
    let number = |class, role| el("output").add_class(class).set("data-role", role);
    let result = el("p.result").with((
        el("span.loss").with("loss "),
        number("big loss", "loss").bind("data-value", full).bind("title", full).say(short),
        el("span.was").say(was),
        el("small.unit").say(unit),
    ));
    let slope = el("p.slope").with((
        el("span").with((term(el("span"), "gradient"), " of ")).say(at).with(" "),
        number("grad", "gradient")
            .bind("data-value", gradient_full)
            .bind("title", gradient_full)
            .say(move || gradient.get().map_or_else(|| "none".to_owned(), |it| number::fixed(it, 4))),
        el("small").say(move || scale_text(&bench.experiment.read(), &bench.evaluation.read())),
    ));
    let sum = Memo::new(move |_| arithmetic(&bench.experiment.read(), &bench.evaluation.read()));
    // The terms' texts change with every step of a drag, the terms themselves do not.
    let shape = move || sum.read().iter().map(Term::class).collect::<Vec<_>>();
    let terms = move |classes: &Vec<&'static str>| {
        let text = move |k: usize| sum.read().get(k).map(|it| it.text.clone());
        let term = |(k, class): (usize, &&str)| el("span").add_class(class).say(move || text(k));
        classes.iter().enumerate().map(term).collect::<Vec<_>>()
    };
    el("section.readout").set("aria-label", "Result").with((
        result,
        el("p.arithmetic").live_by(shape, terms),
        slope,
    ))
}

fn outputs(evaluation: &Evaluation) -> Vec<f64> {
    evaluation.output.floats().into_owned()
}

fn gap(count: usize) -> &'static str {
    if count > 4 { ", …" } else { "" }
}

/// `= (0.125 + 0 + 1.5 + 4.5) ÷ 4`, with the chosen unit's term underlined; nothing where nothing is summed.
fn arithmetic(experiment: &Experiment, evaluation: &Evaluation) -> Vec<Term> {
    let units = &evaluation.units;
    if evaluation.output.len() != 1 || (units.divisor.is_none() && units.values.len() < 2) {
        return Vec::new();
    }
    let mut sum = vec![Term::sign("= (")];
    for (place, term) in terms(experiment, evaluation).into_iter().enumerate() {
        if place > 0 {
            sum.push(Term::sign(" + "));
        }
        sum.push(term);
    }
    sum.push(Term::sign(match (units.divisor, units.lengths.as_deref()) {
        (Some(_), Some([length])) => format!(") ÷ {}", number::show(*length)),
        (Some(divisor), Some(_)) => format!(") ÷ {}, each ÷ its length first", number::show(divisor)),
        (Some(divisor), None) => format!(") ÷ {}", number::show(divisor)),
        (None, _) => ")".to_owned(),
    }));
    sum
}

/// The terms of the sum: all, or the first, the chosen and the last one.
fn terms(experiment: &Experiment, evaluation: &Evaluation) -> Vec<Term> {
    let values = &evaluation.units.values;
    let chosen = experiment.unit_of(experiment.at);
    let term = |place: usize| {
        let value = values.get(place).copied().unwrap_or(f64::NAN);
        Term {
            text: number::fixed(value, 4),
            class: if chosen == Some(place) { "loss chosen" } else { "loss" },
        }
    };
    if values.len() <= MOST_TERMS {
        return (0..values.len()).map(term).collect();
    }
    let mut places: Vec<usize> = [Some(0), chosen, Some(values.len() - 1)].into_iter().flatten().collect();
    places.dedup();
    let mut terms = Vec::new();
    for (k, place) in places.iter().enumerate() {
        if k > 0 && places.get(k - 1).is_some_and(|it| it + 1 < *place) {
            terms.push(Term::sign("…"));
        }
        terms.push(term(*place));
    }
    terms
}

/// ` = −1 × ¼`: the slope of the element's own loss and what the reduction makes of it.
fn scale_text(experiment: &Experiment, evaluation: &Evaluation) -> Option<String> {
    let gradient = experiment.gradient(evaluation)?;
    let unit = experiment.unit_of(experiment.at)?;
    let share = reduce::share(&evaluation.units, unit);
    (share != 1.0 && share.is_finite() && share != 0.0)
        .then(|| format!(" = {} ÷ {}", number::fixed(gradient / share, 4), number::show(round(1.0 / share))))
}

/// A divisor without the dust of being inverted twice.
fn round(divisor: f64) -> f64 {
    let rounded = (divisor * 1e9).round() / 1e9;
    if rounded.is_finite() { rounded } else { divisor }
}
