//! What the page is showing: one plain comparable value. Invariant: pure.

pub mod address;
pub mod bar;
pub mod case;
pub mod code;
pub mod curve;
pub mod edit;
pub mod find;
pub mod history;
pub mod icon;
pub mod labels;
pub mod layers;
pub mod layout;
pub mod near;
pub mod notes;
pub mod number;
pub mod overlay;
pub mod paste;
pub mod picture;
pub mod poster;
pub mod random;
pub mod range;
pub mod samples;
pub mod scene;
pub mod table;
pub mod terms;
pub mod unit;
pub mod windows;

pub use overlay::{Overlay, Through, name as overlay_name};

use crate::loss::args::{Args, Value};
use crate::loss::error::Error;
use crate::loss::evaluation::{Evaluation, Want};
use crate::loss::spec::Param;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// One state of the bench. Two equal experiments show the same picture.
///
/// An [address] is an experiment as text, and every experiment has one:
///
/// ```
/// use losslens::experiment::address::{self, Route};
///
/// let read = address::read("/HuberLoss?input=3,0.5&target=0,0&delta=2&at=input.1");
/// let Route::Loss(experiment) = read.route else { return Err("a page of text".into()) };
/// let answer = experiment.evaluate()?;
/// assert_eq!(answer.output.get(0), Some(0.5 * (4.0 + 0.125)));
/// // The chosen element's own slope is 0.5, and it is one of two.
/// assert_eq!(experiment.gradient(&answer), Some(0.25));
///
/// let further = experiment.with_number(experiment.at, 1.0);
/// assert_eq!(address::write(&further), "/HuberLoss?input=3,1&target=0,0&delta=2&at=input.1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The loss under the hand.
    pub loss: &'static Loss,
    /// The constructor arguments that differ from PyTorch's defaults.
    pub args: Args,
    /// The arguments of `forward`, in its order.
    pub inputs: Vec<Tensor>,
    /// The element that the chart moves.
    pub at: At,
    /// What the curve is compared with.
    pub with: Option<Overlay>,
    /// Which view is open, where it is not the loss's own first one.
    pub view: Option<View>,
    /// Names of the units ("flat", "terrace"); empty where they are counted. Text, never markup.
    pub names: Vec<String>,
    /// Names of the columns of a matrix ("car", "truck"); empty where they are counted.
    pub classes: Vec<String>,
    /// The unit of the numbers ("$100k"); may be empty. Text, never markup.
    pub unit: String,
}

/// One element of one input, by their places: inputs in `forward`'s order, elements row-major.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct At {
    /// The place of the input among the arguments of `forward`.
    pub input: usize,
    /// The place of the element in the input, row-major.
    pub place: usize,
}

/// What the large picture of the bench is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The loss of the chosen element as a curve.
    Curve,
    /// The whole batch's loss as a curve.
    Batch,
    /// The loss's own picture.
    Picture,
}

impl Experiment {
    /// The views that the state can be shown in, its first one first.
    pub fn views(&self) -> Vec<View> {
        let picture = picture::kind(self).map(|_| View::Picture);
        picture.into_iter().chain([View::Curve, View::Batch]).collect()
    }

    /// The view that is shown: the one asked for, or the first; never a curve of its own for an element that has
    /// none.
    pub fn shown_view(&self) -> View {
        let views = self.views();
        match self.view.filter(|it| views.contains(it)).or(views.first().copied()) {
            Some(View::Picture) => View::Picture,
            Some(View::Curve) | None if self.unit_of(self.at).is_some() => View::Curve,
            _ => View::Batch,
        }
    }

    /// What PyTorch answers to this state.
    ///
    /// Inputs that would broadcast to more than a page can hold are refused here; PyTorch would run out of memory.
    pub fn evaluate(&self) -> Result<Evaluation, Error> {
        if layout::is_too_large(self.loss.spec.family, &self.inputs) {
            return Err(Error::runtime("these shapes broadcast to more numbers than this page holds"));
        }
        let inputs: Vec<&Tensor> = self.inputs.iter().collect();
        self.loss.evaluate(&self.args, &inputs, Want::ALL)
    }

    /// The number of the chosen element.
    pub fn x(&self) -> Option<f64> {
        self.inputs.get(self.at.input)?.get(self.at.place)
    }

    /// The same state with one number changed; nothing happens to a place that is not there.
    pub fn with_number(&self, at: At, value: f64) -> Self {
        let mut next = self.clone();
        if let Some(tensor) = next.inputs.get_mut(at.input) {
            tensor.set(at.place, value);
        }
        next
    }

    /// The same state with one constructor argument changed.
    pub fn with_arg(&self, param: &'static Param, value: Value) -> Self {
        let mut next = self.clone();
        next.args.set(param, value);
        next
    }

    /// PyTorch's gradient of the reduced loss by the chosen element, where it gives one.
    pub fn gradient(&self, evaluation: &Evaluation) -> Option<f64> {
        evaluation.grads.get(self.at.input)?.as_ref()?.get(self.at.place)
    }
}
