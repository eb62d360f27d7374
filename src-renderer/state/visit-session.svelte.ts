import type { Gate, ReportType, TypeGroup } from '../../src-main/contract/content.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type { AlertDetails } from '../../src-main/contract/status.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { asksForInterpreter } from '../../src-main/domain/draft.ts';
import { findType, typesOf } from '../../src-main/domain/type-menu.ts';
import { routeOf } from '../../src-main/domain/visit-route.ts';
import { VisitAlertCall } from './visit-alert.svelte.ts';
import { VisitDraft } from './visit-draft.svelte.ts';
import { VisitHelp } from './visit-help.svelte.ts';
import { VisitHome } from './visit-home.svelte.ts';
import type { IdleRule } from './visit-idle.svelte.ts';
import { VisitIdle } from './visit-idle.svelte.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';
import { VisitLeaflets } from './visit-leaflets.svelte.ts';
import { VisitQuestions } from './visit-questions.svelte.ts';
import { VisitRights } from './visit-rights.svelte.ts';
import { VisitScreens, type PlainScreen } from './visit-screens.svelte.ts';
import { VisitSettings } from './visit-settings.svelte.ts';
import { VisitSpeech } from './visit-speech.svelte.ts';
import { VisitSubmission } from './visit-submission.svelte.ts';

/** Used until the services have said what this kiosk is set to. */
const screenDefaults = { idleMs: 90_000, warningMs: 30_000, referenceMs: 120_000, officerMs: 30_000 };

/** Everything of one visitor. Leaving replaces the whole object. */
export class VisitSession {
  language = $state<Language>('da');
  /** False at the start: whoever stands there may read no Danish. */
  hasChosenLanguage = $state(false);
  readonly screens = new VisitScreens();
  readonly settings = new VisitSettings();
  readonly speech = new VisitSpeech();
  readonly draft = new VisitDraft();
  readonly questions: VisitQuestions;
  readonly rights: VisitRights;
  readonly leaflets: VisitLeaflets;
  readonly submission: VisitSubmission;
  readonly staffNow: VisitAlertCall;
  readonly officer: VisitAlertCall;
  readonly danger: VisitAlertCall;
  readonly help: VisitHelp;
  readonly idle: VisitIdle;
  readonly home: VisitHome;
  readonly #kiosk: VisitKiosk;

  constructor(kiosk: VisitKiosk, onEnd: () => void) {
    this.#kiosk = kiosk;
    const language = (): Language => this.language;
    this.questions = new VisitQuestions(kiosk, this.draft, this.screens, this.settings, language);
    this.rights = new VisitRights(kiosk, this.draft, this.questions, language);
    this.leaflets = new VisitLeaflets(kiosk, language);
    this.staffNow = new VisitAlertCall('staff-now', kiosk, language);
    this.officer = new VisitAlertCall('officer', kiosk, language);
    this.danger = new VisitAlertCall('danger-notice', kiosk, language);
    this.help = new VisitHelp(kiosk, this.screens, this.staffNow, language);
    this.home = new VisitHome({
      kiosk,
      screens: this.screens,
      callStaff: () => void this.staffNow.raise(),
      chooseType: (type) => this.chooseType(type),
    });
    this.submission = new VisitSubmission(kiosk, () => {
      this.draft.forget();
      this.screens.isHidden = false;
      this.screens.startOverWith({ name: 'reference' });
      this.idle.touch();
    });
    this.idle = new VisitIdle(
      () => this.#idleRule(),
      onEnd,
      () => this.speech.doing === 'speaking',
    );
  }

  /** True while nobody has touched anything. */
  get isUntouched(): boolean {
    return (
      this.screens.stack.length === 1 &&
      this.screens.current.name === 'start' &&
      !this.settings.isChanged &&
      !this.speech.isOn
    );
  }

  stop(): void {
    this.idle.stop();
    this.speech.turnOff();
    this.submission.stop();
    this.leaflets.stop();
    this.staffNow.stop();
    this.officer.stop();
    this.danger.stop();
    this.help.stop();
    this.draft.forget();
  }

  go(name: PlainScreen): void {
    this.screens.go({ name });
  }

  back(): void {
    const { name } = this.screens.current;
    if (name === 'question') this.questions.back();
    else if (name === 'submit') this.backToAnswers();
    else if (name === 'interpreter') this.help.leaveInterpreter();
    else this.screens.back();
  }

  /** Content while it is written: straight to its type, before anybody has touched anything. */
  openPreview(typeId: string): void {
    const { content } = this.#kiosk;
    const type = content === null ? null : findType(content, typeId);
    if (type === null || !this.isUntouched) return;
    this.go('home');
    this.chooseType(type);
  }

  /** On the first screen a language starts the visit; later it only changes the words. */
  chooseLanguage(language: Language): void {
    this.language = language;
    this.hasChosenLanguage = true;
    if (this.screens.current.name === 'language') this.screens.back();
    else this.go('home');
  }

  /** An interpreter's language: called at once, or named in the report that is being told. */
  chooseInterpreter(tag: string): void {
    const { current } = this.screens;
    if (current.name === 'languages' && current.purpose === 'wish') {
      this.draft.interpreterLanguage = tag;
      this.screens.back();
    } else this.help.callInterpreter(tag);
  }

  /** The interpreter's language as it stands in a report: the one named there, else the one that was called for. */
  get interpreterWish(): string | null {
    return this.draft.interpreterLanguage ?? this.help.wantedLanguage;
  }

  /** Nobody may be there to interpret: the visit goes on in one of the screen's languages, and the wish with it. */
  goOnWithInterpreter(language: Language): void {
    this.language = language;
    this.hasChosenLanguage = true;
    // Whoever came from the middle of a visit goes on there, others at home.
    const { stack } = this.screens;
    const before = stack.findLastIndex(({ name }) => name === 'language') - 1;
    if (before > 0) this.screens.stack = stack.slice(0, before + 1);
    else this.go('home');
  }

  openDoor(doorId: string): void {
    this.home.open(doorId);
  }

  /** What stands before the first question was read. */
  passPrivacy(): void {
    this.passGate(null);
  }

  /** To the first gate of the door, or the next one after `gate`; behind the last one stands what the door leads to. */
  passGate(gate: Gate | null): void {
    const gates = this.home.gatesBefore(this.#kiosk.content?.gates ?? []);
    const at = gate === null ? -1 : gates.findIndex((candidate) => candidate.id === gate.id);
    const next = gates[at + 1];
    if (next === undefined) this.#passLastGate(null);
    else this.screens.go({ name: 'gate', gateId: next.id });
  }

  answerGate(gate: Gate, code: string): void {
    const answer = gate.answers.find((candidate) => candidate.code === code);
    if (answer === undefined) return;
    this.draft.passGate(gate.id, code);
    switch (answer.leadsTo) {
      case 'next':
        this.passGate(gate);
        return;
      case 'reports':
        this.#passLastGate(answer.group ?? null);
        return;
      case 'stop':
        // A yes at the gate is the alarm itself.
        void this.staffNow.raise();
        this.go('stop');
        return;
      case 'officer':
      case 'abroad':
        this.go(answer.leadsTo);
        return;
      default:
        assertNever(answer.leadsTo);
    }
  }

  /** The red button: opens at once, needs nothing, tells the desk quietly. */
  openStop(): void {
    this.screens.isHidden = false;
    const { name } = this.screens.current;
    if (name === 'stop-call') this.screens.back();
    if (name === 'stop' || name === 'stop-call') return;
    this.go('stop');
    void this.danger.raise();
  }

  /** To the types of a group; where there is but one it opens at once. */
  openGroup(group: TypeGroup): void {
    const { content } = this.#kiosk;
    const types = content === null ? [] : typesOf(content, group);
    const [only] = types;
    if (only !== undefined && types.length === 1) this.chooseType(only);
    else this.screens.go({ name: 'type-group', groupId: group.id });
  }

  /** What cannot wait comes first. A child whom an officer helps hears it from the officer. */
  chooseType(type: ReportType): void {
    this.rights.chooseType(type);
    const isChildsOfficer = this.#isForOfficer(type) && type.route !== 'officer';
    if (type.notice === null || isChildsOfficer) this.#begin(type);
    else this.screens.go({ name: 'type-notice', typeId: type.id });
  }

  /** A child says so where no list of types asked for it: an officer hears what a child does not tell alone. */
  sayUnder18(): void {
    this.draft.isUnder18 = true;
    this.go('officer');
  }

  /** From what cannot wait to the first question, or to the officer. */
  passNotice(): void {
    const { content } = this.#kiosk;
    const { current } = this.screens;
    if (content === null || current.name !== 'type-notice') return;
    const type = findType(content, current.typeId);
    if (type !== null) this.#begin(type);
  }

  askOfficer(details: Partial<AlertDetails>): void {
    void this.officer.raise(details);
    // What was told so far is not for the screen that now stands open in the lobby.
    this.draft.forget();
    this.rights.forget();
    this.screens.startOverWith({ name: 'officer-waiting' });
  }

  submit(): void {
    const { type } = this.questions;
    if (type === null || this.screens.current.name !== 'check') return;
    this.go('submit');
    // A language that was named for an answer since taken back is no wish any more; one that was called for still is.
    const interpreterLanguage = asksForInterpreter(type, this.draft.answers)
      ? this.interpreterWish
      : this.help.wantedLanguage;
    this.submission.submit(this.draft.submission(type, this.language, interpreterLanguage));
  }

  /** From a report that was not stored back to the answers, all of them still there. */
  backToAnswers(): void {
    const { state } = this.submission;
    if (!this.submission.edit()) return;
    this.screens.goBackTo('check');
    if (state.name === 'invalid') this.questions.change(state.questionId);
  }

  /** A child tells alone what content says a child may; with all else an officer helps. */
  #isForOfficer(type: ReportType): boolean {
    return routeOf(type, {}, this.questions.facts) === 'officer';
  }

  #begin(type: ReportType): void {
    if (this.#isForOfficer(type)) this.go('officer');
    else this.questions.begin(type);
  }

  /** To what the door of the home screen leads to: its own types, or all groups, one of them open already. */
  #passLastGate(groupId: string | null): void {
    if (this.home.goBehind()) return;
    const { content } = this.#kiosk;
    this.go('types');
    const group = content?.groups.find(({ id }) => id === groupId);
    if (group !== undefined) this.openGroup(group);
  }

  #idleRule(): IdleRule {
    const screen = this.#kiosk.welcome?.screen ?? screenDefaults;
    const { name } = this.screens.current;
    if (this.isUntouched) return { kind: 'never' };
    if (name === 'start') return { kind: 'end', afterMs: screen.idleMs };
    if (name === 'reference') return { kind: 'end', afterMs: screen.referenceMs };
    if (name === 'submit' && this.submission.state.name === 'sending') return { kind: 'never' };
    // The neutral screen stays until its last words have stood for their time.
    if (name === 'officer-waiting')
      return this.officer.words === 'telling'
        ? { kind: 'never' }
        : { kind: 'end', afterMs: screen.officerMs };
    return { kind: 'warn', afterMs: screen.idleMs, warningMs: screen.warningMs };
  }
}
