import numpy as np


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2.0,
                        eps=1e-6, swap=False, reduction="mean"):
    def distance(a, b):
        # PyTorch adds eps to every coordinate of the difference.
        return np.linalg.norm(np.atleast_1d(a - b + eps), p, axis=-1)

    near = distance(anchor, positive)
    far = distance(anchor, negative)
    if swap:
        far = np.minimum(far, distance(positive, negative))
    loss = np.maximum(margin + near - far, 0)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
