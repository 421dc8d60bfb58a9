//! The foot of the bill: sum, divisor, and the one number that PyTorch returns.

use super::super::bench::Bench;
use super::super::dom::{El, el};
use crate::experiment::number;
use crate::loss::args::Value;
use crate::loss::evaluation::Evaluation;
use crate::loss::numeric::sum;
use crate::loss::spec::REDUCTION;
use crate::ui::reactive::*;

/// The lines under the column of losses. `columns` stand before that column.
pub fn bill(bench: Bench, columns: usize) -> El {
    let reduction = move || reduction(&bench.resting.read().args);
    let line = move |label: &str, class: &str, text: Signal<String>| {
        el("tr").add_class(class).with((
            el("td.what").set("colspan", &columns.to_string()).with(label),
            el("td.loss.figure").say(move || text.get()),
            el("td"),
        ))
    };
    let total = Signal::derive(move || {
        let evaluation = bench.evaluation.read();
        number::fixed(evaluation.output.get(0).unwrap_or(f64::NAN), 4)
    });
    let all = Signal::derive(move || number::fixed(sum(&bench.evaluation.read().units.values), 4));
    let divisor = Signal::derive(move || divisor_text(&bench.evaluation.read()));
    let nothing = move || {
        let note = el("td.note").set("colspan", &(columns + 2).to_string()).with((
            "reduction none returns all of them; backward() then says: ",
            el("q").with("grad can be implicitly created only for scalar outputs"),
        ));
        el("tr.sum").with(note)
    };
    el("tfoot").live_by(reduction, move |reduction| match reduction.as_str() {
        "none" => vec![nothing()],
        "sum" => vec![line("sum", "sum total", total)],
        _ => vec![
            line("sum", "sum", all),
            line("divided by", "divisor", divisor),
            line("loss", "total", total),
        ],
    })
}

/// The reduction in force.
pub fn reduction(args: &crate::loss::args::Args) -> String {
    match args.get(REDUCTION.id) {
        Some(Value::Text(word)) => word.clone(),
        _ => "mean".to_owned(),
    }
}

fn divisor_text(evaluation: &Evaluation) -> String {
    evaluation.units.divisor.map_or_else(String::new, |it| format!("÷ {}", number::show(it)))
}
