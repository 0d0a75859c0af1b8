import { defineConfig } from "vitest/config";

const project = (name: string, timeout: number) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`], environment: "node", testTimeout: timeout, hookTimeout: timeout },
});

export default defineConfig({ test: { projects: [project("unit", 20_000), project("integration", 120_000)] } });
