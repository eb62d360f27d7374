import type { LeafletOutcome, Leaflets, LeafletWish } from './leaflets.ts';

/** Paper that staff print for a visitor. */
export interface DeskPaper {
  /** Answers when it is known what became of it: every leaflet has its deadline. */
  print(wish: LeafletWish): Promise<LeafletOutcome>;
}

/** `leaflets` are the desk's own: what staff print is no visitor's share, and no visitor's leaving ends it. */
export function createDeskPaper(leaflets: Pick<Leaflets, 'print' | 'onStatus'>): DeskPaper {
  return {
    print: (wish) =>
      new Promise((resolve) => {
        const stop = leaflets.onStatus((status) => {
          if (status.leafletId === wish.leafletId) settle({ kind: 'taken', status });
        });
        const settle = (outcome: LeafletOutcome): void => {
          if (
            outcome.kind === 'taken' &&
            (outcome.status.state === 'queued' || outcome.status.state === 'sent')
          )
            return;
          stop();
          resolve(outcome);
        };
        settle(leaflets.print(wish));
      }),
  };
}
