//! Answers about numbers and counts.

use crate::pages::which::tree::{Answer, Tensors};

const NUMBERS: Tensors = &[("input", "N", "float"), ("target", "N", "float")];

pub static MSE: Answer = Answer {
    loss: "MSELoss",
    why: "Its best guess is the mean of the targets, and its push fades in step with the error.",
    wrong: "[L1Loss](#/L1Loss) aims at the median and does not slow down: [2 above the cottage's \
        price](~L1Loss&at=input.2) its gradient is {grad}, and [half a step above it](~L1Loss&input.2=2.5&at=input.2) \
        still {grad}.",
    args: &[],
    tensors: NUMBERS,
};

pub static RATING: Answer = Answer {
    loss: "MSELoss",
    why: "A rating is a number on a scale: predict it, and the order follows.",
    wrong: "[MarginRankingLoss](#/MarginRankingLoss) knows no scale: [13 and 14.5 \
        stars](~MarginRankingLoss&input1=1:13&input2=1:14.5&target=1:-1&names=&at=input1.0&with=) are in order, so they \
        cost {loss}; against the ratings 3 and 4.5 they [cost](~input=13,14.5&target=3,4.5&names=&unit=stars&at=input.0\
        &with=) {loss} here.",
    args: &[],
    tensors: NUMBERS,
};

pub static HUBER: Answer = Answer {
    loss: "HuberLoss",
    why: "Up to δ an error counts by its square and beyond by its size, so that one mansion cannot outvote the street.",
    wrong: "[MSELoss](#/MSELoss) hands the fit to the outlier: let the mansion [sell for \
        14](~MSELoss&target.3=14), and its gradient there is {grad}; [here](~target.3=14) it stays {grad}.",
    args: &[("delta", "1.0")],
    tensors: NUMBERS,
};

pub static SMOOTH_L1: Answer = Answer {
    loss: "SmoothL1Loss",
    why: "Below β its corner is rounded, beyond β its slope is 1, whatever β is.",
    wrong: "[HuberLoss](#/HuberLoss), taken for the same: [δ = 0.5](~HuberLoss&delta=0.5) weakens the mansion's \
        gradient to {grad}, while [β = 0.5](~beta=0.5) leaves it at {grad}.",
    args: &[("beta", "1.0")],
    tensors: NUMBERS,
};

pub static L1: Answer = Answer {
    loss: "L1Loss",
    why: "Every unit of error costs the same, and the best guess is the median, which a few wild targets hardly move.",
    wrong: "[MSELoss](#/MSELoss) follows the wildest target: let the mansion sell for 14 and [its \
        total](~MSELoss&target.3=14) is {loss}, nearly all of it the mansion's; [here](~target.3=14&at=input.3) the \
        mansion's gradient is {grad}, as for any other house.",
    args: &[],
    tensors: NUMBERS,
};

pub static GAUSSIAN: Answer = Answer {
    loss: "GaussianNLLLoss",
    why: "It scores a mean and a variance together: being wrong costs more the surer the model was.",
    wrong: "[MSELoss](#/MSELoss) has no place for doubt: the late sofa costs the same whether or not the model saw it \
        coming. Here [being sure](~) makes the total {loss}, and [a variance of 9](~var.2=9) makes it {loss}.",
    args: &[],
    tensors: &[("input", "N", "float"), ("target", "N", "float"), ("var", "N", "float, above 0")],
};

pub static GAUSSIAN_CURVE: Answer = Answer {
    loss: "GaussianNLLLoss",
    why: "Mean and variance are all of a bell curve: this is minus the log of its height at \
        what happened, but for a constant.",
    wrong: "The standard deviation in place of the variance: [handed 1, 0.2 and 0.5](~var=1,0.2,0.5) the loss is {loss}, \
        that of wider curves than the model [meant](~), which cost {loss}.",
    args: &[],
    tensors: &[("input", "N", "float, the mean"), ("target", "N", "float"), ("var", "N", "float, above 0")],
};

pub static POISSON: Answer = Answer {
    loss: "PoissonNLLLoss",
    why: "The output is the log of the rate, so that the rate is positive whatever the last layer gives; a miss is \
        judged by how much such counts scatter.",
    wrong: "Passing the rate itself: [these rates](~input=3.0042,4.9530,1,4.0552) are raised to the power of e once \
        more and cost {loss}; [their logs](~) cost {loss}.",
    args: &[],
    tensors: &[("input", "N", "float, the log of the rate"), ("target", "N", "float, the count")],
};

pub static POISSON_RATE: Answer = Answer {
    loss: "PoissonNLLLoss",
    why: "The same likelihood for a rate that is positive already, once `log_input=False` says so.",
    wrong: "A last layer that may go below 0: [a rate of −1](~log_input=False&input=1:-1&target=1:2&names=&with=&at=input.0) \
        has no log, and the loss is {loss}.",
    args: &[("log_input", "False")],
    tensors: &[("input", "N", "float, the rate, above 0"), ("target", "N", "float, the count")],
};
