// Runs look.ts through Vite, so that it may use the sample of src/ without a build step of its own.
import { runnerImport } from 'vite';

const { module } = await runnerImport('./look/look.ts');
process.exitCode = await module.look(process.argv.slice(2));
