import { z } from 'zod';

/**
 * The W3C WebDriver commands used here, by their name in Firefox's Marionette and by their HTTP method
 * and path in every other driver (WebKitWebDriver, safaridriver, geckodriver).
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

/** A browser that is driven by commands. */
export type Remote = {
  version: string;
  /** Throws the browser's error. */
  command(name: keyof typeof COMMANDS, parameters?: Record<string, unknown>): Promise<unknown>;
  /** Errors of scripts, policies and storage, also in frames, if the browser can report them. */
  problems(): Promise<string[]>;
  quit(): Promise<void>;
};

/** The browser's description from the start of a session. */
export const newSession = z.object({
  sessionId: z.string(),
  capabilities: z.object({ browserVersion: z.string() }),
});
