// A name drawn with a finger: strokes of points x, y, x, y … on a sheet of 600 × 200.

export const ink = { width: 600, height: 200, line: 7, points: 1000, strokes: 200 } as const;

/** The strokes as the path of an SVG. A stroke of one point is a dot: a line to itself, which round ends make visible. */
export function inkPath(strokes: readonly (readonly number[])[]): string {
  return strokes
    .map((stroke) => {
      const points: string[] = [];
      for (let n = 0; n + 1 < stroke.length; n += 2) points.push(`${stroke[n]} ${stroke[n + 1]}`);
      return points.length === 0 ? "" : `M${points.length === 1 ? [...points, ...points].join("L") : points.join("L")}`;
    })
    .join("");
}
