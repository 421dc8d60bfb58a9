import numpy as np


def soft_margin_loss(input, target, reduction="mean"):
    # Like PyTorch's, this overflows where target * input is below -709.
    loss = np.log1p(np.exp(-target * input))
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
