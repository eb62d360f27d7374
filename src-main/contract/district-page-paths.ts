/** Under the intake's own address. */
export const pagePaths = {
  session: '/admin/session',
  leave: '/admin/leave',
  overview: '/admin/overview',
  addKiosk: '/admin/kiosks',
  revokeKiosk: '/admin/revocations',
} as const;
