//! What things are called on the page: elements, inputs and counts in words.

use crate::experiment::layers::Line;
use crate::experiment::{At, Experiment, number};
use crate::loss::args::Value;
use crate::loss::spec::{Domain, Input, Param, Role};
use crate::loss::tensor::Tensor;

/// The name of a unit: the reader's own, or its place counted from 0.
pub fn unit_name(experiment: &Experiment, unit: usize) -> String {
    match experiment.names.get(unit) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => unit.to_string(),
    }
}

/// The name of a row of a matrix.
pub fn row_name(experiment: &Experiment, row: usize) -> String {
    unit_name(experiment, row)
}

/// The name of a column of a matrix: the reader's own, or its place counted from 0.
pub fn column_name(experiment: &Experiment, column: usize) -> String {
    match experiment.classes.get(column) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => side_name(experiment, column).map_or_else(|| column.to_string(), str::to_owned),
    }
}

/// The name of a side, where the numbers are those of boxes.
fn side_name(experiment: &Experiment, column: usize) -> Option<&'static str> {
    let of_boxes = experiment.loss.spec.inputs.first().is_some_and(|it| it.domain == Domain::Side);
    ["x1", "y1", "x2", "y2"].get(column).copied().filter(|_| of_boxes)
}

/// The name of a row of an input: in a parameter it is what the layer gives.
pub fn row_name_of(experiment: &Experiment, input: usize, row: usize) -> String {
    let is_bias = experiment.inputs.get(input).is_some_and(|it| it.dim() < 2);
    match experiment.is_parameter(input) {
        true if is_bias => "bias".to_owned(),
        true => line_name(experiment, experiment.line(input, row)),
        false => row_name(experiment, row),
    }
}

/// The name of a column of an input; features have none.
pub fn column_name_of(experiment: &Experiment, input: usize, column: usize) -> String {
    let is_bias = experiment.inputs.get(input).is_some_and(|it| it.dim() < 2);
    match experiment.is_layered() {
        true if is_bias && experiment.is_parameter(input) => {
            line_name(experiment, experiment.line(input, column))
        }
        true => column.to_string(),
        false => column_name(experiment, column),
    }
}

fn line_name(experiment: &Experiment, line: Line) -> String {
    match line {
        Line::Unit(row) => row_name(experiment, row),
        Line::Class(class) => column_name(experiment, class),
        Line::Cluster(cluster) => format!("cluster {cluster}"),
        Line::Counted(place) => place.to_string(),
    }
}

/// An element in full: "mansion, prediction", "photo 2, truck, prediction".
pub fn element_name(experiment: &Experiment, at: At) -> String {
    let index = experiment.inputs.get(at.input).map_or_else(Vec::new, |it| index(it, at.place));
    let unit = match index.as_slice() {
        [row, column] => {
            let (row, column) =
                (row_name_of(experiment, at.input, *row), column_name_of(experiment, at.input, *column));
            format!("{row}, {column}")
        }
        [place] if experiment.is_parameter(at.input) => column_name_of(experiment, at.input, *place),
        [place] => match side_name(experiment, *place) {
            Some(side) => side.to_owned(),
            None => unit_name(experiment, *place),
        },
        more => more.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    };
    match experiment.loss.spec.inputs.get(at.input) {
        // A number alone has no place to name.
        Some(input) if unit.is_empty() => role_name(input).to_owned(),
        Some(input) => format!("{unit}, {}", role_name(input)),
        None => unit,
    }
}

/// "prediction", "target", or PyTorch's own name where neither says it.
pub fn role_name(input: &Input) -> &'static str {
    match (input.role, input.id) {
        (Role::Prediction, "input") => "prediction",
        (Role::Feature, "input") => "features",
        (Role::Target, "target") => "target",
        (_, id) => id,
    }
}

/// The class that gives an input its colour.
pub fn role_class(input: &Input) -> &'static str {
    match input.role {
        Role::Prediction | Role::Feature => "pred",
        Role::Target => "target",
        Role::Parameter | Role::Aside => "aside",
    }
}

/// The index of an element as PyTorch writes it: `[2]`, `[0, 1]`.
pub fn index(tensor: &Tensor, place: usize) -> Vec<usize> {
    let mut rest = place;
    let mut digits: Vec<usize> = tensor
        .shape()
        .iter()
        .rev()
        .map(|size| {
            let digit = rest % (*size).max(1);
            rest /= (*size).max(1);
            digit
        })
        .collect();
    digits.reverse();
    digits
}

/// The call as one would write it, `nn.HuberLoss(delta=2.0)`, of a function with its inputs: with what differs from the
/// defaults, or whole.
pub fn call(experiment: &Experiment, whole: bool) -> String {
    let spec = experiment.loss.spec;
    let sizes = experiment.sizes().into_iter();
    let given = |it: &Param| experiment.args.get(it.id).cloned().or_else(|| whole.then(|| it.default()));
    let text = |it: &Param, value: &Value| match value {
        // A function, by its name.
        Value::Text(word) if it.python(word).is_some() => word.clone(),
        _ => number::argument(value),
    };
    let write = |it: &Param| Some(format!("{}={}", it.id, text(it, &given(it)?)));
    let mut args: Vec<String> = sizes.chain(spec.params.iter().filter_map(write)).collect();
    if spec.group.is_of_functions() {
        args.splice(..0, spec.inputs.iter().map(|it| it.id.to_owned()));
        return format!("{}.{}({})", spec.group.module(), spec.torch, args.join(", "));
    }
    format!("nn.{}({})", spec.torch, args.join(", "))
}
