"""Puts calls that nobody recorded to an installed PyTorch and to Losslens, and reports where the answers differ.

    mutate.py SEED COUNT [LOSS…]            mutate COUNT recorded calls: other numbers, shapes, dtypes, arguments
    mutate.py SEED COUNT [LOSS…] --write    and write the calls with PyTorch's answers into mutants.json.gz

Each call runs in a process of its own, because some of them end PyTorch's.
"""

import argparse
import collections
import copy
import gzip
import json
import math
import os
import random
import subprocess
import sys

import torch

import refresh

MUTANTS = refresh.HERE / "mutants.json.gz"
SPECIAL = ["NaN", "Infinity", "-Infinity", 0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e300, -1e300, 1e-300, 5e-324, 100.0, -100.0]
# Sizes of parameters of their own, which the modules initialise.
SIZES = {"in_features", "num_classes", "n_classes", "cutoffs", "out_features", "div_value"}


class Mutation:
    def __init__(self, seed, cases):
        self.dice = random.Random(seed)
        self.cases, self.known = collections.defaultdict(list), collections.defaultdict(list)
        for case in cases:
            self.cases[case["loss"]].append(case)
            for name, value in case["args"].items():
                self.known[case["loss"], name].append(value)

    def call(self):
        """A recorded call, changed."""
        dice = self.dice
        case = dice.choice(self.cases[dice.choice(sorted(self.cases))])
        case = {key: copy.deepcopy(case[key]) for key in ("loss", "args", "inputs")}
        layered = "in_features" in case["args"]
        tensors = [it for it in [*case["inputs"].values(), *case["args"].values()] if isinstance(it, dict)]
        if dice.random() < 0.9:
            for tensor in tensors:
                self.refill(tensor, dice.choice([0, 0.5, 0.9]))
        if layered:
            tensors = [case["inputs"]["input"], case["inputs"]["target"]]
        if dice.random() < 0.35 and tensors:
            self.reshape_some(tensors)
        if dice.random() < 0.06 and tensors:
            self.retype(dice.choice(tensors))
        if dice.random() < 0.5:
            for loss, name in self.known:
                if loss == case["loss"] and name not in SIZES | {"bias", "head_bias"}:
                    self.argue(case["args"], name, self.known[loss, name])
        return case

    def refill(self, tensor, kept):
        """Other numbers of the same kind, but for a part that is kept."""
        old, integers = tensor["data"], tensor.get("dtype", "float64") != "float64"
        tensor["data"] = [self.entry(old, place, kept, integers) for place in range(math.prod(tensor["shape"]))]

    def entry(self, old, place, kept, integers):
        dice = self.dice
        base = old[place % len(old)] if old else 1 if integers else 0.5
        if dice.random() < kept:
            return base
        if integers:
            return dice.choice([base, base, base, dice.choice(old or [0]), dice.randint(-2, 6), -1, -100, 0])
        if dice.random() < 0.04:
            return dice.choice(SPECIAL)
        if isinstance(base, str):
            return base
        if 0 <= base <= 1 and dice.random() < 0.6:
            return dice.random()
        if abs(base) == 1 and dice.random() < 0.8:
            return dice.choice([1.0, -1.0])
        value = base * dice.gauss(1, 0.7) + (dice.gauss(0, 0.3) if dice.random() < 0.3 else 0)
        return value if math.isfinite(value) else 0.0

    def reshape_some(self, tensors):
        """Another shape for one tensor, or the same change for all that had its shape."""
        one = self.dice.choice(tensors)
        was, together = list(one["shape"]), self.dice.random() < 0.4
        self.reshape(one)
        for other in tensors:
            if together and other is not one and other["shape"] == was:
                other["shape"] = list(one["shape"])
                self.refill(other, 0.9)

    def reshape(self, tensor):
        dice, shape = self.dice, list(tensor["shape"])
        change = dice.random()
        if change < 0.3 and shape:
            shape[dice.randrange(len(shape))] = dice.choice([1, 2, 3, 0, 4, 5])
        elif change < 0.5:
            shape.insert(dice.randint(0, len(shape)), dice.choice([1, 1, 2, 3]))
        elif change < 0.7 and shape:
            shape.pop(dice.randrange(len(shape)))
        elif change < 0.85 and len(shape) > 1:
            dice.shuffle(shape)
        else:
            shape = [dice.choice([1, 2, 3, 4]) for _ in range(dice.randint(0, 4))]
        if math.prod(shape) <= 400:
            tensor["shape"] = shape
            self.refill(tensor, 0.9)

    @staticmethod
    def retype(tensor):
        if tensor.pop("dtype", "float64") == "float64":
            tensor["dtype"] = "int64"
            tensor["data"] = [1 if isinstance(it, str) or abs(it) > 1e15 else int(it) for it in tensor["data"]]
        else:
            tensor["data"] = [float(it) for it in tensor["data"]]

    def argue(self, args, name, known):
        """Another recorded value of an argument, none, or one near it."""
        dice, change = self.dice, self.dice.random()
        value = args.get(name, known[0])
        if change < 0.25:
            args[name] = copy.deepcopy(dice.choice(known))
        elif change < 0.3:
            args.pop(name, None)
        elif change < 0.37 and isinstance(value, bool):
            args[name] = not value
        elif change < 0.37 and isinstance(value, float):
            args[name] = dice.choice([value * 2, -value, value + dice.gauss(0, 1), dice.choice(SPECIAL), dice.random()])
        elif change < 0.37 and isinstance(value, int):
            args[name] = dice.choice([value + 1, value - 1, -value, 0, 1, 2])
        elif change < 0.37 and isinstance(value, dict):
            args[name] = copy.deepcopy(value)
            self.refill(args[name], 0.5) if dice.random() < 0.6 else self.reshape(args[name])


def ask_torch(case):
    """PyTorch's answer, or None where it has none that could be compared."""
    if reads_elsewhere(case):
        return None
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe, open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 2)
            json.dump(refresh.answer(case), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    answer = json.loads(text) if status == 0 else {}
    # What is of another dtype was computed in single precision, or from integers alone.
    return None if not answer or answer.get("output", {}).get("dtype") or adds_first(case, answer) else answer


def adds_first(case, answer):
    """Whether an input was repeated, so that PyTorch added slopes up before it multiplied them, and it matters."""
    shapes = {tuple(it["shape"]) for it in case["inputs"].values() if isinstance(it, dict)}
    numbers = [it for of in ("grads", "arg_grads") for grad in answer.get(of, {}).values() for it in grad["data"]]
    return len(shapes) > 1 and any(isinstance(it, str) for it in numbers)


def reads_elsewhere(case):
    """Whether the call has a loss look where it should not: MultiLabelSoftMarginLoss sums over another axis where the
    input is repeated, CTCLoss does not check its labels and reads memory that is not its own."""
    if case["loss"] == "MultiLabelSoftMarginLoss":
        tensors = [*case["inputs"].values(), *case["args"].values()]
        dims = [len(it["shape"]) for it in tensors if isinstance(it, dict)]
        return dims[0] < max(dims)
    if case["loss"] != "CTCLoss":
        return False
    labels = [refresh.number(it) for it in case["inputs"]["targets"]["data"]]
    classes = ([0] + case["inputs"]["log_probs"]["shape"])[-1]
    return not all(0 <= it < classes for it in labels)


def single(case):
    """Whether PyTorch computes with integers in single precision, which is not Losslens's."""
    integers = {name for name, it in case["inputs"].items() if isinstance(it, dict) and it.get("dtype")}
    among = {"PoissonNLLLoss": {"input", "target"}, "CosineEmbeddingLoss": {"input1", "input2"},
             "TripletMarginLoss": {"anchor", "positive", "negative"},
             "TripletMarginWithDistanceLoss": {"anchor", "positive", "negative"}}
    boxes = {"boxes1", "boxes2"} if case["loss"].startswith("tv.") else set()
    return bool(integers & among.get(case["loss"], boxes))


def ask_losslens(cases):
    run = ["cargo", "run", "--quiet", "--release", "--no-default-features", "--example", "evaluate"]
    text = subprocess.run(run, input=json.dumps(cases), capture_output=True, text=True, check=True,
                          cwd=refresh.HERE.parent.parent).stdout
    return json.loads(text)


def plain(answer):
    """An answer without what is empty; of a refusal only that."""
    if answer.get("error"):
        return {"error": dict(sorted(answer["error"].items()))}
    order = lambda it: {key: order(it[key]) for key in sorted(it)} if isinstance(it, dict) else it
    return order({key: answer[key] for key in refresh.ANSWERS if key != "extra" and answer.get(key)})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("losses", nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cases = json.loads(gzip.decompress(refresh.CASES.read_bytes()))["cases"]
    cases = [case for case in cases if not options.losses or case["loss"] in options.losses]
    mutation = Mutation(options.seed, cases)
    calls = [mutation.call() for _ in range(options.count)]
    calls = [case for case in calls if not single(case)]
    recorded, differ = [], 0
    for case, got in zip(calls, ask_losslens(calls)):
        want = ask_torch(case)
        if want is None:
            continue
        recorded.append({"id": len(recorded), "tag": "mutant", **case, **want})
        if not refresh.same(plain(got), plain(want), refresh.scale_of(case)):
            differ += 1
            print(f"{case['loss']} {json.dumps(case['args'])} {json.dumps(case['inputs'])[:600]}")
            print(f"  is {json.dumps(plain(got))[:400]}\n for {json.dumps(plain(want))[:400]}", flush=True)
    refused = sum("error" in it for it in recorded)
    print(f"torch {torch.__version__} on {len(recorded)} calls, of which it refuses {refused}: {differ} answers differ")
    if options.write:
        whole = {"meta": {"torch": torch.__version__, "seed": options.seed}, "cases": recorded}
        MUTANTS.write_bytes(gzip.compress(json.dumps(whole, separators=(",", ":")).encode(), 9, mtime=0))
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
