import type { Question } from '../../src-main/contract/content.ts';
import type { QuestionInput } from '../../src-main/domain/draft-input.ts';
import type { IconName } from '../ui/icons.ts';

/** One thing at a time: the key of its one sentence, and its picture. */
export interface Idea {
  readonly title: string;
  readonly picture: IconName;
  /** Drafted words about rights and safety: Danish stands beside them. */
  readonly isDrafted?: boolean;
}

const ofKind: Readonly<Record<Question['kind'], IconName>> = {
  choice: 'question',
  text: 'chat',
  when: 'clock',
  place: 'pin',
  things: 'bag',
  amount: 'coins',
  contact: 'phone',
};

const ofQuestion: Readonly<Record<string, IconName>> = {
  bicycle: 'bicycle',
  vehicle: 'car',
  'seen-by': 'eye',
  proof: 'document',
  'because-of': 'people',
  insurance: 'paper',
  help: 'help',
};

const ofField: Readonly<Record<string, IconName>> = {
  brand: 'tag',
  colour: 'palette',
  imei: 'phone',
  'phone-number': 'phone',
  value: 'coins',
  contents: 'bag',
  bank: 'card',
  'card-last-digits': 'card',
  'paper-kind': 'id-card',
  'paper-number': 'id-card',
  country: 'globe',
  'keys-for': 'key',
  description: 'eye',
  blocked: 'lock',
  lock: 'lock',
  'frame-number': 'bicycle',
  'serial-number': 'document',
  postcode: 'mail',
  words: 'pin',
  line: 'bus',
  from: 'bus',
  to: 'bus',
  name: 'person',
  phone: 'phone',
  email: 'mail',
  address: 'home',
  'safe-contact': 'lock',
  'for-whom': 'people',
  'anonymous-means': 'camera',
  'anonymous-no-reply': 'mail',
};

/** Keys of parts that are no field of content. A place asks its words by where it was. */
const titles: Readonly<Record<string, string>> = {
  'for-whom': 'visitor:contact.forWhom',
  'safe-contact': 'visitor:contact.safeContact',
  wishes: 'visitor:contact.wishes',
  'anonymous-means': 'safety:contact.anonymousMeans',
  'anonymous-no-reply': 'safety:contact.anonymousNoReply',
};

function titleOf(question: Question, input: QuestionInput, part: string): string | null {
  if (titles[part] !== undefined) return titles[part];
  if (part.endsWith('.currency')) return 'visitor:amount.currency';
  if (part === 'note') return `content:question.${question.id}.note`;
  switch (input.kind) {
    case 'things':
      return input.editing === null ? null : `content:field.${part}.label`;
    case 'when':
      if (part === 'precision') return null;
      return `visitor:when.${input.precision === 'between' ? part : part.replace('start-', '')}`;
    case 'place':
      if (part === 'setting') return null;
      return `visitor:place.${part === 'words' && input.setting !== 'place' ? input.setting : part}`;
    case 'contact':
      return part === 'mode' ? null : `visitor:contact.${part}`;
    default:
      return null;
  }
}

/** What one page of easy reading asks. */
export function ideaOf(question: Question, input: QuestionInput, part: string): Idea {
  const title = titleOf(question, input, part) ?? `content:question.${question.id}.title`;
  const picture = part.endsWith('-date')
    ? 'calendar'
    : (ofField[part] ??
      (part.endsWith('.currency') ? 'coins' : (ofQuestion[question.id] ?? ofKind[question.kind])));
  return { title, picture, isDrafted: title.startsWith('safety:') };
}
