import type { Card } from './visit-help.svelte.ts';

/** A page a visitor can be on. `submit` shows sending, waiting and whatever went wrong. */
export type VisitScreen =
  | { readonly name: 'question'; readonly questionId: string; readonly returnsToCheck: boolean }
  | { readonly name: 'gate'; readonly gateId: string }
  /** To call an interpreter, or to name one in a report. */
  | { readonly name: 'languages'; readonly purpose: 'call' | 'wish' }
  | { readonly name: 'card'; readonly card: Card }
  | { readonly name: 'rights-topic'; readonly topicId: string }
  | { readonly name: 'type-group'; readonly groupId: string }
  | { readonly name: 'door-types'; readonly doorId: string }
  | { readonly name: 'type-notice' | 'type-info'; readonly typeId: string }
  | { readonly name: PlainScreen };

export type PlainScreen =
  | 'start'
  | 'home'
  | 'language'
  | 'reading'
  | 'privacy'
  | 'notice'
  | 'stop'
  | 'stop-call'
  | 'interpreter'
  | 'cards'
  | 'officer'
  | 'officer-waiting'
  | 'abroad'
  | 'types'
  | 'check'
  | 'submit'
  | 'reference'
  | 'hours'
  | 'rights'
  | 'sources'
  | 'follow'
  | 'unenrolled';

const start: VisitScreen = { name: 'start' };

/** The pages behind and under the visitor's finger, and whether all of it is hidden. */
export class VisitScreens {
  stack = $state.raw<readonly VisitScreen[]>([start]);
  /** The hours stand in front of whatever is there; the draft is kept. */
  isHidden = $state(false);
  readonly current = $derived(this.stack.at(-1) ?? start);

  go(screen: VisitScreen): void {
    this.stack = [...this.stack, screen];
  }

  /** To the page before; on the first page nothing happens. */
  back(): void {
    if (this.stack.length > 1) this.stack = this.stack.slice(0, -1);
  }

  /** Back to a page that lies behind, or onto it when there is none. */
  goBackTo(name: PlainScreen): void {
    const at = this.stack.findLastIndex((screen) => screen.name === name);
    this.stack = at === -1 ? [...this.stack, { name }] : this.stack.slice(0, at + 1);
  }

  /** There is no way back from here: what lay behind is gone. */
  startOverWith(screen: VisitScreen): void {
    this.stack = [screen];
  }
}
