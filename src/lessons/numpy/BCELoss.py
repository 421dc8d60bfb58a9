import numpy as np


def binary_cross_entropy(input, target, weight=None,
                         reduction="mean"):
    # PyTorch clamps here: certain and wrong costs 100, not infinity.
    with np.errstate(divide="ignore"):
        log_yes = np.maximum(np.log(input), -100)
        log_no = np.maximum(np.log1p(-input), -100)
    loss = -(target * log_yes + (1 - target) * log_no)
    if weight is not None:
        loss = loss * weight
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
