import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');

/** The folder for all screens; not in git. */
const everything = join(root, 'screenshots');
/** The folder for the pictures of README and docs. */
const pictures = join(root, 'docs', 'pictures');

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1440, height: 900 },
} as const;

type Size = keyof typeof sizes;
type Scheme = 'light' | 'dark';

/**
 * Takes a screen in all sizes, light and dark. `kept`: which one is shown, under which name. `at`: what
 * it is about, where it is to be scrolled to.
 */
export async function shoot(
  page: Page,
  name: string,
  kept: readonly { size: Size; scheme: Scheme; as: string }[] = [],
  at?: Locator,
): Promise<void> {
  // Hovered elements look different.
  await page.mouse.move(0, 0);
  for (const size of ['phone', 'tablet', 'desktop'] as const) {
    await page.setViewportSize(sizes[size]);
    await at?.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await take(page, join(everything, `${name}-${size}-${scheme}.png`));
      const keep = kept.find((each) => each.size === size && each.scheme === scheme);
      if (keep) await take(page, join(pictures, `${keep.as}.png`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes.desktop);
}

/** Takes a right-to-left screen, on a phone and on a desktop. */
export async function shootMirrored(page: Page, name: string): Promise<void> {
  const turn = async (direction: 'rtl' | 'ltr') => {
    for (const frame of page.frames()) {
      await frame.evaluate((dir) => {
        document.documentElement.dir = dir;
      }, direction);
    }
  };
  await turn('rtl');
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(sizes[size]);
    await take(page, join(everything, `${name}-${size}-rtl.png`));
  }
  await turn('ltr');
  await page.setViewportSize(sizes.desktop);
}

async function take(page: Page, path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  // Two frames after a change of size or colours: one to lay out, one to paint.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await page.screenshot({ path, animations: 'disabled' });
}
