//! The foot of the bill: sum, divisor, and the one number that PyTorch returns.

use leptos::prelude::*;

use super::super::bench::Bench;
use crate::experiment::number;
use crate::loss::args::Value;
use crate::loss::evaluation::Evaluation;
use crate::loss::numeric::sum;
use crate::loss::spec::REDUCTION;

/// The lines under the column of losses. `columns` stand before that column.
#[component]
pub fn Bill(bench: Bench, columns: usize) -> impl IntoView {
    let reduction = Memo::new(move |_| reduction(&bench.experiment.read().args));
    let line = move |label: &'static str, class: &'static str, text: Signal<String>| {
        view! {
            <tr class=class>
                <td colspan=columns.to_string() class="what">{label}</td>
                <td class="loss figure">{text}</td>
                <td></td>
            </tr>
        }
    };
    let total = Signal::derive(move || {
        let evaluation = bench.evaluation.read();
        number::fixed(evaluation.output.get(0).unwrap_or(f64::NAN), 4)
    });
    let all = Signal::derive(move || number::fixed(sum(&bench.evaluation.read().units.values), 4));
    let divisor = Signal::derive(move || divisor_text(&bench.evaluation.read()));
    view! {
        <tfoot>
            {move || match reduction.get().as_str() {
                "none" => view! {
                    <tr class="sum"><td colspan=(columns + 2).to_string() class="note">
                        "reduction none returns all of them; backward() then says: "
                        <q>"grad can be implicitly created only for scalar outputs"</q>
                    </td></tr>
                }.into_any(),
                "sum" => line("sum", "sum total", total).into_any(),
                _ => view! {
                    {line("sum", "sum", all)}
                    {line("divided by", "divisor", divisor)}
                    {line("loss", "total", total)}
                }.into_any(),
            }}
        </tfoot>
    }
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
