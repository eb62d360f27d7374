import { createContext } from 'svelte';
import type { Desk } from '../state/desk.svelte.ts';

const [get, set] = createContext<Desk>();

/** The desk a component stands in. */
export const getDesk: () => Desk = get;
export const setDesk: (desk: Desk) => Desk = set;
