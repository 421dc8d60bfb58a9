//! Home: one house, one guess, one price, and what three losses say; then every loss as a card.

use leptos::prelude::*;

use super::bench::Bench;
use super::chart::{Card, Curve};
use super::widgets::Segmented;
use crate::experiment::{At, Experiment, address, number};
use crate::loss::args::Args;
use crate::loss::spec::Group;
use crate::loss::tensor::Tensor;
use crate::loss::torch::{LOSSES, Loss};

/// The rate of the steps that the ghosts take downhill.
const RATE: f64 = 0.1;

/// The losses of the hero's sentence.
const HERO: [&str; 3] = ["L1Loss", "MSELoss", "HuberLoss"];

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    document().set_title("Losslens: PyTorch's loss functions, live");
    view! {
        <article class="home">
            <header class="hero">
                <div class="hero-words">
                    <h1>"See what your loss function does."</h1>
                    <p class="lede">
                        "A loss turns the distance between a "<span class="pred">"prediction"</span>" and a "
                        <span class="target">"target"</span>" into one "<span class="loss">"number"</span>
                        ", and its slope into a "<span class="grad">"push"</span>
                        ". Drag anything on this page. Every loss is computed as PyTorch computes it, in your browser."
                    </p>
                    <p><a class="start-link" href="#/CrossEntropyLoss">"Start with cross entropy"</a></p>
                </div>
                {hero(HERO[1]).map(|bench| view! { <Hero bench/> })}
            </header>
            {Group::ALL.into_iter().map(|group| view! { <Shelf group/> }).collect_view()}
        </article>
    }
}

/// One house: guessed at 3, sold at 5.
fn hero(name: &str) -> Option<Bench> {
    let loss = Loss::find(name)?;
    let inputs = vec![Tensor::vector([3.0]), Tensor::vector([5.0])];
    let unit = "$100k".to_owned();
    Some(Bench::new(Experiment {
        loss,
        args: Args::default(),
        inputs,
        at: At::default(),
        with: None,
        view: None,
        names: vec!["house".to_owned()],
        classes: Vec::new(),
        unit,
    }))
}

#[component]
fn Hero(bench: Bench) -> impl IntoView {
    let number_of = move |input: usize| {
        let experiment = bench.experiment.read();
        experiment.inputs.get(input).and_then(|it| it.get(0)).unwrap_or(f64::NAN)
    };
    let loss = Memo::new(move |_| bench.evaluation.read().output.get(0).unwrap_or(f64::NAN));
    let gradient =
        Memo::new(move |_| bench.experiment.read().gradient(&bench.evaluation.read()).unwrap_or(f64::NAN));
    let options = HERO
        .iter()
        .filter_map(|it| Loss::find(it))
        .map(|it| (it.spec.torch.to_owned(), it.spec.short.to_owned()));
    let choose = move |name: String| {
        if let Some(loss) = Loss::find(&name) {
            bench.show(Experiment { loss, ..bench.now() });
        }
    };
    view! {
        <section class="hero-bench" aria-label="One house">
            <Curve bench ghosts=Signal::derive(move || steps(&bench.experiment.read()))/>
            <p class="hero-sentence">
                "I guessed "<b class="pred">{move || thousands(number_of(0))}</b>". It sold for "
                <b class="target">{move || thousands(number_of(1))}</b>". "
                <Segmented name="hero-loss" label="Loss" options=options.collect()
                    chosen=Signal::derive(move || bench.experiment.read().loss.spec.torch.to_owned())
                    on_choose=Callback::new(choose)/>
                " says "
                <output class="big loss" data-role="loss" data-value=move || number::show(loss.get())>
                    {move || number::brief(loss.get())}
                </output>
                ", and pushes with a gradient of "
                <output class="grad" data-role="gradient" data-value=move || number::show(gradient.get())>
                    {move || number::brief(gradient.get())}
                </output>
                "."
            </p>
        </section>
    }
}

fn thousands(x: f64) -> String {
    format!("${}k", number::brief(x * 100.0))
}

/// The next four steps downhill.
fn steps(experiment: &Experiment) -> Vec<f64> {
    let mut now = experiment.clone();
    let mut steps = Vec::new();
    for _ in 0..4 {
        let gradient = now.evaluate().ok().and_then(|it| now.gradient(&it));
        let (Some(gradient), Some(x)) = (gradient, now.x()) else { break };
        now = now.with_number(now.at, x - RATE * gradient);
        steps.extend(now.x());
    }
    steps
}

/// The losses that answer one question.
#[component]
fn Shelf(group: Group) -> impl IntoView {
    let losses: Vec<&'static Loss> = LOSSES.iter().filter(|it| it.spec.group == group).collect();
    (!losses.is_empty()).then(|| {
        view! {
            <section class="shelf">
                <h2>{group.title()}</h2>
                <ul class="cards">
                    {losses.into_iter().map(|loss| view! {
                        <li>
                            <a class="card" href=format!("#/{}", loss.spec.torch)>
                                <Card experiment=address::example(loss)/>
                                <b>{loss.spec.short}</b>
                                <small>{loss.spec.brief}</small>
                            </a>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
