//! Layers: what they make of a row of features, as a tree of bars. The head's entries are classes and clusters, below a
//! cluster stand its own classes, and the way to the target is lit.

use super::parts::{figure, row, rows, words};
use crate::experiment::layers::{Entry, Leads, Tree, tree};
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el, percent};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// The tree of the chosen row, and what the target's way through it comes to.
pub fn layers(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let tree = Memo::new(move |_| tree(&bench.experiment.read()));
    let shape = move || {
        let tree = tree.read();
        (row.get(), tree.head.len(), tree.clusters.iter().map(Vec::len).collect::<Vec<_>>())
    };
    let body = move |(row, head, clusters): &(Row, usize, Vec<usize>)| {
        let short = head.saturating_sub(clusters.len());
        let entry = |place: usize| {
            let inside = place.checked_sub(short).and_then(|it| clusters.get(it).map(|size| (it, *size)));
            let list = inside.map(|(cluster, size)| {
                let entry = |it: usize| Shown { bench, tree, row: *row, layer: Some(cluster), place: it };
                el("ol").with((0..size).map(|it| entry(it).view()).collect::<Vec<_>>())
            });
            Shown { bench, tree, row: *row, layer: None, place }.view().with(list)
        };
        (0..*head).map(entry).collect::<Vec<_>>()
    };
    let output = Signal::derive(move || tree.read().output);
    let loss = Signal::derive(move || {
        bench.evaluation.read().units.values.get(row.get().index).copied().unwrap_or(f64::NAN)
    });
    let result = el("p.sum").with((
        el("span").say(move || format!("output, the log of the target's {}:", way(&tree.read()))),
        figure(output, "target", "row-output"),
        el("span").with("this row's loss:"),
        figure(loss, "loss", "row-loss"),
    ));
    let caption = "Each entry's score becomes its share of the layer. Press a class to make it the target: the green way \
                   leads to it, and the loss is minus the log of its share, of all shares on the way multiplied. Drag \
                   the features and the weights in the editor.";
    let summary = move || {
        let (experiment, tree) = (bench.experiment.read(), tree.read());
        summary(&experiment, &bench.evaluation.read(), row.get(), &tree)
    };
    frame.with((rows(bench, row), el("ol.layers").live_by(shape, body), result, words(caption, summary)))
}

/// What the output is the log of.
fn way(tree: &Tree) -> String {
    let lit = tree.head.iter().chain(tree.clusters.iter().flatten()).filter(|it| it.lit);
    let shares: Vec<String> = lit.map(|it| number::fixed(it.p, 4)).collect();
    format!("share {}", shares.join(" × "))
}

/// One entry of the head, or of a cluster.
#[derive(Clone, Copy)]
struct Shown {
    bench: Bench,
    tree: Memo<Tree>,
    row: Row,
    layer: Option<usize>,
    place: usize,
}

impl Shown {
    fn entry(self) -> Option<Entry> {
        let tree = self.tree.read();
        let layer = self.layer.map_or(Some(&tree.head), |it| tree.clusters.get(it));
        layer.and_then(|it| it.get(self.place)).copied()
    }

    fn view(self) -> El {
        let Self { bench, row, .. } = self;
        let of = move |number: fn(&Entry) -> f64| {
            Signal::derive(move || self.entry().as_ref().map_or(f64::NAN, number))
        };
        let lit = move || self.entry().is_some_and(|it| it.lit);
        let share = of(|it| it.p);
        let name = match self.entry().map(|it| it.leads) {
            Some(Leads::Class(class)) => {
                let target = At { input: 1, place: row.index };
                button("entry-name", move || drop(bench.set_number(target, class as f64)))
                    .bind("aria-pressed", move || lit().to_string())
                    .say(move || column_name(&bench.resting.read(), class))
            }
            Some(Leads::Cluster(cluster)) => el("span.entry-name").with(format!("cluster {cluster}")),
            None => el("span"),
        };
        let product = self.layer.map(|_| ("= ", figure(of(|it| it.chance), "", "chance")));
        el("li").class("lit", lit).with(el("div.entry").with((
            name,
            el("span.score").with((el("small").with("score "), figure(of(|it| it.score), "", "score"))),
            el("span.well").with(el("i.fill").style("width", move || percent(share.get()))),
            el("span.shares").with((figure(share, "", "share"), el("small").with(product))),
        )))
    }
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, evaluation: &Evaluation, row: Row, tree: &Tree) -> String {
    let name = |it: &Entry| match it.leads {
        Leads::Class(class) => column_name(experiment, class),
        Leads::Cluster(cluster) => format!("cluster {cluster}"),
    };
    let lit = tree.head.iter().chain(tree.clusters.iter().flatten()).filter(|it| it.lit);
    let way: Vec<String> = lit.map(|it| format!("{} with {}", name(it), number::fixed(it.p, 4))).collect();
    let loss = evaluation.units.values.get(row.index).copied().unwrap_or(f64::NAN);
    let row = row_name(experiment, row.index);
    format!("{row}: the way to the target is {}. It costs {}.", way.join(", then "), number::fixed(loss, 4))
}
