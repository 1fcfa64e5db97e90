import type { BrowserContext } from 'playwright-core';

/**
 * What a browser meets after a deployment: pages name another first script, and files that were not
 * loaded yet are gone, until a document loads again.
 */
export async function deployNewVersion(context: BrowserContext): Promise<void> {
  let renewed = false;
  await context.route(/\/assets\//, (route) =>
    renewed ? route.continue() : route.fulfill({ status: 404, json: {} }),
  );
  await context.route(/^\w+:\/\/[^/]+\/(?:admin|widget\/frame)\b/, async (route) => {
    const request = route.request();
    if (request.resourceType() === 'document') {
      renewed = true;
      return route.continue();
    }
    if (request.resourceType() !== 'fetch') return route.continue();
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/(\/assets\/[\w-]+?)(\.js")/g, '$1-new$2');
    return route.fulfill({ response: answer, body });
  });
}
