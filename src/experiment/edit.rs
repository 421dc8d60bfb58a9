//! stub
use super::*;
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Axis {
    Element,
}
impl Axis {
    pub fn of(_: &Experiment) -> Vec<Axis> {
        vec![Axis::Element]
    }
    pub fn name(self) -> &'static str {
        "element"
    }
}
pub fn grow(e: &Experiment, _: Axis) -> Result<Experiment, String> {
    let mut n = e.clone();
    for t in &mut n.inputs {
        let mut v = t.floats().into_owned();
        v.push(0.0);
        *t = Tensor::vector(v);
    }
    Ok(n)
}
pub fn shrink(e: &Experiment, _: Axis) -> Result<Experiment, String> {
    let mut n = e.clone();
    for t in &mut n.inputs {
        let mut v = t.floats().into_owned();
        v.pop();
        *t = Tensor::vector(v);
    }
    Ok(n)
}
pub fn set_input(e: &Experiment, i: usize, p: super::paste::Pasted) -> Result<Experiment, String> {
    let mut n = e.clone();
    n.inputs[i] = p.tensor;
    n.evaluate().map_err(|e| e.message)?;
    Ok(n)
}
pub fn switch_loss(e: &Experiment, to: &'static crate::loss::torch::Loss) -> Experiment {
    let mut n = e.clone();
    n.loss = to;
    n
}
