//! Answers about distributions, sequences, closeness and order.

use crate::pages::which::tree::{Answer, Tensors};

pub static DISTRIBUTION_SCORES: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "It pushes as the divergence does: only the target's own entropy lies between the two, and no forecast changes it.",
    wrong: "[KLDivLoss](#/KLDivLoss) takes no scores: [handed some](~KLDivLoss&input=2,1,0.1;0.5,2.5,0) it answers \
        {loss}, below 0, where no divergence can be.",
    args: &[],
    tensors: &[("input", "N, C", "float, scores"), ("target", "N, C", "float, rows that sum to 1")],
};

pub static KL_DIV: Answer = Answer {
    loss: "KLDivLoss",
    why: "It is 0 when the forecast is the target, and otherwise the extra surprise of trusting it; `batchmean` divides by \
        rows.",
    wrong: "Probabilities without their logs: [it returns](~input=0.4,0.4,0.2;0.2,0.3,0.5) {loss}, which means nothing. \
        And the default reduction divides by every entry: [it gives](~reduction=mean) {loss} where [the divergence](~) is \
        {loss}.",
    args: &[("reduction", "'batchmean'")],
    tensors: &[
        ("input", "N, C", "float, after log_softmax"),
        ("target", "N, C", "float, rows that sum to 1"),
    ],
};

pub static KL_DIV_LOG: Answer = Answer {
    loss: "KLDivLoss",
    why: "With `log_target=True` both sides come as logs, and small probabilities lose no digits on the way.",
    wrong: "Leaving `log_target` out: [the log of a negative number](~target=-0.35667494,-1.60943791,-2.30258509;\
        -1.60943791,-1.20397280,-0.69314718) does not exist, and the loss is {loss}. [With \
        it](~log_target=True&target=-0.35667494,-1.60943791,-2.30258509;-1.60943791,-1.20397280,-0.69314718) it is {loss}.",
    args: &[("reduction", "'batchmean'"), ("log_target", "True")],
    tensors: &[("input", "N, C", "float, after log_softmax"), ("target", "N, C", "float, after log_softmax")],
};

pub static CTC: Answer = Answer {
    loss: "CTCLoss",
    why: "It adds up every way to spread the letters over the frames, so that nobody has to say where each one is.",
    wrong: "[CrossEntropyLoss](#/CrossEntropyLoss) on a timing that you guessed: [one guess for \
        “bee”](~CrossEntropyLoss&input=-1.6094379124341003,-0.35667494393873245,-2.3025850929940455;\
        -1.2039728043259361,-0.916290731874155,-1.2039728043259361;-2.3025850929940455,-2.3025850929940455,-0.2231435513142097;\
        -0.5108256237659907,-2.3025850929940455,-1.2039728043259361;-1.6094379124341003,-2.3025850929940455,-0.35667494393873245;\
        -0.916290731874155,-2.3025850929940455,-0.6931471805599453\
        &target=1,1,2,0,2,2&reduction=sum&names=;–,b,e&at=input.0.0&with=) costs {loss} and fights every other; [all \
        together](~reduction=sum) cost {loss}.",
    args: &[],
    tensors: &[
        ("log_probs", "T, N, C", "float, after log_softmax"),
        ("targets", "N, S", "int64, no 0: that is the blank"),
        ("input_lengths", "N", "int64"),
        ("target_lengths", "N", "int64"),
    ],
};

pub static FRAMES: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "Every frame is one of many; the classes stand in the second place, the frames behind them.",
    wrong: "The classes last: where there are as many frames as classes PyTorch cannot see it. Three photos in a row, \
        [classes in their place](~input=1x3x3:2,0.5,3,1,2.5,0,0.1,0,1&target=1x3:0,1,2&names=&at=input.0.2.2&with=), cost \
        {loss}, and [classes last](~input=1x3x3:2,1,0.1,0.5,2.5,0,3,0,1&target=1x3:0,1,2&names=&at=input.0.2.2&with=) \
        {loss}.",
    args: &[],
    tensors: &[("input", "N, C, T", "float, scores"), ("target", "N, T", "int64, the class")],
};

pub static HINGE_EMBEDDING: Answer = Answer {
    loss: "HingeEmbeddingLoss",
    why: "A pair that belongs together pays its distance, and one that does not pays what is missing to the margin.",
    wrong: "Labels 1 and 0: [Ana and Ben labelled 0](~target.2=0) pay both terms, and their gradient is {grad}, at \
        whatever distance within the margin.",
    args: &[("margin", "1.0")],
    tensors: &[("input", "N", "float, distances"), ("target", "N", "float, 1 or −1")],
};

pub static COSINE_EMBEDDING: Answer = Answer {
    loss: "CosineEmbeddingLoss",
    why: "It turns alike vectors the same way and different ones apart, and their lengths count for nothing.",
    wrong: "The cosine in [HingeEmbeddingLoss](#/HingeEmbeddingLoss): a similarity is no distance. [The same face at \
        0.9](~HingeEmbeddingLoss&input=1:0.9&target=1:1&names=&at=input.0&with=) has the gradient {grad}: the push is \
        towards less likeness.",
    args: &[("margin", "0.0")],
    tensors: &[("input1", "N, D", "float"), ("input2", "N, D", "float"), ("target", "N", "float, 1 or −1")],
};

const THREE: Tensors =
    &[("anchor", "N, D", "float"), ("positive", "N, D", "float"), ("negative", "N, D", "float")];

pub static TRIPLET: Answer = Answer {
    loss: "TripletMarginLoss",
    why: "It compares two distances with each other: the friend must be nearer than the stranger by the margin.",
    wrong: "[MSELoss](#/MSELoss) between things that are alike, with nothing to hold the others apart: [all at one \
        point](~MSELoss&input=0,0,0,0&target=0,0,0,0&names=&unit=&at=input.0&with=) costs {loss} and tells nobody from \
        anybody. Here [that](~anchor=0,0&positive=0,0&negative=0,0&names=&at=negative.0) costs the margin, {loss}.",
    args: &[("margin", "1.0")],
    tensors: THREE,
};

pub static TRIPLET_WITH_DISTANCE: Answer = Answer {
    loss: "TripletMarginWithDistanceLoss",
    why: "It is the rule of the triplet under a ruler of your own: any function of two batches of vectors.",
    wrong: "[TripletMarginLoss](#/TripletMarginLoss) measures straight lines: a stranger far off [in the very direction of \
        the anchor](~TripletMarginLoss&anchor=1,0&positive=0.8,0.6&negative=4,0&names=&at=negative.0) costs {loss}, \
        although by angle nobody is nearer.",
    args: &[("distance_function", "distance")],
    tensors: THREE,
};

pub static MARGIN_RANKING: Answer = Answer {
    loss: "MarginRankingLoss",
    why: "The difference of the two scores is all that counts: the better one must lead by the margin.",
    wrong: "Labels 1 and 0: [a 0](~target.1=0) makes the pair cost the margin whatever its scores, with the gradient {grad}.",
    args: &[("margin", "0.5")],
    tensors: &[
        ("input1", "N", "float, scores"),
        ("input2", "N", "float, scores"),
        ("target", "N", "float, 1: the first is better; −1: the second"),
    ],
};

pub static BEST_OF_LIST: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "The items of a list compete as classes do, and the best of them is the true class.",
    wrong: "[BCEWithLogitsLoss](#/BCEWithLogitsLoss) judges each item alone: a list whose best leads by 4 \
        [costs it](~BCEWithLogitsLoss&input=9,5,5&target=1,0,0&names=&at=input.1&with=) {loss}, for the scores of the \
        others are above 0; [here](~input=1x3:9,5,5&target=1:0&names=&at=input.0.0&with=) it costs {loss}.",
    args: &[],
    tensors: &[
        ("input", "N, C", "float, scores of the C items of a list"),
        ("target", "N", "int64, which is best"),
    ],
};
