import { z } from 'zod';
import { staffIdSchema } from './ids.ts';

export const roleSchema = z.enum(['front-desk', 'officer', 'supervisor', 'it']);
export type Role = z.infer<typeof roleSchema>;
export const staffSchema = z.strictObject({
  staffId: staffIdSchema,
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(roleSchema).min(1),
});
export type Staff = z.infer<typeof staffSchema>;
