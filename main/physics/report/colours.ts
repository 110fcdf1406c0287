/** The colours of pictures in reports. */
export type Rgb = readonly [number, number, number];

/** Turbo by its published polynomial (Mikhailov 2019), as the window paints fields by default. @param place 0..1 */
export function turbo(place: number): Rgb {
  const x = 0.04 + 0.92 * Math.max(0, Math.min(1, place));
  const at = (c: readonly number[]): number =>
    Math.max(
      0,
      Math.min(
        1,
        c.reduceRight((sum, coefficient) => sum * x + coefficient, 0),
      ),
    );
  return [
    at([0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943]),
    at([0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604]),
    at([0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973]),
  ];
}

/** A scale as a CSS gradient, lowest value at the left. */
export function gradientCss(steps = 16): string {
  const stops = Array.from({ length: steps + 1 }, (_, i) => {
    const [red, green, blue] = turbo(i / steps).map((channel) => Math.round(255 * channel));
    return `rgb(${red},${green},${blue}) ${((100 * i) / steps).toFixed(1)}%`;
  });
  return `linear-gradient(90deg,${stops.join(',')})`;
}
