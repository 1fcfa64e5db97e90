import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Case, caseFile } from './schema.ts';

const CASES = join(import.meta.dirname, '..', '..', 'protocol', 'cases');

/**
 * The cases of protocol/cases, in the order of their files.
 *
 * @throws Error naming the file that is not of the shape
 */
export function loadCases(folder = CASES): Case[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.sort().flatMap((file) => {
    const read = caseFile.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
    const { subject, cases } = read.data;
    return cases.map((testCase) => ({ subject, ...testCase }));
  });
}
