import { z } from 'zod';

/**
 * The commands of W3C WebDriver that are used here, by their name in Firefox's Marionette and by
 * their HTTP method and path, which every driver has (WebKitWebDriver, safaridriver, geckodriver).
 */
export const COMMANDS = {
  Navigate: ['POST', '/url'],
  Refresh: ['POST', '/refresh'],
  SetWindowRect: ['POST', '/window/rect'],
  SwitchToFrame: ['POST', '/frame'],
  ExecuteScript: ['POST', '/execute/sync'],
  ElementClick: ['POST', '/element/{id}/click'],
  ElementSendKeys: ['POST', '/element/{id}/value'],
  PerformActions: ['POST', '/actions'],
  TakeScreenshot: ['GET', '/screenshot'],
} as const;

/** A browser that does what it is told. */
export type Remote = {
  version: string;
  /** Throws what the browser says went wrong. */
  command(name: keyof typeof COMMANDS, parameters?: Record<string, unknown>): Promise<unknown>;
  /** The errors of scripts, policies and storage, also in frames, where a browser can be asked. */
  problems(): Promise<string[]>;
  quit(): Promise<void>;
};

/** What a browser says of itself when a session begins. */
export const newSession = z.object({
  sessionId: z.string(),
  capabilities: z.object({ browserVersion: z.string() }),
});
