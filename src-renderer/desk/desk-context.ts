import { createContext } from 'svelte';
import type { DeskKiosks } from '../state/desk-kiosks.svelte.ts';
import type { Desk } from '../state/desk.svelte.ts';

const [get, set] = createContext<Desk>();
const [getAll, setAll] = createContext<DeskKiosks>();

/** The desk at the kiosk that is on screen. */
export const getDesk: () => Desk = get;
export const setDesk: (desk: Desk) => Desk = set;
/** All kiosks that this page shows. */
export const getKiosks: () => DeskKiosks = getAll;
export const setKiosks: (kiosks: DeskKiosks) => DeskKiosks = setAll;
