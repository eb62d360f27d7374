/** One icon on the 32 grid: what is stroked (2.4, round ends), what is filled, and how it behaves. */
export interface IconShape {
  readonly stroke?: string;
  readonly fill?: string;
  readonly transform?: string;
  /** Points along the reading direction: mirrored in right-to-left languages. */
  readonly isDirected?: boolean;
}

function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

function box(x: number, y: number, width: number, height: number, r: number): string {
  const w = width - 2 * r;
  const h = height - 2 * r;
  return (
    `M${x + r} ${y}h${w}a${r} ${r} 0 0 1 ${r} ${r}v${h}a${r} ${r} 0 0 1 ${-r} ${r}h${-w}` +
    `a${r} ${r} 0 0 1 ${-r} ${-r}v${-h}a${r} ${r} 0 0 1 ${r} ${-r}z`
  );
}

const ring = circle(16, 16, 12.2);
const printer =
  'M9 12V4h14v8M9 23H6a2.5 2.5 0 0 1-2.5-2.5v-6A2.5 2.5 0 0 1 6 12h20a2.5 2.5 0 0 1 2.5 2.5v6A2.5 2.5 0 0 1 26 23h-3';

/** The set. Own drawings, plain signs only: no badges, shields, crowns or flags. */
export const icons = {
  alarm: {
    fill: circle(16, 16, 3.6),
    stroke:
      'M10 10a8.5 8.5 0 0 0 0 12M22 10a8.5 8.5 0 0 1 0 12M5.7 5.7a14.5 14.5 0 0 0 0 20.6M26.3 5.7a14.5 14.5 0 0 1 0 20.6',
  },
  arrow: { stroke: 'M5 16h21M18 8l8 8-8 8', isDirected: true },
  back: { stroke: 'M27 16H6M14 8l-8 8 8 8', isDirected: true },
  backspace: {
    stroke: 'M11 7h15.5A2.5 2.5 0 0 1 29 9.5v13a2.5 2.5 0 0 1-2.5 2.5H11l-8.5-9zM15 12l8 8M23 12l-8 8',
  },
  bag: {
    stroke:
      'M6.8 12h18.4l1.7 13.7a2.2 2.2 0 0 1-2.2 2.5H7.3a2.2 2.2 0 0 1-2.2-2.5zM11 16v-6a5 5 0 0 1 10 0v6',
  },
  bandage: {
    stroke: `${box(2, 10.5, 28, 11, 5.5)}M11 10.5v11M21 10.5v11`,
    fill:
      circle(14.3, 14.3, 1.1) + circle(17.7, 14.3, 1.1) + circle(14.3, 17.7, 1.1) + circle(17.7, 17.7, 1.1),
    transform: 'rotate(-45 16 16)',
  },
  bell: {
    stroke: 'M16 4a8 8 0 0 1 8 8v6l3 5H5l3-5v-6a8 8 0 0 1 8-8zM12.5 27a3.8 3.8 0 0 0 7 0',
  },
  bicycle: {
    stroke: `${circle(7.6, 21, 5.1)}${circle(24.4, 21, 5.1)}M7.6 21l4.6-9h9L16 21zM12.2 12l-1.4-3H8.5M24.4 21 20 8.5h3.6M16 21l-3.8-9`,
  },
  book: {
    stroke:
      'M16 8.5C13.5 6.3 9.5 5.5 4 5.5v19c5.5 0 9.5.8 12 3 2.5-2.2 6.5-3 12-3v-19c-5.5 0-9.5.8-12 3zM16 8.5v19',
  },
  bus: {
    stroke: `${box(5, 5, 22, 19, 3)}M5 15.5h22M9 24v3M23 24v3`,
    fill: circle(10.5, 19.8, 1.5) + circle(21.5, 19.8, 1.5),
  },
  calendar: {
    stroke: `${box(4, 6.5, 24, 21, 3)}M4 13.5h24M10.5 3.5v6M21.5 3.5v6`,
  },
  camera: {
    stroke: `M6 10h4.2l2.3-3.8h7l2.3 3.8H26a2.6 2.6 0 0 1 2.6 2.6v11a2.6 2.6 0 0 1-2.6 2.6H6a2.6 2.6 0 0 1-2.6-2.6v-11A2.6 2.6 0 0 1 6 10z${circle(16, 17.8, 4.8)}`,
  },
  car: {
    stroke: `M4 22v-5.5l3-1.5 3-7h12l3 7 3 1.5V22M4 22h3M13 22h6M25 22h3M7 15h18${circle(10, 22.5, 3)}${circle(22, 22.5, 3)}`,
  },
  card: { stroke: `${box(3, 7, 26, 18.5, 3.2)}M3 13.2h26M8 20.3h6.5` },
  chat: {
    stroke:
      'M5.5 5h13A2.5 2.5 0 0 1 21 7.5v6a2.5 2.5 0 0 1-2.5 2.5H11l-5 4.2V16h-.5A2.5 2.5 0 0 1 3 13.5v-6A2.5 2.5 0 0 1 5.5 5zM25.5 12h1A2.5 2.5 0 0 1 29 14.5v6a2.5 2.5 0 0 1-2.5 2.5H26v4.2L21 23h-5.5a2.5 2.5 0 0 1-2.3-1.5',
  },
  child: {
    stroke: `${circle(16, 9, 4.6)}M9.5 28v-5.5c0-3.9 2.7-6.5 6.5-6.5s6.5 2.6 6.5 6.5V28M13.2 28v-4.5M18.8 28v-4.5`,
  },
  clock: { stroke: `${ring}M16 9v7.5l5 3` },
  coins: {
    stroke: `${circle(12, 12.5, 8)}M22.3 12.7a8 8 0 1 1-9.6 9.6M12 9.3v6.4`,
  },
  contrast: { stroke: ring, fill: 'M16 3.8a12.2 12.2 0 0 1 0 24.4z' },
  cross: { stroke: 'M8 8l16 16M24 8 8 24' },
  document: { stroke: 'M8 3.5h11l6 6v19H8zM19 3.5v6h6M12 16h9M12 21.5h9' },
  door: { stroke: 'M7 28V4.5h18V28M3.5 28h25', fill: circle(20.5, 17, 1.7) },
  enter: { stroke: 'M27 7v10H6M12.5 10.5 6 17l6.5 6.5' },
  'eye-off': {
    stroke:
      'M3.5 13c3 4.3 7.3 6.7 12.5 6.7S25.5 17.3 28.5 13M6.7 16.8 4.3 20M12.2 19.4 11 23.3M19.8 19.4 21 23.3M25.3 16.8 27.7 20',
  },
  eye: {
    stroke: `M3 16c3.2-5.3 7.6-8 13-8s9.8 2.7 13 8c-3.2 5.3-7.6 8-13 8s-9.8-2.7-13-8z${circle(16, 16, 3.8)}`,
  },
  globe: {
    stroke: `${ring}M3.8 16h24.4M16 3.8c4.2 4 5.8 7.6 5.8 12.2s-1.6 8.2-5.8 12.2c-4.2-4-5.8-7.6-5.8-12.2s1.6-8.2 5.8-12.2z`,
  },
  hand: {
    stroke:
      'M10 17V8.2a2 2 0 0 1 4 0V15M14 14V6a2 2 0 0 1 4 0v8M18 14.5V7.7a2 2 0 0 1 4 0V17M22 15v-3.3a2 2 0 0 1 4 0V19c0 5.5-3.5 9.5-9 9.5-4.2 0-6.6-1.9-8.4-5.4L5.3 16.8a2 2 0 0 1 3.5-2L10 17',
  },
  health: { stroke: 'M12 4.5h8V12h7.5v8H20v7.5h-8V20H4.5v-8H12z' },
  help: {
    stroke: `${ring}${circle(16, 16, 5)}M7.4 7.4l5.1 5.1M19.5 19.5l5.1 5.1M24.6 7.4l-5.1 5.1M12.5 19.5l-5.1 5.1`,
  },
  home: { stroke: 'M4 15.5 16 5l12 10.5M7.5 13v14.5h17V13M13 27.5V19h6v8.5' },
  'id-card': {
    stroke: `${box(3, 6, 26, 20, 3.2)}${circle(11.3, 13.6, 2.9)}M6.6 21.6c.6-2.7 2.3-4 4.7-4s4.1 1.3 4.7 4M20 13h5M20 18.5h5`,
  },
  info: { stroke: `${ring}M16 15v7.5`, fill: circle(16, 10, 1.8) },
  key: { stroke: `${circle(10.5, 10.5, 6)}M14.9 14.9 27.5 27.5M21 21l3.7-3.7M25 25l2.6-2.6` },
  laptop: { stroke: `${box(6, 6, 20, 14.5, 2.2)}M3 25.5h26` },
  lock: { stroke: `${box(6, 14, 20, 14, 3)}M10.5 14v-3.5a5.5 5.5 0 0 1 11 0V14M16 19.5v3` },
  lower: { stroke: 'M16 4v15M9 12.5l7 7 7-7M5 27h22' },
  higher: { stroke: 'M16 28V13M9 19.5l7-7 7 7M5 5h22' },
  mail: { stroke: `${box(3, 6.5, 26, 19, 3)}M4 9l12 9.5L28 9` },
  minus: { stroke: 'M6 16h20' },
  more: { fill: circle(7, 16, 2.6) + circle(16, 16, 2.6) + circle(25, 16, 2.6) },
  down: { stroke: 'M16 5v21M8 18l8 8 8-8' },
  up: { stroke: 'M16 27V6M8 14l8-8 8 8' },
  palette: {
    stroke:
      'M16 4C9 4 3.8 9.4 3.8 16S9 28.2 16 28.2c2 0 2.8-1.2 2.4-2.7-.6-2.2.6-4 3-4h3.2c2.2 0 3.6-1.8 3.6-4.5C28.2 9.4 23 4 16 4z',
    fill: circle(10, 16, 1.9) + circle(13.5, 10.3, 1.9) + circle(20, 10.3, 1.9),
  },
  play: { stroke: 'M9 5.5v21L26 16z' },
  pause: { stroke: 'M10.5 6v20M21.5 6v20' },
  again: { stroke: 'M26.5 16a10.5 10.5 0 1 1-3.2-7.5M26.5 4.5v5.5H21' },
  silence: { stroke: 'M4.5 12.5v7h5l7 5.5V7l-7 5.5zM21 12.5l7 7M28 12.5l-7 7' },
  paper: { stroke: 'M8 3.5h16v25l-2.7-1.8-2.6 1.8-2.7-1.8-2.7 1.8-2.6-1.8L8 28.5zM12 10h8M12 15h8M12 20h5' },
  pen: {
    stroke: 'M5 27l1.5-6.5L21.8 5.2a2.5 2.5 0 0 1 3.5 0l1.5 1.5a2.5 2.5 0 0 1 0 3.5L11.5 25.5zM18.8 8.2l5 5',
  },
  people: {
    stroke: `${circle(10.5, 10.5, 4.3)}${circle(22, 10.5, 4.3)}M2.8 25.5c.3-5 3.3-7.7 7.7-7.7s7.4 2.7 7.7 7.7M20.5 17.9c5-.7 8.4 2.2 8.7 7.6`,
  },
  person: { stroke: `${circle(16, 10, 5)}M6 27.5c.4-6 4.3-9.2 10-9.2s9.6 3.2 10 9.2` },
  phone: { stroke: `${box(9.5, 3.5, 13, 25, 3.2)}M14.3 24h3.4` },
  picture: {
    stroke: `${box(3, 5.5, 26, 21, 3)}M3.5 22l7-7 5 5 4-4 9 8.5`,
    fill: circle(21.5, 11.5, 2.2),
  },
  pin: { stroke: `M16 28.5c-6-6.3-9-11-9-15.3a9 9 0 0 1 18 0c0 4.3-3 9-9 15.3z${circle(16, 13, 3.4)}` },
  plus: { stroke: 'M16 6v20M6 16h20' },
  printer: { stroke: `${printer}M9 19h14v9.5l-2.3-1.7-2.4 1.7-2.3-1.7-2.3 1.7-2.4-1.7L9 28.5z` },
  'printer-fault': { stroke: `${printer}M9 19h14M12 24.5l7 5M19 24.5l-7 5` },
  question: {
    stroke: `${ring}M12.6 12.7a3.6 3.6 0 1 1 5.2 3.3c-1.2.6-1.8 1.4-1.8 2.9`,
    fill: circle(16, 22.8, 1.7),
  },
  scales: {
    stroke:
      'M16 4v23M9.5 28h13M6 8.5c4 0 6.5-.5 10-2 3.5 1.5 6 2 10 2M6.5 8.5 2.8 18.5h7.4zM25.5 8.5l-3.7 10h7.4zM2.8 18.5a3.7 3.5 0 0 0 7.4 0M21.8 18.5a3.7 3.5 0 0 0 7.4 0',
  },
  search: { stroke: `${circle(14, 14, 9)}M21 21l7.5 7.5` },
  shift: { stroke: 'M16 4.5 27.5 16.5H21V27H11V16.5H4.5z' },
  speaker: {
    stroke: 'M4.5 12.5v7h5l7 5.5V7l-7 5.5zM21 12.2a5.6 5.6 0 0 1 0 7.6M24.8 8.6a11 11 0 0 1 0 14.8',
  },
  staff: {
    stroke: `${circle(16, 8.7, 4.7)}M7 22.5c.2-4.7 3.7-7.7 9-7.7s8.8 3 9 7.7M3 23h26M7 23.5V28M25 23.5V28`,
  },
  still: { stroke: `${box(5, 5, 22, 22, 5)}M12 11.5v9M20 11.5v9` },
  stop: { stroke: 'M11 4h10l7 7v10l-7 7H11l-7-7V11zM11 16h10' },
  tag: { stroke: 'M4.5 5h11.2L28 17.3 17.2 28 4.5 15.5z', fill: circle(10.6, 11, 1.8) },
  'text-size': { stroke: 'M3 25 8 13l5 12M4.7 21h6.6M14.5 25 21.8 7 29 25M17 19h9.5' },
  tick: { stroke: 'M6 17l7 7L26.5 8.5' },
  tip: {
    stroke: 'M11.5 21.5C8.5 19.7 7 17 7 13.5a9 9 0 0 1 18 0c0 3.5-1.5 6.2-4.5 8v3h-9zM12.5 28.5h7',
  },
  trash: { stroke: 'M5 9h22M12.5 9V5h7v4M7.5 9l1.3 18.5h14.4L24.5 9M13.5 14v8.5M18.5 14v8.5' },
  wallet: {
    stroke: `M5 11V9.6A2.6 2.6 0 0 1 7.6 7H23v4${box(4, 11, 24, 15.5, 3)}`,
    fill: circle(22.5, 18.7, 1.9),
  },
  warning: { stroke: 'M16 4.5 29.5 27.5h-27zM16 13v6.5', fill: circle(16, 23.6, 1.7) },
} as const satisfies Record<string, IconShape>;

export type IconName = keyof typeof icons;

/** The shape of an icon, widened so that every optional part can be read. */
export function iconShape(name: IconName): IconShape {
  return icons[name];
}
