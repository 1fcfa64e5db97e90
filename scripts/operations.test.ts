import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemPart } from '../protocol/resources/health.ts';
import { EVENTS, SHAPES } from '../worker/kernel/log/log-fields.ts';
import { PROBLEMS } from '../worker/kernel/problems.ts';

/** O10: docs/operations.md names what the log, health and the configuration can say, and nothing else. */

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
const section = (title: string) =>
  new RegExp(`^#+ ${title}\\n(.*?)(?=^#|(?![^]))`, 'ms').exec(page)?.[1] ?? '';

/** The words in code of a table's first column. */
const firstColumn = (text: string) =>
  [...text.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, word = '']) => word),
  );

describe('O10: the runbook', () => {
  it('has every event of the log', () => {
    expect(firstColumn(section('Events')).sort()).toEqual([...EVENTS].sort());
  });

  it('has every problem of the configuration', () => {
    const problems = firstColumn(section('Problems of the configuration'));
    expect(problems.sort()).toEqual(Object.keys(PROBLEMS).sort());
  });

  it('has every part of health', () => {
    expect(firstColumn(section('Is it well\\?'))).toEqual(systemPart.options);
  });

  it('shows lines as the log writes them', () => {
    const lines = [...page.matchAll(/^\{"at".*\}$/gm)].map(([line]) => line);
    expect(lines.length).toBeGreaterThan(5);
    const shapes = new Map(Object.entries(SHAPES));
    for (const line of lines) {
      const { at, level, event, ...fields } = JSON.parse(line);
      expect(new Date(at).toISOString()).toBe(at);
      expect(['info', 'warn', 'error']).toContain(level);
      expect(EVENTS).toContain(event);
      for (const [key, value] of Object.entries(fields)) {
        expect([key, shapes.get(key)?.(value)]).toEqual([key, true]);
      }
      // In the order in which the log writes them.
      const order = [...shapes.keys()].filter((key) => key in fields);
      expect(Object.keys(fields)).toEqual(order);
    }
  });

  it('leads to pages and headings that are there', () => {
    const heading = (text: string) =>
      text
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
    for (const [, file = '', anchor] of page.matchAll(/\]\((\w+\.md)(?:#([\w-]+))?\)/g)) {
      const path = join(root, 'docs', file);
      expect([file, existsSync(path)]).toEqual([file, true]);
      const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)];
      if (anchor) expect(headings.map(([, text = '']) => heading(text))).toContain(anchor);
    }
  });

  it('is where the sentences of the product say', () => {
    for (const title of ['The database is damaged', 'A mail fails']) {
      expect(section(title)).not.toBe('');
    }
  });
});
