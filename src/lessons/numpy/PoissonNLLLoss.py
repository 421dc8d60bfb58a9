import numpy as np


def poisson_nll_loss(input, target, log_input=True, full=False,
                     eps=1e-8, reduction="mean"):
    if log_input:
        loss = np.exp(input) - target * input
    else:
        loss = input - target * np.log(input + eps)
    if full:
        # Stirling's log(target!), which PyTorch adds above 1 only.
        n = np.where(target > 1, target, 1)
        stirling = n * np.log(n) - n + np.log(2 * np.pi * n) / 2
        loss = loss + np.where(target > 1, stirling, 0)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
