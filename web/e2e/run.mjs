// Runs the journeys through Vite, as look/run.mjs does: node e2e/run.mjs [folder] [name of a
// journey].
import { runnerImport } from 'vite';

const { module } = await runnerImport('./e2e/all.ts');
process.exitCode = await module.runAll(process.argv.slice(2));
