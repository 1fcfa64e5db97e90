import type { MenuChoice } from '../../../components/menu/menu-parts.ts';

/** The parts of the header's row, the most important first. */
export const PARTS = ['close', 'snooze', 'assign', 'claim'] as const;
export type PartId = (typeof PARTS)[number];

/** An action behind ⋯. */
export type Action = MenuChoice & { run(): void };
