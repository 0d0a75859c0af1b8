// The secret half of an invitation: made here, put on paper, and kept nowhere.
import qrcode from "qrcode-generator";
import { secretToken, tokenHash } from "../data/sessions.server";

export type Slip = { link: string; tokenHash: string; code: { path: string; size: number } };

/** A fresh token as a link and as the path of its QR code, one unit a module. */
export function makeSlip(origin: string): Slip {
  const token = secretToken();
  const link = `${origin}/join/${token}`;
  const code = qrcode(0, "M");
  code.addData(link);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (code.isDark(y, x)) path += `M${x} ${y}h1v1h-1z`;
  return { link, tokenHash: tokenHash(token), code: { path, size } };
}
