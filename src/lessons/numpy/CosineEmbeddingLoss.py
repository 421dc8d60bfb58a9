import numpy as np


def cosine_embedding_loss(input1, input2, target, margin=0.0,
                          reduction="mean"):
    # PyTorch adds the float32 next to 1e-12 to each squared length.
    eps = float(np.float32(1e-12))
    square1 = (input1 * input1).sum(-1) + eps
    square2 = (input2 * input2).sum(-1) + eps
    cos = (input1 * input2).sum(-1) / np.sqrt(square1 * square2)
    # A target that is neither 1 nor -1 costs nothing, as in PyTorch.
    alike = np.where(target == 1, 1 - cos, 0)
    apart = np.where(target == -1, np.maximum(cos - margin, 0), 0)
    loss = alike + apart
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
