import { mount } from 'svelte';
import { connectVisitor } from './api/visitor-line.ts';
import './ui/theme.css';
import { openVisitor } from './visitor/open-visitor.ts';
import VisitorApp from './visitor/VisitorApp.svelte';

/** The line is asked for before anything is awaited: under Electron its port arrives once, early. */
const line = connectVisitor();
const target = document.getElementById('app');

async function show(): Promise<void> {
  if (target === null) return;
  const props = await openVisitor(line);
  mount(VisitorApp, { target, props });
}

void show();
