import { defineConfig } from "vitest/config";

const project = (name: string, timeout: number) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`], environment: "node", testTimeout: timeout, hookTimeout: timeout },
});

// Most of a test waits for the disk: one worker would leave a core idle.
export default defineConfig({ test: { maxWorkers: 2, projects: [project("unit", 20_000), project("integration", 120_000)] } });
