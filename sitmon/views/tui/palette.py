"""The colours of the desk, by what they mean: one table a theme, handed to Textual's stylesheet and to our own lines.

The structural greys have almost no hue, because a terminal of 256 colours would turn a slate blue into teal; the
holders' colours differ for protanopes, deuteranopes and tritanopes alike; no colour is ever the only sign.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Final

from rich.style import Style
from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """What every colour is for. All are "#rrggbb"."""

    name: str
    dark: bool
    bg: str
    """Behind everything."""
    raised: str
    """Top bar and footer."""
    selected: str
    """The row under the cursor."""
    line: str
    """Borders and rules."""
    fg: str
    dim: str
    """Second words: capitals, bases, sources."""
    faint: str
    """Only what is said elsewhere too: acknowledged alerts, empty bars."""
    accent: str
    """Focus, keys, links."""
    insurgent: str
    contested: str
    government: str
    unknown: str
    severe: str
    """The signs of the gravest alerts."""
    caution: str
    """Lesser alerts, claims, stale feeds."""
    good: str
    on_accent: str
    """Text on a coloured ground."""
    tile_insurgent: str
    tile_contested: str
    tile_government: str
    tile_unknown: str

    @property
    def says(self) -> str:
        """The theme's name as an officer reads it."""
        short = self.name.removeprefix("sitmon-")
        return _SAYS.get(short, short)


DARK: Final = Palette(
    name="sitmon-dark",
    dark=True,
    bg="#0f1113",
    raised="#1b1e22",
    selected="#2b3139",
    line="#343a42",
    fg="#dbe0e6",
    dim="#8d959f",
    faint="#5b626b",
    accent="#7aa7ff",
    insurgent="#e9794a",
    contested="#f0d94a",
    government="#56b4e9",
    unknown="#8b98a6",
    severe="#ff7d96",
    caution="#ffc46b",
    good="#59c9a5",
    on_accent="#0f1113",
    tile_insurgent="#4a2415",
    tile_contested="#4a4310",
    tile_government="#10303f",
    tile_unknown="#2a2e33",
)
LIGHT: Final = Palette(
    name="sitmon-light",
    dark=False,
    bg="#fbfaf7",
    raised="#efede8",
    selected="#dbe6f7",
    line="#c9c5bc",
    fg="#20262e",
    dim="#5d6773",
    faint="#8f959c",
    accent="#1f5fc4",
    insurgent="#8c1d18",
    contested="#8a6d00",
    government="#0f6ca6",
    unknown="#6b747d",
    severe="#a3007a",
    caution="#8f5200",
    good="#147a55",
    on_accent="#ffffff",
    tile_insurgent="#f6cdb8",
    tile_contested="#f3e8a4",
    tile_government="#c8e3f4",
    tile_unknown="#e0dfda",
)
CONTRAST: Final = Palette(
    name="sitmon-contrast",
    dark=True,
    bg="#000000",
    raised="#1c1c1c",
    selected="#3a3a3a",
    line="#8a8a8a",
    fg="#ffffff",
    dim="#d0d0d0",
    faint="#9e9e9e",
    accent="#87d7ff",
    insurgent="#ff8700",
    contested="#ffff5f",
    government="#5fd7ff",
    unknown="#b4b4b4",
    severe="#ff87af",
    caution="#ffd75f",
    good="#5fffaf",
    on_accent="#000000",
    tile_insurgent="#5f2f00",
    tile_contested="#4f4f00",
    tile_government="#003f5f",
    tile_unknown="#303030",
)
SAFE: Final = Palette(
    name="sitmon-safe",
    dark=True,
    bg="#0c0d0f",
    raised="#1d1e20",
    selected="#323437",
    line="#4a4c50",
    fg="#e8e8e8",
    dim="#a6a8ab",
    faint="#77797c",
    accent="#9ecbff",
    insurgent="#e66100",
    contested="#fff3a0",
    government="#3d9dff",
    unknown="#9a9a9a",
    severe="#ff9ecb",
    caution="#ffd27a",
    good="#d7ecff",
    on_accent="#0c0d0f",
    tile_insurgent="#5a2600",
    tile_contested="#55501f",
    tile_government="#07294f",
    tile_unknown="#2c2d2f",
)
"""Orange, pale yellow and blue only, each of another lightness: told apart without red and green, and in grey."""
PALETTES: Final = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, SAFE)}
_SAYS: Final = {"contrast": "high contrast", "safe": "safe for colour-blind eyes"}


@lru_cache(maxsize=1024)
def style(
    fg: str, bg: str, *, bold: bool = False, italic: bool = False, underline: bool = False, reverse: bool = False
) -> Style:
    """Return the style of these colours; the ground is always stated, or the line would have holes."""
    return Style(color=fg, bgcolor=bg, bold=bold, italic=italic, underline=underline, reverse=reverse)


def theme(palette: Palette) -> Theme:
    """Return a palette as a Textual theme; its names stand in the stylesheet as `$desk-fg`, `$desk-line`, ..."""
    colours = {f"desk-{key}": value for key, value in asdict(palette).items() if isinstance(value, str)}
    del colours["desk-name"]
    return Theme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.dim,
        accent=palette.accent,
        foreground=palette.fg,
        background=palette.bg,
        surface=palette.bg,
        panel=palette.raised,
        warning=palette.caution,
        error=palette.severe,
        success=palette.good,
        dark=palette.dark,
        variables={
            **{key.replace("_", "-"): value for key, value in colours.items()},
            "scrollbar": palette.line,
            "scrollbar-hover": palette.dim,
            "scrollbar-active": palette.accent,
            "scrollbar-background": palette.bg,
            "scrollbar-background-hover": palette.bg,
            "scrollbar-background-active": palette.bg,
            "scrollbar-corner-color": palette.bg,
            "block-cursor-background": palette.accent,
            "block-cursor-foreground": palette.on_accent,
            "input-cursor-background": palette.fg,
            "input-cursor-foreground": palette.bg,
            "border": palette.line,
            "border-blurred": palette.line,
        },
    )
