"""What the demo's pictures are drawn with: light, dusk, and the things that a small town is made of.

The second file that knows Pillow: `imaging` takes in what comes from outside, this one only draws.
"""

import math
import random
from collections.abc import Iterable
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 900
HORIZON = 430
# Drawn twice as large and shrunk, since Pillow's own edges are stairs.
SCALE = 2

Colour = tuple[int, int, int]
Points = Iterable[tuple[float, float]]

WARM: Colour = (255, 206, 130)
IRON: Colour = (58, 64, 70)
WOOD: Colour = (150, 104, 66)
PAPER: Colour = (238, 234, 222)
PAINTS: tuple[Colour, ...] = ((214, 60, 90), (60, 150, 200), (250, 190, 60), (120, 190, 110))


def mix(a: Colour, b: Colour, share: float) -> Colour:
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


class Scene:
    """A canvas with daylight or dusk, and the things that a small town is made of. Units: pixels of the result."""

    def __init__(self, seed: int, dark: bool, mended: bool) -> None:
        self.dice = random.Random(seed)
        self.dark, self.mended = dark, mended
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.pen = ImageDraw.Draw(self.image)
        self.glow = Image.new("RGB", (WIDTH // 4, HEIGHT // 4))
        self.light = ImageDraw.Draw(self.glow)
        autumn = self.dice.random()
        self.grass = self.tint(mix((112, 142, 84), (150, 142, 84), autumn))
        self.leaf = self.tint(mix((74, 118, 76), (186, 120, 58), autumn * 0.8))
        self.sky()

    def tint(self, colour: Colour) -> Colour:
        """A colour as it looks in this light."""
        return mix(mix(colour, (22, 34, 58), 0.66), (0, 0, 0), 0.1) if self.dark else colour

    def area(self, points: Points, colour: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=colour)

    def disc(self, x: float, y: float, rx: float, colour: Colour, ry: float | None = None) -> None:
        ry = rx if ry is None else ry
        self.pen.ellipse(((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE), fill=colour)

    def line(self, points: Points, colour: Colour, width: float) -> None:
        at = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(at, fill=colour, width=round(width * SCALE), joint="curve")
        for x, y in (at[0], at[-1]):
            r = width * SCALE / 2
            self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def shine(self, x: float, y: float, radius: float, strength: float = 1.0, ry: float | None = None) -> None:
        """Light that is laid over everything at the end."""
        colour = mix((0, 0, 0), WARM, strength)
        wide, high = radius / 4, (ry or radius) / 4
        self.light.ellipse((x / 4 - wide, y / 4 - high, x / 4 + wide, y / 4 + high), fill=colour)

    # --- Things

    def sky(self) -> None:
        top, low = ((20, 32, 56), (122, 104, 118)) if self.dark else ((126, 176, 206), (232, 236, 230))
        for row in range(HORIZON):
            self.box(0, row, WIDTH, 1, mix(top, low, (row / HORIZON) ** 1.4))
        if self.dark:
            for _ in range(40):
                x, y = self.dice.uniform(0, WIDTH), self.dice.uniform(0, 260)
                self.disc(x, y, self.dice.uniform(0.6, 1.6), (200, 205, 215))
        else:
            for _ in range(4):
                x, y = self.dice.uniform(0, WIDTH), self.dice.uniform(60, 230)
                for _ in range(6):
                    dx, dy = self.dice.uniform(-80, 80), self.dice.uniform(-12, 12)
                    self.disc(x + dx, y + dy, self.dice.uniform(30, 60), (240, 243, 243), 16)
        self.box(0, HORIZON, WIDTH, HEIGHT, self.grass)
        for step in range(24):
            y = HORIZON + (HEIGHT - HORIZON) * step / 24
            self.box(0, y, WIDTH, 30, mix(self.grass, (0, 0, 0), 0.16 * step / 24))

    def houses(self, most: int = 6) -> None:
        x = self.dice.uniform(-60, 0)
        for _ in range(most):
            width, height = self.dice.uniform(150, 260), self.dice.uniform(90, 170)
            wall = self.tint(self.dice.choice([(196, 112, 92), (226, 196, 142), (206, 206, 200), (170, 142, 120)]))
            top = HORIZON - height
            roof = mix(wall, (40, 36, 44), 0.55)
            self.area([(x - 10, top), (x + width / 2, top - 60), (x + width + 10, top)], roof)
            self.box(x, top, width, height + 6, wall)
            for row in range(int(height // 62)):
                for column in range(int(width // 52)):
                    lit = self.dark and self.dice.random() < 0.35
                    wx, wy = x + 18 + column * 52, top + 20 + row * 58
                    self.box(wx, wy, 24, 30, WARM if lit else mix(wall, (30, 44, 60), 0.6))
                    if lit:
                        self.shine(wx + 12, wy + 15, 26, 0.25)
            x += width + self.dice.uniform(20, 110)

    def tree(self, x: float, foot: float, size: float) -> None:
        bark = self.tint((104, 80, 62))
        top = foot - size
        self.area(
            [(x - size * 0.06, foot), (x - size * 0.03, top), (x + size * 0.03, top), (x + size * 0.06, foot)], bark
        )
        self.leaves(x, foot - size * 1.1, size * 0.55, size * 0.5)

    def leaves(self, x: float, y: float, rx: float, ry: float) -> None:
        for step in range(70):
            share = step / 70
            angle, far = self.dice.uniform(0, math.tau), math.sqrt(self.dice.random())
            dx, dy = math.cos(angle) * far * rx, math.sin(angle) * far * ry - share * ry * 0.2
            shade = mix(mix(self.leaf, (0, 0, 0), 0.35), mix(self.leaf, (255, 240, 190), 0.12), share)
            self.disc(x + dx, y + dy, min(rx, ry) * (0.34 - 0.16 * share), shade)

    def path(self, left: float = 260, right: float = 940, far: float = 600, colour: Colour = (150, 146, 142)) -> None:
        near = self.tint(colour)
        for step in range(40):
            a, b = step / 40, (step + 1) / 40
            edge = [(far - 26 + (left - far + 26) * s, HORIZON + (HEIGHT - HORIZON) * s) for s in (a, b)]
            other = [(far + 26 + (right - far - 26) * s, HORIZON + (HEIGHT - HORIZON) * s) for s in (b, a)]
            self.area([*edge, *other], mix(mix(near, self.tint((226, 222, 214)), 0.25), near, a))

    def lamp(self, x: float, foot: float, height: float, lit: bool) -> None:
        thick = height * 0.018 + 1
        iron = self.tint(IRON)
        self.line([(x, foot), (x, foot - height)], iron, thick)
        self.line([(x, foot - height), (x + height * 0.09, foot - height * 1.03)], iron, thick)
        hx, hy = x + height * 0.1, foot - height * 1.02
        lit = lit and self.dark
        self.disc(hx, hy, height * 0.045, WARM if lit else mix(iron, (120, 126, 132), 0.35), height * 0.026)
        if lit:
            self.shine(hx, foot, height * 0.6, 0.22, height * 0.12)
            self.shine(hx, hy + height * 0.22, height * 0.34, 0.2)
            self.shine(hx, hy, height * 0.13, 0.75)

    def bench(self, x: float, foot: float, size: float, broken: bool = False) -> None:
        wood, iron = self.tint(WOOD), self.tint(IRON)
        for dx in (0.12, 0.88):
            self.line([(x + size * dx, foot), (x + size * dx, foot - size * 0.5)], iron, size * 0.025)
        for row in range(5):
            y = foot - size * (0.5 - row * 0.065) + (size * 0.05 if row > 2 else 0)
            if broken and row in (1, 3):
                low = y + size * 0.045
                self.area([(x, y), (x + size * 0.42, y + 4), (x + size * 0.38, low), (x, low)], wood)
                continue
            self.box(x, y, size, size * 0.042, mix(wood, (255, 255, 255), 0.05 * (row % 2)), 4)

    def jpeg(self) -> bytes:
        picture = self.image.reduce(SCALE)
        if self.dark:
            soft = self.glow.filter(ImageFilter.GaussianBlur(9)).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
            picture = ImageChops.screen(picture, soft)
        out = BytesIO()
        picture.save(out, "JPEG", quality=85)
        return out.getvalue()
