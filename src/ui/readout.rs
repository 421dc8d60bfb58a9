//! The readout: the number, the arithmetic that leads to it, and the gradient of the chosen element.

use leptos::prelude::*;

use super::bench::Bench;
use super::words::element_name;
use crate::experiment::{Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::reduce;

/// From this many units on, the sum is printed with gaps.
const MOST_TERMS: usize = 6;

/// One term of the printed sum, or a gap.
#[derive(Clone, Debug, PartialEq)]
enum Term {
    Loss { text: String, chosen: bool },
    Gap,
}

/// Loss, arithmetic, gradient.
#[component]
pub fn Readout(bench: Bench) -> impl IntoView {
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
    view! {
        <section class="readout" aria-label="Result">
            <p class="result">
                <span class="loss">"loss "</span>
                <output class="big loss" data-role="loss" data-value=full title=full>{short}</output>
                <span class="was">{was}</span>
                <small class="unit">{move || bench.experiment.read().unit.clone()}</small>
            </p>
            <p class="arithmetic">{move || arithmetic(&bench.experiment.read(), &bench.evaluation.read())}</p>
            <p class="slope">
                <span>"gradient of "{move || element_name(&bench.experiment.read(), bench.experiment.read().at)}" "</span>
                <output class="grad" data-role="gradient" data-value=gradient_full title=gradient_full>
                    {move || gradient.get().map_or_else(|| "none".to_owned(), |it| number::fixed(it, 4))}
                </output>
                <small>{move || scale_text(&bench.experiment.read(), &bench.evaluation.read())}</small>
            </p>
        </section>
    }
}

fn outputs(evaluation: &Evaluation) -> Vec<f64> {
    evaluation.output.floats().into_owned()
}

fn gap(count: usize) -> &'static str {
    if count > 4 { ", …" } else { "" }
}

/// `= (0.125 + 0 + 1.5 + 4.5) ÷ 4`, with the chosen unit's term underlined.
fn arithmetic(experiment: &Experiment, evaluation: &Evaluation) -> impl IntoView + use<> {
    let units = &evaluation.units;
    let reduced = evaluation.output.len() == 1 && (units.divisor.is_some() || units.values.len() > 1);
    let own = units.lengths.as_ref();
    reduced.then(|| {
        let terms = terms(experiment, evaluation).into_iter().enumerate().map(|(place, term)| {
            let plus = if place > 0 { " + " } else { "" };
            match term {
                Term::Gap => view! { {plus}<span>"…"</span> }.into_any(),
                Term::Loss { text, chosen } => {
                    view! { {plus}<span class="loss" class:chosen=chosen>{text}</span> }.into_any()
                }
            }
        });
        let divisor = match (units.divisor, own) {
            (Some(_), Some(lengths)) if lengths.len() == 1 => {
                format!(") ÷ {}", number::show(lengths.first().copied().unwrap_or(1.0)))
            }
            (Some(divisor), Some(_)) => format!(") ÷ {}, each ÷ its length first", number::show(divisor)),
            (Some(divisor), None) => format!(") ÷ {}", number::show(divisor)),
            (None, _) => ")".to_owned(),
        };
        view! { "= ("{terms.collect_view()}{divisor} }
    })
}

/// The terms of the sum: all, or the first, the chosen and the last one.
fn terms(experiment: &Experiment, evaluation: &Evaluation) -> Vec<Term> {
    let values = &evaluation.units.values;
    let chosen = experiment.unit_of(experiment.at);
    let term = |place: usize| {
        let value = values.get(place).copied().unwrap_or(f64::NAN);
        Term::Loss { text: number::fixed(value, 4), chosen: chosen == Some(place) }
    };
    if values.len() <= MOST_TERMS {
        return (0..values.len()).map(term).collect();
    }
    let mut places: Vec<usize> = [Some(0), chosen, Some(values.len() - 1)].into_iter().flatten().collect();
    places.dedup();
    let mut terms = Vec::new();
    for (k, place) in places.iter().enumerate() {
        if k > 0 && places.get(k - 1).is_some_and(|it| it + 1 < *place) {
            terms.push(Term::Gap);
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
