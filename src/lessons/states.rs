//! States in the prose: `[text](~target.3=14&delta=2)` is a link to this loss's worked example with those changes, and
//! `{loss}` and `{grad}` after it are what PyTorch answers there. `{told input.3}` is a number of the worked example that
//! can be turned, and `{told unit.3}`, `{told grad.input.3}`, `{told loss}` what it answers. So no number of that kind is
//! typed, and none goes stale.

use super::article;
use super::markdown::escaped;
use crate::experiment::{Experiment, address, number};
use crate::figure::told::Told;
use crate::loss::spec::{Role, Spec};
use crate::loss::torch::Loss;

/// The Markdown with its links and numbers written out.
///
/// # Errors
/// The state that does not exist, or that PyTorch refuses.
pub fn expand(torch_name: &str, text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut now = None;
    let mut rest = text;
    loop {
        let found = ["](~", "{loss}", "{grad}", "{told "]
            .into_iter()
            .filter_map(|it| Some((rest.find(it)?, it)))
            .min();
        let Some((start, mark)) = found else { break };
        let (before, after) = (rest.get(..start), rest.get(start + mark.len()..));
        out += before.unwrap_or_default();
        rest = after.unwrap_or_default();
        if mark == "{told " {
            let (what, after) = rest.split_once('}').ok_or("a number of the text without its end")?;
            rest = after;
            out += &told(torch_name, what)?;
            continue;
        }
        if mark != "](~" {
            let state = now.as_ref().ok_or_else(|| format!("{mark} before any state"))?;
            out += &shown(state, mark)?;
            continue;
        }
        let (changes, after) = rest.split_once(')').ok_or("a link without its end")?;
        rest = after;
        let state = changed(torch_name, changes)?;
        out += &format!("](#{})", address::write(&state));
        now = Some(state);
    }
    Ok(out + rest)
}

/// The worked example with changes: `LossName&input.3=4&delta=2`, where the name may be left out. With `sample=mse` it
/// is not the example that is changed but the article's call of that name.
pub fn changed(torch_name: &str, changes: &str) -> Result<Experiment, String> {
    let mut changes: Vec<&str> = changes.split('&').filter(|it| !it.is_empty()).collect();
    let name = match changes.first() {
        Some(first) if !first.contains('=') => changes.remove(0),
        _ => torch_name,
    };
    let loss = Loss::find(name).ok_or_else(|| format!("{name} is no loss"))?;
    let sample = changes.iter().position(|it| it.starts_with("sample=")).map(|it| changes.remove(it));
    let query = match sample.and_then(|it| it.strip_prefix("sample=")) {
        Some(id) => article::query(id)?,
        None => loss.spec.example.query.to_owned(),
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|it| it.split_once('='))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    for change in changes {
        let (key, value) = change.split_once('=').ok_or_else(|| format!("{change} says not what to set"))?;
        // The name of a parameter has dots of its own.
        let element = |it: &&mut (String, String)| {
            key.strip_prefix(it.0.as_str()).is_some_and(|it| it.starts_with('.'))
        };
        match pairs.iter_mut().find(element) {
            Some(pair) => {
                let place = key.get(pair.0.len() + 1..).unwrap_or_default();
                pair.1 = with_element(&pair.1, place, value).ok_or_else(|| format!("no element {key}"))?;
            }
            None if key.contains('.') && loss.spec.input(key).is_none() => {
                return Err(format!("{key} is no input of {name}"));
            }
            None => {
                pairs.retain(|it| it.0 != key);
                // Nothing behind the sign takes the example's away.
                if !value.is_empty() {
                    pairs.push((key.to_owned(), value.to_owned()));
                }
            }
        }
    }
    let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let read = address::read(&format!("/{name}?{}", query.join("&")));
    match read.route {
        address::Route::Loss(state) if read.notices.is_empty() => Ok(*state),
        _ => Err(format!("{changes:?}: {:?}", read.notices, changes = query)),
    }
}

/// Numbers as the address writes them, `1,2;3,4`, with the one at `row.column` replaced.
fn with_element(numbers: &str, place: &str, value: &str) -> Option<String> {
    let mut rows: Vec<Vec<&str>> = numbers.split(';').map(|row| row.split(',').collect()).collect();
    let mut indices = place.split('.').map(str::parse::<usize>);
    let (first, second) = (indices.next()?.ok()?, indices.next());
    let (row, column) = match second {
        Some(second) => (first, second.ok()?),
        None => (0, first),
    };
    *rows.get_mut(row)?.get_mut(column)? = value;
    Some(rows.iter().map(|row| row.join(",")).collect::<Vec<_>>().join(";"))
}

/// A number of the worked example that lives with the bench.
fn told(torch_name: &str, what: &str) -> Result<String, String> {
    let loss = Loss::find(torch_name).ok_or_else(|| format!("{torch_name} is no loss"))?;
    let state = address::example(loss);
    let answer = state.evaluate().map_err(|it| it.to_string())?;
    let missing = || format!("{torch_name} has no {what} to tell");
    let key = located(loss.spec, &state, what).ok_or_else(missing)?;
    let told = Told::read(&key).ok_or_else(missing)?;
    let value = told.value(&state, &answer).ok_or_else(missing)?;
    let text = escaped(&number::brief(value));
    Ok(match told {
        Told::Turned(at) => {
            let class = match loss.spec.inputs.get(at.input).map(|it| it.role) {
                Some(Role::Target) => "target",
                Some(Role::Parameter | Role::Aside) => "aside",
                _ => "pred",
            };
            format!("<b class=\"told {class}\" data-told=\"{key}\">{text}</b>")
        }
        _ => {
            let class = if matches!(told, Told::Gradient(_)) { "grad" } else { "loss" };
            let full = number::show(value);
            format!("<output class=\"{class}\" data-told=\"{key}\" data-value=\"{full}\">{text}</output>")
        }
    })
}

/// `input.2.2` as the place of an input and the place in it, `0.8`; `loss` and `unit.3` stay.
fn located(spec: &Spec, state: &Experiment, what: &str) -> Option<String> {
    if what == "loss" || what.starts_with("unit.") {
        return Some(what.to_owned());
    }
    if let Some(element) = what.strip_prefix("grad.") {
        return Some(format!("grad.{}", located(spec, state, element)?));
    }
    let (name, place) = what.split_once('.')?;
    let input = spec.inputs.iter().position(|it| it.id == name)?;
    let shape = state.inputs.get(input)?.shape();
    let digits: Vec<usize> = place.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    if digits.len() != shape.len() || digits.iter().zip(shape).any(|it| it.0 >= it.1) {
        return None;
    }
    let place = digits.iter().zip(shape).fold(0, |place, (digit, size)| place * size + digit);
    Some(format!("{input}.{place}"))
}

/// The state's loss, or the gradient of its chosen element.
fn shown(state: &Experiment, mark: &str) -> Result<String, String> {
    let evaluation = state.evaluate().map_err(|it| it.to_string())?;
    let (class, value) = match mark {
        "{loss}" => ("loss", evaluation.output.get(0)),
        _ => ("grad", state.gradient(&evaluation)),
    };
    let value = value.ok_or_else(|| format!("{mark} of a state that has none"))?;
    let full = number::show(value);
    Ok(format!("<output class=\"{class}\" data-value=\"{full}\">{}</output>", number::fixed(value, 4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: with the mansion at 8 like its price, 0.125 + 0 + 1.5 + 0 by four; without a slope there.
    #[test]
    fn numbers_come_from_the_core() {
        let text = expand("HuberLoss", "[Guess 8](~input.3=8): {loss}, {grad}.").unwrap();
        let link = "[Guess 8](#/HuberLoss?input=2,3.5,4,8&target=2.5,3.5,2,8";
        assert!(text.starts_with(link), "{text}");
        assert!(text.contains("data-value=\"0.40625\">0.4062<") || text.contains(">0.4063<"), "{text}");
        assert!(text.contains("<output class=\"grad\" data-value=\"0\">0.0000</output>."), "{text}");
    }

    /// The mansion of the worked example, guessed at 3; photo 2's truck, whose score is the last of nine.
    #[test]
    fn numbers_of_the_bench_are_told() {
        let text = expand("HuberLoss", "{told input.3} costs {told unit.3}, {told grad.input.3}").unwrap();
        assert!(text.contains("<b class=\"told pred\" data-told=\"0.3\">3</b> costs "), "{text}");
        assert!(text.contains("data-told=\"unit.3\" data-value=\"4.5\">4.5<"), "{text}");
        assert!(text.contains("class=\"grad\" data-told=\"grad.0.3\" data-value=\"-0.25\">−0.25<"), "{text}");
        assert!(expand("CrossEntropyLoss", "{told input.2.2}").unwrap().contains("data-told=\"0.8\">1<"));
    }

    #[test]
    fn what_does_not_exist_is_named() {
        for (text, why) in [
            ("{loss}", "before any state"),
            ("{told input.9}", "no input.9"),
            ("{told unit.4}", "no unit.4"),
            ("[x](~input.9=1)", "no element"),
            ("[x](~delta=-1)", ""),
            ("[x](~nothing=1)", "nothing"),
            ("[x](~NoLoss&delta=1)", "NoLoss"),
        ] {
            let answer = expand("HuberLoss", text);
            assert!(answer.clone().is_err_and(|it| it.contains(why)), "{text}: {answer:?}");
        }
        assert!(expand("MSELoss", "[x](~HuberLoss&delta=2)").unwrap().contains("#/HuberLoss?"));
    }
}
