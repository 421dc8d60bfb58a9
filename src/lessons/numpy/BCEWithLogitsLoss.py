import numpy as np


def binary_cross_entropy_with_logits(
        input, target, weight=None, reduction="mean", pos_weight=None):
    # -log(sigmoid(input)), without the overflow of exp(-input)
    surprise = np.logaddexp(0, -input)
    if pos_weight is not None:
        surprise = surprise * (1 + (pos_weight - 1) * target)
    loss = (1 - target) * input + surprise
    if weight is not None:
        loss = loss * weight
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
