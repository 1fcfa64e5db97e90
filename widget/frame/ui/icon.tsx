const paths = {
  back: 'm14 6-6 6 6 6',
  next: 'm10 6 6 6-6 6',
  close: 'm6 6 12 12M18 6 6 18',
  more: 'M5 11.3a.7.7 0 1 0 .1 0m7 0a.7.7 0 1 0 .1 0m7 0a.7.7 0 1 0 .1 0',
  send: 'M12 19V5m-6 6 6-6 6 6',
  clip: 'm8 12.5 5.3-5.3a2.6 2.6 0 0 1 3.7 3.7l-7 7a4.6 4.6 0 0 1-6.5-6.5L10.6 4.3',
};

export function Icon(props: { name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={/* @once */ paths[props.name]} />
    </svg>
  );
}
