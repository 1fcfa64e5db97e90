import axeCore from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Fails on whatever axe finds wrong with a document; `screen` names it in the failure. */
export async function expectAccessible(screen: string, where: Page | Frame): Promise<void> {
  // A page's content security policy does not reach what the debugger puts in.
  await where.evaluate(axeCore.source);
  // Half faded in, a text has half its contrast. What goes round for ever is not waited for.
  await where.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        (animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
      );
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
  const { violations } = await where.evaluate(() =>
    // Frames are documents of their own here, and asked by themselves.
    globalThis.axe.run(document, { iframes: false }),
  );
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')}) ${node.failureSummary ?? ''}`),
  );
  expect(findings, screen).toEqual([]);
}

declare global {
  var axe: typeof import('axe-core');
}
