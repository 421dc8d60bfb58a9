import numpy as np


def nll_loss(input, target, weight=None, ignore_index=-100,
             reduction="mean"):
    # The classes are axis 1 of a batch; here they go last.
    log_p = np.moveaxis(input, min(1, input.ndim - 1), -1)
    kept = target != ignore_index
    label = np.where(kept, target, 0)
    loss = -np.take_along_axis(log_p, label[..., None], -1)[..., 0]
    weight = np.ones(log_p.shape[-1]) if weight is None else weight
    weights = np.where(kept, weight[label], 0)
    loss = np.where(kept, weights * loss, 0)
    if reduction == "mean":
        return loss.sum() / weights.sum()
    return loss.sum() if reduction == "sum" else loss
