// All journeys one after another on one server; every fault is told, and any makes it fail.
// Journeys that change the village for good come last by their `order`.
import { resolve } from 'node:path';
import { Stage, type Journey } from './stage';

interface Module {
  order?: number;
  journeys: Journey[];
}
const modules = import.meta.glob<Module>('./journeys_*.ts', { eager: true });

export async function runAll([folder = 'dist/e2e', only = '']: string[]): Promise<number> {
  const all = Object.values(modules)
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
    .flatMap(({ journeys }) => journeys)
    .filter(({ name }) => name.includes(only));
  const stage = await Stage.set(resolve(folder));
  try {
    for (const journey of all) {
      const before = stage.faults.length;
      const began = Date.now();
      try {
        await journey.run(stage);
      } catch (error) {
        stage.fault(`${journey.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      stage.expected.clear();
      stage.offline = false;
      const faults = stage.faults.length - before;
      console.log(
        `${journey.name}: ${faults} faults, ${((Date.now() - began) / 1000).toFixed(1)} s`,
      );
    }
  } finally {
    await stage.strike();
  }
  for (const fault of new Set(stage.faults)) console.error(fault);
  console.log(`${new Set(stage.faults).size} faults; pictures are in ${folder}`);
  return stage.faults.length === 0 ? 0 : 1;
}
