import numpy as np


def complete_box_iou_loss(boxes1, boxes2, reduction="none", eps=1e-7):
    x1, y1, x2, y2 = np.moveaxis(boxes1, -1, 0)
    u1, v1, u2, v2 = np.moveaxis(boxes2, -1, 0)
    width = np.minimum(x2, u2) - np.maximum(x1, u1)
    height = np.minimum(y2, v2) - np.maximum(y1, v1)
    shared = np.where((width > 0) & (height > 0), width * height, 0)
    union = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - shared
    # torchvision does not hand its eps on to these two
    iou = shared / (union + 1e-7)
    corners = ((np.maximum(x2, u2) - np.minimum(x1, u1)) ** 2
               + (np.maximum(y2, v2) - np.minimum(y1, v1)) ** 2 + 1e-7)
    centres = (((x1 + x2) / 2 - (u1 + u2) / 2) ** 2
               + ((y1 + y2) / 2 - (v1 + v2) / 2) ** 2)
    turn = (np.arctan((u2 - u1) / (v2 - v1))
            - np.arctan((x2 - x1) / (y2 - y1)))
    v = 4 / np.pi**2 * turn**2
    # a constant to the gradient
    alpha = v / (1 - iou + v + eps)
    loss = 1 - iou + centres / corners + alpha * v
    if reduction == "mean":
        return loss.mean() if loss.size else 0 * loss.sum()
    return loss.sum() if reduction == "sum" else loss
