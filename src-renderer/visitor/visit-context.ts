import { createContext } from 'svelte';
import type { Visit } from '../state/visit.svelte.ts';

const [get, set] = createContext<Visit>();

/** The visit of the window a component stands in. */
export const getVisit: () => Visit = get;

/** Called once by the root component. */
export const setVisit: (visit: Visit) => Visit = set;
