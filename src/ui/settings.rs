//! One control for each constructor argument, made from its description.

use web_sys::Event;

use super::bench::Bench;
use super::dom::{El, el, focus, ticked, typed};
use super::widgets::{Gesture, NumberBox, PIXELS_PER_STEP, Segmented, term};
use super::words::call;
use crate::decimal::plain;
use crate::experiment::terms::meaning;
use crate::experiment::{Experiment, number, paste};
use crate::loss::args::Value;
use crate::loss::spec::{Param, ParamKind, Per};
use crate::loss::tensor::{Dtype, Tensor};
use crate::plot::ticks::within;
use crate::ui::reactive::*;

/// Every argument of the constructor.
pub fn settings(bench: Bench) -> El {
    let now = bench.now();
    let (shown, more): (Vec<&'static Param>, Vec<_>) =
        bench.spec().params.iter().partition(|it| is_shown(it, &now));
    let all =
        |params: Vec<&'static Param>| params.into_iter().map(|it| setting(bench, it)).collect::<Vec<_>>();
    let names: Vec<&str> = more.iter().map(|it| it.id).chain(["the whole call"]).collect();
    let folded = el("details.more").with((
        el("summary").with(format!("More: {}", names.join(", "))),
        all(more),
        el("code.signature").say(move || call(&bench.experiment.read(), true)),
    ));
    el("section.settings").set("aria-labelledby", "settings-title").with((
        el("h2").set("id", "settings-title").with("Settings"),
        all(shown),
        folded,
    ))
}

/// What is shown at once: what one drags or chooses, and what the state already sets.
fn is_shown(param: &Param, experiment: &Experiment) -> bool {
    matches!(param.kind, ParamKind::Real { .. } | ParamKind::Choice { .. })
        || experiment.args.get(param.id).is_some()
}

fn setting(bench: Bench, param: &'static Param) -> El {
    let refusal = RwSignal::new(None::<String>);
    let set = Callback::new(move |it: Value| refusal.set(bench.set_arg(param, it).err()));
    let complaint = || el("span.complaint").set("role", "status").say(move || refusal.get());
    let name = match meaning(param.id) {
        Some(_) => term(el("code.setting-name"), param.id),
        None => el("code.setting-name").set("title", param.doc).with(param.id),
    };
    let changed =
        move |it: &Experiment, before: &Experiment| it.args.get(param.id) != before.args.get(param.id);
    let row = el("div.setting").class("glow", move || bench.leapt(changed)).with(name.clone());
    match &param.kind {
        ParamKind::Real { default, slider, step } => {
            row.with(real_setting(bench, name, param, *default, *slider, *step))
        }
        ParamKind::Int { default } => row.with(int_setting(bench, param, *default)),
        ParamKind::Flag { default } => row.with((flag_setting(bench, param, *default, set), complaint())),
        ParamKind::Choice { default, choices, .. } => {
            row.with((choice_setting(bench, param, default, choices, set), complaint()))
        }
        ParamKind::Tensor { per } => row.with(tensor_setting(bench, param, *per)),
    }
}

fn real(bench: Bench, param: &'static Param, default: f64) -> f64 {
    bench.experiment.read().args.get(param.id).and_then(Value::real).unwrap_or(default)
}

fn real_setting(
    bench: Bench,
    name: El,
    param: &'static Param,
    default: f64,
    (from, to): (f64, f64),
    step: f64,
) -> (El, El) {
    let value = Signal::derive(move || real(bench, param, default));
    let set = move |value: f64| bench.set_arg(param, Value::Real(value));
    let slide = move |event: Event| {
        if let Ok(value) = number::parse(&typed(&event)) {
            drop(set(value));
        }
    };
    // The keys of the native slider are left to the browser: its step is the argument's own.
    let slider = el("input")
        .set("type", "range")
        .set("aria-label", &format!("{} slider", param.id))
        .set("min", &plain(from))
        .set("max", &plain(to))
        .set("step", &plain(step))
        .value(move || plain(value.get()))
        .on("pointerdown", move |_: Event| bench.begin())
        .on("change", move |_: Event| bench.end())
        .on("input", slide);
    let moved = move |start: f64, steps: f64| ((start + steps * step) * 1e9).round() / 1e9;
    let nudge = move |steps: f64| drop(set(moved(value.get_untracked(), steps)));
    // The label drags too.
    let start = StoredValue::new(0.0);
    let drag = move |gesture: Gesture| match gesture {
        Gesture::Start => {
            start.set_value(value.get_untracked());
            bench.begin();
        }
        Gesture::Move(by) => {
            drop(set(within(moved(start.get_value(), by.dx / PIXELS_PER_STEP), from, to)));
        }
        Gesture::Cancel => bench.cancel(),
        _ => bench.end(),
    };
    name.set("tabindex", "-1").sideways(Callback::new(drag), move || focus(&format!("arg-{}", param.id)));
    (slider, number_box(param, value, Callback::new(set), Callback::new(nudge)))
}

fn int_setting(bench: Bench, param: &'static Param, default: i64) -> El {
    let value = Signal::derive(move || real(bench, param, default as f64));
    let set = move |value: f64| {
        if value.fract() == 0.0 && value.abs() < 9.0e15 {
            bench.set_arg(param, Value::Int(value as i64))
        } else {
            Err(format!("{} must be a whole number, not {}", param.id, number::show(value)))
        }
    };
    let nudge = move |steps: f64| drop(set((value.get_untracked() + steps.signum()).round()));
    number_box(param, value, Callback::new(set), Callback::new(nudge))
}

fn number_box(
    param: &'static Param,
    value: Signal<f64>,
    on_commit: Callback<f64, Result<(), String>>,
    on_step: Callback<f64>,
) -> El {
    let (id, label) = (format!("arg-{}", param.id), Signal::stored(param.id.to_owned()));
    NumberBox { class: "plain", id, label, value, on_commit, on_step }.view()
}

fn flag_setting(bench: Bench, param: &'static Param, default: bool, set: Callback<Value>) -> El {
    let is_on = move || match bench.experiment.read().args.get(param.id) {
        Some(Value::Flag(flag)) => *flag,
        _ => default,
    };
    let switch = el("input")
        .set("type", "checkbox")
        .set("role", "switch")
        .set("aria-label", param.id)
        .checked(is_on)
        .on("change", move |event: Event| set.run(Value::Flag(ticked(&event))));
    el("label.switch").with((switch, el("span").say(move || if is_on() { "True" } else { "False" })))
}

fn choice_setting(
    bench: Bench,
    param: &'static Param,
    default: &'static str,
    choices: &[&str],
    set: Callback<Value>,
) -> El {
    let chosen = move || match bench.experiment.read().args.get(param.id) {
        Some(Value::Text(word)) => word.clone(),
        _ => default.to_owned(),
    };
    Segmented {
        name: param.id,
        label: param.id,
        options: choices.iter().map(|it| ((*it).to_owned(), (*it).to_owned())).collect(),
        chosen: Signal::derive(chosen),
        on_choose: Callback::new(move |word: String| set.run(Value::Text(word))),
    }
    .view()
}

/// A tensor argument as text: `None`, or numbers in any notation that can be pasted.
fn tensor_setting(bench: Bench, param: &'static Param, per: Per) -> El {
    let error = RwSignal::new(None::<String>);
    let shown = move || match bench.experiment.read().args.get(param.id) {
        Some(Value::Tensor(tensor)) => written(tensor),
        _ => String::new(),
    };
    let commit = move |text: String| {
        let value = match text.trim() {
            "" | "None" | "none" => Ok(Value::None),
            text => paste::parse(text).map(|it| Value::Tensor(it.tensor.to(Dtype::Float64))),
        };
        error.set(value.and_then(|it| bench.set_arg(param, it)).err());
    };
    let hint = match per {
        Per::Class => "None; one for each class: 1, 2, 0.5",
        Per::Element => "None; one for each element: 1, 2, 0.5",
    };
    let input = el("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-label", param.id)
        .set("placeholder", hint)
        .bind("aria-invalid", move || error.read().is_some().to_string())
        .value(shown)
        .on("change", move |event: Event| commit(typed(&event)));
    let complaint = el("span.complaint").set("role", "status").say(move || error.get());
    el("span.number.wide").class("bad", move || error.read().is_some()).with((input, complaint))
}

fn written(tensor: &Tensor) -> String {
    let width = tensor.shape().last().copied().unwrap_or(1).max(1);
    let values = tensor.floats();
    let rows =
        values.chunks(width).map(|row| row.iter().map(|it| number::show(*it)).collect::<Vec<_>>().join(", "));
    rows.collect::<Vec<_>>().join("; ")
}
