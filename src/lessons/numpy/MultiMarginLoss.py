import numpy as np


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None,
                      reduction="mean"):
    scores, label = np.atleast_2d(input), target.reshape(-1, 1)
    classes = scores.shape[1]
    truth = np.take_along_axis(scores, label, 1)
    short = margin - truth + scores
    others = np.arange(classes) != label
    # What is NaN is not above 0, and is left out.
    cost = np.where(others & (short > 0), short, 0) ** p
    if weight is not None:
        cost = weight[label] * cost
    loss = (cost.sum(1) / classes).reshape(target.shape)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
