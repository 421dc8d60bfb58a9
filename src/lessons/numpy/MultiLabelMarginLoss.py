import numpy as np


def multilabel_margin_loss(input, target, reduction="mean"):
    losses = []
    rows = zip(np.atleast_2d(input), np.atleast_2d(target))
    for scores, row in rows:
        # The list ends at its first -1.
        labels = row[np.minimum.accumulate(row) >= 0]
        others = np.setdiff1d(np.arange(scores.size), labels)
        short = 1 - scores[labels][:, None] + scores[others]
        # What is NaN is not above 0, and is left out.
        losses.append(short[short > 0].sum() / scores.size)
    loss = np.array(losses).reshape(input.shape[:-1])
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
