//! The foot of the bill: sum, divisor, and the one number that PyTorch returns.

use super::super::bench::Bench;
use super::super::dom::{El, el};
use crate::experiment::{Experiment, number};
use crate::loss::evaluation::Units;
use crate::loss::reduce;
use crate::loss::spec::REDUCTION;
use crate::ui::reactive::*;

/// The lines under the column of losses, and beside the divisor what the gradients are multiplied by on the way back.
/// `columns` stand before the losses.
pub fn bill(bench: Bench, columns: usize) -> El {
    let reduction = move || reduction(&bench.resting.read());
    let line = move |class: &str, label: El, text: Signal<String>, back: Option<Signal<String>>| {
        el("tr").add_class(class).with((
            label.add_class("what").set("colspan", &columns.to_string()),
            el("td.loss.figure").say(move || text.get()),
            el("td.grad.figure").say(move || back.map(|it| it.get())),
        ))
    };
    let total = Signal::derive(move || {
        let evaluation = bench.evaluation.read();
        number::fixed(evaluation.output.get(0).unwrap_or(f64::NAN), 4)
    });
    let all = Signal::derive(move || number::fixed(reduce::dividend(&bench.evaluation.read().units), 4));
    // A drag moves the losses, and seldom what divides them.
    let division = Memo::new(move |_| Division::of(&bench.evaluation.read().units));
    let divisor = move |sign: &'static str, is_shown: fn(f64) -> bool| {
        let divisor = move || division.get().by.filter(|it| is_shown(*it));
        Signal::derive(move || divisor().map_or_else(String::new, |it| sign.to_owned() + &number::show(it)))
    };
    let of = move |text: fn(Division) -> &'static str| el("td").say(move || text(division.get()));
    let label = |text: &str| el("td").with(text);
    let nothing = move || {
        let note = el("td.note").set("colspan", &(columns + 2).to_string()).with((
            "reduction none returns all of them; backward() then says: ",
            el("q").with("grad can be implicitly created only for scalar outputs"),
        ));
        el("tr.sum").with(note)
    };
    el("tfoot").live_by(reduction, move |reduction| match reduction.as_str() {
        "none" => vec![nothing()],
        "sum" => vec![line("sum total", label("sum"), total, None)],
        _ => vec![
            line("sum", of(Division::summed), all, None),
            line(
                "divisor",
                of(Division::divided),
                divisor("÷ ", |_| true),
                Some(divisor("↑ × 1/", |it| it != 1.0)),
            ),
            line("total", label("loss"), total, None),
        ],
    })
}

/// What the sum is divided by, and why.
#[derive(Clone, Copy, PartialEq)]
struct Division {
    by: Option<f64>,
    is_weighted: bool,
    has_lengths: bool,
}

impl Division {
    fn of(units: &Units) -> Self {
        Self { by: units.divisor, is_weighted: units.weights.is_some(), has_lengths: units.lengths.is_some() }
    }

    fn summed(self) -> &'static str {
        if self.has_lengths { "sum, each ÷ its length first" } else { "sum" }
    }

    fn divided(self) -> &'static str {
        if self.is_weighted { "divided by the sum of the weights" } else { "divided by" }
    }
}

/// The reduction in force.
pub fn reduction(experiment: &Experiment) -> String {
    let of_loss = experiment.loss.spec.param(REDUCTION.id).unwrap_or(&REDUCTION);
    experiment.args.text(of_loss).unwrap_or_default().to_owned()
}
