"""Pictures for the demo, drawn by code: a stylised Kumla in which nobody lives and nothing is copied."""

import math
from collections.abc import Callable

from .canvas import HEIGHT, HORIZON, IRON, PAINTS, PAPER, WARM, WIDTH, WOOD, Scene, mix


def draw_scene(kind: str, seed: int, dark: bool, *, mended: bool = False) -> bytes:
    """A JPEG of 1200 × 900, the same for the same arguments.

    `kind` is the value of a theme; anything else is drawn as `ovrigt`. `mended` shows the same place after the work:
    the lamp shines, the bush is cut, the wall is clean.
    """
    scene = Scene(seed, dark, mended)
    SCENES.get(kind, puddle)(scene)
    return scene.jpeg()


def street(scene: Scene) -> None:
    """A street at dusk with one lamp out."""
    scene.houses()
    scene.path(80, 1120, colour=(112, 114, 120))
    for step in range(7):
        s = (step / 7) ** 2
        y = HORIZON + 24 + (HEIGHT - HORIZON) * s
        low = y + 60 * s + 6
        stripe = [(596 - 12 * s, y), (604 + 12 * s, y), (606 + 16 * s, low), (594 - 16 * s, low)]
        scene.area(stripe, scene.tint((210, 208, 200)))
    out = scene.dice.choice([1, 2])
    places = [(655, 470, 130), (735, 540, 235), (880, 690, 430), (520, 490, 165), (405, 600, 320)]
    for n, (x, foot, height) in enumerate(places):
        scene.lamp(x, foot, height, scene.mended or n != out)


def overgrown(scene: Scene) -> None:
    """A bush that hides the path and a lamp."""
    scene.houses(5)
    scene.path(330, 900)
    scene.lamp(860, 640, 400, True)
    scene.tree(130, 560, 300)
    width, height = (110, 70) if scene.mended else (290, 230)
    for x in (860, 1040):
        scene.leaves(x, 800 - height * 0.8, width, height)
    if not scene.mended:
        scene.leaves(690, 720, 150, 110)


def square(scene: Scene) -> None:
    """An empty square with a kiosk and bicycle stands."""
    scene.houses(6)
    scene.box(0, 450, WIDTH, HEIGHT, scene.tint((164, 160, 154)))
    for n in range(-12, 13):
        scene.line([(600 + n * 60, 450), (600 + n * 230, HEIGHT)], scene.tint((142, 138, 134)), 2)
    for n in range(9):
        y = 450 + 450 * (n / 9) ** 1.7
        scene.line([(0, y), (WIDTH, y)], scene.tint((142, 138, 134)), 2)
    kiosk = scene.tint((60, 112, 112))
    scene.box(690, 330, 300, 250, kiosk, 6)
    scene.area([(665, 340), (710, 285), (970, 285), (1015, 340)], mix(kiosk, (0, 0, 0), 0.35))
    scene.box(720, 380, 240, 90, WARM if scene.dark else scene.tint((190, 210, 214)), 4)
    if scene.dark:
        scene.shine(840, 425, 130, 0.35, 60)
    for n in range(5):
        x = 150 + n * 85
        scene.line([(x, 700), (x, 620), (x + 20, 600), (x + 40, 620), (x + 40, 700)], scene.tint(IRON), 7)
    scene.lamp(560, 600, 330, True)


def crossing(scene: Scene) -> None:
    """A zebra crossing and a speed sign."""
    scene.houses()
    scene.path(-240, 1440, colour=(104, 106, 112))
    for n in range(7):
        x = 130 + n * 140
        scene.area([(x + 40, 640), (x + 110, 640), (x + 100, 780), (x - 5, 780)], scene.tint((232, 230, 224)))
    scene.line([(985, 690), (985, 390)], scene.tint(IRON), 9)
    scene.disc(985, 370, 62, scene.tint((200, 48, 52)))
    scene.disc(985, 370, 46, scene.tint((246, 214, 70)))
    for dx in (-18, 14):
        scene.line([(985 + dx, 352), (985 + dx, 388)], scene.tint((30, 30, 34)), 9)
    scene.lamp(250, 600, 340, True)
    for x in (552, 596):
        scene.disc(x, 492, 7, (255, 246, 220))
        if scene.dark:
            scene.shine(x, 492, 60, 0.7)


def worn_bench(scene: Scene) -> None:
    """A bench that has lost two of its boards, beside a hole in the path."""
    scene.houses(5)
    scene.path(60, 760, far=540)
    scene.tree(1040, 600, 330)
    scene.bench(640, 760, 420, broken=not scene.mended)
    if not scene.mended:
        scene.disc(400, 800, 120, scene.tint((92, 84, 78)), 26)
        scene.disc(404, 806, 96, scene.tint((66, 60, 58)), 18)
    scene.lamp(300, 560, 250, True)


def painted_wall(scene: Scene) -> None:
    """A brick wall with tags that mean nothing."""
    scene.houses(3)
    brick = scene.tint((176, 102, 82))
    scene.box(0, 250, WIDTH, 470, mix(brick, (0, 0, 0), 0.25))
    for row in range(15):
        for column in range(-1, 16):
            shade = mix(brick, (255, 220, 190), scene.dice.uniform(0, 0.14))
            scene.box(column * 82 + (row % 2) * 41, 254 + row * 31, 78, 27, shade, 3)
    scene.box(0, 232, WIDTH, 26, scene.tint((150, 146, 142)))
    scene.box(0, 720, WIDTH, 200, scene.tint((132, 130, 128)))
    if not scene.mended:
        for n in range(4):
            paint, x, y = scene.tint(PAINTS[n]), 130 + n * 250, scene.dice.uniform(420, 540)
            high, fast = scene.dice.uniform(70, 100), 0.7 + n * 0.2
            steps = [t / 8 for t in range(130)]
            points = [(x + t * 12 + 44 * math.sin(t * 1.1 + n), y + high * math.sin(t * fast)) for t in steps]
            scene.line(points, paint, 17)
            scene.line([(x + 20, y + 120), (x + 190, y + 100)], paint, 9)
    scene.lamp(1080, 740, 560, True)


def full_bin(scene: Scene) -> None:
    """A litter bin that nobody has emptied."""
    scene.houses(5)
    scene.path(420, 1180, far=700)
    scene.tree(960, 560, 280)
    green = scene.tint((52, 96, 76))
    scene.area([(330, 470), (570, 470), (545, 790), (355, 790)], green)
    for n in range(6):
        scene.line([(356 + n * 38, 490), (368 + n * 33, 775)], mix(green, (0, 0, 0), 0.25), 5)
    if not scene.mended:
        for n in range(26):
            heap = n < 14
            x = scene.dice.uniform(345, 555) if heap else scene.dice.uniform(180, 780)
            y = scene.dice.uniform(400, 470) if heap else scene.dice.uniform(790, 860)
            r, turn = scene.dice.uniform(16, 34), scene.dice.uniform(0, math.tau)
            corners = [(x + r * math.cos(turn + k * 1.4), y + r * 0.8 * math.sin(turn + k * 1.4)) for k in range(5)]
            scene.area(corners, scene.tint(scene.dice.choice([PAPER, (206, 92, 74), (96, 146, 176), (222, 190, 120)])))
    scene.box(316, 458, 268, 26, mix(green, (0, 0, 0), 0.3), 8)
    scene.lamp(800, 560, 300, True)


def stairs(scene: Scene) -> None:
    """Stairs with no way around them, until there is a ramp."""
    scene.houses(4)
    stone = scene.tint((178, 174, 168))
    scene.box(0, 470, WIDTH, 80, scene.tint((130, 150, 98)))
    for n in range(7):
        y, spread = 520 + n * 46, n * 22
        scene.box(330 - spread, y, 440 + 2 * spread, 48, mix(stone, (0, 0, 0), 0.1 + 0.03 * n))
        scene.box(330 - spread, y, 440 + 2 * spread, 17, mix(stone, (255, 255, 255), 0.15))
    scene.box(0, 842, WIDTH, 60, scene.tint((140, 138, 136)))
    if scene.mended:
        scene.area([(790, 520), (900, 520), (1180, 842), (960, 842)], mix(stone, (255, 255, 255), 0.25))
        scene.line([(906, 440), (1186, 760)], scene.tint(IRON), 8)
    scene.line([(322, 440), (190, 752)], scene.tint(IRON), 8)
    for x, y in ((322, 440), (256, 596), (190, 752)):
        scene.line([(x, y), (x, y + 90)], scene.tint(IRON), 7)
    scene.lamp(250, 520, 330, True)


def corner(scene: Scene) -> None:
    """A place behind a shed where things are left."""
    scene.houses(4)
    scene.path(500, 1250, far=760)
    shed = scene.tint((120, 86, 78))
    scene.box(60, 330, 430, 330, shed)
    scene.area([(30, 340), (70, 270), (480, 270), (520, 340)], mix(shed, (0, 0, 0), 0.4))
    for n in range(11):
        scene.line([(80 + n * 38, 345), (80 + n * 38, 655)], mix(shed, (0, 0, 0), 0.14), 3)
    scene.bench(540, 720, 300)
    if not scene.mended:
        for n in range(6):
            x, glass = 560 + n * 42, scene.tint(scene.dice.choice([(70, 120, 80), (126, 88, 50), (150, 170, 176)]))
            scene.box(x, 742, 17, 52, glass, 6)
            scene.box(x + 5, 722, 7, 26, glass, 2)
    scene.lamp(960, 640, 390, scene.mended)


def signpost(scene: Scene) -> None:
    """A signpost whose arms hang and have lost their words."""
    scene.houses(5)
    scene.path(180, 820, far=500)
    scene.tree(180, 570, 280)
    scene.line([(760, 800), (760, 300)], scene.tint(IRON), 13)
    blue, fade = scene.tint((44, 92, 150)), scene.tint((176, 184, 186))
    for n, (way, hang) in enumerate(((1, 0), (-1, 26), (1, 62))):
        hang, y = (0 if scene.mended else hang), 330 + n * 84
        plate = blue if scene.mended or n == 0 else fade
        reach, end = 760 + way * 270, y + hang
        scene.area([(760, y), (reach, end), (reach + way * 34, end + 28), (reach, end + 56), (760, y + 56)], plate)
        if scene.mended or n == 0:
            scene.line([(760 + way * 50, y + 28), (760 + way * 220, y + 28 + hang * 0.8)], scene.tint(PAPER), 9)
    scene.lamp(430, 580, 290, True)


def good_bench(scene: Scene) -> None:
    """A good place: a bench, flowers, a tree and a lamp that shines."""
    scene.houses(6)
    scene.path(40, 620, far=520, colour=(186, 168, 142))
    scene.tree(1010, 610, 380)
    scene.tree(90, 540, 220)
    scene.lamp(620, 660, 410, True)
    scene.bench(700, 740, 360)
    for _ in range(120):
        x, y = scene.dice.uniform(660, 1180), scene.dice.uniform(780, 880)
        scene.line([(x, y), (x, y + 16)], scene.tint((70, 116, 70)), 3)
        flower = scene.dice.choice([*PAINTS[::2], PAPER, (190, 120, 190)])
        scene.disc(x, y, scene.dice.uniform(5, 9), scene.tint(flower))


def puddle(scene: Scene) -> None:
    """A path under water, beside a swing."""
    scene.houses(5)
    scene.path(120, 900, far=560)
    iron = scene.tint((178, 62, 58))
    for x in (860, 1100):
        scene.line([(x - 46, 700), (x, 400), (x + 46, 700)], iron, 11)
    scene.line([(860, 400), (1100, 400)], iron, 12)
    for x in (920, 1010):
        scene.line([(x, 400), (x, 620)], scene.tint(IRON), 3)
        scene.line([(x + 46, 400), (x + 46, 620)], scene.tint(IRON), 3)
        scene.box(x - 4, 616, 54, 12, scene.tint(WOOD), 3)
    if not scene.mended:
        water = (74, 92, 122) if scene.dark else (168, 196, 212)
        scene.disc(520, 770, 270, mix(water, (0, 0, 0), 0.12), 62)
        scene.disc(530, 774, 240, water, 48)
    scene.lamp(330, 600, 320, True)


SCENES: dict[str, Callable[[Scene], None]] = {
    "belysning": street,
    "vaxtlighet": overgrown,
    "kamera": square,
    "trafik": crossing,
    "skotsel": worn_bench,
    "klotter": painted_wall,
    "nedskrapning": full_bin,
    "tillganglighet": stairs,
    "ordning": corner,
    "skyltning": signpost,
    "trygg_plats": good_bench,
    "ovrigt": puddle,
}
