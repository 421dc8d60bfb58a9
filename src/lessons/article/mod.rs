//! The twelve calls of the article that this site began with: their numbers, drawn when the site is built, as states
//! and as blocks of the text `article.md`.

mod draw;
mod samples;
#[cfg(test)]
mod tests;

use super::code::named;
use crate::experiment::{At, Experiment, address, number};
use crate::loss::args::Args;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;
use crate::random::Generator;
use samples::{OTHERS, Sample, TWELVE};

const SEED: u64 = 0;

/// The inputs of the sample of that name as an address has them, `input=…&target=…`, and its arguments. They serve every
/// loss that takes them.
///
/// # Errors
/// That there is none.
pub fn query(id: &str) -> Result<String, String> {
    let sample = sample(id)?;
    let state = state(sample)?;
    let inputs = address::write(&state);
    let inputs = inputs.split_once('?').map_or("", |it| it.1);
    let args = sample.args.iter().map(|(id, value)| format!("&{id}={}", value.written()));
    Ok(format!("{inputs}{}", args.collect::<String>()))
}

/// The text with each `{sample mse}` in it as a block: the call in Python, both answers, and the way to the bench.
///
/// # Errors
/// A sample that does not exist, or that PyTorch refuses.
pub fn expand(text: &str) -> Result<String, String> {
    let mut parts = text.split("{sample ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once('}').ok_or("a sample without its end")?;
        out += &block(sample(id)?)?;
        out += rest;
    }
    Ok(out)
}

fn sample(id: &str) -> Result<&'static Sample, String> {
    let found = TWELVE.iter().chain(&OTHERS).find(|it| it.id == id);
    found.ok_or_else(|| format!("no sample {id}"))
}

/// The inputs in the order of the call, all of their rows.
fn inputs(sample: &Sample) -> Result<Vec<Tensor>, String> {
    let mut generator = Generator::new(SEED);
    let drawn = sample.inputs.iter().map(|(id, draw)| Ok((*id, draw.next(&mut generator)?)));
    let drawn: Vec<(&str, Tensor)> = drawn.collect::<Result<_, String>>()?;
    let input = |id: &str| drawn.iter().find(|it| it.0 == id).map(|it| it.1.clone());
    let named = loss(sample)?.spec.inputs.iter().map(|it| it.id);
    named.map(|id| input(id).ok_or_else(|| format!("{} lacks {id}", sample.id))).collect()
}

fn loss(sample: &Sample) -> Result<&'static Loss, String> {
    Loss::find(sample.loss).ok_or_else(|| format!("{} is no loss", sample.loss))
}

/// What a link holds, but for the arguments.
fn state(sample: &Sample) -> Result<Experiment, String> {
    let first = |it: Tensor| match it.shape() {
        [all, rest @ ..] if sample.rows > 0 => {
            let numbers = it.floats().iter().take(it.len() / all.max(&1) * sample.rows).copied().collect();
            Tensor::new([&[sample.rows], rest].concat(), numbers).ok_or("fewer rows than asked for")
        }
        _ => Ok(it),
    };
    let inputs = inputs(sample)?.into_iter().map(first).collect::<Result<_, _>>()?;
    let (names, classes, unit) = (Vec::new(), Vec::new(), String::new());
    let (loss, args, at) = (loss(sample)?, Args::default(), At::default());
    Ok(Experiment { loss, args, inputs, at, with: None, view: None, names, classes, unit })
}

/// The state that a link leads to.
fn linked(sample: &Sample) -> Result<Experiment, String> {
    let query = query(sample.id)?;
    let read = address::read(&format!("/{}?{query}", sample.loss));
    match read.route {
        address::Route::Loss(state) if read.notices.is_empty() => Ok(*state),
        _ => Err(format!("{}: {:?}", sample.id, read.notices)),
    }
}

/// What the core answers to the sample, all of its rows.
fn answer(sample: &Sample) -> Result<f64, String> {
    let state = Experiment { inputs: inputs(sample)?, ..linked(sample)? };
    loss_of(&state)
}

fn loss_of(state: &Experiment) -> Result<f64, String> {
    let evaluation = state.evaluate().map_err(|it| it.to_string())?;
    evaluation.output.get(0).ok_or_else(|| "a sample without one loss".to_owned())
}

fn block(sample: &Sample) -> Result<String, String> {
    let state = linked(sample)?;
    let address = address::write(&state).replace('&', "&amp;");
    let bench = match sample.rows {
        0 => format!(r##"<a href="#{address}">On the bench</a>"##),
        rows => format!(
            r##"<a href="#{address}">The first {rows} on the bench</a> {}"##,
            reading(loss_of(&state)?)
        ),
    };
    let (here, there) = (reading(answer(sample)?), reading(sample.torch));
    Ok(format!(
        "<div class=\"sample\"><pre tabindex=\"0\"><code>{}</code></pre><ul><li>Here, in float64 {here}</li><li>PyTorch, in float32 {there}</li><li>{bench}</li></ul></div>",
        code(sample)?
    ))
}

/// As many digits as float32 has, and one.
fn reading(value: f64) -> String {
    let full = number::show(value);
    format!(r#"<output class="loss" data-value="{full}">{}</output>"#, number::fixed(value, 7))
}

/// The call in Python: what is drawn, in order, then the loss.
fn code(sample: &Sample) -> Result<String, String> {
    let spec = loss(sample)?.spec;
    let input = |id: &str| spec.inputs.iter().find(|it| it.id == id).map(named);
    let mut lines = String::new();
    if sample.inputs.iter().any(|it| it.1.is_random()) {
        lines += &format!("torch.manual_seed({SEED})\n");
    }
    for (id, draw) in sample.inputs {
        lines += &format!("{} = {}\n", input(id).ok_or_else(|| no_input(sample, id))?, draw.code());
    }
    let args: Vec<String> = sample.args.iter().map(|(id, value)| format!("{id}={}", value.code())).collect();
    let inputs: Vec<String> = spec.inputs.iter().map(named).collect();
    Ok(format!(
        r#"{lines}<b class="loss">loss</b> = nn.{}({})({})"#,
        sample.loss,
        args.join(", "),
        inputs.join(", ")
    ))
}

fn no_input(sample: &Sample, id: &str) -> String {
    format!("{id} is not for {}", sample.loss)
}
