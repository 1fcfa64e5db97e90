import type { AfterClosing } from '../../../../protocol/resources/preference-choices.ts';

/**
 * The row to open after conversations left the list, or null if no row is left. At the end of the
 * list, it is the nearest row on the other side.
 *
 * @param ids the list, with those that leave it
 * @param leaving ids of those that leave it
 * @param from the index of the row that the agent was at
 */
export function rowAfter(
  ids: readonly string[],
  leaving: readonly string[],
  from: number,
  direction: Exclude<AfterClosing, 'stay'>,
): string | null {
  const stays = (id: string) => !leaving.includes(id);
  const above = ids.slice(0, Math.max(0, from)).findLast(stays);
  const below = ids.slice(Math.max(0, from)).find(stays);
  return (direction === 'next' ? (below ?? above) : (above ?? below)) ?? null;
}
