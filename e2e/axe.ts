import axeCore from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * What axe finds wrong with a document, a line per finding. A page's content security policy does
 * not reach what the debugger puts in.
 */
export async function axeViolations(where: Page | Frame): Promise<string[]> {
  await where.evaluate(axeCore.source);
  const { violations } = await where.evaluate(() =>
    // Frames are documents of their own here, and asked by themselves.
    globalThis.axe.run(document, { iframes: false }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')}) ${node.failureSummary ?? ''}`),
  );
}

declare global {
  var axe: typeof import('axe-core');
}
