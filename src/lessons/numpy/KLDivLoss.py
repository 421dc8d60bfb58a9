import numpy as np


def kl_div(input, target, reduction="mean", log_target=False):
    if log_target:
        loss = np.exp(target) * (target - input)
    else:
        # 0 log 0 counts as 0.
        log = np.log(np.where(target == 0, 1, target))
        loss = target * log - target * input
    if reduction == "batchmean":
        return loss.sum() / (len(input) if input.ndim else 1)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
