const paths = {
  back: 'm14 6-6 6 6 6',
  next: 'm10 6 6 6-6 6',
  close: 'm6 6 12 12M18 6 6 18',
  more: 'M5 11.3a.7.7 0 1 0 .1 0m7 0a.7.7 0 1 0 .1 0m7 0a.7.7 0 1 0 .1 0',
  send: 'M12 19V5m-6 6 6-6 6 6',
  down: 'M12 5v14m6-6-6 6-6-6',
  clock: 'M12 7v5l3 2M3 12a9 9 0 1 1 18 0 9 9 0 0 1-18 0',
};

export function Icon(props: { name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={/* @once */ paths[props.name]} />
    </svg>
  );
}
