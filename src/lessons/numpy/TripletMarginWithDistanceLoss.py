import numpy as np


def triplet_margin_with_distance_loss(
        anchor, positive, negative, distance_function=None,
        margin=1.0, swap=False, reduction="mean"):
    def euclidean(u, v):
        # PyTorch adds eps to every coordinate of the difference.
        return np.linalg.norm(np.atleast_1d(u - v + 1e-6), axis=-1)

    distance = distance_function or euclidean
    near = distance(anchor, positive)
    far = distance(anchor, negative)
    if swap:
        far = np.minimum(far, distance(positive, negative))
    loss = np.maximum(margin + near - far, 0)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
