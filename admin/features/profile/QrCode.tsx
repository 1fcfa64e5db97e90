import { encode } from 'uqr';
import styles from './Profile.module.css';

/** The white margin in modules, which QR readers need. */
const QUIET_ZONE = 4;

/** A QR code, dark on white in any theme. */
export default function QrCode(props: { text: string; label: string }) {
  const code = () => encode(props.text, { ecc: 'M', border: QUIET_ZONE });
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('');
  return (
    <svg
      class={styles.qr}
      viewBox={`0 0 ${code().size} ${code().size}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path()} fill="#000" />
    </svg>
  );
}
