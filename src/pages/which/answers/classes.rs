//! Answers about yes or no, one of many, and several of many.

use crate::pages::which::tree::{Answer, Tensors};

const SCORES: Tensors = &[("input", "N", "float, scores"), ("target", "N", "float, 0 or 1")];

pub static BCE_LOGITS: Answer = Answer {
    loss: "BCEWithLogitsLoss",
    why: "It takes the sigmoid and the log in one step, so that even a hopeless answer can learn.",
    wrong: "A sigmoid in the model as well: its 0 for a certain no is squashed once more, so that [being right about \
        it](~input=1:0&target=1:0&names=&with=&at=input.0) costs {loss}.",
    args: &[],
    tensors: SCORES,
};

pub static BCE_POS_WEIGHT: Answer = Answer {
    loss: "BCEWithLogitsLoss",
    why: "`pos_weight` counts every yes that many times: with one spam in ten mails, 9 lets both sides weigh the same.",
    wrong: "`weight` multiplies the no's as well and balances nothing. [pos_weight = 9](~pos_weight=9&at=input.1) leaves \
        the gradient of the lunch mail, a no, at {grad}; [weight = 9](~weight=9&at=input.1) makes it {grad}.",
    args: &[],
    tensors: &[
        ("pos_weight", "1", "float"),
        ("input", "N", "float, scores"),
        ("target", "N", "float, 0 or 1"),
    ],
};

pub static SOFT_MARGIN: Answer = Answer {
    loss: "SoftMarginLoss",
    why: "It is the loss of the sigmoid for labels 1 and −1: the wrong sign costs as much as it is sure of itself.",
    wrong: "Labels 1 and 0: [a review labelled 0](~target.3=0) has the gradient {grad}, so that it teaches nothing, and \
        PyTorch says nothing.",
    args: &[],
    tensors: &[("input", "N", "float, scores"), ("target", "N", "float, 1 or −1")],
};

pub static BCE_UNWRAPPED: Answer = Answer {
    loss: "BCEWithLogitsLoss",
    why: "Without the sigmoid the same loss is computed from the score, where rounding cannot end the learning.",
    wrong: "Keeping the sigmoid and taking [BCELoss](#/BCELoss): in float32 a score of −150 makes the probability 0, \
        and [the batch](~BCELoss&input.3=0) stops at {loss}. From [the score](~input.3=-150) it is {loss}, with the \
        gradient {grad}.",
    args: &[],
    tensors: SCORES,
};

pub static BCE: Answer = Answer {
    loss: "BCELoss",
    why: "It takes probabilities as they are: minus the log of what was given to what happened.",
    wrong: "[BCEWithLogitsLoss](#/BCEWithLogitsLoss) takes them for scores: four mails, all [right and \
        certain](~BCEWithLogitsLoss&input=1,0,1,1), cost {loss} there and [here](~input=1,0,1,1) {loss}.",
    args: &[],
    tensors: &[("input", "N", "float, from 0 to 1"), ("target", "N", "float, 0 or 1")],
};

const CLASSES: Tensors = &[("input", "N, C", "float, scores"), ("target", "N", "int64, the class")];

pub static CROSS_ENTROPY: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "Softmax makes shares of the scores, and the loss is minus the log of the true class's share; both happen inside.",
    wrong: "A softmax in the model as well: shares that are [right and certain](~input=1,0,0;0,1,0;0,0,1) still cost \
        {loss}, and with three classes nothing can cost less.",
    args: &[],
    tensors: CLASSES,
};

pub static CROSS_ENTROPY_WEIGHT: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "`weight` gives each class its say, and the mean is divided by the weights that the labels brought.",
    wrong: "Training on one example at a time: the weight cancels. [A single photo with weight \
        5](~input=1x3:2,1,0.1&target=1:0&weight=5,1,1&names=&at=input.0.0&with=) costs {loss}, and \
        [without](~input=1x3:2,1,0.1&target=1:0&names=&at=input.0.0&with=) {loss}.",
    args: &[],
    tensors: &[
        ("weight", "C", "float"),
        ("input", "N, C", "float, scores"),
        ("target", "N", "int64, the class"),
    ],
};

pub static CROSS_ENTROPY_SHARES: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "The target may be a row of shares: each class's surprise then counts by the share that the target gives it.",
    wrong: "Rounding the shares to the likeliest class: a model that [agrees with a split \
        vote](~input=1x2:0,0&target=1x2:0.5,0.5&names=&at=input.0.0&with=) has the gradient {grad}; [with the vote \
        rounded](~input=1x2:0,0&target=1:0&names=&at=input.0.0&with=) it is {grad}, a push to be surer than the voters were.",
    args: &[],
    tensors: &[("input", "N, C", "float, scores"), ("target", "N, C", "float, rows that sum to 1")],
};

pub static LINEAR_CROSS_ENTROPY: Answer = Answer {
    loss: "LinearCrossEntropyLoss",
    why: "It has the last linear layer inside, so that the scores need never be held all at once.",
    wrong: "Leaving its layer out of the optimizer: the features learn, [weight](~at=linear_weight.2.0) and \
        [bias](~at=linear_bias.2) do not, though their gradients are {grad}.",
    args: &[("in_features", "2"), ("num_classes", "3"), ("bias", "True")],
    tensors: &[("input", "N, 2", "float, features"), ("target", "N", "int64, the class")],
};

pub static ADAPTIVE_SOFTMAX: Answer = Answer {
    loss: "AdaptiveLogSoftmaxWithLoss",
    why: "Frequent classes are scored at once, rare ones only where their cluster is asked for.",
    wrong: "Classes in any order: the most frequent must be class 0. If the first and the last [change \
        places](~target=5,2,1), the loss is {loss}, and nobody says a word.",
    args: &[("in_features", "3"), ("n_classes", "6"), ("cutoffs", "[2, 4]")],
    tensors: &[("input", "N, 3", "float, features"), ("target", "N", "int64, the class")],
};

pub static MULTI_MARGIN: Answer = Answer {
    loss: "MultiMarginLoss",
    why: "Each other class has to stay a margin below the true one; whoever does is let go.",
    wrong: "[CrossEntropyLoss](#/CrossEntropyLoss) is never content: with a lead of 3 everywhere [it still \
        asks](~CrossEntropyLoss&input=3,0,0;0,3,0;0,0,3) {loss} and pulls with {grad}.",
    args: &[("margin", "1.0")],
    tensors: CLASSES,
};

pub static NLL: Answer = Answer {
    loss: "NLLLoss",
    why: "It looks up the log-probability of the true class and flips its sign; the log is already taken.",
    wrong: "Probabilities in place of their logs: [it looks those \
        up](~input=0.6590,0.2424,0.0986;0.1112,0.8214,0.0674;0.8438,0.0420,0.1142) and returns {loss}. A loss below 0 is \
        the trace of a forgotten log.",
    args: &[],
    tensors: &[("input", "N, C", "float, after log_softmax"), ("target", "N", "int64, the class")],
};

pub static CROSS_ENTROPY_UNWRAPPED: Answer = Answer {
    loss: "CrossEntropyLoss",
    why: "Without the softmax the same number is computed from the scores, and its log is safe.",
    wrong: "Keeping the softmax and taking its log: a share too small for float32 rounds to 0, and \
        [NLLLoss](~NLLLoss&input.2.2=-inf) answers {loss}. From the scores, [200 apart](~input.2.0=200&input.2.2=0), it \
        is {loss}.",
    args: &[],
    tensors: CLASSES,
};

pub static NLL_OF_LOG: Answer = Answer {
    loss: "NLLLoss",
    why: "Take the log yourself, and this loss looks up the true class's; a bound below keeps the log from being infinite.",
    wrong: "[CrossEntropyLoss](#/CrossEntropyLoss) takes probabilities for scores: [right and \
        certain](~CrossEntropyLoss&input=1,0,0;0,1,0;0,0,1) costs {loss} there, and \
        [here](~input=0,-27.6,-27.6;-27.6,0,-27.6;-27.6,-27.6,0) {loss}.",
    args: &[],
    tensors: &[
        ("input", "N, C", "float, torch.log(p.clamp(min=1e-12))"),
        ("target", "N", "int64, the class"),
    ],
};

pub static TAG_SCORES: Answer = Answer {
    loss: "BCEWithLogitsLoss",
    why: "Each tag is a yes or no of its own, so that several may be true together.",
    wrong: "[CrossEntropyLoss](#/CrossEntropyLoss) lets the tags compete: right and sure of two of three, [it \
        asks](~CrossEntropyLoss&input=1x3:8,8,-8&target=1x3:1,1,0&names=&at=input.0.0&with=) {loss}; \
        [here](~input=8,8,-8&target=1,1,0&names=&at=input.0) it is {loss}.",
    args: &[],
    tensors: &[("input", "N, C", "float, scores"), ("target", "N, C", "float, 0 or 1")],
};

pub static TAG_PROBABILITIES: Answer = Answer {
    loss: "BCELoss",
    why: "It judges every tag's probability alone. If you can, take the sigmoid out: \
        [BCEWithLogitsLoss](#/BCEWithLogitsLoss) is the same and safer.",
    wrong: "A softmax in the sigmoid's place: shares of 1 cannot say yes twice. [Two halves for two true \
        tags](~input=0.5,0.5,0&target=1,1,0&names=&at=input.0&with=) cost {loss}, and [two \
        yeses](~input=0.99,0.99,0&target=1,1,0&names=&at=input.0&with=) {loss}.",
    args: &[],
    tensors: &[("input", "N, C", "float, from 0 to 1"), ("target", "N, C", "float, 0 or 1")],
};

pub static MULTI_LABEL_SOFT_MARGIN: Answer = Answer {
    loss: "MultiLabelSoftMarginLoss",
    why: "It is BCE with logits, averaged over the tags of each photo before anything else.",
    wrong: "A sum over tags, in the hope of the same: [four answers summed](~BCEWithLogitsLoss&reduction=sum) cost {loss}, \
        and [averaged](~BCEWithLogitsLoss) {loss}. The more tags, the larger every step.",
    args: &[("reduction", "'none'")],
    tensors: &[("input", "N, C", "float, scores"), ("target", "N, C", "float, 0 or 1")],
};

pub static MULTI_LABEL_MARGIN: Answer = Answer {
    loss: "MultiLabelMarginLoss",
    why: "It reads the list up to the first −1 and asks that each tag on it lead each other tag by 1.",
    wrong: "The list in a loss for 1 and 0: [BCEWithLogitsLoss](~BCEWithLogitsLoss&input=0.1,0.2,0.4,0.8&target=3,0,-1,-1\
        &names=&at=input.0&with=) takes 3 for a threefold yes and −1 for less than a no, and returns {loss} without a \
        word. Raise the first score, and [it falls](~BCEWithLogitsLoss&input=9,0.2,0.4,0.8&target=3,0,-1,-1\
        &names=&at=input.0&with=) to {loss}.",
    args: &[],
    tensors: &[("input", "N, C", "float, scores"), ("target", "N, C", "int64, tags, then −1")],
};
