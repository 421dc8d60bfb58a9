import numpy as np


def l1_loss(input, target, reduction="mean"):
    loss = np.abs(input - target)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
