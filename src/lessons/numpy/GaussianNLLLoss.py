import numpy as np


def gaussian_nll_loss(input, target, var,
                      *, full=False, eps=1e-6, reduction="mean"):
    var = np.asarray(var)
    if var.ndim == input.ndim - 1:
        var = var[..., None]  # one variance for each row
    # A variance of 0 would claim certainty: PyTorch clamps here.
    var = np.maximum(var, eps)
    loss = (np.log(var) + (input - target) ** 2 / var) / 2
    if full:
        loss = loss + np.log(2 * np.pi) / 2
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
