import numpy as np


def adaptive_log_softmax_with_loss(input, target, layers):
    def linear(x, name):
        bias = layers.get(name + ".bias", 0)
        return x @ layers[name + ".weight"].T + bias

    def log_softmax(scores):
        scores = scores - scores.max(-1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(-1, keepdims=True))

    rows, labels = np.atleast_2d(input), np.atleast_1d(target)
    clusters = sum(name.endswith(".0.weight") for name in layers)
    head = log_softmax(linear(rows, "head"))
    short = head.shape[-1] - clusters
    log_p = [head[:, :short]]
    for k in range(clusters):
        kept = linear(rows, f"tail.{k}.0")
        inside = log_softmax(linear(kept, f"tail.{k}.1"))
        # Into the cluster, and then to the class.
        log_p.append(head[:, short + k, None] + inside)
    log_p = np.concatenate(log_p, axis=-1)
    return -np.take_along_axis(log_p, labels[:, None], -1).mean()
