import { z } from 'zod';
import { inSession } from './desk-session.ts';
import { staffIdSchema } from './ids.ts';
import { roleSchema, staffSchema } from './staff.ts';

export const userNameSchema = z.string().regex(/^[a-z0-9.-]{2,40}$/);
export const displayNameSchema = z.string().trim().min(1).max(80);
export const rolesSchema = z.array(roleSchema).min(1).max(4);
/** A PIN or a passphrase. */
export const pinSchema = z.string().min(4).max(128);

export const staffMemberSchema = staffSchema.extend({
  version: z.int().min(1),
  /** May no longer sign in; the name stays for what stands in the audit log. */
  isDisabled: z.boolean(),
  /** Has a PIN that somebody else has seen, and changes it at the next sign-in. */
  isPinOneTime: z.boolean(),
});
export type StaffMember = z.infer<typeof staffMemberSchema>;

export const pinFaults = ['short', 'simple', 'name', 'same'] as const;
export type PinFault = (typeof pinFaults)[number];

const stored = { NOT_STORED: { status: 507 } };
const changing = {
  /** Somebody was faster; how it stands now. Null: it was about oneself. */
  CHANGED: { status: 409, data: staffMemberSchema.nullable() },
  /** Nobody would be left who could let anybody in. */
  LAST_SUPERVISOR: { status: 409 },
  NOT_FOUND: { status: 404 },
  ...stored,
};
const expected = { staffId: staffIdSchema, version: z.int().min(1) };

/** Who may work at this station's desks. */
export const deskStaffContract = {
  staff: inSession.input(z.strictObject({})).output(z.strictObject({ staff: z.array(staffMemberSchema) })),
  /** The PIN is told once; whoever gets it chooses another at the first sign-in. */
  addStaff: inSession
    .input(z.strictObject({ userName: userNameSchema, displayName: displayNameSchema, roles: rolesSchema }))
    .errors({ NAME_TAKEN: { status: 409 }, CHANGED: changing.CHANGED, ...stored })
    .output(z.strictObject({ member: staffMemberSchema, pin: z.string() })),
  setRoles: inSession
    .input(z.strictObject({ ...expected, roles: rolesSchema }))
    .errors(changing)
    .output(staffMemberSchema),
  setDisabled: inSession
    .input(z.strictObject({ ...expected, isDisabled: z.boolean() }))
    .errors(changing)
    .output(staffMemberSchema),
  resetPin: inSession
    .input(z.strictObject(expected))
    .errors(changing)
    .output(z.strictObject({ member: staffMemberSchema, pin: z.string() })),
  /** One's own. With a one-time PIN it is the only call there is. */
  changePin: inSession
    .input(z.strictObject({ pin: pinSchema }))
    .errors({ POOR_PIN: { status: 422, data: z.strictObject({ fault: z.enum(pinFaults) }) }, ...stored })
    .output(z.strictObject({})),
};
