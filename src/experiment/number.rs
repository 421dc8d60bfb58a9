//! stub
use crate::loss::args::Value;
pub fn parse(text: &str) -> Result<f64, String> {
    text.trim().replace('−', "-").parse().map_err(|_| format!("“{text}” is not a number"))
}
pub fn show(x: f64) -> String {
    if x.is_nan() { "nan".into() } else { format!("{x}") }
}
pub fn fixed(x: f64, d: usize) -> String {
    if x.is_nan() { "nan".into() } else { format!("{x:.d$}").replace('-', "−") }
}
pub fn brief(x: f64) -> String {
    show((x * 1e4).round() / 1e4).replace('-', "−")
}
pub fn argument(v: &Value) -> String {
    format!("{v:?}")
}
