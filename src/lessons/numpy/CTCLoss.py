import numpy as np


def ctc_loss(log_probs, targets, input_lengths, target_lengths,
             blank=0, reduction="mean", zero_infinity=False):
    batched = log_probs.ndim == 3
    if not batched:
        log_probs = log_probs[:, None]
    lengths = np.ravel(target_lengths)
    # Targets are rows with padding, or one after the other.
    starts = np.cumsum(lengths) - lengths
    loss = np.empty(len(lengths))
    for n, frames in enumerate(np.ravel(input_lengths)):
        length = lengths[n]
        rest = targets[n] if targets.ndim == 2 else targets[starts[n]:]
        # A path goes through blank, label, blank, label, ..., blank.
        states = np.full(2 * length + 1, blank)
        states[1::2] = rest[:length]
        # It may leap over a blank, but not between equal labels.
        leap = np.full(2 * length + 1, -np.inf)
        leap[2:][states[2:] != states[:-2]] = 0
        # The log-probability of all paths that end in each state
        paths = np.full(2 * length + 1, -np.inf)
        paths[0] = 0
        for scores in log_probs[:frames, n]:
            before = np.pad(paths, (2, 0), constant_values=-np.inf)
            paths = np.logaddexp(before[2:], before[1:-1])
            paths = np.logaddexp(paths, before[:-2] + leap)
            paths = paths + scores[states]
        loss[n] = -np.logaddexp.reduce(paths[-2:])
    if zero_infinity:
        loss[np.isinf(loss)] = 0
    if reduction == "mean":
        return (loss / np.maximum(lengths, 1)).mean()
    if reduction == "sum":
        return loss.sum()
    return loss if batched else loss[0]
