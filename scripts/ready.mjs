// What a fresh clone lacks: dependencies, and for browser tests a browser with Chinese type. Node's own modules only.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");
export const at = (...path) => join(root, ...path);

/** Run a program with its output shown. @returns whether it ended well. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (error) console.error(`${program} could not run: ${error.message}`);
  return status === 0;
}

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
const mark = at("node_modules/.yishi-lock");

/** Whether what is installed is what the lock file says: by its content, since a checkout changes times. */
function upToDate() {
  const installed = at("node_modules/.package-lock.json");
  if (existsSync(mark)) return readFileSync(mark, "utf8") === lockHash();
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

/** `npm ci` when there are no dependencies, or others than the lock file's. Ends the process when it fails. */
export function dependencies() {
  if (upToDate()) return;
  console.log("Installing dependencies (about 3 minutes the first time) …");
  if (run("npm", ["ci", "--no-audit", "--no-fund"])) {
    writeFileSync(mark, lockHash());
    return;
  }
  console.error(
    "The dependencies could not be installed. Look at npm's message above; a compiler (build-essential, python3) is needed where no prebuilt better-sqlite3 can be fetched.",
  );
  process.exit(1);
}

export const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** A browser for the tests: the system's, else Debian's package, else Playwright's own. @returns whether there is one now. */
export function browser() {
  const fonts = existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
  if (systemChromium && fonts) return true;
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    if (run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"], { env, stdio: ["ignore", "ignore", "inherit"] }))
      return true;
  }
  return systemChromium !== undefined || run(process.execPath, [at("node_modules/@playwright/test/cli.js"), "install", "--with-deps", "chromium"]);
}

/** LibreOffice Writer and poppler, which print and measure the papers. @returns whether they are there now. */
export function office() {
  const there = () =>
    ["/usr/bin/soffice", "/usr/bin/pdftotext", "/usr/bin/pdftoppm", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"].every((path) =>
      existsSync(path),
    );
  if (there()) return true;
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    console.log("Installing LibreOffice Writer and poppler (about 300 MB, once) …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    const packages = ["libreoffice-writer", "poppler-utils", "fonts-noto-cjk"];
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  return there();
}

const sources = ["app", "realtime", "server.ts", "public", "package-lock.json", "vite.config.ts", "remix.config.js", "scripts/build.mjs"];

function newest(path) {
  const result = spawnSync("find", [path, "-type", "f", "-printf", "%T@\n"], { cwd: root, encoding: "utf8" });
  return Math.max(0, ...result.stdout.split("\n").filter(Boolean).map(Number));
}

/** Build when there is no build, or something is newer than it. Ends the process when it fails. */
export function built() {
  const stamp = at("build/server.js");
  if (existsSync(stamp) && Math.max(...sources.map(newest)) * 1000 <= statSync(stamp).mtimeMs) return;
  console.log("Building …");
  if (!run(process.execPath, [at("scripts/build.mjs")])) process.exit(1);
}
