// Millimetres of a printed page: what LibreOffice makes of a DOCX, and where the ink of a PDF is (poppler).
import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import sharp from "sharp";

const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 * 1024 * 1024 };
const mm = (points: number) => (points * 25.4) / 72;

/** The PDF LibreOffice prints of a DOCX, with its own profile and the stand-in faces, in `dir`. */
export function pdfOf(docx: Uint8Array, dir: string): string {
  const path = join(dir, "paper.docx");
  writeFileSync(path, docx);
  const env = { ...process.env, FONTCONFIG_FILE: join(import.meta.dirname, "faces.conf"), XDG_CACHE_HOME: dir, HOME: dir };
  execFileSync("soffice", [`-env:UserInstallation=file://${dir}/profile`, "--headless", "--convert-to", "pdf", "--outdir", dir, path], { ...quiet, env });
  const pdf = join(dir, "paper.pdf");
  if (!existsSync(pdf)) throw new Error("LibreOffice printed nothing.");
  return pdf;
}

/** A file of a zip archive, from its central directory. */
export function unzipped(archive: Buffer, name: string): string {
  let at = archive.readUInt32LE(archive.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [method, size, long, extra, comment, start] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
      archive.readUInt32LE(at + 42),
    ];
    if (archive.toString("utf8", at + 46, at + 46 + long) === name) {
      const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
      const bytes = archive.subarray(from, from + size);
      return (method === 0 ? bytes : inflateRawSync(bytes)).toString("utf8");
    }
    at += 46 + long + extra + comment;
  }
  throw new Error(`The archive has no ${name}.`);
}

export type Box = { left: number; top: number; right: number; bottom: number };
export type Line = Box & { text: string };
/** The lines of each page, from the top, in millimetres from the page's corner. */
export function linesOf(pdf: string): Line[][] {
  const html = execFileSync("pdftotext", ["-bbox-layout", pdf, "-"], quiet);
  return html
    .split("<page ")
    .slice(1)
    .map((page) => {
      const words = [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)].map(
        ([, left, top, right, bottom, text = ""]) => ({
          left: mm(Number(left)),
          top: mm(Number(top)),
          right: mm(Number(right)),
          bottom: mm(Number(bottom)),
          text,
        }),
      );
      const lines: Line[] = [];
      for (const word of words.sort((a, b) => a.bottom - b.bottom || a.left - b.left)) {
        const line = lines.find((each) => Math.abs(each.bottom - word.bottom) < 2);
        if (!line) lines.push({ ...word });
        else Object.assign(line, { left: Math.min(line.left, word.left), right: Math.max(line.right, word.right), text: line.text + word.text });
      }
      return lines;
    });
}

const dpi = 200;
/** The smallest box around the ink of one page (from 1) within a box, in millimetres; null when there is none. */
export async function inkOf(pdf: string, page: number, within: Partial<Box> = {}, counts: (r: number, g: number, b: number) => boolean = (r) => r < 128) {
  execFileSync("pdftoppm", ["-r", String(dpi), "-f", String(page), "-l", String(page), "-png", "-singlefile", pdf, `${pdf}-${page}`], quiet);
  const { data, info } = await sharp(readFileSync(`${pdf}-${page}.png`))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const box = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: -1, bottom: -1 };
  const dot = 25.4 / dpi;
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const at = (y * info.width + x) * info.channels;
      if (!counts(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255)) continue;
      const [left, top] = [x * dot, y * dot];
      if (left < (within.left ?? 0) || left > (within.right ?? 210) || top < (within.top ?? 0) || top > (within.bottom ?? 297)) continue;
      Object.assign(box, {
        left: Math.min(box.left, left),
        top: Math.min(box.top, top),
        right: Math.max(box.right, left + dot),
        bottom: Math.max(box.bottom, top + dot),
      });
    }
  return box.right < 0 ? null : box;
}
export const isRed = (r: number, g: number, b: number): boolean => r > 120 && r - g > 60 && r - b > 60;

export type Typed = { page: number; text: string; size: number; color: string };
/** What is set in which size (points) and colour. */
export function typeOf(pdf: string): Typed[] {
  const xml = execFileSync("pdftohtml", ["-xml", "-i", "-zoom", "1", "-hidden", "-stdout", pdf], quiet);
  const specs = new Map(
    [...xml.matchAll(/<fontspec id="(\d+)" size="(-?\d+)" family="[^"]*" color="(#[0-9a-f]+)"/g)].map(([, id, size, color]) => [
      id,
      { size: Number(size), color: color ?? "" },
    ]),
  );
  return [...xml.matchAll(/<page number="(\d+)"[\s\S]*?<\/page>/g)].flatMap(([all, page]) =>
    [...all.matchAll(/<text [^>]*font="(\d+)">(.*?)<\/text>/g)].map(([, font, text = ""]) => {
      const spec = specs.get(font ?? "") ?? { size: 0, color: "" };
      return { page: Number(page), text: text.replace(/<[^>]*>/g, ""), ...spec };
    }),
  );
}
