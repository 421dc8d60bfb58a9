#!/usr/bin/env python3
"""Makes public/fonts/ from the published fonts: fewer letters, fewer axes, woff2, licences beside them.

The results are committed, so nothing else needs this script; run it (about a minute) after changing the
letters below:

    python3 -m venv .tools/fonts
    .tools/fonts/bin/pip install fonttools==4.68.0 brotli==1.2.1
    .tools/fonts/bin/python scripts/fonts.py

It needs npm to fetch the sources. The first visit may download 110 kB of fonts in all (scripts/size).
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "public" / "fonts"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
LATIN = "".join(map(chr, range(0xA0, 0x100)))
PUNCTUATION = "–—‘’“”‹›…‖"
OPERATORS = "·×÷−±≤≥≠≈∞→←↑↓↔√∂"
FRACTIONS = "½¼¾"
GREEK = "αβγδεηθκλμπρσστφψΔΣ"
LETTERS = "ℓŷŶ"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿˣ⁻"
MARKS = "▶◆●○◇↩↪☀☼✓⚠"

TEXT = ASCII + LATIN + PUNCTUATION + OPERATORS + FRACTIONS + GREEK + LETTERS + SUBSCRIPTS + SUPERSCRIPTS + MARKS
# Numbers and code: no accented prose. What the published Latin file lacks (Greek, arrows) falls back to Inter.
CODE = ASCII + "«»°²³µ¹¼½¾" + PUNCTUATION + OPERATORS + SUBSCRIPTS + SUPERSCRIPTS

# Bold small letters, italic letters, italic small Greek with the variants of theta, phi and epsilon.
MATH_LATIN = "".join(map(chr, range(0x1D41A, 0x1D468))) + "ℎ"
MATH_GREEK = "".join(map(chr, range(0x1D6FC, 0x1D71C)))
MATH_SIGNS = "∑∏∇∈∉∀∅∥∣‖⟨⟩⌈⌉⌊⌋⋅∘∗∼≡≪≫∝⇒⊙⊤⋯⋮′^ˆ˜¯⏞⏟ℝ𝔼𝟙\u2061\u2062\u2063\u0302\u0304"
MATH = (
    ASCII + "\u00a0" + PUNCTUATION + OPERATORS + "½" + GREEK + "ΓΘΛΠΦΩ" + LETTERS + MATH_LATIN + MATH_GREEK + MATH_SIGNS
)

# package, file inside it, licence inside it, name here, axes kept (None: a static font), characters, features
FONTS = [
    ("source-serif@4.5.1", "VAR/SourceSerif4Variable-Roman.ttf", "LICENSE.md", "source-serif-4",
     {"wght": (400, 700), "opsz": 20}, TEXT, ["kern", "liga", "mark", "ccmp"]),
    ("inter-ui@4.1.1", "variable/InterVariable.woff2", "LICENSE.txt", "inter",
     {"wght": (400, 700), "opsz": 14}, TEXT, ["kern", "ccmp", "mark", "tnum", "calt"]),
    ("@fontsource-variable/jetbrains-mono@5.3.0", "files/jetbrains-mono-latin-wght-normal.woff2", "LICENSE",
     "jetbrains-mono", {"wght": (400, 700)}, CODE, ["ccmp", "zero"]),
    ("@fontsource/stix-two-math@5.3.0", "files/stix-two-math-latin-400-normal.woff2", "LICENSE",
     "stix-two-math", None, MATH, ["ssty", "ccmp", "mark", "mkmk"]),
]


def fetch(package: str, into: Path) -> Path:
    """Downloads and unpacks one npm package and returns its folder."""
    into.mkdir(parents=True)
    archive = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=into, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    shutil.unpack_archive(into / archive, into)
    return into / "package"


def shrink(source: Path, axes: dict | None, text: str, features: list[str], out: Path) -> int:
    """Writes the subset of `source` that `text` needs to `out` and returns its size in bytes."""
    font = TTFont(source)
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names, copyright and licence stay in the file
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    if axes:
        font = instancer.instantiateVariableFont(font, axes)
    font.flavor = "woff2"
    font.save(out)
    return out.stat().st_size


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    total = 0
    with tempfile.TemporaryDirectory() as scratch:
        for package, file, licence, name, axes, text, features in FONTS:
            folder = fetch(package, Path(scratch) / name)
            size = shrink(folder / file, axes, text, features, OUT / f"{name}.woff2")
            shutil.copyfile(folder / licence, OUT / f"{name}-LICENSE.txt")
            total += size
            print(f"{name:16} {size:7,} bytes")
    print(f"{'in all':16} {total:7,} bytes")


if __name__ == "__main__":
    main()
