//! Two distributions: the divergence of one row, term by term, and the same the other way round.

use super::Row;
use crate::experiment::Experiment;
use crate::experiment::bar::Bar;
use crate::loss::evaluation::Evaluation;
use crate::loss::numeric::sum;
use crate::loss::spec::REDUCTION;
use crate::loss::tensor::Tensor;

/// The unreduced terms of the chosen row.
pub fn terms(experiment: &Experiment, evaluation: &Evaluation) -> Vec<f64> {
    let row = Row::of(experiment);
    let terms = evaluation.units.values.chunks(row.width).nth(row.index);
    terms.map(<[f64]>::to_vec).unwrap_or_default()
}

/// The divergence of the chosen row with both sides exchanged: the same loss, asked the other way.
///
/// `bars` say on which scale the input and the target are given. Outcomes that the model rules out take no part,
/// as `0 ln 0` is nothing.
pub fn reverse(experiment: &Experiment, bars: [Bar; 2]) -> f64 {
    let row = Row::of(experiment);
    let [q, p] = [0, 1].map(|input| row.values(experiment, input));
    let [q_bar, p_bar] = bars;
    let both = q.iter().zip(&p).map(|(q, p)| (q_bar.shown(*q), p_bar.shown(*p)));
    let possible: Vec<(f64, f64)> = both.filter(|it| it.0 != 0.0).collect();
    let input = possible.iter().map(|it| q_bar.held(it.1));
    let target = possible.iter().map(|it| p_bar.held(it.0));
    let mut other = experiment.clone();
    other.args.set(&REDUCTION, crate::loss::args::Value::Text("none".to_owned()));
    other.inputs =
        vec![Tensor::vector(input.collect::<Vec<_>>()), Tensor::vector(target.collect::<Vec<_>>())];
    other.evaluate().map_or(f64::NAN, |it| sum(&it.units.values))
}
