/** The browser's leave to show notifications. */

export const hasPermission = (): boolean =>
  'Notification' in window && Notification.permission === 'granted';

/** Asks the browser, which asks the agent once. False where it was or is denied. */
export async function askPermission(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return hasPermission() || (await Notification.requestPermission()) === 'granted';
}
