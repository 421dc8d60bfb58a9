"""Checks the Python programs that the page prints for a state: NumPy's are run, PyTorch's are read.

`losslens programs` prints them for every worked example and every recorded case that a bench can hold.
"""

import ast
import collections
import contextlib
import inspect
import io
import re
import warnings

import numpy as np

NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|nan|inf)(?![\w.])")


def numbers(text):
    """Every number in a text."""
    return [float(it) for it in NUMBER.findall(text)]


def comments(program):
    """What a program says that its prints print: pairs of what is printed and the comment below it."""
    lines = program.splitlines()
    follows = (pair for pair in zip(lines, lines[1:]) if pair[0].startswith("print("))
    return [(printed[6:-1], said[2:]) for printed, said in follows if said.startswith("# ")]


def says(said, want, agree):
    """Whether a comment states these numbers: all, or the first of them and dots."""
    found, want = numbers(said), np.ravel(want)
    complete = 0 < len(found) < len(want) if "…" in said else len(found) == len(want)
    return bool(complete and all(agree(got, it) for got, it in zip(found, want)))


def rounded(got, want):
    """Four decimals, or as many digits where that is nothing or too much."""
    return got == want or (np.isnan(got) and np.isnan(want)) or abs(got - want) <= 5.1e-5 * max(1, abs(want))


# The functions that cases name, as PyTorch would be given them.
FUNCTIONS = {
    "lambda u, v: 1 - torch.cosine_similarity(u, v, dim=-1)": "cosine",
    "lambda u, v: (u - v).abs().amax(-1)": "chebyshev",
    "lambda u, v: ((u - v) ** 2).sum(-1)": "sqeuclidean",
    "lambda u, v: (u - v).abs().sum(-1)": "manhattan",
}


def value(node):
    """What an expression of the program is; the calls that make tensors, and constants."""
    match node:
        case ast.Constant():
            return node.value
        case ast.UnaryOp(op=ast.USub()):
            return -value(node.operand)
        case ast.Lambda():
            return FUNCTIONS[ast.unparse(node)]
        case ast.List():
            return [value(it) for it in node.elts]
        case ast.Attribute(value=ast.Name(id="torch"), attr="nan" | "inf"):
            return float(node.attr)
        case ast.Call(func=ast.Name(id="float")):
            return float(value(node.args[0]))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr=make)):
            (dtype,) = [it.value.attr for it in node.keywords] or [None]
            if make == "zeros":
                return np.zeros([value(it) for it in node.args], dtype or "float64")
            assert make == "tensor", make
            return np.array(value(node.args[0]), dtype)
    raise ValueError(ast.dump(node))


def same(got, want):
    """The same number or tensor, to the last bit; Python's 1 and 1.0 are the same argument."""
    if isinstance(got, np.ndarray) != isinstance(want, np.ndarray):
        return False
    if isinstance(got, np.ndarray):
        return got.dtype == want.dtype and got.shape == want.shape and bool(np.array_equal(got, want, got.dtype.kind == "f"))
    return got == want or (got != got and want != want)


def check_numpy(program, want, tolerance):
    """What is wrong with the program by hand: it must print what it says, and what PyTorch answered if that is known."""
    said = comments(program)
    if len(said) != 1:
        return "it does not say what it prints"
    names, out = {}, io.StringIO()
    try:
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            # Extreme inputs overflow by design, and the mean of nothing is NaN.
            warnings.simplefilter("ignore", RuntimeWarning)
            exec(program, names)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if not says(said[0][1], numbers(out.getvalue()), tolerance):
        return f"it prints {out.getvalue().strip()[:80]} and says {said[0][1]}"
    if want is not None and not tolerance(names["loss"], want):
        return f"its loss is {names['loss']}, not {want}"
    return None


def check_torch(program, case, call, answer, read, tolerance):
    """What is wrong with PyTorch's program: its numbers must be the case's, and its comments what PyTorch answered."""
    try:
        statements = ast.parse(program).body
    except SyntaxError as error:
        return f"it is not Python: {error}"
    made = {it.targets[0].id: it.value for it in statements if isinstance(it, ast.Assign)}
    called = made.pop("loss")
    # What offers no reduction returns the outputs beside their mean.
    called = called.value if isinstance(called, ast.Attribute) else called
    # A function takes the arguments with the inputs.
    criterion = made.pop("criterion", called)
    if ast.unparse(criterion.func).split(".")[-1] != case["loss"].split(".")[-1]:
        return f"it makes {ast.unparse(criterion.func)}"
    layers = made.pop("layers", ast.Dict([], []))
    layers = {it.value.replace(".", "_"): tensor for it, tensor in zip(layers.keys, layers.values)}
    inputs = {name.replace(".", "_"): it for name, it in case["inputs"].items()}
    parameters = list(inspect.signature(call).parameters.values())
    order = [it.name for it in parameters if it.name in made]
    if [it.id for it in called.args] != order or list(made) != order or made.keys() | layers.keys() != inputs.keys():
        return f"it calls {ast.unparse(called)}"
    for name, expression in (made | layers).items():
        if not same(value(expression), np.asarray(read(inputs[name]))):
            return f"its {name} is {ast.unparse(expression)[:80]}"
    given = {it.arg: value(it.value) for it in criterion.keywords}
    defaults = {it.name: it.default for it in parameters if it.name not in inputs and it.default is not it.empty}
    want = defaults | {name: read(it) for name, it in case["args"].items()}
    for name, it in want.items():
        found = given.get(name, defaults.get(name))
        # A list of sizes is a tensor to the bench.
        if not same(np.asarray(found), np.asarray(it)) if isinstance(found, list) else not same(found, it):
            return f"its {name} is {found}, not {it}"
    if not given.keys() <= want.keys():
        return f"it gives {list(given)}"
    if answer is None:
        return None
    for printed, said in comments(program):
        name = printed.removesuffix(".grad")
        if name in answer["grads"]:
            right = says(said, read(answer["grads"][name]), rounded)
        elif name in order and not isinstance(case["inputs"][name], dict):
            # Recorded with a bare number, which has no gradient; a bench has a tensor there.
            continue
        else:
            right = says(said, read(answer["output"]), tolerance)
        if not right:
            return f"it says that {printed} is {said}"
    return None


def check_programs(programs, cases, calls, read, agree, scale):
    """Complaints about all programs. `calls` has the function by hand of every loss; no case of theirs is left out."""
    # The recorded calls of losses with layers say sizes that a bench takes from its numbers: of these the worked example alone.
    layered = {it["case"]["loss"] for it in programs if "load_state_dict" in it["torch"]}
    answers = {it["id"]: it for it in cases if it["loss"] in calls.keys() - layered and "error" not in it}
    left = collections.Counter(answers.keys()) - collections.Counter(it["id"] for it in programs)
    wrong = [f"{answers[it]['loss']} {it} has no program" for it in left]
    options = collections.defaultdict(set)
    for program in programs:
        case, answer = program["case"], answers.get(program["id"])
        loss, case = case["loss"], answer or case
        options[loss] |= case["args"].keys()
        size = scale({name: read(it) for name, it in case["inputs"].items()})

        def tolerance(got, want):
            return agree(got, want, size)

        want = answer and read(answer["output"])
        for name, why in (
            ("by hand", check_numpy(program["numpy"], want, tolerance)),
            ("for PyTorch", check_torch(program["torch"], case, calls[loss], answer, read, tolerance)),
        ):
            if why:
                wrong.append(f"{loss} {program['id']}: the program {name}: {why}")
    for loss, call in calls.items():
        if loss in layered:
            continue
        optional = {it.name for it in inspect.signature(call).parameters.values() if it.default is not it.empty}
        wrong += [f"{loss}: no program has {it}" for it in sorted(optional - options[loss])]
    print(f"{len(programs)} states as programs for NumPy and PyTorch: {len(wrong)} wrong")
    return wrong


def check_itself(agree):
    """A check that cannot fail would say nothing."""

    def near(got, want):
        return agree(got, want, 1)

    assert numbers("[1.5, -2e-05, inf], x1 3.") == [1.5, -2e-05, np.inf, 3.0] and np.isnan(numbers("nan"))
    assert says("1.5, 2.0, …", [1.5, 2, 3], near) and not says("1.5, 2.0", [1.5, 2, 3], near)
    assert not says("1.5, 2.1, …", [1.5, 2, 3], near) and not says("1.5, …", [1.5], near)
    assert check_numpy("loss = 1.5\nprint(loss)\n# 1.5", np.array(1.5), near) is None
    for program, want in (("loss = 1.5\nprint(loss)\n# 1.6", 1.5), ("loss = 1.5\nprint(loss)\n# 1.5", 1.6), ("print(x)\n# 1", 1.0), ("loss = 1.5", 1.5)):
        assert check_numpy(program, np.array(want), near), program

    def by_hand(input, target, delta=1.0):
        return input

    tensor = {"shape": [1], "data": [1.5]}
    case = {"loss": "HuberLoss", "args": {"delta": 2.0}, "inputs": {"input": tensor, "target": tensor}}
    answer = {"output": {"shape": [], "data": [0.0]}, "grads": {"input": {"shape": [1], "data": [0.25]}}}
    good = "\n".join((
        "input = torch.tensor([1.5])",
        "target = torch.tensor([1.5])",
        "criterion = torch.nn.HuberLoss(delta=2.0)",
        "loss = criterion(input, target)",
        "print(loss.item())",
        "# 0.0",
        "print(input.grad)",
        "# 0.2500",
    ))

    def read(it):
        return np.array(it["data"]).reshape(it["shape"]) if isinstance(it, dict) else it

    def complaint(program):
        return check_torch(program, case, by_hand, answer, read, near)

    assert complaint(good) is None, complaint(good)
    for old, new in (
        ("delta=2.0", "delta=2.5"), ("delta=2.0", ""), ("HuberLoss", "L1Loss"), ("# 0.0", "# 0.1"), ("0.2500", "0.2600"),
        ("[1.5]", "[1.6]"), ("[1.5]", "1.5"), ("[1.5])", "[1.5], dtype=torch.float32)"), ("input, target", "target, input"), ("loss =", "loss = ="),
    ):
        assert complaint(good.replace(old, new, 1)), new
