//! One control for each constructor argument, made from its description.

use leptos::prelude::*;

use super::bench::Bench;
use super::widgets::{NumberBox, Segmented};
use crate::experiment::{Experiment, number, paste};
use crate::loss::args::Value;
use crate::loss::spec::{Param, ParamKind, Per};
use crate::loss::tensor::Tensor;

/// Every argument of the constructor.
#[component]
pub fn Settings(bench: Bench) -> impl IntoView {
    let now = bench.now();
    let (shown, more): (Vec<&'static Param>, Vec<_>) =
        bench.spec().params.iter().partition(|it| is_shown(it, &now));
    view! {
        <section class="settings" aria-labelledby="settings-title">
            <h2 id="settings-title">"Settings"</h2>
            {shown.into_iter().map(|param| view! { <Setting bench param/> }).collect_view()}
            {(!more.is_empty()).then(|| view! {
                <details class="more">
                    <summary>{format!("More: {}", names(&more))}</summary>
                    {more.into_iter().map(|param| view! { <Setting bench param/> }).collect_view()}
                </details>
            })}
        </section>
    }
}

/// What is shown at once: what one drags or chooses, and what the state already sets.
fn is_shown(param: &Param, experiment: &Experiment) -> bool {
    matches!(param.kind, ParamKind::Real { .. } | ParamKind::Choice { .. })
        || experiment.args.get(param.id).is_some()
}

fn names(params: &[&Param]) -> String {
    params.iter().map(|it| it.id).collect::<Vec<_>>().join(", ")
}

#[component]
fn Setting(bench: Bench, param: &'static Param) -> impl IntoView {
    let control = match &param.kind {
        ParamKind::Real { default, slider, step } => {
            view! { <Real bench param default=*default slider=*slider step=*step/> }.into_any()
        }
        ParamKind::Int { default } => view! { <Int bench param default=*default/> }.into_any(),
        ParamKind::Flag { default } => view! { <Flag bench param default=*default/> }.into_any(),
        ParamKind::Choice { default, choices } => {
            let options = choices.iter().map(|it| ((*it).to_owned(), (*it).to_owned())).collect();
            let chosen = Signal::derive(move || match bench.experiment.read().args.get(param.id) {
                Some(Value::Text(word)) => word.clone(),
                _ => (*default).to_owned(),
            });
            let choose = move |word: String| drop(bench.set_arg(param, Value::Text(word)));
            view! {
                <Segmented name=param.id label=param.id options chosen on_choose=Callback::new(choose)/>
            }
            .into_any()
        }
        ParamKind::Tensor { per } => view! { <TensorText bench param per=*per/> }.into_any(),
    };
    view! {
        <div class="setting">
            <code class="setting-name" title=param.doc>{param.id}</code>
            {control}
        </div>
    }
}

fn real(bench: Bench, param: &'static Param, default: f64) -> f64 {
    bench.experiment.read().args.get(param.id).and_then(Value::real).unwrap_or(default)
}

#[component]
fn Real(bench: Bench, param: &'static Param, default: f64, slider: (f64, f64), step: f64) -> impl IntoView {
    let value = Signal::derive(move || real(bench, param, default));
    let set = move |value: f64| bench.set_arg(param, Value::Real(value));
    // The keys of the native slider are left to the browser: its step is the argument's own.
    view! {
        <input
            type="range"
            aria-label=format!("{} slider", param.id)
            min=slider.0
            max=slider.1
            step=step
            prop:value=move || value.get().to_string()
            on:pointerdown=move |_| bench.begin()
            on:change=move |_| bench.end()
            on:input:target=move |event| {
                if let Ok(value) = number::parse(&event.target().value()) {
                    drop(set(value));
                }
            }
        />
        <NumberBox
            class="plain"
            id=format!("arg-{}", param.id)
            label=param.id
            value
            on_commit=Callback::new(set)
            on_step=Callback::new(move |steps: f64| {
                let next = real(bench, param, default) + steps * step;
                drop(set((next * 1e9).round() / 1e9));
            })
        />
    }
}

#[component]
fn Int(bench: Bench, param: &'static Param, default: i64) -> impl IntoView {
    let value = Signal::derive(move || real(bench, param, default as f64));
    let set = move |value: f64| {
        if value.fract() == 0.0 && value.abs() < 9.0e15 {
            bench.set_arg(param, Value::Int(value as i64))
        } else {
            Err(format!("{} must be a whole number, not {}", param.id, number::show(value)))
        }
    };
    view! {
        <NumberBox
            class="plain"
            id=format!("arg-{}", param.id)
            label=param.id
            value
            on_commit=Callback::new(set)
            on_step=Callback::new(move |steps: f64| {
                drop(set((real(bench, param, default as f64) + steps.signum()).round()));
            })
        />
    }
}

#[component]
fn Flag(bench: Bench, param: &'static Param, default: bool) -> impl IntoView {
    let on = move || match bench.experiment.read().args.get(param.id) {
        Some(Value::Flag(flag)) => *flag,
        _ => default,
    };
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                aria-label=param.id
                prop:checked=on
                on:change:target=move |event| drop(bench.set_arg(param, Value::Flag(event.target().checked())))
            />
            <span>{move || if on() { "True" } else { "False" }}</span>
        </label>
    }
}

/// A tensor argument as text: `None`, or numbers in any notation that can be pasted.
#[component]
fn TensorText(bench: Bench, param: &'static Param, per: Per) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let shown = move || match bench.experiment.read().args.get(param.id) {
        Some(Value::Tensor(tensor)) => written(tensor),
        _ => String::new(),
    };
    let commit = move |text: String| {
        let value = match text.trim() {
            "" | "None" | "none" => Ok(Value::None),
            text => {
                paste::parse(text).map(|it| Value::Tensor(it.tensor.to(crate::loss::tensor::Dtype::Float64)))
            }
        };
        error.set(value.and_then(|it| bench.set_arg(param, it)).err());
    };
    let hint = match per {
        Per::Class => "None; one for each class: 1, 2, 0.5",
        Per::Element => "None; one for each element: 1, 2, 0.5",
    };
    view! {
        <span class="number wide" class:bad=move || error.read().is_some()>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=param.id
                placeholder=hint
                aria-invalid=move || error.read().is_some().to_string()
                prop:value=shown
                on:change:target=move |event| commit(event.target().value())
            />
            <span class="complaint" role="status">{move || error.get()}</span>
        </span>
    }
}

fn written(tensor: &Tensor) -> String {
    let width = tensor.shape().last().copied().unwrap_or(1).max(1);
    let values = tensor.floats();
    let rows =
        values.chunks(width).map(|row| row.iter().map(|it| number::show(*it)).collect::<Vec<_>>().join(", "));
    rows.collect::<Vec<_>>().join("; ")
}
