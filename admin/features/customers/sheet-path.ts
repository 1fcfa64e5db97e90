/** The query parameter with the id of the customer whose sheet is open. */
export const SHEET_PARAMETER = 'customer';

/** The URL of a conversation with a customer's sheet over it. */
export function customerSheetPath(conversationPath: string, customerId: string): string {
  const separator = conversationPath.includes('?') ? '&' : '?';
  return `${conversationPath}${separator}${SHEET_PARAMETER}=${encodeURIComponent(customerId)}`;
}

/** Whether a link opened the sheet, so that the entry before it in the history has none. */
let opened = false;

/** For the link that opens the sheet. */
export function openedByLink(): void {
  opened = true;
}

/** Whether closing the sheet should go back. Asked once. */
export function takeOpenedByLink(): boolean {
  const was = opened;
  opened = false;
  return was;
}
