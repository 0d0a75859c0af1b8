// A code to point a phone at: black on white in every theme, with the quiet edge scanners need.
export function QrCode({ code, label }: { code: { path: string; size: number }; label: string }) {
  const side = code.size + 8;
  return (
    <svg viewBox={`-4 -4 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect x="-4" y="-4" width={side} height={side} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}
