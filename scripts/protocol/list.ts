import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'protocol', 'events');

/** The list of all events: one for each file of the folder. */
export function listOfEvents(): [file: string, text: string] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => !['all', 'define', 'index'].includes(name))
    .sort();
  const lines = names.map((name) => {
    const variable = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return `export { ${variable} } from './${name}.ts';`;
  });
  const comment =
    '/** All events. `npm run protocol` writes this list from the files of this folder. */';
  return ['protocol/events/all.ts', `${comment}\n\n${lines.join('\n')}\n`];
}
