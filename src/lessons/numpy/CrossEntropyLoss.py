import numpy as np


def cross_entropy(input, target, weight=None, ignore_index=-100,
                  reduction="mean", label_smoothing=0.0):
    # The classes are axis 1 of a batch; here they go last.
    axis = min(1, input.ndim - 1)
    logits = np.moveaxis(input, axis, -1)
    # exp cannot overflow once the largest logit is 0.
    logits = logits - logits.max(-1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    classes = log_p.shape[-1]
    weight = np.ones(classes) if weight is None else weight
    costs = -weight * log_p
    mix = max(0, label_smoothing)
    if target.shape == input.shape:  # probabilities
        share = np.moveaxis(target, axis, -1)
        share = (1 - mix) * share + mix / classes
        parts = [(costs * share).sum(-1)]
        total = parts[0].size
    else:  # labels
        kept = target != ignore_index
        label = np.where(kept, target, 0)
        own = np.take_along_axis(costs, label[..., None], -1)[..., 0]
        even = costs.mean(-1)
        parts = [(1 - mix) * own, mix * even] if mix else [own]
        parts = [np.where(kept, part, 0) for part in parts]
        total = weight[label][kept].sum()
    if reduction == "mean":
        return sum(part.sum() / total for part in parts)
    return sum(parts).sum() if reduction == "sum" else sum(parts)
