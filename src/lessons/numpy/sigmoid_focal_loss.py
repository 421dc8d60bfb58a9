import numpy as np


def sigmoid_focal_loss(
        inputs, targets, alpha=0.25, gamma=2.0, reduction="none"):
    p = 1 / (1 + np.exp(-inputs))
    cross_entropy = (1 - targets) * inputs + np.logaddexp(0, -inputs)
    # what was given to the wrong answer
    wrong = 1 - (p * targets + (1 - p) * (1 - targets))
    loss = cross_entropy * wrong**gamma
    if alpha >= 0:
        loss = (alpha * targets + (1 - alpha) * (1 - targets)) * loss
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
