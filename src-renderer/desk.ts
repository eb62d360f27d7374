import { mount } from 'svelte';
import { connectDesk } from './api/connect-desk.ts';
import DeskPage from './desk/DeskPage.svelte';
import { createKeyring } from './desk/keys/keyring.ts';
import { openKeyStore } from './desk/keys/key-store.ts';
import { openDraftStore } from './desk/keys/draft-store.ts';
import { deskHands } from './desk/desk-hands.ts';
import { createDeskSound } from './desk/sound.ts';
import { createI18n } from './i18n/i18n.svelte.ts';
import { Desk } from './state/desk.svelte.ts';
import { DeskKiosks } from './state/desk-kiosks.svelte.ts';
import './ui/theme.css';

/* The line is asked for before anything is awaited: under Electron its port arrives once, early. */
const line = connectDesk();
const clock = (): number => Date.now();
const i18n = createI18n({ namespaces: ['desk'] });
const [store, drafts] = await Promise.all([openKeyStore(), openDraftStore(), i18n.useLanguage('da')]);
const kiosks = new DeskKiosks({
  openDesk: (origin, sound, others) =>
    new Desk({
      ...{ drafts, sound, clock, others },
      line: origin === null ? line : connectDesk(origin),
      keyring: createKeyring(store, origin),
      hands: deskHands,
      words: (key, values) => i18n.t(`desk:${key}`, values),
      origin: origin ?? window.location.origin,
    }),
  origin: window.location.origin,
  sound: createDeskSound(),
  clock,
});
kiosks.start();

const target = document.querySelector('#app');
if (target !== null) mount(DeskPage, { target, props: { kiosks, i18n } });
