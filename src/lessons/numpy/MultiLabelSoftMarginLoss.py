import numpy as np


def multilabel_soft_margin_loss(input, target, weight=None,
                                reduction="mean"):
    # Minus the log of the sigmoid, and of what it leaves to 1.
    yes, no = np.logaddexp(0, -input), np.logaddexp(0, input)
    cost = target * yes + (1 - target) * no
    if weight is not None:
        cost = weight * cost
    loss = cost.sum(-1) / input.shape[-1]
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
