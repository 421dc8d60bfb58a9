import numpy as np


def hinge_embedding_loss(input, target, margin=1.0, reduction="mean"):
    # A target that is neither 1 nor -1 gets both terms, as in PyTorch.
    alike = np.where(target != -1, input, 0)
    apart = np.where(target != 1, np.maximum(margin - input, 0), 0)
    loss = alike + apart
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
