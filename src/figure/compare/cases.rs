//! The comparisons, each with the dials that show it best.

use super::Case;
use super::sides::{
    batchmean, beta_delta, ignored, kl_direction, labels, let_go, log_probabilities, nll_probabilities,
    one_or_many, pos_weight, reduction, sigmoid_twice, smoothing, soft_labels, soft_margin, softmax_twice,
    stability, stuck, tag_lists, tag_marks, weighted_mean,
};
use crate::figure::dial::Dial;

/// A score that somebody raises.
const SCORE: Dial =
    Dial { label: "score of the true class", class: "pred", from: -4.0, to: 12.0, step: 0.1, first: 8.0 };

const CLASSES: Dial = Dial { label: "classes", class: "plain", from: 2.0, to: 12.0, step: 1.0, first: 4.0 };

/// Every comparison.
pub static CASES: [Case; 21] = [
    Case {
        name: "softmax-twice",
        dials: &[SCORE, CLASSES],
        sides: softmax_twice,
        bars: "what the loss takes for the probabilities",
    },
    Case {
        name: "sigmoid-twice",
        dials: &[
            Dial { label: "logit", class: "pred", from: -10.0, to: 10.0, step: 0.1, first: -6.0 },
            Dial { label: "target", class: "target", from: 0.0, to: 1.0, step: 1.0, first: 0.0 },
        ],
        sides: sigmoid_twice,
        bars: "what the loss takes for the probability",
    },
    Case {
        name: "stability",
        dials: &[Dial {
            label: "logit of a mail that was spam",
            class: "pred",
            from: -150.0,
            to: 150.0,
            step: 0.5,
            first: -50.0,
        }],
        sides: stability,
        bars: "",
    },
    Case {
        name: "log-probabilities",
        dials: &[Dial {
            label: "Q: forecast of sun",
            class: "pred",
            from: 0.01,
            to: 0.97,
            step: 0.01,
            first: 0.4,
        }],
        sides: log_probabilities,
        bars: "the forecast Q",
    },
    Case {
        name: "kl-direction",
        dials: &[Dial {
            label: "Q: forecast of sun",
            class: "pred",
            from: 0.001,
            to: 0.97,
            step: 0.001,
            first: 0.4,
        }],
        sides: kl_direction,
        bars: "the forecast Q",
    },
    Case {
        name: "batchmean",
        dials: &[Dial { label: "classes", class: "plain", from: 2.0, to: 40.0, step: 1.0, first: 3.0 }],
        sides: batchmean,
        bars: "",
    },
    Case {
        name: "nll-probabilities",
        dials: &[Dial {
            label: "probability of the true class",
            class: "pred",
            from: 0.01,
            to: 1.0,
            step: 0.01,
            first: 0.9,
        }],
        sides: nll_probabilities,
        bars: "the probabilities",
    },
    Case {
        name: "labels",
        dials: &[Dial {
            label: "distance of two strangers",
            class: "pred",
            from: -0.5,
            to: 2.5,
            step: 0.05,
            first: 0.6,
        }],
        sides: labels,
        bars: "",
    },
    Case {
        name: "soft-margin",
        dials: &[Dial {
            label: "score of a good review",
            class: "pred",
            from: -6.0,
            to: 6.0,
            step: 0.1,
            first: 2.5,
        }],
        sides: soft_margin,
        bars: "",
    },
    Case {
        name: "soft-labels",
        dials: &[Dial {
            label: "score of a bad review",
            class: "pred",
            from: -6.0,
            to: 6.0,
            step: 0.1,
            first: 2.0,
        }],
        sides: soft_labels,
        bars: "",
    },
    Case {
        name: "reduction",
        dials: &[Dial {
            label: "copies of the batch",
            class: "plain",
            from: 1.0,
            to: 16.0,
            step: 1.0,
            first: 2.0,
        }],
        sides: reduction,
        bars: "",
    },
    Case {
        name: "ignored",
        dials: &[Dial {
            label: "padded places, of five",
            class: "target",
            from: 0.0,
            to: 5.0,
            step: 1.0,
            first: 2.0,
        }],
        sides: ignored,
        bars: "",
    },
    Case {
        name: "weighted-mean",
        dials: &[
            Dial {
                label: "weight of the rare class",
                class: "plain",
                from: 1.0,
                to: 20.0,
                step: 0.5,
                first: 10.0,
            },
            Dial { label: "rows in the batch", class: "plain", from: 1.0, to: 4.0, step: 1.0, first: 4.0 },
        ],
        sides: weighted_mean,
        bars: "",
    },
    Case {
        name: "pos-weight",
        dials: &[
            Dial { label: "logit", class: "pred", from: -6.0, to: 6.0, step: 0.1, first: 0.0 },
            Dial { label: "weight", class: "plain", from: 1.0, to: 8.0, step: 0.5, first: 3.0 },
        ],
        sides: pos_weight,
        bars: "",
    },
    Case {
        name: "one-or-many",
        dials: &[Dial { label: "score of cat", class: "pred", from: -4.0, to: 6.0, step: 0.1, first: 2.0 }],
        sides: one_or_many,
        bars: "the probabilities",
    },
    Case { name: "let-go", dials: &[Dial { first: 2.0, to: 8.0, ..SCORE }], sides: let_go, bars: "" },
    Case {
        name: "tag-lists",
        dials: &[Dial {
            label: "score of the sea",
            class: "pred",
            from: -4.0,
            to: 8.0,
            step: 0.1,
            first: 3.0,
        }],
        sides: tag_lists,
        bars: "",
    },
    Case {
        name: "tag-marks",
        dials: &[Dial {
            label: "score of the sky",
            class: "pred",
            from: -3.0,
            to: 3.0,
            step: 0.1,
            first: -0.5,
        }],
        sides: tag_marks,
        bars: "",
    },
    Case {
        name: "smoothing",
        dials: &[
            SCORE,
            Dial { label: "label_smoothing", class: "plain", from: 0.0, to: 0.5, step: 0.01, first: 0.1 },
        ],
        sides: smoothing,
        bars: "",
    },
    Case {
        name: "stuck",
        dials: &[Dial { label: "classes", class: "plain", from: 2.0, to: 100.0, step: 1.0, first: 10.0 }],
        sides: stuck,
        bars: "",
    },
    Case {
        name: "beta-delta",
        dials: &[
            Dial { label: "error", class: "pred", from: -6.0, to: 6.0, step: 0.1, first: 5.0 },
            Dial { label: "β = δ", class: "plain", from: 0.1, to: 4.0, step: 0.1, first: 2.0 },
        ],
        sides: beta_delta,
        bars: "",
    },
];
