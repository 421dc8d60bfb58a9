"""Puts the recorded calls to an installed PyTorch again, and the losses of `torch.nn` to our registry.

    refresh.py              report what the installed torch answers differently, beyond the tolerance of README.md
    refresh.py --write      and write it into cases.json.gz; what agrees within the tolerance stays as it was recorded
    refresh.py --exact      report and write every other bit
    refresh.py --coverage   fail where torch.nn has a loss or an argument that our registry lacks

Under the version that the cases name, on a CPU with the same instructions, nothing changes. It needs torch, and torchvision
for the calls named `tv.`; without it they are left out, and counted.
"""

import argparse
import gzip
import importlib
import inspect
import json
import math
import pathlib
import re
import subprocess
import sys
import warnings

import torch

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE / "cases.json.gz"
ANSWERS = ["warnings", "output", "extra", "grads", "arg_grads", "error"]
NONFINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
# What a call cannot write as JSON.
DISTANCES = {
    "cosine": lambda u, v: 1 - torch.nn.functional.cosine_similarity(u, v, dim=-1),
    "chebyshev": lambda u, v: (u - v).abs().amax(-1),
    "sqeuclidean": lambda u, v: ((u - v) ** 2).sum(-1),
    "manhattan": lambda u, v: torch.abs(u - v).sum(-1),
}
# Arguments of constructors that change no answer: the old spelling of reduction, where and how numbers lie.
SILENT = {"size_average", "reduce", "device", "dtype", "options"}


def number(value):
    return NONFINITE.get(value, value) if isinstance(value, str) else value


def read(value):
    """A tensor, a number, a word, a tuple."""
    if isinstance(value, dict):
        dtype = getattr(torch, value.get("dtype", "float64"))
        return torch.tensor([number(it) for it in value["data"]], dtype=dtype).reshape(value["shape"])
    return tuple(value) if isinstance(value, list) else number(value)


def write(tensor):
    """A tensor as it is recorded; integers with their dtype."""
    spell = lambda it: it if not isinstance(it, float) or math.isfinite(it) else (
        "NaN" if math.isnan(it) else "Infinity" if it > 0 else "-Infinity")
    written = {"shape": list(tensor.shape), "data": [spell(it) for it in tensor.detach().flatten().tolist()]}
    if tensor.dtype != torch.float64:
        written["dtype"] = str(tensor.dtype).removeprefix("torch.")
    return written


def call(case, constant):
    """The output of a call, and the leaves that may have gradients: inputs and arguments by name but for `constant`."""
    def leaf(name, value):
        floats = isinstance(value, torch.Tensor) and value.is_floating_point()
        return value.requires_grad_() if floats and name not in constant else value

    args = {name: read(value) for name, value in case["args"].items()}
    inputs = {name: leaf(name, read(value)) for name, value in case["inputs"].items()}
    name = case["loss"]
    if name.startswith(("F.", "tv.")):
        where = "torch.nn.functional" if name.startswith("F.") else "torchvision.ops"
        function = getattr(importlib.import_module(where), name.split(".")[1])
        leaves = {key: leaf(key, value) for key, value in args.items()}
        return function(**inputs, **leaves), inputs, leaves
    if args.get("distance_function") is not None:
        args["distance_function"] = DISTANCES[args["distance_function"]]
    made = getattr(torch.nn, name)
    if "in_features" in args:
        return layered(name, made, args, inputs)
    leaves = {key: leaf(key, value) for key, value in args.items() if isinstance(value, torch.Tensor)}
    loss = made(**{**args, **leaves})
    # By place: PoissonNLLLoss calls its input `log_input`.
    return loss(*inputs.values()), inputs, leaves


def layered(name, made, args, inputs):
    """The modules with parameters of their own, which are recorded among the inputs."""
    loss = made(**args, dtype=torch.float64)
    own = {it: it.replace("linear_", "linear.") for it in inputs if it not in ("input", "target")}
    loss.load_state_dict({own[it]: inputs[it].detach() for it in own}, strict=False)
    parameters = dict(loss.named_parameters())
    output = loss(inputs["input"], inputs["target"])
    leaves = {it: parameters[own[it]] if it in own else inputs[it] for it in inputs}
    return output, leaves, {}


def answer(case, constant=()):
    """What PyTorch answers now, under the keys of a recorded case. What must not have a gradient gets none."""
    got = {}
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            output, inputs, args = call(case, constant)
            # AdaptiveLogSoftmaxWithLoss answers with two.
            loss = getattr(output, "loss", output)
            if loss.requires_grad:
                loss.sum().backward()
        except Exception as error:
            refused = re.search(r"not differentiable with respect to argument '(\w+)'", str(error))
            if refused and refused[1] not in constant:
                return answer(case, (*constant, refused[1]))
            return {"error": {"type": type(error).__name__, "message": str(error)}}
    if heard:
        got["warnings"] = [str(it.message) for it in heard]
    got["output"] = write(loss)
    if "extra" in case:
        got["extra"] = case["extra"]
    grads = lambda leaves: {key: write(it.grad) for key, it in leaves.items()
                            if isinstance(it, torch.Tensor) and it.grad is not None}
    got["grads"] = grads(inputs)
    if grads(args):
        got["arg_grads"] = grads(args)
    return got


def same(got, want, scale):
    """Whether two answers agree within the tolerance; with scale None in every digit."""
    if isinstance(want, dict) and isinstance(got, dict):
        return list(got) == list(want) and all(same(got[it], want[it], scale) for it in want)
    if isinstance(want, list) and isinstance(got, list):
        return len(got) == len(want) and all(same(a, b, scale) for a, b in zip(got, want))
    a, b = number(got), number(want)
    if scale is None or not all(isinstance(it, (int, float)) for it in (a, b)):
        return repr(a) == repr(b)
    if a == b or (math.isnan(a) and math.isnan(b)):
        return True
    return math.isfinite(a) and abs(a - b) <= 1e-12 * abs(b) + 1e-14 * min(max(1.0, scale), 1e6)


def scale_of(case):
    numbers = [number(it) for value in case["inputs"].values() if isinstance(value, dict) for it in value["data"]]
    return max([abs(it) for it in numbers if math.isfinite(it)], default=0.0)


def refresh(whole, exact):
    """The same cases with the answers of now, and what is other about them."""
    reports, left_out, cases = [], 0, []
    for case in whole["cases"]:
        cases.append(case)
        if case["loss"].startswith("tv.") and importlib.util.find_spec("torchvision") is None:
            left_out += 1
            continue
        want = {key: case[key] for key in case if key in ANSWERS}
        got = answer(case)
        scale = None if exact else scale_of(case)
        if same(got, want, scale):
            continue
        other = [key for key in {**want, **got} if not same(got.get(key), want.get(key), scale)]
        reports.append(f"{case['id']} {case['loss']} {case.get('tag', '')}: " + "; ".join(
            f"{key} is {json.dumps(got.get(key))[:160]} for {json.dumps(want.get(key))[:160]}" for key in other))
        kept = {key: value for key, value in case.items() if key not in ANSWERS and key != "id"}
        cases[-1] = {**kept, **got, "id": case["id"]}
    return cases, reports, left_out


def coverage():
    """What `torch.nn` has and our registry, printed by `cargo run --example registry`, lacks."""
    run = ["cargo", "run", "--quiet", "--example", "registry"]
    registry = json.loads(subprocess.run(run, cwd=HERE.parent.parent, check=True, capture_output=True).stdout)
    missing = []
    for name, made in sorted(vars(torch.nn).items()):
        if not inspect.isclass(made) or not name.endswith("Loss") and not hasattr(made, "log_prob"):
            continue
        if name not in registry:
            # An alias from before 0.4.1, which only warns.
            if any(base.__name__ in registry for base in made.__mro__[1:]):
                continue
            missing.append(name)
            continue
        if registry[name] is None:
            continue
        args = list(inspect.signature(made.__init__).parameters)[1:]
        lacking = [it for it in args if it not in registry[name]["args"] and it not in SILENT]
        # By place: PoissonNLLLoss calls its input `log_input`, as an argument of its constructor is called.
        lacking += list(inspect.signature(made.forward).parameters)[1:][len(registry[name]["inputs"]):]
        missing += [f"{name}: {it}" for it in lacking]
    return missing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ["--write", "--exact", "--coverage"]:
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    if options.coverage:
        missing = coverage()
        print("\n".join(missing) or f"torch {torch.__version__}: nothing is missing")
        return int(bool(missing))
    torch.set_num_threads(1)
    text = gzip.decompress(CASES.read_bytes()).decode()
    whole = json.loads(text)
    cases, reports, left_out = refresh(whole, options.exact)
    print("\n".join(reports + [
        f"torch {torch.__version__} for {whole['meta']['torch']}: {len(reports)} of {len(cases)} answers are other ones"
        + f"; {left_out} of torchvision's left out" * bool(left_out)]))
    if not options.write:
        return int(bool(reports))
    if reports or torch.__version__ != whole["meta"]["torch"]:
        whole["meta"]["torch"], whole["cases"] = torch.__version__, cases
    fresh = json.dumps(whole, separators=(",", ":"))
    if fresh != text:
        CASES.write_bytes(gzip.compress(fresh.encode(), 9, mtime=0))
        print(f"written: {CASES}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
