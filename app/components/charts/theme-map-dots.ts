import { dotLooks, type PackedMap } from "./theme-map-pack";

/** The map with some of its dots gathered: they are drawn as chosen, all others as outside. */
export function gather(map: PackedMap, dots: ReadonlySet<number>): PackedMap {
  const [chosen, outside] = [dotLooks.indexOf("chosen"), dotLooks.indexOf("outside")];
  const looks = [...map.looks].map((_, dot) => (dots.has(dot) ? chosen : outside)).join("");
  return { ...map, looks };
}

/** The dots inside a loop, whose last corner joins its first (a ray to the right crosses its sides an odd number of times). */
export function dotsInside(map: PackedMap, loop: readonly (readonly [number, number])[]): Set<number> {
  const inside = new Set<number>();
  if (loop.length < 3) return inside;
  for (let dot = 0; dot < map.looks.length; dot++) {
    const [x, y] = [(map.at[dot * 2] ?? 0) / 10, (map.at[dot * 2 + 1] ?? 0) / 10];
    let crossed = false;
    loop.forEach(([ax, ay], at) => {
      const [bx, by] = loop[(at + 1) % loop.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) crossed = !crossed;
    });
    if (crossed) inside.add(dot);
  }
  return inside;
}
