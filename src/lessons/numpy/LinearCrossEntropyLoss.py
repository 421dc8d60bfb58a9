import numpy as np


def linear_cross_entropy(input, target, layers, reduction="mean",
                         weight=None, ignore_index=-100,
                         label_smoothing=0.0):
    bias = layers.get("linear.bias", 0)
    scores = input @ layers["linear.weight"].T + bias
    # With labels of several axes the layer gives as many
    # scores for each; the classes are axis 1, and here go last.
    shares = target.dtype.kind == "f"
    further = target.shape[2 if shares else 1:]
    if further:
        scores = scores.reshape(len(scores), -1, *further)
    scores = np.moveaxis(scores, input.ndim - 1, -1)
    # exp cannot overflow once the largest score is 0.
    scores = scores - scores.max(-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    classes = log_p.shape[-1]
    weight = np.ones(classes) if weight is None else weight
    costs, mix = -weight * log_p, label_smoothing
    if shares:
        share = np.moveaxis(target, input.ndim - 1, -1)
        share = (1 - mix) * share + mix / classes
        parts = [(costs * share).sum(-1)]
        total = parts[0].size
    else:
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
