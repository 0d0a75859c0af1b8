// Random lives of a document: clients that come and go, kills, stops, full and held disks, clocks that jump.
import { expect, test } from "vitest";
import { soak } from "../support/soak";

// Seeds that once failed stay here, with what they found.
test.each([1, 2, 3, 4])(
  "[RT-DUR-5][RT-DUR-2][RT-DUR-3] seed %d: everybody ends with the same, and nothing typed is lost",
  async (seed) => {
    const told = await soak(seed, 400);
    expect(told.typed).toBeGreaterThan(100);
    expect(told.saved).toBeGreaterThan(0);
  },
  120_000,
);
