import numpy as np


def margin_ranking_loss(input1, input2, target, margin=0.0,
                        reduction="mean"):
    loss = np.maximum(-target * (input1 - input2) + margin, 0)
    if reduction == "mean":
        return loss.mean()
    return loss.sum() if reduction == "sum" else loss
