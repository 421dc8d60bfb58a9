import numpy as np


def huber_loss(input, target, reduction="mean", delta=1.0):
    error = np.abs(input - target)
    parabola = error**2 / 2
    line = delta * (error - delta / 2)
    loss = np.where(error <= delta, parabola, line)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
