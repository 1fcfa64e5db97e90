import type { CDPSession } from 'playwright-core';

/**
 * A slow phone on slow 4G, as Lighthouse applies them through the same debugger: `mobileSlow4G` in
 * https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js (commit 7ac9485):
 * 150 ms and 1.6 Mbit/s down, 750 kbit/s up, about the slowest quarter of 4G connections. The
 * debugger delays requests and not packets, so that Lighthouse takes 3.75 times the round trip and
 * 0.9 times the throughput.
 */
const LATENCY_MS = 150 * 3.75;
const DOWN_KBIT = 1.6 * 1024 * 0.9;
const UP_KBIT = 750 * 0.9;

/** How many times slower the CPU is made; Lighthouse's as well. */
export const CPU_SLOWDOWN = 4;

/** Lighthouse's phone, a Moto G Power. */
export const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 };

/**
 * One renderer for the page and its frames, so that what slows and measures the one does so with
 * all. On a phone Chrome isolates hardly any site either.
 */
export const ONE_RENDERER = ['--disable-site-isolation-trials'];

export async function slowDown(cdp: CDPSession): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: (DOWN_KBIT * 1024) / 8,
    uploadThroughput: (UP_KBIT * 1024) / 8,
  });
}
