// What stands before every page: whether a post comes from our own pages.
import { randomBytes } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import type { Env } from "./env.server";

/** A path as the log may hold it: what stands in an address as a secret (slips, calendars) is left out. */
export const loggedPath = (path: string): string => path.replace(/^\/(join|calendar|letter)\/.*/, "/$1/…");

export const freshNonce = (): string => randomBytes(16).toString("base64");

/**
 * Refuses what another site makes a browser send. A post must say where it comes from (Origin, else Sec-Fetch-Site),
 * and that must be us; browsers send at least one of them with every post, and pages cannot forge them.
 */
export function isOurOwn(
  method: string,
  headers: { origin?: string | undefined; host?: string | undefined; site?: string | undefined },
  publicOrigin?: string,
): boolean {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return true;
  if (headers.origin !== undefined) {
    if (headers.origin === publicOrigin) return true;
    if (!URL.canParse(headers.origin)) return false;
    return publicOrigin === undefined && new URL(headers.origin).host === headers.host;
  }
  return headers.site === "same-origin";
}

/**
 * A mail program stops the mails for its reader without any page of ours, and names no place it comes from: the address
 * itself is the secret that lets it. Whoever names another place is refused as everywhere.
 */
export const isAMailProgram = (path: string, origin: string | undefined): boolean => path.startsWith("/letter/") && origin === undefined;

/** What a form may weigh: words little, photos as much as six of them do. */
const heaviest = { words: 1024 * 1024, photos: 96 * 1024 * 1024 };

/** Why a post is not read at all, if so: browsers say how long a form is before they send it. */
export function tooHeavy(method: string, headers: { length?: string | undefined; type?: string | undefined }): boolean {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return false;
  const length = Number(headers.length ?? Number.NaN);
  return !(length <= (headers.type?.startsWith("multipart/form-data") ? heaviest.photos : heaviest.words));
}

export const guard = (env: Env) => (request: Request, response: Response, next: NextFunction) => {
  const { origin, host } = request.headers;
  // Addresses no browser makes: there is no page to send anybody back to.
  if (!request.url.startsWith("/") || !URL.canParse(`http://${host}${request.url}`)) return response.status(400).type("text").send("400");
  const site = request.headers["sec-fetch-site"];
  const own = isOurOwn(request.method, { origin, host, site: Array.isArray(site) ? undefined : site }, env.ORIGIN);
  if (!own && !isAMailProgram(request.path, origin)) return response.redirect(303, "/refused?code=crossSite");
  if (!tooHeavy(request.method, { length: request.headers["content-length"], type: request.headers["content-type"] })) return next();
  // The rest of it is not waited for.
  response.set("Connection", "close").redirect(303, "/refused?code=tooLarge");
};
