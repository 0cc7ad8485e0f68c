"""Every theme: words can be read on their ground, and the holders are told apart by colour-blind eyes and in grey.

The simulation is that of Machado, Oliveira and Fernandes (2009), full severity, linear RGB; distances are CIE 1976.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sitmon.views.tui.palette import PALETTES, Palette

Vector = tuple[float, float, float]
SIGHT: dict[str, tuple[Vector, Vector, Vector]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Vector:
    values = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return r, g, b


def luminance(rgb: Vector) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: str) -> Vector:
    rgb = linear(colour)
    r, g, b = (max(0.0, min(1.0, sum(m * v for m, v in zip(row, rgb, strict=True)))) for row in SIGHT[sight])
    return r, g, b


def lab(rgb: Vector) -> Vector:
    r, g, b = rgb
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = luminance(rgb)
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, sight: str) -> float:
    a, b = lab(seen(one, sight)), lab(seen(other, sight))
    return float(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5)


def holders(palette: Palette) -> dict[str, str]:
    return {name: getattr(palette, name) for name in ("insurgent", "contested", "government", "unknown")}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda p: p.name)
def test_words_can_be_read(palette: Palette) -> None:
    for name in ("fg", "dim", "accent", "insurgent", "contested", "government", "unknown", "severe", "caution", "good"):
        assert contrast(getattr(palette, name), palette.bg) >= 4.3, name
        assert contrast(getattr(palette, name), palette.selected) >= 3, name
    for ground in ("accent", "severe", "caution"):
        assert contrast(palette.on_accent, getattr(palette, ground)) >= 4.5, ground
    for holder in holders(palette):
        assert contrast(palette.fg, getattr(palette, f"tile_{holder}")) >= 4.5, holder
        assert contrast(getattr(palette, holder), getattr(palette, f"tile_{holder}")) >= 3, holder


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda p: p.name)
def test_holders_are_told_apart_by_all_eyes(palette: Palette, sight: str) -> None:
    near = {
        (a, b): round(distance(x, y, sight))
        for (a, x), (b, y) in combinations(holders(palette).items(), 2)
        if distance(x, y, sight) < (30 if palette.name == "sitmon-safe" else 20)
    }
    assert near == {}


def test_the_safe_theme_differs_in_grey_too() -> None:
    levels = sorted(lab(linear(c))[0] for n, c in holders(PALETTES["sitmon-safe"]).items() if n != "unknown")
    assert min(b - a for a, b in pairwise(levels)) >= 3
