/** Signal, network, battery. */
export const iosStatus = `
<svg width="66" height="12" viewBox="0 0 66 12" fill="currentColor">
  <path d="M0 8h3v4H0zM5 5.5h3V12H5zM10 3h3v9h-3zM15 0h3v12h-3z"/>
  <path d="M31 12l2.2-2.7a3.4 3.4 0 0 0-4.4 0zM27 7l1.1 1.4a4.6 4.6 0 0 1 5.8 0L35 7a6.4 6.4 0 0 0-8 0zM24.7 4.2l1.1 1.4a8.2 8.2 0 0 1 10.4 0l1.1-1.4a10 10 0 0 0-12.6 0z"/>
  <rect x="43.5" y="1" width="19" height="10" rx="2.5" fill="none" stroke="currentColor" opacity=".45"/>
  <rect x="45" y="2.5" width="16" height="7" rx="1.3"/>
  <rect x="63.5" y="4" width="1.7" height="4" rx=".8" opacity=".45"/>
</svg>`;

export const androidStatus = `
<svg width="58" height="14" viewBox="0 0 58 14" fill="currentColor">
  <path d="M10 12L1 3a13 13 0 0 1 18 0z"/>
  <path d="M24 12h14V1z" opacity=".3"/><path d="M24 12h9V5z"/>
  <path d="M47 2h2V1h3v1h2a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1z"/>
</svg>`;

/** The host's own buttons: menu and close. */
export const iosCapsule = `
<svg width="87" height="32" viewBox="0 0 87 32" fill="currentColor">
  <rect x=".5" y=".5" width="86" height="31" rx="15.5" fill="var(--phone-capsule)" stroke="currentColor" stroke-opacity=".1"/>
  <circle cx="15" cy="16" r="2"/><circle cx="22" cy="16" r="3"/><circle cx="29" cy="16" r="2"/>
  <path d="M43.5 7v18" stroke="currentColor" stroke-opacity=".2"/>
  <circle cx="65" cy="16" r="8" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="65" cy="16" r="3.2"/>
</svg>`;

export const androidCapsule = `
<svg width="96" height="32" viewBox="0 0 96 32" fill="currentColor">
  <rect x=".5" y=".5" width="95" height="31" rx="15.5" fill="var(--phone-capsule)" stroke="currentColor" stroke-opacity=".1"/>
  <circle cx="17" cy="16" r="2"/><circle cx="24" cy="16" r="3"/><circle cx="31" cy="16" r="2"/>
  <path d="M48 7v18" stroke="currentColor" stroke-opacity=".2"/>
  <circle cx="72" cy="16" r="8" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="72" cy="16" r="3.2"/>
</svg>`;
