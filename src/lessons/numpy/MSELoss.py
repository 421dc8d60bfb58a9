import numpy as np


def mse_loss(input, target, reduction="mean"):
    loss = (input - target) ** 2
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
