import type { Step } from '../deployment.ts';

/** Builds the widget and the dashboard, as far as they changed. */
export const build: Step = {
  name: 'Build',
  plan: () => ['Builds the widget and the dashboard: node scripts/build.mjs'],
  async run({ world }) {
    await world.build();
    return 'The widget and the dashboard are built.';
  },
};
