// The secret half of an invitation: made here, put on paper, and kept nowhere.
import { secretToken, tokenHash } from "../data/sessions.server";
import { type Qr, qrOf } from "./qr.server";

export type Slip = { link: string; tokenHash: string; code: Qr };

/** A fresh token as a link and as the path of its QR code, one unit a module. */
export function makeSlip(origin: string): Slip {
  const token = secretToken();
  const link = `${origin}/join/${token}`;
  return { link, tokenHash: tokenHash(token), code: qrOf(link) };
}
