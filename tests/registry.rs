//! What every loss of the registry must keep, whichever it is. No loss is named here.

#[path = "common/inputs.rs"]
mod inputs;
#[path = "common/random.rs"]
mod random;

use inputs::inputs;
use losslens::experiment::{At, Experiment, address};
use losslens::loss::args::{Args, Value};
use losslens::loss::evaluation::Want;
use losslens::loss::marks::Best;
use losslens::loss::spec::{Group, ParamKind, Per, Role, Spec};
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::{BEYOND, LATE, LOSSES, Loss};
use random::Random;

fn references(tensors: &[Tensor]) -> Vec<&Tensor> {
    tensors.iter().collect()
}

fn default(kind: &ParamKind) -> Value {
    match kind {
        ParamKind::Real { default, .. } => Value::Real(*default),
        ParamKind::Int { default } => Value::Int(*default),
        ParamKind::Flag { default } => Value::Flag(*default),
        ParamKind::Choice { default, .. } => Value::Text((*default).to_owned()),
        ParamKind::Tensor { .. } => Value::None,
    }
}

/// The values of an argument that are worth a test: what its control reaches.
fn reachable(kind: &ParamKind, inputs: &[Tensor], random: &mut Random) -> Vec<Value> {
    match kind {
        ParamKind::Real { slider: (from, to), .. } => {
            [*from, *to, 0.3 * from + 0.7 * to].map(Value::Real).into()
        }
        ParamKind::Int { default } => vec![Value::Int(*default)],
        ParamKind::Flag { .. } => vec![Value::Flag(false), Value::Flag(true)],
        ParamKind::Choice { choices, .. } => choices.iter().map(|it| Value::Text((*it).to_owned())).collect(),
        ParamKind::Tensor { per } => {
            let shape = inputs.first().map_or(&[][..], Tensor::shape);
            let shape = if *per == Per::Class { shape.get(1..2).unwrap_or(&[]) } else { shape };
            let count = shape.iter().product();
            let values = (0..count).map(|_| random.real(0.5, 2.0)).collect();
            vec![Value::Tensor(Tensor::new(shape, values).expect("as many as the shape says"))]
        }
    }
}

/// The defaults, and each argument by itself at every value that is worth a test.
fn variants(spec: &Spec, inputs: &[Tensor], random: &mut Random) -> Vec<Args> {
    let mut variants = vec![Args::default()];
    for param in spec.params {
        for value in reachable(&param.kind, inputs, random) {
            let mut args = Args::default();
            args.set(param, value);
            variants.push(args);
        }
    }
    variants
}

/// Every loss in every variant on ordinary inputs, one experiment for each element of a float input.
fn experiments() -> Vec<Experiment> {
    let mut random = Random(1);
    let mut experiments = Vec::new();
    for loss in LOSSES {
        let tensors = inputs(loss.spec, 20, &mut random);
        for args in variants(loss.spec, &tensors, &mut random) {
            // A parameter takes part in every loss of the batch, and so has none of its own.
            let own = |input: usize| loss.spec.inputs[input].role != Role::Parameter;
            let floats = tensors.iter().enumerate().filter(|it| it.1.dtype().is_float() && own(it.0));
            for (input, place) in
                floats.flat_map(|(k, it)| (0..it.len().min(20)).map(move |place| (k, place)))
            {
                experiments.push(Experiment {
                    loss,
                    args: args.clone(),
                    inputs: tensors.clone(),
                    at: At { input, place },
                    with: None,
                    view: None,
                    names: Vec::new(),
                    classes: Vec::new(),
                    unit: String::new(),
                });
            }
        }
    }
    experiments
}

fn label(it: &Experiment) -> String {
    format!("{} {:?} along {} {} at {:?}", it.loss.spec.torch, it.args, it.at.input, it.at.place, it.x())
}

#[test]
fn names_are_unique_and_documented() {
    let mut torch: Vec<&str> = LOSSES.iter().map(|it| it.spec.torch).collect();
    torch.sort_unstable();
    torch.dedup();
    assert_eq!(torch.len(), LOSSES.len());
    for spec in LOSSES.iter().map(|it| it.spec) {
        let ids = spec.params.iter().map(|it| it.id).chain(spec.inputs.iter().map(|it| it.id));
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}: an argument and an input share a name", spec.torch);
        let sentences = spec.params.iter().map(|it| it.doc).chain([spec.brief]);
        for doc in sentences {
            assert!(doc.len() > 10 && doc.ends_with('.'), "{}: {doc:?} is no sentence", spec.torch);
        }
        for phrase in spec.inputs.iter().map(|it| it.doc).chain([spec.title, spec.short]) {
            assert!(!phrase.is_empty() && !phrase.ends_with('.'), "{}: {phrase:?} is no phrase", spec.torch);
        }
    }
}

#[test]
fn the_menu_follows_the_groups() {
    let place = |loss: &Loss| Group::ALL.iter().position(|it| *it == loss.spec.group);
    let (early, others) = LOSSES.split_at(LOSSES.len() - LATE.len() - BEYOND.len());
    let (late, beyond) = others.split_at(LATE.len());
    for part in [early, late, beyond] {
        assert!(part.is_sorted_by_key(place));
    }
}

#[test]
fn defaults_and_controls_are_accepted() {
    let mut random = Random(2);
    for loss in LOSSES {
        let tensors = inputs(loss.spec, 20, &mut random);
        for param in loss.spec.params {
            let mut args = Args::default();
            args.set(param, default(&param.kind));
            assert_eq!(args, Args::default(), "{}: {}", loss.spec.torch, param.id);
            if let ParamKind::Real { slider: (from, to), step, .. } = param.kind {
                assert!(from < to && step > 0.0 && step < to - from, "{}: {}", loss.spec.torch, param.id);
            }
            if let ParamKind::Choice { default, choices, .. } = param.kind {
                assert!(choices.contains(&default), "{}: {}", loss.spec.torch, param.id);
            }
        }
        for args in variants(loss.spec, &tensors, &mut random) {
            let answer = loss.evaluate(&args, &references(&tensors), Want::ALL);
            assert!(answer.is_ok(), "{} {args:?}: {answer:?}", loss.spec.torch);
        }
    }
}

#[test]
fn every_example_is_a_picture_worth_showing() {
    for loss in LOSSES {
        let (spec, name) = (loss.spec, loss.spec.torch);
        let [left, right, bottom, top] = spec.example.window;
        assert!(left < right && bottom < top, "{name}");
        let read = address::read(&format!("/{name}?{}", spec.example.query));
        assert!(read.notices.is_empty(), "{name}: {:?}", read.notices);
        let example = address::example(loss);
        assert_eq!(example.inputs.len(), spec.inputs.len(), "{name}");
        let answer = example.evaluate().unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(example.gradient(&answer).is_some_and(|it| it.is_finite() && it != 0.0), "{name}");
        let x = example.x().unwrap_or(f64::NAN);
        let own = example.curve(&[x], None).unwrap_or_else(|why| panic!("{name}: {why}")).losses;
        assert!((left..=right).contains(&x) && (bottom..=top).contains(&own[0]), "{name}: {x} {own:?}");
        for text in spec.example.overlays {
            let overlay = address::overlay(loss, text).unwrap_or_else(|| panic!("{name}: no overlay {text}"));
            let curve =
                example.curve(&[x], Some(&overlay)).unwrap_or_else(|why| panic!("{name} {text}: {why}"));
            assert!(!curve.losses[0].is_nan(), "{name}: {text}");
        }
        let first = spec.example.overlays.first().and_then(|it| address::overlay(loss, it));
        assert!(example.with.is_none() || example.with == first, "{name}");
    }
}

/// That gradients are slopes, `tests/properties.rs` says.
#[test]
fn a_gradient_is_the_slope_of_the_unit_times_its_share() {
    let mut compared = 0;
    for it in experiments() {
        let answer = it.evaluate().unwrap_or_else(|why| panic!("{}: {why}", label(&it)));
        let (Some(x), Some(gradient)) = (it.x(), it.gradient(&answer)) else { continue };
        let curve = it.curve(&[x], None).unwrap_or_else(|why| panic!("{}: {why}", label(&it)));
        let (true, slope) = (curve.losses[0].is_finite(), curve.slopes[0]) else { continue };
        let share = it.share(&answer).unwrap_or_else(|| panic!("{}: no share", label(&it))).share;
        let gap = (gradient - slope * share).abs();
        assert!(gap <= 1e-12 * (1.0 + gradient.abs()), "{}: {gradient} for {slope} · {share}", label(&it));
        compared += 1;
    }
    assert!(compared > 1000, "only {compared} compared");
}

#[test]
fn nothing_is_lower_than_the_best_value() {
    for it in experiments() {
        let Some(x) = it.x() else { continue };
        let marks = it.marks();
        let (least, most) = it.loss.spec.inputs[it.at.input].domain.bounds();
        let (from, to) = ((x - 8.0).max(least), (x + 8.0).min(most));
        let mut xs: Vec<f64> = (0..=160).map(|k| from + (to - from) * f64::from(k) / 160.0).collect();
        let best = match marks.best {
            Best::Unknown => Vec::new(),
            Best::Point(best) => vec![best],
            Best::Between(low, high) => {
                let inside = |it: &f64| it.is_finite() && (low..=high).contains(it);
                [low, high, low + 3.0, high - 3.0].into_iter().filter(inside).collect()
            }
            Best::Lowest => vec![from],
            Best::Highest => vec![to],
        };
        let sampled = xs.len();
        xs.extend(best.iter().filter(|it| it.is_finite()));
        let losses = it.curve(&xs, None).unwrap_or_else(|why| panic!("{}: {why}", label(&it))).losses;
        let (sampled, best) = losses.split_at(sampled);
        let lowest = sampled.iter().copied().fold(f64::INFINITY, f64::min);
        let room = 1e-12 * lowest.abs().max(1.0);
        for best in best.iter().filter(|it| !it.is_nan()) {
            assert!(*best <= lowest + room, "{}: {:?} is {best}, not {lowest}", label(&it), marks.best);
        }
        let floor = marks.floor.unwrap_or(f64::NEG_INFINITY);
        assert!(lowest >= floor - room, "{}: {lowest} under the floor {floor}", label(&it));
    }
}
