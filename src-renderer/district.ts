import { mount } from 'svelte';
import { District } from './district/district.svelte.ts';
import DistrictPage from './district/DistrictPage.svelte';
import { createI18n } from './i18n/i18n.svelte.ts';
import './ui/theme.css';

const i18n = createI18n({ namespaces: ['district'] });
// Staff of a district read Danish; whoever has set another language in the browser reads English.
await i18n.useLanguage(/^da\b/i.test(navigator.language) ? 'da' : 'en');
const district = new District();
void district.refresh();

const target = document.querySelector('#app');
if (target !== null) mount(DistrictPage, { target, props: { district, i18n } });
