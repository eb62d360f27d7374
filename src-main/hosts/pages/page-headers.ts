/**
 * Every answer carries these: a page makes scripts of nothing, is framed by nobody and reaches no device.
 * @param connect whom the page may talk to: its own origin, or nobody where it has a port.
 * @param lines origins to which it may open a WebSocket besides.
 */
export function makePageHeaders(
  connect: "'self'" | "'none'",
  lines: readonly string[] = [],
): Readonly<Record<string, string>> {
  const sockets = lines.map((origin) => origin.replace(/^https:/, 'wss:'));
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      `connect-src ${[connect, ...sockets].join(' ')}`,
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      // The one policy that Svelte makes.
      'trusted-types svelte-trusted-html',
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
    'cache-control': 'no-store',
  };
}
