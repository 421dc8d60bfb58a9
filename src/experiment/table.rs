//! The numbers of a state as text that a spreadsheet takes: rows of cells with tabs between them, every digit kept.

use super::{Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::tensor::Tensor;

/// The call and the loss, then all inputs beside each other where they have one shape, or each in a table of its own, with
/// the loss of each unit and the gradients.
pub fn table(state: &Experiment, call: &str) -> String {
    let evaluation = state.evaluate().unwrap_or_default();
    let mut tables = vec![vec![vec!["call".to_owned(), call.to_owned()]]];
    if let ([one], Some(first)) = (&*evaluation.output.floats(), tables.first_mut()) {
        first.push(vec!["loss".to_owned(), number::show(*one)]);
    }
    let shape = state.inputs.first().map_or(&[][..], Tensor::shape);
    if state.inputs.iter().all(|it| it.shape() == shape) {
        tables.push(aligned(state, &evaluation));
    } else {
        tables.extend(columns(state, &evaluation).iter().map(|(name, it)| alone(state, name, it)));
        tables.extend(units(&evaluation).map(|it| alone(state, "loss of each", &it)));
    }
    let cell = |it: &String| it.replace(['\t', '\n', '\r'], " ");
    let row = |it: &Vec<String>| it.iter().map(cell).collect::<Vec<_>>().join("\t");
    let table = |it: &Vec<Vec<String>>| it.iter().map(row).collect::<Vec<_>>().join("\n");
    tables.iter().map(table).collect::<Vec<_>>().join("\n\n")
}

/// Inputs and gradients by name.
fn columns<'a>(state: &'a Experiment, evaluation: &'a Evaluation) -> Vec<(String, &'a Tensor)> {
    let spec = state.loss.spec;
    let inputs = spec.inputs.iter().zip(&state.inputs).map(|(it, tensor)| (it.id.to_owned(), tensor));
    let grads = spec.inputs.iter().zip(&evaluation.grads);
    let grads = grads.filter_map(|(it, grad)| Some((format!("gradient of {}", it.id), grad.as_ref()?)));
    inputs.chain(grads).collect()
}

fn units(evaluation: &Evaluation) -> Option<Tensor> {
    let values = &evaluation.units.values;
    (values.len() > 1).then(|| Tensor::vector(values.as_slice()))
}

/// A row for each element.
fn aligned(state: &Experiment, evaluation: &Evaluation) -> Vec<Vec<String>> {
    let mut columns = columns(state, evaluation);
    let first = state.inputs.first().cloned().unwrap_or_default();
    let units = units(evaluation).filter(|it| it.len() == first.len());
    let place = state.inputs.len().min(columns.len());
    if let Some(units) = &units {
        columns.insert(place, ("loss of each".to_owned(), units));
    }
    let head = std::iter::once("element".to_owned()).chain(columns.iter().map(|it| it.0.clone()));
    let row = |k: usize| {
        let cells = columns.iter().map(|(_, it)| it.get(k).map_or_else(String::new, number::show));
        std::iter::once(element(state, first.shape(), k)).chain(cells).collect()
    };
    std::iter::once(head.collect()).chain((0..first.len()).map(row)).collect()
}

/// A tensor under its name: its last axis across, the others down.
fn alone(state: &Experiment, name: &str, tensor: &Tensor) -> Vec<Vec<String>> {
    let shown = |k: usize| tensor.get(k).map_or_else(String::new, number::show);
    let (leading, width) = match tensor.shape() {
        [] => return vec![vec![name.to_owned(), shown(0)]],
        [size] => {
            let row = |k: usize| vec![unit(state, k), shown(k)];
            let head = vec!["element".to_owned(), name.to_owned()];
            return std::iter::once(head).chain((0..*size).map(row)).collect();
        }
        [leading @ .., width] => (leading, *width),
    };
    let head = std::iter::once(name.to_owned()).chain((0..width).map(|k| named(&state.classes, k)));
    let row = |k: usize| {
        let cells = (0..width).map(|it| shown(k * width + it));
        std::iter::once(element(state, leading, k)).chain(cells).collect()
    };
    let rows = leading.iter().product::<usize>();
    std::iter::once(head.collect()).chain((0..rows).map(row)).collect()
}

/// An element's name, or its index.
fn element(state: &Experiment, shape: &[usize], place: usize) -> String {
    let (mut rest, mut index) = (place, Vec::new());
    for size in shape.iter().rev() {
        index.push((rest % size.max(&1)).to_string());
        rest /= size.max(&1);
    }
    index.reverse();
    if shape.len() < 2 { unit(state, place) } else { index.join(".") }
}

fn unit(state: &Experiment, place: usize) -> String {
    named(&state.names, place)
}

fn named(names: &[String], place: usize) -> String {
    names.get(place).filter(|it| !it.is_empty()).cloned().unwrap_or_else(|| place.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::{self, Route, example};
    use crate::loss::torch::LOSSES;

    fn of(fragment: &str) -> String {
        let Route::Loss(state) = address::read(fragment).route else { panic!("{fragment}") };
        table(&state, "nn.Call()")
    }

    /// By hand: 0.5 · 1² and 2 · (3 − 1), and half of their slopes.
    #[test]
    fn elements_stand_in_rows() {
        assert_eq!(
            of("/HuberLoss?input=1,3&target=0,0&delta=2&names=a,"),
            "call\tnn.Call()\nloss\t2.25\n\n\
             element\tinput\ttarget\tloss of each\tgradient of input\tgradient of target\n\
             a\t1\t0\t0.5\t0.5\t-0.5\n1\t3\t0\t4\t1\t-1"
        );
    }

    #[test]
    fn inputs_of_several_shapes_stand_below_each_other() {
        let text = of("/CrossEntropyLoss?input=0,0;0,0&target=0,1&names=x%09,y;p,q");
        assert!(
            text.contains("\n\ninput\tp\tq\nx \t0\t0\ny\t0\t0\n\nelement\ttarget\nx \t0\ny\t1\n\n"),
            "{text}"
        );
        // Two equal classes: ln 2.
        assert!(text.contains("element\tloss of each\nx \t0.6931471805599453\n"), "{text}");
    }

    #[test]
    fn every_number_of_every_worked_example_is_there() {
        for loss in LOSSES {
            let state = example(loss);
            let text = table(&state, "");
            let cells: Vec<&str> = text.split(['\t', '\n']).collect();
            for x in state.inputs.iter().flat_map(|it| it.floats().into_owned()) {
                assert!(cells.contains(&number::show(x).as_str()), "{}: {x} in {text}", loss.spec.torch);
            }
        }
    }
}
