import { mount } from 'svelte';
import { connectVisitor } from './api/visitor-line.ts';
import './ui/theme.css';
import { openVisitor } from './visitor/open-visitor.ts';
import { laterListening } from './visitor/later-listening.svelte.ts';
import { laterScreens } from './visitor/later-screens.svelte.ts';
import { loadLaterTexts } from './visitor/later-texts.ts';
import VisitorApp from './visitor/VisitorApp.svelte';

/** The line is asked for before anything is awaited: under Electron its port arrives once, early. */
const line = connectVisitor();
const target = document.getElementById('app');

/** No frame comes in a window that is not shown yet: the screen must be ready all the same. */
const longestFrameMs = 250;

/** The next frame has been handed to the screen. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestFrameMs);
  });

async function show(): Promise<void> {
  if (target === null) return;
  await painted();
  const props = await openVisitor(line);
  // What stood there is the picture of the start screen that the build put into the page.
  target.replaceChildren();
  mount(VisitorApp, { target, props });
  performance.mark('live');
  await painted();
  laterScreens.load();
  laterListening.load();
  void loadLaterTexts(props.i18n);
}

void show();
