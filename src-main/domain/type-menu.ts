import type { ReportType, TypeGroup, VisitorContent } from '../contract/content.ts';

/** Any type by its id, also one that never becomes a report. */
export function findType(content: VisitorContent, id: string): ReportType | null {
  return [...content.reportTypes, ...content.otherTypes].find((type) => type.id === id) ?? null;
}

/** The types of a group in the order in which they are offered. */
export function typesOf(content: VisitorContent, group: TypeGroup): readonly ReportType[] {
  return group.types.flatMap((id) => findType(content, id) ?? []);
}

/** Whether it adds to an earlier report instead of being one: staff check it first. */
export function isAddition(type: ReportType): boolean {
  return type.flags.includes('follow-up');
}
