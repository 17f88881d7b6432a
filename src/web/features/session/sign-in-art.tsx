import styles from './sign-in-art.module.css';

/** A large version of the logo, with ripples around it. */
export function SignInArt() {
  return (
    <svg
      className={styles['sign-in-art']}
      viewBox="0 0 600 900"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      {[290, 370, 460, 560, 670].map((radius) => (
        <path
          key={radius}
          className={styles['art-ripple']}
          d={`M${300 - radius} 600a${radius} ${radius} 0 0 0 ${2 * radius} 0`}
        />
      ))}
      <path className={styles['art-arms']} d="M90 600a210 210 0 0 0 420 0" />
      <circle className={styles['art-guest']} cx="300" cy="545" r="70" />
    </svg>
  );
}
