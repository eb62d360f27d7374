/** What a window is for; it decides the page it may show and the procedures its port holds. */
export type Role = 'kiosk' | 'desk';

/** Own scheme, one origin for each role: storage and cookies of the two never meet. */
export const scheme = 'app';

export const originOf = (role: Role): string => `${scheme}://${role}`;

export const pageOf = (role: Role): string => `${originOf(role)}/`;

/** The role whose origin an address has; null for every other address. Never by prefix, always by the parsed parts. */
export function roleOf(address: string): Role | null {
  const url = URL.parse(address);
  if (url?.protocol !== `${scheme}:` || url.port !== '' || url.username !== '' || url.password !== '')
    return null;
  return url.host === 'kiosk' || url.host === 'desk' ? url.host : null;
}
