"""Runs the lessons' NumPy code: against the recorded cases of PyTorch, and as it stands on the pages.

usage: check.py SITE    SITE is a folder that `losslens site` has finished: <Loss>/lesson.html; and
                        programs.json in it is what `losslens programs` prints of the recorded cases
"""

import ast
import gzip
import html.parser
import json
import pathlib
import subprocess
import sys
import types
import warnings

import numpy as np

import programs

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = ROOT / "src/lessons/numpy"
CASES = ROOT / "tests/reference/cases.json.gz"


def function(loss):
    """The one function that the file of a loss defines."""
    names = {}
    file = CODE / f"{loss}.py"
    exec(compile(file.read_text(), str(file), "exec"), names)
    (found,) = (it for it in names.values() if isinstance(it, types.FunctionType))
    return found


def read(json_value):
    """A value of a case: a tensor, or a plain argument."""
    if isinstance(json_value, dict):
        numbers = [float(it) if isinstance(it, str) else it for it in json_value["data"]]
        return np.array(numbers, json_value.get("dtype", "float64")).reshape(json_value["shape"])
    if json_value in ("NaN", "Infinity", "-Infinity"):
        return float(json_value)
    return json_value


def agree(got, want, scale):
    """The tolerance of tests/reference/README.md, the same as in tests/pytorch.rs."""
    got, want = np.asarray(got), np.asarray(want)
    if got.shape != want.shape:
        return False
    with np.errstate(all="ignore"):
        near = np.abs(got - want) <= 1e-12 * np.abs(want) + 1e-14 * min(max(1, scale), 1e6)
    return bool(np.all(near | (got == want) | (np.isnan(got) & np.isnan(want))))


def scale(inputs):
    """The largest finite magnitude among the inputs that are tensors."""
    numbers = np.concatenate([[0], *(it.ravel() for it in inputs.values() if isinstance(it, np.ndarray))])
    return np.abs(numbers[np.isfinite(numbers)]).max()


def complaint(call, case):
    """What is wrong with the answer to a case, or None."""
    inputs = {name: read(it) for name, it in case["inputs"].items()}
    args = {name: read(it) for name, it in case["args"].items()}
    want = read(case["output"])
    try:
        got = call(**inputs, **args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if agree(got, want, scale(inputs)):
        return None
    return f"{np.ravel(got)[:4]} of shape {np.shape(got)} for {np.ravel(want)[:4]} of shape {np.shape(want)}"


def check_cases(loss, cases):
    """Every recorded case of a loss that is no error; none is left out."""
    call = function(loss)
    with warnings.catch_warnings():
        # Extreme inputs overflow by design, and the mean of nothing is NaN.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = [(case, complaint(call, case)) for case in cases]
    wrong = [f"{loss} {case['id']} {case['tag']} {case['args']}: {why}" for case, why in found if why]
    print(f"{loss}: {len(cases) - len(wrong)} of {len(cases)} agree")
    return wrong if cases else [f"{loss} has no recorded case"]


class Blocks(html.parser.HTMLParser):
    """Collects the text of every <pre>."""

    def __init__(self, text):
        super().__init__()
        self.inside = False
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "pre":
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def check_page(loss, text):
    """The programs of a lesson, as they are printed: NumPy's is run, PyTorch's is read."""
    blocks = Blocks(text).found
    if len(blocks) != 2:
        return [f"{loss}: {len(blocks)} programs on the page, not 2"]
    by_hand, torch = blocks
    promised = by_hand.splitlines()[-1]
    if not promised.startswith("# "):
        return [f"{loss}: the program by hand does not say what it prints"]
    run = subprocess.run([sys.executable, "-W", "error", "-c", by_hand], capture_output=True, text=True)
    if run.returncode != 0:
        return [f"{loss}: the program by hand fails: {run.stderr}"]
    wrong = []
    if not agree(float(run.stdout), float(promised[2:]), 1):
        wrong.append(f"{loss}: the program by hand prints {run.stdout.strip()}, the page says {promised[2:]}")
    try:
        ast.parse(torch)
    except SyntaxError as error:
        wrong.append(f"{loss}: the program for PyTorch is not Python: {error}")
    return wrong


def check_itself():
    """A check that cannot fail would say nothing."""
    case = {"args": {}, "inputs": {"x": {"shape": [1], "data": [1.5]}}, "output": {"shape": [], "data": [1.5]}}
    assert complaint(lambda x: x[0], case) is None
    assert complaint(lambda x: x[0] * (1 + 1e-11), case) and complaint(lambda x: x, case)
    assert complaint(lambda x: x[0] * np.nan, case) and complaint(lambda: 1.5, case)
    page = "<pre><code>print(1 &lt; 2 and 1.5)\n<i># {}</i></code></pre><pre><code>{}</code></pre>"
    assert check_page("good", page.format("1.5", "x = 1")) == []
    assert check_page("another number", page.format("1.6", "x = 1"))
    assert check_page("no Python", page.format("1.5", "x = ")) and check_page("no program", "<p>1.5</p>")


def main():
    check_itself()
    programs.check_itself(agree)
    site = pathlib.Path(sys.argv[1])
    lessons = {it.parent.name: it.read_text() for it in sorted(site.glob("*/lesson.html"))}
    cases = json.loads(gzip.decompress(CASES.read_bytes()))["cases"]
    # Recorded calls of torchvision's functions have a mark in front.
    named = lambda case: case["loss"].removeprefix("tv.")
    wrong = []
    strangers = {it.stem for it in CODE.glob("*.py")} ^ set(lessons)
    if strangers or not lessons:
        sys.exit(f"a lesson without a file in {CODE}, or the other way round: {sorted(strangers)}")
    for loss, text in lessons.items():
        wrong += check_cases(loss, [it for it in cases if named(it) == loss and "error" not in it])
        wrong += check_page(loss, text)
    printed = json.loads((site / "programs.json").read_text())
    wrong += programs.check_programs(printed, cases, {it: function(it) for it in lessons}, read, agree, scale)
    if wrong:
        sys.exit(f"{len(wrong)} wrong:\n" + "\n".join(wrong[:40]))
    print(f"The {len(lessons)} programs on the pages print what they say")


if __name__ == "__main__":
    main()
