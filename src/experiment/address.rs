//! stub
use super::*;
#[derive(Clone, Debug)]
pub struct Notice {
    pub key: String,
    pub message: String,
}
pub enum Route {
    Home,
    Loss(Experiment),
}
pub struct Read {
    pub route: Route,
    pub notices: Vec<Notice>,
}
pub fn example(loss: &'static crate::loss::torch::Loss) -> Experiment {
    Experiment {
        loss,
        args: Args::default(),
        inputs: vec![Tensor::vector([2., 3.5, 4., 3.]), Tensor::vector([2.5, 3.5, 2., 8.])],
        at: At { input: 0, place: 3 },
        with: None,
        view: None,
        names: ["flat", "terrace", "cottage", "mansion"].map(String::from).to_vec(),
        classes: vec![],
        unit: "$100k".into(),
    }
}
pub fn read(f: &str) -> Read {
    if f.contains("HuberLoss") {
        Read { route: Route::Loss(example(&crate::loss::torch::LOSSES[0])), notices: vec![] }
    } else {
        Read { route: Route::Home, notices: vec![] }
    }
}
pub fn write(e: &Experiment) -> String {
    format!("/HuberLoss?x={}", e.inputs[0].floats()[0])
}
pub fn overlay(_: &'static crate::loss::torch::Loss, _: &str) -> Option<Overlay> {
    None
}
