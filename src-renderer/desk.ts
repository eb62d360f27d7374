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
import './ui/theme.css';

/* The line is asked for before anything is awaited: under Electron its port arrives once, early. */
const line = connectDesk();
const i18n = createI18n({ namespaces: ['desk'] });
const [store, drafts] = await Promise.all([openKeyStore(), openDraftStore(), i18n.useLanguage('da')]);
const desk = new Desk({
  line,
  keyring: createKeyring(store),
  drafts,
  sound: createDeskSound(),
  clock: () => Date.now(),
  hands: deskHands,
  words: (key, values) => i18n.t(`desk:${key}`, values),
  origin: window.location.origin,
});
desk.start();

const target = document.querySelector('#app');
if (target !== null) mount(DeskPage, { target, props: { desk, i18n } });
