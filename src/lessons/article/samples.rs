//! The article's calls as data: the losses, the numbers that go in, and what PyTorch answered.

use super::draw::Draw::{Classes, Given, Labels, LogSoftmax, Ones, Randn, RandnSign, Same, Softmax};
use super::draw::{Argument, Draw};

/// One call. All that is random in it comes from one generator, which begins with the seed 0.
#[derive(Debug)]
pub struct Sample {
    /// Its name in the text: `{sample mse}`, `~MSELoss&sample=mse`.
    pub id: &'static str,
    /// The name of the loss in `torch.nn`.
    pub loss: &'static str,
    pub args: &'static [(&'static str, Argument)],
    /// The inputs in the order in which they are drawn.
    pub inputs: &'static [(&'static str, Draw)],
    /// What PyTorch 2.15 answered in float32.
    pub torch: f64,
    /// How many of the first rows a link holds; 0 is all of them. An address of 38,400 numbers helps nobody.
    pub rows: usize,
}

const fn call(
    id: &'static str,
    loss: &'static str,
    inputs: &'static [(&'static str, Draw)],
    torch: f64,
) -> Sample {
    Sample { id, loss, args: &[], inputs, torch, rows: 0 }
}

/// The article's twelve in its order.
pub static TWELVE: [Sample; 12] = [
    call(
        "mae",
        "L1Loss",
        &[("input", Given(&[3], &[0.0, 0.1, 0.2])), ("target", Given(&[3], &[0.0, 0.2, 0.25]))],
        0.05000000074505806,
    ),
    call("mse", "MSELoss", &[("input", Randn(&[3, 5])), ("target", Randn(&[3, 5]))], 1.6508409976959229),
    call(
        "bce",
        "BCELoss",
        &[("input", Given(&[3], &[0.158, 0.4137, 0.2285])), ("target", Given(&[3], &[0.0, 1.0, 0.0]))],
        0.43800270557403564,
    ),
    Sample {
        args: &[("pos_weight", Argument::Ones(64))],
        ..call(
            "bce-with-logits",
            "BCEWithLogitsLoss",
            &[("target", Ones(&[10, 64])), ("input", Same(&[10, 64], 1.5))],
            0.2014133185148239,
        )
    },
    call(
        "nll",
        "NLLLoss",
        &[("input", LogSoftmax(&[3, 5])), ("target", Labels(&[1, 0, 4]))],
        2.7184178829193115,
    ),
    call(
        "poisson",
        "PoissonNLLLoss",
        &[("input", Randn(&[5, 2])), ("target", Randn(&[5, 2]))],
        0.8998501896858215,
    ),
    call(
        "cross-entropy",
        "CrossEntropyLoss",
        &[("input", Randn(&[3, 5])), ("target", Classes(3, 5))],
        2.272947072982788,
    ),
    call(
        "hinge",
        "HingeEmbeddingLoss",
        &[("input", Randn(&[3, 5])), ("target", Randn(&[3, 5]))],
        1.0427733659744263,
    ),
    call(
        "ranking",
        "MarginRankingLoss",
        &[("input1", Randn(&[3])), ("input2", Randn(&[3])), ("target", RandnSign(&[3]))],
        0.0,
    ),
    // The article says SmoothL1Loss and calls this one.
    call("smooth-l1", "L1Loss", &[("input", Randn(&[3, 5])), ("target", Randn(&[3, 5]))], 1.0676006078720093),
    Sample {
        args: &[("margin", Argument::As("1.0")), ("p", Argument::As("2"))],
        rows: 2,
        ..call(
            "triplet",
            "TripletMarginLoss",
            &[
                ("anchor", Randn(&[100, 128])),
                ("positive", Randn(&[100, 128])),
                ("negative", Randn(&[100, 128])),
            ],
            1.1369515657424927,
        )
    },
    Sample {
        args: &[("reduction", Argument::As("'batchmean'"))],
        ..call("kl", "KLDivLoss", &[("input", Randn(&[2, 3])), ("target", Randn(&[2, 3]))], f64::NAN)
    },
];

/// What the article means, or warns of, with the same numbers.
pub static OTHERS: [Sample; 4] = [
    // Without LogSoftmax.
    call(
        "nll-scores",
        "NLLLoss",
        &[("input", Randn(&[3, 5])), ("target", Labels(&[1, 0, 4]))],
        0.9210705757141113,
    ),
    // Counts that `torch.poisson(torch.exp(input))` drew.
    call(
        "poisson-counts",
        "PoissonNLLLoss",
        &[
            ("input", Randn(&[5, 2])),
            ("target", Given(&[5, 2], &[4.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 2.0, 0.0, 1.0])),
        ],
        0.5921841859817505,
    ),
    call(
        "hinge-signs",
        "HingeEmbeddingLoss",
        &[("input", Randn(&[3, 5])), ("target", RandnSign(&[3, 5]))],
        0.40273958444595337,
    ),
    Sample {
        args: &[("reduction", Argument::As("'batchmean'"))],
        ..call(
            "kl-distributions",
            "KLDivLoss",
            &[("input", LogSoftmax(&[2, 3])), ("target", Softmax(&[2, 3]))],
            0.6142315864562988,
        )
    },
];
