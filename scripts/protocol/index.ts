import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listOfEvents } from './list.ts';

/**
 * `npm run protocol`: after an event was added or a frame was changed. Writes the list of events, their
 * tables in docs/protocol.md, and the number of what goes over the sockets.
 */
const root = join(import.meta.dirname, '..', '..');
const write = ([file, text]: [file: string, text: string]) => {
  writeFileSync(join(root, file), text);
  console.log(file);
};

write(listOfEvents());
// They read the list that was just written.
const { pageOfEvents, wire } = await import('./derived.ts');
write(pageOfEvents());
write(wire());
