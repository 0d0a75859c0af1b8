// A text as a square to point a phone at.
import qrcode from "qrcode-generator";

/** The dark modules as one path, one unit a module; `size` modules a side. */
export type Qr = { path: string; size: number };

export function qrOf(text: string): Qr {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (code.isDark(y, x)) path += `M${x} ${y}h1v1h-1z`;
  return { path, size };
}
