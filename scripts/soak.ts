// Longer lives of live documents than the tests have time for. Options: --seeds N, --from N, --steps N
import { parseArgs } from "node:util";
import { soak } from "../tests/support/soak";

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "50" }, from: { type: "string", default: "1000" }, steps: { type: "string", default: "600" } },
});
let failed = 0;
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed++) {
  try {
    const told = await soak(seed, Number(values.steps));
    console.log(`seed ${seed}: ${JSON.stringify(told)}`);
  } catch (error) {
    failed++;
    console.log(error instanceof Error ? error.message : error);
  }
}
console.log(`${Number(values.seeds) - failed} lives ended well, ${failed} did not`);
process.exit(failed === 0 ? 0 : 1);
