// The page of official papers, GB/T 9704-2012: A4, 22 lines of 28 characters. Every renderer takes its measures from here.
import sharp from "sharp";
import { ink, inkPath } from "../domain/ink";
import type { Paper } from "./paper";

/** Millimetres. The type area is what the margins leave: 156 × 225. */
export const page = { width: 210, height: 297, top: 37, right: 26, bottom: 35, left: 28, lines: 22, chars: 28 } as const;
export const area = { width: page.width - page.left - page.right, height: page.height - page.top - page.bottom } as const;
/** Points (size 2, size 3, size 4 of Chinese type). */
export const size = { title: 22, body: 16, small: 14, masthead: 30 } as const;
/** Where the red heading begins, and where the page number does below the type area: millimetres. */
export const mastheadTop = 35;
export const numberBelow = 7;
export const red = "B02A17";

/** The names of the standard's faces. They are named, never embedded: where they are missing, a free face stands in. */
export const faces = {
  "zh-CN": { title: "方正小标宋简体", body: "仿宋", hei: "黑体", kai: "楷体", song: "宋体" },
  en: { title: "Times New Roman", body: "Times New Roman", hei: "Times New Roman", kai: "Times New Roman", song: "Times New Roman" },
} as const;

const mm = 72 / 25.4;
/** How wide a title is, in Chinese characters, about. */
export const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/u.test(char) ? 1 : 0.55), 0);
/** The title; one too long for a line breaks behind its colon, where it has one. */
export const titleOf = ({ title }: Paper): string => (widthOf(title) * size.title > area.width * mm ? title.replace(": ", ":\n") : title);
/** The largest size, in points, at which the red heading stays on one line. */
export function mastheadSize(paper: Paper): number {
  const widths = Math.max(...titleOf(paper).split("\n").map(widthOf));
  return Math.max(size.title, Math.min(size.masthead, Math.floor((area.width * mm) / Math.max(1, widths))));
}

export const inkSvg = (strokes: readonly (readonly number[])[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${ink.width} ${ink.height}"><path d="${inkPath(strokes)}" fill="none" stroke="#000" stroke-width="${ink.line}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export type Picture = { bytes: Buffer; width: number; height: number };
/** A drawn mark as PNG. */
export async function inkPicture(strokes: readonly (readonly number[])[]): Promise<Picture> {
  return {
    bytes: await sharp(Buffer.from(inkSvg(strokes)))
      .png()
      .toBuffer(),
    width: ink.width,
    height: ink.height,
  };
}
/** A photo as JPEG at the width it is printed (about 200 dots an inch). Null when it is no picture any more. */
export async function photoPicture(bytes: Uint8Array): Promise<Picture | null> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: 60_000_000 })
      .rotate()
      .resize(1240, 1700, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    // The paper then says which picture is missing.
    return null;
  }
}
