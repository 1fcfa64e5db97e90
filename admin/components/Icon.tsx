import styles from './Icon.module.css';

/** Drawn on a grid of 16, with a line of 1.5. */
const PATHS = {
  inbox:
    'M2.5 9.5 4.2 3.7a1 1 0 0 1 1-.7h5.6a1 1 0 0 1 1 .7l1.7 5.8v2.5a1.5 1.5 0 0 1-1.5 1.5H4a1.5 1.5 0 0 1-1.5-1.5zm0 0h3l1 2h3l1-2h3',
  person: 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5m-5 5.5c.4-2.3 2.3-3.5 5-3.5s4.6 1.2 5 3.5',
  people:
    'M6 8a2.3 2.3 0 1 0 0-4.6A2.3 2.3 0 0 0 6 8m-4.5 5c.3-2 2-3.2 4.5-3.2S10.2 11 10.5 13M10.5 3.6a2.3 2.3 0 0 1 0 4.2M12 10c1.5.4 2.3 1.5 2.5 3',
  check: 'm3.5 8.5 3 3 6-7',
  closed: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5.5 8.2l1.8 1.8 3.2-3.8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9m3.3-1.2 3.2 3.2',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  down: 'M8 3v10m-4-4 4 4 4-4',
  send: 'M8 13V3M4 7l4-4 4 4',
  lock: 'M4 7.5h8v5.5H4zm1.7 0V5.3a2.3 2.3 0 0 1 4.6 0v2.2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12m0-6.7V11m0-5.8v.1',
  alert:
    'M8 5.5v3m0 2.3v.1M7.1 2.9 1.9 12a1 1 0 0 0 .9 1.5h10.4a1 1 0 0 0 .9-1.5L8.9 2.9a1 1 0 0 0-1.8 0',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12m0-9.2V8l2.2 1.5',
  offline:
    'M2 2l12 12M5.5 10a3.6 3.6 0 0 1 4 -.7M3.2 7.6a7 7 0 0 1 2.6-1.5M8.3 5.5a7 7 0 0 1 4.5 2.1M8 12.8v.1',
  signOut: 'M6.5 2.5h-3v11h3M10 5l3 3-3 3m3-3H6.5',
  keyboard: 'M2 4.5h12v7H2zm2.5 2.3v.1m2.3-.1v.1m2.4-.1v.1m2.3-.1v.1M5.5 9.3h5',
  close: 'm4 4 8 8m0-8-8 8',
  folder:
    'M2 4.2c0-.4.3-.7.7-.7h3.4l1.6 1.7h5.6c.4 0 .7.3.7.7v6.2c0 .4-.3.7-.7.7H2.7a.7.7 0 0 1-.7-.7z',
  flag: 'M4 14V2.8m0 .4c3-1.6 5 1.4 8.5 0v6c-3.5 1.4-5.5-1.6-8.5 0',
  more: 'M3.5 7.6a.4.4 0 1 0 .1 0M8 7.6a.4.4 0 1 0 .1 0m4.4 0a.4.4 0 1 0 .1 0',
  external: 'M6.5 3.5h-3v9h9v-3M9 3h4v4m0-4L7.5 8.5',
  reply: 'M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v1',
  menu: 'M2.5 4.5h11m-11 3.5h11m-11 3.5h7',
  settings:
    'M2.5 5H8m4 0h1.5m-11 6H4m4 0h5.5M10 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4m-4 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  bolt: 'M9 2 3.5 9H8l-1 5 5.5-7H8z',
  layers: 'm8 2.5 6 3-6 3-6-3zM2 8.2l6 3 6-3M2 10.9l6 3 6-3',
  pulse: 'M1.5 8.5h3l2-5 3.5 9 2-4h2.5',
  globe:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14C6 12 5.5 10 5.5 8S6 4 8 2',
  translate:
    'M2 4h7M5.5 2.5V4m2 0c0 3-2.5 5-5 6m1.6-4c.6 1.8 2.2 3.2 4 3.8M7.5 14l3.2-7.5L14 14m-5.4-2.5H13',
  bold: 'M4.5 3h4a2.4 2.4 0 0 1 0 4.9h-4zm0 4.9h4.7a2.5 2.5 0 0 1 0 5.1H4.5z',
  italic: 'M6.5 3h5m-7 10h5M9.2 3 6.8 13',
  code: 'm5.5 4.5-3.5 3.5 3.5 3.5m5-7 3.5 3.5-3.5 3.5',
  list: 'M6 4h7.5M6 8h7.5M6 12h7.5M2.8 4v.1m0 3.9v.1m0 3.9v.1',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.8.8m1 2.7a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
  tag: 'M2.5 2.5h5.3l5.7 5.7-5.3 5.3-5.7-5.7zM5.5 5.4v.1',
  at: 'M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0m0-2.5v3.2a1.7 1.7 0 0 0 3.4 0V8a6 6 0 1 0-2.5 4.9',
  bookmark: 'M4.5 2.5h7v11L8 10.8l-3.5 2.7z',
  star: 'm8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  edit: 'm10.8 2.8 2.4 2.4-7.7 7.7-3 .6.6-3zM9.3 4.3l2.4 2.4',
  trash: 'M3 4.5h10M6.3 4.3V2.8h3.4v1.5m-5.2.2.6 8.7h5.8l.6-8.7',
  smile: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5.7 9.3a2.6 2.6 0 0 0 4.6 0M6 6.2v.3m4-.3v.3',
  clip: 'm13 7.5-5.4 5.4a3.2 3.2 0 0 1-4.5-4.5l5.6-5.6a2.1 2.1 0 0 1 3 3L6.2 11.3a1 1 0 0 1-1.5-1.5l5-5',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon. The component that uses it provides the text. */
export function Icon(props: { name: IconName; flip?: boolean }) {
  return (
    <svg
      class={styles.icon}
      classList={{ [styles.flip ?? '']: props.flip === true }}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}
