//! Calls of any loss as proptest makes them: ordinary ones, and ones in which anything may be odd.

use losslens::loss::spec::{Param, ParamKind, Per, REDUCTION, Spec};
use losslens::loss::torch::{LOSSES, Loss, WITHOUT_PAGE};
use losslens::loss::{Args, Dtype, Tensor, Value};
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::inputs;
use super::random::Random;

/// Every loss that has a description.
pub fn all() -> impl Iterator<Item = &'static Loss> {
    LOSSES.iter().chain(&WITHOUT_PAGE)
}

/// One call of a loss.
#[derive(Clone, Debug)]
pub struct Call {
    pub args: Args,
    pub inputs: Vec<Tensor>,
}

impl Call {
    pub fn inputs(&self) -> Vec<&Tensor> {
        self.inputs.iter().collect()
    }

    /// The same call with that reduction.
    pub fn reduced(&self, spec: &Spec, word: &str) -> Args {
        let mut args = self.args.clone();
        args.set(spec.param(REDUCTION.id).unwrap_or(&REDUCTION), Value::Text(word.to_owned()));
        args
    }
}

/// A call that PyTorch accepts, with any reduction and arguments as far as sliders reach.
pub fn ordinary(spec: &'static Spec) -> impl Strategy<Value = Call> {
    (any::<u64>(), 1..40_usize).prop_map(move |(seed, count)| {
        let mut random = Random(seed);
        let inputs = inputs(spec, count, &mut random);
        let mut args = Args::default();
        for param in spec.params {
            if random.below(2) == 0 {
                args.set(param, reachable(param, &inputs, &mut random));
            }
        }
        Call { args, inputs }
    })
}

/// A value that the control of an argument reaches.
fn reachable(param: &Param, inputs: &[Tensor], random: &mut Random) -> Value {
    match param.kind {
        ParamKind::Real { slider: (from, to), .. } => Value::Real(random.real(from, to)),
        ParamKind::Int { default } => Value::Int(default),
        ParamKind::Flag { .. } => Value::Flag(random.below(2) == 0),
        ParamKind::Choice { choices, .. } => Value::Text(choices[random.below(choices.len())].to_owned()),
        ParamKind::Tensor { per } => {
            let shape = inputs.first().map_or(&[][..], Tensor::shape);
            let shape = if per == Per::Class { shape.get(1..2).unwrap_or(&[]) } else { shape };
            let values = (0..shape.iter().product()).map(|_| random.real(0.5, 2.0)).collect();
            Value::Tensor(Tensor::new(shape, values).expect("as many as the shape says"))
        }
    }
}

/// Something done to an ordinary call. Places are taken modulo what is there.
#[derive(Clone, Debug)]
enum Oddity {
    Number(usize, usize, f64),
    Dtype(usize, Dtype),
    Tensor(usize, Tensor),
    Shape(Vec<usize>),
    Missing,
    Further(Tensor),
    Arg(usize, Value),
}

fn number() -> impl Strategy<Value = f64> {
    const EXTREMES: [f64; 14] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -100.0,
        1e308,
        -1e308,
        5e-324,
        1e-308,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
    ];
    prop_oneof![3 => select(EXTREMES.to_vec()), 2 => -5.0..5.0, 1 => proptest::num::f64::ANY]
}

fn dtype() -> impl Strategy<Value = Dtype> {
    use Dtype::{Bool, Float32, Float64, Int8, Int16, Int32, Int64, Uint8};
    select(vec![Float64, Float32, Int64, Int32, Int16, Int8, Uint8, Bool])
}

fn shape() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(prop_oneof![0..4_usize, Just(1), Just(10)], 0..4)
}

/// A tensor of any shape, empty and 0-d ones among them, and any dtype.
pub fn tensor() -> impl Strategy<Value = Tensor> {
    let filled = |shape: Vec<usize>| {
        let count: usize = shape.iter().product();
        (Just(shape), proptest::collection::vec(number(), count))
    };
    let float = shape().prop_flat_map(filled);
    let float = float.prop_map(|(shape, values)| Tensor::new(shape, values).expect("as many as it says"));
    (float, prop_oneof![2 => Just(Dtype::Float64), 1 => dtype()]).prop_map(|(tensor, dtype)| tensor.to(dtype))
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => number().prop_map(Value::Real),
        1 => Just(Value::None),
        1 => select(vec!["odd", "mean", "cosine", "manhattan", "elementwise_mean"]).prop_map(Value::from),
        1 => prop_oneof![-3..4_i64, any::<i64>()].prop_map(Value::Int),
        1 => any::<bool>().prop_map(Value::Flag),
        2 => tensor().prop_map(Value::Tensor),
    ]
}

fn oddity() -> impl Strategy<Value = Oddity> {
    let place = 0..40_usize;
    prop_oneof![
        6 => (place.clone(), place.clone(), number()).prop_map(|(i, k, x)| Oddity::Number(i, k, x)),
        2 => (place.clone(), dtype()).prop_map(|(i, it)| Oddity::Dtype(i, it)),
        1 => (place.clone(), tensor()).prop_map(|(i, it)| Oddity::Tensor(i, it)),
        1 => shape().prop_map(Oddity::Shape),
        1 => Just(Oddity::Missing),
        1 => tensor().prop_map(Oddity::Further),
        8 => (place, value()).prop_map(|(i, it)| Oddity::Arg(i, it)),
    ]
}

/// An ordinary call to which a few things were done.
pub fn odd(spec: &'static Spec) -> impl Strategy<Value = Call> {
    (ordinary(spec), proptest::collection::vec(oddity(), 0..5)).prop_map(move |(mut call, oddities)| {
        for oddity in oddities {
            apply(oddity, spec, &mut call);
        }
        call
    })
}

fn apply(oddity: Oddity, spec: &Spec, call: &mut Call) {
    let count = call.inputs.len().max(1);
    match oddity {
        Oddity::Number(input, place, x) => {
            if let Some(tensor) = call.inputs.get_mut(input % count) {
                tensor.set(place % tensor.len().max(1), x);
            }
        }
        Oddity::Dtype(input, dtype) => {
            call.inputs.iter_mut().skip(input % count).take(1).for_each(|it| *it = it.to(dtype));
        }
        Oddity::Tensor(input, tensor) => {
            call.inputs.iter_mut().skip(input % count).take(1).for_each(|it| *it = tensor.clone());
        }
        Oddity::Shape(shape) => {
            // The same everywhere.
            let size = shape.iter().product();
            for tensor in &mut call.inputs {
                let values = (0..size).map(|k| tensor.get(k).unwrap_or(1.0)).collect();
                *tensor = Tensor::new(shape.clone(), values).expect("as many as it says").to(tensor.dtype());
            }
        }
        Oddity::Missing => {
            call.inputs.pop();
        }
        Oddity::Further(tensor) => call.inputs.push(tensor),
        Oddity::Arg(place, value) => {
            let param = spec.params.get(place % spec.params.len().max(1));
            param.into_iter().for_each(|it| call.args.set(it, value.clone()));
        }
    }
}
