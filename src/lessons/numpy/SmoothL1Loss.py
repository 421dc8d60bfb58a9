import numpy as np


def smooth_l1_loss(input, target, reduction="mean", beta=1.0):
    error = np.abs(input - target)
    # With beta = 0 no error lies on the parabola; do not divide by it.
    parabola = error**2 / (2 * beta or 1)
    line = error - beta / 2
    loss = np.where(error < beta, parabola, line)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
